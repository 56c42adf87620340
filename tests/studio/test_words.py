"""Every code has its sentence, every step its label."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from models import errors as model_errors
from models.errors import DiskFull, ModelError, ModelUnavailable
from pipelines import errors as pipeline_errors
from pipelines.errors import BriefError, PipelineError
from studio import words
from studio.words import generate

ROOT = Path(__file__).parents[2]


def codes() -> Iterator[str]:
    for module, base in ((model_errors, ModelError), (pipeline_errors, PipelineError)):
        for value in vars(module).values():
            if isinstance(value, type) and issubclass(value, base):
                yield value.code


@pytest.mark.parametrize("code", sorted(set(codes())))
def test_every_error_has_a_sentence(code: str) -> None:
    assert re.fullmatch(r"[A-Z].*\.", words.ERRORS[code])


def test_every_step_the_main_path_reports_has_a_label_in_its_order() -> None:
    reported = re.findall(r'(?:run|tools)\.report\([^,]+, "(\w+)"', (ROOT / "pipelines" / "ad.py").read_text())
    assert [step for step in dict.fromkeys(reported) if step != "done"] == list(words.STEPS)


def test_every_stage_the_main_path_measures_has_a_label() -> None:
    measured = re.findall(r'run\.(?:step|submit|each)\("(\w+)"', (ROOT / "pipelines" / "ad.py").read_text())
    assert set(measured) <= set(words.STAGES)


def test_messages_follow_only_where_they_say_what_to_mend() -> None:
    assert words.sentence_for(ModelUnavailable("Set OPENAI_API_KEY.")).endswith("Set OPENAI_API_KEY.")
    assert words.sentence_for(DiskFull("ENOSPC at /x/y")) == words.ERRORS["disk_full"]
    assert words.sentence_for(BriefError("Shorten the prompt.")) == "Shorten the prompt."


ISLANDS = ROOT / "studio" / "ui" / "islands"


def modules_of(island: str) -> set[str]:
    """The scripts an island loads, itself included."""
    found, new = set[str](), {island}
    while new:
        found |= new
        new = {name for script in new for name in re.findall(r'from "\./([\w.]+)"', (ISLANDS / script).read_text())} - found
    return found


def test_every_word_of_the_generate_page_is_used_by_it() -> None:
    of_teams = {"teams_ad.js", "team_choice.js"}  # whose words are teams' own
    scripts = "".join((ISLANDS / name).read_text() for name in modules_of("generate.js") - of_teams)
    assert set(re.findall(r"\bwords\.(?!generate\b)(\w+)", scripts)) | set(generate.COLORS) == set(generate.PAGE)
