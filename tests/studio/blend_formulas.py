"""Transitions as they are written down, in numpy at full size: (a, b, w) → picture, by name. A second opinion on pipelines.transitions.

a, b: (3, height, width) 8-bit BT.709 luma and both chromas of one size; w from 0 to 1. Soft shapes are drawn on
cells of eight pixels, whose x and y run from 0 to 1.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Field = NDArray[np.float32]

BLACK, WHITE = (np.float32([luma, 128, 128])[:, None, None] for luma in (16, 235))


def _crossfade(a: Field, b: Field, w: float) -> Field:
    """Light adds: luma is the root of the weighted mean of squares, chroma the weighted mean."""
    w = _eased(w)
    return np.concatenate([np.sqrt((1 - w) * a[:1] ** 2 + w * b[:1] ** 2), (1 - w) * a[1:] + w * b[1:]])


def _dip(a: Field, b: Field, w: float, to: Field) -> Field:
    """Down to one colour, and up again on the other side of the middle."""
    return to + ((b if w >= 0.5 else a) - to) * _eased(abs(2 * w - 1))


def _wipe(a: Field, b: Field, w: float) -> Field:
    """An edge 0.45 wide, from the left and a little from below."""
    x, y = _cells(a)
    return a + (b - a) * _stretched(_eased(np.clip((1.45 * _eased(w) - (0.88 * x + 0.12 * (1 - y))) / 0.45, 0, 1)), a)


def _push(a: Field, b: Field, w: float) -> Field:
    """Both side by side, passed by as far as a quartic says, smeared over 3.5 % of the width for each width a transition's length that they
    move."""
    width = a.shape[2]
    both = np.concatenate([a, b, b[:, :, -1:]], axis=2)
    at = np.arange(width) + _quartic(w) * width
    left, share = at.astype(int), np.float32(at % 1)
    moved = both[:, :, left] * (1 - share) + both[:, :, left + 1] * share
    pace = (_quartic(min(1, w + 0.02)) - _quartic(max(0, w - 0.02))) / 0.04
    reach = int(0.035 * width * pace) // 2
    there = np.clip(np.arange(-reach, reach + 1)[:, None] + np.arange(width), 0, width - 1)
    return moved[:, :, there].mean(axis=2)


def _zoom(a: Field, b: Field, w: float) -> Field:
    """a grows by up to 85 % and gives way around the middle to b, which grows from 80 %; both spread over sizes, by 9 % at most."""
    pace = 4 * w * (1 - w)
    near = _spread(a, 1 + 0.85 * w**2.5, 0.09 * pace * w)
    far = _spread(b, 1 - 0.2 * (1 - w) ** 2.5, 0.09 * pace * (1 - w))
    return near + (far - near) * _eased(np.clip((w - 0.28) / 0.44, 0, 1))


def _spread(a: Field, size: float, by: float) -> Field:
    """Two parts of it at its size, three at the sizes before and behind together."""
    if by <= 0.004:
        return _sized(a, size)
    return 0.4 * _sized(a, size) + 0.3 * _sized(a, size * (1 - by)) + 0.3 * _sized(a, size * (1 + by))


def _sized(a: Field, size: float) -> Field:
    """size times as large about the middle, mirrored beyond its edges."""
    for axis in (1, 2):
        last = a.shape[axis] - 1
        at = np.abs((np.arange(last + 1) - last / 2) / size + last / 2)
        at = np.minimum(at, 2 * last - at)
        low = np.minimum(at.astype(int), last - 1)
        share = np.float32(at - low).reshape((-1, 1) if axis == 1 else (-1,))
        a = a.take(low, axis) * (1 - share) + a.take(low + 1, axis) * share
    return a


def _sweep(a: Field, b: Field, w: float) -> Field:
    """b behind a front 0.3 wide, and on the front light: a veil, a glow, its core and a streak, warm by five steps of blue and three of
    red."""
    x, y = _cells(a)
    across = x + 0.1 * (y - 0.5) - (1.6 * (w + _eased(w)) / 2 - 0.3)
    down = y - 0.44
    light = 0.20 * np.exp(-((across / 0.32) ** 2)) + 0.34 * np.exp(-((across / 0.17) ** 2) - (down / 0.6) ** 2)
    light += 0.42 * np.exp(-((across / 0.07) ** 2) - (down / 0.3) ** 2)
    light += 0.22 * np.exp(-((across / 0.5) ** 2) - (np.abs(down) / 0.016) ** 1.5)
    light = _stretched(np.minimum(light, 0.94) * np.sin(np.pi * w) ** 1.2, a) * np.float32([1, 0.9, 0.9])[:, None, None]
    cut = a + (b - a) * _stretched(np.clip(0.5 - across / 0.3, 0, 1), a)
    return cut + (np.float32([235, 123, 131])[:, None, None] - cut) * light


def _cells(a: Field) -> tuple[Field, Field]:
    """x and y of a picture's cells, an eighth as many each way as there are pixels."""
    height, width = a.shape[1:]
    return np.linspace(0, 1, width // 8, dtype=np.float32)[None, :], np.linspace(0, 1, height // 8, dtype=np.float32)[:, None]


def _stretched(cells: Field, a: Field) -> Field:
    """From cells to pixels, in straight lines between the cells' middles."""
    for axis in (0, 1):
        n, pixels = cells.shape[axis], a.shape[axis + 1]
        at = np.clip((np.arange(pixels) + 0.5) * n / pixels - 0.5, 0, n - 1)
        low = np.minimum(at.astype(int), n - 2)
        share = np.float32(at - low).reshape((-1, 1) if axis == 0 else (-1,))
        cells = cells.take(low, axis) * (1 - share) + cells.take(low + 1, axis) * share
    return cells


def _eased(w: float | Field) -> float | Field:
    return w * w * (3 - 2 * w)


def _quartic(w: float) -> float:
    return 8 * w**4 if w < 0.5 else 1 - 8 * (1 - w) ** 4


BLENDS: dict[str, Callable[[Field, Field, float], Field]] = {
    "crossfade": _crossfade,
    "dip_to_black": lambda a, b, w: _dip(a, b, w, BLACK),
    "dip_to_white": lambda a, b, w: _dip(a, b, w, WHITE),
    "soft_wipe": _wipe,
    "push": _push,
    "zoom_through": _zoom,
    "light_sweep": _sweep,
}
