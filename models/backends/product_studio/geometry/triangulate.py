"""Filling rings of the plane with triangles by clipping ears. Knows nothing of depth."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from models.backends.product_studio.geometry.mesh import Floats, Ints


def triangulate(rings: Sequence[Floats]) -> Ints:
    """Triangles (M, 3) over the concatenated points of `rings`: the first ring is the rim, the others are its holes.

    Rings are simple and do not touch; any direction of travel. Triangles are counter-clockwise.
    """
    points = np.concatenate([np.asarray(ring, float) for ring in rings])
    starts = np.cumsum([0] + [len(ring) for ring in rings])
    loops = [list(range(a, b)) for a, b in pairwise(starts)]
    loops = [_directed(loop, points, ccw=(k == 0)) for k, loop in enumerate(loops)]
    loop = loops[0]
    for hole in sorted(loops[1:], key=lambda h: -points[h, 0].max()):
        loop = _bridged(loop, hole, points)
    if len(rings) == 1 and _is_convex(points[loop]):
        return np.array([(loop[0], loop[i], loop[i + 1]) for i in range(1, len(loop) - 1)], np.int32)
    return _clip_ears(loop, points)


def _directed(loop: list[int], points: Floats, ccw: bool) -> list[int]:
    ring = points[loop]
    following = np.roll(ring, -1, 0)
    area = float(np.sum(ring[:, 0] * following[:, 1] - ring[:, 1] * following[:, 0]))
    return loop if (area > 0) == ccw else loop[::-1]


def _is_convex(ring: Floats) -> bool:
    edge = np.roll(ring, -1, 0) - ring
    following = np.roll(edge, -1, 0)
    return bool(np.all(edge[:, 0] * following[:, 1] - edge[:, 1] * following[:, 0] >= -1e-12))


def _bridged(loop: list[int], hole: list[int], points: Floats) -> list[int]:
    """The rim cut open to the hole's rightmost point, so that both make one loop."""
    k = int(np.argmax(points[hole, 0]))
    start = points[hole[k]]
    ring = points[loop]
    following = np.roll(ring, -1, 0)
    spans = (ring[:, 1] > start[1]) != (following[:, 1] > start[1])
    rise = np.where(spans, following[:, 1] - ring[:, 1], 1.0)
    hit = np.where(spans, ring[:, 0] + (start[1] - ring[:, 1]) / rise * (following[:, 0] - ring[:, 0]), np.inf)
    hit[hit < start[0] - 1e-12] = np.inf
    edge = int(np.argmin(hit))
    target = edge if ring[edge, 0] > following[edge, 0] else (edge + 1) % len(loop)
    # A reflex corner inside the triangle start-hit-target would hide the target: take the one closest in angle instead.
    corner = np.array([start, [hit[edge], start[1]], ring[target]])
    inside = _inside(corner, ring) & (np.abs(ring - ring[target]).max(1) > 1e-12) & (ring[:, 0] > start[0])
    inside &= abs(ring[target, 1] - start[1]) > 1e-12  # the target lies straight across: nothing is in between
    if inside.any():
        away = ring - start
        steepness = np.where(inside, np.abs(away[:, 1]) / np.maximum(away[:, 0], 1e-12), np.inf)
        target = int(np.argmin(steepness))
    return loop[: target + 1] + hole[k:] + hole[: k + 1] + loop[target:]


def _inside(triangle: Floats, points: Floats) -> np.ndarray:
    a, b, c = triangle
    if (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]) < 0:
        b, c = c, b

    def left(p: Floats, q: Floats) -> np.ndarray:
        return (q[0] - p[0]) * (points[:, 1] - p[1]) - (q[1] - p[1]) * (points[:, 0] - p[0]) >= -1e-14

    return left(a, b) & left(b, c) & left(c, a)


def _clip_ears(loop: list[int], points: Floats) -> Ints:
    triangles: list[tuple[int, int, int]] = []
    loop = list(loop)
    at, tries = 0, 0
    while len(loop) > 3:
        n = len(loop)
        i, j, k = loop[(at - 1) % n], loop[at % n], loop[(at + 1) % n]
        a, b, c = points[i], points[j], points[k]
        turn = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
        ear = turn > 1e-14
        if ear:
            others = points[[q for q in loop if q not in (i, j, k)]]
            others = others[(np.abs(others[:, None] - np.array([a, b, c])).max(-1) > 1e-12).all(1)]  # bridge ends stand twice
            ear = not len(others) or not _inside(np.array([a, b, c]), others).any()
        if ear or tries > n:  # after a fruitless round only slivers are left; cutting one lets the rest go on
            if turn > 1e-14 or tries > n:
                triangles.append((i, j, k))
            loop.pop(at % n)
            at, tries = at % (n - 1), 0
        else:
            at, tries = (at + 1) % n, tries + 1
    triangles.append((loop[0], loop[1], loop[2]))
    return np.array(triangles, np.int32)
