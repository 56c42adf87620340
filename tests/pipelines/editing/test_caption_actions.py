"""Captions in an edit: they go with their pictures and their voice, change their looks and words, and are handed over with their times."""

import json

import pytest

from pipelines.editing import EditError, apply, describe, edit_of
from pipelines.errors import TimelineError
from pipelines.handoff import received
from pipelines.handoff.subtitles import srt, subtitles, vtt
from pipelines.timeline import conform
from tests.pipelines.editing.edits import ROOT, captioned, done, roomy

FILM = captioned(roomy())


def cues(after: object) -> list[tuple[str, int, int]]:
    """(text, start, end) of every caption."""
    return [(cue.text, cue.start, cue.end) for cue in edit_of(after).cues]  # type: ignore[arg-type]


def test_they_are_composed_from_the_saved_edit_and_nothing_of_them_is_lost() -> None:
    edl, _ = conform(FILM, ROOT)
    assert (edl.captioning.style, edl.captioning.cues) == ("line", edit_of(FILM).cues)
    assert [word.start for word in edl.captioning.cues[1].words] == [0, 14]
    assert conform(roomy(), ROOT)[0].captioning.cues == ()  # edits of earlier releases have none
    assert conform(received(FILM.to_json_string().encode()), ROOT)[0].captioning == edl.captioning


def test_they_move_with_their_pictures_and_their_voice() -> None:
    said = [(line.start, line.length) for line in edit_of(FILM).spoken]
    shorter = done(FILM, {"action": "trim", "clip": "2a", "edge": "tail", "by": -12, "ripple": True})
    moved = [(line.start, line.length) for line in edit_of(shorter).spoken]
    assert moved[0][0] - said[0][0] == -12 * 2000
    assert cues(shorter) == [("Hours pass by.", 12, 42), ("Keep yours.", 120, 156)]
    gone = done(FILM, {"action": "ripple_delete", "clips": ["1"]})
    assert cues(gone) == [("Keep yours.", 84, 120)]
    swapped = done(FILM, {"action": "move", "clip": "3", "before": "1"})
    assert cues(swapped)[1] == ("Hours pass by.", 72, 102)


def test_what_has_too_little_time_is_read_quicker_and_then_not_at_all() -> None:
    quick = edit_of(done(FILM, {"action": "trim", "clip": "1", "edge": "tail", "by": -22, "ripple": True})).cues[0]
    quick.check()
    assert (quick.text, quick.end) == ("Hours pass by.", 26)
    assert cues(done(FILM, {"action": "trim", "clip": "1", "edge": "tail", "by": -40, "ripple": True}))[0][0] == "Keep yours."


def test_another_style_other_words_and_none() -> None:
    word = {"action": "captions", "to": "word"}
    assert describe(FILM, word) == "Showed the captions as word"
    assert conform(done(FILM, word), ROOT)[0].captioning.style == "word"
    hidden = done(FILM, {"action": "captions", "to": "off"})
    assert cues(hidden) == cues(FILM)  # they are kept
    said = done(FILM, {"action": "edit_caption", "cue": 1, "text": "Keep yours, always."})
    cue = edit_of(said).cues[1]
    cue.check()
    assert (cue.text, cue.start, cue.words[-1].end, cue.timing) == ("Keep yours, always.", 132, 28, "estimated")
    assert cues(done(FILM, {"action": "edit_caption", "cue": 0, "text": ""})) == [("Keep yours.", 132, 168)]
    for action, code in (
        ({"action": "captions", "to": "line"}, "nothing_to_do"),
        ({"action": "captions", "to": "sparkles"}, "bad_arguments"),
        ({"action": "edit_caption", "cue": 9, "text": "x"}, "no_such_caption"),
        ({"action": "edit_caption", "cue": 0, "text": "far more words than anybody could ever read in so short a time"}, "no_room"),
    ):
        with pytest.raises(EditError) as caught:
            apply(FILM, action)
        assert caught.value.code == code


def test_subtitles_have_the_captions_and_the_times_of_their_words() -> None:
    found = subtitles(edit_of(FILM))
    assert [(one.start_s, one.end_s, one.text) for one in found] == [(0.5, 1.75, "Hours pass by."), (5.5, 7.0, "Keep yours.")]
    assert "00:00:05,500 --> 00:00:07,000\nKeep yours.\n" in srt(found)
    assert "Hours <00:00:00.750>pass <00:00:01.000>by." in vtt(found)
    hidden = done(FILM, {"action": "hide_caption", "cue": 1})
    assert subtitles(edit_of(hidden)) == found  # somebody says it


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda own: own.update(timing="guessed"), "timed in a way"),
        (lambda own: own.update(words=[["Hours", 0, 400]]), "shorter than they are"),
        (lambda own: own.update(words=[]), "has no words"),
    ],
)
def test_what_comes_from_outside_is_taken_only_whole(change: object, why: str) -> None:
    data = json.loads(FILM.to_json_string())
    track = next(track for track in data["tracks"]["children"] if track["kind"] == "Captions")
    change(next(child for child in track["children"] if child["OTIO_SCHEMA"].startswith("Clip"))["metadata"]["ad_studio"])  # type: ignore[operator]
    with pytest.raises(TimelineError, match=why):
        received(json.dumps(data).encode())
