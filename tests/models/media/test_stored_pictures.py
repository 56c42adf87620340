"""`VideoReader.stored`: every picture of the file once, turned as it is shown, in the colours that other decoders give."""

from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np

from models.media.video_file import VideoReader
from tests.eval.footage import opencv_frames, pan, write


def test_each_picture_once_at_its_own_time(tmp_path: Path) -> None:
    ticks = [0, 10, 20, 60, 240, 250]
    path = write(tmp_path / "vfr.mp4", pan(6, 2.0, 96, 64), ticks=ticks)
    with VideoReader(path) as reader:
        found = list(reader.stored())
        again = list(reader.stored())
    assert [at for at, _ in found] == [Fraction(tick, 240) for tick in ticks]
    assert all(np.array_equal(rgb, other) for (_, rgb), other in zip(found, opencv_frames(path), strict=True))
    assert len(again) == len(found)


def test_a_turned_video_is_turned(tmp_path: Path) -> None:
    upright = write(tmp_path / "upright.mp4", pan(2, 0, 96, 64))
    turned = tmp_path / "turned.mp4"
    turned.write_bytes(_turned(upright.read_bytes()))
    with VideoReader(turned) as reader:
        assert (reader.width, reader.height) == (64, 96)
        pictures = [rgb for _, rgb in reader.stored()]
    assert np.array_equal(pictures[0], cv2.rotate(opencv_frames(upright)[0], cv2.ROTATE_90_CLOCKWISE))
    assert pictures[0].flags.c_contiguous


def _turned(mp4: bytes) -> bytes:
    """The same file with the track's matrix of a phone that was held sideways (90 degrees clockwise)."""
    one = 0x10000
    upright, sideways = (
        b"".join(n.to_bytes(4, "big", signed=True) for n in row)
        for row in ((one, 0, 0, 0, one, 0, 0, 0, 1 << 30), (0, one, 0, -one, 0, 0, 0, 0, 1 << 30))
    )
    at = mp4.index(upright, mp4.index(b"tkhd"))
    return mp4[:at] + sideways + mp4[at + len(upright) :]
