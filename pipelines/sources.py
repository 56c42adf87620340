"""The pictures of an edit as files: opened, checked, and decoded in the order in which frames need them."""

from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import repeat
from pathlib import Path

from models.errors import MediaError
from models.media.planes import Planes, black
from models.media.video_file import VideoReader
from pipelines.edl import Edl


@dataclass(frozen=True)
class Showing:
    """What frame n shows: one picture, or two and how far the change from the first to the second has come (0..1)."""

    first: int
    second: int | None = None
    w: float = 0.0

    @property
    def main(self) -> int:
        """The picture that dominates."""
        return self.second if self.second is not None and self.w >= 0.5 else self.first


def showing(edl: Edl, n: int) -> Showing:
    """Which pictures frame n needs. A transition of m frames covers [cut - m/2, cut + m/2), at w = 0.5/m, 1.5/m, …"""
    i = next(k for k, picture in enumerate(edl.pictures) if picture.start <= n < picture.start + picture.n_frames)
    for cut in (i, i + 1):
        if 0 < cut < len(edl.pictures):
            picture = edl.pictures[cut]
            into = n - (picture.start - picture.transition_frames // 2)
            if 0 <= into < picture.transition_frames:
                return Showing(cut - 1, cut, (into + 0.5) / picture.transition_frames)
    return Showing(i)


class Sources:
    """Every clip of `edl`, or those that the frames `wanted` and their type need; checked on opening.

    Raises MediaError naming the clip that is missing, broken or too short.
    """

    def __init__(self, edl: Edl, wanted: Sequence[int] | None = None) -> None:
        self._edl = edl
        used = set(range(len(edl.pictures))) if wanted is None else _used(edl, wanted)
        self._readers = [self._open(i) if i in used else None for i in range(len(edl.pictures))]

    def needs(self, i: int) -> tuple[int, int]:
        """(first media frame, count) that picture i shows, with its halves of the transitions; counted at its speed."""
        picture = self._edl.pictures[i]
        if picture.held:
            return picture.media_in, 1
        head = picture.transition_frames // 2
        tail = self._edl.pictures[i + 1].transition_frames // 2 if i + 1 < len(self._edl.pictures) else 0
        return picture.media_in - head, head + picture.n_frames + tail

    def frames(self, wanted: Sequence[int] | None = None) -> Iterator[tuple[int, dict[int, Planes]]]:
        """(n, picture index -> planes at the ad's size) for every frame of the ad, or for those wanted, in rising order."""
        streams: dict[int, Generator[Planes, None, None]] = {}
        before = -1
        try:
            for n in range(self._edl.n_frames) if wanted is None else wanted:
                now = showing(self._edl, n)
                shown = [now.first] if now.second is None else [now.first, now.second]
                for past in [i for i in streams if i < now.first or n != before + 1]:
                    streams.pop(past).close()  # a decoder holds tens of megabytes
                for i in shown:
                    if i not in streams:
                        streams[i] = self._stream(i, n)
                yield n, {i: next(streams[i]) for i in shown}
                before = n
        finally:
            for stream in streams.values():
                stream.close()

    def glimpses(self, moments: Iterable[int], size: tuple[int, int]) -> dict[int, Planes]:
        """Frame number -> about what is shown there, at another size; each clip is opened once."""
        of: dict[int, list[int]] = {}
        for n in sorted(set(moments)):
            of.setdefault(showing(self._edl, n).main, []).append(n)
        found: dict[int, Planes] = {}
        for i, frames in of.items():
            picture, reader = self._edl.pictures[i], self._readers[i]
            if reader is None:
                found |= {n: black(*size) for n in frames}
                continue
            media = [picture.media_in + (0 if picture.held else n - picture.start) for n in frames]
            found |= zip(frames, reader.glimpses(media, fps=picture.counted(self._edl.fps), size=size, focus=picture.focus), strict=True)
        return found

    def _stream(self, i: int, n: int) -> Generator[Planes, None, None]:
        """Picture i's frames from frame n of the ad on."""
        first, count = self.needs(i)
        if not self._edl.pictures[i].held:
            skipped = self._edl.pictures[i].media_in + n - self._edl.pictures[i].start - first
            first, count = first + skipped, count - skipped
        reader, size, focus = self._readers[i], (self._edl.width, self._edl.height), self._edl.pictures[i].focus
        fps = self._edl.pictures[i].counted(self._edl.fps)
        if reader is None:
            yield from repeat(black(*size))
            return
        try:
            if self._edl.pictures[i].held:
                yield from repeat(next(reader.planes(first, count, fps=fps, size=size, focus=focus)))
            yield from reader.planes(first, count, fps=fps, size=size, focus=focus)
        except MediaError as error:
            raise MediaError(f"Clip {i + 1}: {error}") from error

    def _open(self, i: int) -> VideoReader | None:
        if not self._edl.pictures[i].media:
            return None
        path = Path(self._edl.pictures[i].media)
        try:
            reader = VideoReader(path)
        except MediaError as error:
            raise MediaError(f"Clip {i + 1}: {error}") from error
        first, count = self.needs(i)
        held = Fraction(reader.n_frames) / reader.fps * self._edl.pictures[i].counted(self._edl.fps)
        if first + count - 1 >= held:
            raise MediaError(
                f"Clip {i + 1}: {path.name} is too short: it holds {int(held)} frames at {self._edl.fps} a second, and the cut needs "
                f"{first + count}."
            )
        return reader


def _used(edl: Edl, wanted: Sequence[int]) -> set[int]:
    """The pictures that these frames show, and those under the titles that stand in them."""
    frames = set(wanted)
    under = (range(title.start, title.start + title.n_frames) for title in edl.titles)
    seen = frames.union(*(span for span in under if not frames.isdisjoint(span)))
    shown = (showing(edl, n) for n in seen)
    return {i for now in shown for i in (now.first, now.second) if i is not None}
