"""One thing changed at a time: the same hero frame in another light, through another lens, in another mood (FR-038).

A variation is a brief of its own whose parent is known to whoever keeps the lineage; nothing is overwritten.
"""

import re
from collections.abc import Mapping

from pipelines.colors import NAMED_COLORS
from pipelines.errors import BriefError
from pipelines.hero.hero_brief import PROMPT_CHARS, WORDS_CHARS, HeroBrief
from pipelines.hero.terms import TERMS, TITLES, Matter

VARIED: tuple[Matter, ...] = ("light", "composition", "mood", "lens", "film_stock")

LIT = r"(?:light|hour|glow|sun\w*|evening|morning|dusk|dawn)\b"
"""What a colour before it colours: the light, not the product or its ground."""


def chips(brief: HeroBrief) -> dict[Matter, tuple[str, ...]]:
    """What can be varied, by matter: keys of its table, without the one that the brief has."""
    return {matter: tuple(key for key in TERMS[matter] if key != brief.choices.get(matter)) for matter in VARIED}


def vary(brief: HeroBrief, changes: Mapping[str, str], words: str = "") -> HeroBrief:
    """`brief` with other choices; words: whatever else is to be different, added to the prompt.

    What an earlier choice or the tables' words said of a varied matter is taken out of the prompt, so that two lights never argue.
    Raises BriefError when nothing is changed or there is no room.
    """
    unknown = [name for name in changes if name not in VARIED]
    if unknown:
        raise BriefError(f"{unknown[0]!r} cannot be varied; there are {', '.join(VARIED)}.", field="choices")
    new = {matter: " ".join(changes[matter].split()) for matter in VARIED if changes.get(matter)}
    words = " ".join(words.split()).strip(" ,;.")
    if not new and not words:
        raise BriefError("Choose what is to be different: a light, a composition, a mood, a lens or a film.", field="choices")
    if any(len(value) > WORDS_CHARS for value in new.values()) or len(words) > WORDS_CHARS:
        raise BriefError(f"Say what is to be different in {WORDS_CHARS} characters at most.", field="choices")
    prompt = brief.prompt
    for matter in new:
        prompt = _without(prompt, matter)
    if words:
        prompt = f"{prompt.rstrip(' .,;')}, {words}"
    if len(prompt) > PROMPT_CHARS[1]:
        raise BriefError(f"The prompt would have {len(prompt)} characters; shorten it to {PROMPT_CHARS[1]} at most.")
    return brief.model_copy(update={"prompt": prompt, "choices": {**brief.choices, **new}})


def speaks_of_colors(words: str) -> bool:
    """Whether words for a variation name a colour, which the picture is then free to take: "on navy", not "golden evening light"."""
    names = "|".join(map(re.escape, NAMED_COLORS))
    return bool(re.search(rf"#[0-9a-f]{{6}}\b|\b(?:{names})\b(?!\s+(?:\w+\s+)?{LIT})|\bcolou?r", words, re.I))


def changed(before: HeroBrief, after: HeroBrief) -> str:
    """What tells a variation from its parent, for people: "Light: Golden hour; Lens: 85 mm portrait"."""
    parts = []
    for matter, title in TITLES.items():
        now = after.choices.get(matter, "")
        if now and now != before.choices.get(matter):
            parts.append(f"{title}: {TERMS[matter][now].title if now in TERMS[matter] else now}")
    added = after.prompt.removeprefix(before.prompt.rstrip(" .,;")).strip(" ,")
    if after.prompt != before.prompt and added and added != after.prompt:
        parts.append(added)
    return "; ".join(parts)


def _without(prompt: str, matter: Matter) -> str:
    """The prompt without the tables' own words for a matter."""
    for term in TERMS[matter].values():
        prompt = re.sub(rf",?\s*{re.escape(term.words)}", "", prompt, flags=re.I)
    return prompt.strip(" ,")
