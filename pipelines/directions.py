"""Reads how the person wants the pictures taken: the place, the light, the camera's views, what it should see close, the manner.

Words of a product are not taken for direction: "a marble table ad" sells a table, "on a marble table" is where something stands.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from pipelines.copywriter.staging import LIGHTS, PLACES
from pipelines.spec import FontStyle

View = Literal["close", "above", "low", "wide"]
Span = tuple[int, int]

VIEWS: Mapping[View, str] = {
    "close": r"close[\s-]?ups?|macro|up close|close on|stay(?:s|ing)? close|fill(?:s|ing)? the frame",
    "above": r"from (?:straight |right |high )?above|look(?:s|ing)? down|overhead|top[\s-]down|bird['’]?s[\s-]eye|flat[\s-]?lay",
    "low": r"(?:from )?low down|(?:from a |at a )?low[\s-]angle|from below|hero angle|worm['’]?s[\s-]eye",
    "wide": r"wide (?:shot|view|frame|angle)s?|open(?:s|ing)? wide|(?:negative|empty) space|(?:plenty|lots) of (?:\w+ )?space",
}
TYPE_SAID: Mapping[FontStyle, str] = {  # manners that have a typeface; a voice takes them only where it is one of its own
    "luxury_serif": r"refined|elegant|timeless|serif",
    "engraved_caps": r"precise|exclusive|engraved",
    "technical_mono": r"exact|technical|engineered|futuristic",
    "modern_grotesk": r"sleek|modern|professional",
    "geometric_sans": r"simple|minimal(?:ist)?|plain|tidy",
    "friendly_rounded": r"friendly|cheerful|cute|whimsical",
    "bold_display": r"bold|loud|punchy|powerful",
}

_BEFORE = (
    r"(?:(?P<lead>on|in|at|against|with|under|by|before|over|across|through|from)\s+(?:(?:an?|the|one|some|its)\s+)?)?"
    r"(?:(?:rough|honed|polished|pale|warm|soft|low|round|still|dark|black|quiet|hard|late|early|plain|smooth|single|large|thin|crisp"
    r"|gentle|clear|bright|long|deep|wet|slow)[\s,]+){0,3}"
)
_DIRECTING = re.compile(
    r"(?:^|(?<=[.!?;:]\s))(?:then\s+)?(?:(?:set|place|stand|show|shoot|film|photograph|light|put|lay|let)\s+(?:it|them|the\s+(?:name|phone|product))\b"
    r"|(?:stay|come|move|look|open|hold|keep the camera|begin|end)\b)[^.!?;]*",
    re.I,
)
_ASIDE = re.compile(r"(?:^|(?<=[.!?;:]\s))(?:keep|make)\s+(?:it|the\s+(?:tone|mood|whole))\b[^.!?;]*", re.I)
_DETAIL = re.compile(  # up to a comma, or to the end of a list: "the dial, the hands and the case"
    r"\bclose(?:[\s-]ups?)?\s+(?:on|of)\s+"
    r"(?P<what>[^.;!?:,]{3,60}(?:,\s+(?!in\b|on\b|with\b|from\b)[^.;!?:,]{2,40}\s+and\s+[^.;!?:,]{2,40})?)",
    re.I,
)


@dataclass(frozen=True)
class Said:
    """One direction found: its field, the row it names, and the words."""

    field: Literal["place", "light", "view", "detail", "type"]
    value: str
    words: str


@dataclass(frozen=True)
class Directions:
    """place, light: rows of PLACES and LIGHTS, "" where nothing is said. views: in the order they are said. detail: what is to be
    seen close. type: the typeface the manner asks for. spans: characters that direct and therefore name no product and no style;
    asides: those that speak of manner alone, and name no product."""

    place: str = ""
    light: str = ""
    views: tuple[View, ...] = ()
    detail: str = ""
    type: FontStyle | None = None
    said: tuple[Said, ...] = ()
    spans: tuple[Span, ...] = ()
    asides: tuple[Span, ...] = ()


def read_directions(text: str) -> Directions:
    """The directions in a prompt; empty ones where there are none."""
    said: list[Said] = []
    spans: list[Span] = []
    place, light = _first(text, PLACES, "place", said, spans), _first(text, LIGHTS, "light", said, spans)
    found = [(m, view) for view, pattern in VIEWS.items() for m in [_whole(pattern).search(text)] if m]
    found.sort(key=lambda pair: pair[0].start())
    said += [Said("view", view, m.group()) for m, view in found]
    detail = _DETAIL.search(text)
    if detail:
        said.append(Said("detail", detail["what"].strip(" ,"), detail.group().strip()))
        spans.append(detail.span())
    spans += [m.span() for m in _DIRECTING.finditer(text) if any(m.start() <= text.find(s.words, m.start()) < m.end() for s in said)]
    type_ = _type(masked(text, tuple(spans)), said)
    return Directions(
        place,
        light,
        tuple(view for _, view in found),
        detail["what"].strip(" ,") if detail else "",
        type_,
        tuple(said),
        tuple(spans),
        tuple(m.span() for m in _ASIDE.finditer(text)),
    )


@cache  # there are more of them than re itself keeps
def _whole(said: str, before: str = "") -> re.Pattern[str]:
    """What is said, as words of their own."""
    return re.compile(rf"(?<![\w-]){before}(?:{said})(?![\w-])", re.I)


def masked(text: str, spans: tuple[Span, ...]) -> str:
    """`text` with what was read taken out, every character in its place."""
    for start, end in spans:
        text = text[:start] + ";" * (end - start) + text[end:]
    return text


def _first(text: str, rows: Mapping[str, object], field: Literal["place", "light"], said: list[Said], spans: list[Span]) -> str:
    """The first row of the table that is asked for. Only after a preposition, or between commas, is it surely no product."""
    for name, row in rows.items():
        match = _whole(row.said, _BEFORE).search(text)  # type: ignore[attr-defined]
        if match:
            said.append(Said(field, name, match.group().strip()))
            alone = re.search(r"(?:^|[,.;:–—-])\s*$", text[: match.start()]) and re.match(r"\s*(?:[,.;!]|$)", text[match.end() :])
            if match["lead"] or alone or re.match(r"(?:on|in|at|from|through)\b", match.group(), re.I):
                spans.append(match.span())
            return name
    return ""


def _type(text: str, said: list[Said]) -> FontStyle | None:
    """The typeface of the first manner that has one."""
    found = [(m, font) for font, pattern in TYPE_SAID.items() for m in [_whole(pattern).search(text)] if m]
    if not found:
        return None
    match, font = min(found, key=lambda pair: pair[0].start())
    said.append(Said("type", font, match.group()))
    return font
