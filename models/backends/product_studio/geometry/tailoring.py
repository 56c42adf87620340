"""Soft panels of cloth: puffed inside an outline, with slack folds, and the smooth lines seams and collars run along. Knows no products."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from models.backends.product_studio.geometry.mesh import Floats, Mesh
from models.backends.product_studio.geometry.panels import inward_of, panel


@dataclass(frozen=True, eq=False)
class Puffed:
    """One sewn panel: the outline it fills and how full it is.

    ring: (N, 2), counter-clockwise; middle sees all of it. edge_z: z of its seam; round_: how far it rises over its rounded edge; crown:
    how far beyond that its middle stands out. slack: depth of its folds. waves: (5,) phases.
    """

    ring: Floats
    middle: tuple[float, float]
    edge_z: float
    round_: float
    crown: float
    waves: Floats
    slack: float = 0.0048

    @cached_property
    def _inward(self) -> Callable[[Floats, Floats], Floats]:
        return inward_of(self.ring, self.middle)

    def z(self, x: Floats, y: Floats) -> Floats:
        """The panel's surface at (x, y)."""
        return self.rise(x, y, self._inward(x, y))

    def rise(self, x: Floats, y: Floats, inward: Floats) -> Floats:
        """The same where it is known how far in (x, y) lies, 0..1."""
        edge = np.clip(inward / 0.16, 0, 1)
        w = self.waves
        folds = np.sin(x * 6.1 + w[0] + np.sin(y * 4.2 + w[1])) + 0.7 * np.sin(y * 8.3 - x * 5.0 + w[2])
        folds = folds + 0.4 * np.sin(x * 15 + y * 9 + w[3])
        pull = np.sin(np.arctan2(y - self.middle[1], x - self.middle[0]) * 11 + w[4]) * np.exp(-(((inward - 0.16) / 0.13) ** 2))
        full = self.crown * (1 - (1 - inward) ** 2)
        return np.asarray(self.edge_z + self.round_ * np.sqrt(1 - (1 - edge) ** 2) + full + edge * self.slack * (folds + 0.45 * pull))

    def mesh(self, rows: int = 44) -> Mesh:
        """Seen from the front; uv in its own units."""
        return panel(self.ring, self.rise, rows, self.middle)


def curve(knots: ArrayLike, points: int, closed: bool = False) -> Floats:
    """A smooth line (points, D) near knots (N, D): their corners cut until it is one. An open line keeps its ends."""
    line = np.asarray(knots, float)
    for _ in range(4):
        ahead = np.roll(line, -1, 0) if closed else line[1:]
        here = line if closed else line[:-1]
        cut = np.stack([here * 0.75 + ahead * 0.25, here * 0.25 + ahead * 0.75], 1).reshape(-1, line.shape[1])
        line = cut if closed else np.concatenate([line[:1], cut, line[-1:]])
    if closed:
        line = np.concatenate([line, line[:1]])
    length = np.r_[0, np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))]
    places = np.linspace(0, length[-1], points, endpoint=not closed)
    return np.stack([np.interp(places, length, line[:, k]) for k in range(line.shape[1])], 1)
