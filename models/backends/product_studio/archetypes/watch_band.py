"""What holds a watch: a three-row bracelet or a stitched leather strap, closed in a loop behind the case."""

import numpy as np

from models.backends.product_studio.archetypes.product import Look, Part
from models.backends.product_studio.geometry import Mesh, merge, rotation, rounded_box, rounded_rectangle, tube
from models.backends.product_studio.geometry.mesh import Floats
from models.backends.product_studio.materials import bumped, metal, principled, srgb_to_linear
from models.backends.product_studio.textures import leather_grain

HALF_HEIGHT, HALF_DEPTH, CENTRE_Z, SQUARENESS = 0.80, 0.70, -0.72, 2.7
START_Z = -0.155
LUG_WIDTH, CLASP_WIDTH = 0.60, 0.46
LINK = 0.112


def bracelet(look: Look) -> list[Part]:
    """Brushed outer links, polished centre links, tapering toward the clasp."""
    path, out = _loop()
    length = np.r_[0, np.cumsum(np.linalg.norm(np.diff(path, axis=0), axis=1))]
    count = int(length[-1] / LINK)
    outer = rounded_box(1.0, 0.103, 0.078, 0.014, segments=3)
    middle = rounded_box(1.0, 0.103, 0.088, 0.020, segments=3)
    brushed, polished = [], []
    for k in range(count):
        at = (k + 0.5) * length[-1] / count
        y, z = (float(np.interp(at, length, path[:, i])) for i in (1, 2))
        away = [float(np.interp(at, length, out[:, i])) for i in (1, 2)]
        turn = rotation("x", np.degrees(np.arctan2(-away[0], away[1])))
        width = _width(at / length[-1])
        side = width * 0.275
        for sign in (-1, 1):
            brushed.append(outer.moved(turn, (sign * (width - side) / 2, y, z), (side, 1, 1)))
        polished.append(middle.moved(turn, (0, y, z), (width * 0.44, 1, 1)))
    return [Part(merge(brushed), metal(look.metal, (0.24, 0.09))), Part(merge(polished), metal(look.metal))]


def leather_strap(look: Look, rng: np.random.Generator) -> list[Part]:
    """Padded full-grain leather with contrast stitching, a keeper and a buckle at the back."""
    path, out = _loop(240)
    along = np.linspace(0, 1, len(path))
    from_lug = np.minimum(along, 1 - along)
    thickness = 0.052 + 0.038 * np.exp(-((from_lug / 0.12) ** 2))
    widths = np.array([_width(a) for a in along])
    strap = tube(path, rounded_rectangle(1.0, 1.0, 0.42, 8), up=out, scale=np.c_[widths, thickness])
    strap = strap.with_uv(strap.uv * [9.0, 3.0])
    hide = principled(_leather_colour(look), 0.46, specular=0.4, sheen=0.15)
    grain = leather_grain(512, int(rng.integers(1 << 30)))
    thread = principled(srgb_to_linear(_thread_colour(look)), 0.7)
    parts = [Part(strap, bumped(hide, grain, 0.012)), Part(_stitches(path, out, widths, thickness), thread)]
    return [*parts, Part(_buckle(path), metal(look.metal))]


def _loop(points: int = 1200) -> tuple[Floats, Floats]:
    """The band's middle line from the upper lugs round the back to the lower ones, and its outward direction, (N, 3) each."""
    power = 2 / SQUARENESS
    start = -np.arcsin(((START_Z - CENTRE_Z) / HALF_DEPTH) ** (1 / power))
    t = np.linspace(start, np.pi - start, 6000)
    y = np.sign(np.cos(t)) * np.abs(np.cos(t)) ** power * HALF_HEIGHT
    z = CENTRE_Z - np.sign(np.sin(t)) * np.abs(np.sin(t)) ** power * HALF_DEPTH
    length = np.r_[0, np.cumsum(np.hypot(np.diff(y), np.diff(z)))]
    even = np.linspace(0, length[-1], points)
    path = np.c_[np.zeros(points), np.interp(even, length, y), np.interp(even, length, z)]
    travel = np.gradient(path, axis=0)
    out = np.c_[np.zeros(points), -travel[:, 2], travel[:, 1]]
    return path, out / np.linalg.norm(out, axis=1, keepdims=True)


def _width(along: float) -> float:
    """Width of the band, 0 and 1 at the lugs, narrowest at the clasp in between."""
    return float(LUG_WIDTH + (CLASP_WIDTH - LUG_WIDTH) * np.sin(np.pi * along) ** 0.8)


def _stitches(path: Floats, out: Floats, widths: Floats, thickness: Floats) -> Mesh:
    stitch = rounded_box(0.011, 0.034, 0.008, 0.0038, segments=2)
    spots = np.arange(3, len(path) - 3, 4)
    made = []
    for i in spots:
        turn = rotation("x", np.degrees(np.arctan2(-out[i, 1], out[i, 2])))
        for sign in (-1, 1):
            across = np.array([sign * (widths[i] / 2 - 0.042), 0, 0])
            made.append(stitch.moved(turn, path[i] + across + out[i] * (thickness[i] / 2 - 0.0005)))
    return merge(made)


def _buckle(path: Floats) -> Mesh:
    back = path[np.argmin(path[:, 2])]
    frame = [rounded_box(CLASP_WIDTH + 0.07, 0.04, 0.03, 0.012, segments=3).moved(translation=(0, dy, 0)) for dy in (-0.13, 0.13)]
    frame += [
        rounded_box(0.04, 0.30, 0.03, 0.012, segments=3).moved(translation=(dx, 0, 0))
        for dx in (-CLASP_WIDTH / 2 - 0.015, CLASP_WIDTH / 2 + 0.015)
    ]
    return merge(frame).moved(translation=back - np.array([0, 0, 0.02]))


def _leather_colour(look: Look) -> str:
    return look.option("strap_color") or ("#5A3620" if look.metal in ("gold", "rose_gold", "champagne", "brass") else "#1D1A19")


def _thread_colour(look: Look) -> str:
    return "#D9C3A0" if look.metal in ("gold", "rose_gold", "champagne", "brass") else "#8C8780"
