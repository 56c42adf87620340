"""How large a title may be: its lines broken and sized so that all of them fit, words dropped only where nothing else helps.

Pure. A line is broken but not placed here; where it stands is layout's.
"""

from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from pipelines.captions import breaking, glyphs, logos
from pipelines.captions.voices import ButtonKind, Manner, Voice
from pipelines.edl import TitleLine, TitleRole

Wanted = tuple[int, TitleLine, Voice, Path]
"""Which line of the title, its text, and in what it is set."""

SMALLEST = 0.7  # type is set down to this share of its size before words are dropped
_STEPS = tuple(1 - 0.05 * i for i in range(7))
_DEFAULT_GAP = 0.042
LEADS: dict[TitleRole, float] = {"rating": 6.55, "callout": 1.55}  # ems before the type
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
    ("logo", "brand"): 0.044,
    ("logo", "headline"): 0.062,
    ("logo", "body"): 0.056,
    ("logo", "cta"): 0.086,
    ("headline", "callout"): 0.05,
    ("callout", "callout"): 0.036,
    ("logo", "rating"): 0.06,
    ("logo", "badge"): 0.07,
    ("brand", "rating"): 0.056,
    ("brand", "badge"): 0.06,
    ("body", "rating"): 0.05,
    ("rating", "badge"): 0.05,
    ("rating", "cta"): 0.072,
}
RULE_GAP = 0.036
RULE_LENGTH = 0.13
UNDERLINE_AT, UNDERLINE_THICK = 0.2, 0.055  # ems below the baseline


@dataclass(frozen=True)
class SetItem:
    """A line of the title, broken but not placed. source: its index in the title. picture: (width, height) of a logo, (0, 0) for type."""

    source: int
    line: TitleLine
    voice: Voice
    font: Path
    size: float
    rows: tuple[str, ...]
    button: ButtonKind | None
    picture: tuple[float, float] = (0.0, 0.0)

    @property
    def lead(self) -> float:
        """What stands before the type, with the space after it: a rating's stars, a callout's rule."""
        return LEADS.get(self.line.role, 0.0) * self.size

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
        """From the top of the capitals of the first line to the last baseline, with a button's padding; or a picture's own."""
        if self.picture[1]:
            return self.picture[1]
        return glyphs.cap_height(self.font, self.size) + (len(self.rows) - 1) * self.voice.leading * self.size + 2 * self.pad[1]

    @property
    def hang(self) -> float:
        """How far ink reaches below the last baseline."""
        if self.button or self.picture[1]:
            return 0.0
        stroke = (UNDERLINE_AT + UNDERLINE_THICK) * self.size if self.line.animation == "underline" else 0.0
        return max(0.0, stroke, glyphs.ink(self.font, self.size, self.rows[-1]).bottom)

    @property
    def lonely(self) -> bool:
        """Whether one short word stands alone on the last line."""
        widths = [glyphs.advance(self.font, self.size, row, self.voice.tracking) for row in self.rows]
        return len(widths) > 1 and " " not in self.rows[-1] and widths[-1] < 0.36 * max(widths)

    @property
    def rise(self) -> float:
        """How far ink (accents) reaches above the capitals."""
        if self.button or self.picture[1]:
            return 0.0
        return max(0.0, -glyphs.ink(self.font, self.size, self.rows[0]).top - glyphs.cap_height(self.font, self.size))


def fit(wanted: list[Wanted], manner: Manner, short: int, measure: float, room: float, warnings: list[str]) -> list[SetItem]:
    """The block at the largest size at which it fits; at the smallest, words go, from the longest paragraph first."""
    whole = _sized(wanted, manner, short, measure, room)
    if whole is not None:
        return whole
    texts = {item[0]: item[1].text for item in wanted}
    block = [_cut(item, manner, short, measure) for item in wanted]
    while height_of(block, manner, short) > room and any(len(item.rows) > 1 for item in block):
        longest = max(block, key=lambda item: (len(item.rows), item.size))
        voice = replace(longest.voice, max_lines=len(longest.rows) - 1)
        again = _cut((longest.source, longest.line, voice, longest.font), manner, short, measure)
        block = [replace(again, voice=voice) if item is longest else item for item in block]
    while height_of(block, manner, short) > room and len(block) > 1:
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


def _sized(wanted: list[Wanted], manner: Manner, short: int, measure: float, room: float) -> list[SetItem] | None:
    """Every line at the largest size, the same share of its own at most, at which all of them fit the room."""
    for scale in _STEPS:
        tried = [_largest(item, manner, short, measure, scale) for item in wanted]
        fitting = [item for item in tried if item]
        if len(fitting) == len(tried) and height_of(fitting, manner, short) <= room:
            return fitting
    return None


def _largest(item: Wanted, manner: Manner, short: int, measure: float, at_most: float) -> SetItem | None:
    """At the largest size that fits; a little smaller still where that saves a short last word from standing alone."""
    found = [got for scale in _STEPS if scale <= at_most + 1e-9 and (got := _at(item, manner, short, measure, scale))]
    return next((got for got in found if not got.lonely), found[0] if found else None)


def _at(item: Wanted, manner: Manner, short: int, measure: float, scale: float) -> SetItem | None:
    source, line, voice, font = item
    size = voice.size * short * scale
    button = manner.button if line.role == "cta" else manner.badge if line.role == "badge" else None
    empty = SetItem(source, line, voice, font, size, ("",), button)
    if line.image:
        return replace(empty, picture=logos.size_of(Path(line.image), short, measure, scale))
    room = measure - 2 * empty.pad[0] - empty.lead
    rows = breaking.break_lines(line.text, lambda text: glyphs.advance(font, size, text, voice.tracking), room, voice.max_lines)
    return replace(empty, rows=rows) if rows else None


def _cut(item: Wanted, manner: Manner, short: int, measure: float) -> SetItem:
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


def ruled(above: SetItem, below: SetItem, manner: Manner) -> bool:
    """Whether a hairline stands between the two."""
    return manner.ruled and above.line.role in ("brand", "logo") and below.line.role in ("headline", "body")


def gap(above: SetItem, below: SetItem, manner: Manner, short: int) -> float:
    """From the last baseline of the one to the capitals of the other, pixels."""
    if ruled(above, below, manner):
        return 2 * RULE_GAP * short + above.hang
    return _GAPS.get((above.line.role, below.line.role), _DEFAULT_GAP) * short + 0.6 * above.hang


def height_of(items: list[SetItem], manner: Manner, short: int) -> float:
    """Of the whole block, ink and gaps."""
    if not items:
        return 0.0
    gaps = sum(gap(a, b, manner, short) for a, b in pairwise(items))
    return sum(item.height for item in items) + gaps + items[0].rise + items[-1].hang
