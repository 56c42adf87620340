"""The inner loops, compiled by numba and cached on disk. Each means exactly what its namesake in `plain.py` does.

They release the interpreter, so decoding, composing and encoding run side by side. What makes them quick is that the compiler can
vectorise them:

- rows are taken out as arrays of their own, because only then does it see contiguous memory;
- every single step is cast back to 32 bits, constants included: numba widens to 64 at each operation otherwise;
- table look-ups, which cannot be vectorised, stand in loops of their own and leave the arithmetic to others.
"""

from typing import Any

import numpy as np
from numba import njit

_kernel: Any = njit(nogil=True, cache=True, fastmath=True)
_int: Any = np.int32
_word: Any = np.uint32

# As in the package, typed.
_BLACK, _NEUTRAL, _HALF = _int(1024), _int(8192), _int(32)
_0, _1, _4, _6, _8, _13, _15, _16, _255, _256 = (_int(n) for n in (0, 1, 4, 6, 8, 13, 15, 16, 255, 256))
_LOW = _word(0xFFFF)


@_kernel
def _part(distance: Any, weight: Any) -> Any:
    """distance * weight, weight in units of 1/32768."""
    return _int(_int(_int(distance) * _int(weight)) >> _15)


@_kernel
def _whole(value: Any) -> Any:
    """A working value as 8 bits."""
    return np.uint8(max(min(_int(_int(value + _HALF) >> _6), _255), _0))


@_kernel
def grade_luma(y: Any, u: Any, v: Any, table: Any, shade: Any, out: Any) -> None:
    """See plain.grade_luma. The table is laid out so that neighbouring pixels read the same cache lines."""
    rows, columns = u.shape
    for i in range(rows):
        blue, red = u[i], v[i]
        above, below, upper, lower = y[2 * i], y[2 * i + 1], out[2 * i], out[2 * i + 1]
        for j in range(columns):
            cell = ((_word(blue[j]) >> 2) << 14) | ((_word(red[j]) >> 2) << 8)
            upper[2 * j] = table[cell | above[2 * j]]
            upper[2 * j + 1] = table[cell | above[2 * j + 1]]
            lower[2 * j] = table[cell | below[2 * j]]
            lower[2 * j + 1] = table[cell | below[2 * j + 1]]
        for r in range(2 * i, 2 * i + 2):
            dim, done = shade[r], out[r]
            for j in range(2 * columns):
                done[j] = np.uint16(_part(_int(_int(done[j]) - _BLACK), dim[j]) + _BLACK)


@_kernel
def grade_chroma(y: Any, u: Any, v: Any, table: Any, slope: Any, shade: Any, out_u: Any, out_v: Any) -> None:
    """See plain.grade_chroma. Both values of an entry are read as one word (u in its lower half)."""
    rows, columns = u.shape
    words = table.view(np.uint32)
    su, sv = _int(slope[0]), _int(slope[1])
    pair = np.empty(columns, np.uint32)
    for i in range(rows):
        blue, red, above, below = u[i], v[i], y[2 * i], y[2 * i + 1]
        dim, done_u, done_v = shade[i], out_u[i], out_v[i]
        for j in range(columns):
            total = _word(_word(above[2 * j]) + _word(above[2 * j + 1])) + _word(_word(below[2 * j]) + _word(below[2 * j + 1]))
            cell = _word((_word(blue[j]) >> _word(1)) << _word(13)) | _word((_word(red[j]) >> _word(1)) << _word(6))
            pair[j] = cell | _word(_word(total) >> _word(4))
        for j in range(columns):
            pair[j] = words[pair[j], 0]
        for j in range(columns):
            a = _int(_int(pair[j] & _LOW) + _int(_int(_int(_int(_int(blue[j]) & _1) << _1) - _1) * su))
            b = _int(_int(pair[j] >> _word(16)) + _int(_int(_int(_int(_int(red[j]) & _1) << _1) - _1) * sv))
            done_u[j] = np.uint16(_part(_int(a - _NEUTRAL), dim[j]) + _NEUTRAL)
            done_v[j] = np.uint16(_part(_int(b - _NEUTRAL), dim[j]) + _NEUTRAL)


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
            p = _int(row[j])
            done[j] = np.uint16(p + _part(_int(_int(other[j]) - p), weight[j]))


@_kernel
def ink(plane: Any, coverage: Any, alpha: Any, level: Any, top: Any, left: Any) -> None:
    """See plain.ink."""
    rows, columns = coverage.shape
    a, goal = _int(alpha), _int(level)
    for i in range(rows):
        under, cover = plane[top + i, left : left + columns], coverage[i]
        for j in range(columns):
            p = _int(under[j])
            under[j] = np.uint16(p + _part(_int(goal - p), _part(cover[j], a)))


@_kernel
def finish_luma(plane: Any, grain: Any, top: Any, left: Any, gain: Any, out: Any) -> None:
    """See plain.finish_luma."""
    rows, columns = plane.shape
    g = _int(gain)
    for i in range(rows):
        row, noise, done = plane[i], grain[top + i, left : left + columns], out[i]
        for j in range(columns):
            value = _int(_int(row[j]) - _BLACK)
            bright = _int(max(value, _0) >> _4)
            keep = _int(_256 - _int(_int(_int(bright * bright) * _13) >> _16))
            value = _int(value + _int(_int(_int(noise[j]) * keep) >> _8))
            done[j] = _whole(_int(_part(value, g) + _BLACK))


@_kernel
def finish_chroma(plane: Any, gain: Any, out: Any) -> None:
    """See plain.finish_chroma."""
    rows, columns = plane.shape
    g = _int(gain)
    for i in range(rows):
        row, done = plane[i], out[i]
        for j in range(columns):
            done[j] = _whole(_int(_part(_int(_int(row[j]) - _NEUTRAL), g) + _NEUTRAL))
