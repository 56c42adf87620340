"""Whatever is done in whatever order: exact lengths, nothing negative or overlapping, nothing lost, and it can all be undone."""

from itertools import pairwise
from typing import Any

import opentimelineio as otio
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.editing import ACTIONS, Edit, EditError, History, apply, describe, edit_of, timeline_of
from pipelines.edl import Title
from pipelines.timeline import conform
from tests.pipelines.editing.edits import ROOT, captioned, roomy, slots

QUICK = settings(max_examples=24, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
BY = st.integers(-30, 30)
LOOKS = st.sampled_from(["none", "luxury", "flat_cool"])
COMMANDS = {
    "trim": {"edge": st.sampled_from(["head", "tail"]), "by": BY, "ripple": st.booleans()},
    "roll": {"by": BY},
    "slip": {"by": BY},
    "set_speed": {"to": st.sampled_from([0.25, 0.5, 0.67, 1.0, 1.3, 2.0, 4.0])},
    "split": {"at": st.integers(1, 60)},
    "delete": {},
    "ripple_delete": {},
    "merge": {},
    "ungroup": {},
    "move": {},
    "duplicate": {},
    "add_gap": {"frames": st.integers(1, 40)},
    "insert": {
        "media": st.just("clips/new.mp4"),
        "media_frames": st.just(80),
        "frames": st.integers(1, 60),
        "media_in": st.integers(0, 20),
    },
    "replace": {"media": st.just("clips/other.mp4"), "media_frames": st.just(90), "media_in": st.integers(0, 30)},
    "fill_gap": {"media": st.just("clips/filled.mp4"), "media_frames": st.just(90)},
    "cut_out": {"start": st.integers(0, 200), "frames": st.integers(1, 90), "ripple": st.booleans()},
    "transition": {"to": st.sampled_from(["cut", "crossfade", "push"]), "frames": st.sampled_from([None, 2, 8, 20])},
    "look": {"to": LOOKS},
    "correct": {"offset": st.floats(-8, 8)},
    "gap_shows": {"to": st.sampled_from(["black", "hold"])},
    "grade": {"to": LOOKS},
    "add_title": {"start": st.integers(0, 200), "frames": st.integers(1, 60), "lines": st.just([{"text": "New"}])},
    "edit_title": {"animation": st.sampled_from(["fade", "rise"])},
    "move_title": {"start": st.integers(0, 200), "frames": st.integers(1, 60)},
    "remove_title": {},
    "volume": {"track": st.just("music"), "to": st.floats(0, 1)},
    "volume_between": {
        "track": st.just("music"),
        "start": st.integers(0, 200),
        "frames": st.integers(1, 60),
        "to": st.none() | st.floats(0, 1),
    },
    "captions": {"to": st.sampled_from(["off", "line", "word", "highlight"])},
    "edit_caption": {"cue": st.integers(0, 2), "text": st.sampled_from(["", "Other words.", "So many words that nobody could read them."])},
    "add_caption": {"start": st.integers(0, 200), "frames": st.integers(1, 60), "text": st.just("Another one.")},
    "move_caption": {"cue": st.integers(0, 2), "first": st.integers(0, 2), "start": st.integers(0, 200), "frames": st.integers(1, 60)},
    "hide_caption": {"cue": st.integers(0, 2), "first": st.integers(0, 2), "words": st.integers(1, 2)},
    "sound": {"track": st.just("music"), "media": st.just("sound/other.wav"), "media_frames": st.integers(1, 400)},
}


def command(draw: st.DrawFn, edit: Edit) -> dict[str, Any]:
    """Any action, on clips and titles that are there."""
    name = draw(st.sampled_from(sorted(COMMANDS)))
    found: dict[str, Any] = {"action": name} | {key: draw(kind) for key, kind in COMMANDS[name].items()}
    ids = [piece.id for piece in edit.pieces]
    fields = ACTIONS[name].model_fields
    if "clip" in fields:
        found["clip"] = draw(st.sampled_from(ids))
    if "clips" in fields:
        at = draw(st.integers(0, len(ids) - 1))
        found["clips"] = ids[at : at + draw(st.integers(1, 2))]
    if "before" in fields:
        found["before"] = draw(st.sampled_from([*ids, None]))
    if "id" in fields:
        found["id"] = draw(st.sampled_from([*(caption.id for caption in edit.captions), "nobody"]))
    return found


def test_every_action_is_tried_here() -> None:
    assert COMMANDS.keys() == ACTIONS.keys()


@QUICK
@given(st.data())
def test_whatever_is_done_the_edit_stays_whole(data: st.DataObject) -> None:
    history = History.of(captioned(roomy()))
    states, n_done = [history.now], 0
    for _ in range(8):
        before = history.timeline
        asked = data.draw(st.composite(command)(edit_of(before)))
        try:
            history = history.do(asked)
        except EditError as error:
            assert str(error).endswith("."), error  # noqa: PT017 – one sentence
            assert history.now == states[-1], "what was refused changed nothing"
            continue
        n_done += 1
        states.append(history.now)
        assert history.done[-1].words
        after = edit_of(history.timeline)
        after.check()
        edl, _ = conform(history.timeline, ROOT)
        assert edl.n_frames == sum(piece.n_frames for piece in after.pieces) == edit_length(history.timeline)
        assert all(isinstance(title, Title) and title.n_frames > 0 for title in edl.titles)
        assert edit_of(timeline_of(after)) == after, "nothing is lost in the saved form"
        assert after.music is None or after.music.media_frames > 0
        spans = after.settings.get("music_spans", [])
        assert all(a < b for a, b, _ in spans)
        assert all(first[1] <= second[0] for first, second in pairwise(spans)), "volumes never overlap"
        for piece, picture in zip(after.pieces, edl.pictures, strict=True):
            assert piece.is_gap or (picture.speed, picture.media_in) == (piece.speed, piece.media_in)
    for state in reversed(states[:-1]):
        history = history.undo()
        assert history.now == state
    for state in states[1:]:
        history = history.redo()
        assert history.now == state


def edit_length(timeline: otio.schema.Timeline) -> int:
    """As OpenTimelineIO itself counts it."""
    return timeline.video_tracks()[0].duration().to_frames()


@QUICK
@given(st.integers(0, 3), st.integers(1, 59))
def test_split_then_merge_is_nothing(clip: int, at: int) -> None:
    before = timeline_of(edit_of(roomy()))
    id = slots(before)[clip][0]
    try:
        halves = apply(before, {"action": "split", "clip": id, "at": at})
    except EditError as error:
        assert error.code in ("outside", "in_transition")  # noqa: PT017
        return
    first, second = edit_of(halves).pieces[clip : clip + 2]
    assert (first.own, first.other) == (second.own, second.other), "both halves are what the whole was"
    assert edit_of(halves).captions == edit_of(before).captions
    assert apply(halves, {"action": "merge", "clips": [second.id, id]}).to_json_string() == before.to_json_string()


@QUICK
@given(st.integers(0, 3), st.integers(25, 400), st.integers(1, 59))
def test_a_speed_keeps_what_is_shown_and_splits_and_merges_like_any_clip(clip: int, percent: int, at: int) -> None:
    before = timeline_of(edit_of(roomy()))
    id, n, _ = slots(before)[clip]
    if percent == 100:
        return
    try:
        quicker = apply(before, {"action": "set_speed", "clip": id, "to": percent / 100})
    except EditError as error:
        assert error.code == "too_short"  # noqa: PT017
        return
    was, now = edit_of(before).pieces[clip], edit_of(quicker).pieces[clip]
    assert abs(now.n_frames - n * 100 / percent) <= 0.5
    assert abs(now.of_file(now.media_in) - was.media_in) <= percent / 200 + 0.5
    assert max(now.of_file(now.media_in + k) for k in range(now.n_frames)) < now.held
    try:
        halves = apply(quicker, {"action": "split", "clip": id, "at": at})
    except EditError:
        return
    second = edit_of(halves).pieces[clip + 1]
    assert second.of_file(second.media_in) == now.of_file(now.media_in + at), "the second half goes on where the first one ends"
    assert apply(halves, {"action": "merge", "clips": [id, second.id]}).to_json_string() == quicker.to_json_string()


@QUICK
@given(st.sampled_from(["head", "tail"]), st.integers(-20, 20).filter(bool), st.integers(0, 3))
def test_trimmed_and_trimmed_back_is_the_same_picture(edge: str, by: int, clip: int) -> None:
    before = timeline_of(edit_of(roomy()))
    id = slots(before)[clip][0]
    there = apply(before, {"action": "trim", "clip": id, "edge": edge, "by": by})
    back = apply(there, {"action": "trim", "clip": id, "edge": edge, "by": -by})
    assert edit_of(back).pieces == edit_of(before).pieces


def test_the_given_timeline_is_never_touched() -> None:
    before = roomy()
    saved = before.to_json_string()
    for action in ({"action": "trim", "clip": "1", "edge": "tail", "by": -5}, {"action": "correct", "clip": "3", "cb": 1.0}):
        describe(before, action)
        apply(before, action)
    assert before.to_json_string() == saved
