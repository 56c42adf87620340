"""The glow of bright lights on film: what a highlight gives to its surroundings, a little of it red. Pure; knows no time.

Light goes through the emulsion, is thrown back by what is behind it, and exposes the film again around where it came in. It is made on
a picture an eighth as wide, where nothing of it is lost, and only for the grades of film.
"""

from collections.abc import Mapping
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from pipelines.kernels import BLACK, UNIT, WHITE, Planes16
from pipelines.yuv import luma

STRENGTHS: Mapping[str, float] = {"warm_film": 0.30, "pastel": 0.22, "noir": 0.18}
"""By grade; the others are as clean as a sensor."""

SHRUNK = 8
KNEE = 0.66  # from this share of white on, light is thrown back
_NEAR, _WIDE = 0.012, 0.05  # sigmas, as shares of the picture's short side
_RED, _BLUE = 0.22, -0.12  # of the glow, into V and U


def halo(light: NDArray[np.float32], strength: float) -> NDArray[np.float32]:
    """(h, w) 0..1: the light that a small picture's highlights give to their surroundings. light: its luma, 0..1."""
    bright = np.maximum(0, light - np.float32(KNEE)) / np.float32(1 - KNEE)
    short = min(light.shape)
    near: NDArray[Any] = cv2.GaussianBlur(bright, (0, 0), max(0.6, _NEAR * short))
    wide: NDArray[Any] = cv2.GaussianBlur(bright, (0, 0), max(1.2, _WIDE * short))
    glow = (0.45 * near + 0.55 * wide) * np.float32(0.5 * strength)
    return np.asarray(glow * (1 - light), np.float32)  # where it is white already, nothing is added


def glow(planes: Planes16, strength: float) -> None:
    """Lay the glow over the working planes of a frame, in place."""
    y, u, v = planes
    height, width = y.shape
    small = cv2.resize(y, (max(2, width // SHRUNK), max(2, height // SHRUNK)), interpolation=cv2.INTER_AREA).astype(np.float32)
    light = halo(np.clip((small - BLACK) / np.float32(WHITE - BLACK), 0, 1), strength) * np.float32(WHITE - BLACK)
    cv2.add(y, _grown(light, (width, height)), dst=y)
    half = (width // 2, height // 2)
    cv2.add(v, _grown(light * np.float32(_RED), half), dst=v)
    cv2.subtract(u, _grown(light * np.float32(-_BLUE), half), dst=u)


def glowing(rgb: NDArray[np.float32], strength: float) -> NDArray[np.float32]:
    """The same on a small (h, w, 3) RGB picture, so that what lies behind type is known as it will be seen."""
    return np.asarray(rgb + halo(np.asarray(np.clip(luma(rgb), 0, 1), np.float32), strength)[..., None], np.float32)


def _grown(light: NDArray[np.float32], size: tuple[int, int]) -> NDArray[np.uint16]:
    whole: NDArray[Any] = cv2.resize(np.clip(light, 0, 255 * UNIT).astype(np.uint16), size, interpolation=cv2.INTER_LINEAR)
    return whole.astype(np.uint16, copy=False)
