"""Motion briefs: what is refused, what words and templates come to, how takes differ."""

from pathlib import Path
from typing import Any, get_args

import pytest

from models.asks import Made, Move, Still
from pipelines.errors import BriefError
from pipelines.motion import asks_for_takes, read_motion_brief
from pipelines.motion.motion_terms import MOVEMENTS, TEMPLATES

STILL = Still(Path("hero.png"), 1080, 1920, Made("house"))


@pytest.mark.parametrize(
    ("options", "field"),
    [
        ({"words": "x" * 501}, "motion_prompt"),
        ({"words": 7}, "motion_prompt"),
        ({"words": "push\x00in"}, "motion_prompt"),
        ({"movement": "teleport"}, "movement"),
        ({"direction": "up"}, "direction"),
        ({"intensity": 1.1}, "intensity"),
        ({"intensity": "nan"}, "intensity"),
        ({"intensity": True}, "intensity"),
        ({"speed": "warp"}, "speed"),
        ({"fps": 60}, "fps"),
        ({"seconds": 1}, "seconds"),
        ({"seconds": 11}, "seconds"),
        ({"takes": 0}, "auto_attempts"),
        ({"takes": 7}, "auto_attempts"),
        ({"takes": 2.5}, "auto_attempts"),
        ({"template": "nothing"}, "template"),
        ({"negative_prompt": "x" * 501}, "negative_prompt"),
    ],
)
def test_a_motion_that_cannot_be_made_is_refused_by_field(options: dict[str, Any], field: str) -> None:
    with pytest.raises(BriefError) as refused:
        read_motion_brief(**options)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("words", "move", "speed"),
    [
        ("slow motion push-in, light glides along the edge", "push_in", "slow_motion"),
        ("the camera pans left across the table", "pan_left", "real_time"),
        ("handheld, as if somebody walked up", "handheld", "real_time"),
        ("quick orbit to the left", "orbit_left", "brisk"),
        ("dolly out until the room is seen", "pull_out", "real_time"),
        ("static, only the shadows move", "static", "real_time"),
    ],
)
def test_words_are_read_as_an_operator_reads_them(words: str, move: Move, speed: str) -> None:
    brief = read_motion_brief(words)
    assert (brief.move, brief.speed) == (move, speed)
    assert words in brief.prompt


def test_what_is_chosen_outweighs_what_is_said() -> None:
    brief = read_motion_brief(
        "a gentle pan to the left", movement="orbit", direction="right", intensity=0.9, speed="brisk", seconds="5", fps=30, takes="2"
    )
    assert (brief.move, brief.intensity, brief.n_frames, brief.takes) == ("orbit_right", 0.9, 150, 2)
    assert 0 <= brief.strength <= 1


def test_every_camera_move_can_be_asked_for() -> None:
    assert {move for row in MOVEMENTS.values() for move in row.moves.values()} == set(get_args(Move))


def test_slow_motion_moves_less_and_intensity_more() -> None:
    assert read_motion_brief(speed="slow_motion").strength < read_motion_brief().strength < read_motion_brief(speed="brisk").strength
    prompts = {read_motion_brief(intensity=level).prompt for level in (0.1, 0.4, 0.7, 1.0)}
    assert len(prompts) == 4


@pytest.mark.parametrize("name", TEMPLATES)
def test_templates_are_whole_and_keep_artifacts_out(name: str) -> None:
    brief = read_motion_brief(template=name)
    assert "disfigurements" in brief.negative_prompt
    assert TEMPLATES[name].words in brief.prompt
    assert read_motion_brief(template=name, negative_prompt="").negative_prompt == ""


def test_takes_differ_and_another_round_repeats_none() -> None:
    brief = read_motion_brief(template="hero_push", takes=3)
    asks = asks_for_takes(brief, STILL, seed=5)
    more = asks_for_takes(brief, STILL, seed=5, first=3)
    assert len({ask.seed for ask in (*asks, *more)}) == len({ask.variant for ask in (*asks, *more)}) == 6
    assert {ask.n_frames for ask in asks} == {96}
    assert asks == asks_for_takes(brief, STILL, seed=5)
