"""Opening a video and looking at one picture of it, without decoding more than that. It knows nothing of arrays."""

from fractions import Fraction
from pathlib import Path

import av
from av.container import InputContainer
from av.video.stream import VideoStream

LEAST_GAP_S = Fraction(1, 2)


def opened(path: Path) -> InputContainer:
    """The file, opened without decoding anything where that is safe. Raises what PyAV raises.

    FFmpeg analyses a file by decoding its first pictures, which costs as much as two or three frames each time. The index of an
    MP4 says it all already: sizes, times, and how far pictures are reordered.
    """
    quick = av.open(str(path), "r", options={"skip_frame": "all"})
    if "mp4" in quick.format.name and quick.streams.video and quick.streams.video[0].frames:
        return quick
    quick.close()
    return av.open(str(path), "r")


def alone(packet: av.Packet, stream: VideoStream) -> av.VideoFrame | None:
    """The picture of a packet that needs no other, or None. The decoder is flushed at once: left to itself it holds a picture back
    until it has decoded the next few."""
    if not packet.is_keyframe or not packet.size:
        return None
    context = stream.codec_context
    try:
        frames = [*context.decode(packet), *context.decode(None)]
    finally:
        context.flush_buffers()
    return frames[0] if frames and not frames[0].is_corrupt else None


def ends_early(container: InputContainer) -> bool:
    """Whether a file that promises a length, but no number of frames (Matroska), stops half a second or more before it. Reads it all."""
    if not container.duration:
        return False
    container.seek(0)
    ends = [(p.pts + (p.duration or 0)) * p.time_base for p in container.demux() if p.pts is not None and p.time_base]
    return not ends or max(ends) < Fraction(container.duration, av.time_base) - LEAST_GAP_S
