"""Names under which ads are uploaded: letters, digits, "-" and "_" alone, each ad's its own. Pure.

aurelia_wrist-watch_hookA_ctaB_9x16_PAS_15s_v1
"""

import re
import unicodedata
from collections.abc import Sequence

from studio.services.variant_asked import Cell

MOST_CHARS = 32


def names_for(cells: Sequence[Cell], durations: Sequence[int], brand: str, product: str, version: int) -> tuple[str, ...]:
    """A name for each cell, without ending. durations: seconds of each."""
    begin = "_".join(filter(None, (safe(brand) or "brand", safe(product))))
    return tuple(
        f"{begin}_hook{cell.letters[0]}_cta{cell.letters[1]}_{cell.aspect.replace(':', 'x')}_{cell.framework}_{seconds}s_v{version}"
        for cell, seconds in zip(cells, durations, strict=True)
    )


def safe(text: str) -> str:
    """ "Café Noir" -> "cafe-noir"; "" where nothing is left (other scripts)."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:MOST_CHARS].strip("-")
