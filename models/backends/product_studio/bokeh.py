"""Blur as a lens makes it: a disc, in linear light, with highlights opened up beyond white first.

What was clipped in the picture was brighter than white in the room, and that is what makes bokeh glow.
"""

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from models.backends.product_studio.tone import encode

Picture = NDArray[Any]
BRIGHT, GLOW = 0.70, 4.0  # what is lighter than this was clipped, and so many times as far above it in the room


def defocused(picture: Picture, alpha: Picture | None, radius: float) -> tuple[Picture, Picture]:
    """A picture (H, W, 3) sRGB and its coverage (None: everywhere) behind a disc of `radius` pixels."""
    h, w = picture.shape[:2]
    cover = np.full((h, w), 255, np.uint8) if alpha is None else alpha
    if radius < 0.5:
        return picture, cover
    shrink = max(int(radius / 5), 1)
    small = (max(w // shrink, 2), max(h // shrink, 2))
    weight = cover.astype(np.float32)[..., None] / 255
    light = _TO_LIGHT[picture]
    light += (GLOW - 1) * np.maximum(light - BRIGHT, 0)
    stack: NDArray[Any] = np.dstack([light * weight, weight])
    stack = cv2.resize(stack, small, interpolation=cv2.INTER_AREA)
    stack = cv2.filter2D(stack, -1, _disc(radius / shrink), borderType=cv2.BORDER_REPLICATE if alpha is None else cv2.BORDER_CONSTANT)
    stack = cv2.resize(stack, (w, h), interpolation=cv2.INTER_CUBIC if shrink > 1 else cv2.INTER_LINEAR)
    colour = stack[..., :3] / np.maximum(stack[..., 3:], 1e-3)
    colour -= (1 - 1 / GLOW) * np.maximum(colour - BRIGHT, 0)  # back again: what is bright and broad keeps its colour
    return encode(colour), np.clip(stack[..., 3] * 255 + 0.5, 0, 255).astype(np.uint8)


def _disc(radius: float) -> NDArray[Any]:
    """A filled circle with a soft rim, summing to 1."""
    n = int(np.ceil(radius)) + 1
    y, x = np.mgrid[-n : n + 1, -n : n + 1]
    disc = np.clip(radius + 0.5 - np.hypot(x, y), 0, 1).astype(np.float32)
    return disc / disc.sum()


def _light_table() -> NDArray[Any]:
    x = np.arange(256) / 255
    return np.where(x <= 0.04045, x / 12.92, ((x + 0.055) / 1.055) ** 2.4).astype(np.float32)


_TO_LIGHT = _light_table()
