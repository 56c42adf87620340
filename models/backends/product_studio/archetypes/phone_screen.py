"""The picture on the phone: an app's screen in the brand's colours, of neutral shapes, with the brand's name; what kind of app is the
look's to say (phone_apps.APPS), and a home screen where it does not.

It states nothing: no numbers, no claims, only the name, its second line, and the forms an app is made of.
"""

import numpy as np
from numpy.typing import NDArray

from models.backends.product_studio.archetypes.phone_apps import APPS, Inks
from models.backends.product_studio.archetypes.product import Look
from models.backends.product_studio.colours import channels, luminance, mixed, readable_on, saturation
from models.backends.product_studio.labels import Sheet, cased
from models.typefaces import font_file

WIDTH = 840
MARGIN = 52


def paint_screen(look: Look, aspect: float) -> NDArray[np.uint8]:
    """(height, 840, 3) uint8; aspect: width over height."""
    height = round(WIDTH / aspect)
    lead = look.body if saturation(look.body) > 0.25 else look.accent  # white, grey and black are grounds, not what leads the eye
    second = look.accent if lead == look.body else mixed(lead, "#FFFFFF", 0.45)
    light = luminance(look.body) > 0.55
    ground = mixed(lead, "#F8F8FB", 0.93) if light else mixed(lead, "#07080E", 0.88)
    ink = "#15161C" if light else "#FFFFFF"
    card = mixed(ground, ink, 0.07)
    sheet = Sheet(WIDTH, height, _glow(ground, lead, height))
    _status_bar(sheet, ink)
    _header(sheet, look, ink, lead)
    app = APPS.get(look.option("app"))
    if app is not None:
        app(sheet, look, Inks(ground, card, ink, lead, second), height - 184)
    else:
        _hero(sheet, lead, second)
        _tiles(sheet, card, ink, lead, second)
        _rows(sheet, card, ink, lead, second, height)
    _tab_bar(sheet, card, ink, lead, height)
    return sheet.pixels()


def _glow(ground: str, lead: str, height: int) -> NDArray[np.uint8]:
    y, x = np.mgrid[:height:4, :WIDTH:4]
    amount = 0.42 * np.exp(-(((x - WIDTH * 0.85) / WIDTH) ** 2 * 2.4 + (y / height) ** 2 * 16))
    base, tint = np.array(channels(ground)), np.array(channels(lead))
    return np.round((base + (tint - base) * amount[..., None]) * 255).astype(np.uint8)


def _status_bar(sheet: Sheet, ink: str) -> None:
    right = WIDTH - 60
    sheet.paint("rounded_rectangle", (right - 46, 60, right, 82), ink, 0.9, radius=7)
    sheet.paint("rounded_rectangle", (right + 3, 67, right + 7, 75), ink, 0.6, radius=2)
    for k in range(4):
        sheet.paint("rounded_rectangle", (right - 112 + k * 13, 78 - k * 5, right - 103 + k * 13, 82), ink, 0.9, radius=2)


def _header(sheet: Sheet, look: Look, ink: str, lead: str) -> None:
    sheet.text(
        cased(look.label, look.typeface), font_file(look.typeface), (MARGIN, 212), 62, ink, align="left", field=WIDTH - 2 * MARGIN - 130
    )
    if look.sublabel:
        sheet.text(
            look.sublabel,
            font_file("modern_grotesk", "text"),
            (MARGIN, 292),
            25,
            ink,
            align="left",
            field=WIDTH - 2 * MARGIN - 130,
            opacity=0.66,
        )
    middle = WIDTH - MARGIN - 42
    sheet.paint("ellipse", (middle - 42, 170, middle + 42, 254), mixed(lead, "#FFFFFF", 0.25))
    sheet.paint("ellipse", (middle - 15, 188, middle + 15, 218), "#FFFFFF", 0.92)
    sheet.paint("pieslice", (middle - 27, 222, middle + 27, 272), "#FFFFFF", 0.92, start=180, end=360)


def _hero(sheet: Sheet, lead: str, second: str) -> None:
    """A large card with three rings."""
    top, bottom = 352, 872
    sheet.paint("rounded_rectangle", (MARGIN, top, WIDTH - MARGIN, bottom), lead, radius=58)
    sheet.paint("ellipse", (WIDTH * 0.52, top + 30, WIDTH - MARGIN - 6, bottom - 8), mixed(lead, second, 0.5), 0.20)
    on_lead = readable_on(lead)
    x, y = WIDTH / 2, (top + bottom) / 2
    for k, (turn, color) in enumerate(((285, on_lead), (225, mixed(second, "#FFFFFF", 0.15)), (170, mixed(on_lead, lead, 0.45)))):
        reach = 196 - k * 56
        box = (x - reach, y - reach, x + reach, y + reach)
        sheet.paint("arc", box, on_lead, 0.14, start=0, end=360, width=36)
        sheet.paint("arc", box, color, start=-90, end=-90 + turn, width=36)
        for angle in (-90, -90 + turn):
            cx, cy = x + np.cos(np.radians(angle)) * (reach - 18), y + np.sin(np.radians(angle)) * (reach - 18)
            sheet.paint("ellipse", (cx - 18, cy - 18, cx + 18, cy + 18), color)


def _tiles(sheet: Sheet, card: str, ink: str, lead: str, second: str) -> None:
    """Two half-width cards: bars, and a line that rises."""
    top, bottom, gap = 900, 1150, 28
    half = (WIDTH - 2 * MARGIN - gap) / 2
    sheet.paint("rounded_rectangle", (MARGIN, top, MARGIN + half, bottom), card, radius=46)
    for k, level in enumerate((0.42, 0.66, 0.50, 0.84, 0.60, 0.95)):
        x = MARGIN + 44 + k * (half - 88) / 5.6
        sheet.paint("rounded_rectangle", (x, bottom - 44 - 150 * level, x + 26, bottom - 44), lead if k != 3 else second, radius=13)
    left = MARGIN + half + gap
    sheet.paint("rounded_rectangle", (left, top, WIDTH - MARGIN, bottom), card, radius=46)
    t = np.linspace(0, 1, 40)
    line = 0.18 + 0.62 * t**1.3 + 0.10 * np.sin(t * 11) * (1 - t * 0.5)
    points = [(float(left + 40 + a * (half - 80)), float(bottom - 48 - b * 160)) for a, b in zip(t, line, strict=True)]
    sheet.paint("polygon", [*points, (points[-1][0], bottom - 44.0), (points[0][0], bottom - 44.0)], second, 0.22)
    sheet.paint("line", points, second, width=9, joint="curve")
    x, y = points[-1]
    sheet.paint("ellipse", (x - 15, y - 15, x + 15, y + 15), ink)


def _rows(sheet: Sheet, card: str, ink: str, lead: str, second: str, height: int) -> None:
    """List entries: a mark, two strokes for words, a switch."""
    top = 1178
    for k, color in enumerate((lead, second, mixed(lead, second, 0.5))):
        y = top + k * 148
        if y + 128 > height - 170:
            break
        sheet.paint("rounded_rectangle", (MARGIN, y, WIDTH - MARGIN, y + 128), card, radius=40)
        sheet.paint("rounded_rectangle", (MARGIN + 26, y + 26, MARGIN + 102, y + 102), color, radius=26)
        sheet.paint("ellipse", (MARGIN + 48, y + 48, MARGIN + 80, y + 80), "#FFFFFF", 0.9)
        sheet.paint("rounded_rectangle", (MARGIN + 132, y + 40, MARGIN + 350 - 46 * k, y + 60), ink, 0.86, radius=10)
        sheet.paint("rounded_rectangle", (MARGIN + 132, y + 78, MARGIN + 280 + 24 * k, y + 93), ink, 0.36, radius=8)
        on = k != 1
        right = WIDTH - MARGIN - 30
        sheet.paint("rounded_rectangle", (right - 84, y + 40, right, y + 88), lead if on else mixed(card, ink, 0.25), radius=24)
        knob = right - 24 if on else right - 60
        sheet.paint("ellipse", (knob - 19, y + 45, knob + 19, y + 83), "#FFFFFF")


def _tab_bar(sheet: Sheet, card: str, ink: str, lead: str, height: int) -> None:
    top = height - 152
    sheet.paint("rounded_rectangle", (MARGIN + 30, top, WIDTH - MARGIN - 30, top + 104), mixed(card, ink, 0.06), radius=52)
    for k in range(5):
        x = WIDTH / 2 + (k - 2) * 124
        if k == 2:
            sheet.paint("ellipse", (x - 44, top + 8, x + 44, top + 96), lead)
            sheet.paint("rounded_rectangle", (x - 20, top + 48, x + 20, top + 56), readable_on(lead), radius=4)
            sheet.paint("rounded_rectangle", (x - 4, top + 32, x + 4, top + 72), readable_on(lead), radius=4)
        else:
            sheet.paint("rounded_rectangle", (x - 20, top + 32, x + 20, top + 72), ink, 0.9 if k == 0 else 0.34, radius=13)
    sheet.paint("rounded_rectangle", (WIDTH / 2 - 120, height - 26, WIDTH / 2 + 120, height - 17), ink, 0.8, radius=5)
