"""Typefaces of the machine, for letters that those shipped here lack: Chinese, Japanese, Korean, Arabic, Hebrew and all the others.

Looked for only when such letters are to be set. Which one is taken depends on what is installed; shipping them would be hundreds of
megabytes. It knows files and letters, nothing of layout.
"""

from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path

FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "~/.fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
    "~/Library/Fonts",
    "C:/Windows/Fonts",
)
PREFERRED = ("notosans", "sourcehansans", "pingfang", "hiragino", "yugoth", "msyh", "malgun", "notoserif", "notonaskh", "amiri", "noto")
"""Beginnings of file names, best first: even, modern faces that exist in several weights."""

UNLOVED = ("dejavu", "unifont", "lastresort", "fallback", "mono", "emoji")
WEIGHTS = ("medium", "regular", "semibold", "bold")


def installed_file(text: str) -> Path | None:
    """The best typeface of this machine that has every letter of `text`; None when none has."""
    wanted = frozenset(c for c in text if not c.isspace())
    return next((path for path in _files() if wanted <= letters(path)), None)


@lru_cache(maxsize=1024)
def able(font: Path, text: str) -> tuple[Path, str]:
    """(typeface, text it can set): `font` itself; else one of this machine that has every letter; else the letters that `font` has."""
    wanted = frozenset(c for c in text if not c.isspace())
    if wanted <= letters(font):
        return font, text
    found = installed_file(text)
    if found is not None:
        return found, text
    return font, " ".join("".join(c for c in text if c in letters(font) or c.isspace()).split())


def joined(text: str) -> bool:
    """Whether the writing takes its form from its neighbours or runs right to left (Hebrew, Arabic, the scripts of India and south-east
    Asia), so that it is set as one."""
    return any("\u0590" <= c <= "\u1cff" for c in text)


@lru_cache(maxsize=512)
def letters(path: Path) -> frozenset[str]:
    """What a typeface can set; nothing for a file that cannot be read. Of a collection, its first face."""
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with TTFont(str(path), lazy=True, fontNumber=0) as opened:
            return frozenset(map(chr, opened.getBestCmap() or {}))
    except (TTLibError, OSError, ValueError, KeyError, AssertionError):
        return frozenset()


@cache
def _files() -> tuple[Path, ...]:
    return tuple(sorted(_found(FOLDERS), key=_rank))


def _found(folders: Iterable[str]) -> Iterable[Path]:
    for folder in folders:
        there = Path(folder).expanduser()
        if there.is_dir():
            yield from (path for path in there.rglob("*") if path.suffix.lower() in (".ttf", ".otf", ".ttc"))


def _rank(path: Path) -> tuple[bool, int, int, str]:
    name = path.stem.lower().replace("-", "").replace("_", "").replace(" ", "")
    family = next((i for i, start in enumerate(PREFERRED) if name.startswith(start)), len(PREFERRED))
    weight = next((i for i, word in enumerate(WEIGHTS) if word in name), len(WEIGHTS))
    return any(word in name for word in UNLOVED) or "italic" in name, family, weight, str(path)
