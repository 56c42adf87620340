"""Small sums with "#RRGGBB" colours: mixing, contrast, and what can be read on what. sRGB throughout."""

import colorsys


def channels(color: str) -> tuple[float, float, float]:
    """Red, green and blue, 0..1."""
    r, g, b = (int(color.lstrip("#")[i : i + 2], 16) / 255 for i in (0, 2, 4))
    return r, g, b


def mixed(one: str, other: str, amount: float) -> str:
    """`one` with `amount` (0..1) of `other` in it."""
    pairs = zip(channels(one), channels(other), strict=True)
    return "#" + "".join(f"{round((a + (b - a) * amount) * 255):02X}" for a, b in pairs)


def luminance(color: str) -> float:
    """Relative luminance after WCAG, 0..1."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels(color)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast_ratio(one: str, other: str) -> float:
    """WCAG contrast of two colours, 1..21."""
    a, b = luminance(one), luminance(other)
    return (max(a, b) + 0.05) / (min(a, b) + 0.05)


def is_dark(color: str) -> bool:
    """Whether white reads better on it than near-black, with the usual lean toward white on saturated colours."""
    return luminance(color) < 0.34


def readable_on(color: str) -> str:
    """Ink for type on `color`: warm white or near-black."""
    return "#FBF9F4" if is_dark(color) else "#1B1A1C"


def saturation(color: str) -> float:
    """HSV saturation, 0..1."""
    return colorsys.rgb_to_hsv(*channels(color))[1]


def is_golden(color: str) -> bool:
    """Whether people would call it gold."""
    hue, strength, value = colorsys.rgb_to_hsv(*channels(color))
    return 33 <= hue * 360 <= 52 and 0.25 <= strength <= 0.88 and 0.5 <= value <= 0.95
