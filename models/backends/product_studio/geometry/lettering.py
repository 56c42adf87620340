"""Words as solids: outlines from a TrueType file, kerned and tracked, extruded with a bevel. Knows no products."""

from functools import lru_cache
from pathlib import Path

import numpy as np
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont
from PIL import ImageFont

from models.backends.product_studio.geometry.mesh import Floats, Mesh, merge
from models.backends.product_studio.geometry.solids import extrusion

CURVE_STEPS = 6
MEASURE_PX = 1000


def lettering(
    text: str,
    font: Path,
    cap_height: float,
    depth: float,
    bevel: float = 0.0,
    tracking: float = 0.0,
    max_width: float | None = None,
    curve_steps: int = CURVE_STEPS,
) -> Mesh | None:
    """One line of raised type: centred in x, the middle of its capitals at y = 0, from z = 0 up to z = depth.

    tracking: extra space between letters, in ems. max_width: the whole line shrinks to fit. None when nothing of `text`
    leaves ink (an empty line, or letters that the font lacks).
    """
    face = _face(font)
    scale = cap_height / face.cap_height
    places, width = _places(text, font, tracking)
    if max_width and width * face.units_per_em * scale > max_width:
        scale = max_width / (width * face.units_per_em)
    bevel = min(bevel, depth / 2) * min(1.0, scale * face.cap_height / cap_height)
    letters = []
    for character, x in zip(text, places, strict=True):
        for rings in face.solids(character, curve_steps):
            origin = np.array([(x - width / 2) * face.units_per_em, -face.cap_height / 2])
            shifted = [(ring + origin) * scale for ring in rings]
            letters.append(extrusion(shifted, depth, bevel).moved(translation=(0, 0, depth / 2)))
    return merge(letters) if letters else None


def line_width(text: str, font: Path, cap_height: float, tracking: float = 0.0) -> float:
    """How wide `lettering` makes a line, before any shrinking."""
    face = _face(font)
    return _places(text, font, tracking)[1] * face.units_per_em * cap_height / face.cap_height


def _places(text: str, font: Path, tracking: float) -> tuple[list[float], float]:
    """Left edge of each letter and the width of the line, in ems, kerned."""
    measure = ImageFont.truetype(str(font), MEASURE_PX, layout_engine=ImageFont.Layout.RAQM)
    plain = ["-liga", "-clig", "-dlig"]  # ligatures would put one outline where two letters are placed
    starts = [measure.getlength(text[: i + 1], features=plain) - measure.getlength(c, features=plain) for i, c in enumerate(text)]
    places = [start / MEASURE_PX + i * tracking for i, start in enumerate(starts)]
    return places, measure.getlength(text, features=plain) / MEASURE_PX + max(len(text) - 1, 0) * tracking


class _Face:
    """Outlines of one font file, in its own units."""

    def __init__(self, font: Path) -> None:
        self._font = TTFont(font, lazy=True)
        self._glyphs = self._font.getGlyphSet()
        self._names = self._font.getBestCmap()
        self.units_per_em: int = self._font["head"].unitsPerEm
        self.cap_height: float = float(getattr(self._font["OS/2"], "sCapHeight", 0) or self.units_per_em * 0.7)

    def solids(self, character: str, steps: int) -> list[list[Floats]]:
        """Each island of a letter as [rim, hole, ...]."""
        name = self._names.get(ord(character))
        if name is None:
            return []
        pen = DecomposingRecordingPen(self._glyphs)
        self._glyphs[name].draw(pen)
        rings = [ring for ring in _flatten(pen.value, steps) if len(ring) > 2 and abs(_area(ring)) > 1]
        rims = [ring for ring in rings if _area(ring) < 0]  # TrueType draws rims clockwise, holes the other way
        holes = [ring for ring in rings if _area(ring) > 0]
        return [[rim, *(hole for hole in holes if _contains(rim, hole[0]))] for rim in rims]


@lru_cache(maxsize=16)
def _face(font: Path) -> _Face:
    return _Face(font)


def _flatten(commands: list[tuple[str, tuple]], steps: int) -> list[Floats]:
    rings: list[Floats] = []
    points: list[Floats] = []
    t = np.linspace(0, 1, steps + 1)[1:, None]
    for command, operands in commands:
        pts = [np.array(p, float) for p in operands if p is not None]
        if command == "moveTo":
            points = [pts[0]]
        elif command == "lineTo":
            points.append(pts[0])
        elif command == "qCurveTo":
            if operands[-1] is None:  # a contour with no point on the curve starts midway between two controls
                points = [(pts[-1] + pts[0]) / 2]
                pts.append(points[0])
            for k, control in enumerate(pts[:-1]):
                end = pts[-1] if k == len(pts) - 2 else (control + pts[k + 1]) / 2
                points += list((1 - t) ** 2 * points[-1] + 2 * t * (1 - t) * control + t**2 * end)
        elif command == "curveTo":
            a, b, end = pts
            points += list((1 - t) ** 3 * points[-1] + 3 * t * (1 - t) ** 2 * a + 3 * t**2 * (1 - t) * b + t**3 * end)
        elif command in ("closePath", "endPath") and points:
            ring = np.array(points)
            rings.append(ring[np.abs(ring - np.roll(ring, 1, 0)).max(1) > 1e-3])
            points = []
    return rings


def _area(ring: Floats) -> float:
    following = np.roll(ring, -1, 0)
    return float(np.sum(ring[:, 0] * following[:, 1] - ring[:, 1] * following[:, 0]) / 2)


def _contains(ring: Floats, point: Floats) -> bool:
    following = np.roll(ring, -1, 0)
    spans = (ring[:, 1] > point[1]) != (following[:, 1] > point[1])
    rise = np.where(spans, following[:, 1] - ring[:, 1], 1.0)
    crossing = ring[:, 0] + (point[1] - ring[:, 1]) / rise * (following[:, 0] - ring[:, 0])
    return bool((spans & (crossing > point[0])).sum() % 2)
