"""A film at other moments than its frames': pictures in between are calculated from the motion of their neighbours. Knows no files.

A moment on a frame is that frame, untouched. Between two, both are moved along the optical flow to the moment and mixed; where they
disagree there (something is uncovered, or the flow is wrong), the nearer one counts alone, so that nothing is seen twice.
"""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Frame = NDArray[np.uint8]
DISAGREE = 48.0
"""Levels (of 255, mean of the channels) from which two moved pictures count as different things."""

FINE = 0.02
"""Moments nearer than this to a frame show that frame."""


def retimed(frames: Iterable[Frame], positions: Sequence[Fraction]) -> Iterator[Frame]:
    """One (H, W, 3) uint8 RGB picture for each of `positions`, which ascend and count in frames from 0.

    Reads `frames` only as far as it needs them. Raises ValueError when they end before the last position.
    """
    source = iter(frames)
    at, before = 0, _next(source, 0)
    after: Frame | None = None
    for position in positions:
        whole, part = divmod(position, 1)
        if part > 1 - FINE:
            whole, part = whole + 1, Fraction(0)
        while at < whole:
            before, after = (_next(source, at + 1) if after is None else after), None
            at += 1
        if part < FINE:
            yield before
            continue
        if after is None:
            after = _next(source, at + 1)
        yield between(before, after, float(part))


def between(before: Frame, after: Frame, part: float) -> Frame:
    """The picture at `part` (0..1) of the way from one to the next."""
    import cv2

    grey = [cv2.cvtColor(frame, cv2.COLOR_RGB2GRAY) for frame in (before, after)]
    flow = _flow()
    there, back = flow.calc(grey[0], grey[1], None), flow.calc(grey[1], grey[0], None)
    # Motion at the moment itself, from that of both ends: exact for steady motion, and good where the flow changes slowly.
    to_before = part * part * back - part * (1 - part) * there
    to_after = (1 - part) ** 2 * there - part * (1 - part) * back
    moved = [_moved(before, to_before), _moved(after, to_after)]
    nearer = moved[0] if part < 0.5 else moved[1]
    mixed = moved[0] * (1 - part) + moved[1] * part
    differ = np.abs(moved[0] - moved[1]).mean(axis=2, keepdims=True)
    apart = np.clip(differ / DISAGREE - 0.5, 0.0, 1.0)
    return np.clip(mixed * (1 - apart) + nearer * apart + 0.5, 0, 255).astype(np.uint8)


def _moved(frame: Frame, flow: NDArray[np.float32]) -> NDArray[np.float32]:
    import cv2

    height, width = frame.shape[:2]
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    x, y = x + flow[..., 0].astype(np.float32), y + flow[..., 1].astype(np.float32)
    moved: NDArray[np.float32] = cv2.remap(frame, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE).astype(np.float32)
    return moved


@lru_cache(maxsize=1)
def _flow() -> Any:
    import cv2

    create: Any = cv2.DISOpticalFlow.create
    return create(cv2.DISOPTICAL_FLOW_PRESET_MEDIUM)


def _next(source: Iterator[Frame], index: int) -> Frame:
    frame = next(source, None)
    if frame is None:
        raise ValueError(f"the film ends before frame {index}")
    return frame
