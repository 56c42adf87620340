"""The three shapes of an ad, their pixels and their safe zones. A new shape is one member here; UI and API list the enum."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True)
class SafeZone:
    """Margins, as fractions of width and height, that platforms cover with their own buttons and captions."""

    left: float
    top: float
    right: float
    bottom: float


class Aspect(StrEnum):
    """Value: what people type. `size`: final pixels (width, height)."""

    VERTICAL = "9:16"
    HORIZONTAL = "16:9"
    SQUARE = "1:1"

    @property
    def size(self) -> tuple[int, int]:
        """Full-HD pixels (width, height)."""
        return {"9:16": (1080, 1920), "16:9": (1920, 1080), "1:1": (1080, 1080)}[self.value]

    @property
    def safe(self) -> SafeZone:
        """Where type may stand. Vertical keeps clear of the Reels/TikTok/Shorts chrome (right rail, caption, header)."""
        zones = {
            "9:16": SafeZone(0.075, 0.125, 0.125, 0.20),
            "16:9": SafeZone(0.06, 0.08, 0.06, 0.09),
            "1:1": SafeZone(0.075, 0.08, 0.075, 0.09),
        }
        return zones[self.value]

    def scaled(self, short_side: int) -> tuple[int, int]:
        """(width, height), both even, with the shorter side `short_side`: for previews and tests."""
        width, height = self.size
        scale = short_side / min(width, height)
        return 2 * round(width * scale / 2), 2 * round(height * scale / 2)
