"""What the Generate page says of captions, and the styles there are. Plain JSON for the island."""

from typing import Any

from pipelines.word_captions.styles import STYLES

CAPTIONS: dict[str, Any] = {
    "captions": "Captions",
    "captionsOff": "The headlines tell the story; the Editor adds captions later, if you like",
    "captionsSummary": "Captions: {name}",
}

_WHAT = "What the voice says; without one, a short script to read"


def styles_told() -> list[dict[str, str]]:
    """Off first, then each style with what it looks like."""
    off = {"value": "", "title": "Off", "hint": CAPTIONS["captionsOff"]}
    return [off, *({"value": name, "title": one.title, "hint": f"{one.hint}. {_WHAT}"} for name, one in STYLES.items())]
