"""Which part of a person's work the dashboard looks at: a span of days, a model, a tag. Knows no figures.

Everything is said as conditions of SQL, so that the database reads no row that is not asked for, and nobody else's.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import ColumnElement, Date, String, cast, exists, func, select
from sqlalchemy.orm import InstrumentedAttribute

from studio.errors import InputRefused
from studio.store.access import own
from studio.store.tables import Clip, Generation, GenerationGroup, GenerationKind, Status, VideoAttempt

YEARS = range(2000, 2100)
LONGEST = 100
"""Characters of a model's name or a tag."""


@dataclass(frozen=True)
class Scope:
    """first, last: days in UTC, both included; None: no bound. model, tag: "" for any."""

    user_id: str
    first: date | None = None
    last: date | None = None
    model: str = ""
    tag: str = ""


def read_scope(user_id: str, first: str = "", last: str = "", model: str = "", tag: str = "") -> Scope:
    """From what was typed: days as YYYY-MM-DD. Raises InputRefused with the name of what cannot be used: from, to, model or tag."""
    scope = Scope(user_id, _day(first, "from"), _day(last, "to"), _plain(model, "model"), _plain(tag, "tag"))
    if scope.first and scope.last and scope.last < scope.first:
        raise InputRefused("The last day comes before the first; turn them round.", field="to")
    return scope


def attempts_in(scope: Scope, *, whole: bool = True) -> list[ColumnElement[bool]]:
    """Of `VideoAttempt` and its `GenerationGroup`: the person's attempts, as far as they are asked for. whole: only those that were made
    to their end."""
    mine = own(GenerationGroup.user_id, GenerationGroup.team_id, scope.user_id)
    which = [GenerationGroup.id == VideoAttempt.group_id, *mine]
    if whole:
        which.append(VideoAttempt.status == Status.COMPLETED)
    which += _days(scope, VideoAttempt.created_at)
    if scope.model:
        which.append(VideoAttempt.model == scope.model)
    if scope.tag:
        which.append(GenerationGroup.tag == scope.tag)
    return which


def ads_in(scope: Scope) -> list[ColumnElement[bool]]:
    """Of `Generation`: the person's finished ads, without those that a take is edited as. A model: that filmed one of their
    shots. Ads have no tags, so a tag leaves none."""
    mine = own(Generation.user_id, Generation.team_id, scope.user_id)
    which = [*mine, Generation.kind == GenerationKind.AD, Generation.status == Status.COMPLETED, Generation.listed.is_(True)]
    which += _days(scope, Generation.created_at)
    if scope.model:
        which.append(exists(select(Clip.id).where(Clip.generation_id == Generation.id, Clip.model == scope.model)))
    if scope.tag:
        which.append(Generation.id.is_(None))
    return which


def week_of(at: InstrumentedAttribute[datetime], *, sqlite: bool) -> ColumnElement[str]:
    """The Monday of the week (UTC) that `at` lies in, as YYYY-MM-DD."""
    if sqlite:
        return func.date(at, "-6 days", "weekday 1", type_=String)
    return cast(cast(func.date_trunc("week", func.timezone("UTC", at)), Date), String)


def _days(scope: Scope, at: InstrumentedAttribute[datetime]) -> list[ColumnElement[bool]]:
    which: list[ColumnElement[bool]] = []
    if scope.first:
        which.append(at >= _midnight(scope.first))
    if scope.last:
        which.append(at < _midnight(scope.last + timedelta(days=1)))
    return which


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _day(text: str, field: str) -> date | None:
    if not text:
        return None
    try:
        day = datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        raise InputRefused("Write a day as year, month and day, for example 2026-11-25.", field=field) from None
    if day.year not in YEARS:
        raise InputRefused(f"Choose a day between {YEARS.start} and {YEARS.stop - 1}.", field=field)
    return day


def _plain(text: str, field: str) -> str:
    if len(text) > LONGEST or any(c < " " or "\ud800" <= c <= "\udfff" for c in text):  # no database can be asked for some of these
        raise InputRefused(f"A {field} is up to {LONGEST} plain characters.", field=field)
    return text
