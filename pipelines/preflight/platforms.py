"""What each platform asks of a film: values out of platforms.json. Knows no films."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipelines.aspect import SafeZone
from pipelines.errors import BriefError

_DATA = json.loads((Path(__file__).parent / "platforms.json").read_text(encoding="utf-8"))
LOOKED_UP: str = _DATA["looked_up"]
"""The month in which the figures were looked up; platforms change theirs without telling."""


@dataclass(frozen=True)
class Platform:
    """seconds: (fewest, most). short_side: fewest pixels. megabytes: most. safe: margins that its own buttons cover."""

    id: str
    title: str
    aspects: tuple[str, ...]
    seconds: tuple[float, float]
    short_side: int
    megabytes: float
    safe: SafeZone


def _platform(id: str, row: Mapping[str, Any]) -> Platform:
    values = dict(row)
    safe, aspects, seconds = SafeZone(**values.pop("safe")), tuple(values.pop("aspects")), tuple(values.pop("seconds"))
    return Platform(id, aspects=aspects, seconds=seconds, safe=safe, **values)


PLATFORMS: Mapping[str, Platform] = {id: _platform(id, row) for id, row in _DATA["platforms"].items()}

NAMES = {
    "instagram": "reels",
    "instagram reels": "reels",
    "tik tok": "tiktok",
    "youtube shorts": "shorts",
    "instagram feed": "feed",
    "facebook": "feed",
}


def platform_for(word: str) -> Platform:
    """The platform people mean. Raises BriefError."""
    name = " ".join(word.lower().replace("-", " ").replace("_", " ").split())
    found = PLATFORMS.get(NAMES.get(name, name))
    if found is None:
        raise BriefError(f"There is no platform {word[:40]!r}; there are {', '.join(PLATFORMS)}.", field="platform")
    return found


def usual_for(width: int, height: int) -> Platform:
    """Where a film of this shape is usually shown."""
    return PLATFORMS["reels" if height > width else "youtube" if width > height else "feed"]
