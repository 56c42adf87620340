"""What is handed over, read again by other readers; and what comes from outside, taken or refused."""

import json
import shutil
import xml.etree.ElementTree as ET
import zipfile
from fractions import Fraction
from pathlib import Path
from typing import Any

import opentimelineio as otio
import pytest

from pipelines.editing import apply, edit_of
from pipelines.errors import TimelineError
from pipelines.handoff import hand_off, received
from pipelines.handoff.cmx import cmx
from pipelines.handoff.fcpxml import fcpxml
from pipelines.handoff.subtitles import srt, subtitles, vtt
from pipelines.timeline import conform
from pipelines.timeline_media import portable
from tests.pipelines.editing.edits import roomy, timeline
from tests.pipelines.test_timeline_media import lying


def gapped() -> otio.schema.Timeline:
    """With a gap in the middle and a clip split."""
    after = apply(roomy(), {"action": "delete", "clips": ["2b"]})
    return apply(after, {"action": "split", "clip": "3", "at": 20})


def test_the_zip_holds_the_edit_and_all_that_it_is_made_of(tmp_path: Path) -> None:
    paths, file = lying(tmp_path)
    before = otio.adapters.read_from_file(str(file))
    names = hand_off(before, file.parent, tmp_path / "ad.zip")
    with zipfile.ZipFile(tmp_path / "ad.zip") as archive:
        assert archive.testzip() is None
        assert set(archive.namelist()) == set(names)
        assert len(names) == len({path.resolve() for path in paths}) + 6
        archive.extractall(tmp_path / "there")
    there = tmp_path / "there"
    opened = received((there / "timeline.otio").read_bytes())
    now, mix = conform(opened, there)
    was, _ = conform(before, file.parent)
    assert (now.titles, now.n_frames) == (was.titles, was.n_frames)
    assert all(Path(picture.media).is_file() for picture in now.pictures)
    assert Path(mix.music).read_bytes() == b"music.wav"
    assert not list(tmp_path.glob(".*"))


def test_a_missing_file_leaves_no_zip(tmp_path: Path) -> None:
    paths, file = lying(tmp_path)
    paths[-1].unlink()
    with pytest.raises(TimelineError, match="is not there"):
        hand_off(otio.adapters.read_from_file(str(file)), file.parent, tmp_path / "ad.zip")
    assert not (tmp_path / "ad.zip").exists()


def test_the_edit_list_says_where_each_picture_begins() -> None:
    lines = [line for line in cmx(edit_of(gapped())).splitlines() if line[:3].isdigit()]
    assert lines == [
        "001  AX       V     C        00:00:02:12 00:00:04:06 00:00:00:00 00:00:01:18",
        "002  AX       V     C        00:00:04:06 00:00:04:06 00:00:01:18 00:00:01:18",
        "002  AX       V     D    012 00:00:02:06 00:00:04:00 00:00:01:18 00:00:03:12",
        "003  BL       V     C        00:00:00:00 00:00:01:12 00:00:03:12 00:00:05:00",
        "004  AX       V     C        00:00:02:12 00:00:03:08 00:00:05:00 00:00:05:20",
        "005  AX       V     C        00:00:03:08 00:00:05:00 00:00:05:20 00:00:07:12",
    ]


def test_another_reader_finds_the_same_cuts_in_the_edit_list() -> None:
    read = otio.adapters.read_from_string(cmx(edit_of(roomy())), "cmx_3600", rate=24)
    track = read.video_tracks()[0]
    clips = [item for item in track if isinstance(item, otio.schema.Clip)]
    # The reader cuts where a dissolve begins; here the cut is its middle: 48 - 6, 120 - 4.
    assert [clip.range_in_parent().duration.to_frames() for clip in clips] == [42, 42, 32, 64], "a dissolve belongs to what it leads into"
    changes = [item for item in track if isinstance(item, otio.schema.Transition)]
    assert [(item.in_offset.to_frames(), item.out_offset.to_frames()) for item in changes] == [(0, 12), (0, 8)]
    assert [clip.source_range.start_time.to_frames() for clip in clips] == [60, 54, 60, 56]


def seconds(value: str) -> Fraction:
    return Fraction(value.removesuffix("s"))


def test_the_xml_places_every_picture_and_what_hangs_on_it() -> None:
    edit = edit_of(gapped())
    root = ET.fromstring(fcpxml(edit))
    spine = root.find(".//spine")
    assert spine is not None
    at = Fraction(0)
    found = []
    for slot in spine:
        if slot.tag == "transition":
            continue
        assert seconds(slot.attrib["offset"]) == at
        at += seconds(slot.attrib["duration"])
        found.append((slot.tag, slot.get("name")))
        for title in slot.findall("title"):
            shown = seconds(slot.attrib["offset"]) + seconds(title.attrib["offset"]) - seconds(slot.attrib["start"])
            assert (title.get("name"), shown * 24) in {(caption.text, caption.start) for caption in edit.captions}
    assert found == [("asset-clip", "1"), ("asset-clip", "2a"), ("gap", "Gap"), ("asset-clip", "3"), ("asset-clip", "3")]
    assert at == Fraction(180, 24)
    assert len(root.findall(".//title")) == 3
    ids = {asset.get("id") for asset in root.findall(".//asset")}
    assert {clip.get("ref") for clip in root.findall(".//asset-clip")} == ids
    assert {clip.get("audioRole") for clip in root.findall(".//asset-clip[@lane]")} == {
        *("music.music-1", "effects.effects-1"),
        "dialogue.dialogue-1",
    }
    voice = next(clip for clip in root.findall(".//asset-clip[@audioRole='dialogue.dialogue-1']"))
    parent = next(slot for slot in spine if voice in list(slot))
    assert seconds(parent.attrib["offset"]) + seconds(voice.attrib["offset"]) - seconds(parent.attrib["start"]) == Fraction(11, 2)


def test_subtitles_are_what_is_said_or_else_what_is_written() -> None:
    said = subtitles(edit_of(timeline()))
    assert srt(said) == "1\n00:00:05,500 --> 00:00:06,750\nKeep yours.\n"
    silent = timeline()
    silent.tracks.pop()
    words = [{"text": "a < b & c --> d"}, {"text": "\n"}, {"text": "next"}]
    silent = apply(silent, {"action": "edit_title", "id": "t1", "lines": [words[0], words[2]]})
    assert "00:00:00.333 --> 00:00:01.750\na &lt; b &amp; c → d\nnext\n" in vtt(subtitles(edit_of(silent)))
    assert len(subtitles(edit_of(silent))) == 3


def ours(tmp_path: Path) -> dict[str, Any]:
    """A timeline as it is handed over, as JSON."""
    _, file = lying(tmp_path)
    moved, _ = portable(otio.adapters.read_from_file(str(file)), file.parent)
    shutil.rmtree(tmp_path / "work")
    found: dict[str, Any] = json.loads(moved.to_json_string())
    return found


def test_hostile_and_foreign_timelines_are_refused_in_a_sentence(tmp_path: Path) -> None:
    good = ours(tmp_path)
    assert received(json.dumps(good).encode()).name == "Aurelia"
    text = json.dumps(good)

    def changed(**settings: object) -> bytes:
        other = json.loads(text)
        other["metadata"]["ad_studio"] |= settings
        return json.dumps(other).encode()

    for data, words in (
        (b"", "not a readable timeline"),
        (b"\xff\xfe{}", "not a readable timeline"),
        (b"[" * 100_000, "nested too deeply"),
        (b" " * 5_000_000, "larger than 4 MB"),
        (otio.schema.Gap().to_json_string().encode(), "no timeline"),
        (otio.schema.Timeline("foreign").to_json_string().encode(), "not made here"),
        (text.replace("clips/01-1.mp4", "../../etc/passwd").encode(), "name a file of the project"),
        (text.replace("clips/01-1.mp4", "/etc/passwd").encode(), "name a file of the project"),
        (text.replace("sound/music.wav", "http://elsewhere/x.wav").encode(), "name a file of the project"),
        (text.replace("stills/01-1.png", "..\\\\x.png").encode(), "name a file of the project"),
        (text.replace("crossfade", "star_wipe").encode(), "a look or a transition"),
        (text.replace("luxury_serif", "comic").encode(), "no typeface 'comic'"),
        (changed(width=10**9), "a size or rate"),
        (changed(fps=0), "a size or rate"),
        (changed(fps="24"), "a size or rate"),
        (changed(version=99), "version 99"),
        (changed(grade=["x"]), "a look or a transition"),
        (changed(safe=None), "not a readable timeline"),
    ):
        with pytest.raises(TimelineError, match=words):
            received(data)
