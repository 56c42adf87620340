"""What scenes say less of where there is no time to read all of it: one thing at a time, in the order in which it is missed least.

A scene's first headline, the brand and the call to action always stay. It knows lines and their roles, not frames.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol

from pipelines.edl import TitleLine, TitleRole
from pipelines.titling import ShotText

_SCORE = re.compile(r"\s*(\d(?:[.,]\d+)?)(?=\D|$)")


class Worded(Protocol):
    """A scene with its lines, shot by shot, as this ad and as others of its set are worded."""

    texts: list[ShotText]
    others: list[list[ShotText]]


def made_to_fit(
    scenes: Sequence[Worded], measured: Callable[[], tuple[list[int], list[int]]]
) -> tuple[list[int], list[int], dict[int, list[str]]]:
    """Take lines out of `scenes`, in place, until each can be read. measured: the frames each has, and needs, as they are worded now.
    -> those of the end, and what went, by scene.

    A scene that is short gives up its own words first; when it has none left to give, the fullest of the others does.
    """
    gone: dict[int, list[str]] = {}
    has, needs = measured()
    while short := [i for i in range(len(scenes)) if has[i] < needs[i]]:
        fullest = sorted(set(range(len(scenes))) - set(short), key=lambda i: -needs[i])
        found = next(((i, less) for i in (*short, *fullest) if (less := lighter(scenes[i].texts))), None)
        if found is None:
            break
        i, (texts, words) = found
        scenes[i].texts = texts
        scenes[i].others = [(lighter(other) or (list(other), ""))[0] for other in scenes[i].others]
        gone.setdefault(i, []).append(words)
        has, needs = measured()
    return has, needs, gone


def lighter(texts: Sequence[ShotText]) -> tuple[list[ShotText], str] | None:
    """`texts` of a scene with one thing less, and its words; None when only what always stays is left.

    Body lines go first, then features beyond the first, then what a rating says besides its stars and number, then how long an offer
    holds, then the last feature, then headlines of later shots.
    """
    lines = [(i, line) for i, text in enumerate(texts) for line in text.lines]
    body, features = _of(lines, "body"), _of(lines, "callout")
    if body or len(features) > 1:
        return _without(texts, *(body or features)[-1])
    for i, line in _of(lines, "rating"):
        if (score := _SCORE.match(line.text)) and score[1] != line.text.strip():
            return _with(texts, i, line, score[1])
    for i, line in _of(lines, "badge"):
        if "," in line.text:
            return _with(texts, i, line, line.text.rpartition(",")[0])
    if features:
        return _without(texts, *features[-1])
    headlines = _of(lines, "headline")
    return _without(texts, *headlines[-1]) if len(headlines) > 1 else None


def _of(lines: Sequence[tuple[int, TitleLine]], role: TitleRole) -> list[tuple[int, TitleLine]]:
    return [found for found in lines if found[1].role == role]


def _without(texts: Sequence[ShotText], at: int, line: TitleLine) -> tuple[list[ShotText], str]:
    kept = tuple(other for other in texts[at].lines if other is not line)
    return [replace(text, lines=kept) if i == at else text for i, text in enumerate(texts)], line.text


def _with(texts: Sequence[ShotText], at: int, line: TitleLine, words: str) -> tuple[list[ShotText], str]:
    kept = tuple(replace(other, text=words) if other is line else other for other in texts[at].lines)
    return [replace(text, lines=kept) if i == at else text for i, text in enumerate(texts)], line.text[len(words) :].strip(" ,")
