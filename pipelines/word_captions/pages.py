"""Which words of a cue stand together, from when to when: a page is all that is seen of it at once. Pure; it measures with the typefaces.

A sentence that stands on the picture as a title while it is said is no page: it is there to be read already. Nor are words that are hidden.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from pipelines.captions import breaking, glyphs
from pipelines.edl import Title
from pipelines.word_captions.cue import Captioning, CaptionWord, Cue, runs
from pipelines.word_captions.styles import STYLES, WordStyle
from pipelines.word_captions.weights import ends_a_sentence, rest_after

PAUSE_FRAMES = 20
"""When nothing is said for longer than this, a page does not wait for the next one."""

STAYS_FRAMES = 8


@dataclass(frozen=True)
class Page:
    """What is seen at once. start, n_frames: frames of the film. words: their starts count from the page's. rows: how many of the words
    stand in each line. first: which word of its cue its first one is."""

    start: int
    n_frames: int
    words: tuple[CaptionWord, ...]
    rows: tuple[int, ...]
    font: Path
    size: float
    first: int = 0

    @property
    def end(self) -> int:
        """The frame after its last."""
        return self.start + self.n_frames


def pages_of(cue: Cue, captioning: Captioning, titles: Sequence[Title], size: tuple[int, int], measure: float) -> list[Page]:
    """The pages of one cue. titles: of the film. size: (width, height) of the picture; measure: the widest line, pixels."""
    style = STYLES[captioning.style]
    typed = in_type(cue, titles)
    apart = [sentence for sentence in _sentences(cue) if sentence not in typed]
    drawn = [(a + c, a + d) for a, b in apart for c, d in runs(cue.words[a:b])]
    found: list[Page] = []
    for a, b in drawn if style.words else _joined(cue, drawn, captioning, style, size, measure):
        font, px = _set_in(cue.words[a:b], captioning, style, size)
        for lines in _parts(cue.words[a:b], style, font, px, min(measure, style.ems * px)):
            part = sum(lines, ())
            first = part[0].start
            shown = tuple(CaptionWord(_shown(word, style), word.start - first, word.n_frames) for word in part)
            widest = max(glyphs.advance(font, px, _text(line)) for line in lines)
            scaled = px * min(1.0, measure / max(widest, 1.0))
            found.append(Page(cue.start + first, part[-1].end - first, shown, tuple(len(line) for line in lines), font, scaled, a))
            a += len(part)
    return _lasting(found, cue)


def in_type(cue: Cue, titles: Sequence[Title]) -> list[tuple[int, int]]:
    """(first, beyond the last) word of each sentence that is not drawn, because it stands there as type."""
    return [(a, b) for a, b in _sentences(cue) if stands_in_type(_text(cue.words[a:b]), _during(cue, a, b, titles))]


def stands_in_type(sentence: str, titles: Sequence[Title]) -> bool:
    """Whether one of the titles says this sentence; of an empty one, True."""
    said = _plain(sentence)
    return not said or any(f" {said} " in f" {_plain(' '.join(line.text for line in title.lines))} " for title in titles)


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", breaking.polish(text).casefold()))


def _text(words: Sequence[CaptionWord]) -> str:
    return "".join(word.text for word in words).strip()


def _sentences(cue: Cue) -> list[tuple[int, int]]:
    ends = [i + 1 for i, word in enumerate(cue.words) if ends_a_sentence(word.text)]
    bounds = sorted({0, *ends, len(cue.words)})
    return list(pairwise(bounds))


def _during(cue: Cue, a: int, b: int, titles: Sequence[Title]) -> list[Title]:
    """Titles that are on screen when the words a..b are said, or appear with them."""
    start, end = cue.start + cue.words[a].start, cue.start + cue.words[b - 1].end
    return [title for title in titles if title.start < end and title.start + title.n_frames > start]


def _joined(
    cue: Cue, sentences: Sequence[tuple[int, int]], captioning: Captioning, style: WordStyle, size: tuple[int, int], measure: float
) -> list[tuple[int, int]]:
    """Short sentences that fit one line, said one right after the other, are seen together."""
    found: list[tuple[int, int]] = []
    for a, b in sentences:
        near = bool(found) and found[-1][1] == a and cue.words[a].start - cue.words[a - 1].end <= PAUSE_FRAMES
        together = cue.words[found[-1][0] if near else a : b]
        font, px = _set_in(together, captioning, style, size)
        if near and glyphs.advance(font, px, _text(together)) <= min(measure, style.ems * px):
            found[-1] = found[-1][0], b
        else:
            found.append((a, b))
    return found


def _set_in(words: Sequence[CaptionWord], captioning: Captioning, style: WordStyle, size: tuple[int, int]) -> tuple[Path, float]:
    """(typeface, em in pixels): the ad's own face, in a size that looks as large as another's."""
    font, _ = glyphs.face(captioning.type, style.face, _text(words))
    px = style.size * min(size)
    cap = glyphs.cap_height(font, 1000) / 700
    return font, px / max(0.8, min(1.25, cap))


def _shown(word: CaptionWord, style: WordStyle) -> str:
    """Of a word that stands alone, large, commas and full stops are noise."""
    bare = word.text.rstrip()
    space = word.text[len(bare) :]
    return (re.sub(r"(?<=\w)[.,;:、，。]+$", "", bare) if style.pops else bare) + space


Lines = tuple[tuple[CaptionWord, ...], ...]


def _parts(words: Sequence[CaptionWord], style: WordStyle, font: Path, px: float, measure: float) -> list[Lines]:
    """The words of a sentence as they stand together: few at a time in one style, a line or two in the others."""
    if style.words:
        return [(part,) for part in _few(words, style, font, px, measure)]
    lines = _lines(words, font, px, measure)
    return [tuple(lines[i : i + style.rows]) for i in range(0, len(lines), style.rows)]


def _few(words: Sequence[CaptionWord], style: WordStyle, font: Path, px: float, measure: float) -> list[tuple[CaptionWord, ...]]:
    """One to three words; a part ends with a mark, or where it would become too wide, and the parts between marks are even."""
    clauses: list[list[CaptionWord]] = [[]]
    for word in words:
        clauses[-1].append(word)
        if rest_after(word.text):
            clauses.append([])
    found: list[tuple[CaptionWord, ...]] = []
    for clause in filter(None, clauses):
        wide = measure
        while (lines := _lines(clause, font, px, wide)) and max(map(len, lines)) > style.words:
            wide *= 0.92
        found += lines
    return found


def _lines(words: Sequence[CaptionWord], font: Path, px: float, measure: float) -> list[tuple[CaptionWord, ...]]:
    """Even lines no wider than `measure`; a word that is wider stands alone."""
    text = "".join(word.text for word in words)
    broken = breaking.break_lines(text, lambda part: glyphs.advance(font, px, part), measure, len(words))
    if broken is None:
        return [(word,) for word in words]
    found: list[tuple[CaptionWord, ...]] = []
    left = list(words)
    for line in broken:
        taken: list[CaptionWord] = []
        while left and (not taken or len(_text(taken)) < len(line)):
            taken.append(left.pop(0))
        found.append(tuple(taken))
    return found


def _lasting(pages: list[Page], cue: Cue) -> list[Page]:
    """Each page until the next one, the last one until the cue is over; over a long pause it goes, and where words come that are hidden."""
    found: list[Page] = []
    for i, page in enumerate(pages):
        after = pages[i + 1].start if i + 1 < len(pages) else cue.end
        end = after if after - page.end <= PAUSE_FRAMES or i + 1 == len(pages) else page.end + STAYS_FRAMES
        following = cue.words[page.first + len(page.words) :][:1]
        if following and following[0].hidden:
            end = min(end, cue.start + following[0].start)
        start = cue.start if not i and page.words[0].start == 0 and page.start - cue.start <= 2 else page.start
        shift = page.start - start
        words = tuple(CaptionWord(word.text, word.start + shift, word.n_frames) for word in page.words)
        found.append(replace(page, start=start, n_frames=end - start, words=words))
    return found
