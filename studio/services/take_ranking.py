"""Which take of an iteration is best, from what each measured: eval's ranking, and the rules of marking one. Knows no database.

decided                    the first is marked
too close to call          nobody is marked: the person picks
the only one there is      it is marked, undecided: somebody has to be the version
degenerate, not measured   never marked, and last
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from eval.ranking import PartScore
    from eval.scores import Scores


@dataclass(frozen=True)
class Ranked:
    """told: {"sentence", "decided", "margin", "interval"}. best: the take to mark, None for none. order: ids, best first. overall: 0..1 by
    id, without those that have none; parts: of it; exact: overall of those whose parts are VBench's own, every one."""

    told: dict[str, Any]
    best: str | None
    order: tuple[str, ...]
    overall: Mapping[str, float]
    parts: Mapping[str, list[dict[str, Any]]]
    exact: Mapping[str, float]


def ranked(scores: "Mapping[str, Scores]", ids: Sequence[str], names: Mapping[str, str], weights: Mapping[str, float]) -> Ranked:
    """Rank takes. scores: by id, of those that were measured; ids: all that are there, in the order they were made. names: what the
    sentence calls them. weights: as eval.ranking.rank takes them, {} for its own."""
    from eval.ranking import rank

    measured = [id for id in ids if id in scores]
    if not measured:
        sentence = "None of these takes could be measured; choose by eye." if ids else "There is no take to compare."
        return Ranked(_told(sentence), None, tuple(ids), {}, {}, {})
    ranking = rank([scores[id] for id in measured], weights=weights or None, names=[names[id] for id in measured])
    rows = [(measured[attempt.index], attempt) for attempt in ranking.attempts]
    overall = {id: attempt.overall for id, attempt in rows if attempt.overall is not None}
    alone = len(overall) == 1 and len(ids) == 1
    best = rows[0][0] if overall and (ranking.decided or alone) else None
    unmeasured = [id for id in ids if id not in scores]
    sentence = ranking.sentence
    if unmeasured:
        called = ", ".join(names[id] for id in unmeasured)
        sentence = f"{sentence} Not measured, and therefore last: {called}."
    exact = {id: attempt.overall for id, attempt in rows if attempt.overall is not None and _is_vbench(attempt.parts)}
    return Ranked(
        _told(sentence, ranking.decided, ranking.margin, ranking.interval),
        best,
        (*(id for id, _ in rows), *unmeasured),
        overall,
        {id: [asdict(part) for part in attempt.parts] for id, attempt in rows},
        exact,
    )


def parts_alone(scores: "Scores", weights: Mapping[str, float]) -> tuple[float | None, list[dict[str, Any]]]:
    """The score of one take before there are others to compare it with, and its parts."""
    from eval.ranking import compared

    attempt = compared([scores], weights or None)[0]
    return attempt.overall, [asdict(part) for part in attempt.parts]


def _is_vbench(parts: "Sequence[PartScore]") -> bool:
    counting = [part for part in parts if part.weight]
    return bool(counting) and all(part.measure.startswith("vbench.") for part in counting)


def _told(sentence: str, decided: bool = False, margin: float | None = None, interval: tuple[float, float] | None = None) -> dict[str, Any]:
    return {"sentence": sentence, "decided": decided, "margin": margin, "interval": list(interval) if interval else None}
