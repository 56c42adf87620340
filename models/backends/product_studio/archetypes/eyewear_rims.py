"""The forms that sunglasses are drawn with: lens outlines, the front they sit in, its curve round a face. Distances and points only.

1.5 wide. u runs across the unrolled front, y up from the middle of the lenses; `rolled` bends it back at the sides. No materials, no looks.
"""

from dataclasses import dataclass

import numpy as np

from models.backends.product_studio.archetypes.shoe_last import smooth_max
from models.backends.product_studio.geometry import Mesh
from models.backends.product_studio.geometry.mesh import Floats
from models.backends.product_studio.geometry.solids import grid_faces

WRAP = 2.1  # radius of the front's curve
HALF_THICK, ROUNDING = 0.030, 0.015
BULGE = 0.020  # of a lens's middle before its rim


@dataclass(frozen=True)
class Rim:
    """One lens shape. across, up: half its size; square: exponent of its outline, 2 is an ellipse; tilt: how far it rises outwards;
    taper: how much narrower it is below than above; centre: from the nose to its middle; brow, cheek: the front's width over and
    under it; sweep: how far its outer corner is drawn up."""

    across: float
    up: float
    square: float
    tilt: float
    taper: float
    centre: float
    brow: float = 0.066
    cheek: float = 0.046
    sweep: float = 0.0


RIMS: dict[str, Rim] = {
    "square": Rim(0.272, 0.212, 2.9, 0.07, 0.11, 0.366),
    "round": Rim(0.240, 0.240, 2.15, 0.0, 0.05, 0.342, brow=0.056, cheek=0.052),
    "cat_eye": Rim(0.268, 0.190, 2.5, 0.16, 0.12, 0.362, brow=0.074, sweep=0.075),
    "aviator": Rim(0.290, 0.250, 2.45, -0.05, 0.17, 0.372),
}


def outline(rim: Rim, points: int = 160, scale: float = 1.0) -> Floats:
    """The right lens's edge, (points, 2) of (u, y), counter-clockwise."""
    t = np.linspace(0, 2 * np.pi, points, endpoint=False)
    c, s = np.cos(t), np.sin(t)
    x = np.sign(c) * np.abs(c) ** (2 / rim.square) * rim.across * scale
    y = np.sign(s) * np.abs(s) ** (2 / rim.square) * rim.up * scale
    x = x * (1 + rim.taper * y / rim.up)
    return np.c_[rim.centre + x, y + rim.tilt * x]


def lens_distance(rim: Rim, u: Floats, y: Floats) -> Floats:
    """About how far (u, y) lies outside the nearer lens."""
    x = np.abs(u) - rim.centre
    level = y - rim.tilt * x
    wide = rim.across * (1 + rim.taper * np.clip(level / rim.up, -1.5, 1.5))
    p, q, n = np.abs(x) / wide, np.abs(level) / rim.up, rim.square
    whole = np.maximum((p**n + q**n) ** (1 / n), 1e-3)
    part = whole ** (1 - n)
    steep = np.hypot(part * p ** (n - 1) / wide, part * q ** (n - 1) / rim.up)
    return (whole - 1) / np.maximum(steep, 1.5)


def front_distance(rim: Rim, points: Floats) -> Floats:
    """About how far (..., 3) lies outside an acetate front: rims, bridge and the lugs that the temples hang from."""
    u, y, w = unrolled(points)
    x = np.abs(u) - rim.centre
    lens = lens_distance(rim, u, y)
    high, out = np.clip(0.5 + 0.5 * y / rim.up, 0, 1), np.clip(x / rim.across, 0, 1)
    width = rim.cheek + (rim.brow - rim.cheek) * high + rim.sweep * out**2 * high**2
    bridge = smooth_max(np.abs(y - 0.085 + 1.1 * u * u) - 0.040, np.abs(u) - 0.24, 0.02)
    lug = smooth_max(np.abs(np.abs(u) - LUG_U + 0.06) - 0.085, np.abs(y - lug_height(rim)) - 0.058, 0.03)
    flat = -smooth_max(-(lens - width), -np.minimum(bridge, lug), 0.05)
    flat = np.maximum(flat, -lens)
    across, along = np.abs(w) - HALF_THICK + ROUNDING, flat + ROUNDING
    return np.minimum(np.maximum(across, along), 0) + np.hypot(np.maximum(across, 0), np.maximum(along, 0)) - ROUNDING


LUG_U = 0.735


def lug_height(rim: Rim) -> float:
    """y of the hinges."""
    return 0.115 + 0.3 * rim.tilt + 0.6 * rim.sweep


def unrolled(points: Floats) -> tuple[Floats, Floats, Floats]:
    """(u, y, outward) of points in the room."""
    x, y, z = points[..., 0], points[..., 1], points[..., 2] + WRAP
    return np.arctan2(x, z) * WRAP, y, np.hypot(x, z) - WRAP


def rolled(u: Floats, y: Floats, outward: Floats) -> Floats:
    """Points in the room, (..., 3), of what lies at (u, y) on the front, `outward` before it."""
    angle, radius = u / WRAP, WRAP + outward
    return np.stack([radius * np.sin(angle), y, radius * np.cos(angle) - WRAP], -1)


def lens(rim: Rim, scale: float, rings: int = 24, points: int = 160) -> Mesh:
    """The right lens as one curved sheet; uv is (x, y) over its box."""
    edge = np.concatenate([outline(rim, points, scale), outline(rim, points, scale)[:1]])
    middle = np.array([rim.centre, 0.0])
    share = np.linspace(1e-3, 1, rings)[:, None]
    u, y = (middle[k] + (edge[None, :, k] - middle[k]) * share for k in (0, 1))
    bulge = BULGE * (1 - share**2) * np.ones_like(u)
    at = rolled(u, y, bulge)
    along, around = np.gradient(at, axis=0), np.gradient(at, axis=1)
    around[:, [0, -1]] = (at[:, [1]] - at[:, [-2]]) / 2
    normals = np.cross(along, around)
    normals /= np.linalg.norm(normals, axis=2, keepdims=True)
    low, high = edge.min(0), edge.max(0)
    uv = (np.stack([u, y], -1) - low) / (high - low)
    return Mesh(at.reshape(-1, 3), normals.reshape(-1, 3), uv.reshape(-1, 2), grid_faces(rings, points + 1))
