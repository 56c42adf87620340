"""Weights of `eval.ranking` learned on this installation: what is in force, what a fit would be, and the way back. Knows no HTTP.

They are learned from choices between attempts at one shot and from nothing else, and put in force only when somebody does so. They are
the installation's, so only its first account may set them; every earlier set stays written down.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from studio.errors import InputRefused, NotReady, NotYours
from studio.store.database import Database
from studio.store.tables import Act, FeedbackEvent, RankingWeights, User, new_id
from studio.store.times import Clock, utc_now

if TYPE_CHECKING:
    from eval.preference import Choice

MOST_CHOICES = 2000
MOST_OF_ONE = 200
"""Choices that are learned from, the latest: of all people, and of each, so that nobody's clicks outweigh everybody's."""

HEAVIEST = 100.0
LOCK = "ranking-weights"


@dataclass(frozen=True)
class Agreement:
    """How often people took the attempt that the program had selected. share None before the first such choice; low, high: 95 %."""

    n: int
    agreed: int
    share: float | None
    low: float
    high: float


@dataclass(frozen=True)
class Weights:
    """given: what the program came with; current: what is in force, by part. fitted_on: choices behind the current ones, 0 when set
    by hand or given. can_set: whether the one who asks may change them.
    """

    given: Mapping[str, float]
    current: Mapping[str, float]
    changed: bool
    fitted_on: int
    told: str
    set_at: datetime | None
    can_set: bool


@dataclass(frozen=True)
class Proposal:
    """What a fit to the choices so far would be. weights: empty with fewer than `needed`. useful: it foretells others."""

    n_choices: int
    needed: int
    weights: Mapping[str, float]
    useful: bool
    sentence: str


@dataclass(frozen=True)
class Learned:
    """All of it, as somebody sees it."""

    agreement: Agreement
    weights: Weights
    proposal: Proposal


class LearnedWeights:
    """The weights of this installation. Thread-safe."""

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        self._database, self._clock = database, clock

    def shown(self, user_id: str) -> Learned:
        """What is in force, how far people agree with it, and what a fit to their choices would be."""
        with self._database.reading() as session:
            events, weights = _choices(session), _weights(session, user_id)
        return Learned(_agreement(events), weights, _proposal(events, weights.given))

    def in_force(self) -> dict[str, float]:
        """What `eval.ranking.rank` is given on this installation; empty while the given weights are in force."""
        with self._database.reading() as session:
            row = _in_force(session)
        return dict(row.weights) if row else {}

    def use_fitted(self, user_id: str) -> None:
        """Put the proposal in force. Raises NotYours, and NotReady while there are too few choices or the fit is of no use."""
        with self._database.writing(lock=LOCK) as session:
            _allowed(session, user_id)
            proposal = _proposal(_choices(session), _given())
            if not proposal.weights or not proposal.useful:
                raise NotReady(proposal.sentence)
            self._put(session, user_id, proposal.weights, proposal.n_choices, proposal.sentence)

    def use(self, user_id: str, weights: Mapping[str, float]) -> None:
        """Put weights in force that somebody chose; parts that are not named keep what was given. Raises NotYours, InputRefused."""
        given = _given()
        if unknown := sorted(set(weights) - set(given)):
            raise InputRefused(f"There is no part {', '.join(unknown)}; there are {', '.join(given)}.", field="weights")
        whole = given | dict(weights)
        if any(not 0 <= weight <= HEAVIEST for weight in whole.values()) or not any(whole.values()):
            raise InputRefused(f"Weights are between 0 and {HEAVIEST:g}, and one of them is more than 0.", field="weights")
        with self._database.writing(lock=LOCK) as session:
            _allowed(session, user_id)
            self._put(session, user_id, whole, 0, "Set by hand.")

    def reset(self, user_id: str) -> None:
        """Back to the given weights; fine when they are in force. What was in force stays written down. Raises NotYours."""
        with self._database.writing(lock=LOCK) as session:
            _allowed(session, user_id)
            self._end(session)

    def _put(self, session: Session, user_id: str, weights: Mapping[str, float], n: int, told: str) -> None:
        self._end(session)
        session.add(RankingWeights(id=new_id(), weights=dict(weights), n_choices=n, told=told[:300], set_by=user_id, set_at=self._clock()))

    def _end(self, session: Session) -> None:
        session.execute(update(RankingWeights).where(RankingWeights.ended_at.is_(None)).values(ended_at=self._clock()))


def _allowed(session: Session, user_id: str) -> None:
    if not _is_first(session, user_id):
        raise NotYours("These weights are the installation's; its first account sets them.")


def _choices(session: Session) -> list[dict[str, Any]]:
    """Details of the choices that count, latest first."""
    latest = select(FeedbackEvent.user_id, FeedbackEvent.details).where(FeedbackEvent.act == Act.CHOICE)
    latest = latest.order_by(FeedbackEvent.at.desc(), FeedbackEvent.id.desc()).limit(MOST_CHOICES)
    seen: dict[str, int] = {}
    found = []
    for person, details in session.execute(latest).tuples():
        seen[person] = seen.get(person, 0) + 1
        if seen[person] <= MOST_OF_ONE:
            found.append(details)
    return found


def _weights(session: Session, user_id: str) -> Weights:
    row, given = _in_force(session), _given()
    can_set = _is_first(session, user_id)
    if row is None:
        return Weights(given, given, False, 0, "", None, can_set)
    return Weights(given, dict(row.weights), True, row.n_choices, row.told, row.set_at, can_set)


def _in_force(session: Session) -> RankingWeights | None:
    return session.scalar(select(RankingWeights).where(RankingWeights.ended_at.is_(None)).order_by(RankingWeights.set_at.desc()).limit(1))


def _is_first(session: Session, user_id: str) -> bool:
    return session.scalar(select(User.id).order_by(User.created_at, User.id).limit(1)) == user_id


def _given() -> dict[str, float]:
    from eval.ranking import PARTS

    return {part.name: part.weight for part in PARTS}


def _pairs(events: Sequence[Mapping[str, Any]]) -> "list[Choice]":
    """The one that was taken, against each that was not; attempts that cannot be compared (degenerate ones) are left out."""
    from eval.preference import Choice

    found = []
    for event in events:
        parts, taken = event["parts"], event["taken"]
        if parts.get(taken):
            found += [Choice(parts[taken], other) for id, other in parts.items() if id != taken and other]
    return found


def _agreement(events: Sequence[Mapping[str, Any]]) -> Agreement:
    from eval.preference import interval

    asked = [event for event in events if event["selected"]]
    agreed = sum(event["taken"] == event["selected"] for event in asked)
    low, high = interval(agreed, len(asked))
    return Agreement(len(asked), agreed, agreed / len(asked) if asked else None, low, high)


def _proposal(events: Sequence[Mapping[str, Any]], given: Mapping[str, float]) -> Proposal:
    from eval.preference import LEAST_CHOICES, fit

    pairs = _pairs(events)
    found = fit(pairs, given) if len(events) >= LEAST_CHOICES and len(pairs) >= LEAST_CHOICES else None
    if found is None:
        told = f"Weights are learned from {LEAST_CHOICES} choices on; there are {len(events)}."
        return Proposal(len(events), LEAST_CHOICES, {}, False, told)
    return Proposal(len(events), LEAST_CHOICES, found.weights, found.useful, found.sentence)
