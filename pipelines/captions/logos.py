"""A brand's logo over the picture: how large it stands, whether it reads on what lies behind, and its pixels ready to be laid down.

Logos are of any shape and colour, and none of ours: they keep their colours. One that would drown in the picture gets a plate behind it.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from models.media.image_file import read_cutout
from pipelines.yuv import luminance, parse_hex

SIDE = 0.18  # the side of a square logo, as a share of the picture's short side; others have the same area
WIDEST, TALLEST = 0.66, 0.24  # of the measure, and of the short side
WORDMARK = 1.8  # wider than this in proportion, a logo says the brand's name by itself
CLEAR = 8  # alpha up to which a pixel counts as empty
SEEN_AT = 1.9  # the contrast at which a part of a logo stands out from its ground …
ENOUGH = 0.7  # … and the share of it that must
PLATES = ("#FFFFFF", "#14151A")
PLATE_PAD = 0.2  # of the logo's height around it


@dataclass(frozen=True)
class Logo:
    """pixels: (H, W, 4) uint8 sRGB with alpha, cropped to what is not empty."""

    pixels: NDArray[np.uint8]

    @property
    def aspect(self) -> float:
        """Width to height."""
        return self.pixels.shape[1] / self.pixels.shape[0]

    @property
    def opaque(self) -> bool:
        """Whether it brings its own ground along, as a JPEG does."""
        return bool((self.pixels[..., 3] > 247).mean() > 0.98)


@lru_cache(maxsize=8)
def logo(path: Path) -> Logo:
    """The logo in a picture file. Raises MediaError for a file that is no picture."""
    pixels = read_cutout(path)
    rows, columns = (np.flatnonzero((pixels[..., 3] > CLEAR).any(axis)) for axis in (1, 0))
    if len(rows) and len(columns):
        pixels = pixels[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return Logo(np.ascontiguousarray(pixels))


def says_the_name(path: Path) -> bool:
    """Whether it is so wide that it can only be the brand's name, written."""
    return logo(path).aspect >= WORDMARK


def size_of(path: Path, short: float, measure: float, scale: float = 1.0) -> tuple[float, float]:
    """(width, height) in pixels at which it weighs as much as any other. short: the picture's short side; measure: the widest line."""
    aspect = logo(path).aspect
    height = min(SIDE * short / aspect**0.5, TALLEST * short, WIDEST * measure / aspect) * scale
    return height * aspect, height


def plate_behind(path: Path, grounds: list[NDArray[np.float32]]) -> str:
    """The colour of the plate that it needs on any of these grounds, (h, w, 3) RGB; "" for none."""
    found = logo(path)
    if found.opaque or not grounds:
        return ""
    alpha = found.pixels[..., 3] / np.float32(255)
    light = luminance((found.pixels[..., :3] / np.float32(255)).astype(np.float32))
    behind = [float(np.median(luminance(ground))) for ground in grounds]
    if min(_standing_out(light, alpha, value) for value in behind) >= ENOUGH:
        return ""
    of_plates = [(_standing_out(light, alpha, float(luminance(parse_hex(color)))), color) for color in PLATES]
    return max(of_plates, key=lambda one: one[0])[1]


def drawn_at(path: Path, width: int, height: int) -> NDArray[np.float32]:
    """(height, width, 4) float32 RGBA 0..1 with its colours multiplied by alpha, at twice that size: sprites are warped from there."""
    pixels = (logo(path).pixels / np.float32(255)).astype(np.float32)
    pixels[..., :3] *= pixels[..., 3:]
    size = (max(2, 2 * width), max(2, 2 * height))
    how = cv2.INTER_AREA if size[0] < pixels.shape[1] else cv2.INTER_CUBIC
    scaled: NDArray[Any] = cv2.resize(pixels, size, interpolation=how)
    return np.clip(scaled, 0, 1).astype(np.float32)


def _standing_out(light: NDArray[Any], alpha: NDArray[Any], behind: float) -> float:
    """The share of its ink whose contrast with the ground can be seen."""
    ratio = (np.maximum(light, behind) + 0.05) / (np.minimum(light, behind) + 0.05)
    return float((alpha * (ratio >= SEEN_AT)).sum() / max(float(alpha.sum()), 1e-6))
