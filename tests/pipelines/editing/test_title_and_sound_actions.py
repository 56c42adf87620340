"""Type and sound: added, changed, moved, taken out – and in the edit that is composed."""

import pytest

from pipelines.editing import EditError, apply, describe, edit_of
from pipelines.edl import TitleLine
from pipelines.timeline import conform
from tests.pipelines.editing.edits import ROOT, done, roomy, timeline, titles


def test_a_new_text_is_in_the_edit() -> None:
    action = {"action": "add_title", "start": 60, "frames": 40, "lines": [{"text": "Now", "animation": "rise"}], "position": "top"}
    after = done(timeline(), action)
    title = next(t for t in conform(after, ROOT)[0].titles if t.start == 60)
    assert (title.lines, title.n_frames, title.position) == ((TitleLine("Now", "headline", "rise"),), 40, "top")
    assert describe(timeline(), action) == "Added the text “Now” at 2.5 s"
    with pytest.raises(EditError, match=r"would end at 8\.75 s; the film lasts 7\.5 s"):
        apply(timeline(), {**action, "start": 170})


def test_words_change_and_the_rest_of_a_line_stays() -> None:
    card = next(caption for caption in edit_of(timeline()).captions if caption.text == "AURELIA")
    after = done(timeline(), {"action": "edit_title", "id": card.id, "text": ["Aurelia", "Order now"]})
    found = next(t for t in conform(after, ROOT)[0].titles if t.lines[0].text == "Aurelia")
    assert found.lines == (TitleLine("Aurelia", "brand", "tracking_in"), TitleLine("Order now", "cta", "fade", 10))
    assert (found.accent, found.style) == ("#D4AF37", "luxury_serif")
    with pytest.raises(EditError, match="has 2 lines and 1 were given"):
        apply(timeline(), {"action": "edit_title", "id": card.id, "text": ["one"]})


def test_position_animation_and_colour_change() -> None:
    action = {"action": "edit_title", "id": "t1", "position": "bottom", "animation": "typewriter", "color": "#101010"}
    title = min(conform(done(timeline(), action), ROOT)[0].titles, key=lambda t: t.start)
    assert (title.position, title.lines[0].animation, title.color) == ("bottom", "typewriter", "#101010")
    assert describe(timeline(), action) == "Changed the animation and position and color of “Most hours just pass.”"
    for bad in ({"style": "comic"}, {"animation": "spin"}, {"color": "red"}, {"text": [" "]}):
        with pytest.raises(EditError):
            apply(timeline(), {"action": "edit_title", "id": "t1", **bad})


def test_a_text_moves_and_goes() -> None:
    moved = done(timeline(), {"action": "move_title", "id": "t1", "start": 130, "frames": 30})
    assert ("Most hours just pass.", 130, 160) in titles(moved), "over another one, in a track of its own"
    assert [text for text, _, _ in titles(done(moved, {"action": "remove_title", "id": "t1"}))] == ["AURELIA", "–20 %"]


def test_a_title_is_cut_short_rather_than_stand_over_another_picture() -> None:
    after = done(roomy(), {"action": "trim", "clip": "1", "edge": "tail", "by": -24})
    assert titles(after)[0] == ("Most hours just pass.", 8, 24)
    shorter = done(roomy(), {"action": "trim", "clip": "1", "edge": "tail", "by": -36})
    assert titles(shorter)[0] == ("Most hours just pass.", 0, 12), "and begins earlier rather than flash by"


def test_volumes_and_music() -> None:
    other = {"action": "sound", "track": "music", "media": "sound/other.wav", "media_frames": 400, "beats_s": [0.5, 1.0], "bpm": 120.0}
    after = done(timeline(), {"action": "volume", "track": "effects", "to": 0.0}, other)
    _, mix = conform(after, ROOT)
    assert (mix.music, mix.music_volume, mix.effects_volume) == (str(ROOT / "sound/other.wav"), 0.3, 0.0)
    assert edit_of(after).settings["beats_s"] == [0.5, 1.0]
    silent = done(after, {"action": "sound", "track": "music", "media": None})
    assert conform(silent, ROOT)[1].music == ""
    with pytest.raises(EditError, match="no music"):
        apply(silent, {"action": "sound", "track": "music", "media": None})
    with pytest.raises(EditError, match="media_frames"):
        apply(silent, {"action": "sound", "track": "music", "media": "sound/x.wav"})
