"""What is proposed about a finding can be done, and does what it says: on real pictures where it is about pictures."""

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import opentimelineio as otio

from models.media.video_file import VideoReader
from pipelines.compose import compose
from pipelines.editing import Edit, apply, edit_of
from pipelines.timeline import build_timeline, conform
from studio.services.editor_fixes import Fix, coherence_fix, preflight_fix, readable
from studio.services.editor_scores import match_at
from tests.pipelines.editing.edits import done, roomy, timeline
from tests.pipelines.test_color_match import film, media, picture, plan, shot


def changed(before: otio.schema.Timeline, fix: Fix | None) -> Edit:
    assert fix is not None
    assert fix.actions is not None
    for action in fix.actions:
        before = apply(before, action)
    return edit_of(before)


def test_matching_the_colours_lowers_the_measured_difference_at_the_cut(tmp_path: Path) -> None:
    one, two = film(tmp_path / "one.mp4", picture()), film(tmp_path / "two.mp4", picture(seed=1, shade=0.9, cast=(0.03, 0, -0.03)))
    of = replace(plan(shot("one", 0), shot("two", 48), hero=0), grade="neutral")
    built = build_timeline(of, media(one, two), None, "ad", tmp_path)
    edit = edit_of(built)

    def difference(of: otio.schema.Timeline) -> float:
        compose(conform(of, tmp_path)[0], tmp_path / "out.mp4", inner_loops="plain")
        with VideoReader(tmp_path / "out.mp4") as reader:
            frames = [reader.frame(n).astype(np.float32) / 255 for n in (40, 56)]
        return float(np.linalg.norm(np.subtract(*(cv2.cvtColor(frame, cv2.COLOR_RGB2LAB).reshape(-1, 3).mean(0) for frame in frames))))

    fix = coherence_fix(built, edit, "color_jump", 1, lambda i: match_at(edit, i, one, two))
    assert fix is not None
    assert fix.actions is not None
    assert (fix.title, fix.regenerate, [action["action"] for action in fix.actions]) == ("Match the colours", "two", ["correct"])
    assert difference(apply(built, fix.actions[0])) < 0.6 * difference(built)
    assert match_at(edit_of(build_timeline(of, media(one, one), None, "ad", tmp_path)), 1, one, one) is None  # nothing to mend


def test_motion_that_turns_round_is_dissolved_where_the_clips_have_frames() -> None:
    there = done(roomy(), {"action": "transition", "clip": "2b", "to": "cut"})
    edit = edit_of(there)
    at = edit.index("2b")
    assert (after := changed(there, coherence_fix(there, edit, "motion_reversal", at, lambda i: None)).pieces[at]).transition == "crossfade"
    assert after.transition_frames == 12
    tight = timeline()  # no handles but those of its transitions
    fix = coherence_fix(tight, edit_of(tight), "motion_reversal", edit.index("2b"), lambda i: None)
    assert (fix.actions, fix.regenerate) == (None, "2b") if fix else None


def test_what_only_a_new_picture_mends_is_made_again_and_a_match_needs_none() -> None:
    there = roomy()
    edit = edit_of(there)
    assert coherence_fix(there, edit, "frozen", 1, lambda i: None) == Fix("Make this clip again", None, edit.pieces[1].id)
    assert coherence_fix(there, edit, "invisible_cut", 1, lambda i: None) is None
    short = done(there, {"action": "trim", "clip": "3", "edge": "tail", "by": -50}, {"action": "transition", "clip": "3", "to": "cut"})
    short = done(short, {"action": "trim", "clip": "3", "edge": "tail", "by": -7})
    at = edit_of(short).index("3")
    assert changed(short, coherence_fix(short, edit_of(short), "short_shot", at, lambda i: None)).pieces[at].n_frames == 4


def test_type_stands_as_long_as_it_takes_to_read_and_where_it_is_not_covered() -> None:
    there = timeline()
    edit = edit_of(there)
    caption = edit.captions[0]
    quick = done(there, {"action": "move_title", "id": caption.id, "start": caption.start, "frames": 6})
    edit = edit_of(quick)
    fix = preflight_fix(quick, edit, "reading time", edit.captions[0], "0.3 s, 1.0 needed")
    words = sum(len(line["text"].split()) for line in caption.values["lines"])
    assert changed(quick, fix).captions[0].n_frames >= (0.3 + words / 3) * edit.fps
    low = done(quick, {"action": "edit_title", "id": caption.id, "position": "bottom"})
    fix = preflight_fix(low, edit_of(low), "safe zone", edit_of(low).captions[0], "12 px at the bottom")
    assert changed(low, fix).captions[0].values["position"] == "center"
    assert preflight_fix(low, edit_of(low), "safe zone", edit_of(low).captions[0], "12 px at the left") is None
    assert preflight_fix(low, edit_of(low), "resolution", None, "180 px") is None


def test_a_colour_is_proposed_only_when_it_is_sure_to_be_read() -> None:
    assert readable("#FFFFFF", 1.5) == "#000000"  # white on something nearly white
    assert readable("#000000", 1.5) == "#FFFFFF"
    assert readable("#808080", 1.1) is None or readable("#808080", 1.1) in ("#FFFFFF", "#000000")
    assert readable("#FFFFFF", None) is None
    there = timeline()
    caption = replace(edit_of(there).captions[0], values={**edit_of(there).captions[0].values, "color": "#FFFFFF"})
    fix = preflight_fix(there, edit_of(there), "contrast", caption, "1.6 : 1, 4.5 needed")
    assert changed(there, fix).captions[0].values["color"] == "#000000"


def test_sound_is_turned_towards_what_platforms_play() -> None:
    there = timeline()
    was = edit_of(there).settings["music_volume"]
    assert changed(there, preflight_fix(there, edit_of(there), "loudness", None, "-17.0 LUFS")).settings["music_volume"] > was
    assert changed(there, preflight_fix(there, edit_of(there), "loudness", None, "-9.0 LUFS")).settings["music_volume"] < was
    assert preflight_fix(there, edit_of(there), "loudness", None, "silent") is None


def test_the_brand_is_shown_early_as_the_end_card_has_it() -> None:
    there = timeline()
    fix = preflight_fix(there, edit_of(there), "brand", None, "first at 6.0 s")
    names = [line["text"] for one in edit_of(there).captions for line in one.values["lines"] if line["role"] == "brand"]
    early = [one for one in changed(there, fix).captions if one.start == 12]
    assert [line["text"] for one in early for line in one.values["lines"]] == names[:1]
