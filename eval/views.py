"""What several stand-ins see of a frame, made once per frame (`frame.view(grey_360)`): small, contiguous, ordinary arrays."""

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from eval.film import Rgb, made_of

Grey = NDArray[np.uint8]
THUMB = 160


def luma(rgb: Rgb) -> Grey:
    """(H, W) uint8, BT.601 weights as everywhere in OpenCV."""
    return np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), np.uint8)


def small_rgb(rgb: Rgb) -> Rgb:
    """Short side at most 360, averaged."""
    return _at_most(rgb, 360, min)


@made_of(small_rgb)
def small_grey(small: Rgb) -> Grey:
    """Luma of `small_rgb`."""
    return luma(small)


@made_of(small_rgb)
def thumb(small: Rgb) -> Rgb:
    """Long side at most 160, averaged: what is kept of every frame for comparing scenes (43 kB at 16:9)."""
    return _at_most(small, THUMB, max)


@made_of(thumb)
def thumb_grey(seen: Rgb) -> Grey:
    """Luma of `thumb`."""
    return luma(seen)


def _at_most(rgb: Rgb, side: int, of: Callable[[tuple[int, int]], int]) -> Rgb:
    height, width = rgb.shape[:2]
    scale = side / of((height, width))
    if scale >= 1:
        return np.ascontiguousarray(rgb)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    return np.asarray(cv2.resize(rgb, size, interpolation=cv2.INTER_AREA), np.uint8)
