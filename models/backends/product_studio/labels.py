"""Type on products: names fitted to a field, as solids (foil, print, engraving) or painted on a picture.

Kerned by Pillow's Raqm layout, tracked by eye per style. A line too long for its field first shrinks, then breaks at a space,
then shrinks for good: it is never clipped. Knows no product.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from models.backends.product_studio.geometry import Mesh, extrusion, merge
from models.backends.product_studio.geometry.lettering import cap_ratio, lettering, line_width
from models.typefaces import TYPEFACES, font_file
from models.typefaces.installed import able, joined

BREAK_BELOW = 0.62  # a name that would have to shrink below this breaks into lines instead
LEADING = 1.62  # distance of lines, in cap heights
INK_DEPTH = 0.0016


@dataclass(frozen=True)
class Setting:
    """A text as it will be set: its lines, how much it shrank (0..1], and its letter-spacing in ems."""

    lines: tuple[str, ...]
    scale: float
    tracking: float


def cased(text: str, style: str) -> str:
    """`text` in the capitals its style likes; a long mixed-case name keeps its case in styles that do not insist."""
    return text.upper() if TYPEFACES[style].caps else text


def fitted(text: str, width_of: Callable[[str, float], float], field: float, tracking: float, max_lines: int = 2) -> Setting:
    """How to set `text` in a field. width_of(line, tracking): natural width of one line, in the field's units."""
    best = Setting((text,), _shrink(text, width_of, field, tracking), tracking)
    words = text.split()
    for count in range(2, min(max_lines, len(words)) + 1):
        if best.scale >= BREAK_BELOW:
            break
        lines = min(_partitions(words, count), key=lambda lines: max(width_of(line, tracking) for line in lines))
        scale = min(_shrink(line, width_of, field, tracking) for line in lines)
        if scale > best.scale * 1.15:
            best = Setting(lines, scale, tracking)
    return best


def _shrink(line: str, width_of: Callable[[str, float], float], field: float, tracking: float) -> float:
    return min(1.0, field / max(width_of(line, tracking), 1e-9))


def _partitions(words: list[str], count: int) -> list[tuple[str, ...]]:
    """Every way to set the words, in order, on `count` lines."""
    if count == 1:
        return [(" ".join(words),)]
    return [(" ".join(words[:k]), *rest) for k in range(1, len(words) - count + 2) for rest in _partitions(words[k:], count - 1)]


def name_solid(
    text: str, style: str, field: float, cap_height: float, depth: float = INK_DEPTH, bevel: float = 0.0, max_lines: int = 2
) -> Mesh | None:
    """A brand name in relief, centred on the origin, no wider than `field`; None for an empty name."""
    text = cased(text.strip(), style)
    tracking = TYPEFACES[style].tracking + (0.06 if text.isupper() and style != "bold_display" else 0.0)
    return _solid(text, font_file(style), field, cap_height, depth, bevel, tracking, max_lines, 0.4)


def line_solid(text: str, style: str, field: float, cap_height: float, depth: float = INK_DEPTH, tracking: float = 0.2) -> Mesh | None:
    """A small line in spaced capitals, centred on the origin."""
    return _solid(text.strip().upper(), font_file(style, "text"), field, cap_height, depth, 0.0, tracking, 2, 1.0)


def rule_solid(width: float, thickness: float, depth: float = INK_DEPTH) -> Mesh:
    """A hairline, centred on the origin, from z = 0."""
    x, y = width / 2, thickness / 2
    steps = max(2, int(width / 0.04))  # so that it can be bent round a bottle
    top = np.linspace(x, -x, steps)
    ring = np.concatenate([np.c_[top[::-1], np.full(steps, -y)], np.c_[top, np.full(steps, y)]])
    return extrusion([ring], depth).moved(translation=(0, 0, depth / 2))


def frame_solid(width: float, height: float, thickness: float, depth: float = INK_DEPTH) -> Mesh:
    """A rectangular hairline frame, centred on the origin, from z = 0."""
    corners = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)]) / 2
    outer, inner = corners * (width, height), corners * (width - 2 * thickness, height - 2 * thickness)
    return extrusion([outer, inner], depth).moved(translation=(0, 0, depth / 2))


def brand_block(
    label: str, sublabel: str, style: str, field: float, cap_height: float, depth: float = INK_DEPTH, rule: bool = True
) -> Mesh | None:
    """Name, hairline and second line as one centred block of relief; what is empty is left out, None when both are."""
    name = name_solid(label, style, field, cap_height, depth)
    small = line_solid(sublabel, style, field * 0.86, cap_height * 0.30, depth)
    if name is None:
        return small
    if small is None:
        return name
    foot = float(name.bounds()[0][1])
    parts = [name]
    if rule:
        parts.append(
            rule_solid(min(field * 0.2, cap_height * 1.6), cap_height * 0.028, depth).moved(translation=(0, foot - cap_height * 0.62, 0))
        )
    drop = cap_height * (1.28 if rule else 0.85)
    top = float(small.bounds()[1][1])
    parts.append(small.moved(translation=(0, foot - drop - top + cap_height * 0.15, 0)))
    block = merge(parts)
    low, high = block.bounds()
    return block.moved(translation=(0, -(low[1] + high[1]) / 2, 0))


def _solid(
    text: str, font: Path, field: float, cap_height: float, depth: float, bevel: float, tracking: float, max_lines: int, tolerance: float
) -> Mesh | None:
    if not text:
        return None
    setting = fitted(text, lambda line, gap: line_width(line, font, cap_height, gap), field, tracking, max_lines)
    height = cap_height * setting.scale
    middle = (len(setting.lines) - 1) / 2
    lines = [
        solid.moved(translation=(0, (middle - i) * height * LEADING, 0))
        for i, line in enumerate(setting.lines)
        if (solid := lettering(line, font, height, depth, bevel * setting.scale, tracking, max_width=field, tolerance_px=tolerance))
        is not None
    ]
    return merge(lines) if lines else None


class Sheet:
    """A picture to paint a label or a screen on: (height, width) pixels, sRGB, drawn at twice the size and reduced.

    Positions and sizes are in pixels of the finished picture; y points down.
    """

    def __init__(self, width: int, height: int, ground: str | NDArray) -> None:
        self.width, self.height = width, height
        self._over = 2
        size = (width * self._over, height * self._over)
        if isinstance(ground, str):
            self._image = Image.new("RGB", size, ground)
        else:
            self._image = Image.fromarray(np.asarray(ground, np.uint8)).resize(size, Image.Resampling.BICUBIC)

    def pixels(self) -> NDArray[np.uint8]:
        """(height, width, 3) uint8, row 0 on top."""
        return np.asarray(self._image.resize((self.width, self.height), Image.Resampling.LANCZOS))

    def paint(
        self, shape: str, points: tuple[float, ...] | list[tuple[float, float]], color: str, opacity: float = 1.0, **how: Any
    ) -> None:
        """One of Pillow's shapes ("ellipse", "rounded_rectangle", "polygon", "line", "arc", "rectangle"), blended over."""
        corners = np.asarray(points, float).reshape(-1, 2) * self._over
        margin = int(float(how.get("width", 0)) * self._over) + 2
        origin = np.floor(corners.min(0)).astype(int) - margin
        size = np.ceil(corners.max(0)).astype(int) + margin - origin
        mask = Image.new("L", (int(size[0]), int(size[1])), 0)
        options = {k: int(v * self._over) if k in ("width", "radius") else v for k, v in how.items()}
        getattr(ImageDraw.Draw(mask), shape)([(float(x), float(y)) for x, y in corners - origin], fill=int(opacity * 255), **options)
        self._image.paste(color, (int(origin[0]), int(origin[1])), mask)

    def text(
        self,
        text: str,
        font: Path,
        at: tuple[float, float],
        size: float,
        color: str,
        tracking: float = 0.0,
        align: str = "middle",
        field: float | None = None,
        opacity: float = 1.0,
        max_lines: int = 1,
    ) -> float:
        """A text whose capitals' middle stands at y; `at` x is its left, middle or right. Returns the set width in pixels.

        size: cap height. field: the width it must fit.
        """
        font, text = able(font, text)
        if not text:
            return 0.0
        setting = fitted(text, lambda line, gap: _painted_width(line, font, size, gap), field or np.inf, tracking, max_lines)
        cap = size * setting.scale
        middle = (len(setting.lines) - 1) / 2
        mask = Image.new("L", self._image.size, 0)
        widest = 0.0
        for i, line in enumerate(setting.lines):
            width = _painted_width(line, font, cap, tracking)
            widest = max(widest, width)
            left = at[0] - {"left": 0.0, "middle": 0.5, "right": 1.0}[align] * width
            self._line(mask, line, font, left, at[1] + (i - middle) * cap * LEADING, cap, tracking, opacity)
        self._image.paste(color, (0, 0), mask)
        return widest

    def _line(
        self, mask: Image.Image, line: str, font: Path, left: float, middle: float, cap: float, tracking: float, opacity: float
    ) -> None:
        pen = ImageDraw.Draw(mask)
        face = _face(font, cap * self._over / cap_ratio(font))
        baseline = (middle + cap / 2) * self._over
        if joined(line):
            pen.text((left * self._over, baseline), line, font=face, fill=int(opacity * 255), anchor="ls")
            return
        for i, letter in enumerate(line):
            start = face.getlength(line[: i + 1]) - face.getlength(letter) + i * tracking * face.size
            pen.text((left * self._over + start, baseline), letter, font=face, fill=int(opacity * 255), anchor="ls")


def _painted_width(line: str, font: Path, cap: float, tracking: float) -> float:
    em = cap / cap_ratio(font)
    return _face(font, 1000).getlength(line) / 1000 * em + max(len(line) - 1, 0) * tracking * em


def _face(font: Path, size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(font), size, layout_engine=ImageFont.Layout.RAQM)
