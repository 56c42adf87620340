"""From scene light to picture values: exposure, bloom, and a tone curve that keeps brand colours what they are.

The curve is the identity in the mid-tones (a lit surface of #1f6f5c shows as #1f6f5c), has a soft filmic toe, and rolls the
brightest channel off towards white while keeping hue; only what is far brighter than paper loses saturation. That is why
this is not AgX: AgX greys saturated brand grounds and white type alike.
"""

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Linear = NDArray[Any]  # (H, W, 3) scene-linear Rec.709
Picture = NDArray[Any]  # (H, W, 3) sRGB

KNEE = 0.62  # where the shoulder starts, linear
WHITE = 6.0  # scene light that reaches display white
_LUMA = np.array([0.2126, 0.7152, 0.0722], np.float32)


def bloom(light: Linear, amount: float = 0.10) -> Linear:
    """What the lens spreads of everything brighter than white, (H, W, 3); to be added. Widths are relative to the picture's."""
    h, w = light.shape[:2]
    small = cv2.resize(np.clip(light, 0, 12), (max(w // 4, 4), max(h // 4, 4)), interpolation=cv2.INTER_AREA)
    luminance = (small @ _LUMA)[..., None]
    bright = small * np.clip(1 - 0.9 / np.maximum(luminance, 1e-4), 0, 1)  # by luminance: a channel alone would bloom in its own colour
    spread = sum((cv2.GaussianBlur(bright, (0, 0), w / 4 * k) for k in (0.010, 0.030, 0.085)), np.zeros_like(bright))
    return cv2.resize(np.float32(amount) * spread, (w, h), interpolation=cv2.INTER_LINEAR)


def tone(light: Linear) -> Linear:
    """Scene-linear to display-linear 0..1.

    Works on the brightest channel and scales the others with it, so hue stays; what is far above white goes white, as on
    any sensor, instead of neon.
    """
    x = np.maximum(light, 0)
    peak = np.maximum(cv2.max(cv2.max(x[..., 0], x[..., 1]), x[..., 2]), 1e-6)
    rolled = np.where(peak > KNEE, _shoulder(peak), peak)
    rolled *= 1 - np.float32(0.30) * np.exp(peak * np.float32(-32))  # film blacks; above 0.1 nothing changes
    whitening = np.clip((peak - 1.0) / (WHITE * 1.6), 0, 1) ** np.float32(0.8) * np.float32(0.75)
    return np.clip(x * (rolled / peak * (1 - whitening))[..., None] + (rolled * whitening)[..., None], 0, 1)


def encode(display: Linear) -> Picture:
    """Display-linear 0..1 to sRGB bytes, through a table (a power per pixel costs ten times as much)."""
    return _TO_SRGB[(np.clip(display, 0, 1) * 4095 + 0.5).astype(np.uint16)]


def develop(light: Linear, exposure: float = 1.0, mood: str = "neutral", glow: Linear | None = None) -> Picture:
    """The whole darkroom: exposure, bloom, tone, mood, encode. glow: the bloom of a whole of which `light` is one layer."""
    exposed = light * np.float32(exposure)
    return encode(graded(tone(exposed + (bloom(exposed) if glow is None else glow)), mood))


def graded(display: Linear, mood: str) -> Linear:
    """The lab's part of a mood. "flat_cool": grey-day look, colour nearly gone, shadows lifted and blue."""
    if mood != "flat_cool":
        return display
    grey = (display @ _LUMA)[..., None]
    cool = grey * np.array([0.93, 1.0, 1.10], np.float32)
    return np.clip((cool + 0.38 * (display - grey)) * 0.93 + np.array([0.008, 0.011, 0.016], np.float32), 0, 1)


def _shoulder(peak: Linear) -> Linear:
    """Reinhard-like roll-off from the knee, slope 1 there, 1.0 at WHITE."""
    room = 1.0 - KNEE
    t = (peak - KNEE) / room
    top = (WHITE - KNEE) / room
    return np.minimum(KNEE + room * np.maximum(t, 0) * (1 + t / top**2) / (1 + np.maximum(t, 0)), 1.0)


def _srgb_table() -> NDArray[Any]:
    x = np.linspace(0, 1, 4096)
    y = np.where(x <= 0.0031308, x * 12.92, 1.055 * np.maximum(x, 1e-9) ** (1 / 2.4) - 0.055)
    return (y * 255 + 0.5).astype(np.uint8)


_TO_SRGB = _srgb_table()
