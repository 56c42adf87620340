"""The three ways of showing captions. A table: adding one is adding a row (and drawing it, where it moves in a new way)."""

from dataclasses import dataclass
from typing import Any, Literal, cast, get_args

from models.typefaces import Role
from pipelines.errors import BriefError

CaptionStyle = Literal["off", "line", "word", "highlight"]
NAMES: tuple[str, ...] = get_args(CaptionStyle)
Ground = Literal["glow", "edge", "plate"]


@dataclass(frozen=True)
class WordStyle:
    """title, hint: for people. face, size: of the type; size in shares of the picture's short side. words: how many stand together at
    most, 0 for as many as fit. ems: the widest line. rows: lines. ground: what keeps them legible on any picture: a soft
    glow behind them, an edge around each letter, or a plate. lit: the word that is said is marked. pops: it comes at once,
    growing a little."""

    title: str
    hint: str
    face: Role
    size: float
    leading: float
    words: int
    ems: float
    rows: int
    ground: Ground
    lit: bool = False
    pops: bool = False


STYLES: dict[str, WordStyle] = {
    "line": WordStyle("Line", "One quiet line at a time", "text", 0.046, 1.3, 0, 18.0, 1, "glow"),
    "word": WordStyle("Word", "One to three words at a time, large", "display", 0.094, 1.12, 3, 8.5, 1, "edge", pops=True),
    "highlight": WordStyle("Highlight", "The word that is said is lit", "text", 0.05, 1.36, 0, 16.0, 2, "plate", lit=True),
}

_LOOSELY = {"": "off", "no": "off", "none": "off", "false": "off", "on": "line", "yes": "line", "true": "line", "words": "word"}


def caption_style(value: Any) -> CaptionStyle:
    """From what people type: "Word", True for the quiet line, None for none. Raises BriefError."""
    word = "" if value is None else str(value).strip().lower()
    word = _LOOSELY.get(word, word)
    if word not in NAMES:
        shown = f"{str(value)[:40]}…" if len(str(value)) > 40 else str(value)
        raise BriefError(f"There is no caption style “{shown}”; choose {', '.join(NAMES[:-1])} or {NAMES[-1]}.", field="captions")
    return cast(CaptionStyle, word)
