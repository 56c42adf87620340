"""Prompt suggestions: grounded in a measure that was taken, silent where nothing is weak."""

import numpy as np
import pytest

from eval.coherence.findings import Finding, Fix
from eval.film import ArrayFilm
from eval.scores import Scores
from eval.scoring import score
from eval.suggestions import avoided, improved, suggestions
from tests.eval.footage import pan


def measured(**how: float) -> Scores:
    return score(ArrayFilm(pan(24, **({"speed": 1.5, "width": 160, "height": 120} | how))))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def shaky() -> Scores:
    return measured(jitter=4.0, noise=9.0)


def test_a_shaky_video_is_told_to_slow_down_and_why(shaky: Scores) -> None:
    found = {row.code: row for row in suggestions(shaky)}
    smooth = found["smoothness"]
    assert smooth.measure == "proxy.interp_residual_dis_v1"
    assert smooth.value == shaky["interp_residual_dis_v1"].value
    assert smooth.measure in smooth.because
    assert "stable" in smooth.advice.add
    assert "noise" in found
    order = [row.goodness for row in suggestions(shaky) if row.goodness is not None]
    assert order == sorted(order)


def test_a_steady_video_is_not_told_to_be_steady() -> None:
    codes = {row.code for row in suggestions(measured(speed=0.5))}
    assert not codes & {"smoothness", "noise", "steady_light", "subject"}


def test_of_a_black_video_only_that_is_said() -> None:
    found = suggestions(score(ArrayFilm([np.zeros((48, 64, 3), np.uint8)] * 12)))
    assert {row.code for row in found} == {"black", "frozen"}


def test_findings_name_their_scene(shaky: Scores) -> None:
    fix = Fix("match_color", "Match.")
    rows = [
        Finding("color_jump", 2, 3.0, "delta_c", 20.0, 12.0, "The colours jump.", fix),
        Finding("short_shot", 1, 0, "f", 2, 4, "Short.", fix),
    ]
    found = [row for row in suggestions(shaky, rows) if row.scene is not None]
    assert [(row.code, row.scene, row.because) for row in found] == [("color_jump", 2, "The colours jump.")]


def test_words_are_added_once(shaky: Scores) -> None:
    chosen = [row for row in suggestions(shaky) if row.code == "smoothness"]
    prompt = improved("A watch on stone, stable.", chosen)
    assert prompt == "A watch on stone, stable, slow camera move"
    assert improved(prompt, chosen) == prompt
    assert avoided(chosen * 2) == "shaky, jitter, judder"
