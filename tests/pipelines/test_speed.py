"""A clip at another speed and a volume for a while, in the finished film: picture by picture, sample by sample."""

from pathlib import Path

import numpy as np
import pytest

from models.media.audio_file import write_wav
from models.media.loudness import RATE
from models.media.video_file import Encoding, VideoReader, VideoWriter
from pipelines.compose import compose
from pipelines.editing import apply, edit_of
from pipelines.edl import Edl, Picture
from pipelines.exports import at_rate
from pipelines.handoff.cmx import cmx
from pipelines.handoff.fcpxml import fcpxml
from pipelines.soundtrack import gains, mix
from pipelines.timeline import conform
from tests.pipelines.editing.edits import ROOT, roomy

SIZE, FPS, LONG = (64, 64), 24, 60


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Frame n is as light as n says."""
    path = tmp_path_factory.mktemp("speed") / "clip.mp4"
    with VideoWriter(path, *SIZE, FPS, Encoding("ultrafast", 4, gop=12)) as writer:
        for n in range(LONG):
            writer.write_rgb(np.full((*SIZE, 3), 20 + 3 * n, np.uint8))
    return path


def shown(edl: Edl, out: Path) -> list[int]:
    """The clip's frame in every frame of the film."""
    compose(edl, out, profile="draft")
    with VideoReader(out) as film:
        return [round((float(frame.mean()) - 20) / 3) for frame in film.rgb()]


@pytest.mark.parametrize(("speed", "first", "frames"), [(200, 5, 20), (50, 10, 30), (130, 3, 24)])
def test_every_frame_is_the_nearest_one_of_the_file(clip: Path, tmp_path: Path, speed: int, first: int, frames: int) -> None:
    edl = Edl(
        *SIZE, FPS, frames, (Picture(str(clip), 0, frames, first, speed=speed),), grade="none", vignette=0, grain=0, fade_in=0, fade_out=0
    )
    assert shown(edl, tmp_path / "film.mp4") == [((first + k) * speed + 50) // 100 for k in range(frames)]


def test_a_speed_stays_what_it_is_at_another_rate(clip: Path, tmp_path: Path) -> None:
    picture = Picture(str(clip), 0, 24, 4, speed=200)
    edl = at_rate(Edl(*SIZE, FPS, 24, (picture,), grade="none", vignette=0, grain=0, fade_in=0, fade_out=0), 60)
    found = shown(edl, tmp_path / "film.mp4")
    assert (len(found), found[0]) == (60, 8)
    assert np.abs(np.diff(found)).max() <= 1
    assert found[-1] == pytest.approx(8 + 59 * 0.8, abs=1)


def test_other_editors_are_told_of_it() -> None:
    quick = apply(roomy(), {"action": "set_speed", "clip": "3", "to": 2.0})
    track = quick.video_tracks()[0]
    (warp,) = (effect for item in track.find_clips() for effect in item.effects)
    assert (warp.schema_name(), warp.time_scalar) == ("LinearTimeWarp", 2.0)
    edit = edit_of(quick)
    assert (edit.pieces[3].n_frames, edit.pieces[3].held) == (30, 200)
    assert '<timept time="20000/4800s" value="200/24s" interp="linear" />' in fcpxml(edit)
    assert "M2   AX       048.00" in cmx(edit)


def test_a_volume_between_two_moments_is_heard_there_and_nowhere_else(tmp_path: Path) -> None:
    tone = np.sin(2 * np.pi * 440 * np.arange(6 * RATE) / RATE, dtype=np.float32)[:, None].repeat(2, 1) * 0.3
    music = write_wav(tmp_path / "music.wav", tone)
    mixed = mix(music, None, 6.0, 0.5, music_spans=((2.0, 4.0, 0.1),))
    loud = [float(np.abs(mixed[int(t * RATE) : int((t + 0.5) * RATE)]).max()) for t in (1.0, 2.75, 4.5)]
    assert loud[1] / loud[0] == pytest.approx(0.2, rel=0.02)
    assert loud[2] == pytest.approx(loud[0], rel=0.02)
    curve = gains(6 * RATE, 0.5, ((2.0, 4.0, 0.1),))
    assert curve[2 * RATE] == pytest.approx(0.3, abs=0.001), "half way at the moment itself"
    assert np.abs(np.diff(curve)).max() < 1e-4, "and no click"

    quiet = {"action": "volume_between", "track": "music", "start": 24, "frames": 48, "to": 0.1}
    timeline = apply(apply(roomy(), quiet), {**quiet, "start": 48, "frames": 12, "to": 0.5})
    assert conform(timeline, ROOT)[1].music_spans == ((1.0, 2.0, 0.1), (2.0, 2.5, 0.5), (2.5, 3.0, 0.1))
    again = apply(timeline, {**quiet, "start": 0, "frames": 96, "to": None})
    assert conform(again, ROOT)[1].music_spans == ()
