"""A file that anybody may have sent: what it is, by its header alone, before any of it is decoded.

Only plain containers are opened: playlists and lists of files, which make a decoder fetch something else, are refused.
"""

from dataclasses import dataclass
from pathlib import Path

import av
from av.error import FFmpegError
from av.stream import Disposition

from models.errors import MediaError

CONTAINERS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mp3,wav,flac,ogg,aac"
MOST_PIXELS = 4096 * 2304
_PQ, _HLG = 16, 18  # codes of the two transfers of HDR


@dataclass(frozen=True)
class Foreign:
    """is_film: it has moving pictures (cover art is none); has_sound. width, height: as stored, 0 for sound. fps: 0 where it is not said.
    seconds: as it says itself, 0 where it does not. square: its pixels; hdr: its colours are HDR."""

    is_film: bool
    has_sound: bool
    width: int = 0
    height: int = 0
    fps: float = 0.0
    seconds: float = 0.0
    square: bool = True
    hdr: bool = False


def look(path: Path) -> Foreign:
    """Raises MediaError for what is neither film nor sound in a container that is taken."""
    options = {"protocol_whitelist": "file", "format_whitelist": CONTAINERS, "skip_frame": "all", "max_pixels": str(MOST_PIXELS)}
    try:
        with av.open(str(path), "r", options=options) as container:
            seconds = (container.duration or 0) / av.time_base
            films = [stream for stream in container.streams.video if not stream.disposition & Disposition.attached_pic]
            has_sound = bool(container.streams.audio)
            if not films:
                if not has_sound:
                    raise MediaError("There is neither a picture nor sound in this file; choose another one.")
                return Foreign(False, True, seconds=seconds)
            stream = films[0]
            context, shape = stream.codec_context, stream.sample_aspect_ratio
            return Foreign(
                True,
                has_sound,
                context.width,
                context.height,
                float(stream.average_rate or stream.guessed_rate or 0),
                seconds,
                not shape or shape == 1,
                context.color_trc in (_PQ, _HLG),
            )
    except (FFmpegError, OSError, ValueError) as error:
        raise MediaError(
            "This file cannot be read; send a picture, an MP4, MOV or WebM film, or an MP3, WAV, FLAC or M4A sound."
        ) from error
