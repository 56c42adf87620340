"""The frames that metrics see: every stored picture of a video once, in order, at native size, in one decode.

Pixels are RGB as FFmpeg's default conversion gives them, which for 8-bit files is what OpenCV and decord give too, so that
published formulas meet published numbers. (`VideoReader.rgb` is exact in colour instead, and differs.) Whatever several
metrics derive from a frame is made once: `frame.view(clip_crop)`; and what they derive from two: `frame.since(former, flow)`.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from models.errors import MediaError
from models.media.staged import staged

Rgb = NDArray[np.uint8]
View = TypeVar("View")


class Frame:
    """One picture. rgb: (H, W, 3) uint8. time_s: since the first picture."""

    def __init__(self, index: int, time_s: float, rgb: Rgb) -> None:
        self.index, self.time_s, self.rgb = index, time_s, rgb
        self._views: dict[Any, Any] = {}
        self._mark = object()

    def renumbered(self, index: int, time_s: float) -> "Frame":
        """The same picture at another place; what was derived from it stays shared."""
        other = Frame(index, time_s, self.rgb)
        other._views, other._mark = self._views, self._mark
        return other

    def view(self, make: Callable[[Any], View]) -> View:
        """`make(rgb)`, or `make` of another view where it says so (`made_of`), computed once however many ask. Nobody may write into it."""
        if make not in self._views:
            base = getattr(make, "base", None)
            self._views[make] = make(self.rgb if base is None else self.view(base))
        found: View = self._views[make]
        return found

    def since(self, former: "Frame", make: Callable[["Frame", "Frame"], View]) -> View:
        """`make(former, self)`, computed once however many ask: a scene and the whole look at the same pairs."""
        key = (make, former._mark)  # not the frame: each would keep the one before it in memory
        if key not in self._views:
            self._views[key] = make(former, self)
        found: View = self._views[key]
        return found


def made_of(base: Callable[[Any], Any]) -> Callable[[Callable[[Any], View]], Callable[[Any], View]]:
    """Marks a view that is made of another view instead of the picture itself."""

    def marked(make: Callable[[Any], View]) -> Callable[[Any], View]:
        make.base = base  # type: ignore[attr-defined]
        return make

    return marked


class Film(ABC):
    """A video to be measured. fps: average. n_frames: as the file promises, or as counted when it was found to be wrong."""

    name: str
    width: int
    height: int
    fps: Fraction
    n_frames: int
    decoder: str

    @abstractmethod
    def frames(self) -> Iterator[Frame]:
        """Decode from the start. Raises MediaError where the file is broken."""

    @property
    def short(self) -> int:
        """The shorter side in pixels."""
        return min(self.width, self.height)


class FileFilm(Film):
    """A video file. Raises MediaError when it is missing, is no video, or is cut short."""

    def __init__(self, path: Path, threads: int = 2) -> None:
        from models.media.video_file import LIBRARY, VideoReader

        self.path, self._reader = path, VideoReader(path, threads)
        info = self._reader.info
        self.name, self.fps, self.n_frames = path.name, info.fps, info.n_frames
        self.width, self.height = info.width, info.height
        self.decoder = f"{info.codec} by {LIBRARY}, default swscale"

    def frames(self) -> Iterator[Frame]:
        """In the order they are shown; variable frame rates are left as they are. Decoded in a thread of their own, two ahead."""
        with closing(staged(self._reader.stored(), depth=2, name="decode")) as stored:
            for index, (time, rgb) in enumerate(stored):
                yield Frame(index, float(time), rgb)


class Span(Film):
    """Frames first … end - 1 of another film, counted from zero: for measuring a scene while the whole is decoded."""

    def __init__(self, whole: Film, first: int, end: int) -> None:
        self.whole, self.first, self.end = whole, first, end
        self.name, self.fps, self.n_frames, self.decoder = whole.name, whole.fps, end - first, whole.decoder
        self.width, self.height = whole.width, whole.height

    def place(self, frame: Frame) -> Frame | None:
        """A frame of the whole as one of the span, None outside."""
        if not self.first <= frame.index < self.end:
            return None
        return frame.renumbered(frame.index - self.first, frame.time_s - float(self.first / self.fps))

    def frames(self) -> Iterator[Frame]:
        """From a decode of its own."""
        return (found for frame in self.whole.frames() if (found := self.place(frame)) is not None)


class ArrayFilm(Film):
    """Pictures in memory: (H, W, 3) uint8 RGB each, all of one size."""

    def __init__(self, pictures: Sequence[Rgb], fps: Fraction | int = 24, name: str = "pictures") -> None:
        if not len(pictures):
            raise MediaError(f"{name} holds no pictures.")
        self.name, self.fps, self.n_frames, self.decoder = name, Fraction(fps), len(pictures), "none"
        self.height, self.width = pictures[0].shape[:2]
        self._pictures = pictures

    def frames(self) -> Iterator[Frame]:
        """One after the other at `fps`."""
        for index, rgb in enumerate(self._pictures):
            yield Frame(index, float(index / self.fps), np.ascontiguousarray(rgb))
