"""What different trades' apps look like between header and tab bar: money, training, rest, a map, talk, plans.

Neutral forms only: a chart has no scale, an amount is a stroke, a day is a dot. They state nothing that somebody could be held to.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from models.backends.product_studio.archetypes.product import Look
from models.backends.product_studio.colours import mixed, readable_on
from models.backends.product_studio.labels import Sheet, cased
from models.typefaces import font_file

LEFT, RIGHT, TOP = 52.0, 788.0, 352.0
WIDE = RIGHT - LEFT
GAP = 28.0


@dataclass(frozen=True)
class Inks:
    """The colours of one screen, as "#RRGGBB"."""

    ground: str
    card: str
    ink: str
    lead: str
    second: str

    @property
    def quiet(self) -> str:
        """Of what is there but not meant."""
        return mixed(self.card, self.ink, 0.16)


def money(sheet: Sheet, look: Look, inks: Inks, foot: float) -> None:
    """A card with the name on it, four things to do, a curve, and what came and went."""
    _card(sheet, TOP, TOP + 430, inks.lead, 54)
    on = readable_on(inks.lead)
    sheet.paint("ellipse", (LEFT + WIDE * 0.56, TOP + 26, RIGHT - 4, TOP + 420), mixed(inks.lead, inks.second, 0.6), 0.20)
    sheet.text(cased(look.label, look.typeface), font_file(look.typeface), (LEFT + 50, TOP + 78), 40, on, align="left", field=WIDE * 0.6)
    sheet.paint("rounded_rectangle", (LEFT + 50, TOP + 176, LEFT + 142, TOP + 246), mixed(on, inks.lead, 0.25), 0.9, radius=16)
    for k in range(3):  # near enough to pay by waving it
        reach = 22 + k * 20
        box = (RIGHT - 128 - reach, TOP + 78 - reach, RIGHT - 128 + reach, TOP + 78 + reach)
        sheet.paint("arc", box, on, 0.85, start=-42, end=42, width=8)
    for group in range(4):
        for dot in range(4):
            x = LEFT + 58 + group * 158 + dot * 27
            sheet.paint("ellipse", (x, TOP + 336, x + 14, TOP + 350), on, 0.85)
    for k in range(4):
        x, y = LEFT + WIDE * (k + 0.5) / 4, TOP + 530
        sheet.paint("ellipse", (x - 54, y - 54, x + 54, y + 54), inks.lead if k == 0 else inks.card)
        _arrow(sheet, x, y, 90 * k, readable_on(inks.lead) if k == 0 else inks.ink)
    top = TOP + 626
    _card(sheet, top, top + 262, inks.card)
    _curve(sheet, (LEFT + 40, top + 40, RIGHT - 40, top + 222), inks.lead, (0.30, 0.34, 0.28, 0.46, 0.42, 0.60, 0.55, 0.80))
    for k, (long, came) in enumerate(((300, True), (230, False), (264, False))):
        y = top + 290 + k * 122
        if y + 104 > foot:
            break
        sheet.paint("ellipse", (LEFT + 6, y + 10, LEFT + 90, y + 94), mixed(inks.card, (inks.lead, inks.second, inks.ink)[k], 0.55))
        _words(sheet, LEFT + 122, y + 30, long, inks.ink)
        stroke = (RIGHT - (150 if came else 116), y + 40, RIGHT - 6, y + 62)
        sheet.paint("rounded_rectangle", stroke, inks.lead if came else inks.ink, 1.0 if came else 0.7, radius=11)


def training(sheet: Sheet, look: Look, inks: Inks, foot: float) -> None:
    """Three rings with their legend, the days of a week, a pulse, and the button that starts."""
    _card(sheet, TOP, TOP + 440, inks.card)
    x, y = LEFT + 226, TOP + 220
    colors = (inks.lead, inks.second, mixed(inks.lead, inks.ink, 0.55))
    for k, turn in enumerate((292, 236, 176)):
        reach = 176 - k * 50
        box = (x - reach, y - reach, x + reach, y + reach)
        sheet.paint("arc", box, inks.ink, 0.10, start=0, end=360, width=34)
        sheet.paint("arc", box, colors[k], start=-90, end=-90 + turn, width=34)
        for angle in (-90, -90 + turn):
            cx, cy = x + np.cos(np.radians(angle)) * (reach - 17), y + np.sin(np.radians(angle)) * (reach - 17)
            sheet.paint("ellipse", (cx - 17, cy - 17, cx + 17, cy + 17), colors[k])
        line = TOP + 96 + k * 112
        sheet.paint("ellipse", (LEFT + 462, line + 6, LEFT + 496, line + 40), colors[k])
        _words(sheet, LEFT + 520, line, 150 - 22 * k, inks.ink)
    for day in range(7):
        at, done = LEFT + WIDE * (day + 0.5) / 7, day < 4
        sheet.paint("ellipse", (at - 42, TOP + 482, at + 42, TOP + 566), inks.lead if done else inks.card)
        if done:
            mark = [(at - 18, TOP + 525), (at - 5, TOP + 539), (at + 19, TOP + 510)]
            sheet.paint("line", mark, readable_on(inks.lead), width=9, joint="curve")
        elif day == 4:
            sheet.paint("arc", (at - 42, TOP + 482, at + 42, TOP + 566), inks.lead, start=-90, end=110, width=8)
    top, low = TOP + 606, foot - 8
    pulse = low - 134 - GAP
    _card(sheet, top, pulse, inks.card)
    t = np.linspace(0, 1, 240)
    beat = np.exp(-(((t * 4 % 1) - 0.45) ** 2) / 0.0012) - 0.42 * np.exp(-(((t * 4 % 1) - 0.53) ** 2) / 0.0016)
    beat += 0.16 * np.exp(-(((t * 4 % 1) - 0.75) ** 2) / 0.006) + 0.09 * np.exp(-(((t * 4 % 1) - 0.27) ** 2) / 0.004)
    trace = [(float(LEFT + 40 + a * (WIDE - 80)), float(top + (pulse - top) * (0.62 - 0.40 * b))) for a, b in zip(t, beat, strict=True)]
    sheet.paint("line", trace, inks.lead, width=9, joint="curve")
    sheet.paint("rounded_rectangle", (LEFT, low - 134, RIGHT, low), inks.lead, radius=67)
    middle, on = (LEFT + RIGHT) / 2, readable_on(inks.lead)
    sheet.paint("polygon", [(middle - 22, low - 98), (middle - 22, low - 36), (middle + 34, low - 67)], on)


def rest(sheet: Sheet, look: Look, inks: Inks, foot: float) -> None:
    """A circle that breathes, a moon in it, three sessions to choose from and a player."""
    x, y = (LEFT + RIGHT) / 2, TOP + 400
    for k in range(5):
        reach = 372 - k * 62
        sheet.paint("ellipse", (x - reach, y - reach, x + reach, y + reach), mixed(inks.lead, inks.second, k / 5), 0.13 + 0.07 * k)
    sheet.paint("ellipse", (x - 78, y - 78, x + 78, y + 78), mixed(inks.second, "#FFFFFF", 0.6))
    sheet.paint("ellipse", (x - 36, y - 96, x + 108, y + 48), mixed(inks.lead, inks.second, 0.8))
    third = (WIDE - 2 * GAP) / 3
    for k in range(3):
        left, top = LEFT + k * (third + GAP), TOP + 806
        tint = mixed(inks.card, (inks.lead, inks.second, inks.ink)[k], 0.28)
        sheet.paint("rounded_rectangle", (left, top, left + third, top + 236), tint, radius=44)
        sheet.paint("ellipse", (left + 30, top + 30, left + 96, top + 96), (inks.lead, inks.second, inks.lead)[k], 0.9)
        _words(sheet, left + 30, top + 140, third - 90, inks.ink)
    low = min(foot - 8, TOP + 1240)
    sheet.paint("rounded_rectangle", (LEFT + 30, low - 96, RIGHT - 30, low - 86), inks.quiet, radius=5)
    sheet.paint("rounded_rectangle", (LEFT + 30, low - 96, LEFT + WIDE * 0.42, low - 86), inks.second, radius=5)
    sheet.paint("ellipse", (LEFT + WIDE * 0.42 - 16, low - 107, LEFT + WIDE * 0.42 + 16, low - 75), inks.second)


def map_(sheet: Sheet, look: Look, inks: Inks, foot: float) -> None:
    """Streets, water and a park, a way through them, and the card of what is on its way."""
    low = foot - 300
    _card(sheet, TOP, low, mixed(inks.card, inks.ground, 0.4), 54)
    park, water = mixed(inks.card, "#4FA06A", 0.35), mixed(inks.card, "#4A86C8", 0.40)
    sheet.paint("rounded_rectangle", (LEFT + 60, TOP + 420, LEFT + 300, TOP + 640), park, radius=40)
    sheet.paint("polygon", [(RIGHT - 190, TOP + 40), (RIGHT - 40, TOP + 30), (RIGHT - 26, TOP + 330), (RIGHT - 120, TOP + 300)], water)
    for k in range(6):
        y = TOP + 90 + k * 128
        if y < low - 60:
            sheet.paint("line", [(LEFT + 20, y), (RIGHT - 20, y - 46 + 11 * k)], inks.quiet, width=20 if k % 2 else 11)
        x = LEFT + 100 + k * 112
        sheet.paint("line", [(x, TOP + 20), (x - 40 + 14 * k, low - 20)], inks.quiet, width=11 if k % 2 else 18)
    way = [(LEFT + 150, low - 110), (LEFT + 190, low - 330), (LEFT + 400, low - 350), (LEFT + 430, TOP + 250), (RIGHT - 150, TOP + 210)]
    sheet.paint("line", way, inks.lead, width=22, joint="curve")
    for x, y in (way[0], way[-1]):
        sheet.paint("ellipse", (x - 34, y - 34, x + 34, y + 34), inks.lead)
        sheet.paint("ellipse", (x - 15, y - 15, x + 15, y + 15), "#FFFFFF")
    _card(sheet, low + GAP, foot - 8, inks.card)
    sheet.paint("ellipse", (LEFT + 40, low + 74, LEFT + 168, low + 202), mixed(inks.lead, inks.second, 0.4))
    _words(sheet, LEFT + 204, low + 96, 300, inks.ink)
    sheet.paint("rounded_rectangle", (LEFT + 204, low + 180, RIGHT - 60, low + 196), inks.quiet, radius=8)
    sheet.paint("rounded_rectangle", (LEFT + 204, low + 180, LEFT + 470, low + 196), inks.lead, radius=8)


def talk(sheet: Sheet, look: Look, inks: Inks, foot: float) -> None:
    """People in a row, and what they write to one another."""
    for k in range(5):
        x = LEFT + WIDE * (k + 0.5) / 5
        shade = mixed(inks.lead, (inks.second, inks.ink, inks.card)[k % 3], 0.2 + 0.15 * k)
        sheet.paint("ellipse", (x - 60, TOP, x + 60, TOP + 120), shade)
        sheet.paint("ellipse", (x - 22, TOP + 24, x + 22, TOP + 68), "#FFFFFF", 0.9)
        sheet.paint("pieslice", (x - 38, TOP + 74, x + 38, TOP + 150), "#FFFFFF", 0.9, start=180, end=360)
    y = TOP + 180
    for mine, wide, rows in ((False, 430, 2), (True, 360, 1), (False, 500, 3), (True, 470, 2), (False, 300, 1), (True, 400, 2)):
        tall = 56 + rows * 50
        if y + tall > foot:
            break
        left = RIGHT - wide if mine else LEFT
        sheet.paint("rounded_rectangle", (left, y, left + wide, y + tall), inks.lead if mine else inks.card, radius=46)
        ink = readable_on(inks.lead) if mine else inks.ink
        for row in range(rows):
            end = left + wide - (44 if row < rows - 1 else wide * 0.36)
            stroke = (left + 44, y + 40 + row * 50, end, y + 60 + row * 50)
            sheet.paint("rounded_rectangle", stroke, ink, 0.8, radius=10)
        y += tall + 30


def plans(sheet: Sheet, look: Look, inks: Inks, foot: float) -> None:
    """A month of days with some of them marked, and the tasks of today."""
    _card(sheet, TOP, TOP + 640, inks.card, 54)
    marked = {3: inks.lead, 9: inks.second, 10: inks.second, 11: inks.second, 17: inks.lead, 24: mixed(inks.lead, inks.second, 0.5)}
    for day in range(35):
        x, y = LEFT + 40 + (WIDE - 80) * (day % 7 + 0.5) / 7, TOP + 92 + day // 7 * 116
        if day in marked:
            sheet.paint("ellipse", (x - 42, y - 42, x + 42, y + 42), marked[day])
        color = readable_on(marked[day]) if day in marked else inks.ink
        sheet.paint("rounded_rectangle", (x - 16, y - 8, x + 16, y + 8), color, 0.85 if day in marked else 0.4, radius=8)
    for k, long in enumerate((410, 330, 450, 280)):
        y = TOP + 676 + k * 142
        if y + 116 > foot:
            break
        _card(sheet, y, y + 118, inks.card, 38)
        done = k < 2
        sheet.paint("rounded_rectangle", (LEFT + 32, y + 32, LEFT + 86, y + 86), inks.lead if done else inks.quiet, radius=17)
        if done:
            mark = [(LEFT + 46, y + 60), (LEFT + 56, y + 71), (LEFT + 74, y + 48)]
            sheet.paint("line", mark, readable_on(inks.lead), width=7, joint="curve")
        sheet.paint("rounded_rectangle", (LEFT + 122, y + 49, LEFT + 122 + long, y + 69), inks.ink, 0.4 if done else 0.85, radius=10)


APPS: dict[str, Callable[[Sheet, Look, Inks, float], None]] = {
    "money": money,
    "training": training,
    "rest": rest,
    "map": map_,
    "talk": talk,
    "plans": plans,
}

# Words that say which app it is; the first row that matches.
APP_WORDS: tuple[tuple[str, str], ...] = (
    (r"bank|banking|financ\w*|budget\w*|money|invest\w*|savings?|payments?|invoic\w*|crypto|accounting|fintech|tax(?:es)?", "money"),
    (r"fitness|workouts?|training|gym|running|runs?|steps|cycling|coach\w*", "training"),
    (r"meditat\w*|sleep|mindful\w*|breath\w*|yoga|therapy", "rest"),
    (r"travel|trips?|taxi|rides?|navigation|maps?|deliver\w*|courier|hotels?|flights?|parking", "map"),
    (r"chat|messag\w*|messenger|dating|social|languages?|community|friends", "talk"),
    (r"calendar|tasks?|planner|to-?do|notes|productivity|projects?|habits?|schedul\w*|booking", "plans"),
)


def _card(sheet: Sheet, top: float, bottom: float, color: str, radius: float = 46) -> None:
    sheet.paint("rounded_rectangle", (LEFT, top, RIGHT, bottom), color, radius=radius)


def _words(sheet: Sheet, x: float, y: float, wide: float, ink: str) -> None:
    """A line and a quieter one under it."""
    sheet.paint("rounded_rectangle", (x, y, x + wide, y + 20), ink, 0.86, radius=10)
    sheet.paint("rounded_rectangle", (x, y + 36, x + wide * 0.62, y + 51), ink, 0.36, radius=8)


def _arrow(sheet: Sheet, x: float, y: float, turn: float, ink: str) -> None:
    c, s = np.cos(np.radians(turn)), np.sin(np.radians(turn))

    def at(points: tuple[tuple[float, float], ...]) -> list[tuple[float, float]]:
        return [(float(x + c * a - s * b), float(y + s * a + c * b)) for a, b in points]

    sheet.paint("line", at(((0, 22), (0, -20))), ink, width=8)
    sheet.paint("line", at(((-17, -4), (0, -22), (17, -4))), ink, width=8, joint="curve")


def _curve(sheet: Sheet, box: tuple[float, float, float, float], color: str, levels: tuple[float, ...]) -> None:
    left, top, right, bottom = box
    t = np.linspace(0, 1, 60)
    known = np.linspace(0, 1, len(levels))
    smooth = np.convolve(np.pad(np.interp(t, known, levels), 4, mode="edge"), np.hanning(9) / np.hanning(9).sum(), "valid")
    points = [(float(left + a * (right - left)), float(bottom - b * (bottom - top))) for a, b in zip(t, smooth, strict=True)]
    sheet.paint("polygon", [*points, (right, bottom), (left, bottom)], color, 0.20)
    sheet.paint("line", points, color, width=9, joint="curve")
    x, y = points[-1]
    sheet.paint("ellipse", (x - 16, y - 16, x + 16, y + 16), color)
