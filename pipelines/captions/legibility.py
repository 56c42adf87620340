"""What the picture behind lacks for the type to be read, measured and decided once per title so that nothing flickers.

Contrast is WCAG 2's, at least 4.5 : 1 between the type's colour and the picture behind each line at its worst: the brightest tenth for
light type, the darkest for dark type. Where the picture gives that by itself it is left alone; otherwise a soft scrim, so broad
that it reads as light falling off, takes exactly what is missing. Grounds are small (h, w, 3) float32 RGB pictures of the
finished frame without type.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from pipelines import colors
from pipelines.captions.layout import SetLine, TextLayout
from pipelines.captions.logos import plate_behind
from pipelines.edl import Title
from pipelines.kernels import ONE
from pipelines.yuv import LUMA, grey_of_luminance, luminance

CONTRAST = 4.5
SHADOW_SHARE = 0.28  # of the shadow's opacity, what surely lies around every letter (see tests)
_DEEPEST = 0.88
_MARGIN = 1.04  # the measured pictures are samples of a moving one


@dataclass(frozen=True)
class Backing:
    """scrim: opacity 0..1 behind the type; light: towards white (behind dark type) instead of black; shadow: opacity 0..1. plate: the
    colour of what stands behind a logo that would drown, "" for nothing."""

    scrim: float
    light: bool
    shadow: float
    plate: str = ""


def backing(title: Title, layout: TextLayout, grounds: Sequence[NDArray[np.float32]]) -> Backing:
    """The least scrim with which every line of `layout` that stands on the picture itself reads on every one of `grounds`."""
    ink = colors.luminance(title.color)
    light = ink < 0.18
    on_picture = [(line, ground) for line in layout.lines if line.ink == "type" for ground in grounds]
    behind = [worst(line, layout.size, ground, light) for line, ground in on_picture]
    need = max((_needed(ink, value, light) for value in behind), default=0.0)
    shadow = 0.0 if light or not behind else 0.46 * min(1.0, max(behind) / 0.05)
    scrim = 1 - (1 - need) / (1 - SHADOW_SHARE * shadow)
    calming = max((min(0.3, 1.5 * (_busy(line, layout.size, ground) - 0.1)) for line, ground in on_picture), default=0.0)
    opacity = min(_DEEPEST, max(0.0, scrim, calming))
    return Backing(opacity, light, shadow, _plate(title, layout, grounds, opacity, light))


def _plate(title: Title, layout: TextLayout, grounds: Sequence[NDArray[np.float32]], scrim: float, light: bool) -> str:
    """What the title's logo needs behind it, where it has one, on the picture as the scrim leaves it."""
    for shape in layout.shapes:
        if shape.kind == "logo":
            box = shape.left, shape.top, shape.right, shape.bottom
            under = [_part(box, 0.0, layout.size, ground) for ground in grounds]
            under = [part + ((1.0 if light else 0.0) - part) * np.float32(scrim) for part in under]
            return plate_behind(Path(title.lines[shape.source].image), under)
    return ""


def worst(line: SetLine, size: tuple[int, int], ground: NDArray[np.float32], light: bool) -> float:
    """Luminance 0..1 behind `line` where it is hardest to read. size: (width, height) that the layout was made for."""
    return float(np.percentile(luminance(_behind(line, size, ground)), 8 if light else 92))


def contrast_with(ink: float, behind: float, back: Backing) -> float:
    """Contrast of type of luminance `ink` on a ground of luminance `behind` under `back`'s scrim and shadow."""
    grey = grey_of_luminance(behind) * (1 - SHADOW_SHARE * back.shadow)
    grey += ((1.0 if back.light else 0.0) - grey) * back.scrim
    under = float(luminance(np.full((1, 3), grey, np.float32))[0])
    return (max(ink, under) + 0.05) / (min(ink, under) + 0.05)


def scrim_plane(layout: TextLayout, position: str, width: int, height: int) -> tuple[NDArray[np.uint16], int]:
    """(coverage, its first row): full behind the block, falling off over a wide soft shoulder; full width, even rows.

    Type at the top or bottom gets a gradient from that edge of the picture, type in the middle a band of dusk.
    """
    left, top, right, bottom = (v / height if i % 2 else v / width for i, v in enumerate(layout.box))
    y = (np.arange(height // 8 + 1, dtype=np.float32) + 0.5) / (height // 8 + 1)
    x = (np.arange(width // 8 + 1, dtype=np.float32) + 0.5) / (width // 8 + 1)
    pad, shoulder = 0.02, 0.2 + 0.35 * (bottom - top)
    above = np.zeros_like(y) if position == "top" else (top - pad - y) / shoulder
    below = np.zeros_like(y) if position == "bottom" else (y - bottom - pad) / shoulder
    down = _falling(np.maximum(above, below))
    across = _falling(np.maximum(left - 0.04 - x, x - right - 0.04) / 0.55)
    small = down[:, None] * (across[None, :] if position == "center" else np.ones_like(x)[None, :])
    rows = np.flatnonzero(down > 0.002)
    first = int(rows[0] * height / len(y)) // 2 * 2 if len(rows) else 0
    last = min(height, int((rows[-1] + 2) * height / len(y)) // 2 * 2) if len(rows) else 2
    whole = cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR)[first:last]
    return np.round(np.clip(whole, 0, 1) * ONE).astype(np.uint16), first


def label_color(title: Title) -> str:
    """The type on a filled button: the title's own colour where it reads on the accent, else whatever reads best."""
    return title.color if colors.contrast(title.color, title.accent) >= CONTRAST else colors.readable_on(title.accent)


def _behind(line: SetLine, size: tuple[int, int], ground: NDArray[np.float32]) -> NDArray[np.float32]:
    return _part(line.box, 0.2 * line.size, size, ground)


def _part(box: tuple[float, float, float, float], pad: float, size: tuple[int, int], ground: NDArray[np.float32]) -> NDArray[np.float32]:
    left, top, right, bottom = box
    h, w = ground.shape[:2]
    x0, x1 = int(max(0, (left - pad) / size[0] * w)), int(np.ceil(min(w, (right + pad) / size[0] * w)))
    y0, y1 = int(max(0, (top - pad) / size[1] * h)), int(np.ceil(min(h, (bottom + pad) / size[1] * h)))
    return ground[y0 : max(y1, y0 + 1), x0 : max(x1, x0 + 1)]


def _busy(line: SetLine, size: tuple[int, int], ground: NDArray[np.float32]) -> float:
    """How restless the picture is behind the line: fine serifs drown in detail even where the contrast is there."""
    return float((_behind(line, size, ground) @ LUMA).std())


def _needed(ink: float, behind: float, light: bool) -> float:
    """Opacity of black (or white) over a ground of luminance `behind` that gives the contrast."""
    grey = grey_of_luminance(behind)
    if light:
        goal = grey_of_luminance(min(1.0, CONTRAST * _MARGIN * (ink + 0.05) - 0.05))
        return max(0.0, (goal - grey) / max(1 - grey, 1e-3))
    goal = grey_of_luminance(max(0.0, (ink + 0.05) / (CONTRAST * _MARGIN) - 0.05))
    return max(0.0, 1 - goal / max(grey, 1e-3))


def _falling(distance: NDArray[np.floating]) -> NDArray[np.float32]:
    """1 at and below 0, 0 from 1 on, with no visible beginning or end (fifth-order smoothstep)."""
    p = 1 - np.clip(distance, 0, 1)
    return (p * p * p * (p * (p * 6 - 15) + 10)).astype(np.float32)
