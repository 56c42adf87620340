"""The edit decision list: the finished edit as plain frozen values, ready to be composed.

`timeline.py` keeps the editable OpenTimelineIO form and conforms it to this; `compose.py` renders it and knows nothing
else. All times are integer frames of `fps`; `Edl.check()` states the rules.

    frame     0        72            168       264        360
    pictures  |--- A ---|----- B ------|--- C ----|--- D ---|        slots tile the whole, without overlap
    overlap          [--x--]        [--x--]    [--x--]               a transition is centred on its cut and borrows
                                                                     `transition_frames / 2` from each side's handles
    titles       [== t ==]   [== t ==]         [==== t ====]
"""

from dataclasses import asdict, dataclass, field
from fractions import Fraction
from typing import Any, Literal

from pipelines.correction import UNCHANGED, Correction
from pipelines.errors import TimelineError
from pipelines.word_captions.cue import UNCAPTIONED, Captioning, CaptionWord, Cue

TitleRole = Literal["headline", "body", "brand", "mark", "cta", "badge", "legal", "logo", "rating", "callout"]
Position = Literal["top", "center", "bottom"]


@dataclass(frozen=True)
class Picture:
    """One clip in its slot.

    media: the path of a video of the ad's fps (any size; it is scaled to cover), "" for a gap, which is black. media_in: the media frame
    shown at `start`; the media must hold frames from media_in - head to media_in + n_frames + tail, where head and tail are half of the
    neighbouring transitions. look: a row of grade.LOOKS laid under the ad's own ("none": nothing). match: what draws its exposure and
    cast towards the ad's other clips, before any look. held: the frame at media_in stands still for the whole slot. focus: where
    in the media (0..1 across, 0..1 down) the middle of what is shown should be, as far as its edges allow, when it has another shape.
    speed: in hundredths of the media's own; media_in is counted at it (at 200 the media's frame 2 × media_in is shown first).
    """

    media: str
    start: int
    n_frames: int
    media_in: int = 0
    transition_in: str = "cut"
    transition_frames: int = 0
    look: str = "none"
    match: Correction = UNCHANGED
    held: bool = False
    focus: tuple[float, float] = (0.5, 0.5)
    speed: int = 100

    @property
    def lends(self) -> bool:
        """Whether transitions can borrow frames from it."""
        return bool(self.media) and not self.held

    def counted(self, fps: int) -> Fraction:
        """The rate at which its media's frames are counted in an edit of `fps`: at 200 half of it, so that every second one is shown."""
        return Fraction(fps * 100, self.speed)


@dataclass(frozen=True)
class TitleLine:
    """One line (or paragraph: it is broken to fit) of a title. delay: frames after the title's start; `animation`: a row of
    text_animations.ANIMATIONS. image: of a "logo", the path of its picture; its text is what it stands for, and what is set where there
    is none. A "rating" begins with its number of stars, 0..5."""

    text: str
    role: TitleRole = "headline"
    animation: str = "fade"
    delay: int = 0
    image: str = ""


@dataclass(frozen=True)
class Title:
    """A block of type, set together and stacked in order, on screen from `start` for `n_frames`.

    style: a row of models.typefaces.TYPEFACES. color: of the type; accent: of rules, badges and buttons.
    """

    lines: tuple[TitleLine, ...]
    start: int
    n_frames: int
    position: Position = "center"
    style: str = "modern_grotesk"
    color: str = "#FFFFFF"
    accent: str = "#FFFFFF"
    exit_animation: str = "fade"


@dataclass(frozen=True)
class Edl:
    """The whole edit. grade: a row of grade.LOOKS for everything. vignette and grain: 0..1. soundtrack: path of a 48 kHz
    stereo WAV of exactly the ad's length, mastered, or "" for silence. safe: margins (left, top, right, bottom) as fractions.
    captioning: what is said as words on the picture, and how it is shown."""

    width: int
    height: int
    fps: int
    n_frames: int
    pictures: tuple[Picture, ...]
    titles: tuple[Title, ...] = ()
    grade: str = "neutral"
    vignette: float = 0.25
    grain: float = 0.25
    fade_in: int = 3
    fade_out: int = 7
    soundtrack: str = ""
    safe: tuple[float, float, float, float] = (0.075, 0.1, 0.075, 0.1)
    seed: int = 0
    metadata: dict[str, Any] = field(default_factory=dict)
    captioning: Captioning = UNCAPTIONED

    def check(self) -> None:
        """Raise TimelineError unless the pictures tile [0, n_frames), transitions fit, and titles lie inside."""
        at = 0
        for i, picture in enumerate(self.pictures):
            if picture.start != at or picture.n_frames <= 0:
                raise TimelineError(f"Clip {i + 1} should start at frame {at}, not {picture.start}.")
            at += picture.n_frames
        if at != self.n_frames:
            raise TimelineError(f"The clips cover {at} frames; the ad has {self.n_frames}.")
        for i, picture in enumerate(self.pictures):
            if picture.transition_frames % 2 or picture.transition_frames < 0 or (i == 0 and picture.transition_frames):
                raise TimelineError(f"The transition into clip {i + 1} must have an even number of frames, and the first clip has none.")
            if picture.transition_frames and not (picture.lends and self.pictures[i - 1].lends):
                raise TimelineError(f"The transition into clip {i + 1} stands beside a gap; make it a cut.")
            after = self.pictures[i + 1].transition_frames if i + 1 < len(self.pictures) else 0
            if picture.transition_frames // 2 + after // 2 > picture.n_frames:
                raise TimelineError(f"The transitions around clip {i + 1} are longer than the clip.")
            if picture.media_in < picture.transition_frames // 2:
                raise TimelineError(f"Clip {i + 1} lacks the head frames that its transition needs.")
        for title in self.titles:
            if title.start < 0 or title.n_frames <= 0 or title.start + title.n_frames > self.n_frames:
                raise TimelineError(f"The title {title.lines[0].text!r} does not lie inside the ad.")
        at = 0
        for cue in self.captioning.cues:
            try:
                cue.check()
            except ValueError as error:
                raise TimelineError(str(error)) from error
            if cue.start < at or cue.end > self.n_frames:
                raise TimelineError(f"The caption “{cue.text}” does not lie inside the ad, or over another.")
            at = cue.end

    def as_json(self) -> dict[str, Any]:
        """Plain lists and dicts."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Edl":
        """The inverse of `as_json`."""
        pictures = tuple(
            Picture(**{**p, "match": Correction(**p.get("match", {})), "focus": tuple(p.get("focus", (0.5, 0.5)))})
            for p in data["pictures"]
        )
        titles = tuple(Title(**{**t, "lines": tuple(TitleLine(**line) for line in t["lines"])}) for t in data["titles"])
        how = dict(data.get("captioning", {}))
        cues = tuple(Cue(**{**cue, "words": tuple(CaptionWord(**word) for word in cue["words"])}) for cue in how.pop("cues", ()))
        captioning = Captioning(**how, cues=cues)
        return cls(**{**data, "pictures": pictures, "titles": titles, "safe": tuple(data["safe"]), "captioning": captioning})
