"""Fonts that people bring for their brand, checked before they are kept: what kind of file, whether it may be used, which letters it has.
Knows no kits and no HTTP."""

import shutil
import string
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from studio.errors import InputRefused

MOST_BYTES = 10 * 1024 * 1024
NEEDED = frozenset(string.ascii_letters + string.digits + ".,!?'&%$-")
"""What every ad may have to set: Latin letters, figures, and the signs of a sentence and a price."""

KINDS = {b"\0\1\0\0": "font/ttf", b"true": "font/ttf", b"OTTO": "font/otf"}
RESTRICTED, PREVIEW, EDITABLE = 0x2, 0x4, 0x8
"""OS/2 fsType: what a font says about being embedded."""


@dataclass(frozen=True)
class CheckedFont:
    """A font that may be used. title: its full name, as it says itself; embedding: installable, editable or preview."""

    title: str
    mime: str
    embedding: str


def take_in(file: BinaryIO, to: Path) -> None:
    """Write what is brought to `to`. Raises InputRefused beyond MOST_BYTES."""
    with to.open("wb") as out:
        shutil.copyfileobj(_limited(file), out)
    if to.stat().st_size > MOST_BYTES:
        raise _refused(f"The font is over {MOST_BYTES // 2**20} MB; send one style of it, as TTF or OTF.")


def check_font(path: Path) -> CheckedFont:
    """What the font in `path` is. Raises InputRefused, with one sentence that says why it cannot be used."""
    from fontTools.ttLib import TTFont, TTLibError
    from PIL import ImageFont

    with path.open("rb") as opened:
        kind = KINDS.get(opened.read(4))
    if kind is None:
        raise _refused("The file is no TrueType or OpenType font; send a .ttf or .otf file (web fonts and collections do not work).")
    try:
        with TTFont(str(path), lazy=True) as font:
            letters = frozenset(map(chr, font.getBestCmap() or {}))
            title = _plain(font["name"].getDebugName(4) or font["name"].getDebugName(1) or "")
            embedding = font["OS/2"].fsType if "OS/2" in font else 0
        ImageFont.truetype(str(path), 64).getbbox("Hamburg 0123")
    except (TTLibError, OSError, KeyError, ValueError, AssertionError, AttributeError, IndexError, TypeError, RecursionError) as error:
        raise _refused("The font cannot be read; it may be damaged. Export it again as TTF or OTF.") from error
    except Exception as error:  # broken tables make fontTools raise whatever struct and its readers do
        raise _refused("The font cannot be read; it may be damaged. Export it again as TTF or OTF.") from error
    if embedding & RESTRICTED and not embedding & (PREVIEW | EDITABLE):
        raise _refused(f"“{title}” says that it must not be embedded; use a font whose licence allows it, or ask its maker.")
    if missing := "".join(sorted(NEEDED - letters)):
        shown = missing if len(missing) <= 12 else f"{missing[:12]}…"
        raise _refused(f"“{title}” has no {shown}; a brand's font needs Latin letters, figures and the signs of a sentence.")
    return CheckedFont(
        title or "Untitled font", kind, "editable" if embedding & EDITABLE else "preview" if embedding & PREVIEW else "installable"
    )


class _limited:
    """A file that ends soon after what is allowed, so that nobody fills the disk."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self._left = file, MOST_BYTES + 1

    def read(self, size: int = -1) -> bytes:
        """At most `size` bytes."""
        got = self._file.read(min(self._left, size if size >= 0 else self._left))
        self._left -= len(got)
        return got


def _plain(text: str) -> str:
    return " ".join("".join(c for c in text if c.isprintable()).split())[:120]


def _refused(sentence: str) -> InputRefused:
    return InputRefused(sentence, field="file")
