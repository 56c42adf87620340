"""An ad with everything on: what there is time for can be read, what there is no time for goes by rule and is told."""

from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from pipelines.brief import Brief, read_brief
from pipelines.frameworks import Framework
from pipelines.hints import read_hints
from pipelines.lighter import lighter
from pipelines.planner import plan_scenes
from pipelines.scene_plan import ScenePlan
from pipelines.spec_writer import write_spec
from pipelines.timing import FPS, reading_seconds
from pipelines.titling import SEEN, ShotText, TitleLine

PROMPTS = (
    "A luxury watch ad for Instagram by “Meridian”, 20% off this week only",
    "An ad for single origin coffee beans from “Kettle & Co”, 20% off this week only",
    "A vibrant yuzu soda ad for TikTok by “Yuzu Club”, 20% off this week only",
)
RATING = "4.8 from 2,300 reviews"
FEATURES = ("Sapphire glass", "Swiss movement", "Ten year warranty")


@pytest.fixture(scope="module")
def logo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("logo") / "logo.png"
    Image.new("RGBA", (300, 120), (20, 90, 160, 255)).save(path)
    return path


def brief_of(prompt: str, framework: Framework, logo: Path, **more: Any) -> Brief:
    return read_brief(prompt, duration=15, framework=framework, short_side=360, rating=RATING, features=FEATURES, logo=logo, **more)


def planned(brief: Brief) -> ScenePlan:
    return plan_scenes(write_spec(brief, read_hints(brief.prompt)), brief)


@pytest.mark.parametrize("framework", list(Framework))
@pytest.mark.parametrize("prompt", PROMPTS)
def test_an_ad_with_everything_on_can_be_read_in_fifteen_seconds(prompt: str, framework: Framework, logo: Path) -> None:
    made = planned(brief_of(prompt, framework, logo))
    assert not [warning for warning in made.warnings if "is long for" in warning]
    for title in made.titles:
        seconds = title.n_frames / FPS
        read = [line for line in title.lines if line.role not in SEEN]
        assert seconds >= reading_seconds(sum(len(line.text.split()) for line in read)) - 1e-9, [line.text for line in read]
        for line in read:  # also what comes in last
            assert seconds - line.delay / FPS >= reading_seconds(len(line.text.split())) - 1 / FPS, line.text
    roles = [line.role for line in made.titles[-1].lines]
    assert {"logo", "rating", "badge", "cta"} <= set(roles), "what is on the card may say less, but is there"
    shown = {line.text for title in made.titles for line in title.lines}
    told = " ".join(made.warnings)
    assert all(feature in shown or feature in told for feature in FEATURES)
    assert RATING in shown or "from 2,300 reviews" in told


def test_nothing_goes_where_there_is_time(logo: Path) -> None:
    made = planned(brief_of(PROMPTS[0], Framework.AIDA, logo).model_copy(update={"duration": 30}))
    shown = {line.text for title in made.titles for line in title.lines}
    assert {RATING, *FEATURES} <= shown
    assert made.warnings == ()


def test_what_is_missed_least_goes_first() -> None:
    texts = [
        ShotText((TitleLine("Look down.", "headline"), TitleLine("Every day.", "body"))),
        ShotText((TitleLine("One", "callout"), TitleLine("Two", "callout"))),
        ShotText((TitleLine("4.8 from 2,300 reviews", "rating"), TitleLine("20% off, today only", "badge"), TitleLine("Buy", "cta"))),
    ]
    went = []
    while (less := lighter(texts)) is not None:
        texts, words = less
        went.append(words)
    assert went == ["Every day.", "Two", "from 2,300 reviews", "today only", "One"]
    assert [line.text for text in texts for line in text.lines] == ["Look down.", "4.8", "20% off", "Buy"]
