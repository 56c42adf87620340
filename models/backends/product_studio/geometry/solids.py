"""Solids from outlines: turned, extruded, swept, and fields of heights. Knows nothing of products or materials."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from models.backends.product_studio.geometry.mesh import Floats, Ints, Mesh, merge
from models.backends.product_studio.geometry.outline import Outline, rounded_rectangle
from models.backends.product_studio.geometry.triangulate import triangulate

SMOOTH_COSINE = 0.82  # neighbouring edges that turn by less than about 35 degrees are shaded as one curve


def grid_faces(rows: int, columns: int) -> Ints:
    """Triangles over a rows x columns grid of vertices, row-major."""
    i = (np.arange(rows - 1)[:, None] * columns + np.arange(columns - 1)[None]).ravel()
    return np.concatenate([np.stack([i, i + columns, i + 1], 1), np.stack([i + 1, i + columns, i + columns + 1], 1)]).astype(np.int32)


def lathe(profile: Outline, segments: int = 128, start_deg: float = -180.0, end_deg: float = 180.0) -> Mesh:
    """A profile of (radius, height) turned about Y; travelling up on the right-hand side makes normals look outward.

    Angles run from the front (+Z, 0 degrees) toward +X. u goes 0..1 from start to end, so that a picture on a turned label
    reads the right way round with its middle in front; v goes 0..1 along the profile's length.
    """
    angles = np.radians(np.linspace(start_deg, end_deg, segments + 1))
    sine, cosine = np.sin(angles)[:, None], np.cos(angles)[:, None]
    (radius, height), (out, up) = profile.points.T, profile.normals.T
    vertices = np.stack(np.broadcast_arrays(radius * sine, height[None], radius * cosine), -1)
    normals = np.stack(np.broadcast_arrays(out * sine, up[None], out * cosine), -1)
    along = np.r_[0, np.cumsum(np.linalg.norm(np.diff(profile.points, axis=0), axis=1))]
    u, v = np.meshgrid(np.linspace(0, 1, segments + 1), along / along[-1], indexing="ij")
    mesh = Mesh(vertices.reshape(-1, 3), normals.reshape(-1, 3), np.stack([u, v], -1).reshape(-1, 2), grid_faces(segments + 1, len(radius)))
    return _without_slivers(mesh)


def prism(outline: Outline, depth: float, bevel: float = 0.0, segments: int = 6) -> Mesh:
    """A closed outline in XY given depth in Z, centred on z = 0, with rounded edges. uv is (x, y) over the outline's box."""
    return extrusion([outline.points], depth, bevel, segments)


def extrusion(rings: Sequence[Floats], depth: float, bevel: float = 0.0, segments: int = 3) -> Mesh:
    """A rim and its holes, (N, 2) each, given depth in Z about z = 0; the bevel rounds the edges inward.

    Corners sharper than about 35 degrees stay crisp, gentler ones are shaded smooth. uv is (x, y) over the rim's box.
    """
    rings = [_one_way(_distinct(np.asarray(ring, float)), ccw=(k == 0)) for k, ring in enumerate(rings)]
    low, high = rings[0].min(0), rings[0].max(0)
    half = depth / 2
    bevel = min(bevel, half)
    quarter = np.linspace(0, np.pi / 2, segments + 1) if bevel > 0 else np.array([0.0])
    rows = [(-a, -(half - bevel) - np.sin(a) * bevel) for a in quarter[::-1]] + [(a, half - bevel + np.sin(a) * bevel) for a in quarter]
    walls, insets = [], []
    for ring in rings:
        shifts, first, second = _edge_frames(ring)
        insets.append(ring - shifts * bevel)
        here, there = ring, np.roll(ring, -1, 0)
        shift_here, shift_there = shifts, np.roll(shifts, -1, 0)
        vertices, normals = [], []
        for angle, z in rows:
            inset = bevel * (1 - np.cos(angle))
            pair = np.stack([here - shift_here * inset, there - shift_there * inset], 1)
            side = np.stack([first, second], 1) * np.cos(angle)
            vertices.append(np.concatenate([pair, np.full((*pair.shape[:2], 1), z)], -1))
            normals.append(np.concatenate([side, np.full((*side.shape[:2], 1), np.sin(angle))], -1))
        points = np.array(vertices).transpose(1, 2, 0, 3)  # edge, end, row, xyz
        faces = grid_faces(2, len(rows))[None] + (np.arange(len(ring)) * 2 * len(rows))[:, None, None]
        walls.append((points.reshape(-1, 3), np.array(normals).transpose(1, 2, 0, 3).reshape(-1, 3), faces.reshape(-1, 3)))
    caps = triangulate(insets)
    flat = np.concatenate(insets)
    parts = []
    for vertices_, normals_, faces_ in walls:
        parts.append(_planar(vertices_, normals_, faces_, low, high))
    for z, turned in ((half, caps), (-half, caps[:, ::-1])):
        towards = np.tile([0.0, 0.0, np.sign(z)], (len(flat), 1))
        parts.append(_planar(np.c_[flat, np.full(len(flat), z)], towards, turned, low, high))
    return _without_slivers(merge(parts))


def rounded_box(width: float, height: float, depth: float, radius: float = 0.03, corner: float | None = None, segments: int = 6) -> Mesh:
    """A box about the origin; `radius` rounds the front and back edges, `corner` (at least a little more) the other four."""
    return prism(rounded_rectangle(width, height, max(corner or 0.0, radius * 1.2, 1e-4), segments), depth, radius, segments)


def tube(
    path: ArrayLike,
    section: Outline,
    closed: bool = False,
    up: ArrayLike = (0.0, 0.0, 1.0),
    scale: ArrayLike | None = None,
) -> Mesh:
    """A closed section swept along a path (N, 3). The section's x goes to the side (travel x up), its y toward `up`.

    up: one direction, or one for each point (N, 3). scale: (N, 2), stretches the section's x and y along the way. Open
    tubes are capped flat. u runs along the path, v around the section.
    """
    line = np.asarray(path, float)
    travel = np.roll(line, -1, 0) - np.roll(line, 1, 0) if closed else np.gradient(line, axis=0)
    travel = travel / np.linalg.norm(travel, axis=1, keepdims=True)
    side = np.cross(travel, np.broadcast_to(np.asarray(up, float), line.shape))
    side = side / np.linalg.norm(side, axis=1, keepdims=True)
    above = np.cross(side, travel)
    factors = np.broadcast_to(np.ones(2) if scale is None else np.asarray(scale, float), (len(line), 2))[:, None]
    points, normals = section.points[None] * factors, section.normals[None] / factors
    normals = normals / np.linalg.norm(normals, axis=2, keepdims=True)
    vertices = line[:, None] + side[:, None] * points[..., :1] + above[:, None] * points[..., 1:]
    outward = side[:, None] * normals[..., :1] + above[:, None] * normals[..., 1:]
    vertices, outward = (np.concatenate([a, a[:, :1]], 1) for a in (vertices, outward))
    if closed:
        vertices, outward = (np.concatenate([a, a[:1]], 0) for a in (vertices, outward))
    rows, columns = vertices.shape[:2]
    uv = np.stack(np.meshgrid(np.linspace(0, 1, rows), np.linspace(0, 1, columns), indexing="ij"), -1)
    parts = [Mesh(vertices.reshape(-1, 3), outward.reshape(-1, 3), uv.reshape(-1, 2), grid_faces(rows, columns))]
    if not closed:
        fan = triangulate([section.points])
        for end, sign in ((0, -1.0), (-1, 1.0)):
            rim = vertices[end, :-1]
            cap = fan[:, ::-1] if sign > 0 else fan  # a section is counter-clockwise seen against the travel
            parts.append(Mesh(rim, np.tile(travel[end] * sign, (len(rim), 1)), np.full((len(rim), 2), 0.5), cap.astype(np.int32)))
    return _without_slivers(merge(parts))


def sphere(radius: float = 1.0, segments: int = 48) -> Mesh:
    """A ball about the origin."""
    t = np.linspace(-np.pi / 2, np.pi / 2, segments // 2 + 1)
    arc = np.c_[np.cos(t), np.sin(t)]
    arc[[0, -1], 0] = 0.0
    return lathe(Outline(arc * radius, arc), segments)


def torus(major: float, minor: float, segments: int = 128, around: int = 32, flatten: float = 1.0) -> Mesh:
    """A ring about Y. flatten < 1 squashes it in height."""
    t = np.linspace(-np.pi, np.pi, around + 1)
    normals = np.c_[np.cos(t) * flatten, np.sin(t)]
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    return lathe(Outline(np.c_[major + np.cos(t) * minor, np.sin(t) * minor * flatten], normals), segments)


def heightfield(x: ArrayLike, z: ArrayLike, heights: ArrayLike) -> Mesh:
    """An open sheet: heights (len(x), len(z)) over the ground, looking up. u follows x, v follows -z (away from the front)."""
    xs, zs, ys = np.asarray(x, float), np.asarray(z, float), np.asarray(heights, float)
    slope_x, slope_z = np.gradient(ys, xs, zs)
    normals = np.stack([-slope_x, np.ones_like(ys), -slope_z], -1)
    normals /= np.linalg.norm(normals, axis=-1, keepdims=True)
    grid_x, grid_z = np.meshgrid(xs, zs, indexing="ij")
    u, v = np.meshgrid(np.linspace(0, 1, len(xs)), np.linspace(1, 0, len(zs)), indexing="ij")
    faces = grid_faces(len(xs), len(zs))[:, ::-1].copy()
    vertices = np.stack([grid_x, ys, grid_z], -1)
    return Mesh(vertices.reshape(-1, 3), normals.reshape(-1, 3), np.stack([u, v], -1).reshape(-1, 2), faces)


def _planar(vertices: Floats, normals: Floats, faces: Ints, low: Floats, high: Floats) -> Mesh:
    return Mesh(vertices, normals, np.clip((vertices[:, :2] - low) / (high - low), 0, 1), faces.astype(np.int32))


def _distinct(ring: Floats) -> Floats:
    return ring[np.linalg.norm(ring - np.roll(ring, 1, 0), axis=1) > 1e-7]


def _one_way(ring: Floats, ccw: bool) -> Floats:
    following = np.roll(ring, -1, 0)
    area = float(np.sum(ring[:, 0] * following[:, 1] - ring[:, 1] * following[:, 0]))
    return ring if (area > 0) == ccw else ring[::-1].copy()


def _edge_frames(ring: Floats) -> tuple[Floats, Floats, Floats]:
    """How each point moves when the ring shrinks by 1, and the shading normals at both ends of each edge (i, i + 1)."""
    edge = np.roll(ring, -1, 0) - ring
    edge /= np.linalg.norm(edge, axis=1, keepdims=True)
    ahead = np.c_[edge[:, 1], -edge[:, 0]]
    behind = np.roll(ahead, 1, 0)
    cosine = np.sum(ahead * behind, axis=1, keepdims=True)
    shifts = (ahead + behind) / np.maximum(1 + cosine, 0.35)  # the floor keeps needle-sharp corners from flying off
    mean = (ahead + behind) / np.maximum(np.linalg.norm(ahead + behind, axis=1, keepdims=True), 1e-9)
    smooth = cosine > SMOOTH_COSINE
    first = np.where(smooth, mean, ahead)
    second = np.roll(np.where(smooth, mean, behind), -1, 0)
    return shifts, first, second


def _without_slivers(mesh: Mesh) -> Mesh:
    """Drop triangles without area (at poles and doubled corners)."""
    a, b, c = (mesh.vertices[mesh.faces[:, k]] for k in range(3))
    area = np.linalg.norm(np.cross(b - a, c - a), axis=1)
    return Mesh(mesh.vertices, mesh.normals, mesh.uv, mesh.faces[area > 1e-13])
