"""The shapes sets are built of: a seamless backdrop, slabs of stone with tiling texture, discs, arches, walls."""

from dataclasses import replace

import numpy as np

from models.backends.product_studio.geometry import Mesh, fillet, lathe, merge, rotation, rounded_box, rounded_rectangle, tube


def seamless(width: float = 40.0, front: float = 14.0, back: float = 3.2, radius: float = 1.8, top: float = 14.0) -> Mesh:
    """Floor and back wall in one sweep: from z = front, along y = 0, up at z = -back. uv: one unit = 8 studio units."""
    profile = fillet([(-front, 0.0), (back, 0.0), (back, top)], [0.0, radius, 0.0], 24)
    points, normals = np.asarray(profile.points), np.asarray(profile.normals)
    facing = -np.sign(normals[0, 1] or 1.0) * normals  # look up from the floor and forward from the wall
    length = np.r_[0.0, np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=1))]
    rows = len(points)
    vertices = np.concatenate([np.c_[np.full(rows, x), points[:, 1], -points[:, 0]] for x in (-width / 2, width / 2)])
    if facing[0, 1] < 0:
        facing = -facing
    smooth = np.concatenate([np.c_[np.zeros(rows), facing[:, 1], -facing[:, 0]]] * 2)
    uv = np.concatenate([np.c_[np.full(rows, x / 8), length / 8] for x in (-width / 2, width / 2)])
    i = np.arange(rows - 1)
    faces = np.concatenate([np.c_[i, i + rows, i + 1], np.c_[i + 1, i + rows, i + rows + 1]])
    mesh = Mesh(vertices, smooth, uv, faces)
    return replace(mesh, faces=faces[:, ::-1].copy()) if _faces_disagree(mesh) else mesh


def wall(z: float, width: float = 40.0, height: float = 16.0, tile: float = 8.0) -> Mesh:
    """An upright wall facing the camera, standing a little below the floor."""
    box = rounded_box(width, height, 0.1, 0.02)
    return tiled(box.moved(translation=(0.0, height / 2 - 1.0, z - 0.05)), tile)


def floor(depth: float, z: float = 0.0, width: float = 30.0, tile: float = 4.0) -> Mesh:
    """A thick slab whose top is y = 0."""
    return tiled(rounded_box(width, 0.3, depth, 0.03).moved(translation=(0.0, -0.15, z)), tile)


def block(width: float, height: float, depth: float, x: float, z: float, turn: float = 0.0, tile: float = 2.9) -> Mesh:
    """A block of stone standing on the floor, texture running on over its edges."""
    box = rounded_box(width, height, depth, 0.022).moved(rotation("y", turn), (x, height / 2, z))
    return tiled(box, tile)


def disc(radius: float, height: float, base: float, bevel: float = 0.03, x: float = 0.0, z: float = 0.0) -> Mesh:
    """A round plinth from y = base up."""
    profile = fillet([(0, 0), (radius, 0), (radius, height), (0, height)], [0, bevel, bevel, 0], 8)
    return lathe(profile, 200).moved(translation=(x, base, z))


def arch(radius: float, spring: float, thick: float, z: float) -> Mesh:
    """A round arch on two posts, standing on the floor at depth z."""
    angle = np.linspace(0, np.pi, 72)
    path = np.c_[np.cos(angle) * radius, spring + np.sin(angle) * radius, np.full(len(angle), z)]
    bow = tube(path, rounded_rectangle(thick, thick, 0.05, 6), up=(0, 0, 1))
    posts = [rounded_box(thick, spring + 0.02, thick, 0.05).moved(translation=(s * radius, spring / 2, z)) for s in (-1, 1)]
    return merge([bow, *posts])


def tiled(mesh: Mesh, tile: float) -> Mesh:
    """The same mesh with box-projected texture: one picture every `tile` units, by the way each vertex faces."""
    v, n = mesh.vertices, np.abs(mesh.normals)
    up = n[:, 1] > 0.7
    side = (n[:, 0] > n[:, 2]) & ~up
    uv = np.where(up[:, None], v[:, [0, 2]], np.where(side[:, None], v[:, [2, 1]], v[:, [0, 1]])) / tile
    return replace(mesh, uv=uv)


def _faces_disagree(mesh: Mesh) -> bool:
    a, b, c = (mesh.vertices[mesh.faces[0, k]] for k in range(3))
    return bool(np.cross(b - a, c - a) @ mesh.normals[mesh.faces[0, 0]] < 0)
