"""Stuffed boxes: rounded edges, crowned sides, seams. Knows nothing of products or cloth."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from models.backends.product_studio.geometry.mesh import Floats, Mesh
from models.backends.product_studio.geometry.outline import circle, rounded_rectangle
from models.backends.product_studio.geometry.solids import grid_faces, tube

Dent = Callable[[Floats, Floats], NDArray[np.float64]]
"""How far each point (N, 3) of a stuffed form, whose normals (N, 3) are known, is pushed out; negative: in."""


def cushion(
    size: tuple[float, float, float],
    radius: float,
    crown: tuple[float, float, float] = (0.0, 0.0, 0.0),
    dent: Dent | None = None,
    cells: int = 26,
) -> Mesh:
    """A box about the origin with edges rounded by `radius`, its sides crowned outwards by `crown` (x, y, z) in their middles.

    cells: along each side between its rounded edges. uv is in the box's own units, by the side it lies on.
    """
    half = np.asarray(size, float) / 2
    radius = float(min(radius, half.min() * 0.999))
    flat = half - radius
    points, normals, uvs, faces, start = [], [], [], [], 0
    for axis in range(3):
        a, b = (axis + 1) % 3, (axis + 2) % 3
        ticks = [_ticks(half[k], radius, cells) for k in (a, b)]
        grid = np.stack(np.meshgrid(*ticks, indexing="ij"), -1)
        for sign in (1.0, -1.0):
            at = np.zeros((*grid.shape[:2], 3))
            at[..., a], at[..., b], at[..., axis] = grid[..., 0], grid[..., 1], sign * half[axis]
            kernel = np.clip(at, -flat, flat)
            out = (at - kernel) / np.linalg.norm(at - kernel, axis=-1, keepdims=True)
            points.append((kernel + out * radius).reshape(-1, 3))
            normals.append(out.reshape(-1, 3))
            uvs.append((grid[..., ::-1] if axis else grid).reshape(-1, 2))
            sheet = grid_faces(*grid.shape[:2])
            faces.append((sheet if sign > 0 else sheet[:, ::-1]) + start)
            start += grid.shape[0] * grid.shape[1]
    vertices, outward = np.concatenate(points), np.concatenate(normals)
    share = np.clip(1 - (vertices / half) ** 2, 0, 1)
    for axis in range(3):
        a, b = (axis + 1) % 3, (axis + 2) % 3
        vertices[:, axis] += outward[:, axis] * crown[axis] * share[:, a] * share[:, b]
    if dent is not None:
        vertices = vertices + outward * dent(vertices, outward)[:, None]
    index = np.concatenate(faces).astype(np.int32)
    return Mesh(vertices, smooth_normals(vertices, index), np.concatenate(uvs), index)


def piping(width: float, depth: float, corner: float, thick: float, y: float) -> Mesh:
    """A corded seam lying round a box's edge at height y, seen from above a rounded rectangle."""
    ring = rounded_rectangle(width, depth, corner, 12).points
    return tube(np.c_[ring[:, 0], np.full(len(ring), y), -ring[:, 1]], circle(thick, 12), closed=True, up=(0, 1, 0))


def smooth_normals(vertices: Floats, faces: NDArray[np.int32]) -> Floats:
    """Normals of a surface as one sees it, its doubled points (to a hundred-thousandth) taken for one."""
    a, b, c = (vertices[faces[:, k]] for k in range(3))
    across = np.cross(b - a, c - a)
    _, one = np.unique(np.round(vertices * 1e5).astype(np.int64), axis=0, return_inverse=True)
    one = one.reshape(-1)
    total = np.zeros((int(one.max()) + 1, 3))
    for k in range(3):
        corner = one[faces[:, k]]
        for axis in range(3):
            total[:, axis] += np.bincount(corner, across[:, axis], len(total))
    total /= np.maximum(np.linalg.norm(total, axis=1, keepdims=True), 1e-15)
    return total[one]


def _ticks(half: float, radius: float, cells: int) -> Floats:
    rim = np.linspace(half - radius, half, 8)
    return np.concatenate([-rim[::-1], np.linspace(-(half - radius), half - radius, cells + 1)[1:-1], rim])
