"""The written pages name what there is: settings, error codes and sentences, metrics, backends, commands, files. Generated pages have
tests of their own."""

import re
from pathlib import Path

import pytest

from eval.metrics import METRICS
from models.backends import BACKENDS
from models.errors import ModelError
from pipelines.errors import PipelineError
from studio.errors import StudioError
from studio.settings import Settings

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = ("DEPLOYMENT.md", "OPERATIONS.md", "SECURITY.md", "TROUBLESHOOTING.md", "ADDING.md", "ARCHITECTURE.md")
OTHERS = {
    "CUDA_VISIBLE_DEVICES",
    "FORWARDED_ALLOW_IPS",
    "AWS_ENDPOINT_URL",
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_DEFAULT_REGION",
}
"""Read by the card's driver, by uvicorn and by the bucket's client."""


def below(error: type[Exception]) -> set[type[Exception]]:
    return {error}.union(*(below(kind) for kind in error.__subclasses__()))


@pytest.mark.parametrize("page", PAGES)
def test_links_and_files_lead_somewhere(page: str) -> None:
    text = (DOCS / page).read_text()
    for target in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (DOCS / target).exists(), target
    for file in re.findall(r"`((?:deploy|tests|docs|studio|models|pipelines|eval)/[\w/@.-]+\.\w+)`", text):
        assert (ROOT / file).exists(), file


@pytest.mark.parametrize("page", ["DEPLOYMENT.md", "OPERATIONS.md", "SECURITY.md", "TROUBLESHOOTING.md"])
def test_settings_named_are_settings(page: str) -> None:
    named = set(re.findall(r"`([A-Z][A-Z0-9]*_[A-Z0-9_]+)`", (DOCS / page).read_text()))
    assert named - OTHERS <= {name.upper() for name in Settings.model_fields}


def test_codes_and_sentences_of_the_troubleshooting_are_the_products_own() -> None:
    text = (DOCS / "TROUBLESHOOTING.md").read_text()
    codes = {kind.code for root in (ModelError, PipelineError, StudioError) for kind in below(root) if hasattr(kind, "code")}
    failed = text.split("## An ad fails")[1].split("## ")[0]
    named = {code for row in failed.splitlines() if row.startswith("| `") for code in re.findall(r"`(\w+)`", row.split("|")[1])}
    assert named
    assert named <= codes
    source = " ".join(path.read_text() for path in (ROOT / "studio").rglob("*.py"))
    for sentence in re.findall(r"“([^”]{40,})”", text):
        for part in sentence.split("…"):
            assert part.strip() in source, sentence


def test_every_metric_and_every_backend_is_documented() -> None:
    told = (DOCS / "EVALUATION.md").read_text()
    assert [name for name in METRICS if name not in told] == []
    rooms = "".join((DOCS / page).read_text() for page in ("ARCHITECTURE.md", "MODELS.md"))
    assert [name for name in BACKENDS if name not in rooms] == []


def test_commands_in_the_guides_exist() -> None:
    known = set(re.findall(r"^## (\w+)", (DOCS / "COMMANDS.md").read_text(), re.MULTILINE))
    for page in ("DEPLOYMENT.md", "OPERATIONS.md", "TROUBLESHOOTING.md"):
        assert set(re.findall(r"python -m studio ([a-z]\w+)", (DOCS / page).read_text())) <= known, page
