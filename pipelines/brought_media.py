"""Media that people bring to an edit, made to fit it: each kind becomes a file that the timeline can hold like one of its own.

    image   a clip, STILL_S seconds long unless asked otherwise, that slowly comes nearer, cropped around what draws the eye
    film    a clip in the edit's size, rate and colours; upright, its frames at their own times; its sound is left out
    sound   48 kHz, stereo, WAV; usable as the film's music

Knows files, sizes and frames; not whose they are.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import cv2
import numpy as np

from models.errors import MediaError
from models.media.audio_file import MAX_DURATION_S, read_audio, write_wav
from models.media.clip_fit import reshaped
from models.media.foreign import MOST_PIXELS, look
from models.media.image_file import read_image, scaled
from models.media.loudness import RATE
from models.media.video_file import VideoReader, VideoWriter, probe
from pipelines.focus import LONG_SIDE, best_crop, focus_of, standing_out

Kind = Literal["image", "film", "sound"]
STILL_S = 5.0
STILLS_S = (0.5, 30.0)
"""The least and the most that a picture is shown for."""

NEARER = 1.08
"""How much larger a still is at its end."""

LONGEST_FILM_S = 120
MOST_FRAMES = 14_400
"""Of one file on a timeline; see pipelines.editing.action.Frames."""

SIDES = (64, 4096)
FASTEST = 240


@dataclass(frozen=True)
class Brought:
    """What a file is. width, height: as shown, 0 for sound."""

    kind: Kind
    width: int = 0
    height: int = 0
    seconds: float = 0.0


@dataclass(frozen=True)
class Fitted:
    """path: of the file that the timeline can hold, n_frames long at the edit's rate. width, height: 0 for sound. notes: what was done to
    it, in sentences."""

    path: Path
    n_frames: int
    width: int = 0
    height: int = 0
    notes: tuple[str, ...] = ()


def is_picture(head: bytes) -> bool:
    """Whether a file that begins with these 16 bytes is a PNG, JPEG or WebP picture."""
    return head.startswith((b"\x89PNG", b"\xff\xd8\xff")) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP")


def checked(path: Path) -> Brought:
    """What the film or sound at `path` is. Raises MediaError with what to do about it, before more than one picture was decoded."""
    found = look(path)
    if not found.is_film:
        if found.seconds > MAX_DURATION_S:
            raise MediaError(f"This sound is longer than {MAX_DURATION_S // 60} minutes; trim it first.")
        return Brought("sound", seconds=found.seconds)
    small, large = SIDES
    if min(found.width, found.height) < small or max(found.width, found.height) > large or found.width * found.height > MOST_PIXELS:
        raise MediaError(f"This film is {found.width}×{found.height} pixels; each side needs {small} to {large}, and 4K is the most.")
    if found.seconds > LONGEST_FILM_S:
        raise MediaError(f"This film lasts {found.seconds:.0f} s; trim it to {LONGEST_FILM_S} s or less.")
    if found.fps > FASTEST:
        raise MediaError(f"This film has {found.fps:.0f} frames a second; export it with {FASTEST} or fewer.")
    if not found.square:
        raise MediaError("This film's pixels are not square; export it with square pixels.")
    info = probe(path)
    if info.duration_s > LONGEST_FILM_S:
        raise MediaError(f"This film lasts {info.duration_s:.0f} s; trim it to {LONGEST_FILM_S} s or less.")
    return Brought("film", info.width, info.height, info.duration_s)


def fitted(
    source: Path,
    kind: Kind,
    out: Path,
    size: tuple[int, int],
    fps: int,
    *,
    still_s: float = STILL_S,
    check: Callable[[], None] = lambda: None,
    tell: Callable[[float], None] = lambda fraction: None,
) -> Fitted:
    """`source` made to fit an edit of this size (width, height) and rate, in `out` (.mp4, or .wav for sound). still_s: for how long a
    picture is shown, within STILLS_S. check: raises to stop. Raises MediaError, DiskFull."""
    if kind == "sound":
        return _sound(source, out, fps)
    if kind == "image":
        return _still(source, out, size, fps, round(still_s * fps), check, tell)
    return _film(source, out, size, fps, check, tell)


def media_name(kind: Kind, mark: str, called: str) -> str:
    """As timelines name the file. mark: what no other file of the edit has; called: what its owner calls it."""
    slug = re.sub(r"[^a-z0-9]+", "-", Path(called).stem.lower()).strip("-")[:40]
    folder, ending = ("sound", "wav") if kind == "sound" else ("clips", "mp4")
    return f"{folder}/own-{mark}{f'-{slug}' if slug else ''}.{ending}"


def _still(
    source: Path, out: Path, size: tuple[int, int], fps: int, n: int, check: Callable[[], None], tell: Callable[[float], None]
) -> Fitted:
    picture = read_image(source)
    width, height = size
    had = picture.shape[1], picture.shape[0]
    small = LONG_SIDE / max(had)
    x, y = best_crop(standing_out([scaled(picture, (max(16, round(had[0] * small)), max(16, round(had[1] * small))))]), width / height)
    cover = NEARER * max(width / had[0], height / had[1])
    large = scaled(picture, (max(width, round(had[0] * cover)), max(height, round(had[1] * cover))))
    with VideoWriter(out, width, height, fps) as writer:
        for i in range(n):
            check()
            seen = NEARER ** (1 - i / (n - 1))  # pixels of `large` across one of the clip's
            left = min(max(x * large.shape[1] - seen * width / 2, 0), large.shape[1] - seen * width)
            top = min(max(y * large.shape[0] - seen * height / 2, 0), large.shape[0] - seen * height)
            move = np.array([[seen, 0, left + (seen - 1) / 2], [0, seen, top + (seen - 1) / 2]])
            flags = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
            writer.write_rgb(np.asarray(cv2.warpAffine(large, move, size, flags=flags, borderMode=cv2.BORDER_REPLICATE), np.uint8))
            tell((i + 1) / n)
    return Fitted(out, n, *size, _sentences(reshaped(had, size)))


def _film(source: Path, out: Path, size: tuple[int, int], fps: int, check: Callable[[], None], tell: Callable[[float], None]) -> Fitted:
    with VideoReader(source) as video:
        info = video.info
        about = max(1, round(info.n_frames / info.fps * fps))
        focus = focus_of(source, 0, about, fps, size[0] / size[1])
        with VideoWriter(out, *size, fps) as writer:
            for i, planes in enumerate(video.planes(0, None, fps=fps, size=size, focus=focus)):
                check()
                if i >= MOST_FRAMES:
                    raise MediaError(f"This film has more than {MOST_FRAMES} frames here; trim it first.")
                writer.write_planes(*planes)
                tell(min(1.0, (i + 1) / about))
            n = writer.n_frames
    quiet = ("Its sound is left out; bring it as a sound file to hear it.",) if info.has_sound else ()
    mapped = ("Its HDR colours are brought to standard ones.",) if look(source).hdr else ()
    return Fitted(out, n, *size, (*_sentences(reshaped((info.width, info.height), size)), *mapped, *quiet))


def _sound(source: Path, out: Path, fps: int) -> Fitted:
    samples, most = read_audio(source), MOST_FRAMES * RATE // fps
    notes = (f"Only its first {most // RATE} s are kept.",) if len(samples) > most else ()
    samples = samples[:most]
    n = len(samples) * fps // RATE
    if not n:
        raise MediaError("This sound is shorter than a frame; choose another one.")
    return Fitted(write_wav(out, samples, bits=24), n, notes=notes)


def _sentences(ends: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"It {end}." for end in ends)
