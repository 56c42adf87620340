"""PAS, BAB and AIDA (PRD §12): the beats of each story and how long each lasts in 15, 30 and 60 seconds."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

SceneType = Literal["Problem", "Agitate", "Solve", "Resolution", "Before", "After", "Bridge", "Attention", "Interest", "Desire", "Action"]


class Framework(StrEnum):
    """The story's shape (PRD §12)."""

    PAS = "PAS"
    BAB = "BAB"
    AIDA = "AIDA"


@dataclass(frozen=True)
class Beat:
    """One scene of the story. shadow: told before the product enters (the light is still off). reveal: here the light comes on.
    shots_15: pictures it is cut into in a 15 s ad."""

    name: SceneType
    purpose: str
    seconds_15: int
    shadow: bool = False
    reveal: bool = False
    final: bool = False
    shots_15: int = 1

    def seconds(self, total: int) -> int:
        """This beat's length in an ad of `total` (15, 30 or 60) seconds."""
        return self.seconds_15 * total // 15


@dataclass(frozen=True)
class Story:
    """A framework: beats in order, the psychology it leans on and what it is best for."""

    name: str
    driver: str
    best_for: str
    beats: tuple[Beat, ...]


FRAMEWORKS: dict[Framework, Story] = {
    Framework.PAS: Story(
        "PAS",
        "relief from a loss",
        "products that solve a clear problem",
        (
            Beat("Problem", "Show a frustration the viewer knows", 4, shadow=True),
            Beat("Agitate", "Let it matter", 3, shadow=True),
            Beat("Solve", "The product enters as the answer", 4, reveal=True),
            Beat("Resolution", "The good result, and what to do now", 4, final=True),
        ),
    ),
    Framework.BAB: Story(
        "BAB",
        "aspiration",
        "products that lift a life",
        (
            Beat("Before", "The ordinary state of things", 5, shadow=True, shots_15=2),
            Beat("After", "The same world, lifted", 5, reveal=True, shots_15=2),
            Beat("Bridge", "The product is the way, and what to do now", 5, final=True),
        ),
    ),
    Framework.AIDA: Story(
        "AIDA",
        "curiosity and momentum",
        "direct response for almost anything",
        (
            Beat("Attention", "Stop the thumb", 3),
            Beat("Interest", "Say what it is", 4, reveal=True),
            Beat("Desire", "Make its benefits felt", 5),
            Beat("Action", "One clear thing to do", 3, final=True),
        ),
    ),
}
