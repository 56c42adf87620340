"""What holds sewn things together: rows of stitches, zips, webbing; all laid along a line in space. Knows no products."""

import numpy as np
from numpy.typing import ArrayLike

from models.backends.product_studio.geometry.mesh import Floats, Mesh, merge
from models.backends.product_studio.geometry.outline import rounded_rectangle
from models.backends.product_studio.geometry.solids import rounded_box, sphere, tube


def evenly(path: ArrayLike, step: float, closed: bool = False) -> tuple[Floats, Floats]:
    """Points (K, 3) about `step` apart along a path (N, 3), and the direction of travel at each."""
    line = np.asarray(path, float)
    if closed:
        line = np.concatenate([line, line[:1]])
    length = np.r_[0, np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))]
    count = max(round(float(length[-1]) / step), 1)
    places = (np.arange(count) + 0.5) * length[-1] / count
    reach = step * 0.3

    def at(where: Floats) -> Floats:
        return np.stack([np.interp(where, length, line[:, axis]) for axis in range(3)], 1)

    travel = at(np.minimum(places + reach, length[-1])) - at(np.maximum(places - reach, 0.0))
    return at(places), travel / np.maximum(np.linalg.norm(travel, axis=1, keepdims=True), 1e-12)


def repeated(mesh: Mesh, at: Floats, along: Floats, out: ArrayLike) -> Mesh:
    """`mesh` once at each point (K, 3): its x along `along` (K, 3), its z toward `out`, (3,) or (K, 3)."""
    x = along
    y = np.cross(np.broadcast_to(np.asarray(out, float), x.shape), x)
    y = y / np.maximum(np.linalg.norm(y, axis=1, keepdims=True), 1e-12)
    turns = np.stack([x, y, np.cross(x, y)], 2)  # (K, 3, 3), columns are the images of x, y and z
    vertices = np.einsum("kij,nj->kni", turns, mesh.vertices) + at[:, None]
    normals = np.einsum("kij,nj->kni", turns, mesh.normals)
    starts = (np.arange(len(at)) * len(mesh.vertices))[:, None, None]
    return Mesh(
        vertices.reshape(-1, 3),
        normals.reshape(-1, 3),
        np.tile(mesh.uv, (len(at), 1)),
        (mesh.faces[None] + starts).reshape(-1, 3).astype(np.int32),
    )


def stitches(path: ArrayLike, out: ArrayLike, step: float = 0.026, thick: float = 0.0048, closed: bool = False) -> Mesh:
    """A row of thread on a surface that looks toward `out`: each stitch three quarters of its step long, half sunk in."""
    at, travel = evenly(path, step, closed)
    thread = sphere(1.0, 10).moved(scale=(step * 0.38, thick, thick))
    return repeated(thread, at, travel, _resampled(out, len(at)))


def zip_teeth(
    path: ArrayLike, out: ArrayLike, step: float = 0.016, wide: float = 0.030, thick: float = 0.012, closed: bool = False
) -> Mesh:
    """The closed teeth of a zip, which reach over its middle by turns."""
    at, travel = evenly(path, step)
    facing = _resampled(out, len(at))
    side = np.cross(facing, travel)
    side /= np.maximum(np.linalg.norm(side, axis=1, keepdims=True), 1e-12)
    turn = np.where(np.arange(len(at)) % 2, 1.0, -1.0)[:, None]
    tooth = rounded_box(step * 0.84, wide * 0.80, thick, min(thick, step) * 0.2, segments=2)
    return repeated(tooth, at + side * turn * wide * 0.10, travel, facing)


def ribbon(path: ArrayLike, wide: float, thick: float, out: ArrayLike, closed: bool = False) -> Mesh:
    """Webbing or a leather strip: its flat side toward `out`. uv is in the path's own units, u along it."""
    line = np.asarray(path, float)
    section = rounded_rectangle(wide, thick, thick * 0.42, 3)
    mesh = tube(line, section, closed, out)
    ends = np.concatenate([line, line[:1]]) if closed else line
    rim = np.concatenate([section.points, section.points[:1]])
    along, around = (np.r_[0, np.cumsum(np.linalg.norm(np.diff(way, axis=0), axis=1))] for way in (ends, rim))
    u, v = (np.interp(mesh.uv[:, k], np.linspace(0, 1, len(way)), way) for k, way in enumerate((along, around)))
    return mesh.with_uv(np.c_[u, v])


def crossed_box(wide: float, tall: float, step: float, thick: float) -> list[Mesh]:
    """A rectangle and its diagonals sewn on a face that looks to +Z, about the origin, as a handle is sewn on."""
    x, y = wide / 2, tall / 2
    corners = np.array([(-x, -y, 0), (x, -y, 0), (x, y, 0), (-x, y, 0)])
    lines = [corners[[i, (i + 1) % 4]] for i in range(4)] + [corners[[0, 2]], corners[[1, 3]]]
    return [stitches(line, (0, 0, 1), step, thick) for line in lines]


def slider(puller: float = 0.10) -> tuple[Mesh, Mesh]:
    """A zip's slider, along x, looking to +Z, and its puller hanging down -Y: both metal-sized, about the origin."""
    body = rounded_box(0.046, 0.040, 0.026, 0.008, 0.012, 3).moved(translation=(0, 0, 0.010))
    tab = rounded_box(0.020, puller, 0.008, 0.003, 0.009, 3).moved(translation=(0, -puller / 2 - 0.006, 0.020))
    bridge = rounded_box(0.014, 0.030, 0.010, 0.003, 0.004, 2).moved(translation=(0, -0.004, 0.026))
    return merge([body, bridge]), tab


def _resampled(out: ArrayLike, count: int) -> Floats:
    """One direction (3,) for all, or those of a path's points (N, 3) at `count` places along it."""
    given = np.asarray(out, float)
    if given.ndim == 1:
        return np.tile(given, (count, 1))
    share, wanted = np.linspace(0, 1, len(given)), (np.arange(count) + 0.5) / count
    return np.stack([np.interp(wanted, share, given[:, axis]) for axis in range(3)], 1)
