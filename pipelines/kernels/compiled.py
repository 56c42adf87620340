"""The inner loops, compiled by numba and cached on disk. Each means exactly what its namesake in `plain.py` does.

They release the interpreter, so decoding, composing and encoding run side by side. Rows are taken out as arrays of their own because
only then does the compiler see contiguous memory and vectorise: it makes finishing five times as fast.
"""

from typing import Any

import numpy as np
from numba import njit

_kernel: Any = njit(nogil=True, cache=True, fastmath=True)


@_kernel
def grade_luma(y: Any, u: Any, v: Any, table: Any, shade: Any, out: Any) -> None:
    """See plain.grade_luma. The table is laid out so that neighbouring pixels read the same cache lines."""
    rows, columns = u.shape
    for i in range(rows):
        blue, red = u[i], v[i]
        for r in range(2 * i, 2 * i + 2):
            row, dim, done = y[r], shade[r], out[r]
            for j in range(columns):
                cell = ((np.uint32(blue[j]) >> 2) << 14) | ((np.uint32(red[j]) >> 2) << 8)
                a = np.int32(table[cell | row[2 * j]]) - 1024
                b = np.int32(table[cell | row[2 * j + 1]]) - 1024
                done[2 * j] = ((a * np.int32(dim[2 * j])) >> 15) + 1024
                done[2 * j + 1] = ((b * np.int32(dim[2 * j + 1])) >> 15) + 1024


@_kernel
def grade_chroma(y: Any, u: Any, v: Any, table: Any, slope: Any, shade: Any, out_u: Any, out_v: Any) -> None:
    """See plain.grade_chroma."""
    rows, columns = u.shape
    su, sv = slope[0], slope[1]
    for i in range(rows):
        for j in range(columns):
            mean = (np.uint32(y[2 * i, 2 * j]) + y[2 * i, 2 * j + 1] + y[2 * i + 1, 2 * j] + y[2 * i + 1, 2 * j + 1]) >> 4
            k = ((np.uint32(u[i, j]) >> 1) << 13) | ((np.uint32(v[i, j]) >> 1) << 6) | mean
            a = np.int32(table[k, 0]) + (su if u[i, j] & 1 else -su) - 8192
            b = np.int32(table[k, 1]) + (sv if v[i, j] & 1 else -sv) - 8192
            m = np.int32(shade[i, j])
            out_u[i, j] = ((a * m) >> 15) + 8192
            out_v[i, j] = ((b * m) >> 15) + 8192


@_kernel
def dissolve(a: Any, b: Any, weight: Any, out: Any) -> None:
    """See plain.dissolve."""
    rows, columns = a.shape
    w = np.float32(weight) / np.float32(32768.0)
    keep = np.float32(1.0) - w
    for i in range(rows):
        row, other, done = a[i], b[i], out[i]
        for j in range(columns):
            p, q = np.float32(row[j]), np.float32(other[j])
            done[j] = np.uint16(np.sqrt(p * p * keep + q * q * w) + np.float32(0.5))


@_kernel
def mix(a: Any, b: Any, weights: Any, out: Any) -> None:
    """See plain.mix."""
    rows, columns = a.shape
    for i in range(rows):
        row, other, weight, done = a[i], b[i], weights[i], out[i]
        for j in range(columns):
            p = np.int32(row[j])
            done[j] = np.uint16(p + (((np.int32(other[j]) - p) * np.int32(weight[j])) >> 15))


@_kernel
def ink(plane: Any, coverage: Any, alpha: Any, level: Any, top: Any, left: Any) -> None:
    """See plain.ink."""
    rows, columns = coverage.shape
    a, goal = np.int32(alpha), np.int32(level)
    for i in range(rows):
        under, cover = plane[top + i, left : left + columns], coverage[i]
        for j in range(columns):
            weight = (np.int32(cover[j]) * a) >> 15
            p = np.int32(under[j])
            under[j] = np.uint16(p + (((goal - p) * weight) >> 15))


@_kernel
def finish_luma(plane: Any, grain: Any, top: Any, left: Any, gain: Any, out: Any) -> None:
    """See plain.finish_luma."""
    rows, columns = plane.shape
    g = np.int32(gain)
    for i in range(rows):
        row, noise, done = plane[i], grain[top + i, left : left + columns], out[i]
        for j in range(columns):
            value: Any = np.int32(row[j])
            bright: Any = max(value - np.int32(1024), np.int32(0)) >> 4
            value += (np.int32(noise[j]) * (256 - ((bright * bright * 13) >> 16))) >> 8
            value = (((value - 1024) * g) >> 15) + 1024
            done[j] = np.uint8(min(max((value + 32) >> 6, 0), 255))


@_kernel
def finish_chroma(plane: Any, gain: Any, out: Any) -> None:
    """See plain.finish_chroma."""
    rows, columns = plane.shape
    g = np.int32(gain)
    for i in range(rows):
        row, done = plane[i], out[i]
        for j in range(columns):
            value: Any = (((np.int32(row[j]) - 8192) * g) >> 15) + 8192
            done[j] = np.uint8(min(max((value + 32) >> 6, 0), 255))
