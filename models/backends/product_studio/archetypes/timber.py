"""The wood that furniture is made of: its kinds, how its grain runs, and turned or bent members of it. Knows no furniture."""

from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike

from models.backends.product_studio.archetypes.product import Look
from models.backends.product_studio.geometry import Mesh, circle, tube
from models.backends.product_studio.geometry.mesh import Floats
from models.backends.product_studio.materials import Bsdf, picture, principled
from models.backends.product_studio.textures import Color, timber

TILE = 0.46  # metres of wood in one picture of it
KINDS: dict[str, tuple[Color, Color, float, float]] = {  # pale wood, its rings, how open its pores are, how rough it is
    "oak": ((0.800, 0.630, 0.440), (0.610, 0.430, 0.260), 0.55, 0.46),
    "walnut": ((0.440, 0.290, 0.190), (0.255, 0.155, 0.095), 0.50, 0.42),
    "beech": ((0.860, 0.690, 0.510), (0.760, 0.570, 0.400), 0.15, 0.45),
    "ash": ((0.880, 0.770, 0.610), (0.700, 0.560, 0.400), 0.45, 0.46),
    "cherry": ((0.690, 0.420, 0.260), (0.520, 0.280, 0.160), 0.15, 0.42),
    "teak": ((0.640, 0.430, 0.250), (0.450, 0.280, 0.150), 0.35, 0.44),
    "black": ((0.060, 0.057, 0.055), (0.034, 0.032, 0.031), 0.60, 0.40),
    "white": ((0.900, 0.890, 0.870), (0.850, 0.840, 0.815), 0.10, 0.38),
}
CLOTH = "leather|fabric|seats?|linen|wool|velvet|cushions?|boucl|upholst"
WOOD_WORDS: tuple[tuple[str, str, str], ...] = (
    ("oak|oaken|eiche|roble|ch ne|rovere", "wood", "oak"),
    ("beech|birch|maple|buche|haya|h tre|faggio", "wood", "beech"),
    ("ash|pine|spruce", "wood", "ash"),
    ("cherry|mahogany|rosewood", "wood", "cherry"),
    ("teak|acacia|mango wood|bamboo", "wood", "teak"),
    ("walnut|dark wood|smoked oak|nussbaum|nogal|noyer|noce", "wood", "walnut"),
    (rf"white(?! (?:oak|ash|{CLOTH})\w*)", "wood", "white"),
    (rf"(?:ebony|ebonised|ebonized|black|charred)(?! (?:{CLOTH})\w*)", "wood", "black"),
)
"""What a prompt calls a wood; a black or white chair is one of painted wood, a chair with a black leather seat is not."""


def wood(look: Look, rng: np.random.Generator, default: str = "oak") -> Bsdf:
    """Oiled, with the sheen of a hand that has passed over it."""
    pale, rings, pores, rough = KINDS[look.option("wood", default)]
    pixels = (timber(768, int(rng.integers(1 << 30)), pale, rings, pores) * 255).astype(np.uint8)
    return principled(picture(pixels), rough, specular=0.42, coat=0.10, coat_gloss=0.7)


def member(path: ArrayLike, radii: ArrayLike, round_end: float = 0.004, up: ArrayLike = (0.0, 0.0, 1.0), start: float = 0.0) -> Mesh:
    """A turned stick through points (N, 3) of radii (N,), metres, its ends eased; the grain runs along it. start: of its grain."""
    corners, thick = np.asarray(path, float), np.asarray(radii, float)
    line, t = smooth_line(corners, 56)
    radius = np.interp(t, np.linspace(0, 1, len(thick)), thick)
    length = float(np.linalg.norm(np.diff(line, axis=0), axis=1).sum())
    from_end = np.minimum(t, 1 - t) * length
    eased = np.sqrt(np.clip(1 - (1 - np.clip(from_end / round_end, 0, 1)) ** 2, 0.30, 1))
    stick = tube(line, circle(1.0, 32), up=up, scale=np.repeat((radius * eased)[:, None], 2, 1))
    return grain(stick, length, 2 * np.pi * float(radius.mean()), start)


def smooth_line(corners: Floats, count: int) -> tuple[Floats, Floats]:
    """A curve (count, 3) through points, denser towards its ends, and where along it each lies, 0..1."""
    t = 0.5 - 0.5 * np.cos(np.linspace(0, np.pi, count))
    if len(corners) == 2:
        return corners[0] + (corners[1] - corners[0]) * t[:, None], t
    knots = np.linspace(0, 1, len(corners))
    fit = np.polynomial.polynomial.polyfit(knots, corners, len(corners) - 1)
    return np.asarray(np.polynomial.polynomial.polyval(t, fit).T, float), t


def grain(mesh: Mesh, length: float, girth: float, start: float = 0.0) -> Mesh:
    """A swept mesh, whose u runs along it and v round it, with the grain at its true size."""
    return mesh.with_uv(mesh.uv * np.array([length, girth]) / TILE + np.array([start, start * 1.7]))


def sawn(mesh: Mesh, along: int = 0, start: float = 0.0) -> Mesh:
    """A board or block with the grain along one axis (0, 1 or 2), running on over its edges."""
    others = [k for k in range(3) if k != along]
    facing = np.abs(mesh.normals[:, others])
    across = np.where(facing[:, 0] > facing[:, 1], mesh.vertices[:, others[1]], mesh.vertices[:, others[0]])
    end = np.abs(mesh.normals[:, along]) > 0.8
    run = np.where(end, mesh.vertices[:, others[0]] * 0.3, mesh.vertices[:, along])
    return mesh.with_uv(np.c_[run, np.where(end, mesh.vertices[:, others[1]], across)] / TILE + np.array([start, start * 1.7]))


def board_top(look: Look, rng: np.random.Generator, staves: int, default: str = "oak") -> Bsdf:
    """A top glued up of several boards, for a mesh whose uv is (along, across) over all of it."""
    pale, rings, pores, rough = KINDS[look.option("wood", default)]
    size = 1152
    log = timber(size, int(rng.integers(1 << 30)), pale, rings, pores)
    edges = np.round(np.linspace(0, size, staves + 1) + np.r_[0, rng.uniform(-0.1, 0.1, staves - 1), 0] * size / staves).astype(int)
    page = np.empty((size, size, 3), np.float32)
    for low, high in pairwise(edges):
        rows = (np.arange(low, high) * 2 + int(rng.integers(size))) % size
        page[low:high] = np.roll(log, int(rng.integers(size)), 1)[rows] * rng.uniform(0.95, 1.04)
        page[low] *= 0.86
    return principled(picture((np.clip(page, 0, 1) * 255).astype(np.uint8)), rough, specular=0.45, coat=0.16, coat_gloss=0.75)
