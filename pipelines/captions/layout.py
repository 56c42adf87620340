"""Where everything stands: a title set as a typographer would, inside the safe zone, or as near to it as can be.

Pure: the same title gives the same layout. Lines stand on baselines and gaps run from baseline to the top of the next capitals,
which is what the eye sees; boxes of the font file play no part.
"""

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from models.typefaces.own import base_of
from pipelines.captions import breaking, glyphs
from pipelines.captions.fitting import (
    RULE_LENGTH,
    UNDERLINE_AT,
    UNDERLINE_THICK,
    SetItem,
    Wanted,
    fit,
    gap,
    height_of,
    ruled,
)
from pipelines.captions.voices import MANNERS, Manner
from pipelines.colors import luminance
from pipelines.edl import Title, TitleLine
from pipelines.text_animations import unit_of

Ink = Literal["type", "accent", "label"]
STARS = 5
_STAR, _STAR_STEP = 1.05, 1.2  # ems: a star, and from one to the next
_CALLOUT_RULE, _CALLOUT_THICK = 1.05, 0.06


@dataclass(frozen=True)
class SetLine:
    """One line of type on its baseline. source: which line of the title it comes from."""

    text: str
    font: Path
    size: float
    tracking: float
    x: float
    baseline: float
    width: float
    pieces: tuple[glyphs.Piece, ...]
    source: int
    ink: Ink = "type"

    @property
    def box(self) -> tuple[float, float, float, float]:
        """(left, top, right, bottom) of the ink."""
        extents = glyphs.ink(self.font, self.size, self.text)
        return self.x, self.baseline + extents.top, self.x + self.width, self.baseline + extents.bottom


@dataclass(frozen=True)
class Shape:
    """A rule, button or badge, the stroke under a line, a rating's star or a logo. stroke: thickness of the outline, 0 for filled.
    radius: of the corners. share: of a star, how much of it is filled, 0..1."""

    kind: Literal["rule", "button", "underline", "star", "logo"]
    left: float
    top: float
    right: float
    bottom: float
    radius: float
    stroke: float
    source: int
    ink: Ink = "accent"
    share: float = 1.0


@dataclass(frozen=True)
class TextLayout:
    """size: (width, height) of the picture. box: (left, top, right, bottom) of everything. warnings: sentences for the user, when
    words had to go."""

    size: tuple[int, int]
    lines: tuple[SetLine, ...]
    shapes: tuple[Shape, ...]
    box: tuple[float, float, float, float]
    warnings: tuple[str, ...] = ()


def layout(title: Title, width: int, height: int, safe: tuple[float, float, float, float]) -> TextLayout:
    """Set `title` on a picture of width x height pixels, inside the margins `safe` (left, top, right, bottom, fractions).

    Type that does not fit is set smaller, down to 70 %, then shortened at a word with an ellipsis and a warning.
    """
    manner = MANNERS[base_of(title.style)]
    short = min(width, height)
    side = max(safe[0], safe[2]) * width
    measure = min(width - 2 * side, 1.05 * short)
    room = height * (1 - safe[1] - safe[3])
    warnings: list[str] = []
    lines = [(i, replace(line, text=breaking.polish(line.text))) for i, line in enumerate(title.lines) if line.text.strip()]
    wanted = [_settable(i, line, manner, title.style, warnings) for i, line in lines]
    wanted = [item for item in wanted if item[1].text]
    block = fit(wanted, manner, short, measure, room, warnings)
    return _place(title, block, manner, (width, height), safe, warnings)


def _settable(i: int, line: TitleLine, manner: Manner, style: str, warnings: list[str]) -> Wanted:
    voice = manner.voices[line.role]
    if line.image:
        return i, line, voice, glyphs.face(style, voice.face, "")[0]
    text = line.text.upper() if voice.caps else line.text
    font, kept = glyphs.face(style, voice.face, text)
    if kept != text:
        warnings.append(f"Some letters of “{line.text}” are in none of the typefaces and were left out.")
    return i, replace(line, text=kept), voice, font


def _place(
    title: Title,
    block: list[SetItem],
    manner: Manner,
    size: tuple[int, int],
    safe: tuple[float, float, float, float],
    warnings: list[str],
) -> TextLayout:
    """Stack the block on the picture's axis; `center` is the optical centre, a little above the geometric one."""
    width, height = size
    short = min(size)
    if not block:
        return TextLayout(size, (), (), (width / 2, height / 2, width / 2, height / 2), tuple(warnings))
    top, bottom = safe[1] * height, (1 - safe[3]) * height
    free = max(0.0, bottom - top - height_of(block, manner, short))
    y = top + block[0].rise + free * {"top": 0.0, "center": 0.47, "bottom": 1.0}[title.position]
    axis = width / 2
    flush = _flush_left(block, axis)
    lines: list[SetLine] = []
    shapes: list[Shape] = []
    for k, item in enumerate(block):
        if k:
            above = block[k - 1]
            space = gap(above, item, manner, short)
            if ruled(above, item, manner):
                middle, thick = y + (space + above.hang) / 2, max(1.5, 0.0016 * short)
                half = RULE_LENGTH * short / 2
                shapes.append(Shape("rule", axis - half, middle - thick / 2, axis + half, middle + thick / 2, 0, 0, item.source))
            y += space
        if item.picture[1]:
            wide, high = item.picture
            shapes.append(Shape("logo", axis - wide / 2, y, axis + wide / 2, y + high, 0, 0, item.source))
            y += high
            continue
        placed = _rows(item, axis, y + item.pad[1], flush)
        lines.extend(placed)
        if item.button:
            shapes.append(_button(item, placed[0], y))
        elif item.line.role == "rating":
            shapes.extend(_stars(item, placed[0], _marking(title)))
        elif item.line.role == "callout":
            shapes.append(_callout_rule(item, placed[0], _marking(title)))
        elif item.line.animation == "underline":
            shapes.append(_underline(item, placed[-1]))
        y += item.height
    boxes = [line.box for line in lines] + [(s.left, s.top, s.right, s.bottom) for s in shapes]
    box = min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)
    return TextLayout(size, tuple(lines), tuple(shapes), box, tuple(warnings))


def _flush_left(block: list[SetItem], axis: float) -> float:
    """Where callouts begin: under one another, as a block in the middle."""
    widths = [_widest(item) + item.lead for item in block if item.line.role == "callout"]
    return axis - max(widths, default=0.0) / 2


def _widest(item: SetItem) -> float:
    return max(glyphs.advance(item.font, item.size, row, item.voice.tracking) for row in item.rows)


def _rows(item: SetItem, axis: float, top: float, flush: float) -> list[SetLine]:
    baseline = top + glyphs.cap_height(item.font, item.size)
    placed = []
    for row in item.rows:
        width = glyphs.advance(item.font, item.size, row, item.voice.tracking)
        x = flush + item.lead if item.line.role == "callout" else axis - (width - item.lead) / 2
        by_letter = unit_of(item.line.animation) == "letter"
        found = glyphs.pieces(item.font, item.size, row, x, item.voice.tracking, by_letter)
        ink: Ink = "label" if item.button and item.button != "hairline" else "type"
        placed.append(SetLine(row, item.font, item.size, item.voice.tracking * item.size, x, baseline, width, found, item.source, ink))
        baseline += item.voice.leading * item.size
    return placed


def _underline(item: SetItem, row: SetLine) -> Shape:
    top, thick = row.baseline + UNDERLINE_AT * item.size, max(1.5, UNDERLINE_THICK * item.size)
    return Shape("underline", row.x, top, row.x + row.width, top + thick, thick / 2, 0, item.source)


def _marking(title: Title) -> Ink:
    """The ink of small marks beside type: the accent where it is as light, or as dark, as the type; else the type's own."""
    type_, accent = luminance(title.color), luminance(title.accent)
    return "accent" if (accent > 0.3 if type_ > 0.18 else accent < 0.16) else "type"


def _callout_rule(item: SetItem, row: SetLine, ink: Ink) -> Shape:
    """A short stroke at the height of the small letters, before the first row."""
    middle, thick = row.baseline - 0.34 * item.size, max(1.5, _CALLOUT_THICK * item.size)
    left = row.x - item.lead
    return Shape("rule", left, middle - thick / 2, left + _CALLOUT_RULE * item.size, middle + thick / 2, 0, 0, item.source, ink)


def _stars(item: SetItem, row: SetLine, ink: Ink) -> list[Shape]:
    """Five, as full as the number at the line's beginning says."""
    said = re.match(r"\s*(\d(?:[.,]\d+)?)", row.text)
    value = float(said[1].replace(",", ".")) if said else 0.0
    side, first = _STAR * item.size, row.x - item.lead
    top = row.baseline - glyphs.cap_height(item.font, item.size) / 2 - side / 2
    return [
        Shape("star", left, top, left + side, top + side, 0, 0, item.source, ink, min(1.0, max(0.0, value - i)))
        for i in range(STARS)
        for left in [first + i * _STAR_STEP * item.size]
    ]


def _button(item: SetItem, label: SetLine, top: float) -> Shape:
    across, _ = item.pad
    height = item.height
    radius = {"hairline": 0.0, "pill": height / 2, "soft": 0.16 * height, "block": 0.0}[item.button or "block"]
    stroke = max(1.5, 0.068 * item.size) if item.button == "hairline" else 0.0
    return Shape("button", label.x - across, top, label.x + label.width + across, top + height, radius, stroke, item.source)
