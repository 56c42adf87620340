"""Films of one encoding put together from stretches of each other: coded pictures are copied, never decoded. It knows frames, not edits.

Every stretch begins at a closed keyframe and ends before one (or with its film); then whatever stands beside it, it shows the same.
"""

import contextlib
import errno
import io
import os
import tempfile
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from uuid import uuid4

import av
import numpy as np
from av.error import FFmpegError
from av.packet import Packet
from av.video.stream import VideoStream

from models.errors import DiskFull, MediaError
from models.media.audio_file import AacCopy
from models.media.encoding import Encoding
from models.media.planes import black
from models.media.video_file import VideoWriter


@dataclass(frozen=True)
class CodedFilm:
    """What has to agree before stretches can be copied. parameters: the decoder's parameter sets. keyframes: in order shown, 0 first."""

    codec: str
    width: int
    height: int
    fps: Fraction
    n_frames: int
    parameters: bytes
    keyframes: tuple[int, ...]

    def fits(self, other: "CodedFilm") -> bool:
        """Whether one decoder, set up once, shows both."""
        mine, theirs = ((f.codec, f.width, f.height, f.fps, f.parameters) for f in (self, other))
        return mine == theirs


@dataclass(frozen=True)
class Stretch:
    """`count` frames of a film from `first` on."""

    film: Path
    first: int
    count: int


def coded_film(path: Path) -> CodedFilm:
    """Read from the file's index and packets. Raises MediaError."""
    with _reading(path) as (_, stream):
        shown = _shown(stream)
        keys = tuple(i for i, packet in enumerate(shown) if packet.is_keyframe)
        context = stream.codec_context
        rate = Fraction(stream.average_rate or 0)
        return CodedFilm(context.name, context.width, context.height, rate, len(shown), bytes(context.extradata or b""), keys)


def would_be(width: int, height: int, fps: int, encoding: Encoding) -> CodedFilm:
    """What a film encoded here and now is like: found out by encoding one black frame."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "one.mp4"
        with VideoWriter(path, width, height, fps, encoding) as writer:
            writer.write_planes(*black(width, height))
        return coded_film(path)


def coded_sound(film: Path) -> bytes:
    """A film's sound as `audio_file.coded_aac` gives it, b"" when it has none. Raises MediaError."""
    try:
        with av.open(str(film), "r") as source:
            if not source.streams.audio:
                return b""
            file = io.BytesIO()
            with av.open(file, "w", format="mp4", options={"movie_timescale": "48000"}) as container:
                heard = source.streams.audio[0]
                stream = container.add_stream_from_template(heard)
                for packet in source.demux(heard):
                    if packet.size:
                        packet.stream = stream
                        container.mux(packet)
            return file.getvalue()
    except (FFmpegError, OSError, ValueError) as error:
        raise MediaError(f"The sound of {film.name} cannot be read.") from error


def splice(stretches: Sequence[Stretch], out: Path, *, sound: bytes | None = None, metadata: Mapping[str, str] | None = None) -> int:
    """Put the stretches together, in order, into the MP4 `out`; returns how many frames that are. sound: from `coded_aac` or `coded_sound`.

    The file appears under its name only when it is whole. Raises MediaError when a stretch begins or ends where it cannot be cut, or
    films do not fit together; DiskFull.
    """
    part = out.with_name(f".{out.stem}-{uuid4().hex[:8]}.part")
    try:
        with contextlib.ExitStack() as stack:
            films: dict[Path, VideoStream] = {}
            for path in dict.fromkeys(stretch.film for stretch in stretches):
                films[path] = stack.enter_context(_reading(path))[1]
            first = films[stretches[0].film]
            for path, stream in films.items():
                if bytes(stream.codec_context.extradata or b"") != bytes(first.codec_context.extradata or b""):
                    raise MediaError(f"{path.name} and {stretches[0].film.name} are encoded in two ways; they cannot be joined.")
            options = {"movflags": "faststart+use_metadata_tags", "movie_timescale": "48000"}
            container = stack.enter_context(av.open(str(part), "w", format="mp4", options=options))
            container.metadata.update(metadata or {})
            target, fps = container.add_stream_from_template(first), Fraction(first.average_rate or 1)
            voice = AacCopy(sound, container) if sound else None
            at, coded = 0, 0
            for stretch in stretches:
                for packet, shown in _stretch(films[stretch.film], stretch):
                    # The k-th picture decoded is due no later than the k-th shown, less the few by which pictures are reordered.
                    packet.pts, packet.dts, packet.time_base, packet.duration = at + shown, coded - _DELAY, 1 / fps, 1
                    packet.stream = target
                    container.mux(packet)
                    coded += 1
                    if voice:
                        voice.upto(coded / fps)
                at += stretch.count
            if voice:
                voice.upto(None)
        os.replace(part, out)
        return at
    except (FFmpegError, OSError, ValueError) as error:
        if getattr(error, "errno", None) in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise DiskFull(f"The disk is full; {out.name} could not be written. Free some space and try again.") from error
        raise MediaError(f"{out.name} could not be put together: {error}.") from error
    finally:
        part.unlink(missing_ok=True)


_DELAY = 2  # pictures by which x264's pyramid of B-pictures runs ahead; constant for all that it encodes here


@contextlib.contextmanager
def _reading(path: Path) -> Iterator[tuple[Path, VideoStream]]:
    try:
        with av.open(str(path), "r") as container:
            if not container.streams.video:
                raise MediaError(f"{path.name} has no picture in it.")
            yield path, container.streams.video[0]
    except (FFmpegError, OSError, ValueError) as error:
        raise MediaError(f"{path.name} cannot be read as video; it may be damaged or cut short.") from error


def _coded(stream: VideoStream) -> list[Packet]:
    """Every packet, in the order in which they are decoded."""
    container = stream.container
    assert isinstance(container, av.container.InputContainer)
    container.seek(0)
    return [packet for packet in container.demux(stream) if packet.size]


def _shown(stream: VideoStream) -> list[Packet]:
    return sorted(_coded(stream), key=lambda packet: packet.pts or 0)


def _stretch(stream: VideoStream, stretch: Stretch) -> Iterator[tuple[Packet, int]]:
    """(packet, place in the stretch) in the order in which they are decoded."""
    coded = _coded(stream)
    times = np.array(sorted(packet.pts or 0 for packet in coded))
    keys = [i for i, packet in enumerate(sorted(coded, key=lambda p: p.pts or 0)) if packet.is_keyframe]
    end = stretch.first + stretch.count
    for border in (stretch.first, end):
        k = bisect_left(keys, border)
        if border != len(coded) and (k == len(keys) or keys[k] != border):
            raise MediaError(f"{stretch.film.name} cannot be cut at frame {border}: no keyframe stands there.")
    for packet in coded:
        place = int(np.searchsorted(times, packet.pts or 0))
        if stretch.first <= place < end:
            yield packet, place - stretch.first
