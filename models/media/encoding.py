"""How pictures are encoded: what is asked of an encoder, and the stream that it becomes. It knows no files and no frames."""

import io
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any, Literal

import av
from av.codec.codec import UnknownCodecError
from av.container import OutputContainer
from av.error import FFmpegError
from av.video.reformatter import ColorRange, Colorspace
from av.video.stream import VideoStream

from models.media.priority import ordinary_priority

Codec = Literal["h264", "hevc", "av1"]
BT709 = 1  # the code of BT.709 in all three of matrix, primaries and transfer
_ENCODERS: dict[Codec, str] = {"h264": "libx264", "hevc": "libx265", "av1": "libsvtav1"}


TITLES: dict[Codec, str] = {"h264": "H.264", "hevc": "HEVC (H.265)", "av1": "AV1"}
_PLAIN: dict[Codec, str] = {"h264": "ultrafast", "hevc": "ultrafast", "av1": "9"}


@dataclass(frozen=True)
class Encoding:
    """How the encoder is asked to work. gop: frames between keyframes (closed), 0 for its own choice. x264: further `key=value`s of
    x264's. crf is on the codec's own scale, preset of its own names.

    mbtree is off by default: with it x264 gives other bytes for the same frames from run to run.
    """

    preset: str
    crf: float
    gop: int = 0
    x264: tuple[str, ...] = ("mbtree=0",)
    codec: Codec = "h264"


ENCODINGS: dict[str, Encoding] = {
    "intermediate": Encoding("superfast", 12, gop=24),
    "preview": Encoding("superfast", 23, gop=24),
}


def encoder_of(codec: Codec) -> str:
    """FFmpeg's name of the encoder."""
    return _ENCODERS[codec]


_TRIED = 12  # pictures; of fewer than it looks ahead x265 reckons times out of memory that nobody wrote, and a file takes them by chance


@lru_cache
def why_not(codec: Codec) -> str:
    """ "" when this machine really encodes it – some pictures are tried – else a sentence."""
    name = encoder_of(codec)
    try:
        with av.open(io.BytesIO(), "w", format="mp4") as container:
            stream = add_picture(container, Encoding(_PLAIN[codec], 30, codec=codec), 64, 64, Fraction(24), 1)
            for number in range(_TRIED):
                picture = av.VideoFrame(64, 64, "yuv420p")
                picture.pts, picture.time_base = number, Fraction(1, 24)
                container.mux(stream.encode(picture))
            container.mux(stream.encode(None))
    except (FFmpegError, UnknownCodecError, ValueError) as error:
        return f"The media library of this installation cannot encode {TITLES[codec]} ({name}: {error}); choose H.264."
    return ""


def add_picture(container: OutputContainer, asked: Encoding, width: int, height: int, fps: Fraction, threads: int) -> VideoStream:
    """A yuv420p stream in BT.709 for `container`, set as asked. Frames that are marked as keyframes become closed ones."""
    options: dict[str, Any] = {"preset": asked.preset, "crf": str(asked.crf), **_own(asked)}
    stream = container.add_stream(encoder_of(asked.codec), rate=fps, options=options)
    assert isinstance(stream, VideoStream)
    stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
    context = stream.codec_context
    context.time_base = 1 / fps
    context.thread_count = threads
    context.color_range, context.colorspace = ColorRange.MPEG, Colorspace.ITU709
    context.color_primaries, context.color_trc = BT709, BT709
    if asked.codec == "hevc":
        context.codec_tag = "hvc1"  # the form that Apple's players take
    if asked.codec == "av1":
        with ordinary_priority():
            context.open()
    return stream


def _own(asked: Encoding) -> dict[str, str]:
    """The options in the encoder's own language."""
    if asked.codec == "av1":
        return {"g": str(asked.gop)} if asked.gop else {}
    gop = [f"keyint={asked.gop}", "open-gop=0"] if asked.gop else ["open-gop=0"]
    if asked.codec == "hevc":
        return {"x265-params": ":".join([*gop, "log-level=none"]), "forced-idr": "1"}
    return {"x264-params": ":".join([*asked.x264, *gop]), "forced-idr": "1"}
