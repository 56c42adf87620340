"""Finds the brand's name in a prompt, by its quotes, the words before it or its capitals. It knows common words, no brands."""

import re
from dataclasses import dataclass

from pipelines.copywriter.foreign import TRADES
from pipelines.copywriter.lexicon import find_product
from pipelines.hint_words import BRANDLESS, COMMAND_WORDS, ORIGINS, STYLES

# A full stop ends a name unless it stands inside ("A.P.C") or after a title.
_WORD = r"(?:(?:St|Dr|Mr|Mrs|Ms)\.|[A-Z0-9ÀÖÜØÅÄÉ][\w'’\-]*(?:\.[\w'’\-]+)*)"
_NAME = rf"{_WORD}(?:\s+(?:(?:&|and|of|the|de|la|le|und|et|\+)\s+)?{_WORD}){{0,3}}"


_WHOSE = r"(?:Women|Men|Children|Kid|Baby|Girl|Boy|Mother|Father|Valentine|New Year|Today|World|Let|It|That|What|Here|There)['’]"
"""Whose it is, but nobody's name."""

MAX_CHARS = 40


@dataclass(frozen=True)
class BrandName:
    """A name, where it stands in the prompt, and the words that gave it away."""

    name: str
    start: int
    end: int
    words: str


GERMAN_NOUNS = frozenset(("werbung", "anzeige", "eiche", "nussbaum", "buche", "holz", "leder", "samt", "leinen"))
"""Of prompts, not of trades."""


def find_brand(text: str) -> BrandName | None:
    """The brand: quoted, after "called/named/brand", after "by/from", after a noun ("my bakery Crumb & Co"), or an unknown name."""
    for pattern in (
        r"\b(?:for|called|named|brand(?: name)?(?: is)?|by|from|company)\s*:?\s*[\"“„«'‘](?P<brand>[^\"”“»'’]{2,40})[\"”“»'’]",
        r"(?<!saying )(?<!slogan )(?<!tagline )[\"“„«](?P<brand>[^\"”“»]{2,30})[\"”“»]",
        rf"(?P<brand>\b(?!{_WHOSE})[A-Z]\w+['’]s\s+{_NAME})",
        rf"\b(?:called|named|brand(?: name)?(?: is)?|company)\s*:?\s+(?P<brand>{_NAME})",
        r"\b(?:called|named)\s+(?P<brand>[a-z][\w-]{2,20})\b",
        rf"\bat\s+(?P<brand>The\s+{_NAME})",
        rf"\bby\s+(?P<brand>{_NAME})",
        rf"\bfrom\s+(?P<brand>{_NAME})",
    ):
        match = re.search(pattern, text)
        if match and not _is_common(match["brand"]) and len(match["brand"]) <= MAX_CHARS and not _is_origin(match):
            return _named(match)
    return _capitalised(text)


def _capitalised(text: str) -> BrandName | None:
    """A capitalised run that is no common word; at the very beginning only in capitals throughout ("AURELIA perfume")."""
    words = re.findall(r"[^\W\d_]{3,}", text)
    if sum(w[0].isupper() for w in words) > max(2, len(words) // 2) or all(w.isupper() for w in words):
        return None  # Written In Title Case, or SHOUTED: capitals tell nothing.
    shouted = re.match(r"\s*(?P<brand>[A-Z]{4,20})\b", text)
    if shouted and not _is_common(shouted["brand"]):
        return _named(shouted)
    for match in re.finditer(
        rf"(?<![.!?:#]\s)(?<!\bin\s)(?<!\bat\s)(?<!\bin the\s)(?<!\bfrom the\s)(?<!\bof the\s)(?<!\bnear\s)(?<=\s)(?P<brand>{_NAME})", text
    ):
        found = _named(match)
        acronym = found.name.isupper() and len(found.name) <= 4
        if re.match(_WHOSE, found.name) or all(word in ORIGINS for word in re.findall(r"[^\W_]+", found.name.lower())):
            continue
        if found.name.lower() in TRADES or found.name.lower() in GERMAN_NOUNS:
            continue  # German writes every noun so
        if 3 <= len(found.name) <= MAX_CHARS and not acronym and not found.name[0].isdigit() and not _is_common(found.name):
            return found
    return None


def _named(match: re.Match[str]) -> BrandName:
    """The match without common words in front ("SaaS Clearfold") and without punctuation at its ends."""
    name, start = match["brand"], match.start("brand")
    while (first := re.match(r"[^\W_]+\s+(?=\S)", name)) and first.group().strip().lower() in BRANDLESS:
        name, start = name[first.end() :], start + first.end()
    return BrandName(name.strip(" .,'’"), start, start + len(name), match.group().strip())


def _is_common(name: str) -> bool:
    """Whether every word of a capitalised run is a platform, season, place, command or a category's own word."""
    words = re.findall(r"[^\W_]+", name.lower())
    known = COMMAND_WORDS | BRANDLESS
    return (
        not words
        or all(w in known or w.isdigit() or len(w) == 1 or _styled(w) for w in words)
        or bool(find_product(name) and len(words) == 1)
    )


def _is_origin(match: re.Match[str]) -> bool:
    """Whether it says "from" where, not from whom."""
    words = re.findall(r"[^\W_]+", match["brand"].lower())
    return bool(re.match(r"from\s+(?![\"“„«'‘])", match.group())) and all(word in ORIGINS or word in COMMAND_WORDS for word in words)


def _styled(word: str) -> bool:
    return any(re.fullmatch(pattern, word, re.I) for pattern in STYLES.values())
