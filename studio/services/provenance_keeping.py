"""A finished film sealed before it is kept: its licences written down, its Content Credentials signed. Works on rows and files.

What cannot be signed is kept all the same, and says why; a film is not lost over a certificate.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from pipelines.credentials import Signer
from pipelines.licence_ledger import ledger_of
from pipelines.origins import origin_of
from studio.errors import NotFound
from studio.services.provenance_seal import sealed
from studio.store.database import Database
from studio.store.media import Media
from studio.store.tables import AdVersion, Generation, MediaFile, Provenance, Upload, is_id
from studio.store.times import Clock, utc_now


class Sealing:
    """signer: what films are signed with, asked for each; None where that is switched off. Thread-safe."""

    def __init__(self, database: Database, media: Media, signer: Callable[[], Signer | None], clock: Clock = utc_now) -> None:
        self._database = database
        self._media = media
        self._signer = signer
        self._clock = clock

    def seal(self, ad: Generation, film: Path, recipe: str) -> Provenance | None:
        """Sign `film` where it lies; what is to be kept of it. recipe: the JSON inside it, "" for a film that tells nothing of itself:
        it gets no credentials either (None)."""
        if not recipe:
            return None
        told = json.loads(recipe)
        with self._brought(ad) as (parent, photos):
            return provenance_of(ad.id, told, sealed(film, told, self._signer, parent, photos), self._clock())

    @contextmanager
    def _brought(self, ad: Generation) -> Iterator[tuple[Path | None, tuple[Path, ...]]]:
        """The film that it was cut again from and the photo that was brought, as far as they are there."""
        with self._database.reading() as session:
            version = session.get(AdVersion, ad.id)
            before = session.get(Generation, version.version_of) if version and version.version_of else None
            upload = str(ad.brief.get("product_image") or "")
            row = session.get(Upload, upload) if is_id(upload) and version is None else None
            files = (before.video if before else None, row.file if row else None)
        with ExitStack() as stack:
            parent, photo = (self._local(stack, file) for file in files)
            yield parent, (photo,) if photo else ()

    def _local(self, stack: ExitStack, file: MediaFile | None) -> Path | None:
        try:
            return stack.enter_context(self._media.local(file)) if file else None
        except NotFound:
            return None


def provenance_of(id: str, recipe: Mapping[str, Any], credentials: dict[str, Any], now: datetime) -> Provenance:
    """The row of the film `id`."""
    ledger = [asdict(row) for row in ledger_of(recipe)]
    return Provenance(generation_id=id, origin=origin_of(recipe), ledger=ledger, credentials=credentials, made_at=now)
