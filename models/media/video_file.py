"""The one place that decodes and encodes video: H.264 (or HEVC, AV1) in MP4 out, anything PyAV can read in.

Inside, a picture is three uint8 planes (y, u, v) of 4:2:0, BT.709, limited range: y (H, W), u and v (H/2, W/2); or, where
that is handier, (H, W, 3) uint8 RGB. Whatever a file holds (other matrices, full range, 10 bits, 4:4:4, turned phones) is
converted on the way in, and everything written is tagged. It knows nothing of cuts, titles or grades.
"""

import contextlib
import errno
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from uuid import uuid4

import av
import numpy as np
from av.container import InputContainer
from av.error import FFmpegError
from av.video.frame import PictureType
from av.video.reformatter import ColorRange, Colorspace
from av.video.stream import VideoStream
from numpy.typing import NDArray

from models.errors import DiskFull, MediaError
from models.media.audio_file import AacCopy
from models.media.encoding import ENCODINGS, Encoding, add_picture
from models.media.opening import alone, ends_early, opened
from models.media.planes import Plane, Planes, frame_to_planes, planes_to_frame, planes_to_rgb, rgb_to_frame

LIBRARY = f"PyAV {av.__version__}"
"""What decodes and encodes, for reports that have to say it."""


@dataclass(frozen=True)
class VideoInfo:
    """width, height: as shown (rotation applied). fps: average. n_frames: counted, not promised. duration_s: of the picture."""

    width: int
    height: int
    fps: Fraction
    n_frames: int
    codec: str
    pixel_format: str
    rotation_deg: int
    has_sound: bool
    metadata: Mapping[str, str]

    @property
    def duration_s(self) -> float:
        """Length of the picture."""
        return float(self.n_frames / self.fps)


def probe(path: Path) -> VideoInfo:
    """What a video file holds. Raises MediaError when it is missing, is no video, or is cut short."""
    with VideoReader(path) as reader:
        return reader.info


class VideoReader:
    """A video file, decoded on demand. Use as a context manager; every iteration starts afresh.

    threads: decoder threads per iteration (0: as many as there are cores).
    """

    def __init__(self, path: Path, threads: int = 1) -> None:
        self.path, self._threads = Path(path), threads
        if not self.path.is_file():
            raise MediaError(f"There is no video file at {self.path.name}; choose another file.")
        with self._open() as (_, container, stream):
            self.info = self._inspect(container, stream)
        self.width, self.height, self.fps, self.n_frames = self.info.width, self.info.height, self.info.fps, self.info.n_frames

    def __enter__(self) -> "VideoReader":
        return self

    def __exit__(self, *exc: object) -> None:
        return None

    def planes(
        self,
        first: int = 0,
        count: int | None = None,
        *,
        fps: Fraction | int | None = None,
        size: tuple[int, int] | None = None,
        focus: tuple[float, float] = (0.5, 0.5),
    ) -> Iterator[Planes]:
        """Yield (y, u, v) for frames first, first + 1, … ; the arrays are read-only.

        fps: count frames at this rate instead of the file's own; each is the nearest frame of the file. size: (width, height),
        even; the picture is scaled to cover it and cropped around `focus` (0..1 across and down). Raises MediaError when the file
        breaks or ends before `count` frames.
        """
        for frame in self._frames(first, count, fps):
            yield frame_to_planes(frame, size, focus)

    def rgb(
        self, first: int = 0, count: int | None = None, *, fps: Fraction | int | None = None, size: tuple[int, int] | None = None
    ) -> Iterator[NDArray[np.uint8]]:
        """As `planes`, but (H, W, 3) uint8 RGB."""
        for frame in self._frames(first, count, fps):
            yield planes_to_rgb(frame_to_planes(frame, size))

    def frame(self, index: int) -> NDArray[np.uint8]:
        """One frame as (H, W, 3) uint8 RGB."""
        return next(self.rgb(index, 1))

    def stored(self) -> Iterator[tuple[Fraction, NDArray[np.uint8]]]:
        """Every stored picture once, in the order it is shown, turned as it is shown: (seconds from the first, (H, W, 3) uint8 RGB).

        Nothing is repeated, left out or scaled, and colours are FFmpeg's default conversion, as OpenCV and decord give them:
        published measures are defined on those. To show a video, use `rgb`. Raises MediaError where the file breaks or changes
        its size.
        """
        for at, frame in self._decoded(Fraction(0)):
            rgb = np.ascontiguousarray(np.rot90(frame.to_ndarray(format="rgb24"), round(frame.rotation / 90) % 4), np.uint8)
            if rgb.shape[:2] != (self.height, self.width):
                raise MediaError(f"{self.path.name} changes its size {float(at):.1f} s in; export it again in one size.")
            yield at, rgb

    def glimpses(
        self,
        indices: Iterable[int],
        *,
        fps: Fraction | int | None = None,
        size: tuple[int, int] | None = None,
        focus: tuple[float, float] = (0.5, 0.5),
    ) -> Iterator[Planes]:
        """The pictures at about these frames, cheaply: for each the keyframe before it where that is less than a second away."""
        rate = Fraction(fps or self.info.fps)
        with self._open() as (_, container, stream):
            base = stream.time_base or Fraction(1, av.time_base)
            origin = (stream.start_time or 0) * base
            for wanted in (index / rate for index in indices):
                container.seek(int((origin + wanted) / base), stream=stream)
                packet = next(container.demux(stream))
                near = packet.pts is not None and wanted - 1 < packet.pts * base - origin <= wanted
                yield frame_to_planes((near and alone(packet, stream)) or self._within_a_second(wanted), size, focus)

    @contextlib.contextmanager
    def _open(self) -> Iterator[tuple[str, InputContainer, VideoStream]]:
        name = self.path.name
        try:
            with opened(self.path) as container:
                if not container.streams.video:
                    raise MediaError(f"{name} has no picture in it; choose a video file.")
                stream = container.streams.video[0]
                stream.thread_type = "AUTO"
                stream.codec_context.thread_count = self._threads
                yield name, container, stream
        except (FFmpegError, OSError, ValueError) as error:
            raise MediaError(f"{name} cannot be read as video; it may be damaged, cut short or not a video file.") from error

    def _inspect(self, container: InputContainer, stream: VideoStream) -> VideoInfo:
        context = stream.codec_context
        fps = stream.average_rate or stream.guessed_rate
        if not context.width or not context.height or not fps:
            raise MediaError(f"{self.path.name} does not say how large or how fast its picture is; export it again.")
        first = next((frame for packet in container.demux(stream) if (frame := alone(packet, stream))), None)
        if first is None:
            raise MediaError(f"{self.path.name} holds no pictures; choose another file.")
        rotation = round(first.rotation / 90) * 90 % 360
        container.seek(0)
        kept = packets = 0
        for packet in container.demux(stream):
            if packet.size:
                packets += 1
                kept += not packet.is_discard
        if not stream.frames and ends_early(container):
            raise MediaError(f"{self.path.name} is cut short: it is shorter than it says. Export or upload it again.")
        if packets < stream.frames:
            raise MediaError(
                f"{self.path.name} is cut short: {packets} of its {stream.frames} frames are there. Export or upload it again."
            )
        width, height = (context.height, context.width) if rotation % 180 else (context.width, context.height)
        return VideoInfo(
            width,
            height,
            Fraction(fps),
            kept,
            context.name,
            context.pix_fmt or "",
            rotation,
            bool(container.streams.audio),
            dict(container.metadata),
        )

    def _frames(self, first: int, count: int | None, fps: Fraction | int | None) -> Iterator[av.VideoFrame]:
        """Frames at times first / fps, (first + 1) / fps, …: for each the nearest one in the file."""
        rate = Fraction(fps or self.info.fps)
        target, left = Fraction(first) / rate, count
        shown: av.VideoFrame | None = None
        shown_at = Fraction(0)
        for at, frame in self._decoded(target):
            while shown is not None and left != 0 and target - shown_at < at - target:
                yield shown
                target, left = target + 1 / rate, None if left is None else left - 1
            if left == 0:
                return
            shown, shown_at = frame, at
        end = shown_at + 1 / self.info.fps
        while shown is not None and left != 0 and target < end:
            yield shown
            target, left = target + 1 / rate, None if left is None else left - 1
        if left:
            lasts = f"it lasts {self.info.duration_s:.2f} s"
            raise MediaError(f"{self.path.name} is too short: frames {first} to {first + (count or 0)} were needed, and {lasts}.")

    def _within_a_second(self, wanted: Fraction) -> av.VideoFrame:
        for at, frame in self._decoded(wanted):
            if at > wanted - 1:
                return frame
        raise MediaError(f"{self.path.name} is too short: it has no picture at {float(wanted):.2f} s.")

    def _decoded(self, since: Fraction) -> Iterator[tuple[Fraction, av.VideoFrame]]:
        """(seconds from the file's first picture, frame), from the last keyframe before `since` or from the start."""
        with self._open() as (name, container, stream):
            base = stream.time_base or Fraction(1, av.time_base)
            origin = (stream.start_time or 0) * base
            if since > 0:
                container.seek(int((origin + since) / base), stream=stream)
            for i, frame in enumerate(container.decode(stream)):
                at = (frame.pts or 0) * base - origin
                if i == 0 and at > since and since > 0:  # the file's index points past the frame: read from the start
                    break
                if frame.is_corrupt:
                    raise MediaError(f"{name} is damaged {float(at):.1f} s in; export or upload it again.")
                yield at, frame
            else:
                return
        yield from self._decoded(Fraction(0))


class VideoWriter:
    """H.264 High unless asked otherwise, yuv420p, BT.709, constant frame rate, MP4 with its index in front. Use as a context manager.

    encoding: a row of ENCODINGS or an `Encoding`. sound: from `audio_file.coded_aac`, copied beside the picture.
    metadata: any UTF-8 text under any key (read it back with `probe`). The file appears under its name only when the
    `with` block ends well; otherwise nothing is left. Raises DiskFull or MediaError.
    """

    def __init__(
        self,
        path: Path,
        width: int,
        height: int,
        fps: Fraction | int,
        encoding: str | Encoding = "intermediate",
        *,
        sound: bytes | None = None,
        metadata: Mapping[str, str] | None = None,
        threads: int = 2,
    ) -> None:
        if width % 2 or height % 2 or width <= 0 or height <= 0:
            raise MediaError(f"A video's sides are even; {width}x{height} cannot be written.")
        self.path, self.width, self.height, self.fps = Path(path), width, height, Fraction(fps)
        self.n_frames = 0
        asked = ENCODINGS[encoding] if isinstance(encoding, str) else encoding
        self._part = self.path.with_name(f".{self.path.stem}-{uuid4().hex[:8]}.part")
        with self._writing():
            # A movie clock of 48 kHz makes every edit list exact, for any whole frame rate and for the sound.
            options = {"movflags": "faststart+use_metadata_tags", "movie_timescale": "48000"}
            self._container = av.open(str(self._part), "w", format="mp4", options=options)
            self._container.metadata.update(metadata or {})
            self._picture = add_picture(self._container, asked, width, height, self.fps, threads)
            self._voice = AacCopy(sound, self._container) if sound else None

    def write_rgb(self, frame: NDArray[np.uint8]) -> None:
        """Append one (H, W, 3) uint8 RGB frame."""
        self._check(frame.shape, (self.height, self.width, 3))
        self._write(rgb_to_frame(frame))

    def write_planes(self, y: Plane, u: Plane, v: Plane, *, key: bool = False) -> None:
        """Append one frame of limited-range BT.709 planes; with `key`, one at which the film can be taken apart."""
        self._check(y.shape, (self.height, self.width))
        self._write(planes_to_frame((y, u, v)), key)

    def close(self) -> None:
        """Finish the file and put it in its place. `with` does it."""
        with self._writing():
            self._container.mux(self._picture.encode(None))
            if self._voice:
                self._voice.upto(None)
            self._container.close()
            os.replace(self._part, self.path)

    def abort(self) -> None:
        """Drop the file."""
        with contextlib.suppress(FFmpegError, OSError, ValueError):  # it is being thrown away: how it fails to end is no news
            self._container.close()
        self._part.unlink(missing_ok=True)

    def __enter__(self) -> "VideoWriter":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if kind is None:
            self.close()
        else:
            self.abort()

    def _check(self, shape: tuple[int, ...], wanted: tuple[int, ...]) -> None:
        if shape != wanted:
            raise MediaError(f"{self.path.name} takes pictures of {wanted}, not {shape}.")

    def _write(self, picture: av.VideoFrame, key: bool = False) -> None:
        if key:
            picture.pict_type = PictureType.I
        picture.pts, picture.time_base = self.n_frames, 1 / self.fps
        picture.color_range, picture.colorspace = ColorRange.MPEG, Colorspace.ITU709
        with self._writing():
            self._container.mux(self._picture.encode(picture))
            self.n_frames += 1
            if self._voice:  # as far as the picture has come, so that the file interleaves
                self._voice.upto(self.n_frames / self.fps)

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        """Translate what goes wrong while writing, once, and leave nothing behind."""
        try:
            yield
        except (FFmpegError, OSError, ValueError) as error:
            if hasattr(self, "_container"):
                self.abort()
            self._part.unlink(missing_ok=True)
            if getattr(error, "errno", None) in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
                raise DiskFull(f"The disk is full; {self.path.name} could not be written. Free some space and try again.") from error
            raise MediaError(f"{self.path.name} could not be written: {error}.") from error
