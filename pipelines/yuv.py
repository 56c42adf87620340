"""Between RGB and the planes that are composed: limited-range BT.709, and how bright a picture is to the eye.

RGB is (…, 3) float32, display-referred 0..1; y, u, v are floats on the 8-bit limited scale (black 16, white 235, neutral 128).
"""

import numpy as np
from numpy.typing import NDArray

from pipelines.kernels import UNIT

RGB = NDArray[np.float32]
Field = NDArray[np.floating]

_KR, _KB = 0.2126, 0.0722
_KG = 1 - _KR - _KB
LUMA = np.array([_KR, _KG, _KB], np.float32)


def parse_hex(color: str) -> RGB:
    """ "#RRGGBB" -> (3,) RGB."""
    digits = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return np.array(digits, np.float32)


def hue(color: str) -> RGB:
    """The colour with its brightness taken out: it sums to zero luma, its largest part is 1."""
    rgb = parse_hex(color)
    away = rgb - rgb @ LUMA
    return (away / max(float(np.abs(away).max()), 1e-3)).astype(np.float32)


def yuv_to_rgb(y: Field, u: Field, v: Field) -> RGB:
    """BT.709 limited -> RGB, unclipped."""
    y, u, v = (y - 16) / 219, (u - 128) / 224, (v - 128) / 224
    r, b = y + 2 * (1 - _KR) * v, y + 2 * (1 - _KB) * u
    return np.stack([r, (y - _KR * r - _KB * b) / _KG, b], -1).astype(np.float32)


def luma(rgb: RGB) -> Field:
    """Brightness as BT.709 weighs it, (…,). Written out: a matrix product of so few columns wakes threads that then wait busily."""
    return rgb[..., 0] * LUMA[0] + rgb[..., 1] * LUMA[1] + rgb[..., 2] * LUMA[2]


def rgb_to_yuv(rgb: RGB) -> tuple[Field, Field, Field]:
    """RGB -> BT.709 limited, unclipped."""
    y = luma(rgb)
    u, v = (rgb[..., 2] - y) / (2 * (1 - _KB)), (rgb[..., 0] - y) / (2 * (1 - _KR))
    return 16 + 219 * y, 128 + 224 * u, 128 + 224 * v


def ink_levels(color: str) -> tuple[int, int, int]:
    """ "#RRGGBB" -> working levels (y, u, v) for kernels.ink."""
    y, u, v = (round(float(part) * UNIT) for part in rgb_to_yuv(parse_hex(color)))
    return y, u, v


def luminance(rgb: RGB) -> Field:
    """Relative luminance 0..1 of sRGB values, as WCAG 2 defines it."""
    x = np.clip(rgb, 0, 1)
    linear = np.where(x <= 0.04045, x / 12.92, ((x + 0.055) / 1.055) ** 2.4)
    return luma(linear)


def grey_of_luminance(value: float) -> float:
    """The sRGB grey 0..1 of this relative luminance: the inverse of `luminance` on greys."""
    return 12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055
