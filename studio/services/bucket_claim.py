"""Whose a bucket is: a small object in it names the installation that may look for contents that no row names.

Two installations may share a bucket without meaning to – a backup restored for a try, a copy of the database – and each would take the
other's newest files for leftovers. So the first one writes its name down, and every other leaves the bucket alone until somebody who
knows removes that object. Works on blobs and one row; knows no files.
"""

import logging

from studio.services.chores import Chores
from studio.store.blobs import Blobs
from studio.store.database import Database
from studio.store.tables import new_id

log = logging.getLogger(__name__)

OBJECT, CHORE = "owner", "bucket"
OTHERS = (
    "The bucket of MEDIA_URL belongs to another installation, or to this one before a restore; leftovers in it are not looked for. "
    "If it is this one's alone, remove the object “{object}” beside the media."
)


class BucketClaim:
    """Of one installation on the bucket of its media. Thread-safe."""

    def __init__(self, database: Database, blobs: Blobs, chores: Chores) -> None:
        self._database = database
        self._blobs = blobs
        self._chores = chores

    def holds(self, claim: bool = True) -> bool:
        """Whether the bucket is this installation's; one that is nobody's becomes it, if `claim`. Raises StoreError."""
        there = self._blobs.note(OBJECT)
        if there is None and claim:
            self._blobs.leave_note(OBJECT, there := self._name())
        if there in (None, self._name()):
            return True
        log.warning(OTHERS.format(object=OBJECT))
        return False

    def _name(self) -> str:
        """Made once and kept in the database, together with where that is: neither a restored nor a copied one has the same."""
        told = self._chores.told(CHORE)
        if told is None:
            self._chores.tell(CHORE, told := {"id": new_id()})
        url = self._database.engine.url
        return f"{told['id']} {url.host or ''}/{url.database}"
