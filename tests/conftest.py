"""Fixtures that every test may ask for by name, and the order of the files."""

import gc
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.preloaded import ONE_THREAD

# Three processes of tests share two cores: threads that wait for each other in circles only take them from the others. What a test starts
# inherits this; read when numpy, OpenCV and torch are loaded, so it stands before whatever brings them.
os.environ.update({name: value for name, value in ONE_THREAD.items() if name not in os.environ})

import studio.ui  # noqa: F401 - before whatever brings Gradio, which it loads in two thirds of the time
from tests.postgres import database, database_address, empty_address, migrated_postgres, migrated_sqlite, postgres

__all__ = ["database", "database_address", "empty_address", "migrated_postgres", "migrated_sqlite", "postgres"]

# The same examples in every run, however slow the machine: what is red today was red yesterday.
settings.register_profile("suite", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("suite")

HERE = Path(__file__).parent
LONGEST_FIRST = (
    "pipelines/test_ad.py",
    "browser/test_workspace.py",
    "studio/jobs/test_real_ad.py",
    "test_notebooks.py",
    "browser/test_professional_loop.py",
    "browser/test_generate_looks.py",
    "browser/test_editor.py",
    "browser/test_hero_page.py",
    "studio/jobs/test_drill.py",
    "studio/jobs/test_edits_carried_on.py",
    "browser/test_gallery.py",
    "browser/test_generate_progress.py",
    "studio/test_cli.py",
    "browser/test_whole_story.py",
    "browser/test_variants.py",
    "studio/test_editor.py",
    "studio/jobs/test_paying.py",
    "studio/jobs/test_carrying_on.py",
    "browser/test_shell.py",
    "browser/test_generate_page.py",
    "browser/test_generate_prompt.py",
    "browser/test_doors.py",
    "browser/test_teams.py",
    "browser/test_generate_result.py",
    "browser/test_editor_page.py",
    "models/product_studio/test_engine_studio.py",
    "studio/test_backup.py",
    "studio/jobs",
    "browser",
    "models/sound_studio",
    "models/product_studio",
    "models/diffusers_image",
    "lora_training",
    "studio/test_cli_serving.py",
    "studio/test_accounts.py",
    "pipelines/test_enhance.py",
    "pipelines/test_rerender.py",
    "pipelines/test_voice_over.py",
    "studio",
)
"""Files and folders by how long they take; those that mostly wait stand among those that mostly compute. Each process of `make test` takes
the next file: when the last ones are short, all end together."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Sort by file; within a file nothing changes."""
    items.sort(key=lambda item: _rank(item.path))


def pytest_collection_finish(session: pytest.Session) -> None:
    """What was loaded for collection stays to the end: the collector need not look through it again and again."""
    gc.collect()
    gc.freeze()


def _rank(path: Path) -> int:
    place = path.relative_to(HERE).as_posix()
    ranks = (rank for rank, long in enumerate(LONGEST_FIRST) if place == long or place.startswith(long + "/"))
    return next(ranks, len(LONGEST_FIRST))
