"""An AV1 encoder leaves this process's threads as it found them."""

import os
from pathlib import Path

import numpy as np
import pytest

from models.media.encoding import Encoding, why_not
from models.media.priority import ordinary_priority, real_time
from models.media.video_file import VideoWriter, probe


@pytest.mark.skipif(bool(why_not("av1")), reason="this PyAV has no AV1 encoder")
def test_an_av1_film_is_written_at_ordinary_priority(tmp_path: Path) -> None:
    with VideoWriter(tmp_path / "film.mp4", 64, 64, 24, Encoding("12", 40, codec="av1")) as film:
        for level in (16, 90, 200):
            film.write_rgb(np.full((64, 64, 3), level, np.uint8))
            assert real_time() == set()
    assert real_time() == set()
    assert probe(tmp_path / "film.mp4").n_frames == 3


def test_what_becomes_real_time_is_put_back() -> None:
    if not hasattr(os, "sched_setscheduler") or os.geteuid():
        pytest.skip("only root makes threads real-time")
    with ordinary_priority():
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))
        assert real_time() != set()
    assert (real_time(), os.sched_getscheduler(0)) == (set(), os.SCHED_OTHER)
