"""From scene light to picture values: exposure, bloom, and a tone curve that keeps brand colours what they are.

The curve is the identity in the mid-tones (a lit surface of #1f6f5c shows as #1f6f5c), has a soft filmic toe, and rolls the
brightest channel off towards white while keeping hue; only what is far brighter than paper loses saturation. That is why
this is not AgX: AgX greys saturated brand grounds and white type alike.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

Linear = NDArray[np.float32]  # (H, W, 3) scene-linear Rec.709
Picture = NDArray[np.uint8]  # (H, W, 3) sRGB

KNEE = 0.62  # where the shoulder starts, linear
WHITE = 6.0  # scene light that reaches display white
_LUMA = np.array([0.2126, 0.7152, 0.0722], np.float32)


def bloom(light: Linear, amount: float = 0.10) -> Linear:
    """Light spread by the lens from everything brighter than white, at three widths, relative to the picture's width."""
    h, w = light.shape[:2]
    if amount <= 0 or min(h, w) < 16:
        return light
    bright = cv2.resize(np.clip(light - 0.95, 0, 8), (max(w // 4, 4), max(h // 4, 4)), interpolation=cv2.INTER_AREA)
    spread = sum((cv2.GaussianBlur(bright, (0, 0), w / 4 * k) for k in (0.010, 0.030, 0.085)), np.zeros_like(bright))
    return light + amount * cv2.resize(spread, (w, h), interpolation=cv2.INTER_LINEAR)


def tone(light: Linear) -> Linear:
    """Scene-linear to display-linear 0..1."""
    x = np.maximum(light, 0)
    peak = np.maximum(x.max(-1, keepdims=True), 1e-6)
    rolled = _toe(np.where(peak > KNEE, _shoulder(peak), peak))
    out = x * (rolled / peak)
    # far above white, a real sensor clips all channels: let light go white instead of neon
    over = np.clip((peak - 1.0) / (WHITE * 1.6), 0, 1) ** 0.8 * 0.75
    return np.clip(out + (rolled - out) * over, 0, 1)


def encode(display: Linear) -> Picture:
    """Display-linear 0..1 to sRGB bytes, through a table (a power per pixel costs ten times as much)."""
    return _TO_SRGB[(np.clip(display, 0, 1) * 4095 + 0.5).astype(np.uint16)]


def develop(light: Linear, exposure: float = 1.0, glow: float = 0.10, mood: str = "neutral") -> Picture:
    """The whole darkroom: exposure, bloom, mood, tone, encode."""
    return encode(graded(tone(bloom(light * np.float32(exposure), glow)), mood))


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
    return np.minimum(KNEE + room * t * (1 + t / top**2) / (1 + t), 1.0)


def _toe(value: Linear) -> Linear:
    """Deepen the darkest tones a little (film blacks), leaving everything above 0.1 alone."""
    return value * (1 - 0.30 * np.exp(-value * 32))


def _srgb_table() -> NDArray[np.uint8]:
    x = np.linspace(0, 1, 4096)
    y = np.where(x <= 0.0031308, x * 12.92, 1.055 * np.maximum(x, 1e-9) ** (1 / 2.4) - 0.055)
    return (y * 255 + 0.5).astype(np.uint8)


_TO_SRGB = _srgb_table()
