"""How the values of each measure are spread: over attempts, over final versions, over finished ads.

A measure is known by its published name, which says whether it is VBench's own, so that those never share an axis with what stands in
for them. One pass of the database counts the values in narrow cells; from the cells, bins with round edges are put together here. Every
edge of a bin is an edge of a cell, so no value is counted in the wrong bin.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Any

from sqlalchemy import ColumnElement, Integer, Subquery, case, cast, func, select
from sqlalchemy.orm import Session

from studio.store.tables import AttemptMetric, QualityMetric

BINS = 20
"""About as many as a measure is given."""
STEPS = (1.0, 2.0, 5.0, 10.0)
CELLS = ((0.01, 10_000.0), (0.1, 2_000.0), (0.9, 200.0), (1.0, 10_000.0), (10.0, 20.0), (100.0, 2.0), (1_000.0, 0.2))
"""(up to this value, cells per one). Most measures end at 1, and good films are close to it, so the last stretch is seen more finely."""
BEYOND = 0.02
"""Cells per one above all of these."""
APART = 10_000_000
"""Between the numbers of one stretch's cells and the next one's."""
LEAST = -1_000_000
NEARLY = 1e-9


@dataclass(frozen=True)
class Bin:
    """Values from lo up to hi (the last bin has its upper edge as well). n: all of them; n_finals: those of final versions."""

    lo: float
    hi: float
    n: int
    n_finals: int


@dataclass(frozen=True)
class Measure:
    """One measure. low, high: its possible range, None where open. direction: higher, lower or neither is better.

    n: values; mean, least, most: of all of them; mean_finals: None when there are none. bins: without gaps, from the least to the most.
    """

    metric: str
    name: str
    kind: str
    direction: str
    low: float | None
    high: float | None
    n: int
    n_finals: int
    mean: float
    mean_finals: float | None
    least: float
    most: float
    bins: tuple[Bin, ...]


@dataclass(frozen=True)
class Missing:
    """A measure that could not be taken of anything, and the reason that was given."""

    metric: str
    name: str
    reason: str


@dataclass(frozen=True)
class Cell:
    """The values in one cell: how many, and of final versions; their sums; the least and the most of them."""

    n: int
    n_finals: int
    total: float
    total_finals: float
    least: float
    most: float


def spread(
    session: Session, table: type[AttemptMetric] | type[QualityMetric], values: Subquery, *, sqlite: bool
) -> tuple[tuple[Measure, ...], tuple[Missing, ...]]:
    """The measures in `values` (columns id, name, value, and final: 0 or 1; rows of `table`), VBench's own first; and those that are in it
    without a single value."""
    return told(session, table, *cells_of(session, values, sqlite=sqlite))


def cells_of(session: Session, values: Subquery, *, sqlite: bool) -> tuple[Mapping[str, list[Cell]], Mapping[str, int]]:
    """By a measure's name: its cells, none where it has no value; and the first row that tells of it."""
    v = values.c
    cell = _cell(v.value, sqlite=sqlite).label("cell")
    sums = (func.count(), func.sum(v.final), func.sum(v.value), func.sum(v.value * v.final), func.min(v.value), func.max(v.value))
    cells: dict[str, list[Cell]] = {}
    examples: dict[str, int] = {}
    for name, number, example, *counted in session.execute(select(v.name, cell, func.min(v.id), *sums).group_by(v.name, cell)):
        examples[name] = min(example, examples.get(name, example))
        found = cells.setdefault(name, [])
        if number is not None:
            found.append(Cell(*counted))
    return cells, examples


def told(
    session: Session, table: type[AttemptMetric] | type[QualityMetric], cells: Mapping[str, Sequence[Cell]], examples: Mapping[str, int]
) -> tuple[tuple[Measure, ...], tuple[Missing, ...]]:
    """What `spread` tells, of these cells. examples: a row of `table` for each measure."""
    rows: Sequence[Any] = session.scalars(select(table).where(table.id.in_(examples.values())).order_by(table.kind, table.name)).all()
    measures = tuple(_measure(row, cells[row.name]) for row in rows if cells[row.name])
    known = {measure.metric for measure in measures}
    gone = (Missing(row.metric, row.name, row.reason) for row in rows if not cells[row.name] and row.metric not in known)
    return measures, tuple(gone)


def _measure(row: AttemptMetric | QualityMetric, cells: Sequence[Cell]) -> Measure:
    n, n_finals = sum(cell.n for cell in cells), sum(int(cell.n_finals) for cell in cells)
    least, most = min(cell.least for cell in cells), max(cell.most for cell in cells)
    return Measure(
        metric=row.metric,
        name=row.name,
        kind=row.kind,
        direction=row.direction,
        low=row.low,
        high=row.high,
        n=n,
        n_finals=n_finals,
        mean=sum(cell.total for cell in cells) / n,
        mean_finals=sum(cell.total_finals for cell in cells) / n_finals if n_finals else None,
        least=least,
        most=most,
        bins=_bins(least, most, cells),
    )


def _bins(least: float, most: float, cells: Sequence[Cell]) -> tuple[Bin, ...]:
    """With round edges, each of them one of the widest cell's."""
    widest = max(_width(least), _width(most))  # a wider one in between would make the bins far wider than itself
    raw = max((most - least) / BINS, widest)
    power = 10.0 ** floor(log10(raw) + NEARLY)
    width = next(power * step for step in STEPS if power * step >= raw * (1 - NEARLY))
    first = floor(least / width + NEARLY)
    number = max(1, ceil(most / width - NEARLY) - first)
    counted = [[0, 0] for _ in range(number)]
    for cell in cells:
        at = counted[min(number - 1, max(0, floor(cell.least / width + NEARLY) - first))]
        at[0] += cell.n
        at[1] += int(cell.n_finals)
    edges = [float(f"{(first + i) * width:.10g}") for i in range(number + 1)]
    return tuple(Bin(edges[i], edges[i + 1], *counted[i]) for i in range(number))


def _width(value: float) -> float:
    return 1 / next((per_one for up_to, per_one in CELLS if value <= up_to), BEYOND)


def _cell(value: ColumnElement[Any], *, sqlite: bool) -> ColumnElement[Any]:
    """The number of the cell that `value` is in; NULL of NULL."""

    def number(per_one: float, stretch: int) -> ColumnElement[Any]:
        at = value * per_one - LEAST  # above zero: SQLite's cast drops what is behind the point, which is the floor there only
        return (cast(at, Integer) if sqlite else cast(func.floor(at), Integer)) + stretch * APART

    return case(
        (value.is_(None), None),
        *((value <= up_to, number(per_one, i)) for i, (up_to, per_one) in enumerate(CELLS)),
        else_=number(BEYOND, len(CELLS)),
    )
