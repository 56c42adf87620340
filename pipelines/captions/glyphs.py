"""Measuring and rasterising letters with Pillow and raqm: kerned, ligated where a word is set whole, tracked letter by letter.

Widths are measured at 1000 px and scaled, so that layout is linear in size and free of the rounding of hinted advances.
"""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from models.typefaces import FILES, Role, font_file
from models.typefaces.installed import installed_file, letters

_EM = 1000
_FALLBACK = FILES / "manrope-500.ttf"
_APART = ["-liga", "-clig", "kern"]


@dataclass(frozen=True)
class Piece:
    """What is drawn in one go: a letter, a word, or a line that cannot be divided. x: its origin; word: which word it is of."""

    text: str
    x: float
    width: float
    word: int


@dataclass(frozen=True)
class Extents:
    """Ink around the origin on the baseline, pixels; top is negative above the baseline."""

    left: float
    top: float
    right: float
    bottom: float


def face(style: str, role: Role, text: str) -> tuple[Path, str]:
    """(typeface, text it can set): the style's own, else the fallback that ships, else one of the machine's that has every letter.

    Letters that none has are dropped; the caller compares and says so.
    """
    own = font_file(style, role)
    for shipped in (own, _FALLBACK):
        if _covers(shipped, text):
            return shipped, text
    best = installed_file(text)
    if best is not None:
        return best, text
    best = _FALLBACK if _missing(_FALLBACK, text) < _missing(own, text) else own
    kept = "".join(c for c in text if c in letters(best) or c.isspace())
    return best, " ".join(kept.split())


def lacking(text: str) -> str:
    """The letters of `text` that could be set in none of the typefaces at hand, each once, in order; "" for none. Words are looked at
    one by one: each may have a typeface of its own."""
    poor = [word for word in text.split() if not _covers(_FALLBACK, word) and installed_file(word) is None]
    return "".join(dict.fromkeys(c for word in poor for c in word if c.isalpha() and c not in letters(_FALLBACK)))


def cap_height(font: Path, size: float) -> float:
    """Height of a flat capital."""
    return -ink(font, size, "H").top


def advance(font: Path, size: float, text: str, tracking: float = 0.0) -> float:
    """Width of `text` set with `tracking` ems between letters; none after the last."""
    return _width(font, text, tracking) * size


def pieces(font: Path, size: float, text: str, x: float, tracking: float = 0.0, by_letter: bool = False) -> tuple[Piece, ...]:
    """`text` as pieces from x on: letters where it is tracked or moves by letter, whole words (with ligatures) otherwise."""
    scale = size / _EM
    if not divisible(text):
        return (Piece(text, x, advance(font, size, text), 0),)
    found: list[Piece] = []
    if tracking or by_letter:
        letters = clusters(text)
        at = _positions(font, letters)
        word = 0
        for i, letter in enumerate(letters):
            if letter.isspace():
                word += 1
            else:
                found.append(Piece(letter, x + at[i] * scale + i * tracking * size, (at[i + 1] - at[i]) * scale, word))
        return tuple(found)
    before = ""
    for word, part in enumerate(text.split(" ")):
        offset = _sized(font).getlength(before) * scale
        found.append(Piece(part, x + offset, _sized(font).getlength(part) * scale, word))
        before += part + " "
    return tuple(found)


def ink(font: Path, size: float, text: str) -> Extents:
    """Ink extents of `text` drawn with its origin at (0, 0) on the baseline."""
    left, top, right, bottom = _box(font, text)
    return Extents(left * size / _EM, top * size / _EM, right * size / _EM, bottom * size / _EM)


def raster(
    font: Path, size: float, group: tuple[Piece, ...], left: float, top: float, baseline: float, shape: tuple[int, int]
) -> NDArray[np.uint8]:
    """(h, w) uint8 coverage of `group` at twice the resolution; (left, top) is the sprite's corner in picture pixels."""
    image = Image.new("L", (shape[1], shape[0]), 0)
    draw = ImageDraw.Draw(image)
    large = ImageFont.truetype(str(font), size * 2, layout_engine=ImageFont.Layout.RAQM)
    for piece in group:
        features = _APART if len(piece.text) <= 2 else None
        draw.text(((piece.x - left) * 2, (baseline - top) * 2), piece.text, font=large, fill=255, anchor="ls", features=features)
    return np.asarray(image, np.uint8)


def clusters(text: str) -> list[str]:
    """Letters with their combining marks."""
    found: list[str] = []
    for c in text:
        if found and (unicodedata.combining(c) or c in "\u200d\ufe0f"):
            found[-1] += c
        else:
            found.append(c)
    return found


def divisible(text: str) -> bool:
    """Whether the text may be set letter by letter: not where writing runs right to left."""
    return not any(unicodedata.bidirectional(c) in ("R", "AL") for c in text)


def warning(text: str) -> str:
    """One sentence where letters of `text` cannot be set, told before anything is rendered; "" where all can."""
    missing = lacking(text)
    if not missing:
        return ""
    shown = missing if len(missing) <= 12 else f"{missing[:12]}…"
    return (
        f"No typeface here has the letters {shown}; words in them are left out of the picture. "
        "Install one that has them, for example Noto Sans, or write them in Latin letters."
    )


@lru_cache(maxsize=64)
def _sized(font: Path) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(font), _EM, layout_engine=ImageFont.Layout.RAQM)


@lru_cache(maxsize=16384)
def _width(font: Path, text: str, tracking: float) -> float:
    """`advance` in ems: paragraphs are broken at many sizes, and widths are all that takes."""
    if not tracking or not divisible(text):
        return _sized(font).getlength(text) / _EM
    letters = clusters(text)
    return _positions(font, letters)[-1] / _EM + tracking * (len(letters) - 1) if letters else 0.0


@lru_cache(maxsize=8192)
def _box(font: Path, text: str) -> tuple[float, float, float, float]:
    """`ink` in 1/1000 em."""
    return _sized(font).getbbox(text, anchor="ls")


@lru_cache(maxsize=8192)
def _length(font: Path, text: str) -> float:
    return _sized(font).getlength(text, features=_APART)


def _positions(font: Path, letters: list[str]) -> list[float]:
    """Origins of the letters and the end of the last, kerned pair by pair, in 1/1000 em."""
    at = [0.0]
    for i, letter in enumerate(letters):
        step = _length(font, letter)
        if i + 1 < len(letters):
            step = _length(font, letter + letters[i + 1]) - _length(font, letters[i + 1])
        at.append(at[-1] + step)
    return at


def _missing(font: Path, text: str) -> int:
    return sum(c not in letters(font) for c in text if not c.isspace() and not unicodedata.combining(c))


def _covers(font: Path, text: str) -> bool:
    return _missing(font, text) == 0
