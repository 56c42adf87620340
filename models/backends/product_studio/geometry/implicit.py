"""Soft forms from a signed distance function, by naive surface nets. Knows nothing of outlines or materials."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from models.backends.product_studio.geometry.mesh import Floats, Mesh

Distance = Callable[[np.ndarray], np.ndarray]
CORNERS = [(i, j, k) for i in (0, 1) for j in (0, 1) for k in (0, 1)]


def surface_nets(distance: Distance, low: ArrayLike, high: ArrayLike, cells: int) -> Mesh:
    """The zero surface of `distance` inside the box `low`..`high`, which it must not touch.

    distance: (..., 3) -> (...), negative inside; about Euclidean near the surface. cells: along the longest side. After
    meshing, vertices are pulled onto the surface twice and normals are the function's gradient. uv is (x, y) over the box.
    """
    lowest, highest = np.asarray(low, float), np.asarray(high, float)
    step = float((highest - lowest).max() / cells)
    size = np.ceil((highest - lowest) / step).astype(int) + 1
    axes = [lowest[i] + step * np.arange(size[i]) for i in range(3)]
    values = distance(np.stack(np.meshgrid(*axes, indexing="ij"), -1).astype(np.float32))
    vertices, index = _crossings(values)
    vertices = lowest + step * vertices
    faces = _quads(values < 0, index)
    for _ in range(2):
        gradient = _gradient(distance, vertices, step * 0.3)
        steepness = np.linalg.norm(gradient, axis=1, keepdims=True) + 1e-9
        pull = np.clip(distance(vertices.astype(np.float32)), -step, step)[:, None]
        vertices = vertices - pull * gradient / steepness / np.maximum(steepness, 1)
    gradient = _gradient(distance, vertices, step * 0.3)
    normals = gradient / (np.linalg.norm(gradient, axis=1, keepdims=True) + 1e-9)
    uv = np.clip((vertices[:, :2] - lowest[:2]) / (highest[:2] - lowest[:2]), 0, 1)
    return Mesh(vertices, normals, uv, faces)


def _crossings(values: np.ndarray) -> tuple[Floats, np.ndarray]:
    """One point (in cells) for each cell the surface passes, and its index by cell (-1 elsewhere)."""
    inside = values < 0
    size = values.shape
    corner = {o: tuple(slice(o[q], size[q] - 1 + o[q]) for q in range(3)) for o in CORNERS}
    count = np.sum([inside[corner[o]] for o in CORNERS], axis=0)
    active = (count > 0) & (count < 8)
    cells = np.argwhere(active)
    index = np.full(active.shape, -1, np.int64)
    index[active] = np.arange(len(cells))
    at = {o: values[corner[o]][active].astype(float) for o in CORNERS}
    total, weight = np.zeros((len(cells), 3)), np.zeros(len(cells))
    for o in CORNERS:
        for axis in range(3):
            if o[axis]:
                continue
            end = (1 if axis == 0 else o[0], 1 if axis == 1 else o[1], 1 if axis == 2 else o[2])
            crosses = (at[o] < 0) != (at[end] < 0)
            gap = np.where(crosses, at[o] - at[end], 1.0)
            point = np.tile(np.array(o, float), (len(cells), 1))
            point[:, axis] += at[o] / gap
            total += point * crosses[:, None]
            weight += crosses
    return cells + total / weight[:, None], index


def _quads(inside: np.ndarray, index: np.ndarray) -> np.ndarray:
    faces = []
    for axis in range(3):
        a, b = (axis + 1) % 3, (axis + 2) % 3
        near: list[slice] = [slice(1, -1)] * 3
        near[axis] = slice(0, -1)
        far = list(near)
        far[axis] = slice(1, None)
        here, there = inside[tuple(near)], inside[tuple(far)]
        edges = np.argwhere(here != there) + 1
        edges[:, axis] -= 1
        leaving = here[here != there]
        corners = []
        for da, db in ((0, 0), (1, 0), (1, 1), (0, 1)):
            cell = edges.copy()
            cell[:, a] -= da
            cell[:, b] -= db
            corners.append(index[cell[:, 0], cell[:, 1], cell[:, 2]])
        quad = np.stack(corners, 1)
        quad[~leaving] = quad[~leaving][:, ::-1]
        faces += [quad[:, [0, 1, 2]], quad[:, [0, 2, 3]]]
    return np.concatenate(faces).astype(np.int32)


def _gradient(distance: Distance, points: Floats, reach: float) -> Floats:
    steps = np.eye(3) * reach
    return np.stack([distance((points + s).astype(np.float32)) - distance((points - s).astype(np.float32)) for s in steps], -1) / (
        2 * reach
    )
