"""Lines in the plane that solids are made of: points with the normals to their right. Knows nothing of triangles."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from models.backends.product_studio.geometry.mesh import Floats


class Outline(NamedTuple):
    """points (N, 2) in order of travel and unit normals (N, 2) on the right of travel.

    A closed outline is counter-clockwise and does not repeat its first point. At a sharp corner the point stands twice,
    once with each normal.
    """

    points: Floats
    normals: Floats


def fillet(points: ArrayLike, radii: float | Sequence[float], segments: int = 10, closed: bool = False) -> Outline:
    """A polyline (N, 2) whose corners are rounded by circular arcs; a radius of 0 keeps a corner sharp.

    radii: one for all, or one for each point (the ends of an open line have none to round; theirs are ignored). A
    radius too large for its corner is made to fit.
    """
    corners = np.asarray(points, float)
    count = len(corners)
    all_radii = [float(radii)] * count if isinstance(radii, int | float) else [float(r) for r in radii]
    out: list[Floats] = []
    normals: list[Floats] = []
    for i, corner in enumerate(corners):
        if not closed and i in (0, count - 1):
            travel = corners[1] - corners[0] if i == 0 else corners[-1] - corners[-2]
            travel = travel / np.linalg.norm(travel)
            out.append(corner)
            normals.append(np.array([travel[1], -travel[0]]))
            continue
        back, ahead = corners[i - 1] - corner, corners[(i + 1) % count] - corner
        back_length, ahead_length = float(np.linalg.norm(back)), float(np.linalg.norm(ahead))
        back, ahead = back / back_length, ahead / ahead_length
        normal_in, normal_out = np.array([-back[1], back[0]]), np.array([ahead[1], -ahead[0]])
        inner_angle = np.arccos(np.clip(back @ ahead, -1, 1))
        if all_radii[i] <= 1e-6 or inner_angle > 3.1:
            out += [corner, corner]
            normals += [normal_in, normal_out]
            continue
        reach = min(all_radii[i] / np.tan(inner_angle / 2), 0.49 * back_length, 0.49 * ahead_length)
        radius = reach * np.tan(inner_angle / 2)
        toward = (back + ahead) / np.linalg.norm(back + ahead)
        centre = corner + toward * radius / np.sin(inner_angle / 2)
        side = 1.0 if (corner - centre) @ (normal_in + normal_out) > 0 else -1.0
        start = np.arctan2(normal_in[1], normal_in[0])
        turn = (np.arctan2(normal_out[1], normal_out[0]) - start + np.pi) % (2 * np.pi) - np.pi
        angles = start + turn * np.linspace(0, 1, segments + 1)
        arc = np.c_[np.cos(angles), np.sin(angles)]
        out += list(centre + side * radius * arc)
        normals += list(arc)
    return Outline(np.array(out), np.array(normals))


def polyline(points: ArrayLike, closed: bool = False) -> Outline:
    """A smooth line through points (N, 2), with normals from central differences."""
    line = np.asarray(points, float)
    travel = np.roll(line, -1, 0) - np.roll(line, 1, 0) if closed else np.gradient(line, axis=0)
    normals = np.c_[travel[:, 1], -travel[:, 0]]
    return Outline(line, normals / np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-12))


def rounded_rectangle(width: float, height: float, radius: float, segments: int = 12) -> Outline:
    """A closed rectangle centred on the origin."""
    x, y = width / 2, height / 2
    return fillet([(-x, -y), (x, -y), (x, y), (-x, y)], radius, segments, closed=True)


def circle(radius: float, segments: int = 128) -> Outline:
    """A closed circle about the origin."""
    t = np.linspace(0, 2 * np.pi, segments, endpoint=False)
    ring = np.c_[np.cos(t), np.sin(t)]
    return Outline(ring * radius, ring)
