"""Captions of a film that was made without them: laid when somebody wants them, corrected, nudged, hidden phrase by phrase, and in the
subtitles as long as they are shown."""

from dataclasses import replace
from typing import Any

import opentimelineio as otio
import pytest

from pipelines.editing import EditError, apply, describe, edit_of, timeline_of
from pipelines.editing.edit import Edit
from pipelines.errors import TimelineError
from pipelines.frame_keys import frame_keys
from pipelines.handoff import received
from pipelines.handoff.subtitles import subtitles, vtt
from pipelines.timeline import conform
from pipelines.word_captions.cue import Cue
from pipelines.word_captions.setting import set_captions
from tests.pipelines.editing.edits import ROOT, captioned, done, roomy, timeline

ON = {"action": "captions", "to": "line"}


def silent(*script: tuple[int, str]) -> otio.schema.Timeline:
    """The ad without a voice and without captions, its first headline one word; script: as the ad has it."""
    edit = edit_of(roomy())
    own = {**edit.settings, "script": [list(line) for line in script]} if script else edit.settings
    first = edit.captions[0]
    brief = replace(first, start=2, values={**first.values, "lines": [{**first.values["lines"][0], "text": "Most."}]})
    return timeline_of(replace(edit, spoken=(), settings=own, captions=(brief, *edit.captions[1:])))


def refused(before: otio.schema.Timeline, **action: Any) -> str:
    with pytest.raises(EditError) as caught:
        apply(before, action)
    return caught.value.code


def words(cue: Cue) -> list[tuple[str, int, int]]:
    return [(word.text.strip(), cue.start + word.start, word.n_frames) for word in cue.words]


def shown(after: otio.schema.Timeline) -> list[str]:
    """What stands on the picture, page by page."""
    return [" ".join(word.text for word in page.words) for page in set_captions(conform(after, ROOT)[0]).pages]


def test_a_film_without_a_voice_is_captioned_by_its_script_scene_by_scene() -> None:
    film = silent((1, "Hours pass by."), (2, "One stays."))
    on = done(film, ON)
    edit = edit_of(on)
    assert [(cue.text, cue.scene, cue.timing) for cue in edit.cues] == [("Hours pass by.", 1, "reading"), ("One stays.", 2, "reading")]
    first = edit_of(film).captions[0]
    headline = len(" ".join(line["text"] for line in first.values["lines"]).split())
    assert edit.cues[0].start >= first.start + round(headline / 4 * 24)  # the headline is read first
    for cue, (start, end) in zip(edit.cues, ((0, 48), (48, 120)), strict=True):
        cue.check()
        assert start < cue.start < cue.end < end
    how = conform(on, ROOT)[0].captioning
    assert (how.style, how.type, how.color) == ("line", first.values["style"], first.values["color"])
    off = done(on, {"action": "captions", "to": "off"})
    assert (edit_of(off).cues, shown(off)) == (edit.cues, [])
    again = done(off, {"action": "captions", "to": "word"})
    assert edit_of(again).cues == edit.cues
    assert frame_keys(conform(off, ROOT)[0]) == frame_keys(conform(film, ROOT)[0])  # nothing is rendered anew but where they stood


def test_they_are_laid_into_the_edit_as_it_is_now() -> None:
    film = silent((1, "Hours pass by."), (2, "One stays."), (3, "Gone."))
    moved = done(film, {"action": "move", "clip": "1", "before": None}, {"action": "ripple_delete", "clips": ["3"]}, ON)
    assert [cue.scene for cue in edit_of(moved).cues] == [2, 1]
    assert edit_of(moved).cues[1].start > edit_of(moved).start(2)


def test_a_scene_without_time_says_so_and_another_script_is_taken() -> None:
    short = silent((1, "Hours pass by and by and by and by and by, and nobody at all ever knows why that is so."), (2, "One stays."))
    assert "Scene 1 has no time to read" in describe(short, ON)
    assert [cue.scene for cue in edit_of(done(short, ON)).cues] == [2]
    asked = {**ON, "script": [{"scene": 1, "text": "Hours."}]}
    assert [cue.text for cue in edit_of(done(short, ON, asked)).cues] == ["Hours."]
    assert refused(done(short, ON, asked), **asked) == "nothing_to_do"
    assert refused(silent(), **ON) == "no_captions"
    assert refused(silent((1, "So many words that nobody could ever read them, and no full stop")), **ON) == "no_room"
    assert refused(timeline(), **asked) == "bad_arguments"  # somebody speaks


def test_a_film_with_a_voice_is_captioned_by_what_is_said() -> None:
    cue = edit_of(done(roomy(), ON)).cues[0]
    assert (cue.text, cue.timing, cue.start) == ("Keep yours.", "estimated", 132)
    assert cue.words[-1].end == pytest.approx(1.25 * 24, abs=1)


def test_a_misspelt_word_keeps_its_time_and_more_words_share_it() -> None:
    film = captioned(roomy())
    was = edit_of(film).cues[0]
    spelt = edit_of(done(film, {"action": "edit_caption", "cue": 0, "first": 1, "words": 1, "text": "passed"})).cues[0]
    assert spelt.text == "Hours passed by."
    assert [word[1:] for word in words(spelt)] == [word[1:] for word in words(was)]
    more = edit_of(done(film, {"action": "edit_caption", "cue": 0, "first": 1, "words": 2, "text": "go by so fast"})).cues[0]
    more.check()
    assert more.text == "Hours go by so fast"
    assert (words(more)[0], words(more)[-1][1] + words(more)[-1][2]) == (words(was)[0], words(was)[-1][1] + words(was)[-1][2])
    less = edit_of(done(film, {"action": "edit_caption", "cue": 0, "first": 2, "words": 1, "text": ""})).cues[0]
    assert (less.text, less.end) == ("Hours pass", was.end - 6)
    assert refused(film, action="edit_caption", cue=0, first=2, words=2, text="x") == "no_such_caption"


def test_a_phrase_is_nudged_between_the_words_beside_it() -> None:
    film = captioned(roomy())
    phrase = {"action": "move_caption", "cue": 0, "first": 1, "words": 1}
    assert words(edit_of(done(film, {**phrase, "start": 19, "frames": 4})).cues[0]) == [("Hours", 12, 6), ("pass", 19, 4), ("by.", 24, 6)]
    assert refused(film, **phrase, start=17, frames=4) == "no_room"
    whole = edit_of(done(film, {"action": "move_caption", "cue": 0, "start": 20, "frames": 36})).cues[0]
    whole.check()
    assert (words(whole), whole.end) == ([("Hours", 20, 12), ("pass", 32, 12), ("by.", 44, 12)], 68)
    assert refused(film, action="move_caption", cue=1, start=20, frames=20) == "caption_outside"  # over the other one
    told = replace(edit_of(film), cues=(replace(edit_of(film).cues[0], timing="measured"),))
    nudged = done(timeline_of(told), {**phrase, "start": 19, "frames": 4})
    assert edit_of(nudged).cues[0].timing == "estimated"


def test_a_phrase_is_hidden_and_the_others_stay() -> None:
    film = captioned(roomy())
    hidden = done(film, {"action": "hide_caption", "cue": 0, "first": 1, "words": 1}, {"action": "captions", "to": "word"})
    assert shown(hidden)[:2] == ["Hours", "by"]
    pages = set_captions(conform(hidden, ROOT)[0]).pages
    assert pages[0].page.end <= 18  # gone while the hidden word is said
    cut = done(hidden, {"action": "trim", "clip": "1", "edge": "tail", "by": -22, "ripple": True})
    assert [word.hidden for word in edit_of(cut).cues[0].words] == [False, True, False]
    assert edit_of(received(hidden.to_json_string().encode())).cues == edit_of(hidden).cues
    assert refused(hidden, action="hide_caption", cue=0, first=1, words=1) == "nothing_to_do"
    back = done(hidden, {"action": "hide_caption", "cue": 0, "hidden": False})
    assert [word.hidden for word in edit_of(back).cues[0].words] == [False] * 3


def test_another_caption_is_added_where_there_is_none() -> None:
    film = done(silent(), {"action": "add_caption", "start": 10, "frames": 40, "text": "Some of it stays."})
    edit = edit_of(film)
    edit.cues[0].check()
    assert (edit.settings["captions"]["style"], edit.cues[0].start, edit.cues[0].n_frames, edit.cues[0].scene) == ("line", 10, 40, 1)
    assert refused(film, action="add_caption", start=30, frames=40, text="Another.") == "no_room"
    assert refused(film, action="add_caption", start=60, frames=5, text="Far too many words.") == "no_room"
    assert refused(film, action="add_caption", start=170, frames=40, text="Beyond.") == "caption_outside"
    two = done(film, {"action": "add_caption", "start": 60, "frames": 30, "text": "Another."}, {"action": "captions", "to": "highlight"})
    assert [cue.text for cue in edit_of(two).cues] == ["Some of it stays.", "Another."]


def test_subtitles_follow_what_is_shown_where_nobody_speaks() -> None:
    film = silent((1, "Hours pass by."), (2, "One stays."))
    assert [one.text for one in subtitles(edit_of(film))] == [one.text for one in subtitles(replaced(edit_of(film)))]  # its titles
    on = done(film, ON)
    assert [one.text for one in subtitles(edit_of(on))] == ["Hours pass by.", "One stays."]
    part = done(on, {"action": "hide_caption", "cue": 0, "first": 1, "words": 1}, {"action": "hide_caption", "cue": 1})
    assert [one.text for one in subtitles(edit_of(part))] == ["Hours", "by."]
    assert "pass" not in vtt(subtitles(edit_of(part)))
    assert subtitles(edit_of(done(on, {"action": "captions", "to": "off"}))) == subtitles(edit_of(film))


def replaced(edit: Edit) -> Edit:
    return replace(edit, settings={key: value for key, value in edit.settings.items() if key != "script"})


@pytest.mark.parametrize("script", ["words", [[1]], [["one", "line"]], [[1, " "]], [[1, "x" * 301]]])
def test_a_script_from_outside_is_taken_only_whole(script: Any) -> None:
    edit = edit_of(silent())
    with pytest.raises(TimelineError):
        received(timeline_of(replace(edit, settings={**edit.settings, "script": script})).to_json_string().encode())
