"""A pen for signs: inks and cuts on a square of one by one, y down, and hands back closed lines to make solids of."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from PIL import Image, ImageDraw

from models.backends.product_studio.geometry.lettering import Island, traced

SIDE, FINE = 700, 3
Dot = tuple[float, float]


class Pen:
    """Inks and cuts on a square of one by one."""

    def __init__(self) -> None:
        self._sheet = Image.new("L", (SIDE * FINE, SIDE * FINE), 0)
        self._draw = ImageDraw.Draw(self._sheet)
        self._value = 255

    def cutting(self) -> "Pen":
        """What follows is taken away."""
        self._value = 0
        return self

    def inking(self) -> "Pen":
        """What follows is added."""
        self._value = 255
        return self

    def disc(self, x: float, y: float, rx: float, ry: float | None = None) -> "Pen":
        """An ellipse around (x, y)."""
        ry = rx if ry is None else ry
        self._draw.ellipse(self._scaled([(x - rx, y - ry), (x + rx, y + ry)]), fill=self._value)
        return self

    def ring(self, x: float, y: float, radius: float, width: float) -> "Pen":
        """A round band, `radius` to its outer edge."""
        self._draw.ellipse(
            self._scaled([(x - radius, y - radius), (x + radius, y + radius)]), outline=self._value, width=round(width * SIDE * FINE)
        )
        return self

    def bar(self, left: float, top: float, right: float, bottom: float, radius: float = 0.0) -> "Pen":
        """A box with round corners."""
        self._draw.rounded_rectangle(self._scaled([(left, top), (right, bottom)]), radius * SIDE * FINE, fill=self._value)
        return self

    def line(self, *points: Dot, width: float = 0.07) -> "Pen":
        """A stroke with round ends and corners."""
        for a, b in pairwise(points):
            self._draw.line(self._scaled([a, b]), fill=self._value, width=round(width * SIDE * FINE))
        for x, y in points:
            self.disc(x, y, width / 2)
        return self

    def shape(self, *points: Dot) -> "Pen":
        """A polygon."""
        self._draw.polygon(self._scaled(points), fill=self._value)
        return self

    def curve(self, *points: Dot) -> "Pen":
        """A closed line that runs smoothly through its points."""
        ring = np.array(points)
        before, after, beyond = np.roll(ring, 1, 0), np.roll(ring, -1, 0), np.roll(ring, -2, 0)
        t = np.linspace(0, 1, 24, endpoint=False)[:, None, None]
        way = 0.5 * (
            2 * ring
            + (after - before) * t
            + (2 * before - 5 * ring + 4 * after - beyond) * t**2
            + (3 * ring - before - 3 * after + beyond) * t**3
        )
        return self.shape(*((float(x), float(y)) for x, y in way.transpose(1, 0, 2).reshape(-1, 2)))

    def islands(self) -> tuple[Island, ...]:
        """What is inked, as closed lines, y up."""
        coverage = np.asarray(self._sheet.resize((SIDE, SIDE), Image.Resampling.BOX), np.float64) / 255
        coverage = np.pad(coverage, 4)
        return tuple(tuple(ring * (1, -1) / SIDE for ring in island) for island in traced(coverage, 0.5))

    def _scaled(self, points: Sequence[Dot]) -> list[Dot]:
        return [(x * SIDE * FINE, y * SIDE * FINE) for x, y in points]
