"""Signs of trades as solids: a tooth, a key, a bicycle, for a round shop sign above a name that has no product. Knows no names.

Each is drawn flat on a square of one by one, y down, by a pen that inks and cuts; its outline is traced and extruded as letters are.
"""

from collections.abc import Callable
from functools import lru_cache

import numpy as np

from models.backends.product_studio.archetypes.emblem_pen import Dot, Pen
from models.backends.product_studio.geometry import Mesh, merge
from models.backends.product_studio.geometry.lettering import Island, room_for_bevel
from models.backends.product_studio.geometry.solids import extrusion


def _mirrored(*half: Dot) -> tuple[Dot, ...]:
    """A half from top to bottom, and its like on the other side of x = 0.5."""
    return (*half, *((1 - x, y) for x, y in reversed(half) if abs(x - 0.5) > 1e-6))


def _round(x: float, y: float, radius: float, count: int, start_deg: float = -90.0) -> list[Dot]:
    angles = np.radians(start_deg + np.arange(count) * 360 / count)
    return [(x + radius * float(np.cos(a)), y + radius * float(np.sin(a))) for a in angles]


def _drop(p: Pen) -> None:
    p.curve(
        (0.5, 0.02),
        (0.36, 0.27),
        (0.20, 0.52),
        (0.19, 0.74),
        (0.33, 0.93),
        (0.5, 0.98),
        (0.67, 0.93),
        (0.81, 0.74),
        (0.80, 0.52),
        (0.64, 0.27),
    )
    p.cutting().curve((0.33, 0.62), (0.31, 0.72), (0.37, 0.82), (0.45, 0.87), (0.42, 0.80), (0.38, 0.72))


def _tooth(p: Pen) -> None:
    half = (
        (0.5, 0.17),
        (0.36, 0.10),
        (0.19, 0.14),
        (0.12, 0.32),
        (0.17, 0.52),
        (0.22, 0.72),
        (0.28, 0.93),
        (0.36, 0.95),
        (0.41, 0.78),
        (0.5, 0.64),
    )
    p.curve(*_mirrored(*half))


def _heart(p: Pen) -> None:
    p.curve((0.5, 0.25), (0.40, 0.12), (0.24, 0.08), (0.08, 0.19), (0.05, 0.38), (0.16, 0.60), (0.34, 0.79), (0.5, 0.94),
            (0.66, 0.79), (0.84, 0.60), (0.95, 0.38), (0.92, 0.19), (0.76, 0.08), (0.60, 0.12))  # fmt: skip


def _scales(p: Pen) -> None:
    p.line((0.5, 0.10), (0.5, 0.90), width=0.08).line((0.14, 0.22), (0.86, 0.22), width=0.07).disc(0.5, 0.11, 0.085)
    p.bar(0.26, 0.88, 0.74, 0.98, 0.03)
    for x in (0.17, 0.83):
        p.line((x, 0.22), (x - 0.14, 0.60), width=0.035).line((x, 0.22), (x + 0.14, 0.60), width=0.035)
        p.shape((x - 0.17, 0.58), (x + 0.17, 0.58), (x + 0.11, 0.70), (x - 0.11, 0.70))


def _house(p: Pen) -> None:
    p.shape((0.5, 0.05), (1.0, 0.50), (0.93, 0.57), (0.5, 0.19), (0.07, 0.57), (0.0, 0.50))
    p.shape((0.14, 0.56), (0.5, 0.25), (0.86, 0.56), (0.86, 0.96), (0.14, 0.96)).bar(0.72, 0.10, 0.83, 0.36)
    p.cutting().bar(0.41, 0.60, 0.59, 0.93, 0.02)


def _key(p: Pen) -> None:
    p.ring(0.5, 0.24, 0.23, 0.09).bar(0.445, 0.44, 0.555, 0.98, 0.02).bar(0.5, 0.84, 0.76, 0.94, 0.02).bar(0.5, 0.68, 0.70, 0.77, 0.02)


def _camera(p: Pen) -> None:
    p.bar(0.0, 0.26, 1.0, 0.92, 0.08).shape((0.30, 0.28), (0.37, 0.13), (0.63, 0.13), (0.70, 0.28))
    p.cutting().ring(0.5, 0.59, 0.27, 0.075).bar(0.80, 0.36, 0.90, 0.42, 0.02)


def _flower(p: Pen) -> None:
    p.line((0.5, 0.50), (0.5, 0.97), width=0.06).curve((0.5, 0.90), (0.62, 0.70), (0.86, 0.66), (0.76, 0.84))
    for x, y in _round(0.5, 0.33, 0.20, 6):
        p.disc(x, y, 0.145)
    p.disc(0.5, 0.33, 0.15).cutting().ring(0.5, 0.33, 0.125, 0.035)


def _lotus(p: Pen) -> None:
    p.curve((0.5, 0.12), (0.38, 0.36), (0.40, 0.62), (0.5, 0.84), (0.60, 0.62), (0.62, 0.36))
    for side in (-1, 1):
        far = [(0.44, 0.86), (0.24, 0.78), (0.06, 0.52), (0.02, 0.44), (0.20, 0.50), (0.36, 0.66)]
        near = [(0.45, 0.84), (0.30, 0.62), (0.22, 0.26), (0.34, 0.34), (0.37, 0.60)]
        for petal in (far, near):
            p.curve(*((0.5 + side * (x - 0.5), y) for x, y in petal))
    p.bar(0.14, 0.90, 0.86, 0.97, 0.035)


def _leaf(p: Pen) -> None:
    p.curve((0.92, 0.06), (0.58, 0.10), (0.22, 0.30), (0.12, 0.60), (0.24, 0.84), (0.50, 0.86), (0.78, 0.66), (0.92, 0.36))
    p.line((0.06, 0.96), (0.24, 0.78), width=0.06)
    p.cutting().line((0.28, 0.74), (0.70, 0.30), width=0.04)


def _dumbbell(p: Pen) -> None:
    p.bar(0.0, 0.40, 1.0, 0.60, 0.05).bar(0.08, 0.18, 0.22, 0.82, 0.04).bar(0.24, 0.28, 0.35, 0.72, 0.03)
    p.bar(0.78, 0.18, 0.92, 0.82, 0.04).bar(0.65, 0.28, 0.76, 0.72, 0.03)


def _cutlery(p: Pen) -> None:
    for x in (0.18, 0.29, 0.40):
        p.bar(x - 0.028, 0.04, x + 0.028, 0.34, 0.028)
    p.bar(0.152, 0.26, 0.428, 0.44, 0.10).bar(0.245, 0.40, 0.335, 0.98, 0.04)
    p.curve((0.66, 0.03), (0.80, 0.14), (0.82, 0.40), (0.78, 0.54), (0.66, 0.54)).bar(0.665, 0.45, 0.755, 0.98, 0.04)


def _slice(p: Pen) -> None:
    p.shape((0.06, 0.20), (0.94, 0.20), (0.5, 0.98)).curve(
        (0.02, 0.14), (0.25, 0.05), (0.5, 0.03), (0.75, 0.05), (0.98, 0.14), (0.93, 0.24), (0.5, 0.16), (0.07, 0.24)
    )
    p.cutting().disc(0.36, 0.38, 0.075).disc(0.62, 0.42, 0.075).disc(0.49, 0.64, 0.07)


def _scissors(p: Pen) -> None:
    for side in (-1, 1):
        p.line((0.5 + side * 0.20, 0.72), (0.5 - side * 0.17, 0.06), width=0.085)
        p.ring(0.5 + side * 0.22, 0.82, 0.165, 0.07)
    p.cutting().disc(0.5, 0.395, 0.022)


def _bicycle(p: Pen) -> None:
    rear, front, crank, seat, head = (0.20, 0.70), (0.80, 0.70), (0.45, 0.70), (0.36, 0.40), (0.68, 0.38)
    for x, y in (rear, front):
        p.ring(x, y, 0.20, 0.045)
    p.line(rear, crank, head, seat, rear, width=0.042).line(seat, crank, width=0.042).line(head, front, width=0.042)
    p.line(seat, (0.345, 0.33), width=0.042).line((0.28, 0.32), (0.42, 0.32), width=0.055)
    p.line(head, (0.66, 0.27), (0.76, 0.25), width=0.042).disc(*crank, 0.05)


def _car(p: Pen) -> None:
    p.curve(
        (0.02, 0.72),
        (0.03, 0.55),
        (0.20, 0.49),
        (0.32, 0.30),
        (0.48, 0.26),
        (0.66, 0.30),
        (0.80, 0.48),
        (0.96, 0.54),
        (0.98, 0.72),
        (0.5, 0.75),
    )
    p.cutting().shape((0.28, 0.48), (0.36, 0.34), (0.475, 0.325), (0.475, 0.48)).shape(
        (0.515, 0.48), (0.515, 0.325), (0.63, 0.345), (0.72, 0.48)
    )
    p.disc(0.24, 0.73, 0.125).disc(0.76, 0.73, 0.125)
    p.inking().disc(0.24, 0.74, 0.098).disc(0.76, 0.74, 0.098)
    p.cutting().disc(0.24, 0.74, 0.035).disc(0.76, 0.74, 0.035)


def _sofa(p: Pen) -> None:
    p.bar(0.12, 0.22, 0.88, 0.62, 0.10).bar(0.0, 0.42, 0.20, 0.82, 0.08).bar(0.80, 0.42, 1.0, 0.82, 0.08).bar(0.10, 0.62, 0.90, 0.82, 0.03)
    p.bar(0.10, 0.80, 0.17, 0.94, 0.02).bar(0.83, 0.80, 0.90, 0.94, 0.02)
    p.cutting().line((0.22, 0.60), (0.78, 0.60), width=0.026).line((0.5, 0.34), (0.5, 0.59), width=0.022)


def _moon(p: Pen) -> None:
    p.disc(0.46, 0.52, 0.44).cutting().disc(0.64, 0.42, 0.38)
    p.inking()
    _star_at(p, 0.74, 0.34, 0.15)


def _sun(p: Pen) -> None:
    p.disc(0.5, 0.5, 0.23)
    for (ax, ay), (bx, by) in zip(_round(0.5, 0.5, 0.33, 8), _round(0.5, 0.5, 0.44, 8), strict=True):
        p.line((ax, ay), (bx, by), width=0.07)


def _star_at(p: Pen, x: float, y: float, radius: float) -> None:
    outer, inner = _round(x, y, radius, 5), _round(x, y, radius * 0.45, 5, -54)
    p.shape(*(dot for pair in zip(outer, inner, strict=True) for dot in pair))


def _star(p: Pen) -> None:
    _star_at(p, 0.5, 0.53, 0.52)


def _note(p: Pen) -> None:
    p.disc(0.24, 0.82, 0.15, 0.12).disc(0.76, 0.74, 0.15, 0.12).bar(0.31, 0.14, 0.39, 0.82).bar(0.83, 0.06, 0.91, 0.74)
    p.shape((0.31, 0.14), (0.91, 0.04), (0.91, 0.22), (0.31, 0.32))


def _book(p: Pen) -> None:
    p.curve(
        (0.5, 0.26),
        (0.28, 0.17),
        (0.03, 0.20),
        (0.03, 0.50),
        (0.03, 0.80),
        (0.28, 0.79),
        (0.5, 0.88),
        (0.72, 0.79),
        (0.97, 0.80),
        (0.97, 0.50),
        (0.97, 0.20),
        (0.72, 0.17),
    )
    p.cutting().line((0.5, 0.30), (0.5, 0.85), width=0.03)
    for y in (0.36, 0.50, 0.64):
        p.line((0.14, y - 0.03), (0.40, y + 0.02), width=0.028).line((0.60, y + 0.02), (0.86, y - 0.03), width=0.028)


def _paw(p: Pen) -> None:
    p.curve((0.5, 0.46), (0.34, 0.58), (0.20, 0.78), (0.30, 0.94), (0.5, 0.90), (0.70, 0.94), (0.80, 0.78), (0.66, 0.58))
    p.disc(0.13, 0.48, 0.10, 0.13).disc(0.36, 0.24, 0.105, 0.15).disc(0.64, 0.24, 0.105, 0.15).disc(0.87, 0.48, 0.10, 0.13)


def _bolt(p: Pen) -> None:
    p.shape((0.58, 0.02), (0.16, 0.56), (0.46, 0.56), (0.36, 0.98), (0.84, 0.40), (0.53, 0.40))


def _wrench(p: Pen) -> None:
    p.line((0.26, 0.78), (0.66, 0.34), width=0.16).disc(0.72, 0.27, 0.23).disc(0.22, 0.82, 0.13)
    p.cutting().line((0.74, 0.25), (0.96, 0.01), width=0.17).disc(0.22, 0.82, 0.045)


def _hammer(p: Pen) -> None:
    p.line((0.5, 0.22), (0.5, 0.94), width=0.12)
    p.shape((0.16, 0.10), (0.70, 0.10), (0.94, 0.30), (0.90, 0.35), (0.70, 0.32), (0.16, 0.32))


def _shield(p: Pen) -> None:
    p.curve(
        (0.5, 0.03),
        (0.30, 0.10),
        (0.10, 0.13),
        (0.11, 0.44),
        (0.24, 0.76),
        (0.5, 0.98),
        (0.76, 0.76),
        (0.89, 0.44),
        (0.90, 0.13),
        (0.70, 0.10),
    )
    p.cutting().line((0.30, 0.48), (0.45, 0.63), (0.71, 0.34), width=0.075)


def _plus(p: Pen) -> None:
    p.bar(0.36, 0.06, 0.64, 0.94, 0.05).bar(0.06, 0.36, 0.94, 0.64, 0.05)


def _plane(p: Pen) -> None:
    p.curve((0.5, 0.02), (0.44, 0.12), (0.43, 0.50), (0.46, 0.92), (0.54, 0.92), (0.57, 0.50), (0.56, 0.12))
    p.shape((0.45, 0.36), (0.02, 0.62), (0.02, 0.70), (0.45, 0.58)).shape((0.55, 0.36), (0.98, 0.62), (0.98, 0.70), (0.55, 0.58))
    p.shape((0.47, 0.78), (0.30, 0.92), (0.30, 0.97), (0.70, 0.97), (0.70, 0.92), (0.53, 0.78))


EMBLEMS: dict[str, Callable[[Pen], None]] = {
    "drop": _drop,
    "tooth": _tooth,
    "heart": _heart,
    "scales": _scales,
    "house": _house,
    "key": _key,
    "camera": _camera,
    "flower": _flower,
    "lotus": _lotus,
    "leaf": _leaf,
    "dumbbell": _dumbbell,
    "cutlery": _cutlery,
    "slice": _slice,
    "scissors": _scissors,
    "bicycle": _bicycle,
    "car": _car,
    "sofa": _sofa,
    "moon": _moon,
    "sun": _sun,
    "star": _star,
    "note": _note,
    "book": _book,
    "paw": _paw,
    "bolt": _bolt,
    "wrench": _wrench,
    "hammer": _hammer,
    "shield": _shield,
    "plus": _plus,
    "plane": _plane,
}


def emblem(name: str, side: float, depth: float, bevel: float) -> Mesh:
    """The sign, in the middle of a square of `side` around (0, 0), from z = 0 to z = depth."""
    islands = _islands(name)
    rims = np.concatenate([island[0] for island in islands])
    low, high = rims.min(0), rims.max(0)
    scale = side / float(max(high - low))
    solids = [
        extrusion([room_for_bevel((ring - (low + high) / 2) * scale, bevel) for ring in island], depth, bevel).moved(
            translation=(0, 0, depth / 2)
        )
        for island in islands
    ]
    return merge(solids)


@lru_cache(maxsize=64)
def _islands(name: str) -> tuple[Island, ...]:
    pen = Pen()
    EMBLEMS[name](pen)
    return pen.islands()
