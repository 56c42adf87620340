"""What a correction does to a colour, and to a compiled grade. It dies away at black and white, so that neither is lifted, dulled or
tinted. Pure; knows no clips.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from pipelines.correction import Correction
from pipelines.grade import GradeTables
from pipelines.yuv import Field

MID = 125.5


def window(y: Field) -> Field:
    """How much of a correction reaches this luma: all of it at mid grey, nothing at black (16) and white (235)."""
    t = np.clip((y - 16) / 219, 0, 1)
    return 4 * t * (1 - t)


def wide_window(y: Field) -> Field:
    """The same for chroma, which is let go of later: dark sets have a cast too."""
    return 1 - (1 - window(y)) ** 3


def correct(correction: Correction, y: Field, u: Field, v: Field) -> tuple[Field, Field, Field]:
    """The corrected planes (floats on the 8-bit limited scale, chroma as large as luma or broadcast to it)."""
    cast = wide_window(y)
    return _luma(correction, y), u + cast * correction.cb, v + cast * correction.cr


def corrected(tables: GradeTables, correction: Correction) -> GradeTables:
    """`tables` as if every picture were corrected before the grade. Interpolates what is compiled already: compiling again would
    take ten times as long."""
    if correction == Correction():
        return tables
    luma = tables.luma.reshape(64, 64, 256).astype(np.float32)
    chroma = tables.chroma.reshape(128, 128, 64, 2).astype(np.float32)
    fine, coarse = np.arange(256, dtype=np.float32), np.arange(64, dtype=np.float32) * 4 + 1.5
    luma = _moved(luma, wide_window(fine) * correction.cb / 4, wide_window(fine) * correction.cr / 4)
    luma = _read(luma, np.clip(_luma(correction, fine), 0, 255), axis=2)
    cast = wide_window(coarse)[:, None]
    chroma = _moved(chroma, cast * correction.cb / 2, cast * correction.cr / 2)
    chroma = _read(chroma, np.clip((_luma(correction, coarse) - 1.5) / 4, 0, 63), axis=2)
    return replace(tables, luma=np.round(luma).astype(np.uint16).reshape(-1), chroma=np.round(chroma).astype(np.uint16).reshape(-1, 2))


def _luma(correction: Correction, y: Field) -> Field:
    return y + window(y) * (correction.offset + (correction.gain - 1) * (y - MID))


def _moved(table: NDArray[np.float32], by_u: Field, by_v: Field) -> NDArray[np.float32]:
    """The table read `by_u`, `by_v` cells further along its first two axes (-2..2 cells, by luma)."""
    for axis, by in ((0, by_u), (1, by_v)):
        for part in (np.clip(by, -1, 1), by - np.clip(by, -1, 1)):  # one neighbour at a time
            if np.any(part):
                neighbour = _shifted(table, axis, 1 if part.sum() > 0 else -1)
                table = table + np.abs(part).astype(np.float32) * (neighbour - table)
    return table


def _shifted(table: NDArray[np.float32], axis: int, step: int) -> NDArray[np.float32]:
    cells = np.clip(np.arange(table.shape[axis]) + step, 0, table.shape[axis] - 1)
    return np.take(table, cells, axis)


def _read(table: NDArray[np.float32], at: Field, axis: int) -> NDArray[np.float32]:
    low = np.minimum(at.astype(np.intp), table.shape[axis] - 2)
    part = (at - low).astype(np.float32).reshape((-1,) + (1,) * (table.ndim - axis - 1))
    first = np.take(table, low, axis)
    return first + part * (np.take(table, low + 1, axis) - first)
