"""The picture on the laptop: the brand's page or workplace in its colours, of neutral shapes, with the brand's name.

It states nothing: no numbers, no claims, only the name, its second line, and the forms such a page is made of.
"""

import numpy as np
from numpy.typing import NDArray

from models.backends.product_studio.archetypes.product import Look
from models.backends.product_studio.colours import channels, luminance, mixed, readable_on, saturation
from models.backends.product_studio.labels import Sheet, cased
from models.typefaces import font_file

WIDTH, HEIGHT = 1600, 1000
RAIL = 250
MARGIN = 56


def paint_desktop(look: Look) -> NDArray[np.uint8]:
    """(1000, 1600, 3) uint8."""
    lead = look.body if saturation(look.body) > 0.25 or luminance(look.body) > 0.4 else look.accent
    second = look.accent if lead == look.body else mixed(lead, "#FFFFFF", 0.45)
    light = luminance(look.body) > 0.55
    ground = mixed(lead, "#F8F8FB", 0.95) if light else mixed(lead, "#08090F", 0.90)
    ink = "#15161C" if light else "#FFFFFF"
    card = mixed(ground, ink, 0.065)
    sheet = Sheet(WIDTH, HEIGHT, _glow(ground, lead))
    _rail(sheet, look, card, ink, lead)
    _banner(sheet, look, lead, second)
    _cards(sheet, card, ink, lead, second)
    return sheet.pixels()


def _glow(ground: str, lead: str) -> NDArray[np.uint8]:
    y, x = np.mgrid[:HEIGHT:4, :WIDTH:4]
    amount = 0.34 * np.exp(-(((x - WIDTH * 0.9) / WIDTH) ** 2 * 3 + (y / HEIGHT) ** 2 * 4))
    base, tint = np.array(channels(ground)), np.array(channels(lead))
    return np.round((base + (tint - base) * amount[..., None]) * 255).astype(np.uint8)


def _rail(sheet: Sheet, look: Look, card: str, ink: str, lead: str) -> None:
    """The column on the left: the name, then places to go, the first of them open."""
    sheet.paint("rectangle", (0, 0, RAIL, HEIGHT), card)
    sheet.text(cased(look.label, look.typeface), font_file(look.typeface), (40, 74), 26, ink, align="left", field=RAIL - 70)
    for k in range(7):
        y = 160 + k * 64
        if k == 0:
            sheet.paint("rounded_rectangle", (22, y - 20, RAIL - 22, y + 28), lead, 0.20, radius=14)
        sheet.paint("rounded_rectangle", (40, y - 8, 64, y + 16), lead if k == 0 else ink, 1.0 if k == 0 else 0.34, radius=7)
        sheet.paint("rounded_rectangle", (82, y - 3, 150 + (k * 37) % 60, y + 11), ink, 0.85 if k == 0 else 0.32, radius=7)
    sheet.paint("ellipse", (40, HEIGHT - 92, 84, HEIGHT - 48), mixed(lead, "#FFFFFF", 0.3))
    sheet.paint("rounded_rectangle", (100, HEIGHT - 78, 190, HEIGHT - 62), ink, 0.4, radius=8)


def _banner(sheet: Sheet, look: Look, lead: str, second: str) -> None:
    """A wide card: the name, large, on the brand's colour, with two discs that meet."""
    left, top, right, bottom = RAIL + MARGIN, 64, WIDTH - MARGIN, 440
    on_lead = readable_on(lead)
    sheet.paint("rounded_rectangle", (left, top, right, bottom), lead, radius=34)
    x, y = right - 250, (top + bottom) / 2
    sheet.paint("ellipse", (x - 150, y - 150, x + 150, y + 150), second, 0.9)
    sheet.paint("ellipse", (x + 10, y - 110, x + 210, y + 90), on_lead, 0.22)
    field = right - left - 560
    sheet.text(
        cased(look.label, look.typeface), font_file(look.typeface), (left + 64, y - 40), 74, on_lead, align="left", field=field, max_lines=2
    )
    if look.sublabel:
        small = font_file("modern_grotesk", "text")
        sheet.text(look.sublabel, small, (left + 66, y + 66), 24, on_lead, align="left", field=field, opacity=0.75)
    sheet.paint("rounded_rectangle", (left + 64, bottom - 92, left + 250, bottom - 44), on_lead, radius=24)
    sheet.paint("rounded_rectangle", (left + 102, bottom - 75, left + 212, bottom - 61), lead, radius=7)


def _cards(sheet: Sheet, card: str, ink: str, lead: str, second: str) -> None:
    """Below: a broad line that rises, and a ring."""
    left, top, bottom, gap = RAIL + MARGIN, 476, HEIGHT - 64, 36
    broad = (WIDTH - MARGIN - left - gap) * 0.66
    sheet.paint("rounded_rectangle", (left, top, left + broad, bottom), card, radius=30)
    sheet.paint("rounded_rectangle", (left + 44, top + 44, left + 220, top + 62), ink, 0.8, radius=9)
    t = np.linspace(0, 1, 60)
    for color, shape, width in (
        (second, 0.16 + 0.34 * t**1.2 + 0.05 * np.sin(t * 9 + 1), 6),
        (lead, 0.22 + 0.58 * t**1.4 + 0.07 * np.sin(t * 10), 9),
    ):
        points = [(float(left + 44 + a * (broad - 88)), float(bottom - 54 - b * 300)) for a, b in zip(t, shape, strict=True)]
        sheet.paint("polygon", [*points, (points[-1][0], bottom - 50.0), (points[0][0], bottom - 50.0)], color, 0.14)
        sheet.paint("line", points, color, width=width, joint="curve")
    x0, x1 = left + broad + gap, WIDTH - MARGIN
    sheet.paint("rounded_rectangle", (x0, top, x1, bottom), card, radius=30)
    x, y = (x0 + x1) / 2, (top + bottom) / 2 - 30
    sheet.paint("arc", (x - 112, y - 112, x + 112, y + 112), ink, 0.12, start=0, end=360, width=34)
    sheet.paint("arc", (x - 112, y - 112, x + 112, y + 112), lead, start=-90, end=150, width=34)
    sheet.paint("arc", (x - 112, y - 112, x + 112, y + 112), second, start=160, end=215, width=34)
    sheet.paint("rounded_rectangle", (x - 80, bottom - 84, x + 80, bottom - 66), ink, 0.4, radius=9)
