"""Making a clip of an edit again: which frames it needs, what it is asked and pinned to; and that matching brings colours together."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from models.asks import Made, Still
from models.capabilities import Capabilities
from models.media.image_file import read_image
from models.media.video_file import VideoReader
from pipelines.correction import MEASURED, Correction
from pipelines.editing import Edit, EditError, Piece
from pipelines.identity import STUDIO
from pipelines.regeneration import asks_of, gap_of, known_words, model_of_clips, pinned, prompted, seeds_of, shot_for
from pipelines.regeneration_fit import fit_of
from pipelines.regeneration_frames import frame_of
from pipelines.scene_plan import ScenePlan
from tests.pipelines.test_color_match import FPS, SIZE, film, picture, plan, shot

FRAMES = 24
MODEL = "some/model"


def clip(n: int, **more: object) -> Piece:
    own = {"scene": n, "still_prompt": f"picture {n}", "motion_prompt": f"motion {n}", "video_model": MODEL, **more}
    return Piece(f"s{n}", FRAMES, f"clips/s{n}.mp4", 12, 48, name=f"s{n}", own={k: v for k, v in own.items() if v is not None})


def an_edit(*pieces: Piece) -> Edit:
    settings = {"width": SIZE[0], "height": SIZE[1], "fps": FPS, "grade": "neutral", "music_volume": 0.3, "effects_volume": 0.5}
    return Edit("ad", settings, pieces or (clip(1), clip(2), clip(3)))


def a_plan(**more: object) -> ScenePlan:
    shots = (replace(shot("s1", 0), still_prompt="picture 1", move="orbit_left"), replace(shot("s2", 48), still_prompt="the hero", seed=5))
    return replace(plan(*shots, hero=48), **more)  # type: ignore[arg-type]


def can(**more: object) -> Capabilities:
    return Capabilities(kinds=frozenset({"video"}), **more)  # type: ignore[arg-type]


def test_a_slot_has_the_frames_that_its_transitions_borrow_and_knows_what_is_shown_beside_it() -> None:
    edit = an_edit()
    edit = edit.with_piece(1, transition="crossfade", transition_frames=8).with_piece(2, transition="crossfade", transition_frames=6)
    gap = gap_of(edit, "s2")
    assert (gap.head, gap.n_frames, gap.tail, gap.media_frames) == (4, FRAMES, 3, FRAMES + 7)
    assert gap.before is not None
    assert gap.after is not None
    assert (gap.before.frame, gap.after.frame) == (12 + FRAMES - 1 - 4, 12 + 3)  # what is shown just before, and just after, its frames
    first = gap_of(edit, "s1")
    assert (first.before, first.head) == (None, 0)
    with pytest.raises(EditError, match="no clip"):
        gap_of(edit, "s9")


def test_words_come_from_the_person_else_the_scene_else_the_hero_else_the_neighbours() -> None:
    edit, of = an_edit(), a_plan()
    gap = gap_of(edit, "s2")
    assert prompted(edit, gap, of, " a macro ").source == "local"
    assert (found := prompted(edit, gap, of)).text == "picture 2"
    assert (found.source, found.motion) == ("scene", "motion 2")
    known = known_words(edit, gap, of)
    assert [(one.title, one.text) for one in known] == [
        *(("Scene 2", "picture 2"), ("Scene 1", "picture 1"), ("Scene 3", "picture 3")),
        ("Main shot", "the hero"),
    ]
    again = prompted(edit, gap, of, " picture 3")
    assert (again.source, again.motion) == ("scene", "motion 3"), "words of the ad bring their motion"
    assert prompted(edit, gap, of, "the hero").source == "hero"
    empty = replace(clip(2), media="", media_frames=0, media_in=0, own={})
    between = an_edit(clip(1), empty, clip(3))
    assert prompted(between, gap_of(between, "s2"), of).source == "hero"
    inside = an_edit(clip(1), empty, replace(clip(3), own=clip(1).own))
    assert prompted(inside, gap_of(inside, "s2"), of).text == "picture 1"
    wordless = replace(of, scenes=tuple(replace(s, shots=tuple(replace(x, still_prompt="") for x in s.shots)) for s in of.scenes))
    assert (found := prompted(between, gap_of(between, "s2"), wordless)).source == "neighbours"
    assert found.text == "picture 1 picture 3"


@pytest.mark.parametrize(
    ("abilities", "piece", "wanted", "which"),
    [
        ({"last_still": True}, "s2", True, "first and last"),
        ({}, "s2", True, "first"),
        ({"last_still": True}, "s1", True, "last"),
        ({}, "s1", True, "none"),
        ({"last_still": True}, "s3", True, "first"),
        ({"from_still": False}, "s2", True, "none"),
        ({"last_still": True}, "s2", False, "none"),
    ],
)
def test_what_is_pinned_follows_what_the_model_says_it_can(abilities: dict[str, object], piece: str, wanted: bool, which: str) -> None:
    found = pinned(gap_of(an_edit(), piece), can(**abilities), MODEL, wanted)
    assert (found.which, bool(found.why)) == (which, True)
    assert (found.first, found.last) == ("first" in which, "last" in which)


def test_the_product_studio_is_not_begun_on_a_flat_picture() -> None:
    found = pinned(gap_of(an_edit(), "s2"), can(), STUDIO, True)
    assert (found.which, "of its own" in found.why) == ("none", True)


def test_attempts_differ_in_their_seed_alone_and_have_the_slots_frames() -> None:
    edit, of = an_edit(), a_plan()
    gap = gap_of(edit, "s2")
    made = shot_for(edit, gap, of, prompted(edit, gap, of), 77, kin=False, negative="people")
    assert (made.id, made.seed, made.negative_prompt) == ("again-s2", 77, "people")
    assert shot_for(edit, gap, of, prompted(edit, gap, of), 77, kin=True).seed == 5  # the ad's own
    still = Still(Path("first.png"), *SIZE, Made(""))
    asks = asks_of(made, of, SIZE, FPS, seeds_of(77, 3), still)
    assert asks[0].seed == 77
    assert len({ask.seed for ask in asks}) == 3
    assert {(ask.n_frames, ask.fps, ask.width, ask.height) for ask in asks} == {(gap.media_frames, FPS, *SIZE)}
    assert all(ask.still is still for ask in asks)


def test_the_model_is_the_one_that_made_most_clips_and_can_still_be_used() -> None:
    edit = an_edit(clip(1), clip(2), clip(3, video_model="other/model"))
    assert model_of_clips(edit, lambda name: True) == MODEL
    assert model_of_clips(edit, lambda name: name != MODEL) == "other/model"
    assert model_of_clips(edit, lambda name: False) == ""


def test_a_new_clip_is_drawn_towards_both_neighbours(tmp_path: Path) -> None:
    (tmp_path / "clips").mkdir()
    for n in (1, 3):
        film(tmp_path / f"clips/s{n}.mp4", picture(seed=n))
    again = film(tmp_path / "again.mp4", picture(seed=2, shade=0.82, cast=(0.03, 0.0, -0.04)))
    gap = gap_of(an_edit(), "s2")
    found = fit_of(again, gap, tmp_path, "neutral", FPS, spared=("#B21E1A",), limits=MEASURED)
    assert [cut.side for cut in found.cuts] == ["before", "after"]
    assert all(cut.delta_e > 5 for cut in found.cuts)
    assert all(cut.matched < 0.6 * cut.delta_e for cut in found.cuts)
    assert found.correction.spared == ("#B21E1A",)
    kept = fit_of(again, gap, tmp_path, "neutral", FPS, match=False)
    assert kept.correction == Correction()
    assert [cut.matched for cut in kept.cuts] == [cut.delta_e for cut in kept.cuts]
    alike = fit_of(tmp_path / "clips/s1.mp4", gap, tmp_path, "neutral", FPS)
    assert alike.correction.unchanging
    assert "left as they were" in alike.note


def test_a_pinned_frame_is_the_neighbours_own_in_the_edits_size(tmp_path: Path) -> None:
    (tmp_path / "clips").mkdir()
    film(tmp_path / "clips/s1.mp4", picture(seed=1))
    before = gap_of(an_edit(), "s2").before
    assert before is not None
    still = frame_of(before, tmp_path, SIZE, tmp_path / "first.png")
    with VideoReader(tmp_path / "clips/s1.mp4") as reader:
        assert np.array_equal(read_image(still.path), reader.frame(before.frame))
    square = frame_of(before, tmp_path, (64, 64), tmp_path / "square.png")
    assert read_image(square.path).shape == (64, 64, 3)
