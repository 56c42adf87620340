"""Colour differences as people see them: L*a*b* (D65, 2 degrees) of sRGB, CIEDE2000, and distances of distributions.

CIEDE2000 after Sharma, Wu and Dalal (Color Research and Application 2005), whose test pairs it meets.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from eval.film import Rgb

Lab = NDArray[np.float64]


def lab(rgb: Rgb) -> Lab:
    """(…, 3) uint8 sRGB -> (…, 3) float64: L* 0..100, a* and b* about -110..110."""
    flat = np.ascontiguousarray(rgb.reshape(1, -1, 3), np.float32) / np.float32(255)
    return np.asarray(cv2.cvtColor(flat, cv2.COLOR_RGB2LAB), np.float64).reshape(rgb.shape)


def hex_lab(color: str) -> Lab:
    """ "#RRGGBB" -> (3,). Raises ValueError for anything else."""
    digits = color.removeprefix("#")
    if len(digits) != 6:
        raise ValueError(f"{color} is not a colour like #1A2B3C.")
    return lab(np.array([int(digits[i : i + 2], 16) for i in (0, 2, 4)], np.uint8))


def delta_e(one: Lab, other: Lab) -> NDArray[np.float64]:
    """CIEDE2000 of (…, 3) and (…, 3), broadcast: 1 is just noticeable side by side, 10 is another colour at a glance."""
    l1, a1, b1 = np.moveaxis(np.asarray(one, np.float64), -1, 0)
    l2, a2, b2 = np.moveaxis(np.asarray(other, np.float64), -1, 0)
    mean_chroma = (np.hypot(a1, b1) + np.hypot(a2, b2)) / 2
    g = (1 - np.sqrt(mean_chroma**7 / (mean_chroma**7 + 25.0**7))) / 2
    a1, a2 = (1 + g) * a1, (1 + g) * a2
    c1, c2 = np.hypot(a1, b1), np.hypot(a2, b2)
    h1, h2 = np.degrees(np.arctan2(b1, a1)) % 360, np.degrees(np.arctan2(b2, a2)) % 360
    grey = c1 * c2 == 0
    turn = np.where(grey, 0.0, (h2 - h1 + 180) % 360 - 180)
    turn = np.where((turn == -180) & (h2 > h1), 180.0, turn)
    apart = np.abs(h1 - h2) > 180
    mean_hue = np.where(grey, h1 + h2, (h1 + h2) / 2 + np.where(apart, np.where(h1 + h2 < 360, 180.0, -180.0), 0.0))
    dl, dc, dh = l2 - l1, c2 - c1, 2 * np.sqrt(c1 * c2) * np.sin(np.radians(turn) / 2)
    light, chroma = (l1 + l2) / 2, (c1 + c2) / 2
    t = (
        1
        - 0.17 * np.cos(np.radians(mean_hue - 30))
        + 0.24 * np.cos(np.radians(2 * mean_hue))
        + 0.32 * np.cos(np.radians(3 * mean_hue + 6))
        - 0.20 * np.cos(np.radians(4 * mean_hue - 63))
    )
    sl = 1 + 0.015 * (light - 50) ** 2 / np.sqrt(20 + (light - 50) ** 2)
    sc, sh = 1 + 0.045 * chroma, 1 + 0.015 * chroma * t
    blue = 30 * np.exp(-(((mean_hue - 275) / 25) ** 2))
    rotation = -2 * np.sqrt(chroma**7 / (chroma**7 + 25.0**7)) * np.sin(np.radians(2 * blue))
    return np.asarray(np.sqrt((dl / sl) ** 2 + (dc / sc) ** 2 + (dh / sh) ** 2 + rotation * (dc / sc) * (dh / sh)))


def hue_distance(one: Lab, other: Lab) -> float:
    """Bhattacharyya distance of the a*b* histograms (32 x 32) of two sets of pixels: 0 the same colours, 1 none in common."""
    return float(cv2.compareHist(_hues(one), _hues(other), cv2.HISTCMP_BHATTACHARYYA))


def light_distance(one: Lab, other: Lab) -> float:
    """Wasserstein distance of L*: by how many L* the tones would have to move, on average."""
    quantiles = (np.arange(256) + 0.5) / 256
    return float(np.abs(np.quantile(one[..., 0], quantiles) - np.quantile(other[..., 0], quantiles)).mean())


def _hues(pixels: Lab) -> NDArray[np.float32]:
    flat = np.ascontiguousarray(pixels[..., 1:].reshape(-1, 1, 2), np.float32)
    found = cv2.calcHist([flat], [0, 1], None, [32, 32], [-112, 112, -112, 112])
    return np.asarray(found / max(1.0, float(found.sum())), np.float32)
