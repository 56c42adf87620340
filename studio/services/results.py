"""Results of ads, kept: what a platform's file told of each ad, joined with the person's own ads by their names. Knows no HTTP.

    CSV ─▶ rows ─▶ import with its rows ─▶ findings and what to test next, weighed anew whenever they are asked for

A file that was brought before is not kept twice. Rows outlive the ads they tell of: what was learned stays.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Literal, get_args

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from studio.errors import InputRefused, NotFound, NotYours
from studio.services.plain_text import plain_text
from studio.services.results_findings import Finding, Next, factors_of, findings, suggestions
from studio.services.results_reading import Problem, Row, read_results
from studio.store.database import Database
from studio.store.tables import Generation, ResultImport, ResultRow, VariantCell, is_id, new_id
from studio.store.times import Clock, utc_now

Counted = Literal["clicks", "views", "conversions"]
COUNTED: tuple[Counted, ...] = get_args(Counted)
MOST_FILE_BYTES = 5_000_000
MOST_IMPORTS, MOST_PROBLEMS = 200, 100
LARGEST = 10**12
"""Of any figure; beyond it a file is not to be believed, and a database not to be trusted with it."""


@dataclass(frozen=True)
class ResultsTold:
    """One import. countable: what its rows tell often enough to be counted; counted: what the findings count."""

    file: ResultImport
    counted: Counted
    countable: tuple[Counted, ...]
    findings: tuple[Finding, ...]
    next: tuple[Next, ...]


class Results:
    """Thread-safe."""

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        self._database, self._clock = database, clock

    def bring(self, user_id: str, data: bytes, file_name: str = "") -> ResultsTold:
        """Keep a platform's file; one that the user brought before is told again. Raises InputRefused."""
        if len(data) > MOST_FILE_BYTES:
            raise InputRefused(f"A results file has at most {MOST_FILE_BYTES // 1_000_000} MB; export a shorter time.", field="file")
        digest = hashlib.sha256(data).hexdigest()
        read = read_results(data)
        rows = [row for row in read.rows if _believable(row)]
        doubts = [Problem(row.line, f"{row.name}: a figure is too large to be true.") for row in read.rows if not _believable(row)]
        with self._database.writing(lock=f"user:{user_id}") as session:
            mine = ResultImport.user_id == user_id
            there = session.scalar(select(ResultImport.id).where(mine, ResultImport.digest == digest))
            if there is None:
                if (session.scalar(select(func.count()).where(mine)) or 0) >= MOST_IMPORTS:
                    raise InputRefused(f"There are {MOST_IMPORTS} results files; remove one first.", field="file")
                ads = _ads(session, user_id, [row.name for row in rows])
                there = new_id()
                session.add(
                    ResultImport(
                        id=there,
                        user_id=user_id,
                        platform=read.platform,
                        file_name=plain_text(file_name)[:160] or "results.csv",
                        digest=digest,
                        columns=read.columns,
                        problems=[asdict(one) for one in sorted([*read.problems, *doubts], key=lambda one: one.line)[:MOST_PROBLEMS]],
                        n_rows=len(rows),
                        n_known=sum(row.name in ads for row in rows),
                        created_at=self._clock(),
                    )
                )
                session.flush()
                session.add_all(_kept(there, row, ads.get(row.name)) for row in rows)
        return self.one(user_id, there)

    def listed(self, user_id: str) -> tuple[ResultImport, ...]:
        """The user's imports, newest first."""
        order = ResultImport.created_at.desc(), ResultImport.id
        with self._database.reading() as session:
            return tuple(session.scalars(select(ResultImport).where(ResultImport.user_id == user_id).order_by(*order)))

    def one(self, user_id: str, import_id: str, counted: Counted = "clicks") -> ResultsTold:
        """An import and what it says. Raises NotFound, NotYours."""
        with self._database.reading() as session:
            file = _owned(session, user_id, import_id)
            kept = session.scalars(select(ResultRow).where(ResultRow.import_id == import_id).order_by(ResultRow.line))
            rows = [Row(r.line, r.name, r.impressions, r.clicks, r.views, r.conversions, r.spend) for r in kept]
        ours = [row for row in rows if factors_of(row.name) is not None]
        found = findings(rows, counted)
        return ResultsTold(file, counted, tuple(one for one in COUNTED if _told(ours, one)), found, suggestions(found))

    def remove(self, user_id: str, import_id: str) -> None:
        """Remove an import and its rows. Raises NotFound, NotYours."""
        with self._database.writing() as session:
            _owned(session, user_id, import_id)
            session.execute(delete(ResultRow).where(ResultRow.import_id == import_id))
            session.execute(delete(ResultImport).where(ResultImport.id == import_id))


def _owned(session: Session, user_id: str, import_id: str) -> ResultImport:
    file = session.get(ResultImport, import_id) if is_id(import_id) else None
    if file is None:
        raise NotFound("There are no such results.")
    if file.user_id != user_id:
        raise NotYours("These results belong to somebody else.")
    return file


def _ads(session: Session, user_id: str, names: Sequence[str]) -> dict[str, str]:
    """The user's ads of these names; of several with one name, the newest."""
    cells = (
        select(VariantCell.name, VariantCell.generation_id)
        .join(Generation, Generation.id == VariantCell.generation_id)
        .where(Generation.user_id == user_id)
        .order_by(Generation.created_at)
    )
    wanted = set(names)
    return {name: id for name, id in session.execute(cells) if name in wanted}


def _kept(import_id: str, row: Row, generation_id: str | None) -> ResultRow:
    return ResultRow(
        import_id=import_id,
        line=row.line,
        name=row.name,
        generation_id=generation_id,
        factors=factors_of(row.name),
        impressions=row.impressions,
        views=row.views,
        clicks=row.clicks,
        conversions=row.conversions,
        spend=row.spend,
    )


def _believable(row: Row) -> bool:
    return row.impressions < LARGEST and (row.spend or 0) < LARGEST


def _told(rows: Sequence[Row], counted: Counted) -> bool:
    return any(getattr(row, counted) is not None for row in rows)
