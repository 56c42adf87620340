"""The collar and the placket of a folded shirt: two leaves that lie on its front, a band of cloth with buttons. Knows no other garment."""

from dataclasses import dataclass

import numpy as np

from models.backends.product_studio.geometry import Mesh, fillet, lathe, merge, rotation
from models.backends.product_studio.geometry.mesh import Floats
from models.backends.product_studio.geometry.panels import sheet
from models.backends.product_studio.geometry.seams import stitches
from models.backends.product_studio.geometry.tailoring import Puffed

LEAF = 0.020  # how far a leaf stands off at its fold
PLACKET = 0.062


@dataclass(frozen=True, eq=False)
class Leaves:
    """Both halves of a collar and the rows of thread along their edges."""

    panels: list[Mesh]
    seams: list[Mesh]


def collar_leaves(front: Puffed, height: float, neck: float) -> Leaves:
    """From the fold round the neck down to the points."""
    top = height + 0.012
    fold = np.array([(0.012, height - 0.150), (0.075, height - 0.115), (neck - 0.035, height - 0.050), (neck + 0.010, top)])
    hem = np.array([(0.105, height - 0.262), (0.165, height - 0.205), (neck + 0.055, height - 0.130), (neck + 0.078, height - 0.030)])
    along = np.linspace(0, 1, 40)
    inner, outer = (np.stack([np.interp(along, np.linspace(0, 1, 4), line[:, k]) for k in (0, 1)], 1) for line in (fold, hem))
    down = np.linspace(0, 1, 18)[None, :, None]
    flat = inner[:, None] * (1 - down) + outer[:, None] * down
    x, y = flat[..., 0], flat[..., 1]
    roll = LEAF * (1 - down[..., 0]) ** 1.6 + 0.010
    z = np.maximum(front.z(x, np.minimum(y, height - 0.03)), front.edge_z + front.round_ * 0.75) + roll
    leaf = sheet(np.stack([x, y, z], -1))
    edge = np.stack([x, y, z + 0.001], -1)
    line = np.concatenate([edge[2:-1, -3]])
    tip = edge[2, 2:-2]
    rows = [stitches(line, (0, 0, 1), 0.0105, 0.0018), stitches(tip, (0, 0, 1), 0.0105, 0.0018)]
    return Leaves([leaf, leaf.mirrored("x")], [*rows, *(row.mirrored("x") for row in rows)])


def placket(front: Puffed, top: float) -> tuple[Mesh, Mesh, list[Mesh]]:
    """The band the buttons are on, from the foot to `top`, the buttons, and its two rows of thread."""
    y = np.linspace(0.03, top, 90)
    x = np.linspace(-PLACKET / 2, PLACKET / 2, 9)
    grid_y, grid_x = np.meshgrid(y, x, indexing="ij")
    lift = 0.006 * np.clip((PLACKET / 2 - np.abs(grid_x)) / 0.006, 0.0, 1.0)
    band = sheet(np.stack([grid_x, grid_y, front.z(grid_x, grid_y) + lift], -1))
    rows = [
        stitches(np.c_[np.full(90, way), y, front.z(np.full(90, way), y) + 0.0066], (0, 0, 1), 0.0105, 0.0018)
        for way in (PLACKET / 2 - 0.011, -PLACKET / 2 + 0.011)
    ]
    spots = np.array([top - 0.055 - 0.175 * k for k in range(5)])
    spots = spots[spots > 0.06]
    at = [(0.0, float(spot), float(front.z(np.array([0.0]), np.array([spot]))[0]) + 0.0065) for spot in spots]
    return band, merge([_button().moved(rotation("x", 90), place) for place in at]), rows


def _button() -> Mesh:
    """Mother-of-pearl, its rim raised."""
    profile: Floats = np.array([(0.019, 0.0), (0.0205, 0.003), (0.018, 0.0075), (0.014, 0.0055), (0.0, 0.0050)])
    return lathe(fillet(profile, [0, 0.0015, 0.002, 0.001, 0], 4), 40)
