"""The inner loops in numpy: what they mean, and the oracle of the compiled ones. Shapes and units: see the package."""

import numpy as np
from numpy.typing import NDArray

from pipelines.kernels import BLACK, NEUTRAL

U8 = NDArray[np.uint8]
U16 = NDArray[np.uint16]


def grade_luma(y: U8, u: U8, v: U8, table: U16, shade: U16, out: U16) -> None:
    """out = table[u / 4, v / 4, y], its distance from black times shade."""
    cell = ((u.astype(np.int64) >> 2) << 14) | ((v.astype(np.int64) >> 2) << 8)
    index = cell.repeat(2, 0).repeat(2, 1) | y
    out[...] = (((table[index].astype(np.int64) - BLACK) * shade) >> 15) + BLACK


def grade_chroma(y: U8, u: U8, v: U8, table: U16, slope: NDArray[np.int32], shade: U16, out_u: U16, out_v: U16) -> None:
    """out = table[u / 2, v / 2, mean y / 4], corrected within the cell by its slope; distance from neutral times shade."""
    wide = y.astype(np.int64)
    mean = (wide[::2, ::2] + wide[::2, 1::2] + wide[1::2, ::2] + wide[1::2, 1::2]) >> 4
    pair = table[((u.astype(np.int64) >> 1) << 13) | ((v.astype(np.int64) >> 1) << 6) | mean].astype(np.int64)
    for k, (source, out) in enumerate(((u, out_u), (v, out_v))):
        value = pair[..., k] + np.where(source & 1, slope[k], -slope[k])
        out[...] = (((value - NEUTRAL) * shade) >> 15) + NEUTRAL


def dissolve(a: U16, b: U16, weight: int, out: U16) -> None:
    """sqrt of the weighted mean of squares: light adds, so highlights hold and the middle does not sink."""
    w = np.float32(weight / 32768)
    fa, fb = a.astype(np.float32), b.astype(np.float32)
    out[...] = np.sqrt(fa * fa * (1 - w) + fb * fb * w) + np.float32(0.5)


def mix(a: U16, b: U16, weights: U16, out: U16) -> None:
    """out = a + (b - a) * weights."""
    wide = a.astype(np.int64)
    out[...] = wide + (((b.astype(np.int64) - wide) * weights) >> 15)


def ink(plane: U16, coverage: U16, alpha: int, level: int, top: int, left: int) -> None:
    """Move plane towards level by coverage * alpha, where the coverage lies."""
    height, width = coverage.shape
    part = plane[top : top + height, left : left + width]
    weight = (coverage.astype(np.int64) * alpha) >> 15
    wide = part.astype(np.int64)
    part[...] = wide + (((level - wide) * weight) >> 15)


def finish_luma(plane: U16, grain: NDArray[np.int16], top: int, left: int, gain: int, out: U8) -> None:
    """Add grain, fade towards black, round and clip. Grain is whole in black and falls with the square of brightness to 0.4 in white,
    as film has it; a polynomial, because a table look-up would keep the loop from being vectorised."""
    height, width = plane.shape
    value = plane.astype(np.int64)
    bright = np.maximum(value - BLACK, 0) >> 4
    value = value + ((grain[top : top + height, left : left + width] * (256 - ((bright * bright * 13) >> 16))) >> 8)
    value = (((value - BLACK) * gain) >> 15) + BLACK
    out[...] = np.clip((value + 32) >> 6, 0, 255)


def finish_chroma(plane: U16, gain: int, out: U8) -> None:
    """Fade towards neutral and round."""
    value = (((plane.astype(np.int64) - NEUTRAL) * gain) >> 15) + NEUTRAL
    out[...] = np.clip((value + 32) >> 6, 0, 255)
