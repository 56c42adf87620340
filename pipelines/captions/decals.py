"""Pictures laid over planes in their own colours: a logo, on its plate where it needs one. Knows poses and planes, not titles."""

from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from pipelines.captions.layout import Shape
from pipelines.captions.logos import PLATE_PAD, drawn_at
from pipelines.kernels import NEUTRAL, UNIT, Planes16
from pipelines.text_animations import Pose
from pipelines.yuv import parse_hex, rgb_to_yuv

_CORNER = 0.16  # of the plate's height


class Decal:
    """One picture at its place. em: what its poses' offsets are measured in."""

    def __init__(self, shape: Shape, image: str, plate: str, em: float) -> None:
        self.source, self.em = shape.source, em
        width, height = round(shape.right - shape.left), round(shape.bottom - shape.top)
        pixels = drawn_at(Path(image), width, height)
        pad = round(PLATE_PAD * height) if plate else 0
        if plate:
            pixels = _on_plate(pixels, plate, 2 * pad)
        # Even places, so that at rest two by two of the sprite's pixels make one and chroma falls on its own grid.
        self._left, self._top = (round(v) // 2 * 2 for v in (shape.left - pad, shape.top - pad))
        self._sprite = pixels

    def draw(self, planes: Planes16, pose: Pose) -> None:
        """Lay it over the planes in its pose; offsets and scale move it, a reveal opens it from its middle."""
        if pose.alpha < 0.002 or pose.reveal < 0.002:
            return
        height, width = planes[0].shape
        h, w, s = *self._sprite.shape[:2], pose.scale
        x = self._left + w / 4 * (1 - s) + pose.dx * self.em
        y = self._top + h / 4 * (1 - s) + pose.dy * self.em
        x0, y0 = (max(0, int(np.floor(v)) // 2 * 2) for v in (x, y))
        x1 = min(width, (int(np.ceil(x + w / 2 * s)) + 2) // 2 * 2)
        y1 = min(height, (int(np.ceil(y + h / 2 * s)) + 2) // 2 * 2)
        if x1 - x0 < 2 or y1 - y0 < 2:
            return
        place = np.array([[s / 2, 0, x - x0 + s / 4 - 0.5], [0, s / 2, y - y0 + s / 4 - 0.5]])
        sprite: NDArray[Any] = cv2.GaussianBlur(self._sprite, (0, 0), 2 * pose.blur * self.em) if pose.blur > 0.004 else self._sprite
        found: NDArray[Any] = cv2.warpAffine(sprite, place, (x1 - x0, y1 - y0), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT)
        if pose.reveal < 1:
            half = pose.reveal * (x1 - x0) / 2
            at = np.abs(np.arange(x1 - x0) + 0.5 - (x1 - x0) / 2)
            found = found * np.clip(half - at + 0.5, 0, 1)[None, :, None].astype(np.float32)
        _over(planes, found * np.float32(pose.alpha), x0, y0)


def _over(planes: Planes16, rgba: NDArray[np.float32], left: int, top: int) -> None:
    """rgba: premultiplied, of even height and width, at an even place."""
    h, w = rgba.shape[:2]
    alpha = rgba[..., 3]
    y, u, v = rgb_to_yuv(rgba[..., :3])
    # Of a premultiplied colour only what is above black and away from neutral was weighed by alpha; their offsets are weighed here.
    part = planes[0][top : top + h, left : left + w]
    part[...] = np.clip(part * (1 - alpha) + (y + 16 * (alpha - 1)) * UNIT + 0.5, 0, 65535).astype(np.uint16)
    cover = alpha.reshape(h // 2, 2, w // 2, 2).mean((1, 3))
    for plane, field in zip(planes[1:], (u, v), strict=True):
        half = plane[top // 2 : (top + h) // 2, left // 2 : (left + w) // 2]
        away = (field - 128).reshape(h // 2, 2, w // 2, 2).mean((1, 3)) * UNIT
        half[...] = np.clip(half * (1 - cover) + away + NEUTRAL * cover + 0.5, 0, 65535).astype(np.uint16)


def _on_plate(pixels: NDArray[np.float32], color: str, pad: int) -> NDArray[np.float32]:
    """The picture on a plate of even colour with soft corners, `pad` wider on each side."""
    h, w = pixels.shape[0] + 2 * pad, pixels.shape[1] + 2 * pad
    y, x = np.mgrid[0:h, 0:w].astype(np.float32) + 0.5
    radius = _CORNER * h
    across, down = np.abs(x - w / 2) - w / 2 + radius, np.abs(y - h / 2) - h / 2 + radius
    distance = np.hypot(np.maximum(across, 0), np.maximum(down, 0)) + np.minimum(np.maximum(across, down), 0) - radius
    cover = np.clip(0.5 - distance, 0, 1)[..., None]
    plate = np.concatenate([parse_hex(color) * cover, cover], -1)
    inner = plate[pad : h - pad, pad : w - pad]
    inner[...] = pixels + inner * (1 - pixels[..., 3:])
    return plate.astype(np.float32)
