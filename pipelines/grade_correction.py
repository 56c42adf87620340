"""What a correction does to a colour, and to a compiled grade. It dies away at black and white, so that neither is lifted, dulled or
tinted, and at every colour that it is to spare. Pure; knows no clips.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from pipelines.correction import Correction
from pipelines.grade import GradeTables, doubled
from pipelines.yuv import Field, parse_hex, rgb_to_yuv

MID = 125.5
STEEPEST = 0.6
"""Of its way back to nothing: a steeper one would turn the order of greys round."""

KEPT_LUMA, KEPT_CHROMA = 8.0, 5.0
"""Codes around a spared colour within which nothing moves: what an eye takes for that colour."""


def window(y: Field) -> Field:
    """How much of a correction reaches this luma: all of it at mid grey, nothing at black (16) and white (235)."""
    t = np.clip((y - 16) / 219, 0, 1)
    return 4 * t * (1 - t)


def wide_window(y: Field) -> Field:
    """The same for chroma, which is let go of later: dark sets have a cast too."""
    return 1 - (1 - window(y)) ** 3


def correct(correction: Correction, y: Field, u: Field, v: Field) -> tuple[Field, Field, Field]:
    """The corrected planes (floats on the 8-bit limited scale, chroma as large as luma or broadcast to it)."""
    reach: Field | float = _unspared(correction, y, u, v) if correction.spared else 1.0
    cast = reach * wide_window(y)
    return y + reach * _lifted(correction, y), u + cast * correction.cb, v + cast * correction.cr


def corrected(tables: GradeTables, correction: Correction) -> GradeTables:
    """`tables` as if every picture were corrected before the grade. Reads what is compiled already at every fourth step of y, u and v:
    compiling again would take longer."""
    if correction.unchanging:
        return tables
    centres = np.arange(64, dtype=np.float32) * 4 + 1.5
    luma = tables.luma.reshape(64, 64, 256).astype(np.float32)
    edges = np.arange(65, dtype=np.float32) * 4
    y, u, v = correct(correction, edges, centres[:, None, None], centres[None, :, None])
    bright = _read(luma, (u - 1.5) / 4, (v - 1.5) / 4, y)
    part = np.arange(4, dtype=np.float32) / 4
    fine = np.asarray((bright[..., :-1, None] * (1 - part) + bright[..., 1:, None] * part).reshape(-1), np.float32)
    y, u, v = correct(correction, centres, centres[:, None, None], centres[None, :, None])
    chroma = tables.chroma.reshape(128, 128, 64, 2).astype(np.float32)
    planes = [_read(chroma[..., i], (u - 0.5) / 2, (v - 0.5) / 2, (y - 1.5) / 4) for i in (0, 1)]
    colours = np.stack([doubled(doubled(plane, 0), 1) for plane in planes], -1)
    return replace(tables, luma=_units(fine), chroma=_units(colours.reshape(-1, 2)))


def _lifted(correction: Correction, y: Field) -> Field:
    return window(y) * (correction.offset + (correction.gain - 1) * (y - MID))


def _unspared(correction: Correction, y: Field, u: Field, v: Field) -> Field:
    """0 at the colours that are spared, 1 away from them; the further the correction goes, the more gently."""
    strongest = max(abs(correction.offset) + 219 / 4 * abs(correction.gain - 1), 1e-6), max(abs(correction.cb), abs(correction.cr))
    width = max(2.0, strongest[0] / KEPT_LUMA * 1.5 / STEEPEST, strongest[1] / KEPT_CHROMA * 1.5 / STEEPEST)
    reach: Field = np.ones(np.broadcast_shapes(np.shape(y), np.shape(u), np.shape(v)), np.float32)
    for at in _yuv(correction.spared):
        away = np.sqrt(((y - at[0]) / KEPT_LUMA) ** 2 + ((u - at[1]) / KEPT_CHROMA) ** 2 + ((v - at[2]) / KEPT_CHROMA) ** 2)
        t = np.clip((away - 1) / width, 0, 1)
        reach = reach * (t * t * (3 - 2 * t))
    return reach


def _yuv(colors: Sequence[str]) -> list[tuple[float, float, float]]:
    return [tuple(float(part) for part in rgb_to_yuv(parse_hex(color))) for color in colors]  # type: ignore[misc]


def _read(table: NDArray[np.float32], i: Field, j: Field, k: Field) -> NDArray[np.float32]:
    """The table at these places between its cells; beyond its ends, its ends."""
    from scipy.ndimage import map_coordinates  # heavy

    places = np.broadcast_arrays(i, j, k)
    return np.asarray(map_coordinates(table, places, np.float32, order=1, mode="nearest"))


def _units(plane: NDArray[np.float32]) -> NDArray[np.uint16]:
    return np.round(np.clip(plane, 0, 65535)).astype(np.uint16)
