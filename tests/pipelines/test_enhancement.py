"""Enhancement: a made-up mismatch ends closer in the composed film, a good ad is left alone, brand colours stay where they are."""

import itertools
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import opentimelineio as otio
import pytest

from models.media.video_file import VideoReader
from pipelines.compose import compose
from pipelines.correction import MEASURED, Correction
from pipelines.enhancement import Enhancement, Seam, Wanted, enhance, seams_of, wanted_of
from pipelines.enhancement_words import matched
from pipelines.grade import compiled
from pipelines.grade_correction import correct, corrected
from pipelines.scene_plan import Scene
from pipelines.timeline import build_timeline, conform
from pipelines.yuv import parse_hex, rgb_to_yuv
from tests.pipelines.test_color_match import N, film, media, picture, plan, shot

UNPLANNED = (Seam(1, 2, False), Seam(2, 3, False))
COLD: dict[str, Any] = {"cast": (-0.09, 0.0, 0.13), "shade": 0.85}


def edit_of(folder: Path, *changes: dict[str, Any]) -> otio.schema.Timeline:
    """A timeline of one scene for each way in which the set came out; each scene is one clip of N frames with 8 to spare on each side."""
    paths = [film(folder / f"s{i + 1}.mp4", picture(seed=i, **change)) for i, change in enumerate(changes)]
    shots = tuple(replace(shot(f"s{i + 1}", i * (N - 16)), scene=i + 1, n_frames=N - 16, head=8, tail=8) for i in range(len(paths)))
    total = (N - 16) * len(shots)
    scenes = tuple(Scene(one.scene, "After", one.start, one.n_frames, (one,)) for one in shots)
    made = replace(plan(*shots, hero=0), n_frames=total, scenes=scenes, grade="luxury")
    return build_timeline(made, media(*paths), None, "ad", folder)


def labs(timeline: otio.schema.Timeline, folder: Path) -> list[np.ndarray]:
    """The mean colour of each scene of the composed film, in CIELAB."""
    edl = replace(conform(timeline, folder)[0], fade_in=0, fade_out=0)
    compose(edl, folder / "out.mp4", inner_loops="plain")
    with VideoReader(folder / "out.mp4") as reader:
        frames = [reader.frame(one.start + one.n_frames // 2).astype(np.float32) / 255 for one in edl.pictures]
    return [cv2.cvtColor(frame, cv2.COLOR_RGB2LAB).reshape(-1, 3).mean(0) for frame in frames]


def jumps(found: list[np.ndarray]) -> list[float]:
    return [float(np.linalg.norm(one - other)) for one, other in itertools.pairwise(found)]


@pytest.fixture(scope="module")
def mismatched(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, otio.schema.Timeline]:
    folder = tmp_path_factory.mktemp("mismatched")
    return folder, edit_of(folder, {}, COLD, {})


def test_a_mismatch_ends_closer_in_the_film(mismatched: tuple[Path, otio.schema.Timeline]) -> None:
    folder, timeline = mismatched
    was = timeline.to_json_string()
    better, done = enhance(timeline, folder, [Wanted("match_color", 2, 1.3)], UNPLANNED, reference=1)
    before, after = jumps(labs(timeline, folder)), jumps(labs(better, folder))
    assert min(before) > 12
    assert max(after) < 0.6 * min(before)
    assert [(one.kind, one.scene, one.towards) for one in done.changes] == [("match_color", 2, 1)]
    assert done.changes[0].sentence.startswith("Scene 2 is matched to scene 1: warmer")
    assert timeline.to_json_string() == was  # nothing of the original is touched
    assert conform(better, folder)[0].pictures[0].match == conform(better, folder)[0].pictures[2].match == Correction()


def test_who_follows_a_moved_neighbour_follows_too(tmp_path: Path) -> None:
    timeline = edit_of(tmp_path, {}, COLD, COLD)
    better, done = enhance(timeline, tmp_path, [Wanted("match_color", 2, 1.3)], UNPLANNED, reference=1)
    assert [one.scene for one in done.changes] == [2, 3]
    first, second, third = labs(better, tmp_path)
    assert max(jumps([first, second, third])) < 0.6 * jumps(labs(timeline, tmp_path))[0]


def test_a_good_ad_is_left_alone(mismatched: tuple[Path, otio.schema.Timeline]) -> None:
    folder, timeline = mismatched
    for wanted, seams in (((), UNPLANNED), ((Wanted("match_color", 2, 1.3),), (Seam(1, 2, True), Seam(2, 3, True)))):
        better, done = enhance(timeline, folder, wanted, seams)
        assert done == Enhancement(())
        assert better.to_json_string() == timeline.to_json_string()


def test_what_shows_another_thing_is_not_tinted_for_it(tmp_path: Path) -> None:
    timeline = edit_of(tmp_path, {}, {"product": 1.2})
    better, done = enhance(timeline, tmp_path, [Wanted("match_color", 2, 1.3)], UNPLANNED[:1], reference=1)
    assert done.changes == ()
    assert "too little in common" in done.left[0]
    assert better.to_json_string() == timeline.to_json_string()


def test_motion_that_turns_round_gets_a_dissolve_where_there_are_frames(tmp_path: Path) -> None:
    timeline = edit_of(tmp_path, {}, {}, {})
    wanted = [Wanted("transition", 2, 1.3)]
    better, done = enhance(timeline, tmp_path, wanted, UNPLANNED)
    assert [one.sentence for one in done.changes] == ["Scene 2 begins with a dissolve of 0.5 s instead of a cut."]
    now = conform(better, tmp_path)[0].pictures[1]
    assert (now.transition_in, now.transition_frames, now.start, now.n_frames) == ("crossfade", 12, N - 16, N - 16)
    assert "a dissolve already" in enhance(better, tmp_path, wanted, UNPLANNED)[1].left[0]
    tight = timeline.deepcopy()
    for clip in tight.find_clips():
        if clip.media_reference.available_range is not None:
            clip.media_reference.available_range = clip.source_range
    assert "stays a cut" in enhance(tight, tmp_path, wanted, UNPLANNED)[1].left[0]


BRAND = ("#A8763E", "#D4AF37", "#0A192F", "#F5F5F0")
STRONG = Correction(MEASURED.offset, MEASURED.gain, -MEASURED.cast, MEASURED.cast, BRAND)


@pytest.mark.parametrize("color", BRAND)
def test_brand_colours_are_never_moved(color: str) -> None:
    y, u, v = (np.array([float(part)]) for part in rgb_to_yuv(parse_hex(color)))
    for d in (-2.0, 0.0, 2.0):
        moved = correct(STRONG, y + d, u + d, v - d)
        np.testing.assert_allclose([float(part[0]) for part in moved], [y[0] + d, u[0] + d, v[0] - d], atol=1e-6)
    tables, plain = corrected(compiled(("none",)), STRONG), compiled(("none",))
    cell = int(u[0] // 4) * 64 * 256 + int(v[0] // 4) * 256 + int(y[0])
    assert abs(int(tables.luma[cell]) - int(plain.luma[cell])) <= 64  # a code: what a cell of the table can tell apart


@pytest.mark.parametrize("correction", [STRONG, replace(STRONG, offset=-MEASURED.offset, gain=1 / MEASURED.gain)])
def test_greys_keep_their_order_around_them(correction: Correction) -> None:
    ramp = np.arange(16, 236, dtype=np.float32)
    for color in (*BRAND, "#808080"):
        _, u, v = rgb_to_yuv(parse_hex(color))
        y, *_ = correct(replace(correction, spared=(color,)), ramp, np.full_like(ramp, u), np.full_like(ramp, v))
        assert (np.diff(y) > 0).all()


def test_corrections_add_up_and_stay_within_what_may_be_asked() -> None:
    both = Correction(8, 1.05, 2, -1, ("#000000",)).then(Correction(30, 1.3, 13, -14, ("#FFFFFF",)))
    assert both.spared == ("#000000", "#FFFFFF")
    assert both.bounded(MEASURED) == Correction(MEASURED.offset, MEASURED.gain, MEASURED.cast, -MEASURED.cast, both.spared)
    y = np.array([125.5])
    one, two = Correction(5, 1.1), Correction(-3, 0.95)
    twice = correct(two, *correct(one, y, y, y))[0]
    assert abs(float(twice[0]) - float(correct(one.then(two), y, y, y)[0][0])) < 0.2


def test_in_words() -> None:
    assert matched(3, 2, Correction(-12, 0.9, -3, 4)) == "Scene 3 is matched to scene 2: warmer, 5 % darker, less contrast."
    found: Any = {
        "seams": [{"before": 1, "after": 2, "planned": True}],
        "findings": [{"action": "trim", "scene": 1, "time_s": 0.0}, {"action": "transition", "scene": 2, "time_s": 1.0}],
    }
    assert (wanted_of(found), seams_of(found)) == ((Wanted("transition", 2, 1.0),), (Seam(1, 2, True),))


def test_it_stops_when_told(mismatched: tuple[Path, otio.schema.Timeline]) -> None:
    def stop() -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        enhance(mismatched[1], mismatched[0], [Wanted("match_color", 2, 1.3)], UNPLANNED, check=stop)
