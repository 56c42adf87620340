"""A timeline with gaps – one black where scene 2 was, one that holds the picture before it – as everything that reads timelines sees it."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import opentimelineio as otio
import pytest

from eval.scenes import plan_from
from models.media.video_file import VideoReader
from pipelines.aspect import Aspect
from pipelines.compose import compose
from pipelines.correction import Correction
from pipelines.editing import apply, edit_of
from pipelines.enhancement import Seam, Wanted, enhance
from pipelines.enhancement_edges import Edges
from pipelines.exports import Export, prepared
from pipelines.handoff.cmx import cmx
from pipelines.handoff.fcpxml import fcpxml
from pipelines.plan_as_cut import plan_as_cut, scenes_as_cut
from pipelines.preflight import preflight, preflight_before
from pipelines.rerender import rerender
from pipelines.scene_plan import Entity, Scene
from pipelines.timeline import build_timeline, conform
from pipelines.timeline_media import files_of_clips, names_in
from studio.services.ad_checks import scenes_of
from tests.pipelines.test_color_match import N, film, media, picture, plan, shot

COLD: dict[str, Any] = {"cast": (-0.09, 0.0, 0.13), "shade": 0.85}
SHOWN = N - 16
SHOTS = tuple(replace(shot(f"s{i + 1}", i * SHOWN), scene=i + 1, n_frames=SHOWN, head=8, tail=8, group="hero") for i in range(4))
SCENES = tuple(Scene(one.scene, ("Before", "After", "After", "Bridge")[one.scene - 1], one.start, SHOWN, (one,)) for one in SHOTS)
PLAN = replace(plan(*SHOTS, hero=2 * SHOWN), n_frames=4 * SHOWN, scenes=SCENES, entities=(Entity("set", "stone", (1, 2, 4)),))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, otio.schema.Timeline]:
    """Four scenes, the last one cold."""
    folder = tmp_path_factory.mktemp("gaps")
    paths = [film(folder / f"s{i + 1}.mp4", picture(seed=i, **(COLD if i == 3 else {}))) for i in range(4)]
    return folder, build_timeline(PLAN, media(*paths), None, "ad", folder)


@pytest.fixture(scope="module")
def gapped(whole: tuple[Path, otio.schema.Timeline]) -> otio.schema.Timeline:
    """s1 | black | s3 | 8 frames held | s4."""
    timeline = apply(whole[1], {"action": "delete", "clips": ["s2"]})
    timeline = apply(timeline, {"action": "add_gap", "frames": 8, "before": "s4"})
    return apply(timeline, {"action": "gap_shows", "clip": "gap", "to": "hold"})


def test_a_black_gap_is_a_scene_and_a_held_picture_is_not(gapped: otio.schema.Timeline) -> None:
    edit = edit_of(gapped)
    assert scenes_as_cut(edit) == (1, 2, 3, 3, 4)
    now = plan_as_cut(PLAN, edit)
    assert [(scene.scene_type, scene.start, scene.n_frames, len(scene.shots)) for scene in now.scenes] == [
        ("Before", 0, SHOWN, 1),
        ("Gap", SHOWN, SHOWN, 1),
        ("After", 2 * SHOWN, SHOWN + 8, 1),
        ("Bridge", 3 * SHOWN + 8, SHOWN, 1),
    ]
    assert now.entities[0].scenes == (1, 4)
    assert (now.hero_frame, now.n_frames) == (2 * SHOWN, 4 * SHOWN + 8)
    torn = apply(apply(gapped, {"action": "split", "clip": "s1", "at": 12}), {"action": "move", "clip": "s1.2", "before": None})
    assert scenes_as_cut(edit_of(torn)) == (1, 2, 3, 3, 4, 5)
    leading = apply(gapped, {"action": "add_gap", "frames": 6, "before": "s1"})
    assert scenes_as_cut(edit_of(leading)) == (1, 2, 3, 4, 4, 5)


def test_a_split_is_no_cut_and_somebodys_own_clip_is_one(gapped: otio.schema.Timeline) -> None:
    halves = apply(gapped, {"action": "split", "clip": "s1", "at": 12})
    assert [len(scene.shots) for scene in plan_as_cut(PLAN, edit_of(halves)).scenes] == [1, 1, 1, 1]
    own = {"action": "insert", "media": "own/a.mp4", "media_frames": 40, "frames": 20, "before": "s4", "label": "own"}
    now = plan_as_cut(PLAN, edit_of(apply(gapped, own)))
    assert [one.id for one in now.scenes[2].shots] == ["s3", "own"]
    assert now.scenes[2].n_frames == SHOWN + 8 + 20


def test_eval_expects_the_cuts_that_are_there_and_dark_where_it_is_meant(gapped: otio.schema.Timeline) -> None:
    found = plan_from(scenes_of(plan_as_cut(PLAN, edit_of(gapped))))
    assert found.cuts == (SHOWN, 2 * SHOWN, 3 * SHOWN + 8)
    assert [scene.change for scene in found.scenes] == [False, True, True, False]


def test_scenes_on_either_side_of_a_gap_are_not_matched_through_it(whole: tuple[Path, Any], gapped: otio.schema.Timeline) -> None:
    folder, seams = whole[0], [Seam(1, 2, False), Seam(2, 3, False), Seam(3, 4, False)]
    wanted = [Wanted("match_color", 2, 2.0), Wanted("match_color", 4, 4.0), Wanted("transition", 3, 3.0)]
    better, done = enhance(gapped, folder, wanted, seams, reference=3)
    assert [(one.kind, one.scene, one.towards) for one in done.changes] == [("match_color", 4, 3)]
    assert ["is a gap" in done.left[0], "beside a gap" in done.left[1]] == [True, True]
    pictures = conform(better, folder)[0].pictures
    assert [picture.match == Correction() for picture in pictures] == [True, True, True, True, False]
    edges = Edges(conform(gapped, folder)[0], scenes_as_cut(edit_of(gapped)))
    assert edges.seen == {1, 3, 4}
    one, other = edges.meeting(3, 4)
    assert len(one.pixels) == len(other.pixels) > 0, "what is held at the end of a scene is the scene's own last picture"


def test_a_film_with_gaps_again_is_copied_and_cropped_and_passes_preflight(whole: tuple[Path, Any], gapped: Any, tmp_path: Path) -> None:
    folder, timeline = whole
    was, now = conform(timeline, folder)[0], conform(gapped, folder)[0]
    old = compose(was, tmp_path / "was.mp4", profile="draft", inner_loops="plain").path
    made = rerender(old, was, now, tmp_path / "now.mp4", profile="draft", inner_loops="plain")
    assert made.copied >= 2 * SHOWN
    with VideoReader(made.composed.path) as reader:
        assert reader.frame(SHOWN + SHOWN // 2).max() < 24
        held = reader.frame(3 * SHOWN + 4).astype(int)
        assert np.abs(held - reader.frame(3 * SHOWN - 1)).mean() < 4  # the grain goes on
    told = preflight(made.composed.path, edl=now)
    assert told.platform == preflight_before(now, "h264").platform
    shaped = prepared(now, Export(Aspect.SQUARE)).edl
    assert [bool(picture.media) for picture in shaped.pictures] == [True, False, True, True, True]
    assert shaped.pictures[2].focus == shaped.pictures[3].focus
    square = compose(replace(shaped, titles=()), tmp_path / "square.mp4", inner_loops="plain")
    assert square.n_frames == now.n_frames


def test_hand_offs_name_gaps_as_gaps(gapped: otio.schema.Timeline) -> None:
    assert fcpxml(edit_of(gapped)).count("<gap ") == 2
    assert cmx(edit_of(gapped)).count("BL") >= 2
    assert "s2" not in files_of_clips(gapped)
    assert [name for name, role in names_in(gapped) if role == "clip"] == ["s1.mp4", "s3.mp4", "s4.mp4"]
