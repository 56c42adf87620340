"""The media of a timeline: each named once, portable, and laid out anywhere conforming to the same edit."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from pipelines.errors import TimelineError
from pipelines.timeline import build_timeline, conform, read_timeline, write_timeline
from pipelines.timeline_media import names_in, portable
from pipelines.voice_over import Spoken
from tests.pipelines.test_timeline import media, small_plan, sound


def lying(folder: Path) -> tuple[list[Path], Path]:
    """A timeline whose media lie about: some below its folder, one elsewhere, one used twice."""
    work, elsewhere = folder / "work", folder / "cache"
    for place in (work, elsewhere):
        place.mkdir()
    plan = small_plan()
    shots = media(plan, work)
    shots[1] = replace(shots[1], still=replace(shots[1].still, path=elsewhere / "still of 2a.png"))
    shots[3] = replace(shots[3], still=replace(shots[3].still, path=shots[0].still.path))
    music = sound(work)
    said = Spoken(1, "Most hours just pass.", 0.5, 1.25, work / "line.wav", shots[0].still.made)
    paths = [path for shot in shots for path in (shot.still.path, shot.clip.path)] + [music.music, music.effects, work / "line.wav"]
    for path in paths:
        path.write_bytes(path.name.encode())
    timeline = work / "timeline.otio"
    write_timeline(build_timeline(plan, shots, music, "Aurelia", work, voices=[said]), timeline)
    return paths, timeline


def test_every_file_has_one_portable_name(tmp_path: Path) -> None:
    paths, file = lying(tmp_path)
    edit, parts = portable(read_timeline(file), file.parent)
    assert {part.path for part in parts} == {path.resolve() for path in paths}
    assert [part.name for part in parts if part.role != "still"] == [
        *("clips/01-1.mp4", "clips/02-2a.mp4", "clips/03-2b.mp4", "clips/04-3.mp4"),
        *("sound/music.wav", "sound/effects.wav", "voice/01.wav"),
    ]
    assert sum(part.role == "still" for part in parts) == 3  # the fourth is the first
    assert dict(names_in(edit)) == {part.name: part.role for part in parts}
    assert str(tmp_path) not in edit.to_json_string()


def test_laid_out_elsewhere_it_is_the_same_edit(tmp_path: Path) -> None:
    _, file = lying(tmp_path)
    before = read_timeline(file)
    edit, parts = portable(before, file.parent)
    for part in parts:
        place = tmp_path / "moved" / part.name
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(part.path, place)
    write_timeline(edit, tmp_path / "moved" / "timeline.otio")
    was, mixed = conform(before, file.parent)
    now, again = conform(read_timeline(tmp_path / "moved" / "timeline.otio"), tmp_path / "moved")
    assert replace(now, pictures=()) == replace(was, pictures=())
    for one, other in zip(was.pictures, now.pictures, strict=True):
        assert replace(one, media=other.media) == other
        assert Path(one.media).read_bytes() == Path(other.media).read_bytes()
    assert [start for _, start in again.voices] == [start for _, start in mixed.voices] == [0.5]
    assert Path(again.music).read_bytes() == b"music.wav"


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    paths, file = lying(tmp_path)
    paths[-1].unlink()
    with pytest.raises(TimelineError, match=r"line\.wav"):
        portable(read_timeline(file), file.parent)
