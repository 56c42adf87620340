"""Under which name a browser saves a file: RFC 6266, plainly for old programs, and as RFC 5987 where the name needs more than ASCII.

Whatever a name is made of – a brand, a prompt, a variant's hook –, no line break, quote or folder of it gets into the header.
"""

import re
import unicodedata
from urllib.parse import quote

LONGEST = 150
"""Characters; with an ending, file systems take 255 bytes."""


def attachment(name: str) -> str:
    """The value of Content-Disposition for a file to be saved as `name`."""
    clean = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in name.replace("/", "_").replace("\\", "_"))
    clean = " ".join(clean.split()).strip(". ")
    stem, dot, ending = clean.rpartition(".")
    clean = f"{stem[:LONGEST]}{dot}{ending[:10]}" if dot else clean[:LONGEST]
    ascii_only = unicodedata.normalize("NFKD", clean).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^A-Za-z0-9._()+ -]", "_", ascii_only).strip("_ ") or "download"
    wide = "" if plain == clean else f"; filename*=UTF-8''{quote(clean or plain, safe='')}"
    return f'attachment; filename="{plain}"{wide}'
