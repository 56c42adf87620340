"""Paragraphs into lines as a typographer breaks them: few, of even length, no word left alone, none ending on "the".

Pure; widths come from the caller as a function.
"""

import re
from collections.abc import Callable
from functools import cache
from itertools import pairwise

Width = Callable[[str], float]

_LEANING = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "to",
        "in",
        "on",
        "at",
        "by",
        "for",
        "with",
        "and",
        "or",
        "but",
        "your",
        "our",
        "my",
        "is",
        "are",
        "be",
        "as",
        "from",
        "into",
        "der",
        "die",
        "das",
        "und",
        "ein",
        "eine",
        "zu",
        "von",
        "mit",
        "le",
        "la",
        "les",
        "un",
        "une",
        "et",
        "de",
        "du",
    ]
)

# Chinese and Japanese: lines may be broken between any two letters, but for these marks. Korean has spaces.
_IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u3000-\u303f\uff00-\uffef]")
_NOT_FIRST = frozenset("、。，．・：；？！）］｝〉》」』】〕ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ…”’%％")
_NOT_LAST = frozenset("（［｛〈《「『【〔“‘￥＄")


def polish(text: str) -> str:
    """Typographer's characters for typist's ones: curly quotes, en dashes, a minus, an ellipsis; single spaces."""
    text = " ".join(text.split())
    text = re.sub(r"\.\.\.+", "…", text)
    text = re.sub(r"(?<=\s)-{1,2}(?=\s)", "–", text)
    text = re.sub(r"(?<!\S)-(?=\d)", "−", text)
    text = re.sub(r"(?<=\w)'(?=\w)|(?<=\w)'(?=\s|$)", "’", text)
    text = re.sub(r'(^|[\s(\[–])"', r"\1“", text).replace('"', "”")
    return re.sub(r"(^|[\s(\[–])'", r"\1‘", text).replace("'", "’")


def break_lines(text: str, width: Width, measure: float, max_lines: int) -> tuple[str, ...] | None:
    """The fewest lines no wider than `measure`, and of all ways to break into so many the most even; None if there is none.

    A break that leaves one short word alone on the last line, or a leaning word at the end of a line, is taken only when no
    other exists.
    """
    words = units(text)
    for n in range(1, min(max_lines, len(words)) + 1):
        best = _best(words, width, measure, n)
        if best:
            return best
    return None


def units(text: str) -> list[str]:
    """What stays together when a paragraph is broken: words with the space after them, and in writing without spaces single letters;
    a mark that may not begin a line stays with what is before it, one that may not end a line with what follows."""
    found: list[str] = []
    for word in re.findall(r"\S+\s*", text):
        part = ""
        for c in word:
            apart = bool(part) and (_IDEOGRAPH.match(c) or _IDEOGRAPH.match(part[-1])) and c not in _NOT_FIRST and part[-1] not in _NOT_LAST
            if apart and not c.isspace():
                found.append(part)
                part = ""
            part += c
        found.append(part)
    return found


def _best(words: list[str], width: Width, measure: float, n: int) -> tuple[str, ...] | None:
    """Least sum of squares of slack against the mean line, by dynamic programming over (first word, lines left)."""
    goal = width("".join(words).rstrip()) / n

    @cache
    def cost(i: int, j: int, last: bool) -> float:
        line = "".join(words[i:j]).rstrip()
        wide = width(line)
        if wide > measure:
            return float("inf")
        uneven = ((wide - goal) / max(goal, 1e-6)) ** 2
        leaning = 0.15 * (not last and words[j - 1].lower().strip(",.;: ") in _LEANING)
        alone = 1.5 * (last and j - i == 1 and len(words) > 2 and wide < 0.6 * goal)
        return uneven + leaning + alone + 0.02 * (last and wide > goal)

    @cache
    def solve(i: int, left: int) -> tuple[float, tuple[int, ...]]:
        if left == 1:
            return cost(i, len(words), True), ()
        options = []
        for j in range(i + 1, len(words) - left + 2):
            rest, breaks = solve(j, left - 1)
            options.append((cost(i, j, False) + rest, (j, *breaks)))
        return min(options)

    total, breaks = solve(0, n)
    if total == float("inf"):
        return None
    edges = (0, *breaks, len(words))
    return tuple("".join(words[i:j]).rstrip() for i, j in pairwise(edges))


def shortened(text: str, fits: Callable[[str], bool]) -> str:
    """The longest beginning of `text` that fits with an ellipsis, cut at a word; inside one when even the first is too long."""
    words = text.rstrip("…").split(" ")
    for n in range(len(words) - 1, 0, -1):
        while n > 1 and words[n - 1].lower() in _LEANING:
            n -= 1
        tried = " ".join(words[:n]).rstrip(" ,;:–.") + "…"
        if fits(tried):
            return tried
    for n in range(len(words[0]) - 1, 0, -1):
        if fits(words[0][:n] + "…"):
            return words[0][:n] + "…"
    return "…"
