"""Where captions stand: in the lower third, inside the safe zone, and clear of every title that is on screen meanwhile. Pure.

top       titles of lit scenes              a cue keeps one place for all of its pages: the lowest that is free, else above
middle    titles of shadow scenes           or below the titles; where there is none it is left out, and people are told
lower ▔▔  captions, unless titles are there
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipelines.captions import glyphs
from pipelines.captions.layout import layout
from pipelines.edl import Edl, Title
from pipelines.word_captions.cue import OFF, CaptionWord, Cue
from pipelines.word_captions.pages import Page, pages_of
from pipelines.word_captions.styles import STYLES, WordStyle

CLEAR = 0.03
"""Of the picture's height, between captions and titles."""

LIFTED = 0.01
"""Of the picture's height, from the safe zone's lower edge to the last line."""

WIDER = 1.5
"""Spaces where words are lit, so that what is lit touches no other word."""

Band = tuple[float, float]
"""(top, bottom) in pixels."""


@dataclass(frozen=True)
class SetWord:
    """A word at its place. x: of its origin; baseline: pixels, y down. start, n_frames: frames of the page in which it is said."""

    text: str
    x: float
    width: float
    baseline: float
    row: int
    start: int
    n_frames: int


@dataclass(frozen=True)
class SetPage:
    """page: what it shows and when. band: (top, bottom) of its lines. box: (left, top, right, bottom) of the ink."""

    page: Page
    words: tuple[SetWord, ...]
    band: Band

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Of all its words."""
        return min(w.x for w in self.words), self.band[0], max(w.x + w.width for w in self.words), self.band[1]


@dataclass(frozen=True)
class Set:
    """Every page of a film in order; warnings: sentences about lines that have no place."""

    pages: tuple[SetPage, ...] = ()
    warnings: tuple[str, ...] = ()


def set_captions(edl: Edl) -> Set:
    """The pages of `edl`, each at its place."""
    how = edl.captioning
    if how.style == OFF:
        return Set()
    style, size = STYLES[how.style], (edl.width, edl.height)
    measure = measure_of(how.style, size, (edl.safe[0], edl.safe[2]))
    found: list[SetPage] = []
    warnings: list[str] = []
    for cue in how.cues:
        pages = pages_of(cue, how, edl.titles, size, measure)
        if not pages:
            continue
        tall = max(_height(page, style) for page in pages)
        bottom = _bottom(tall, _taken(edl, cue), edl)
        if bottom is None:
            warnings.append(f"The caption “{cue.text}” has no room beside the type, so it is not shown.")
            continue
        found += [_set(page, style, bottom, edl.width) for page in pages]
    return Set(tuple(found), tuple(warnings))


def measure_of(style: str, size: tuple[int, int], margins: tuple[float, float]) -> float:
    """The widest line, pixels. size: (width, height) of the picture; margins: of the safe zone, left and right, as fractions."""
    widest = min(size[0] * (1 - 2 * max(margins)), 1.05 * min(size))
    return widest * (0.92 if STYLES[style].lit else 1.0)


def _taken(edl: Edl, cue: Cue) -> list[Band]:
    """What titles take of the height while a cue is on screen, from the top down."""
    margin = CLEAR * edl.height
    during = [title for title in edl.titles if title.start < cue.end and title.start + title.n_frames > cue.start]
    bands = [(box[1] - margin, box[3] + margin) for title in during if (box := _box(title, edl))]
    return sorted(bands)


def _box(title: Title, edl: Edl) -> tuple[float, float, float, float] | None:
    placed = layout(title, edl.width, edl.height, edl.safe)
    return placed.box if placed.lines or placed.shapes else None


def _bottom(tall: float, taken: Sequence[Band], edl: Edl) -> float | None:
    """The lower edge of a block so tall: as low as it may be without touching a title; None where it fits nowhere."""
    top, low = edl.safe[1] * edl.height, (1 - edl.safe[3] - LIFTED) * edl.height
    for bottom in sorted({low, *(band[0] for band in taken if band[0] < low)}, reverse=True):
        if bottom - tall >= top and all(bottom <= a or bottom - tall >= b for a, b in taken):
            return bottom
    return None


def _height(page: Page, style: WordStyle) -> float:
    return (len(page.rows) - 1) * style.leading * page.size + _rise(page) + _hang(page)


def _rise(page: Page) -> float:
    """From the first baseline up: an ascender."""
    return -glyphs.ink(page.font, page.size, "Åd").top


def _hang(page: Page) -> float:
    return glyphs.ink(page.font, page.size, "gp,").bottom


def _set(page: Page, style: WordStyle, bottom: float, width: float) -> SetPage:
    top = bottom - _height(page, style)
    baseline, first = top + _rise(page), 0
    words: list[SetWord] = []
    for row, count in enumerate(page.rows):
        words += _line(page, page.words[first : first + count], row, baseline, width, WIDER if style.lit else 1.0)
        first += count
        baseline += style.leading * page.size
    return SetPage(page, tuple(words), (top, bottom))


def _line(page: Page, words: Sequence[CaptionWord], row: int, baseline: float, width: float, wider: float) -> list[SetWord]:
    """Words beside each other around the picture's axis; a line that runs right to left begins at its right."""
    texts = [word.text for word in words]
    order = visual_order([text.strip() for text in texts])
    gap = wider * (glyphs.advance(page.font, page.size, "n n") - glyphs.advance(page.font, page.size, "nn"))
    wide = [glyphs.advance(page.font, page.size, text.strip()) for text in texts]
    spaces = [gap if text != text.rstrip() else 0.0 for text in texts]
    rightwards = order == list(range(len(texts)))
    between = [(spaces[a] if rightwards else spaces[min(a, b)]) for a, b in pairwise(order)]
    x = width / 2 - (sum(wide) + sum(between)) / 2
    found = []
    for place, i in enumerate(order):
        word = words[i]
        found.append(SetWord(texts[i].strip(), x, wide[i], baseline, row, word.start, word.n_frames))
        x += wide[i] + (between[place] if place < len(between) else 0.0)
    return found


def visual_order(words: Sequence[str]) -> list[int]:
    """From left to right, which word stands where: as they come, or from the right in a line whose first letters run that way; there,
    words of left-to-right writing beside each other keep their order."""
    way = [not glyphs.divisible(word) for word in words]
    strong = [back for word, back in zip(words, way, strict=True) if back or any(c.isalpha() for c in word)]
    if not strong or not strong[0]:
        return _runs(way, list(range(len(words))), True)
    return _runs(way, list(range(len(words))), False)[::-1]


def _runs(way: Sequence[bool], order: list[int], turned: bool) -> list[int]:
    """`order` with each run of words whose `way` is `turned` reversed in place."""
    found: list[int] = []
    run: list[int] = []
    for i in order:
        if way[i] == turned:
            run.append(i)
            continue
        found += [*reversed(run), i]
        run = []
    return [*found, *reversed(run)]
