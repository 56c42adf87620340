"""What each finished attempt measured, kept in this process as columns of numbers, so that the Quality page reads a row once and not at
every look. Works on ids and numbers; which attempts are asked for is the database's to say, every time.

    attempts in the scope (database) ─▶ rows of the columns ─▶ cells, as dashboard_measures.py counts them in SQL
          unknown ones ──▶ read once

Nothing kept here goes stale: an attempt is measured while it is being made, and its measures never change once it is finished
(studio.services.takes_keeper.TakesKeeper.deliver). One that was removed is asked for no more.
"""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from threading import Lock
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from studio.services.dashboard_measures import APART, BEYOND, CELLS, LEAST, Cell
from studio.services.dashboard_scope import Scope, attempts_in
from studio.services.dashboard_takes import FINAL
from studio.store.tables import AttemptMetric, VideoAttempt

if TYPE_CHECKING:
    from numpy import ndarray

MOST_PEOPLE = 16
FEW = 400
"""Unknown attempts up to which they are asked for by their ids."""
SPARE = 1.5


class Columns:
    """The columns of the people who looked last. Thread-safe."""

    def __init__(self) -> None:
        self._people: OrderedDict[str, _Person] = OrderedDict()
        self._lock = Lock()

    def cells(self, session: Session, scope: Scope) -> tuple[Mapping[str, list[Cell]], Mapping[str, int]]:
        """By a measure's name: the cells of what the attempts in the scope measured, and the first row that tells of it."""
        wanted = session.execute(select(VideoAttempt.id, FINAL).where(*attempts_in(scope))).tuples().all()
        with self._lock:
            person = self._people.setdefault(scope.user_id, _Person())
            self._people.move_to_end(scope.user_id)
            while len(self._people) > MOST_PEOPLE:
                self._people.popitem(last=False)
            unknown = [id for id, _ in wanted if id not in person.place]
            if unknown:
                person.learn(unknown, _read(session, scope, unknown))
            return person.cells([person.place[id] for id, _ in wanted], [final for _, final in wanted])


def _read(session: Session, scope: Scope, unknown: Sequence[str]) -> Sequence[tuple[str, str, float | None, int]]:
    m = AttemptMetric
    query = select(m.attempt_id, m.name, m.value, m.id)
    which = [m.attempt_id.in_(unknown)] if len(unknown) <= FEW else [m.attempt_id == VideoAttempt.id, *attempts_in(scope)]
    rows: Sequence[tuple[str, str, float | None, int]] = session.connection().execute(query.where(*which)).cursor.fetchall()  # as they are
    return rows


class _Person:
    """place: an attempt's row. values: NaN where nothing could be measured; rows: of the table, 0 where there is none."""

    def __init__(self) -> None:
        import numpy as np

        self.place: dict[str, int] = {}
        self.names: dict[str, int] = {}
        self.values: ndarray = np.empty((0, 0))
        self.rows: ndarray = np.empty((0, 0), np.int64)

    def learn(self, attempts: Sequence[str], measured: Sequence[tuple[str, str, float | None, int]]) -> None:
        """Take in what these attempts measured. measured: may tell again of attempts that are known."""
        import numpy as np

        self.place |= {id: len(self.place) + i for i, id in enumerate(attempts)}
        for name in {row[1] for row in measured}:
            self.names.setdefault(name, len(self.names))
        self._grow(len(self.place), len(self.names))
        at = [self.place[row[0]] for row in measured], [self.names[row[1]] for row in measured]
        self.values[at] = np.array([row[2] for row in measured], dtype=float)  # None becomes NaN
        self.rows[at] = [row[3] for row in measured]

    def _grow(self, n: int, k: int) -> None:
        import numpy as np

        there = self.values.shape
        if n <= there[0] and k <= there[1]:
            return
        size = (max(there[0], int(n * SPARE)), max(there[1], k))
        values, rows = np.full(size, np.nan), np.zeros(size, np.int64)
        values[: there[0], : there[1]], rows[: there[0], : there[1]] = self.values, self.rows
        self.values, self.rows = values, rows

    def cells(self, places: Sequence[int], finals: Sequence[int]) -> tuple[Mapping[str, list[Cell]], Mapping[str, int]]:
        import numpy as np

        at, final = np.array(places, np.int64), np.array(finals, np.int64)
        found: dict[str, list[Cell]] = {}
        examples: dict[str, int] = {}
        for name, column in self.names.items():
            rows = self.rows[at, column]
            if not rows.any():
                continue
            values = self.values[at, column]
            there = ~np.isnan(values)
            examples[name] = int(rows[rows > 0].min())
            found[name] = _cells(values[there], final[there])
        return found, examples


def _cells(values: "ndarray", final: "ndarray") -> list[Cell]:
    """As dashboard_measures counts them in SQL, each value multiplied and cut off in the same way."""
    import numpy as np

    if not len(values):
        return []
    stretch = np.searchsorted([up_to for up_to, _ in CELLS], values, side="left")
    per_one = np.array([per_one for _, per_one in CELLS] + [BEYOND])[stretch]
    number = np.floor(values * per_one - LEAST).astype(np.int64) + stretch * APART
    order = np.lexsort((values, number))
    values, final, number = values[order], final[order], number[order]
    begins = np.flatnonzero(np.concatenate(([True], number[1:] != number[:-1])))
    ends = np.append(begins[1:], len(number))
    parts = (
        ends - begins,
        np.add.reduceat(final, begins),
        np.add.reduceat(values, begins),
        np.add.reduceat(values * final, begins),
        values[begins],
        values[ends - 1],
    )
    return [Cell(*cell) for cell in zip(*(part.tolist() for part in parts), strict=True)]
