"""Cut stones: the round brilliant and the step cut, facet by facet, and what they are made of. Knows no settings."""

from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.backends.product_studio.geometry import Mesh
from models.backends.product_studio.geometry.mesh import Floats
from models.backends.product_studio.materials import Bsdf, dielectric, principled

TABLE, STAR, CROWN, PAVILION, GIRDLE = 0.57, 0.80, 0.30, -0.86, 0.018
STONES: dict[str, tuple[float, float, float]] = {  # linear, of light that passed once
    "diamond": (0.995, 0.998, 1.0),
    "sapphire": (0.10, 0.22, 0.78),
    "emerald": (0.06, 0.62, 0.30),
    "ruby": (0.78, 0.05, 0.11),
    "amethyst": (0.64, 0.38, 0.88),
    "citrine": (0.95, 0.66, 0.16),
    "aquamarine": (0.45, 0.83, 0.90),
    "rose_quartz": (0.96, 0.62, 0.70),
}

FOIL: Bsdf = principled("#F2F2F5", 0.30, metallic=0.35, specular=0.8)
"""What jewellers lay under a clear stone."""
STONE_WORDS: tuple[tuple[str, str, str], ...] = (
    ("sapphire|blue stone", "stone", "sapphire"),
    ("emerald", "stone", "emerald"),
    ("ruby|garnet", "stone", "ruby"),
    ("amethyst", "stone", "amethyst"),
    ("citrine|topaz", "stone", "citrine"),
    ("aquamarine", "stone", "aquamarine"),
    ("morganite|rose quartz|pink diamond", "stone", "rose_quartz"),
    ("emerald[- ]cut diamond", "stone", "diamond"),
)
"""Options of archetypes that hold a stone, by what people call it."""

CLEAR, BRIGHT = 1.76, 2.1
"""Refractive indices. A stone seen from its side is clear at a sapphire's and grey at a diamond's 2.4, which keeps most light inside; one
seen from above over foil sparkles more at the higher one."""


def stone_surface(name: str, index: float) -> Bsdf:
    """A row of STONES. index: CLEAR or BRIGHT."""
    return dielectric(STONES[name], index)


def brilliant() -> Mesh:
    """A round brilliant of radius 1 about its girdle, the table up: 57 facets."""
    eight, half = np.arange(8) * np.pi / 4, np.pi / 8
    steep = (CROWN - GIRDLE) / (1 - TABLE)
    table, star = _ring(eight, TABLE, CROWN), _ring(eight + half, STAR, CROWN - steep * (STAR * np.cos(half) - TABLE))
    sixteen = np.arange(16) * half
    upper, lower = _ring(sixteen, 1.0, GIRDLE), _ring(sixteen, 1.0, -GIRDLE)
    deep = 0.24
    keel = _ring(eight + half, deep, PAVILION + (-GIRDLE - PAVILION) * deep * np.cos(half))
    top, culet = np.array([0.0, CROWN, 0.0]), np.array([0.0, PAVILION, 0.0])
    facets: list[tuple[Floats, Floats, Floats]] = []
    for k in range(8):
        n, a, b, c = (k + 1) % 8, 2 * k, 2 * k + 1, (2 * k + 2) % 16
        facets += [(top, table[k], table[n]), (table[k], star[k], table[n])]
        facets += [(table[k], star[k - 1], upper[a]), (table[k], upper[a], star[k])]
        facets += [(star[k], upper[a], upper[b]), (star[k], upper[b], upper[c])]
        facets += [(keel[k], lower[a], lower[b]), (keel[k], lower[b], lower[c])]
        facets += [(culet, keel[k - 1], lower[a]), (culet, lower[a], keel[k])]
    for k in range(16):
        facets += [(upper[k], lower[k], lower[(k + 1) % 16]), (upper[k], lower[(k + 1) % 16], upper[(k + 1) % 16])]
    return cut(facets)


def step_cut() -> Mesh:
    """An emerald cut, 2 wide and 1.44 deep: steps above and below, corners cut off."""

    def ring(size: float, y: float) -> Floats:
        w, d, corner = size, 0.72 * size, 0.26 * size
        flat = [
            (w, d - corner),
            (w - corner, d),
            (corner - w, d),
            (-w, d - corner),
            (-w, corner - d),
            (corner - w, -d),
            (w - corner, -d),
            (w, corner - d),
        ]
        return np.array([(x, y, z) for x, z in flat])

    levels = [
        ring(0.62, 0.28),
        ring(0.82, 0.19),
        ring(1.0, 0.03),
        ring(1.0, -0.03),
        ring(0.74, -0.34),
        ring(0.44, -0.62),
        ring(0.10, -0.84),
    ]
    top, bottom = np.array([0.0, 0.28, 0.0]), np.array([0.0, -0.84, 0.0])
    facets: list[tuple[Floats, Floats, Floats]] = []
    for k in range(8):
        n = (k + 1) % 8
        facets += [(top, levels[0][k], levels[0][n]), (bottom, levels[-1][k], levels[-1][n])]
        for above, below in pairwise(levels):
            facets += [(above[k], below[k], below[n]), (above[k], below[n], above[n])]
    return cut(facets)


def cut(facets: list[tuple[Floats, Floats, Floats]]) -> Mesh:
    """Flat triangles of a convex form about the origin, turned outwards."""
    corners = np.array(facets)
    across = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    inwards = np.einsum("ij,ij->i", across, corners.mean(1)) < 0
    corners[inwards] = corners[inwards][:, ::-1]
    points = corners.reshape(-1, 3)
    faces = np.arange(len(points), dtype=np.int32).reshape(-1, 3)
    return Mesh(points, np.zeros_like(points), np.zeros((len(points), 2)), faces).faceted()


def _ring(angles: NDArray[Any], radius: float, y: float) -> Floats:
    return np.stack([np.sin(angles) * radius, np.full(len(angles), y), np.cos(angles) * radius], 1)
