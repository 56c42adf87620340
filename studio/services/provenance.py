"""How an ad came to be, told to its owner: what it bears, what is in it under which licences, and what to say of it. Knows no HTTP."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import joinedload

from pipelines.credentials import Credentials, CredentialsError, read
from pipelines.disclosure import Disclosure, disclosures
from pipelines.licence_ledger import BROUGHT, ledger_of
from pipelines.origins import described, origin_of
from studio.errors import NotFound, NotReady
from studio.services.ownership import owned_ad
from studio.services.provenance_papers import Paper, papers
from studio.store.access import Right
from studio.store.database import Database
from studio.store.media import Media
from studio.store.tables import Generation, MediaFile, Provenance


@dataclass(frozen=True)
class Made:
    """One shot's picture and clip. seed: as the recipe has it."""

    shot: str
    still: str
    clip: str
    seed: int


@dataclass(frozen=True)
class ProvenanceTold:
    """state: "signed", "unsigned" or "unreadable"; why: of the latter two, as far as it is known. credentials: as the film bears them now.
    kept_at: when the ledger was written, None where it is made up now for an ad of an earlier release. origin_words: in a sentence."""

    state: str
    why: str
    credentials: Credentials | None
    origin: str
    origin_words: str
    recipe: bool
    shots: tuple[Made, ...]
    licences: tuple[Mapping[str, Any], ...]
    kept_at: datetime | None
    disclosures: tuple[Disclosure, ...]


class Provenances:
    """anchors: PEM of what this installation trusts beside the usual. Thread-safe."""

    def __init__(self, database: Database, media: Media, anchors: Callable[[], bytes] = lambda: b"") -> None:
        self._database = database
        self._media = media
        self._anchors = anchors

    def told(self, user_id: str, generation_id: str) -> ProvenanceTold:
        """Of the user's finished ad. Raises NotFound, NotYours, NotReady."""
        with self._database.reading() as session:
            everything = (joinedload(Generation.blueprint), joinedload(Generation.video))
            ad = owned_ad(session, user_id, generation_id, everything, need=Right.LOOK)
            kept = session.get(Provenance, ad.id)
            recipe = (ad.blueprint.recipe if ad.blueprint else None) or {}
            film = ad.video
        if film is None:
            raise NotReady("This ad is not finished yet.")
        state, why, found = self._borne(film)
        origin = kept.origin if kept else origin_of(recipe)
        return ProvenanceTold(
            state=state,
            why=why or (str(kept.credentials.get("why", "")) if kept else ""),
            credentials=found,
            origin=origin,
            origin_words=f"{described(origin)}.",
            recipe=bool(recipe),
            shots=tuple(_made(shot) for shot in recipe.get("shots", ())),
            licences=tuple(kept.ledger if kept else [asdict(row) for row in ledger_of(recipe)]),
            kept_at=kept.made_at if kept else None,
            disclosures=disclosures(recipe),
        )

    def papers(self, user_id: str, films: Mapping[str, str], brought: Sequence[str] = ()) -> dict[str, str]:
        """Licences and disclosures of the user's ads, to go with their films: files' contents by name. films: the name of each film's
        file by the id of its ad. brought: what their owner put into them since, for whose licences only they answer. Raises NotFound,
        NotYours."""
        since = [{"sort": "brought", "name": name, "note": BROUGHT} for name in brought]
        found = []
        with self._database.reading() as session:
            for id, file in films.items():
                ad = owned_ad(session, user_id, id, (joinedload(Generation.blueprint),), need=Right.LOOK)
                kept = session.get(Provenance, ad.id)
                recipe = (ad.blueprint.recipe if ad.blueprint else None) or {}
                ledger = kept.ledger if kept else [asdict(row) for row in ledger_of(recipe)]
                found.append(Paper(file, [*ledger, *since], disclosures(recipe)))
        return papers(found)

    def _borne(self, film: MediaFile) -> tuple[str, str, Credentials | None]:
        try:
            with self._media.local(film) as path:
                found = read(path, self._anchors())
        except (CredentialsError, NotFound) as error:
            return "unreadable", str(error), None
        return ("signed", "", found) if found else ("unsigned", "", None)


def _made(shot: Mapping[str, Any]) -> Made:
    still, clip = shot.get("still", {}), shot.get("clip", {})
    return Made(str(shot.get("shot", "")), str(still.get("model", "")), str(clip.get("model", "")), int(clip.get("seed", 0)))
