"""How long one word takes beside another, and where a line rests: syllables and marks, no clocks. Pure."""

import re
import unicodedata

from pipelines.captions.breaking import units

ONSET = 0.35
"""Of a syllable: what a word takes to begin, however short it is."""

RESTS = {".": 1.0, "!": 1.0, "?": 1.0, "…": 1.0, ":": 0.7, ";": 0.7, ",": 0.45, "–": 0.45, "—": 0.45}
"""Syllables of silence after a mark. Chinese and Japanese marks rest like theirs."""

_WIDE = str.maketrans("。！？：；，、", ".!?:;,,")
_VOWELS = re.compile(r"[aeiouyáàâäãåæéèêëíìîïóòôöõøœúùûüýÿ]+", re.IGNORECASE)


def words_of(line: str) -> list[str]:
    """The words of a line, each with the space after it; in writing without spaces, letter by letter. Marks that stand alone belong to
    the word before them."""
    found: list[str] = []
    for unit in units(line):
        if found and not any(c.isalnum() for c in unit):
            found[-1] += unit
        else:
            found.append(unit)
    return found


def syllables(word: str) -> int:
    """About how many a word has, 1 at least: groups of vowels, a silent e left out; digits are said one by one; letters of other
    writing are a syllable each, or half of one where vowels are not written."""
    bare = "".join(c for c in word if c.isalnum())
    digits = sum(c.isdigit() for c in bare)
    latin = "".join(c for c in bare if c.isalpha() and "LATIN" in unicodedata.name(c, ""))
    rest = len(bare) - digits - len(latin)
    n = len(_VOWELS.findall(latin))
    if re.search(r"[^aeiouy]e$|[^aeiouydt]ed$", latin, re.IGNORECASE) and n > 1:
        n -= 1
    per_letter = 1.0 if any("CJK" in unicodedata.name(c, "") or "KANA" in unicodedata.name(c, "") for c in bare) else 0.5
    return max(1, n + digits + round(rest * per_letter))


def weight(word: str) -> float:
    """What saying it takes, in syllables."""
    return syllables(word) + ONSET


def rest_after(word: str) -> float:
    """What its last mark rests, in syllables; 0.0 without one."""
    bare = word.strip().rstrip("\"'”’»)]").translate(_WIDE)
    return RESTS.get(bare[-1:], 0.0)


def ends_a_sentence(word: str) -> bool:
    """Whether a sentence ends with it."""
    return rest_after(word) >= 1.0
