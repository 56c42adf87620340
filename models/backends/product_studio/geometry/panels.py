"""Sewn bodies: a puffed panel inside an outline, the strip that runs round it, open sacks. Knows no products.

All uv here is in the shape's own units, so that one cloth has one weave on every panel.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from models.backends.product_studio.geometry.cushions import smooth_normals
from models.backends.product_studio.geometry.mesh import Floats, Mesh
from models.backends.product_studio.geometry.solids import grid_faces

Rise = Callable[[Floats, Floats, Floats], NDArray[np.float64]]
"""z of a panel at (x, y), and how far in it is: 0 at its edge, 1 in its middle."""


def panel(ring: Floats, rise: Rise, rows: int = 40, middle: tuple[float, float] | None = None, edge: float = 2.2) -> Mesh:
    """A front (to +Z) inside a closed outline (N, 2), counter-clockwise, that `middle` sees all of; `edge` > 1 crowds rows at the edge."""
    centre = np.asarray(ring.mean(0) if middle is None else middle)
    inward = np.linspace(0, 1, rows) ** edge
    inward[-1] = 1 - 1e-4
    points = centre + (ring[None] - centre) * (1 - inward)[:, None, None]
    points = np.concatenate([points, points[:, :1]], 1)
    depth = np.broadcast_to(inward[:, None], points.shape[:2])
    z = rise(points[..., 0], points[..., 1], depth)
    vertices = np.concatenate([points, z[..., None]], -1).reshape(-1, 3)
    return _seen_from_outside(vertices, vertices[:, :2], grid_faces(rows, len(ring) + 1), np.array([0.0, 0.0, 1.0]))


def inward_of(ring: Floats, middle: tuple[float, float]) -> Callable[[Floats, Floats], Floats]:
    """How far in (x, y) lies on a `panel` inside this outline: 0 at its edge, 1 in its middle."""
    around = ring - np.asarray(middle)
    angles, reach = np.arctan2(around[:, 1], around[:, 0]), np.hypot(around[:, 0], around[:, 1])
    order = np.argsort(angles)
    angles, reach = angles[order], reach[order]

    def inward(x: Floats, y: Floats) -> Floats:
        at = np.arctan2(y - middle[1], x - middle[0])
        edge = np.interp(at, angles, reach, period=2 * np.pi)
        return np.asarray(np.clip(1 - np.hypot(x - middle[0], y - middle[1]) / edge, 0, 1))

    return inward


def strip(ring: Floats, profile: Floats) -> Mesh:
    """A band round a closed outline (N, 2), counter-clockwise: profile (M, 2) is (how far out, z), front to back."""
    out = _outward(ring)
    points = ring[None] + out[None] * profile[:, None, :1]
    points = np.concatenate([points, np.broadcast_to(profile[:, None, 1:], (*points.shape[:2], 1))], -1)
    points = np.concatenate([points, points[:, :1]], 1)
    along = np.r_[0, np.cumsum(np.linalg.norm(np.diff(points[0], axis=0), axis=1))]
    across = np.r_[0, np.cumsum(np.linalg.norm(np.diff(profile, axis=0), axis=1))]
    uv = np.stack(np.meshgrid(across, along, indexing="ij")[::-1], -1).reshape(-1, 2)
    facing = np.concatenate([np.concatenate([out, out[:1]]), np.zeros((len(ring) + 1, 1))], 1)
    return _seen_from_outside(points.reshape(-1, 3), uv, grid_faces(len(profile), len(ring) + 1), np.tile(facing, (len(profile), 1)))


def sack(rings: NDArray[np.float64]) -> Mesh:
    """A skin through closed rings (rows, points, 3), from its bottom up, over its rim and down inside; ends left open.

    uv is (way round, way up) along the skin.
    """
    rows, points = rings.shape[:2]
    closed = np.concatenate([rings, rings[:, :1]], 1)
    up = np.r_[0, np.cumsum(np.linalg.norm(np.diff(closed, axis=0), axis=2).mean(1))]
    widest = closed[int(np.argmax(np.ptp(rings[..., 0], axis=1)))]
    around = np.r_[0, np.cumsum(np.linalg.norm(np.diff(widest, axis=0), axis=1))]
    uv = np.stack(np.meshgrid(up, around, indexing="ij")[::-1], -1).reshape(-1, 2)
    facing = closed - closed.mean(1, keepdims=True)
    facing[..., 1] = 0
    facing[int(rows * 0.7) :] = 0  # what goes down inside looks the other way: the outside alone decides
    return _seen_from_outside(closed.reshape(-1, 3), uv, grid_faces(rows, points + 1), facing.reshape(-1, 3))


def sheet(points: NDArray[np.float64], facing: tuple[float, float, float] = (0.0, 0.3, 1.0)) -> Mesh:
    """A piece of cloth or leather through a grid of points (rows, columns, 3), seen from the side that on the whole looks to `facing`."""
    rows, columns = points.shape[:2]
    u, v = (np.cumsum(_steps(points, axis), axis) for axis in (0, 1))
    flat = points.reshape(-1, 3)
    return _seen_from_outside(flat, np.stack([u, v], -1).reshape(-1, 2), grid_faces(rows, columns), np.asarray(facing, float))


def _steps(points: NDArray[np.float64], axis: int) -> NDArray[np.float64]:
    """How far each point of a grid lies from the one before it along `axis`; 0 for the first."""
    return np.asarray(np.linalg.norm(np.diff(points, axis=axis, prepend=points.take([0], axis)), axis=2))


def _outward(ring: Floats) -> Floats:
    travel = np.roll(ring, -1, 0) - np.roll(ring, 1, 0)
    out = np.c_[travel[:, 1], -travel[:, 0]]
    return out / np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-12)


def _seen_from_outside(vertices: Floats, uv: Floats, faces: NDArray[np.int32], facing: Floats) -> Mesh:
    """The triangles turned so that on the whole they look toward `facing`, (3,) or one for each vertex."""
    normals = smooth_normals(vertices, faces)
    if np.sum(normals * facing) < 0:
        faces, normals = faces[:, ::-1].copy(), -normals
    a, b, c = (vertices[faces[:, k]] for k in range(3))
    kept = np.linalg.norm(np.cross(b - a, c - a), axis=1) > 1e-13
    lost = np.linalg.norm(normals, axis=1) < 0.5
    normals[lost] = np.broadcast_to(facing, vertices.shape)[lost]
    normals /= np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-12)
    return Mesh(vertices, normals, uv, faces[kept].astype(np.int32))
