"""What goes wrong while composing: said clearly, quickly, and without leftovers."""

import os
import resource
import subprocess
import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from models.errors import Cancelled, DiskFull, MediaError
from models.media.audio_file import write_wav
from models.media.video_file import VideoWriter
from pipelines.compose import compose
from pipelines.edl import Edl, Picture, Title, TitleLine
from pipelines.errors import TimelineError

SIZE = (96, 160)


@pytest.fixture
def edl(tmp_path: Path) -> Edl:
    rng = np.random.default_rng(0)
    for name in ("one", "two"):
        with VideoWriter(tmp_path / f"{name}.mp4", *SIZE, 24) as writer:
            for _ in range(40):
                writer.write_rgb(rng.integers(0, 255, (SIZE[1], SIZE[0], 3), np.uint8))
    pictures = Picture(str(tmp_path / "one.mp4"), 0, 30), Picture(str(tmp_path / "two.mp4"), 30, 30, 4, "crossfade", 8)
    return Edl(*SIZE, 24, 60, pictures)


def left_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} - {"one.mp4", "two.mp4", "sound.wav"}


def with_clip(edl: Edl, path: Path) -> Edl:
    return replace(edl, pictures=(edl.pictures[0], replace(edl.pictures[1], media=str(path))))


@pytest.mark.parametrize("after", [0, 1, 25, 59])
def test_cancel_leaves_nothing(edl: Edl, tmp_path: Path, after: int) -> None:
    done = 0

    def progress(now: int, total: int) -> None:
        nonlocal done
        done = now

    def check() -> None:
        if done >= after:
            raise Cancelled("Cancelled.")

    before = threading.active_count()
    with pytest.raises(Cancelled):
        compose(edl, tmp_path / "ad.mp4", progress=progress, check=check)
    assert left_in(tmp_path) == set()
    assert threading.active_count() <= before + 2, "only what was being prepared may still be ending"


def test_cancel_keeps_an_older_file(edl: Edl, tmp_path: Path) -> None:
    (tmp_path / "ad.mp4").write_bytes(b"old")

    def check() -> None:
        raise Cancelled("Cancelled.")

    with pytest.raises(Cancelled):
        compose(edl, tmp_path / "ad.mp4", check=check)
    assert (tmp_path / "ad.mp4").read_bytes() == b"old"


def test_missing_broken_and_short_clips_are_named(edl: Edl, tmp_path: Path) -> None:
    with pytest.raises(MediaError, match=r"Clip 2: .*gone\.mp4"):
        compose(with_clip(edl, tmp_path / "gone.mp4"), tmp_path / "ad.mp4")
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(b"rubbish" * 500)
    with pytest.raises(MediaError, match=r"Clip 2: broken\.mp4 cannot be read"):
        compose(with_clip(edl, broken), tmp_path / "ad.mp4")
    whole = (tmp_path / "two.mp4").read_bytes()
    broken.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(MediaError, match=r"Clip 2: broken\.mp4 is cut short"):
        compose(with_clip(edl, broken), tmp_path / "ad.mp4")
    broken.unlink()
    late = replace(edl.pictures[1], media_in=11)
    with pytest.raises(MediaError, match=r"Clip 2: two\.mp4 is too short: it holds 40 frames"):
        compose(replace(edl, pictures=(edl.pictures[0], late)), tmp_path / "ad.mp4")
    assert left_in(tmp_path) == set()


def test_bytes_damaged_inside_a_clip_never_leave_a_half_file(edl: Edl, tmp_path: Path) -> None:
    """A damaged stream either still decodes (the decoder conceals it) or is refused by name; nothing in between."""
    data = bytearray((tmp_path / "two.mp4").read_bytes())
    rng = np.random.default_rng(1)
    for at in rng.integers(len(data) // 3, len(data) - 100, 400):
        data[at] ^= 0xFF
    hurt = tmp_path / "hurt.mp4"
    hurt.write_bytes(bytes(data))
    said = ""
    try:
        compose(with_clip(edl, hurt), tmp_path / "ad.mp4")
    except MediaError as error:
        said = str(error)
    assert left_in(tmp_path) == ({"hurt.mp4"} if said else {"hurt.mp4", "ad.mp4", "ad.jpg"})
    assert not said or "hurt.mp4" in said


def test_an_impossible_edit_is_refused_before_anything_runs(edl: Edl, tmp_path: Path) -> None:
    with pytest.raises(TimelineError, match="cover 60 frames"):
        compose(replace(edl, n_frames=61), tmp_path / "ad.mp4")
    assert left_in(tmp_path) == set()


def test_a_missing_soundtrack_is_said(edl: Edl, tmp_path: Path) -> None:
    with pytest.raises(MediaError, match=r"none\.wav"):
        compose(replace(edl, soundtrack=str(tmp_path / "none.wav")), tmp_path / "ad.mp4")
    assert left_in(tmp_path) == set()


def test_a_soundtrack_of_the_wrong_length_is_fitted_with_a_warning(edl: Edl, tmp_path: Path) -> None:
    noise = (0.1 * np.random.default_rng(0).standard_normal((48_000, 2))).astype(np.float32)
    write_wav(tmp_path / "sound.wav", noise)
    made = compose(replace(edl, soundtrack=str(tmp_path / "sound.wav")), tmp_path / "ad.mp4")
    assert made.warnings == ("The soundtrack was 1.5 s shorter than the picture and was fitted to it.",)


def test_shortened_type_is_reported(edl: Edl, tmp_path: Path) -> None:
    endless = Title((TitleLine("extraordinary considerations " * 12),), 0, 48)
    made = compose(replace(edl, titles=(endless,)), tmp_path / "ad.mp4")
    assert len(made.warnings) == 1
    assert "shortened" in made.warnings[0]


def test_a_full_disk_is_said_and_nothing_is_left(edl: Edl, tmp_path: Path) -> None:
    out = tmp_path / "small"
    out.mkdir()
    mounted = (
        os.geteuid() == 0 and subprocess.run(["mount", "-t", "tmpfs", "-o", "size=100k", "tmpfs", str(out)], check=False).returncode == 0
    )
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    if not mounted:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        with pytest.raises(DiskFull, match="disk is full"):
            compose(edl, out / "ad.mp4", profile="high")
        assert list(out.iterdir()) == []
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        if mounted:
            subprocess.run(["umount", str(out)], check=True)
