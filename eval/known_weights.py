"""Which weights are known to be VBench's, by the SHA-256 of their files. The table is `published.json`, with a source for each row.

A hash counts as known when its publisher states it, or when several people who have nothing to do with each other recorded it of the
publisher's file. Where a publisher states only the first digits, those are compared, and every score says so. Weights that are in
no row may be right all the same; nobody can tell from their hash, and their scores do not carry VBench's name.
"""

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

TABLE = Path(__file__).parent / "published.json"
DIGITS = 64


@dataclass(frozen=True)
class KnownWeights:
    """model: one of `eval.networks.VBENCH`'s values. sha256: all 64 digits, or the first few (`known_from` "prefix").

    known_from: "publisher", "observed" or "prefix". source: where it is written, in words. seen: when it was read there, YYYY-MM-DD.
    """

    model: str
    file: str
    sha256: str
    known_from: str
    source: str
    seen: str

    @property
    def whole(self) -> bool:
        """Whether all digits are known."""
        return len(self.sha256) == DIGITS


@lru_cache(maxsize=1)
def known_weights() -> tuple[KnownWeights, ...]:
    """Every row of the table."""
    return tuple(KnownWeights(**row) for row in json.loads(TABLE.read_text(encoding="utf-8")))


def recognised(model: str, sha256: str) -> KnownWeights | None:
    """The row that these weights of `model` belong to; None when their hash is not known, or is no SHA-256."""
    if len(sha256) != DIGITS:
        return None
    return next((row for row in known_weights() if row.model == model and sha256.startswith(row.sha256)), None)
