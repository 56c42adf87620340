"""An edit as plain frozen values: what edits are made on. It knows frames and names of files, not OpenTimelineIO, pixels or sound.

    pieces     |--- a ---|--- gap ---|----- b -----|      clips and gaps tile the film; order is all there is to their place
    captions      [= t =]         [==== u ====]           a block of type at its own time
    lines       [~ said ~]                                speech, in samples: it keeps no frames
    cues        [a|line|of|words]                         captions, each word in frames from its line's start

A piece is a slot: its id stays when its picture is replaced or taken out, so that what was said and written over it stays with it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from pipelines.errors import EditError
from pipelines.word_captions.cue import Cue

Shows = Literal["black", "hold"]
RATE = 48_000


@dataclass(frozen=True)
class Piece:
    """A clip or a gap in its slot of `n_frames`.

    media: the file as the timeline names it, "" for a gap. media_in: its frame shown first; media_frames: how many it holds. Both are
    counted at the clip's speed, in hundredths: at 200 a file of 100 frames has 50, and so every other rule here knows no speeds.
    file_frames: how many the file has, 0 for as many as media_frames.
    transition, transition_frames: into this piece, centred on the cut, an even number of frames. group: pieces of one group, neighbours,
    are moved and taken out together; "" for none. shows: what a gap shows, black or the last picture before it, held. own: what else
    the studio knows of it (scene, look, match, still, prompts). other: metadata of other programs, kept as it is.
    """

    id: str
    n_frames: int
    media: str = ""
    media_in: int = 0
    media_frames: int = 0
    transition: str = "cut"
    transition_frames: int = 0
    name: str = ""
    group: str = ""
    shows: Shows = "black"
    own: dict[str, Any] = field(default_factory=dict)
    other: dict[str, Any] = field(default_factory=dict)
    speed: int = 100
    file_frames: int = 0

    @property
    def held(self) -> int:
        """Frames of its file."""
        return self.file_frames or self.media_frames

    def of_file(self, at: int) -> int:
        """The file's frame that its frame `at`, counted at its speed, shows: the nearest one."""
        return min((at * self.speed + 50) // 100, max(0, self.held - 1))

    def at_speed(self, percent: int) -> "Piece":
        """The same part of the file at another speed: as many frames as that takes, to the nearest one."""
        n = max(1, (2 * self.n_frames * self.speed + percent) // (2 * percent))
        media_in = (2 * self.media_in * self.speed + percent) // (2 * percent)
        counted = counted_at(self.held, percent)
        n = min(n, counted)
        return replace(
            self,
            n_frames=n,
            media_in=min(media_in, counted - n),
            media_frames=counted,
            speed=percent,
            file_frames=0 if percent == 100 else self.held,
        )

    @property
    def is_gap(self) -> bool:
        """Whether nothing lies in the slot."""
        return not self.media


@dataclass(frozen=True)
class Caption:
    """A block of type. values: the fields of `edl.Title` but its times, as plain values."""

    id: str
    start: int
    n_frames: int
    values: dict[str, Any]

    @property
    def end(self) -> int:
        """The frame after its last."""
        return self.start + self.n_frames

    @property
    def text(self) -> str:
        """Its first line."""
        return str(self.values["lines"][0]["text"])


@dataclass(frozen=True)
class Spoken:
    """A line of speech: `start`, `length`, `media_in` and `media_length` in samples of RATE."""

    start: int
    length: int
    text: str
    media: str
    media_in: int
    media_length: int


@dataclass(frozen=True)
class Stem:
    """Music or effects: one file from the film's beginning on, of `media_frames` frames."""

    media: str
    media_frames: int


@dataclass(frozen=True)
class Edit:
    """The whole. settings: the studio's metadata of the timeline (size, fps, grade, volumes, …)."""

    name: str
    settings: dict[str, Any]
    pieces: tuple[Piece, ...]
    captions: tuple[Caption, ...] = ()
    spoken: tuple[Spoken, ...] = ()
    music: Stem | None = None
    effects: Stem | None = None
    cues: tuple[Cue, ...] = ()
    other: dict[str, Any] = field(default_factory=dict)

    @property
    def fps(self) -> int:
        """Frames a second."""
        return int(self.settings["fps"])

    @property
    def n_frames(self) -> int:
        """Of the film."""
        return sum(piece.n_frames for piece in self.pieces)

    def start(self, i: int) -> int:
        """The frame at which piece i begins; of len(pieces): the end."""
        return sum(piece.n_frames for piece in self.pieces[:i])

    def at(self, frame: int) -> int:
        """The index of the piece under a frame of the film; beyond its end, the last one."""
        end = 0
        for i, piece in enumerate(self.pieces):
            end += piece.n_frames
            if frame < end:
                return i
        return len(self.pieces) - 1

    def index(self, clip: str) -> int:
        """Where the piece of this id is. Raises EditError."""
        for i, piece in enumerate(self.pieces):
            if piece.id == clip:
                return i
        raise EditError("no_such_clip", f"There is no clip {clip!r} on the timeline; it may have been taken out meanwhile.")

    def caption(self, title: str) -> Caption:
        """The title of this id. Raises EditError."""
        for caption in self.captions:
            if caption.id == title:
                return caption
        raise EditError("no_such_title", f"There is no title {title!r} on the timeline; it may have been taken out meanwhile.")

    def before(self, i: int) -> int:
        """Frames of piece i's head that the transition into it borrows; 0 for i = len(pieces)."""
        return self.pieces[i].transition_frames // 2 if i < len(self.pieces) else 0

    def after(self, i: int) -> int:
        """Frames of piece i's tail that the transition out of it borrows."""
        return self.before(i + 1)

    def room(self, i: int) -> tuple[int, int]:
        """Frames by which clip i could be made longer at its head and at its tail. A gap has as much as it likes: (0, 0) here."""
        piece = self.pieces[i]
        if piece.is_gap:
            return 0, 0
        return piece.media_in - self.before(i), piece.media_frames - piece.media_in - piece.n_frames - self.after(i)

    def grouped(self, i: int) -> range:
        """The indices of piece i and of all that are grouped with it."""
        first = last = i
        group = self.pieces[i].group
        while group and first > 0 and self.pieces[first - 1].group == group:
            first -= 1
        while group and last + 1 < len(self.pieces) and self.pieces[last + 1].group == group:
            last += 1
        return range(first, last + 1)

    def with_piece(self, i: int, **changes: Any) -> "Edit":
        """With some fields of piece i changed."""
        return replace(self, pieces=(*self.pieces[:i], replace(self.pieces[i], **changes), *self.pieces[i + 1 :]))

    def with_caption(self, caption: Caption) -> "Edit":
        """With the caption of the same id changed."""
        return replace(self, captions=tuple(caption if old.id == caption.id else old for old in self.captions))

    def with_settings(self, **changes: Any) -> "Edit":
        """With some settings of the film changed."""
        return replace(self, settings={**self.settings, **changes})

    def check(self) -> None:
        """Raise EditError unless everything has a length, lies where it may, and finds the frames it needs."""
        for i, piece in enumerate(self.pieces):
            if piece.n_frames < 1:
                raise EditError("too_short", f"{self.called(i)} would have no frames left.")
            if piece.transition_frames % 2 or piece.transition_frames < 0 or (piece.transition_frames and not self.joins(i)):
                raise EditError(
                    "no_transition_here", f"A transition has an even number of frames and two clips; not so before {self.called(i)}."
                )
            if self.before(i) + self.after(i) > piece.n_frames:
                raise EditError("transition_too_long", f"The transitions around {self.called(i).lower()} are longer than it is.")
            if not piece.is_gap and min(self.room(i)) < 0:
                raise EditError("no_room", f"{self.called(i)} lacks the frames that its slot and its transitions need.")
        for caption in self.captions:
            if caption.start < 0 or caption.n_frames < 1 or caption.end > self.n_frames:
                raise EditError("title_outside", f"The title {caption.text!r} would not lie inside the film.")
        at = 0
        for cue in self.cues:
            if cue.start < at or cue.end > self.n_frames:
                raise EditError("caption_outside", f"The caption “{cue.text}” would not lie inside the film, or over another.")
            at = cue.end
        if len({piece.id for piece in self.pieces}) < len(self.pieces) or len({c.id for c in self.captions}) < len(self.captions):
            raise EditError("same_id", "Two clips or two titles have the same id.")
        ends = 0
        for line in self.spoken:
            if line.start < ends or line.length < 1 or line.media_in < 0 or line.media_in + line.length > line.media_length:
                raise EditError("voices_overlap", f"The line {line.text!r} would be spoken over another.")
            ends = line.start + line.length

    def joins(self, i: int) -> bool:
        """Whether a transition can stand before piece i: between two clips."""
        return i > 0 and not self.pieces[i].is_gap and not self.pieces[i - 1].is_gap

    def called(self, i: int) -> str:
        """Piece i in words: "Clip 3", or "The gap at 2.5 s"."""
        if self.pieces[i].is_gap:
            return f"The gap at {seconds(self.start(i), self.fps)}"
        return f"Clip {sum(not piece.is_gap for piece in self.pieces[: i + 1])}"


def counted_at(frames: int, percent: int) -> int:
    """How many frames a file of `frames` has at a speed in hundredths."""
    return -(-frames * 100 // percent)


def seconds(frames: int, fps: int) -> str:
    """As people read it: "1.5 s"."""
    return f"{frames / fps:.2f}".rstrip("0").rstrip(".") + " s"


def frames(n: int) -> str:
    """ "1 frame", "8 frames"."""
    return f"{n} frame{'' if n == 1 else 's'}"


def unused(wanted: str, taken: Iterable[str]) -> str:
    """`wanted`, or with the first number that nobody has: always the same for the same edit."""
    used = set(taken)
    if wanted not in used:
        return wanted
    return next(name for n in range(2, len(used) + 3) if (name := f"{wanted}.{n}") not in used)
