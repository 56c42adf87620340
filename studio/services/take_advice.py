"""What could be asked differently next time, from what was measured and from what somebody says. Who answers, and who pays.

    measures ─▶ eval.suggestions ─┐
    words    ─▶ table of remarks ─┼─▶ proposals, at most one of a field
             ─▶ language model   ─┘   (where one is at hand; checked, and paid for by whoever asks)

Words outweigh measures: what somebody saw is what they want changed, and nothing measured is proposed that pulls the other way.
"""

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.asks import Text, TextAsk
from models.context import JobContext
from models.runtime import Runtime
from pipelines.motion import MotionBrief
from pipelines.motion.advisor import advised
from pipelines.motion.proposals import PACES, Edit, Proposal, distinct, proposals
from pipelines.motion.remarks import remarked
from studio.errors import InputRefused, NotReady
from studio.services.group_rows import named_attempt, owned_group
from studio.services.spending import Spending
from studio.services.takes_keeper import scores_from
from studio.services.till import UserTill
from studio.store.access import Right
from studio.store.database import Database
from studio.store.tables import AttemptScores, GenerationGroup, Iteration, VideoAttempt, new_id

if TYPE_CHECKING:
    from eval.suggestions import Suggestion

SETTINGS: dict[str, Edit] = {
    "subject": Edit("Move less: the product changes on the way.", intensity=-0.15),
    "smoothness": Edit("Slow the camera down.", intensity=-0.15, pace=-1),
    "motion": Edit("Little moves: give the camera one clear move.", intensity=0.2, camera="push_in", instead_of=("static",)),
    "frozen": Edit("Nothing moves: give the camera one clear move.", intensity=0.3, camera="push_in", instead_of=("static",)),
    "flicker": Edit("Calm the move: the light jumps.", pace=-1),
}
"""What to set besides words, by the code of a suggestion of eval."""


class TakeAdvice:
    """Advises on this installation. Thread-safe."""

    def __init__(self, database: Database, runtime: Runtime, spending: Spending) -> None:
        self._database = database
        self._runtime = runtime
        self._spending = spending

    def suggest(self, user_id: str, group_id: str, attempt_id: str = "", words: str = "") -> tuple[Proposal, ...]:
        """For the iteration of an attempt: the one named, else the version, else the best of the last iteration. Raises NotFound,
        NotYours, InputRefused for an attempt of another group, NotReady where nothing is made yet, OverCap and ModelUnavailable where a
        language model is set up and cannot be paid or used."""
        with self._database.reading() as session:
            group = owned_group(session, user_id, group_id, need=Right.EDIT)
            attempt = _which(session, user_id, group, attempt_id)
            brief = MotionBrief.model_validate(session.get_one(Iteration, attempt.generation_id).motion)
            row = session.get(AttemptScores, attempt.id)
        found = _measured(json.dumps(row.scores)) if row else ()
        said = list(remarked(brief, words)) if words else []
        asked = list(self._asked(user_id, brief, words, [one.because for one in found])) if words else []
        way = leaning([*asked, *said])
        from_measures = [proposal for one in found if way * _calms_or_stirs(one) >= 0 for proposal in _proposed(brief, one)]
        return distinct([*asked, *said, *from_measures])

    def _asked(self, user_id: str, brief: MotionBrief, words: str, measured: Sequence[str]) -> tuple[Proposal, ...]:
        if not (model := self._runtime.default_model("text")):
            return ()
        with tempfile.TemporaryDirectory(prefix="adstudio-advise-") as folder:
            job = JobContext(Path(folder), till=UserTill(self._spending, user_id, f"advise/{new_id()}"))

            def text(ask: TextAsk) -> Text:
                return self._runtime.text(ask, job, model.id)

            return advised(brief, words, measured, text)[0]


def _which(session: Session, user_id: str, group: GenerationGroup, attempt_id: str) -> VideoAttempt:
    if attempt_id:
        attempt = named_attempt(session, user_id, attempt_id)
        if attempt.group_id != group.id:
            raise InputRefused("This attempt belongs to another group; choose one of this group's.", field="attempt_id")
        return attempt
    final = session.get(VideoAttempt, group.final_attempt_id) if group.final_attempt_id else None
    if final is not None:
        return final
    best = (VideoAttempt.iteration_index.desc(), VideoAttempt.overall.desc().nulls_last(), VideoAttempt.position)
    found = session.scalars(select(VideoAttempt).where(VideoAttempt.group_id == group.id).order_by(*best).limit(1)).one_or_none()
    if found is None:
        raise NotReady("There is no attempt to improve yet.")
    return found


def _measured(scores: str) -> "tuple[Suggestion, ...]":
    from eval.suggestions import suggestions

    return suggestions(scores_from(scores))


def leaning(found: Sequence[Proposal]) -> int:
    """Whether proposals make a film calmer (-1), livelier (1), or neither."""
    ways = [float(one.after) - float(one.before or 0) for one in found if one.field == "intensity" and one.after is not None]
    ways += [PACES.index(one.after) - PACES.index(one.before) for one in found if one.field == "speed" and one.before in PACES]
    return next((1 if way > 0 else -1 for way in ways if way), 0)


def _calms_or_stirs(one: "Suggestion") -> int:
    settings = SETTINGS.get(one.code)
    way = (settings.intensity or settings.pace) if settings else 0
    return (way > 0) - (way < 0)


def _proposed(brief: MotionBrief, one: "Suggestion") -> tuple[Proposal, ...]:
    words = Edit(one.advice.sentence, one.advice.add, one.advice.avoid)
    settings = SETTINGS.get(one.code)
    return (*proposals(brief, one.because, words), *(proposals(brief, one.because, settings) if settings else ()))
