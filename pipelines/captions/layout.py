"""Where everything stands: a title set as a typographer would, inside the safe zone, or as near to it as can be.

Pure: the same title gives the same layout. Lines stand on baselines and gaps run from baseline to the top of the next capitals,
which is what the eye sees; boxes of the font file play no part.
"""

from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Literal

from pipelines.captions import breaking, glyphs
from pipelines.captions.voices import MANNERS, ButtonKind, Manner, Voice
from pipelines.edl import Title, TitleLine, TitleRole
from pipelines.text_animations import unit_of

Ink = Literal["type", "accent", "label"]
_Wanted = tuple[int, TitleLine, Voice, Path]  # which line of the title, its text, and in what it is set

SMALLEST = 0.7  # type is set down to this share of its size before words are dropped
_STEPS = tuple(1 - 0.05 * i for i in range(7))
_DEFAULT_GAP = 0.042
_GAPS: dict[tuple[TitleRole, TitleRole], float] = {
    ("brand", "headline"): 0.062,
    ("brand", "body"): 0.046,
    ("brand", "cta"): 0.082,
    ("mark", "headline"): 0.05,
    ("headline", "body"): 0.046,
    ("headline", "cta"): 0.08,
    ("headline", "brand"): 0.075,
    ("body", "cta"): 0.08,
    ("badge", "headline"): 0.05,
    ("headline", "badge"): 0.056,
    ("body", "body"): 0.03,
    ("body", "badge"): 0.056,
    ("badge", "cta"): 0.05,
    ("cta", "legal"): 0.05,
    ("body", "headline"): 0.05,
}
_RULE_GAP = 0.036
_RULE_LENGTH = 0.13
_UNDERLINE_AT, _UNDERLINE_THICK = 0.2, 0.055  # ems below the baseline


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
    """A rule, button or badge, or the stroke under a line. stroke: thickness of the outline, 0 for filled. radius: of the corners."""

    kind: Literal["rule", "button", "underline"]
    left: float
    top: float
    right: float
    bottom: float
    radius: float
    stroke: float
    source: int
    ink: Ink = "accent"


@dataclass(frozen=True)
class TextLayout:
    """size: (width, height) of the picture. box: (left, top, right, bottom) of everything. warnings: sentences for the user, when
    words had to go."""

    size: tuple[int, int]
    lines: tuple[SetLine, ...]
    shapes: tuple[Shape, ...]
    box: tuple[float, float, float, float]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Set:
    """A line of the title, broken but not placed. source: its index in the title."""

    source: int
    line: TitleLine
    voice: Voice
    font: Path
    size: float
    rows: tuple[str, ...]
    button: ButtonKind | None

    @property
    def pad(self) -> tuple[float, float]:
        """Button padding, (horizontal, vertical), from the letters' edges and the capitals' height."""
        if not self.button:
            return 0.0, 0.0
        across, down = {"hairline": (1.75, 1.12), "pill": (1.3, 0.92), "soft": (1.05, 0.88), "block": (1.15, 0.95)}[self.button]
        if self.line.role == "badge":
            across, down = across * 0.72, down * 0.66
        return across * self.size, down * self.size

    @property
    def height(self) -> float:
        """From the top of the capitals of the first line to the last baseline, with a button's padding."""
        return glyphs.cap_height(self.font, self.size) + (len(self.rows) - 1) * self.voice.leading * self.size + 2 * self.pad[1]

    @property
    def hang(self) -> float:
        """How far ink reaches below the last baseline."""
        if self.button:
            return 0.0
        stroke = (_UNDERLINE_AT + _UNDERLINE_THICK) * self.size if self.line.animation == "underline" else 0.0
        return max(0.0, stroke, glyphs.ink(self.font, self.size, self.rows[-1]).bottom)

    @property
    def lonely(self) -> bool:
        """Whether one short word stands alone on the last line."""
        widths = [glyphs.advance(self.font, self.size, row, self.voice.tracking) for row in self.rows]
        return len(widths) > 1 and " " not in self.rows[-1] and widths[-1] < 0.36 * max(widths)

    @property
    def rise(self) -> float:
        """How far ink (accents) reaches above the capitals."""
        return (
            0.0 if self.button else max(0.0, -glyphs.ink(self.font, self.size, self.rows[0]).top - glyphs.cap_height(self.font, self.size))
        )


def layout(title: Title, width: int, height: int, safe: tuple[float, float, float, float]) -> TextLayout:
    """Set `title` on a picture of width x height pixels, inside the margins `safe` (left, top, right, bottom, fractions).

    Type that does not fit is set smaller, down to 70 %, then shortened at a word with an ellipsis and a warning.
    """
    manner = MANNERS[title.style]
    short = min(width, height)
    side = max(safe[0], safe[2]) * width
    measure = min(width - 2 * side, 1.05 * short)
    room = height * (1 - safe[1] - safe[3])
    warnings: list[str] = []
    lines = [(i, replace(line, text=breaking.polish(line.text))) for i, line in enumerate(title.lines) if line.text.strip()]
    wanted = [_settable(i, line, manner, title.style, warnings) for i, line in lines]
    wanted = [item for item in wanted if item[1].text]
    block = _fit(wanted, manner, short, measure, room, warnings)
    return _place(title, block, manner, (width, height), safe, warnings)


def _settable(i: int, line: TitleLine, manner: Manner, style: str, warnings: list[str]) -> _Wanted:
    voice = manner.voices[line.role]
    text = line.text.upper() if voice.caps else line.text
    font, kept = glyphs.face(style, voice.face, text)
    if kept != text:
        warnings.append(f"Some letters of “{line.text}” are in none of the typefaces and were left out.")
    return i, replace(line, text=kept), voice, font


def _fit(wanted: list[_Wanted], manner: Manner, short: int, measure: float, room: float, warnings: list[str]) -> list[_Set]:
    """The block at the largest size at which it fits; at the smallest, words go, from the longest paragraph first."""
    whole = _sized(wanted, manner, short, measure, room)
    if whole is not None:
        return whole
    texts = {item[0]: item[1].text for item in wanted}
    block = [_cut(item, manner, short, measure) for item in wanted]
    while _height(block, manner, short) > room and any(len(item.rows) > 1 for item in block):
        longest = max(block, key=lambda item: (len(item.rows), item.size))
        voice = replace(longest.voice, max_lines=len(longest.rows) - 1)
        again = _cut((longest.source, longest.line, voice, longest.font), manner, short, measure)
        block = [replace(again, voice=voice) if item is longest else item for item in block]
    while _height(block, manner, short) > room and len(block) > 1:
        block = block[:-1] if block[-1].line.role != "cta" else [*block[:-2], block[-1]]
    for item in wanted:
        left = [b for b in block if b.source == item[0]]
        if not left:
            warnings.append(f"There was no room for “{texts[item[0]]}”; it was left out.")
        elif (kept := left[0].line.text) != texts[item[0]]:
            warnings.append(f"“{texts[item[0]]}” was too long for the picture and was shortened to “{kept}”.")
    # With fewer words, what was never too long may be large again.
    kept_items = [(item.source, item.line, item.voice, item.font) for item in block]
    return _sized(kept_items, manner, short, measure, room) or block


def _sized(wanted: list[_Wanted], manner: Manner, short: int, measure: float, room: float) -> list[_Set] | None:
    """Every line at the largest size, the same share of its own at most, at which all of them fit the room."""
    for scale in _STEPS:
        tried = [_largest(item, manner, short, measure, scale) for item in wanted]
        fitting = [item for item in tried if item]
        if len(fitting) == len(tried) and _height(fitting, manner, short) <= room:
            return fitting
    return None


def _largest(item: _Wanted, manner: Manner, short: int, measure: float, at_most: float) -> _Set | None:
    """At the largest size that fits; a little smaller still where that saves a short last word from standing alone."""
    found = [got for scale in _STEPS if scale <= at_most + 1e-9 and (got := _at(item, manner, short, measure, scale))]
    return next((got for got in found if not got.lonely), found[0] if found else None)


def _at(item: _Wanted, manner: Manner, short: int, measure: float, scale: float) -> _Set | None:
    source, line, voice, font = item
    size = voice.size * short * scale
    button = manner.button if line.role == "cta" else manner.badge if line.role == "badge" else None
    empty = _Set(source, line, voice, font, size, ("",), button)
    rows = breaking.break_lines(
        line.text, lambda text: glyphs.advance(font, size, text, voice.tracking), measure - 2 * empty.pad[0], voice.max_lines
    )
    return replace(empty, rows=rows) if rows else None


def _cut(item: _Wanted, manner: Manner, short: int, measure: float) -> _Set:
    """At the smallest size, with as many words as go in."""
    source, line, voice, font = item
    whole = _at(item, manner, short, measure, SMALLEST)
    if whole:
        return whole

    def fits(text: str) -> bool:
        return _at((source, replace(line, text=text), voice, font), manner, short, measure, SMALLEST) is not None

    text = breaking.shortened(line.text, fits)
    cut = _at((source, replace(line, text=text), voice, font), manner, short, measure, SMALLEST)
    assert cut is not None, "an ellipsis alone always fits"
    return cut


def _ruled(above: _Set, below: _Set, manner: Manner) -> bool:
    return manner.ruled and above.line.role == "brand" and below.line.role in ("headline", "body")


def _gap(above: _Set, below: _Set, manner: Manner, short: int) -> float:
    if _ruled(above, below, manner):
        return 2 * _RULE_GAP * short + above.hang
    return _GAPS.get((above.line.role, below.line.role), _DEFAULT_GAP) * short + 0.6 * above.hang


def _height(items: list[_Set], manner: Manner, short: int) -> float:
    if not items:
        return 0.0
    gaps = sum(_gap(a, b, manner, short) for a, b in pairwise(items))
    return sum(item.height for item in items) + gaps + items[0].rise + items[-1].hang


def _place(
    title: Title,
    block: list[_Set],
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
    free = max(0.0, bottom - top - _height(block, manner, short))
    y = top + block[0].rise + free * {"top": 0.0, "center": 0.47, "bottom": 1.0}[title.position]
    axis = width / 2
    lines: list[SetLine] = []
    shapes: list[Shape] = []
    for k, item in enumerate(block):
        if k:
            above = block[k - 1]
            gap = _gap(above, item, manner, short)
            if _ruled(above, item, manner):
                middle, thick = y + (gap + above.hang) / 2, max(1.5, 0.0016 * short)
                half = _RULE_LENGTH * short / 2
                shapes.append(Shape("rule", axis - half, middle - thick / 2, axis + half, middle + thick / 2, 0, 0, item.source))
            y += gap
        placed = _rows(item, axis, y + item.pad[1])
        lines.extend(placed)
        if item.button:
            shapes.append(_button(item, placed[0], y))
        elif item.line.animation == "underline":
            shapes.append(_underline(item, placed[-1]))
        y += item.height
    boxes = [line.box for line in lines] + [(s.left, s.top, s.right, s.bottom) for s in shapes]
    box = min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)
    return TextLayout(size, tuple(lines), tuple(shapes), box, tuple(warnings))


def _rows(item: _Set, axis: float, top: float) -> list[SetLine]:
    baseline = top + glyphs.cap_height(item.font, item.size)
    placed = []
    for row in item.rows:
        width = glyphs.advance(item.font, item.size, row, item.voice.tracking)
        x = axis - width / 2
        by_letter = unit_of(item.line.animation) == "letter"
        found = glyphs.pieces(item.font, item.size, row, x, item.voice.tracking, by_letter)
        ink: Ink = "label" if item.button and item.button != "hairline" else "type"
        placed.append(SetLine(row, item.font, item.size, item.voice.tracking * item.size, x, baseline, width, found, item.source, ink))
        baseline += item.voice.leading * item.size
    return placed


def _underline(item: _Set, row: SetLine) -> Shape:
    top, thick = row.baseline + _UNDERLINE_AT * item.size, max(1.5, _UNDERLINE_THICK * item.size)
    return Shape("underline", row.x, top, row.x + row.width, top + thick, thick / 2, 0, item.source)


def _button(item: _Set, label: SetLine, top: float) -> Shape:
    across, _ = item.pad
    height = item.height
    radius = {"hairline": 0.0, "pill": height / 2, "soft": 0.16 * height, "block": 0.0}[item.button or "block"]
    stroke = max(1.5, 0.068 * item.size) if item.button == "hairline" else 0.0
    return Shape("button", label.x - across, top, label.x + label.width + across, top + height, radius, stroke, item.source)
