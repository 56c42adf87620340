"""What results say of hooks, calls, shapes and stories, and what to test next. Pure; knows no files and no database.

Ads of one set are pooled by what they have in common. Platforms choose who sees which ad, so a difference is observed, not caused; with
several comparisons at once each is made stricter (Bonferroni), so that all of them hold together with 95 %.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from studio.services.results_reading import NAME, Row
from studio.services.results_statistics import better, needed, newcombe, wilson

FACTORS = ("hook", "call", "aspect", "framework")
SHAPE = re.compile(r"^(\d+)x(\d+)$")
FEWEST_SHOWN, FEWEST_HITS = 1_000, 10
"""Impressions and clicks (or what is counted) below which nothing is said of a choice."""
WORTH = 0.2
"""A relative difference that is worth finding, where a smaller one was seen."""
TAKEN = 0.95


@dataclass(frozen=True)
class Level:
    """One choice: "A", "9x16". share: hits / shown, interval: of 95 %. enough: whether anything can be said of it."""

    name: str
    ads: int
    shown: int
    hits: float
    share: float
    interval: tuple[float, float]
    enough: bool


@dataclass(frozen=True)
class Against:
    """The best choice against another. interval: of the difference, as strict as `confidence`; likely: that the best is better, 0..1, by
    this comparison alone."""

    other: str
    interval: tuple[float, float]
    confidence: float
    likely: float


@dataclass(frozen=True)
class Finding:
    """One factor of one set, best choice first. verdict: "too few", "undecided", "decided", or "one choice"; words: it in a sentence.
    confounded: factors of which some choices went with only some of this one's. each: impressions that every choice still needs in all."""

    set: str
    factor: str
    levels: tuple[Level, ...]
    against: tuple[Against, ...]
    verdict: str
    words: str
    confounded: tuple[str, ...]
    each: int | None


@dataclass(frozen=True)
class Next:
    """What to test next with a set."""

    set: str
    factor: str
    words: str
    each: int | None


def factors_of(name: str) -> dict[str, str] | None:
    """{"set", "hook", "call", "aspect", "framework"} that a name of ours tells; None for any other name."""
    found = NAME.fullmatch(name)
    return None if found is None else {**found.groupdict(), "set": f"{found['set']}_v{name.rpartition('_v')[2]}"}


def findings(rows: Iterable[Row], counted: str = "clicks") -> tuple[Finding, ...]:
    """Of every set and factor. counted: clicks, views or conversions, each of the impressions; rows that do not tell it are left out."""
    sets: dict[str, list[tuple[Mapping[str, str], Row]]] = defaultdict(list)
    for row in rows:
        factors = factors_of(row.name)
        if factors is not None and getattr(row, counted) is not None and row.impressions:
            sets[factors["set"]].append((factors, row))
    return tuple(_finding(name, factor, known, counted) for name, known in sorted(sets.items()) for factor in FACTORS)


def suggestions(found: Sequence[Finding]) -> tuple[Next, ...]:
    """One for each set: the open question with the most to gain, else what was not varied yet."""
    return tuple(_next([one for one in found if one.set == name]) for name in dict.fromkeys(one.set for one in found))


def said(choice: str) -> str:
    """ "9x16", as a file can be named, as people write it."""
    return SHAPE.sub(r"\1:\2", choice)


def _finding(name: str, factor: str, known: Sequence[tuple[Mapping[str, str], Row]], counted: str) -> Finding:
    by: dict[str, list[Row]] = defaultdict(list)
    for factors, row in known:
        by[factors[factor]].append(row)
    levels = sorted((_level(choice, rows, counted) for choice, rows in by.items()), key=lambda level: -level.share)
    if len(levels) == 1:
        return Finding(name, factor, tuple(levels), (), "one choice", f"Only one {factor} was shown.", (), None)
    best, others = levels[0], levels[1:]
    confidence = 1 - (1 - TAKEN) / len(others)
    against = tuple(
        Against(
            other.name,
            newcombe(best.hits, best.shown, other.hits, other.shown, confidence),
            confidence,
            better(round(best.hits), best.shown, round(other.hits), other.shown),
        )
        for other in others
    )
    confounded = tuple(other for other in FACTORS if other != factor and _goes_with(known, factor, other))
    few = [level.name for level in levels if not level.enough]
    each = None
    if few:
        verdict = "too few"
        words = f"Too few to say: {', '.join(map(said, few))} has under {FEWEST_SHOWN:,} impressions or under {FEWEST_HITS} {counted}."
    elif all(one.interval[0] > 0 for one in against):
        verdict, words = "decided", f"{factor.capitalize()} {said(best.name)} did better than the rest."
    else:
        verdict, words = "undecided", f"{factor.capitalize()} {said(best.name)} is ahead, within what chance explains."
    if verdict != "decided":
        base = sum(level.hits for level in levels) / sum(level.shown for level in levels)
        second = max(base, others[0].share)
        each = needed(max(best.share, second * (1 + WORTH)), second, alpha=(1 - TAKEN) / len(others)) if 0 < second < 0.8 else None
    if len(others) > 1:
        words += f" {len(others)} comparisons at once: each is held to {confidence:.1%}."
    if confounded:
        words += f" Not apart from {' and '.join(confounded)}: not every choice ran with every other."
    return Finding(name, factor, tuple(levels), against, verdict, words, confounded, each)


def _level(choice: str, rows: Sequence[Row], counted: str) -> Level:
    shown, hits = sum(row.impressions for row in rows), float(sum(getattr(row, counted) for row in rows))
    enough = shown >= FEWEST_SHOWN and hits >= FEWEST_HITS
    return Level(choice, len({row.name for row in rows}), shown, hits, hits / shown, wilson(hits, shown), enough)


def _goes_with(known: Sequence[tuple[Mapping[str, str], Row]], factor: str, other: str) -> bool:
    """Whether some combination of both factors' choices was never shown."""
    pairs = {(factors[factor], factors[other]) for factors, _ in known}
    return len(pairs) < len({a for a, _ in pairs}) * len({b for _, b in pairs})


def _next(found: Sequence[Finding]) -> Next:
    name = found[0].set
    open_ones = [one for one in found if one.verdict in ("too few", "undecided")]
    if open_ones:
        most = max(open_ones, key=lambda one: max(a.interval[1] for a in one.against))
        how = f"about {most.each:,} impressions for each choice in all" if most.each else "more impressions for each choice"
        return Next(name, most.factor, f"Go on with the {most.factor}: it may matter most, and needs {how} (80 % power).", most.each)
    fixed = [one.factor for one in found if one.verdict == "one choice"]
    kept = ", ".join(f"{one.factor} {said(one.levels[0].name)}" for one in found if one.verdict == "decided")
    if fixed:
        return Next(name, fixed[0], f"{f'Keep {kept}. ' if kept else ''}Vary the {fixed[0]} next: it was the same in every ad.", None)
    return Next(name, "hook", f"Keep {kept}; write a new hook against the best one.", None)
