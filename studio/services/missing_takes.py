"""The attempts of an iteration that could not be made, ordered once more: as a further iteration that holds only them, with the seeds that
were theirs. Works on rows; ordering is takes.py's.

    iteration 1 ── 1.1  1.2 (failed)  1.3          stays as it is, its failure as well
    iteration 2 ── 2.1 = what 1.2 was to be        ordered once: who asks again is told where it is
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pipelines.motion import MotionBrief
from studio.errors import NotFound, NotReady
from studio.services.group_rows import owned_group
from studio.store.access import Right
from studio.store.tables import Generation, Iteration, Status, VideoAttempt


@dataclass(frozen=True)
class Again:
    """of: the generation whose takes are made. first: how many takes there were before it; places: which of its takes, from 0."""

    of: str
    first: int
    places: tuple[int, ...]

    def kept(self) -> dict[str, Any]:
        """What is written down of it, in the brief of its generation."""
        return {"again": {"of": self.of, "first": self.first, "places": list(self.places)}}


@dataclass(frozen=True)
class Missing:
    """What was asked for an iteration, with only as many takes as are missing."""

    hero_frame_id: str
    motion: MotionBrief
    model: str
    seed: int | None
    again: Again


def missing_of(session: Session, user_id: str, group_id: str, number: int) -> Missing:
    """What is missing of an iteration. Raises NotFound (no such group or iteration), NotYours, and NotReady where nothing is missing, where
    it is still being made or failed as a whole, and where what is missing was ordered already."""
    owned_group(session, user_id, group_id, need=Right.EDIT)
    which = (Iteration.group_id == group_id, Iteration.number == number)
    found = session.execute(select(Iteration, Generation).join(Generation).where(*which)).tuples().one_or_none()
    if found is None:
        raise NotFound("This group has no such iteration.")
    iteration, generation = found
    if not generation.status.final:
        raise NotReady("This iteration is still being made; wait for it.")
    if generation.status is not Status.COMPLETED:
        raise NotReady("This iteration was not made to its end; try it again, which makes what is missing.")
    failed = select(VideoAttempt.position).where(VideoAttempt.generation_id == generation.id, VideoAttempt.status == Status.FAILED)
    places = tuple(session.scalars(failed.order_by(VideoAttempt.position)))
    if not places:
        raise NotReady("No attempt of this iteration is missing.")
    once_only(session, group_id, generation.id)
    motion = MotionBrief.model_validate(iteration.motion).model_copy(update={"takes": len(places)})
    brief = generation.brief
    before = brief.get("again")
    first = before["first"] if before else _first(session, group_id, number, brief.get("asked_seed"))
    again = Again(generation.id, first, tuple(before["places"][place] for place in places) if before else places)
    return Missing(brief.get("hero_frame_id") or "", motion, iteration.model, brief.get("asked_seed"), again)


def once_only(session: Session, group_id: str, generation_id: str) -> None:
    """Raises NotReady where an iteration of the group makes the missing takes of this one already."""
    if number := made_again_in(session, group_id).get(generation_id):
        raise NotReady(f"What is missing was ordered again as iteration {number}; look there.")


def made_again_in(session: Session, group_id: str) -> dict[str, int]:
    """By generation: the number of the iteration that makes its missing takes."""
    rows = select(Iteration.number, Generation.brief).join(Generation).where(Iteration.group_id == group_id)
    return {brief["again"]["of"]: number for number, brief in session.execute(rows).tuples() if brief.get("again")}


def _first(session: Session, group_id: str, number: int, seed: int | None) -> int:
    """How many takes there were when an iteration was ordered; none with a seed of its own, see takes.py."""
    if seed is not None:
        return 0
    before = (VideoAttempt.group_id == group_id, VideoAttempt.iteration_index < number)
    return session.scalar(select(func.count()).select_from(VideoAttempt).where(*before)) or 0
