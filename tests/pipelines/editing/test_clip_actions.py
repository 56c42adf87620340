"""Edits of clips one by one: what they do in frames, what follows, and what is refused with which words."""

import pytest

from pipelines.editing import EditError, History, actions, apply, describe, edit_of
from pipelines.timeline import conform
from tests.pipelines.editing.edits import ROOT, done, roomy, slots, timeline, titles


def refused(code: str, words: str, before: object, **action: object) -> None:
    with pytest.raises(EditError, match=words) as found:
        apply(before, action)
    assert found.value.code == code


def test_trimming_the_tail_moves_what_follows_and_type_stays_with_its_picture() -> None:
    after = done(timeline(), {"action": "trim", "clip": "2b", "edge": "tail", "by": -10})
    assert slots(after) == [("1", 48, 0), ("2a", 36, 6), ("2b", 26, 0), ("3", 60, 4)]
    assert titles(timeline()) == [("Most hours just pass.", 8, 42), ("AURELIA", 128, 180), ("–20 %", 150, 180)]
    assert titles(after) == [("Most hours just pass.", 8, 42), ("AURELIA", 118, 170), ("–20 %", 140, 170)]
    assert conform(after, ROOT)[1].voices[0][1] == pytest.approx(5.5 - 10 / 24, abs=1e-4)
    assert describe(timeline(), {"action": "trim", "clip": "2b", "edge": "tail", "by": -12}) == "Trimmed 0.5 s off the end of clip 3"


def test_trimming_the_head_shows_later_frames() -> None:
    after = done(
        roomy(), {"action": "trim", "clip": "3", "edge": "head", "by": -12}, {"action": "trim", "clip": "1", "edge": "head", "by": 6}
    )
    assert slots(after) == [("1", 54, 54), ("2a", 36, 60), ("2b", 36, 60), ("3", 48, 72)]
    assert titles(after) == [("Most hours just pass.", 8, 42), ("AURELIA", 134, 174), ("–20 %", 156, 174)], "and ends with the film"


def test_without_ripple_a_gap_opens_and_closes_again() -> None:
    shorter = done(roomy(), {"action": "trim", "clip": "2b", "edge": "head", "by": -10, "ripple": False})
    assert slots(shorter) == [("1", 48, 60), ("2a", 36, 60), ("gap", 10, 0), ("2b", 26, 70), ("3", 60, 60)]
    assert titles(shorter) == titles(roomy())
    again = done(shorter, {"action": "trim", "clip": "2b", "edge": "head", "by": 10, "ripple": False})
    assert slots(again) == slots(roomy())
    refused("no_gap", "has only 10 frames of gap", shorter, action="trim", clip="2b", edge="head", by=11, ripple=False)


def test_the_frames_that_are_left_are_counted_with_the_transitions() -> None:
    refused("no_room", "Clip 2 has only 0 frames left to the left", timeline(), action="trim", clip="2a", edge="head", by=1)
    refused("no_room", "Clip 1 has only 86 frames left to the right", roomy(), action="trim", clip="1", edge="tail", by=100)
    refused("too_short", "at least 6 frames, which its transitions need", timeline(), action="trim", clip="2a", edge="tail", by=-31)
    refused("no_room", "Clip 4 has only 80 frames left to the right", roomy(), action="slip", clip="3", by=81)


def test_a_cut_rolls_and_the_film_keeps_its_length() -> None:
    after = done(roomy(), {"action": "roll", "clip": "2b", "by": 9})
    assert slots(after) == [("1", 48, 60), ("2a", 45, 60), ("2b", 27, 69), ("3", 60, 60)]
    assert titles(after) == titles(roomy())
    refused("no_cut", "no cut before the first", roomy(), action="roll", clip="1", by=3)


def test_a_slip_changes_only_what_is_shown() -> None:
    assert slots(done(roomy(), {"action": "slip", "clip": "2a", "by": -20}))[1] == ("2a", 36, 40)


def test_halves_are_what_the_whole_was_and_can_be_edited_alone() -> None:
    corrected = done(roomy(), {"action": "correct", "clip": "2a", "cb": 1.5}, {"action": "look", "clip": "2a", "to": "flat_cool"})
    halves = done(corrected, {"action": "split", "clip": "2a", "at": 20})
    assert slots(halves)[1:3] == [("2a", 20, 60), ("2a.2", 16, 80)]
    edl, _ = conform(halves, ROOT)
    assert [(p.look, p.match.cb, p.transition_frames) for p in edl.pictures[1:3]] == [("flat_cool", 1.5, 12), ("flat_cool", 1.5, 0)]
    apart = done(halves, {"action": "look", "clip": "2a.2", "to": "luxury"})
    assert [p.look for p in conform(apart, ROOT)[0].pictures[1:3]] == ["flat_cool", "luxury"]
    refused("in_transition", "within a transition", roomy(), action="split", clip="2a", at=4)
    refused("outside", "is 36 frames long", roomy(), action="split", clip="2b", at=36)


def test_unlike_clips_merge_into_a_group_that_goes_as_one() -> None:
    group = done(roomy(), {"action": "merge", "clips": ["2a", "2b"]})
    moved = done(group, {"action": "move", "clip": "2b", "before": None})
    assert [id for id, _, _ in slots(moved)] == ["1", "3", "2a", "2b"]
    assert [id for id, _, _ in slots(done(moved, {"action": "ripple_delete", "clips": ["2a"]}))] == ["1", "3"]
    alone = done(moved, {"action": "ungroup", "clip": "2a"}, {"action": "ripple_delete", "clips": ["2a"]})
    assert [id for id, _, _ in slots(alone)] == ["1", "3", "2b"]
    refused("not_neighbours", "follow each other", roomy(), action="merge", clips=["1", "2b"])


def test_a_clip_taken_out_leaves_its_slot_and_what_is_said_over_it() -> None:
    gap = done(timeline(), {"action": "delete", "clips": ["3"]})
    edl, mix = conform(gap, ROOT)
    assert (edl.n_frames, edl.pictures[3].media, edl.pictures[3].transition_in) == (180, "", "cut")
    assert titles(gap) == titles(timeline())
    assert mix.voices[0][1] == 5.5
    assert edit_of(gap).pieces[3].own["still_prompt"] == "still 3", "a new picture can be asked for in the same words"
    filled = done(
        gap, {"action": "fill_gap", "clip": "3", "media": "clips/new.mp4", "media_frames": 68, "media_in": 4, "about": {"seed": 9}}
    )
    assert slots(filled)[3] == ("3", 60, 4)
    assert edit_of(filled).pieces[3].own["seed"] == 9
    refused("too_short_media", "has 50 frames to show; the slot needs 60", gap, action="fill_gap", clip="3", media="a.mp4", media_frames=50)


def test_closed_up_it_takes_its_type_and_its_speech_along() -> None:
    after = done(timeline(), {"action": "ripple_delete", "clips": ["3"]})
    assert titles(after) == [("Most hours just pass.", 8, 42)]
    assert conform(after, ROOT)[1].voices == ()
    refused("last_clip", "at least one clip", timeline(), action="ripple_delete", clips=["1", "2a", "2b", "3"])


def test_a_stretch_goes_whatever_clips_it_lies_on_and_leaves_one_gap_or_none() -> None:
    group = done(roomy(), {"action": "merge", "clips": ["2a", "2b"]})
    gap = done(group, {"action": "cut_out", "start": 70, "frames": 30, "ripple": False})
    assert slots(gap) == [("1", 48, 60), ("2a", 22, 60), ("2a.2", 30, 0), ("2b.2", 20, 76), ("3", 60, 60)]
    (left,) = (piece for piece in edit_of(gap).pieces if piece.is_gap)
    assert (left.own["still_prompt"], left.group) == ("still 2a", "")
    assert titles(gap) == titles(roomy()), "what is said over it stays"
    closed = done(group, {"action": "cut_out", "start": 70, "frames": 30})
    assert slots(closed) == [("1", 48, 60), ("2a", 22, 60), ("2b.2", 20, 76), ("3", 60, 60)]
    assert [start for _, start, _ in titles(closed)] == [8, 98, 120]
    whole = done(roomy(), {"action": "cut_out", "start": 84, "frames": 36})
    assert [id for id, _, _ in slots(whole)] == ["1", "2a", "3"]
    refused("in_transition", "within a transition", roomy(), action="cut_out", start=50, frames=40)
    refused("outside", "lasts 7.5 s", roomy(), action="cut_out", start=100, frames=90)
    refused("last_clip", "at least one clip", roomy(), action="cut_out", start=0, frames=180)
    refused("is_gap", "a gap already", gap, action="cut_out", start=72, frames=8, ripple=False)


def test_moved_clips_take_type_and_transition_along() -> None:
    after = done(roomy(), {"action": "move", "clip": "3", "before": "2a"})
    assert [id for id, _, _ in slots(after)] == ["1", "3", "2a", "2b"]
    assert titles(after) == [("Most hours just pass.", 8, 42), ("AURELIA", 56, 108), ("–20 %", 78, 108)]
    assert [p.transition_in for p in conform(after, ROOT)[0].pictures] == ["cut", "dip_to_white", "crossfade", "cut"]
    tight = conform(done(timeline(), {"action": "move", "clip": "2b", "before": "2a"}), ROOT)[0]
    assert [(p.transition_in, p.transition_frames) for p in tight.pictures] == [
        *(("cut", 0), ("cut", 0), ("crossfade", 8)),
        ("cut", 0),
    ], "a transition is as long as its neighbours can lend"
    refused("nothing_to_do", "there already", roomy(), action="move", clip="3")


def test_a_transition_is_as_long_as_there_is_room() -> None:
    after = conform(done(roomy(), {"action": "transition", "clip": "2b", "to": "push", "frames": 20}), ROOT)[0]
    assert (after.pictures[2].transition_in, after.pictures[2].transition_frames) == ("push", 20)
    refused("no_room", "room for a transition of 0 frames", timeline(), action="transition", clip="2b", to="push")
    refused("no_transition_here", "Before the first clip", roomy(), action="transition", clip="1", to="push")
    refused("unknown", "no transition 'star_wipe'", roomy(), action="transition", clip="3", to="star_wipe")


def test_a_copy_shows_the_same_and_is_edited_alone() -> None:
    after = done(roomy(), {"action": "duplicate", "clip": "2a", "before": "3"}, {"action": "look", "clip": "2a.2", "to": "flat_cool"})
    assert slots(after) == [("1", 48, 60), ("2a", 36, 60), ("2b", 36, 60), ("2a.2", 36, 60), ("3", 60, 60)]
    assert [picture.look for picture in conform(after, ROOT)[0].pictures][1:4] == ["none", "none", "flat_cool"]
    assert [picture.transition_in for picture in conform(after, ROOT)[0].pictures][3:] == ["cut", "dip_to_white"]


def test_new_media_goes_in_between() -> None:
    put = {"action": "insert", "media": "clips/own.mp4", "media_frames": 50, "frames": 30, "media_in": 5, "before": "3", "label": "Own"}
    after = done(roomy(), put, {"action": "add_gap", "frames": 12})
    assert slots(after)[3:] == [("Own", 30, 5), ("3", 60, 60), ("gap", 12, 0)]
    assert titles(after)[1][1:] == (158, 210)
    assert describe(roomy(), put) == "Put in Own, 1.25 s"


@pytest.mark.parametrize(
    "name", ["/etc/passwd", "../secret.mp4", "clips/../../x.mp4", "C:\\x.mp4", "http://elsewhere/x.mp4", "a\0b.mp4", ""]
)
def test_media_are_named_inside_the_project(name: str) -> None:
    refused("bad_arguments", "media", roomy(), action="replace", clip="3", media=name, media_frames=99)


def test_what_is_asked_wrongly_is_told() -> None:
    refused("unknown_action", "no action 'explode'", roomy(), action="explode")
    refused("bad_arguments", "trim: by", roomy(), action="trim", clip="1", edge="tail", by="much")
    refused("bad_arguments", "trim: loud", roomy(), action="trim", clip="1", edge="tail", by=1, loud=True)
    refused("bad_arguments", "not plain JSON", roomy(), action="volume", track="music", to=float("nan"))
    refused("no_such_clip", "no clip '9'", roomy(), action="slip", clip="9", by=1)


def test_every_action_says_what_it_takes() -> None:
    for kind in actions():
        assert kind.what
        assert kind.title
        assert kind.schema["additionalProperties"] is False
        assert "action" not in kind.schema["properties"]


def test_what_was_done_is_listed_undone_and_done_again() -> None:
    session = History.of(roomy())
    for action in ({"action": "grade", "to": "eco"}, {"action": "volume", "track": "music", "to": 0.5}):
        session = session.do(action)
    assert [step.words for step in session.done] == ["Graded the film eco", "Set the music to 50%"]
    back = session.undo()
    assert conform(back.timeline, ROOT)[1].music_volume == 0.3
    assert back.redo() == session
    other = back.do({"action": "grade", "to": "calm"})
    with pytest.raises(EditError, match="nothing to do again"):
        other.redo()
    with pytest.raises(EditError, match="nothing to undo"):
        History.of(roomy()).undo()
