"""Bringing a clip that was made elsewhere into the size, the frame rate and the length that were asked. It knows no models.

too long       cut at the end
a bit short    every picture is shown a little longer; by at most MOST_SLOWED
other size     scaled to cover, cropped around the centre
"""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

from models.errors import MediaError
from models.media.video_file import VideoReader, VideoWriter

MOST_SLOWED = Fraction(8, 100)
LEAST_SIDE = 64


def fit_clip(
    source: Path,
    out: Path,
    size: tuple[int, int],
    n_frames: int,
    fps: int,
    *,
    check: Callable[[], None] = lambda: None,
    tell: Callable[[float], None] = lambda fraction: None,
) -> tuple[str, ...]:
    """Write exactly `n_frames` of `source` at `fps` and `size` (width, height) to `out`; what was done to it beyond cutting, as the
    ends of sentences ("was enlarged from 720x1280").

    Every picture that is used is decoded, so that a damaged file is found. Raises MediaError, DiskFull.
    """
    with VideoReader(source) as video:
        info = video.info
        if min(info.width, info.height) < LEAST_SIDE:
            raise MediaError(f"The clip is only {info.width}x{info.height} pixels large.")
        needed, lasts = Fraction(n_frames, fps), info.n_frames / info.fps
        rate, notes = Fraction(fps), reshaped((info.width, info.height), size)
        if lasts < needed:
            if lasts < needed * (1 - MOST_SLOWED):
                raise MediaError(f"The clip lasts {float(lasts):.2f} s where {float(needed):.2f} s were asked.")
            rate = n_frames / lasts
            if needed - lasts > Fraction(1, fps):
                notes = (
                    *notes,
                    f"lasts {float(lasts):.2f} s and plays {float(needed / lasts - 1):.1%} slower to fill {float(needed):.2f} s",
                )
        with VideoWriter(out, *size, fps) as writer:
            for i, planes in enumerate(video.planes(0, n_frames, fps=rate, size=size)):
                check()
                writer.write_planes(*planes)
                tell((i + 1) / n_frames)
    return notes


def reshaped(had: tuple[int, int], wanted: tuple[int, int]) -> tuple[str, ...]:
    """What scaling and cropping does to a picture of `had` that is to be `wanted` large, where it is worth telling."""
    scale = max(wanted[0] / had[0], wanted[1] / had[1])
    shown = wanted[0] * wanted[1] / (scale * had[0] * scale * had[1])
    notes = []
    if scale > 1.02:
        notes.append(f"was enlarged from {had[0]}x{had[1]}")
    if shown < 0.97:
        notes.append(f"was cropped: {shown:.0%} of it is shown")
    return tuple(notes)
