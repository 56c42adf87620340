"""Colours as people write them ("#0A192F", "navy", "#abc") and the little arithmetic that type and sets need.

Everything is sRGB "#RRGGBB". It knows nothing of brands or pictures.
"""

import re

FLAVOR_COLORS: dict[str, str] = {
    "yuzu": "#F2C230",
    "lemon": "#F2CE2E",
    "citrus": "#F4B52C",
    "lime": "#8DBF3F",
    "mango": "#F2A233",
    "peach": "#F4A37E",
    "orange": "#F08A24",
    "grapefruit": "#EE7C6B",
    "watermelon": "#E8576A",
    "strawberry": "#D9344A",
    "raspberry": "#C42B5B",
    "cherry": "#A3172F",
    "blueberry": "#4A4E9E",
    "grape": "#6A3D8F",
    "lavender": "#A592CF",
    "cucumber": "#9CC78B",
    "matcha": "#8FA84A",
    "coconut": "#F3EEE2",
    "ginger": "#D9A74A",
    "elderflower": "#E9E4B4",
}
"""What a drink's can or bottle looks like when its taste is all that is said of it."""

NAMED_COLORS: dict[str, str] = {
    "black": "#111111",
    "white": "#FFFFFF",
    "ivory": "#F5F1E6",
    "cream": "#F4EBDD",
    "beige": "#D9C7AC",
    "sand": "#D8C3A0",
    "tan": "#C8A97E",
    "brown": "#5B3A29",
    "chocolate": "#3B241B",
    "terracotta": "#B8573A",
    "copper": "#B06A41",
    "bronze": "#8C6239",
    "gold": "#D4AF37",
    "golden": "#D4AF37",
    "rose gold": "#C99A86",
    "silver": "#BFC3C7",
    "grey": "#808488",
    "gray": "#808488",
    "charcoal": "#2B2E33",
    "slate": "#475260",
    "navy": "#0A192F",
    "midnight blue": "#101B3B",
    "blue": "#1F5FBF",
    "royal blue": "#2343B8",
    "sky blue": "#8EC5E8",
    "teal": "#0F766E",
    "turquoise": "#2BB5AE",
    "mint": "#A9DCC3",
    "green": "#2E7D4F",
    "forest green": "#1F3D2B",
    "olive": "#6B7032",
    "sage": "#9CAF94",
    "lime": "#B7D333",
    "yellow": "#F4C430",
    "mustard": "#D19B26",
    "orange": "#F07F2E",
    "coral": "#F2755C",
    "peach": "#F6BE9A",
    "red": "#C22B2B",
    "burgundy": "#5A1426",
    "maroon": "#6A1B2A",
    "pink": "#F2A7B8",
    "blush": "#EBC9C0",
    "magenta": "#C2246E",
    "purple": "#5B3A8E",
    "lavender": "#C3B4E3",
    "lilac": "#C8A8D8",
}

_HEX = re.compile(r"#?([0-9a-fA-F]{6}|[0-9a-fA-F]{3})")


def parse_color(text: str) -> str | None:
    """ "#RRGGBB" in capitals for a hex colour (with or without #, three or six digits) or a known name; None for anything else."""
    word = text.strip().lower()
    if word in NAMED_COLORS:
        return NAMED_COLORS[word]
    match = _HEX.fullmatch(word)
    if not match:
        return None
    digits = match[1] if len(match[1]) == 6 else "".join(2 * digit for digit in match[1])
    return f"#{digits.upper()}"


def _rgb(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def nearest_name(color: str) -> str:
    """The name of the nearest colour that has one: "#0B1A30" -> "navy"."""

    def apart(name: str) -> float:
        return sum((a - b) ** 2 for a, b in zip(_rgb(NAMED_COLORS[name]), _rgb(color), strict=True))

    return min(NAMED_COLORS, key=apart)


def luminance(color: str) -> float:
    """Relative luminance 0..1 (WCAG 2.2)."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (v / 255 for v in _rgb(color))]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a: str, b: str) -> float:
    """Contrast ratio 1..21 (WCAG 2.2)."""
    light, dark = sorted((luminance(a), luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def mix(a: str, b: str, share_of_b: float) -> str:
    """A straight sRGB blend; 0 gives `a`, 1 gives `b`."""
    return "#" + "".join(f"{round(x + (y - x) * share_of_b):02X}" for x, y in zip(_rgb(a), _rgb(b), strict=True))


def readable_on(ground: str) -> str:
    """The colour of type when nobody chose one: ivory or near-black, or plain white or black on a middling ground; always 4.5:1."""
    soft = max(("#F7F3EA", "#14161A"), key=lambda ink: contrast(ink, ground))
    return soft if contrast(soft, ground) >= 4.5 else max(("#FFFFFF", "#000000"), key=lambda ink: contrast(ink, ground))


def overcast(color: str) -> str:
    """The same lightness on a grey day: nearly all colour gone, what is left is cool."""
    r, g, b = _rgb(color)
    grey = round(0.299 * r + 0.587 * g + 0.114 * b)
    flat = "#" + "".join(f"{min(255, max(0, grey + shift)):02X}" for shift in (-4, 1, 7))
    return mix(flat, color, 0.12)


def ground_and_inks(colors: tuple[str, ...]) -> tuple[str, ...]:
    """Ground, accent and a type colour with at least 4.5:1 on the ground, then any others."""
    ground, accent, *rest = colors
    ink = next((color for color in rest if contrast(color, ground) >= 4.5), readable_on(ground))
    return (ground, accent, ink, *(color for color in rest if color != ink))
