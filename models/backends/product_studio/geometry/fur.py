"""Pile on a surface: thousands of small blades that stand and lean as fur does. Knows nothing of animals."""

import numpy as np

from models.backends.product_studio.geometry.mesh import Floats, Mesh


def fur(skin: Mesh, count: int, length: float, width: float, rng: np.random.Generator, lean: float = 0.7, uneven: float = 0.35) -> Mesh:
    """`count` blades rooted on `skin`, all over alike. lean: how far they lie down towards -y, 0 standing; uneven: spread of directions.

    v runs from the root (0) to the tip (1), u is each blade's own. They are shaded mostly as the skin is, so that a pelt looks soft.
    """
    a, b, c = (skin.vertices[skin.faces[:, k]] for k in range(3))
    area = np.linalg.norm(np.cross(b - a, c - a), axis=1)
    which = rng.choice(len(area), count, p=area / area.sum())
    r, s = np.sqrt(rng.random(count)), rng.random(count)
    weights = np.c_[1 - r, r * (1 - s), r * s]
    corners = skin.faces[which]
    root = np.einsum("ij,ijk->ik", weights, skin.vertices[corners])
    normal = _unit(np.einsum("ij,ijk->ik", weights, skin.normals[corners]))
    down = np.array([0.0, -1.0, 0.0]) - normal * (-normal[:, 1:2])
    out = _unit(normal + lean * down + uneven * rng.normal(size=(count, 3)))
    across = _unit(np.cross(out, rng.normal(size=(count, 3))))
    reach = length * rng.uniform(0.6, 1.15, (count, 1))
    points = np.stack(
        [root - across * width / 2 - normal * 0.2 * width, root + across * width / 2 - normal * 0.2 * width, root + out * reach], 1
    )
    facing = np.cross(points[:, 1] - points[:, 0], points[:, 2] - points[:, 0])
    shade = _unit(normal + 0.30 * rng.normal(size=(count, 3)))
    turned = np.einsum("ij,ij->i", facing, shade) < 0
    points[turned, 0], points[turned, 1] = points[turned, 1].copy(), points[turned, 0].copy()
    u = np.repeat(rng.random((count, 1)), 3, 1)
    uv = np.stack([u, np.tile([0.02, 0.02, 0.98], (count, 1))], -1)
    faces = np.arange(3 * count, dtype=np.int32).reshape(-1, 3)
    return Mesh(points.reshape(-1, 3), np.repeat(shade, 3, 0), uv.reshape(-1, 2), faces)


def _unit(v: Floats) -> Floats:
    return np.asarray(v / np.maximum(np.linalg.norm(v, axis=-1, keepdims=True), 1e-12))
