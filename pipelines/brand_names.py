"""Finds the brand's name in a prompt, by its quotes, the words before it or its capitals. It knows common words, no brands."""

import re

from pipelines.copywriter.lexicon import find_product
from pipelines.hint_words import BRANDLESS, COMMAND_WORDS, STYLES

_NAME = r"[A-Z0-9ÀÖÜØÅÄÉ][\w'’.\-]*(?:\s+(?:(?:&|and|of|the|de|la|le|und|et|\+)\s+)?[A-Z0-9ÀÖÜØÅÄÉ][\w'’.\-]*){0,3}"


def find_brand(text: str) -> re.Match[str] | None:
    """The brand: quoted, after "called/named/brand", after "by/from", after a noun ("my bakery Crumb & Co"), or an unknown name."""
    for pattern in (
        r"\b(?:for|called|named|brand(?: name)?(?: is)?|by|from|company)\s*:?\s*[\"“„«'‘](?P<brand>[^\"”“»'’]{2,40})[\"”“»'’]",
        r"(?<!saying )(?<!slogan )(?<!tagline )[\"“„«](?P<brand>[^\"”“»]{2,30})[\"”“»]",
        rf"\b(?:called|named|brand(?: name)?(?: is)?|company)\s*:?\s+(?P<brand>{_NAME})",
        r"\b(?:called|named)\s+(?P<brand>[a-z][\w-]{2,20})\b",
        rf"\b(?:by|from)\s+(?P<brand>{_NAME})",
    ):
        match = re.search(pattern, text)
        if match and not _is_common(match["brand"]):
            return match
    words = re.findall(r"[^\W\d_]{3,}", text)
    if sum(w[0].isupper() for w in words) > max(2, len(words) // 2):
        return None  # Written In Title Case, or SHOUTED: capitals tell nothing.
    for match in re.finditer(rf"(?<![.!?:#]\s)(?<=\s)(?P<brand>{_NAME})", text):
        name = match["brand"].strip(" .,'’")
        if len(name) >= 3 and not _is_common(name) and not (name.isupper() and len(name) <= 4) and not name[0].isdigit():
            return match
    return None


def _is_common(name: str) -> bool:
    """Whether every word of a capitalised run is a platform, season, place, command or a category's own word."""
    words = re.findall(r"[^\W_]+", name.lower())
    known = COMMAND_WORDS | BRANDLESS
    return (
        not words
        or all(w in known or w.isdigit() or len(w) == 1 or _styled(w) for w in words)
        or bool(find_product(name) and len(words) == 1)
    )


def _styled(word: str) -> bool:
    return any(re.fullmatch(pattern, word, re.I) for pattern in STYLES.values())
