"""What lies behind captions so that they are legible on any picture: plates, glows, rims, as coverage; and how dense it has to be."""

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from pipelines.captions.legibility import CONTRAST
from pipelines.kernels import ONE
from pipelines.yuv import grey_of_luminance

Coverage = NDArray[np.uint16]

_MARGIN = 1.06
"""What encoding may take of the contrast."""

_RIM, _SHADE = 0.055, 0.16  # ems: the edge of a letter, and the softness of the shadow around it
_SPREAD = 0.42  # ems: how softly a glow ends


def opacity(light: bool) -> float:
    """Of black behind white type over a white picture (light), or of white behind near-black type over a black one: just so much that the
    contrast is CONTRAST at the least."""
    if light:
        return 1 - grey_of_luminance(1.05 / (CONTRAST * _MARGIN) - 0.05)
    ink = 0.0056  # of #111111
    return grey_of_luminance(CONTRAST * _MARGIN * (ink + 0.05) - 0.05)


def box(shape: tuple[int, int], edges: tuple[float, float, float, float], radius: float) -> Coverage:
    """(h, w): a box with round corners. edges: (left, top, right, bottom) in pixels."""
    left, top, right, bottom = edges
    radius = max(0.0, min(radius, (right - left) / 2, (bottom - top) / 2))
    y, x = np.ogrid[0 : shape[0], 0 : shape[1]]
    across = np.abs(x + 0.5 - (left + right) / 2).astype(np.float32) - (right - left) / 2 + radius
    down = np.abs(y + 0.5 - (top + bottom) / 2).astype(np.float32) - (bottom - top) / 2 + radius
    distance = np.hypot(np.maximum(across, 0), np.maximum(down, 0)) + np.minimum(np.maximum(across, down), 0) - radius
    return (np.clip(0.5 - distance, 0, 1) * ONE).astype(np.uint16)


def glow(shape: tuple[int, int], edges: tuple[float, float, float, float], size: float) -> Coverage:
    """(h, w): whole behind the type, and falling off around it without an edge. size: the em, pixels."""
    left, top, right, bottom = edges
    y, x = np.ogrid[0 : shape[0], 0 : shape[1]]
    across = np.maximum(np.abs(x + 0.5 - (left + right) / 2).astype(np.float32) - (right - left) / 2, 0)
    down = np.maximum(np.abs(y + 0.5 - (top + bottom) / 2).astype(np.float32) - (bottom - top) / 2, 0)
    p = 1 - np.clip((np.hypot(across, down) - 0.06 * size) / (2 * _SPREAD * size), 0, 1)
    return (p * p * (3 - 2 * p) * ONE).astype(np.uint16)


def rim(type_: Coverage, size: float) -> Coverage:
    """(h, w): every letter a little larger, and softly shaded around; size: the em, pixels."""
    reach = max(1, round(_RIM * size))
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1))
    grown: NDArray[Any] = cv2.GaussianBlur(cv2.dilate(type_, disc), (0, 0), max(0.6, 0.012 * size))
    h, w = type_.shape
    small: NDArray[Any] = cv2.resize(grown, (max(1, w // 4), max(1, h // 4)), interpolation=cv2.INTER_AREA)
    wide: NDArray[Any] = cv2.resize(cv2.GaussianBlur(small, (0, 0), max(0.5, _SHADE * size / 4)), (w, h), interpolation=cv2.INTER_LINEAR)
    return np.maximum(grown, (wide * np.float32(0.8)).astype(np.uint16))
