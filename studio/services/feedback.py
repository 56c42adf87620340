"""What people made of their ads: ratings, downloads, regenerations, choices – recorded when they happen. Knows no HTTP and no pages.

What is learned from choices is in `learned_weights.py`. A download says that somebody needed the file, not that another ad would have
been worse, and a regeneration not which of two was liked: they are counted and told, and nothing is fitted to them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from studio.errors import InputRefused, NotReady
from studio.services.ownership import owned_ad
from studio.store.access import Right
from studio.store.database import Database
from studio.store.tables import Act, FeedbackEvent, Generation, GenerationKind, Rating, Status
from studio.store.times import Clock, utc_now

if TYPE_CHECKING:
    from eval.scores import Scores

MOST_STARS = 5
SIBLINGS = 20
"""Of how many earlier ads with the same prompt it is asked whether an order repeats one."""


@dataclass(frozen=True)
class Figures:
    """One person's own. ratings: how many ads were given 1 to 5 stars. finished: ads that there are now."""

    ratings: Mapping[int, int]
    downloads: int
    regenerations: int
    choices: int
    finished: int


class Feedback:
    """The feedback of this installation. Thread-safe."""

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        self._database, self._clock = database, clock

    def rate(self, user_id: str, generation_id: str, stars: int) -> None:
        """Give the user's finished ad 1 to 5 stars; again replaces. Raises NotFound, NotYours, NotReady, InputRefused."""
        if not 1 <= stars <= MOST_STARS:
            raise InputRefused(f"An ad is given 1 to {MOST_STARS} stars.", field="stars")
        with self._database.writing(lock=f"user:{user_id}") as session:
            if owned_ad(session, user_id, generation_id).status is not Status.COMPLETED:
                raise NotReady("Only a finished ad can be rated.")
            session.merge(Rating(generation_id=generation_id, user_id=user_id, stars=stars, rated_at=self._clock()))

    def stars(self, user_id: str, generation_id: str) -> int | None:
        """What the ad was given; None before. Raises NotFound, NotYours."""
        with self._database.reading() as session:
            owned_ad(session, user_id, generation_id, need=Right.LOOK)
            return session.scalar(select(Rating.stars).where(Rating.generation_id == generation_id))

    def downloaded(self, user_id: str, generation_id: str) -> None:
        """Somebody saves their ad. The first time counts: players and download helpers ask often. Raises NotFound, NotYours."""
        known = (FeedbackEvent.generation_id == generation_id, FeedbackEvent.act == Act.DOWNLOAD)
        with self._database.reading() as session:
            if session.scalar(select(FeedbackEvent.id).where(*known).limit(1)) is not None:
                return
        with self._database.writing(lock=f"user:{user_id}") as session:
            owned_ad(session, user_id, generation_id, need=Right.LOOK)
            if session.scalar(select(FeedbackEvent.id).where(*known).limit(1)) is None:
                self._add(session, user_id, generation_id, Act.DOWNLOAD, {})

    def ordered(self, user_id: str, generation_id: str) -> None:
        """An ad was ordered. It is a regeneration when a finished one of the same person has the same brief but for the seed.

        Raises NotFound, NotYours.
        """
        with self._database.reading() as session:
            new = owned_ad(session, user_id, generation_id)
            mine = (Generation.user_id == user_id, Generation.kind == GenerationKind.AD)
            same = (*mine, Generation.prompt_key == new.prompt_key, Generation.id != new.id)
            done = (Generation.status == Status.COMPLETED, Generation.created_at <= new.created_at)
            earlier = session.scalars(select(Generation).where(*same, *done).order_by(Generation.created_at.desc()).limit(SIBLINGS)).all()
        first = next((ad for ad in earlier if _but_for_seed(ad.brief) == _but_for_seed(new.brief)), None)
        if first is not None:
            with self._database.writing(lock=f"user:{user_id}") as session:
                self._add(session, user_id, generation_id, Act.REGENERATION, {"of": first.id})

    def chose(self, user_id: str, attempts: Mapping[str, "Scores"], taken: str, selected: str | None = None) -> None:
        """Of several attempts at one shot, by id, somebody took one. selected: the one that the program had marked as best.

        The goodness of their parts is written down as it is now, so that the attempts themselves may go. Raises InputRefused when `taken`
        or `selected` is none of them, or when there is only one.
        """
        from eval.ranking import compared

        ids = list(attempts)
        if taken not in attempts or len(ids) < 2 or (selected is not None and selected not in attempts):
            raise InputRefused("Choose one of the attempts at this shot; there have to be two.", field="taken")
        rows = compared(list(attempts.values()))
        parts = {id: {part.name: round(part.goodness, 5) for part in row.parts} for id, row in zip(ids, rows, strict=True)}
        details = {"taken": taken, "selected": selected, "parts": parts}
        with self._database.writing(lock=f"user:{user_id}") as session:
            self._add(session, user_id, None, Act.CHOICE, details)

    def figures(self, user_id: str) -> Figures:
        """What the user did so far."""
        with self._database.reading() as session:
            counted = select(Rating.stars, func.count()).where(Rating.user_id == user_id).group_by(Rating.stars)
            stars = dict.fromkeys(range(1, MOST_STARS + 1), 0) | dict(session.execute(counted).tuples().all())
            acts = select(FeedbackEvent.act, func.count()).where(FeedbackEvent.user_id == user_id).group_by(FeedbackEvent.act)
            done = dict(session.execute(acts).tuples().all())
            mine = (Generation.user_id == user_id, Generation.kind == GenerationKind.AD)
            finished = select(func.count()).where(*mine, Generation.status == Status.COMPLETED)
            n_finished = session.scalar(finished) or 0
        downloads, regenerations, choices = (done.get(act, 0) for act in (Act.DOWNLOAD, Act.REGENERATION, Act.CHOICE))
        return Figures(stars, downloads, regenerations, choices, n_finished)

    def _add(self, session: Session, user_id: str, generation_id: str | None, act: Act, details: dict[str, Any]) -> None:
        session.add(FeedbackEvent(user_id=user_id, generation_id=generation_id, act=act, details=details, at=self._clock()))


def _but_for_seed(brief: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in brief.items() if name != "seed"}
