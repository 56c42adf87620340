"""Lengths, rates and sizes that models know against those that are asked: counted, and said. No model is loaded."""

from dataclasses import replace
from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest

from models.asks import Made, Still, Subject, VideoAsk
from models.backends.diffusers_video.families.ltx import LTX
from models.backends.diffusers_video.families.ltx2 import LTX2
from models.backends.diffusers_video.families.wan import WAN_5B, WAN_A14B
from models.backends.diffusers_video.family import Family
from models.backends.diffusers_video.shoot import native_size, shoot_of
from models.backends.diffusers_video.wording import prompt_of

EVERY = (WAN_5B, WAN_A14B, LTX, LTX2)
ASK = VideoAsk("slow steady push-in", 704, 1280, 97)
STILL = Still(Path("still.png"), 704, 1280, Made("x"))


@pytest.mark.parametrize("family", EVERY, ids=lambda f: f.name)
def test_every_stretch_keeps_the_rule_and_together_they_cover_the_clip(family: Family) -> None:
    for n_frames, fps, arrives in product((1, 2, 24, 96, 121, 122, 241, 300), (12, 24, 25, 30, 60), (False, True)):
        ask = VideoAsk("x", 640, 360, n_frames, fps, still=STILL, last_still=STILL if arrives else None)
        shoot = shoot_of(ask, family)
        assert all((count - 1) % family.step == 0 for count in shoot.stretches), ask
        assert all(family.least_frames <= count <= family.most_frames for count in shoot.stretches), ask
        assert len(shoot.positions) == n_frames
        assert shoot.positions[0] == 0
        if arrives and n_frames > 1:
            assert shoot.positions[-1] == shoot.n_frames - 1
        elif n_frames > 1:
            assert shoot.positions[1] == Fraction(shoot.fps, fps)  # at the pace of life, whatever the rates are
            assert 0 <= shoot.n_frames - 1 - shoot.positions[-1] < max(family.step, family.least_frames), ask


def test_what_a_model_makes_by_itself_is_neither_resampled_nor_mentioned() -> None:
    shoot = shoot_of(ASK, WAN_5B)
    assert (shoot.width, shoot.height, shoot.fps, shoot.stretches, shoot.notes) == (704, 1280, 24, (97,), ())


def test_lengths_are_rounded_up_and_the_rest_is_cut_and_told() -> None:
    shoot = shoot_of(replace(ASK, n_frames=94), WAN_5B)
    assert shoot.stretches == (97,)
    assert shoot.notes == ("Wan 2.2 5B makes 4k + 1 frames, so 97 were made at 24 frames a second; the last 3 are not shown.",)
    assert shoot_of(replace(ASK, n_frames=94), LTX).stretches == (97,)
    assert shoot_of(replace(ASK, n_frames=98), LTX).stretches == (105,)


def test_a_rate_that_a_model_listens_to_is_asked_of_it_and_another_is_calculated_and_told() -> None:
    assert shoot_of(replace(ASK, fps=30), LTX).fps == 30
    shoot = shoot_of(replace(ASK, n_frames=24), WAN_A14B)
    assert shoot.fps == 16
    assert sum(position.denominator > 1 for position in shoot.positions) == 16
    assert any("16 of the 24 pictures at 24 were calculated from the motion between" in note for note in shoot.notes)


def test_a_clip_that_arrives_somewhere_is_stretched_to_end_there_and_says_so() -> None:
    shoot = shoot_of(VideoAsk("x", 720, 1280, 30, 24, still=STILL, last_still=STILL), LTX)
    assert shoot.stretches == (33,)
    assert shoot.positions[-1] == 32
    assert any("plays 10% faster" in note for note in shoot.notes)


def test_longer_clips_are_made_in_even_stretches_and_say_so() -> None:
    shoot = shoot_of(replace(ASK, n_frames=240), WAN_5B)
    assert shoot.stretches == (121, 121)
    assert any("at most 121 frames at once, so the clip was made in 2 stretches" in note for note in shoot.notes)
    assert shoot_of(replace(ASK, n_frames=130), WAN_5B).stretches == (69, 65)


@pytest.mark.parametrize("family", EVERY, ids=lambda f: f.name)
@pytest.mark.parametrize("size", [(1080, 1920), (1920, 1080), (1080, 1080), (864, 1080), (256, 144), (640, 272)])
def test_sizes_are_multiples_near_the_asked_shape_within_what_was_trained(family: Family, size: tuple[int, int]) -> None:
    width, height = native_size(*size, family)
    assert width % family.multiple == height % family.multiple == 0
    assert width * height <= family.most_pixels
    assert width * height >= 0.85 * family.least_pixels
    assert width / height == pytest.approx(size[0] / size[1], rel=0.04)


def test_enlarging_is_told() -> None:
    assert "made the clip at 704x1248; it was enlarged to 1080x1920" in shoot_of(VideoAsk("x", 1080, 1920, 97), WAN_5B).notes[0]


def test_the_move_is_added_where_the_words_do_not_name_it_and_the_subject_where_no_still_shows_it() -> None:
    watch = Subject("wrist watch", "NORD", description="steel, brushed", colors=("#101010",))
    assert prompt_of(replace(ASK, still=STILL)) == "slow steady push-in"
    words = prompt_of(VideoAsk("steam rises.", 64, 64, 9, move="orbit_left", strength=0.2, subject=watch))
    assert words.split(", ") == [
        "steam rises",
        "the camera orbits to the left slowly and only a little",
        "wrist watch in #101010",
        "steel",
        "brushed",
        "the lettering “NORD” on it",
    ]
    assert "stays sharp and unchanged" in prompt_of(replace(ASK, still=STILL, subject=watch))
