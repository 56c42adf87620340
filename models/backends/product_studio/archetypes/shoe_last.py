"""The forms a running shoe is built on: the foot it is made for, its planform, its lines seen from the side. Distances only.

The toe points to +X, the outer side to +Z; 1.5 long. Everything is a function of arrays, negative inside. No meshes, no looks.
"""

from functools import cache

import numpy as np

from models.backends.product_studio.geometry.mesh import Floats

HALF_LENGTH = 0.75
Line = tuple[tuple[float, float], ...]
GRID = np.linspace(-1.4, 1.4, 561)
WIDTHS = (
    (-0.75, 0.185),
    (-0.60, 0.195),
    (-0.40, 0.185),
    (-0.15, 0.182),
    (0.10, 0.222),
    (0.32, 0.248),
    (0.50, 0.232),
    (0.66, 0.2),
    (0.75, 0.18),
)
CENTRES = ((-0.6, 0.0), (-0.40, 0.004), (-0.15, 0.018), (0.10, 0.030), (0.32, 0.022), (0.50, -0.002), (0.66, -0.030), (0.75, -0.045))
INSTEP = (
    (-0.75, 1.3),
    (-0.30, 1.3),
    (-0.215, 1.02),
    (-0.13, 0.82),
    (-0.02, 0.67),
    (0.13, 0.53),
    (0.30, 0.445),
    (0.48, 0.390),
    (0.62, 0.370),
    (0.75, 0.345),
)
COLLAR = (
    (-0.75, 0.78),
    (-0.70, 0.765),
    (-0.60, 0.665),
    (-0.46, 0.600),
    (-0.33, 0.615),
    (-0.20, 0.685),
    (-0.06, 0.80),
    (0.1, 1.2),
    (0.75, 1.4),
)
ANKLE = ((0.0, 1.0), (0.30, 1.0), (0.50, 0.86), (0.75, 0.68), (1.3, 0.62))
GROUND = ((-0.75, 0.075), (-0.62, 0.022), (-0.45, 0.0), (0.20, 0.0), (0.42, 0.022), (0.60, 0.085), (0.75, 0.165))
FOAM = ((-0.75, 0.285), (-0.55, 0.235), (-0.20, 0.205), (0.15, 0.185), (0.45, 0.190), (0.62, 0.215), (0.75, 0.275))


def along(line: Line, x: Floats) -> Floats:
    """A line through points, smooth: the mean of the straight one over a short way to each side."""
    return np.interp(x, GRID, _smoothed(line))


@cache
def _smoothed(line: Line) -> Floats:
    xs, ys = np.array(line).T
    return np.asarray(np.mean([np.interp(GRID + step, xs, ys) for step in np.linspace(-0.06, 0.06, 7)], axis=0), float)


def middle(x: Floats) -> Floats:
    """z of the sole's centre line: a foot is not symmetrical."""
    return along(CENTRES, x)


def half_width(x: Floats) -> Floats:
    """Half the width at the ball of the foot, the waist, the heel, without the ends' rounding."""
    return along(WIDTHS, x)


def planform(x: Floats, z: Floats, grow: float = 0.0, narrow: Floats | float = 1.0) -> Floats:
    """About how far (x, z) lies outside the sole's outline seen from above, grown by `grow`, `narrow` times as wide."""

    wide, long, power = half_width(x) * narrow + grow, HALF_LENGTH + grow, np.where(x > 0, 2.7, 3.6)
    across, lengthwise = np.abs(z - middle(x)) / wide, np.abs(x) / long
    whole = (across**power + lengthwise**power) ** (1 / power)
    # How fast it grows across and along, so that what comes out is about a distance.
    part = np.maximum(whole, 1e-3) ** (1 - power)
    steep = np.hypot(part * across ** (power - 1) / wide, part * lengthwise ** (power - 1) / long)
    return (whole - 1) / np.maximum(steep, 0.9)


def foot(points: Floats) -> Floats:
    """The filled form of the upper with no opening, an ankle going up out of it: (..., 3) to (...)."""
    x, y, z = points[..., 0], points[..., 1], points[..., 2]
    lean = np.interp(y, (0.25, 0.55, 0.8), (0.0, 0.035, 0.02))  # the heel's back is not a wall: it curves in over the tendon
    side = planform(x - lean * (x < 0), z, -0.018, along(ANKLE, y))
    return smooth_max(side, (y - along(INSTEP, x)) * 0.82, 0.17)


def smooth_max(a: Floats, b: Floats, width: float) -> Floats:
    """The larger of two, its corner rounded over about `width`."""
    blend = np.clip(0.5 + 0.5 * (a - b) / width, 0, 1)
    return b * (1 - blend) + a * blend + width * blend * (1 - blend)


def instep_height(x: Floats, z: Floats) -> Floats:
    """y of the foot's top at (x, z)."""
    low, high = np.full_like(x, 0.15), np.full_like(x, 1.25)
    for _ in range(26):
        half = (low + high) / 2
        inside = foot(np.stack([x, half, z], -1)) < 0
        low, high = np.where(inside, half, low), np.where(inside, high, half)
    return low


def outer_side(x: Floats, y: Floats) -> Floats:
    """z of the foot's outer side at (x, y), as far as there is one."""
    low, high = np.zeros_like(x) + middle(x), np.full_like(x, 0.5)
    for _ in range(26):
        half = (low + high) / 2
        inside = foot(np.stack([x, y, half], -1)) < 0
        low, high = np.where(inside, half, low), np.where(inside, high, half)
    return low
