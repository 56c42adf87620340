"""A finished film signed where it lies, and how that went, as plain values. Knows no database.

What cannot be signed is kept all the same, and says why; a film is not lost over a certificate.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from pipelines.credentials import CredentialsError, Signer, read, sign


def sealed(
    film: Path, recipe: Mapping[str, Any], signer: Callable[[], Signer | None], parent: Path | None = None, photos: tuple[Path, ...] = ()
) -> dict[str, Any]:
    """Sign `film`, and say how that went: see studio.store.tables.provenance.Provenance.credentials."""
    try:
        key = signer()
        if key is None:
            return {"state": "off"}
        label = sign(film, recipe, key, parent=parent, photos=photos)
        found = read(film)
    except CredentialsError as error:
        return {"state": "failed", "why": f"This film bears no Content Credentials. {error}"}
    issuer = found.issuer if found else ""
    return {"state": "signed", "certificate": "development" if key.development else "own", "issuer": issuer, "label": label}
