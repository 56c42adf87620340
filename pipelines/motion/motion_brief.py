"""The brief of a motion: what a person asked the camera to do, checked here and nowhere else. Knows no models."""

import re
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from models.asks import Move
from pipelines import checked
from pipelines.errors import BriefError
from pipelines.motion.motion_terms import ARTIFACTS, INTENSITIES, MOVEMENTS, SPEEDS, STABLE, TEMPLATES, Direction, Speed

WORDS_CHARS = 500
SECONDS = (2.0, 10.0)
RATES = (24, 25, 30)
TAKES = (1, 6)


class MotionBrief(BaseModel):
    """words: of one's own, "" for none. movement: a key of MOVEMENTS. intensity 0..1. seconds: of the clip. takes: how many are made.
    template: the key of TEMPLATES that it began with, "" for none; whatever came of it stands in the other fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    words: str = ""
    movement: str = "push_in"
    direction: Direction = ""
    intensity: Annotated[float, Field(ge=0, le=1)] = 0.5
    speed: Speed = "real_time"
    fps: Literal[24, 25, 30] = 24
    seconds: Annotated[float, Field(ge=SECONDS[0], le=SECONDS[1])] = 4.0
    negative_prompt: str = f"{ARTIFACTS}, {STABLE}"
    takes: Annotated[int, Field(ge=TAKES[0], le=TAKES[1])] = 3
    template: str = ""

    @property
    def move(self) -> Move:
        """The camera move, for models that take it exactly."""
        moves = MOVEMENTS[self.movement].moves
        return moves.get(self.direction, moves[""])

    @property
    def strength(self) -> float:
        """0..1, for models that take it exactly."""
        return max(0.0, min(1.0, self.intensity * SPEEDS[self.speed][2]))

    @property
    def n_frames(self) -> int:
        """Of the clip."""
        return round(self.seconds * self.fps)

    @property
    def prompt(self) -> str:
        """The motion in words, for video models."""
        movement = MOVEMENTS[self.movement].words.replace("{direction}", f"to the {self.direction or 'right'}")
        intensity = next(words for most, words in INTENSITIES if self.intensity <= most)
        parts = (movement, intensity if self.movement != "static" else "", SPEEDS[self.speed][1], self.words.strip(" .,;"))
        return f"{', '.join(filter(None, parts))}; nothing in the picture changes shape"


def read_motion_brief(
    words: Any = "",
    *,
    template: Any = None,
    movement: Any = None,
    direction: Any = None,
    intensity: Any = None,
    speed: Any = None,
    fps: Any = None,
    seconds: Any = None,
    negative_prompt: Any = None,
    takes: Any = None,
) -> MotionBrief:
    """A checked MotionBrief; what is None comes from the template, else from the words, else from the defaults.

    Raises BriefError with one sentence and `field`.
    """
    text = checked.line(words or "", "motion_prompt", "The motion prompt", WORDS_CHARS)
    name = _choice(template, tuple(TEMPLATES), "template", "template") if template else ""
    row = TEMPLATES.get(name)
    given: dict[str, Any] = {"words": text, "template": name}
    if row:
        given |= {"movement": row.movement, "intensity": row.intensity, "speed": row.speed, "negative_prompt": row.negative}
        given["words"] = text or row.words
    else:
        given |= read_words(text)
    if movement not in (None, ""):
        given["movement"] = _choice(movement, tuple(MOVEMENTS), "movement", "camera movement")
    if direction not in (None, ""):
        given["direction"] = _choice(direction, ("left", "right"), "direction", "direction")
    if intensity not in (None, ""):
        given["intensity"] = _number(intensity, "intensity", "The intensity", 0.0, 1.0)
    if speed not in (None, ""):
        given["speed"] = _choice(speed, get_args(Speed), "speed", "speed")
    if fps not in (None, ""):
        given["fps"] = int(_choice(fps, tuple(map(str, RATES)), "fps", "frame rate"))
    if seconds not in (None, ""):
        given["seconds"] = _number(seconds, "seconds", "The length in seconds", *SECONDS)
    if negative_prompt is not None:
        given["negative_prompt"] = checked.line(negative_prompt, "negative_prompt", "What must not happen", WORDS_CHARS)
    if takes not in (None, ""):
        given["takes"] = _takes(takes)
    return MotionBrief(**given)


def read_words(text: str) -> dict[str, Any]:
    """What a motion prompt says of itself."""
    said: dict[str, Any] = {}
    for pattern, movement in (
        (r"\bpush(?:es|ing)?[\s-]?in|dolly in|moves? (?:closer|in)|zoom(?:s|ing)? in", "push_in"),
        (r"\bpull(?:s|ing)?[\s-]?(?:out|back)|dolly out|moves? back|zoom(?:s|ing)? out", "pull_out"),
        (r"\borbit|circl(?:es|ing)|around (?:it|the)", "orbit"),
        (r"\bpan(?:s|ning)?\b", "pan"),
        (r"\bdolly\b|\btruck|\bslid(?:e|es|ing)\b|\btracking\b", "dolly"),
        (r"\bris(?:e|es|ing)\b|\bcrane", "rise"),
        (r"\bhand[\s-]?held", "handheld"),
        (r"\brack(?:s|ing)? focus|focus pull", "rack_focus"),
        (r"light (?:comes|reveal)|lights come", "light_reveal"),
        (r"\bstatic\b|locked|no camera movement|still camera", "static"),
    ):
        if re.search(pattern, text, re.I):
            said["movement"] = movement
            break
    if match := re.search(r"\b(left|right)\b", text, re.I):
        said["direction"] = match[1].lower()
    if re.search(r"slow[\s-]?mo(?:tion)?\b", text, re.I):
        said["speed"] = "slow_motion"
    elif re.search(r"\b(?:brisk|quick|fast|energetic)\b", text, re.I):
        said["speed"] = "brisk"
    if re.search(r"\b(?:barely|subtle|gentle|slight|calm)\b", text, re.I):
        said["intensity"] = 0.25
    elif re.search(r"\b(?:strong|dramatic|sweeping|bold)\b", text, re.I):
        said["intensity"] = 0.8
    return said


def _choice(value: Any, options: tuple[str, ...], field: str, name: str) -> str:
    word = re.sub(r"[\s-]+", "_", str(value).strip().lower())
    if word not in options:
        raise BriefError(f"There is no {name} {str(value)[:40]!r}; there are {', '.join(options)}.", field=field)
    return word


def _number(value: Any, field: str, name: str, low: float, high: float) -> float:
    number = checked.number(value, low, high)
    if number is None:
        raise BriefError(f"{name} lies between {low:g} and {high:g}, not {str(value)[:20]!r}.", field=field)
    return number


def _takes(value: Any) -> int:
    takes = checked.whole(value, *TAKES)
    if takes is None:
        raise BriefError(f"One to six takes can be made at once, not {str(value)[:20]}.", field="auto_attempts")
    return takes
