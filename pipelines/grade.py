"""Colour: looks as short chains of pure functions on RGB, and what makes them cheap.

A step takes and returns (…, 3) float32, display-referred sRGB-ish values 0..1. A look is a tuple of steps. To run at video speed
a look is compiled once into two gather tables that map limited-range YUV straight to working planes (see pipelines.kernels).
Nothing here knows frames or time.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.errors import MediaError
from pipelines.kernels import UNIT
from pipelines.yuv import LUMA, RGB, Field, hue, luma, rgb_to_yuv, yuv_to_rgb

Step = Callable[[RGB], RGB]
Look = tuple[Step, ...]


def contrast(amount: float, pivot: float = 0.42) -> Step:
    """An S-curve around `pivot` that keeps black and white where they are. amount: 0 nothing, 0.3 strong, negative flatter."""

    def step(x: RGB) -> RGB:
        below, above = np.clip(x / pivot, 0, 1), np.clip((x - pivot) / (1 - pivot), 0, 1)
        curved = np.where(x < pivot, pivot * below ** (1 + amount), 1 - (1 - pivot) * (1 - above) ** (1 + amount))
        return curved.astype(np.float32)

    return step


def levels(lift: float = 0.0, gamma: float = 1.0, gain: float = 1.0) -> Step:
    """lift raises black (faded film), gamma > 1 lightens the middle, gain scales white."""

    def step(x: RGB) -> RGB:
        return (lift + (gain - lift) * np.clip(x, 0, 1) ** (1 / gamma)).astype(np.float32)

    return step


def saturation(amount: float, protect: float = 0.0) -> Step:
    """Distance from grey times `amount`; `protect` 0..1 spares what is vivid already (and skin with it)."""

    def step(x: RGB) -> RGB:
        grey = luma(x)[..., None]
        red, green, blue = x[..., 0], x[..., 1], x[..., 2]  # numpy reduces a last axis of three slowly
        vivid = (np.maximum(np.maximum(red, green), blue) - np.minimum(np.minimum(red, green), blue))[..., None]
        return (grey + (x - grey) * (1 + (amount - 1) * (1 - protect * vivid))).astype(np.float32)

    return step


def split_tone(shadows: str, highlights: str, amount: float) -> Step:
    """Tint shadows and highlights towards two "#RRGGBB" hues without changing brightness."""
    dark, light = (hue(color) for color in (shadows, highlights))

    def step(x: RGB) -> RGB:
        grey = luma(x)[..., None]
        # No tint at the very ends: black stays black, white stays white.
        low, high = (1 - grey) ** 2 * np.sqrt(np.clip(grey, 0, 1)), grey**1.5 * (1 - np.clip(grey, 0, 1) ** 6)
        return (x + amount * (dark * low + light * high)).astype(np.float32)

    return step


def temperature(warmth: float) -> Step:
    """Warmer (+) or cooler (-) white balance at equal brightness; ±0.1 is a lot."""
    factors = np.array([1 + warmth, 1 + warmth * 0.1, 1 - warmth], np.float32)

    def step(x: RGB) -> RGB:
        return (x * (factors / (factors @ LUMA))).astype(np.float32)

    return step


def cube(path: Path) -> Step:
    """A 3D .cube table, read trilinearly. Raises MediaError when it is not one."""
    size, rows = 0, []
    try:
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            words = line.split()
            if words and words[0] == "LUT_3D_SIZE":
                size = int(words[1])
            elif len(words) == 3 and words[0][0] in "-.0123456789":
                rows.append([float(word) for word in words])
    except (OSError, ValueError, IndexError) as error:
        raise MediaError(f"{path.name} cannot be read as a .cube look-up table.") from error
    if size < 2 or len(rows) != size**3:
        raise MediaError(f"{path.name} is not a 3D .cube table: it holds {len(rows)} colours for a size of {size}.")
    table = np.asarray(rows, np.float32).reshape(size, size, size, 3)  # [blue, green, red]

    def step(x: RGB) -> RGB:
        at = np.clip(x, 0, 1) * (size - 1)
        low = np.minimum(at.astype(np.int32), size - 2)
        part = at - low
        out = np.zeros_like(x)
        for corner in range(8):
            d = np.array([corner & 1, corner >> 1 & 1, corner >> 2 & 1])
            weight = np.prod(np.where(d, part, 1 - part), axis=-1, keepdims=True)
            r, g, b = np.moveaxis(low + d, -1, 0)
            out += weight * table[b, g, r]
        return out

    return step


LOOKS: dict[str, Look] = {
    "none": (),
    "neutral": (contrast(0.05),),
    "luxury": (contrast(0.16, 0.38), split_tone("#10243C", "#FFD9A0", 0.10), saturation(0.94, 0.3)),
    "tech": (contrast(0.14), temperature(-0.025), split_tone("#0A2A66", "#E6F3FF", 0.08), saturation(1.03, 0.5)),
    "eco": (contrast(0.06), split_tone("#16301C", "#FFF2CF", 0.08), saturation(1.05, 0.5), levels(lift=0.012)),
    "energetic": (contrast(0.2), saturation(1.2, 0.6), split_tone("#1B1038", "#FFE3B3", 0.05)),
    "playful": (levels(gamma=1.05), contrast(0.05), saturation(1.16, 0.6), temperature(0.012)),
    "calm": (contrast(-0.05), levels(lift=0.025), saturation(0.92), temperature(0.015)),
    "cinematic": (contrast(0.15, 0.4), split_tone("#06404A", "#FFC58A", 0.14), saturation(0.96, 0.3), levels(lift=0.01)),
    "corporate": (contrast(0.07), temperature(-0.01), saturation(0.98)),
    # What people choose by name (pipelines.grades).
    "clean": (contrast(0.08, 0.45),),
    "warm_film": (temperature(0.035), contrast(0.10, 0.40), split_tone("#2A1E14", "#FFD08A", 0.13), saturation(0.95), levels(lift=0.022)),
    "cool_tech": (temperature(-0.045), contrast(0.15), split_tone("#08265E", "#E2F0FF", 0.12), saturation(0.98, 0.3)),
    "noir": (saturation(0.12), contrast(0.34, 0.36), split_tone("#0C1420", "#F3ECDF", 0.06)),
    "pastel": (levels(lift=0.06, gamma=1.18), contrast(-0.12), saturation(0.78), split_tone("#4A3F66", "#FFE6EC", 0.07)),
    "vivid": (contrast(0.18), saturation(1.34, 0.55)),
    "flat_cool": (levels(lift=0.035, gain=0.96), contrast(-0.1), temperature(-0.045), saturation(0.62)),
}


def apply(look: Look, rgb: RGB) -> RGB:
    """The exact look. Values outside 0..1 keep their distance from the range, so that an empty look changes nothing."""
    inside = np.clip(rgb, 0, 1)
    out = inside
    for step in look:
        out = np.clip(step(out), 0, 1)
    return (out + (rgb - inside)).astype(np.float32)


@dataclass(frozen=True)
class GradeTables:
    """luma: (64 * 64 * 256,) uint16 by [u/4, v/4, y]; chroma: (128 * 128 * 64, 2) uint16 by [u/2, v/2, y/4]; slope: (2,) int32,
    what half a step of u or v within a cell is worth."""

    luma: NDArray[np.uint16]
    chroma: NDArray[np.uint16]
    slope: NDArray[np.int32]


@cache
def compiled(names: tuple[str, ...]) -> GradeTables:
    """The rows of LOOKS called `names`, one after the other, as tables. Raises KeyError for an unknown look."""
    return compile_look(tuple(step for name in names for step in LOOKS[name]))


def compile_look(look: Look) -> GradeTables:
    """Evaluate `look` on every fourth step of y, u and v, and fill in between: looks are smooth."""
    at = np.arange(65, dtype=np.float32) * 4
    u, v, y = np.meshgrid(at[:64] + 1.5, at[:64] + 1.5, at, indexing="ij")
    out_y, out_u, out_v = (plane.astype(np.float32) for plane in rgb_to_yuv(apply(look, yuv_to_rgb(y, u, v))))
    part = np.arange(4, dtype=np.float32) / 4
    bright = out_y[..., :-1, None] * (1 - part) + out_y[..., 1:, None] * part
    # A cell of the chroma table is four wide in y and read at its middle.
    out_u, out_v = (doubled(doubled(0.625 * plane[..., :-1] + 0.375 * plane[..., 1:], 0), 1) for plane in (out_u, out_v))
    middle = slice(40, 88)  # the chroma that pictures have
    steps = [np.median(np.diff(out_u[middle, middle], axis=0)), np.median(np.diff(out_v[middle, middle], axis=1))]
    return GradeTables(
        luma=_units(bright).reshape(-1),
        chroma=np.stack([_units(out_u), _units(out_v)], -1).reshape(-1, 2),
        slope=np.round(np.array(steps) * UNIT / 4).astype(np.int32),
    )


def doubled(plane: Field, axis: int) -> Field:
    """Twice as many samples along an axis, each old one between two new, a quarter of the way to its neighbours."""
    step = np.diff(plane, axis=axis) / 4
    before, after = np.concatenate([step.take([0], axis), step], axis), np.concatenate([step, step.take([-1], axis)], axis)
    return np.stack([plane - before, plane + after], axis + 1).reshape(*plane.shape[:axis], -1, *plane.shape[axis + 1 :])


def _units(plane: Field) -> NDArray[np.uint16]:
    return np.round(np.clip(plane, 0, 255) * UNIT).astype(np.uint16)
