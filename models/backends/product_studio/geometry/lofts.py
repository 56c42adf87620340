"""Soft packaging: skins through rings, and flat forms laid on a bulging front. Knows no products."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from models.backends.product_studio.geometry.mesh import Floats, Mesh, merge
from models.backends.product_studio.geometry.solids import grid_faces

Front = Callable[[Floats, Floats], Floats]
"""z of a product's front at (x, y)."""


def superellipse(width: float, depth: float, exponent: float, points: int = 128) -> Floats:
    """A closed ring (points, 2) of (x, z): 2 is an ellipse, more is boxier."""
    t = np.linspace(0, 2 * np.pi, points, endpoint=False)
    power = 2 / exponent
    c, s = np.cos(t), np.sin(t)
    return np.c_[np.sign(c) * np.abs(c) ** power * width / 2, np.sign(s) * np.abs(s) ** power * depth / 2]


def loft(rings: NDArray[np.float64]) -> Mesh:
    """A closed skin through rings (rows, points, 3), bottom to top, with flat ends. uv is (x, y) over the skin's box."""
    rows, points = rings.shape[:2]
    around = np.roll(rings, -1, 1) - np.roll(rings, 1, 1)
    along = np.gradient(rings, axis=0)
    normals = np.cross(along, around)
    outward = rings - rings.mean(1, keepdims=True)
    if np.sum(normals[..., [0, 2]] * outward[..., [0, 2]]) < 0:
        normals = -normals
    normals /= np.maximum(np.linalg.norm(normals, axis=2, keepdims=True), 1e-12)
    closed = [np.concatenate([a, a[:, :1]], 1).reshape(-1, 3) for a in (rings, normals)]
    low, high = closed[0].min(0), closed[0].max(0)

    def flat(vertices: Floats) -> Floats:
        return (vertices[:, :2] - low[:2]) / (high[:2] - low[:2])

    parts = [Mesh(closed[0], closed[1], flat(closed[0]), grid_faces(rows, points + 1))]
    i = np.arange(points)
    for end, sign in ((0, -1.0), (-1, 1.0)):
        rim = np.concatenate([rings[end], rings[end].mean(0, keepdims=True)])
        fan = np.stack([np.full(points, points), i, (i + 1) % points], 1).astype(np.int32)
        parts.append(Mesh(rim, np.tile([0.0, sign, 0.0], (points + 1, 1)), flat(rim), fan))
    return merge([_facing_normals(part) for part in parts])


def draped(mesh: Mesh, front: Front, widest: float = 0.03) -> Mesh:
    """A thin flat form (z from 0) laid on a front that bulges toward the viewer."""
    fine = mesh.refined(widest)
    x, y, z = fine.vertices.T
    step = 1e-3
    slope_x = (front(x + step, y) - front(x - step, y)) / (2 * step)
    slope_y = (front(x, y + step) - front(x, y - step)) / (2 * step)
    nx, ny, nz = fine.normals.T
    normals = np.c_[nx - nz * slope_x, ny - nz * slope_y, nz + nx * slope_x + ny * slope_y]
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    return Mesh(np.c_[x, y, z + front(x, y)], normals, fine.uv, fine.faces)


def _facing_normals(mesh: Mesh) -> Mesh:
    """Triangles turned to agree with their normals, and those without area left out."""
    a, b, c = (mesh.vertices[mesh.faces[:, k]] for k in range(3))
    across = np.cross(b - a, c - a)
    kept = np.linalg.norm(across, axis=1) > 1e-13
    agree = np.einsum("ij,ij->i", across, mesh.normals[mesh.faces].sum(1)) > 0
    faces = np.where(agree[:, None], mesh.faces, mesh.faces[:, ::-1])[kept]
    return Mesh(mesh.vertices, mesh.normals, mesh.uv, faces.astype(np.int32))
