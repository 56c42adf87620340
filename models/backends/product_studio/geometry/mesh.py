"""A triangle mesh as four arrays, the few ways to move it, and its PLY file. Knows nothing of how meshes are made."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
Axis = Literal["x", "y", "z"]

PLY_COLUMNS = ("x", "y", "z", "nx", "ny", "nz", "u", "v")


@dataclass(frozen=True, eq=False)
class Mesh:
    """Triangles with shading normals and texture coordinates.

    vertices, normals (N, 3) float64, normals of unit length and pointing outward; uv (N, 2), v grows upward;
    faces (M, 3) int32, counter-clockwise seen from outside.
    """

    vertices: Floats
    normals: Floats
    uv: Floats
    faces: Ints

    def moved(
        self,
        rotation: ArrayLike | None = None,
        translation: ArrayLike | None = None,
        scale: float | ArrayLike | None = None,
    ) -> "Mesh":
        """Scaled first, then rotated (3x3), then translated. scale is positive: one number or one for each axis."""
        vertices, normals = self.vertices, self.normals
        if scale is not None:
            factors = np.asarray(scale, float) * np.ones(3)
            vertices, normals = vertices * factors, normals / factors
            normals = normals / np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-12)
        if rotation is not None:
            turn = np.asarray(rotation, float)
            vertices, normals = vertices @ turn.T, normals @ turn.T
        if translation is not None:
            vertices = vertices + np.asarray(translation, float)
        return Mesh(vertices, normals, self.uv, self.faces)

    def mirrored(self, axis: Axis = "x") -> "Mesh":
        """The mirror image across the plane through the origin that stands on `axis`; still facing outward."""
        flip = np.where(np.arange(3) == "xyz".index(axis), -1.0, 1.0)
        return Mesh(self.vertices * flip, self.normals * flip, self.uv, self.faces[:, ::-1].copy())

    def with_uv(self, uv: ArrayLike) -> "Mesh":
        """The same triangles under other texture coordinates (N, 2)."""
        return Mesh(self.vertices, self.normals, np.asarray(uv, float), self.faces)

    def refined(self, widest: float) -> "Mesh":
        """The same form in triangles no wider than `widest` in x, fine enough to be bent or draped. Stays closed."""
        mesh = self
        while True:
            split = _split_edges(mesh, widest)
            if split is None:
                return mesh
            mesh = split

    def bent(self, radius: float) -> "Mesh":
        """Wrapped round the Y axis: what lay at (x, y, z) lies at angle x / radius from the front, `z` outside the radius.

        Wide triangles are cut as they would sink below the curve otherwise.
        """
        return self.refined(radius * 0.08)._wrapped(radius)

    def _wrapped(self, radius: float) -> "Mesh":
        angle = self.vertices[:, 0] / radius
        sine, cosine = np.sin(angle), np.cos(angle)
        distance = radius + self.vertices[:, 2]
        vertices = np.c_[distance * sine, self.vertices[:, 1], distance * cosine]
        nx, ny, nz = self.normals.T
        normals = np.c_[nx * cosine + nz * sine, ny, nz * cosine - nx * sine]
        return Mesh(vertices, normals, self.uv, self.faces)

    def faceted(self) -> "Mesh":
        """Every triangle on its own and shaded flat: cut stone, dauphine hands."""
        corners = self.vertices[self.faces]
        across = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
        across /= np.linalg.norm(across, axis=1, keepdims=True)
        faces = np.arange(self.faces.size, dtype=np.int32).reshape(-1, 3)
        return Mesh(corners.reshape(-1, 3), np.repeat(across, 3, 0), self.uv[self.faces].reshape(-1, 2), faces)

    def bounds(self) -> tuple[Floats, Floats]:
        """Lowest and highest corner, (3,) each."""
        return self.vertices.min(0), self.vertices.max(0)

    def signed_volume(self) -> float:
        """Enclosed volume; positive when the faces of a closed mesh look outward."""
        a, b, c = (self.vertices[self.faces[:, k]] for k in range(3))
        return float(np.einsum("ij,ij->", a, np.cross(b, c)) / 6)


def _split_edges(mesh: Mesh, widest: float) -> Mesh | None:
    """Halve every edge wider than `widest` in x, and the triangles with them; None when there is none."""
    a, b, c = mesh.faces.T
    edges = np.stack([np.c_[a, b], np.c_[b, c], np.c_[c, a]], 1)
    x = mesh.vertices[:, 0]
    wide = np.abs(x[edges[..., 0]] - x[edges[..., 1]]) > widest
    if not wide.any():
        return None
    keys = np.sort(edges, axis=2)
    pairs, which = np.unique(keys[wide], axis=0, return_inverse=True)
    middle = np.full(wide.shape, -1)
    middle[wide] = len(mesh.vertices) + which.ravel()
    blends = [
        np.concatenate([values, (values[pairs[:, 0]] + values[pairs[:, 1]]) / 2]) for values in (mesh.vertices, mesh.normals, mesh.uv)
    ]
    normals = blends[1] / np.maximum(np.linalg.norm(blends[1], axis=1, keepdims=True), 1e-12)
    count = wide.sum(1)
    faces = [mesh.faces[count == 0]]
    for turn in range(3):  # each case is drawn once, with the triangle turned so that its odd edge comes first
        corner = np.roll(mesh.faces, -turn, 1)
        half = np.roll(middle, -turn, 1)
        flags = np.roll(wide, -turn, 1)
        one = (count == 1) & flags[:, 0]
        p, q, r, m = corner[one, 0], corner[one, 1], corner[one, 2], half[one, 0]
        faces += [np.c_[p, m, r], np.c_[m, q, r]]
        two = (count == 2) & ~flags[:, 2]
        p, q, r, m, n = corner[two, 0], corner[two, 1], corner[two, 2], half[two, 0], half[two, 1]
        faces += [np.c_[p, m, n], np.c_[m, q, n], np.c_[p, n, r]]
    full = count == 3
    (p, q, r), (m, n, o) = mesh.faces[full].T, middle[full].T
    faces += [np.c_[p, m, o], np.c_[m, q, n], np.c_[o, n, r], np.c_[m, n, o]]
    return Mesh(blends[0], normals, blends[2], np.concatenate(faces).astype(np.int32))


def rotation(axis: Axis, degrees: float) -> Floats:
    """3x3 rotation about an axis, counter-clockwise seen from the axis' tip."""
    a = np.radians(degrees)
    c, s = np.cos(a), np.sin(a)
    matrices = {
        "x": [[1, 0, 0], [0, c, -s], [0, s, c]],
        "y": [[c, 0, s], [0, 1, 0], [-s, 0, c]],
        "z": [[c, -s, 0], [s, c, 0], [0, 0, 1]],
    }
    return np.array(matrices[axis], float)


def merge(meshes: Sequence[Mesh]) -> Mesh:
    """One mesh of several, in order."""
    starts = np.cumsum([0] + [len(m.vertices) for m in meshes[:-1]])
    return Mesh(
        np.concatenate([m.vertices for m in meshes]),
        np.concatenate([m.normals for m in meshes]),
        np.concatenate([m.uv for m in meshes]),
        np.concatenate([m.faces + start for m, start in zip(meshes, starts, strict=True)]).astype(np.int32),
    )


def write_ply(path: Path, mesh: Mesh) -> None:
    """Binary little-endian PLY with float32 x y z nx ny nz u v and triangles."""
    vertices = np.hstack([mesh.vertices, mesh.normals, mesh.uv]).astype("<f4")
    triangles = np.zeros(len(mesh.faces), [("n", "u1"), ("corners", "<i4", 3)])
    triangles["n"], triangles["corners"] = 3, mesh.faces
    columns = "".join(f"property float {name}\n" for name in PLY_COLUMNS)
    header = (
        f"ply\nformat binary_little_endian 1.0\nelement vertex {len(vertices)}\n{columns}"
        f"element face {len(triangles)}\nproperty list uchar int vertex_indices\nend_header\n"
    )
    with open(path, "wb") as file:
        file.write(header.encode())
        file.write(vertices.tobytes())
        file.write(triangles.tobytes())
