"""What can be measured of a finished film, and of the edit it was made from. Values only; whether that is good is for the rules.

Type is where the renderer put it: the layout is computed from the edit, and the contrast is measured on frames of the finished file,
between the type's own colour and the pixels around its letters.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from models.errors import MediaError
from models.media.audio_file import read_audio
from models.media.loudness import RATE, integrated_lufs, true_peak_dbtp
from models.media.video_file import VideoReader
from pipelines.captions.layout import SetLine, TextLayout, layout
from pipelines.captions.legibility import Backing
from pipelines.captions.lettering import Lettering
from pipelines.colors import luminance
from pipelines.edl import Edl, Title
from pipelines.kernels import BLACK, NEUTRAL, WHITE, load
from pipelines.word_captions.setting import SetPage, set_captions
from pipelines.yuv import luminance as luminance_of

Picture = NDArray[np.uint8]
Mask = NDArray[np.bool_]

QUIET = 10 ** (-60 / 20)
"""Sample level below which nobody hears anything."""

CAPTION = "caption"
"""The role of a line that is said, or read as if."""

LOOKS = (0.35, 0.65)
"""When a title is looked at, as shares of its time: it has arrived, and has not begun to leave."""


@dataclass(frozen=True)
class Line:
    """One line of type. box: (left, top, right, bottom) in pixels. contrast: WCAG ratio to what is behind it where that is worst; None for
    type on a button of its own, and while there is no film. large: by WCAG's measure."""

    text: str
    role: str
    box: tuple[float, float, float, float]
    contrast: float | None
    large: bool


@dataclass(frozen=True)
class Type:
    """One title. start_s, seconds: on screen. words: to read."""

    start_s: float
    seconds: float
    words: int
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Facts:
    """Of one file, or of an edit that is none yet: pixel_format is "" then, and bytes, faststart, silence_s and what is heard are None.
    lufs, true_peak_dbtp: None when it has no sound. silence_s: longest silence. faststart: the index stands before the pictures, so that
    it plays while it loads. type: None where the edit is not known."""

    width: int
    height: int
    fps: float
    duration_s: float
    codec: str
    pixel_format: str
    bytes: int | None
    faststart: bool | None
    lufs: float | None
    true_peak_dbtp: float | None
    silence_s: float | None
    type: tuple[Type, ...] | None = None


def facts_of(film: Path, edl: Edl | None = None, check: Callable[[], None] = lambda: None) -> Facts:
    """Measure `film`. edl: the edit it was made from. Raises MediaError when it is no film, or not the film of that edit."""
    with VideoReader(film) as reader:
        info = reader.info
        if edl is not None and ((info.width, info.height) != (edl.width, edl.height) or abs(info.n_frames - edl.n_frames) > 1):
            raise MediaError(f"{film.name} is not the film of this edit; compose it again.")
        type_ = tuple(_type(title, edl, reader, check) for title in edl.titles if title.lines) if edl is not None else None
        check()
        samples = read_audio(film) if info.has_sound else None
        return Facts(
            width=info.width,
            height=info.height,
            fps=float(info.fps),
            duration_s=info.duration_s,
            codec=info.codec,
            pixel_format=info.pixel_format,
            bytes=film.stat().st_size,
            faststart=_faststart(film),
            lufs=integrated_lufs(samples) if samples is not None else None,
            true_peak_dbtp=true_peak_dbtp(samples) if samples is not None else None,
            silence_s=longest_silence(samples) if samples is not None else info.duration_s,
            type=(*type_, *_captions(edl)) if edl is not None and type_ is not None else None,
        )


def facts_before(edl: Edl, codec: str) -> Facts:
    """What is known of the film of `edl` before there is one: its shape, its length, and its type where it will stand."""
    return Facts(
        width=edl.width,
        height=edl.height,
        fps=float(edl.fps),
        duration_s=edl.n_frames / edl.fps,
        codec=codec,
        pixel_format="",
        bytes=None,
        faststart=None,
        lufs=None,
        true_peak_dbtp=None,
        silence_s=None,
        type=(*(_type_before(title, edl) for title in edl.titles if title.lines), *_captions(edl)),
    )


def longest_silence(samples: NDArray[np.floating]) -> float:
    """Seconds of the longest stretch in which no tenth of a second is above QUIET."""
    step = RATE // 10
    whole = np.abs(samples).reshape(len(samples), -1).max(1)
    loud = [bool(whole[i : i + step].max(initial=0) > QUIET) for i in range(0, len(whole), step)]
    longest = run = 0
    for heard in loud:
        run = 0 if heard else run + 1
        longest = max(longest, run)
    return longest / 10


def _type(title: Title, edl: Edl, reader: VideoReader, check: Callable[[], None]) -> Type:
    placed = layout(title, edl.width, edl.height, edl.safe)
    looks = []
    for share in LOOKS:
        check()
        at = int(share * title.n_frames)
        looks.append((reader.frame(min(title.start + at, reader.n_frames - 1)), letters_of(title, placed, at, edl.fps)))
    return _typed(title, edl, placed, looks)


def _type_before(title: Title, edl: Edl) -> Type:
    return _typed(title, edl, layout(title, edl.width, edl.height, edl.safe), ())


def _typed(title: Title, edl: Edl, placed: TextLayout, looks: Sequence[tuple[Picture, Mask]]) -> Type:
    lines = tuple(_line(line, title, placed, looks) for line in placed.lines)
    return Type(title.start / edl.fps, title.n_frames / edl.fps, sum(len(line.text.split()) for line in title.lines), lines)


def _captions(edl: Edl) -> tuple[Type, ...]:
    """Every page of the captions. They bring their own ground along, so their contrast is the same on any picture."""
    return tuple(_caption(one, edl) for one in set_captions(edl).pages)


def _caption(one: SetPage, edl: Edl) -> Type:
    text = " ".join(word.text for word in one.words)
    line = Line(text, CAPTION, one.box, None, is_large(one.page.size, min(edl.width, edl.height)))
    return Type(one.page.start / edl.fps, one.page.n_frames / edl.fps, len(one.words), (line,))


def _line(line: SetLine, title: Title, placed: TextLayout, looks: Sequence[tuple[Picture, Mask]]) -> Line:
    box = line.box
    for shape in placed.shapes:
        if shape.kind == "button" and shape.source == line.source:
            box = (min(box[0], shape.left), min(box[1], shape.top), max(box[2], shape.right), max(box[3], shape.bottom))
    ratio = (
        None
        if line.ink != "type" or not looks
        else min(contrast_on(frame, mask, line.box, luminance(title.color)) for frame, mask in looks)
    )
    return Line(line.text, title.lines[line.source].role, box, ratio, is_large(line.size, min(placed.size)))


def letters_of(title: Title, placed: TextLayout, frame: int, fps: int) -> Mask:
    """(H, W) bool: where the renderer lays the title's letters, `frame` frames after its start, their soft edges included."""
    width, height = placed.size
    planes = (
        np.full((height, width), BLACK, np.uint16),
        np.full((height // 2, width // 2), NEUTRAL, np.uint16),
        np.full((height // 2, width // 2), NEUTRAL, np.uint16),
    )
    alone = replace(title, color="#FFFFFF", accent="#000000")
    Lettering(alone, placed, Backing(0.0, False, 0.0), fps).draw(planes, frame, load("plain"))
    return planes[0] > BLACK + (WHITE - BLACK) // 50


def contrast_on(frame: Picture, letters: Mask, box: tuple[float, float, float, float], ink: float) -> float:
    """WCAG contrast of type of luminance `ink` with what is behind it in `box`, at the worst tenth. frame: (H, W, 3) RGB of the finished
    film, type included; letters: (H, W), where the type is."""
    h, w = frame.shape[:2]
    pad = 0.15 * (box[3] - box[1])
    x0, y0 = max(0, int(box[0] - pad)), max(0, int(box[1] - pad))
    x1, y1 = min(w, int(np.ceil(box[2] + pad))), min(h, int(np.ceil(box[3] + pad)))
    grown = cv2.dilate(letters[y0:y1, x0:x1].astype(np.uint8), np.ones((3, 3), np.uint8))  # the encoder rings around edges
    behind = luminance_of(np.asarray(frame[y0:y1, x0:x1] / 255, np.float32))[grown == 0]
    if not behind.size:
        return 21.0
    light = ink > float(np.median(behind))
    worst = float(np.percentile(behind, 90 if light else 10))
    return (max(ink, worst) + 0.05) / (min(ink, worst) + 0.05)


def is_large(size: float, short_side: int) -> bool:
    """WCAG's large type (24 px on a page 1280 wide, say) for a film seen on a phone: 4 % of its shorter side."""
    return size >= 0.04 * short_side


def _faststart(film: Path) -> bool:
    """Whether an MP4's index stands before its pictures."""
    with film.open("rb") as file:
        at, size = 0, film.stat().st_size
        while at + 8 <= size:
            file.seek(at)
            head = file.read(16)
            length, kind = int.from_bytes(head[:4], "big"), head[4:8]
            if kind in (b"moov", b"mdat"):
                return kind == b"moov"
            if length == 1:
                length = int.from_bytes(head[8:16], "big")
            if length < 8:
                return False
            at += length
    return False
