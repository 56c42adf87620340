"""A structured leather handbag: a body that narrows upward, a flap with a turn-lock, a rolled handle on rings, stitched edges.

The brand is stamped small into the flap, in the metal of the lock.
"""

import numpy as np

from models.backends.product_studio.archetypes.cloths import cloth, laid, thread
from models.backends.product_studio.archetypes.product import Archetype, Look, Part, Product, stand
from models.backends.product_studio.colours import is_golden, luminance, mixed
from models.backends.product_studio.geometry import (
    Mesh,
    circle,
    merge,
    prism,
    rotation,
    rounded_box,
    rounded_rectangle,
    sphere,
    torus,
    tube,
)
from models.backends.product_studio.geometry.lofts import draped, superellipse
from models.backends.product_studio.geometry.mesh import Floats
from models.backends.product_studio.geometry.panels import sack, sheet
from models.backends.product_studio.geometry.seams import stitches
from models.backends.product_studio.labels import name_solid
from models.backends.product_studio.materials import metal, principled

HEIGHT, FOOT_WIDTH, TOP_WIDTH, FOOT_DEPTH, TOP_DEPTH = 0.68, 1.02, 0.88, 0.36, 0.17
SQUARE = 7.0
CORNER = 0.5 ** (1 / SQUARE)  # where a ring turns from front to side, shares of its half width and depth
FEET = 0.016
FLAP_HALF, FLAP_DROP, FLAP_THICK = 0.425, 0.395, 0.011
HANDLE_X, HANDLE_RISE = 0.235, 0.33
LOCK_Y = HEIGHT - FLAP_DROP + 0.075
BLACK = "#1C1A1A"
TAN = "#8E522B"


def build_handbag(look: Look, rng: np.random.Generator) -> Product:
    """Stands on four studs, flap to the viewer."""
    color = leather_colour(look)
    fittings = metal(_fitting(look), 0.10)
    edge, leather = principled(mixed(color, "#0E0907", 0.55), 0.34, specular=0.45, coat=0.2), cloth("leather", color, rng)
    flap, rim, seam = _flap()
    parts = [
        Part(laid(merge([_body(), flap, *_chapes(), _handle()]), "leather"), leather),
        Part(merge([rim, *_piping()]), edge),
        Part(merge([seam, *_side_seams()]), thread(color)),
        Part(merge([*_lock(), *_rings(), *_studs()]), fittings),
    ]
    name = name_solid(look.label, look.typeface, 0.30, 0.030, 0.0014, max_lines=1)
    if name is not None:
        stamped = draped(name.moved(translation=(0, HEIGHT - 0.135, 0)), lambda x, y: front(x, y) + FLAP_THICK + 0.0006)
        pressed = principled(mixed(color, "#0E0907", 0.72), 0.4)  # foil on pale leather would be seen by nobody
        parts.append(Part(stamped, pressed if luminance(color) > 0.20 else metal(_fitting(look), 0.2)))
    z = float(front(np.array([0.0]), np.array([LOCK_Y]))[0]) + 0.03
    details = ((0.0, LOCK_Y + 0.05, z), (HANDLE_X, HEIGHT + 0.05, 0.02), (0.30, HEIGHT - FLAP_DROP * 0.75, z - 0.02))
    return stand(parts, look, (0.0, HEIGHT * 0.6, z), details)


def leather_colour(look: Look) -> str:
    """What is said, else the product's; leather is of no gold, and a white that nobody asked for is tan too."""
    said = look.option("dye")
    return said or (TAN if luminance(look.body) > 0.86 or is_golden(look.body) else look.body)


def _fitting(look: Look) -> str:
    """The metal of lock and rings."""
    return "gold" if look.metal in ("steel", "black") else look.metal


def _depth(y: Floats) -> Floats:
    level = np.clip(y / HEIGHT, 0, 1)
    return np.asarray(FOOT_DEPTH + (TOP_DEPTH - FOOT_DEPTH) * level**1.15 + 0.018 * np.sin(np.pi * level))


def _width(y: Floats) -> Floats:
    level = np.clip(y / HEIGHT, 0, 1)
    return np.asarray(FOOT_WIDTH + (TOP_WIDTH - FOOT_WIDTH) * level + 0.012 * np.sin(np.pi * level))


def front(x: Floats, y: Floats) -> Floats:
    """z of the body's front at (x, y): leather over a stiffener, a little full in its middle."""
    share = np.clip(1 - np.abs(2 * x / _width(y)) ** SQUARE, 1e-4, 1) ** (1 / SQUARE)
    full = 0.014 * np.clip(1 - (2 * x / _width(y)) ** 2, 0, 1) * np.sin(np.pi * np.clip(y / HEIGHT, 0, 1))
    return np.asarray(_depth(y) / 2 * share + full)


def _ring(y: float, inset: float) -> Floats:
    level = np.array([y])
    width, depth = float(_width(level)[0]) - 2 * inset, float(_depth(level)[0]) - 2 * inset
    ring = superellipse(width, depth, SQUARE, 240)
    full = 0.014 * np.clip(1 - (2 * ring[:, 0] / width) ** 2, 0, 1) * np.sin(np.pi * np.clip(y / HEIGHT, 0, 1))
    return np.c_[ring[:, 0], np.full(len(ring), y), ring[:, 1] + np.sign(ring[:, 1]) * full]


def _body() -> Mesh:
    """Closed above: the flap lies on it."""
    turn = np.linspace(0, np.pi / 2, 9)
    low = [_ring(FEET + 0.028 * (1 - np.sin(a)), 0.028 * (1 - np.cos(a))) for a in turn[::-1]]
    walls = [_ring(float(y), 0.0) for y in np.linspace(FEET + 0.03, HEIGHT - 0.022, 44)]
    high = [_ring(HEIGHT - 0.020 + 0.020 * np.sin(a), 0.020 * (1 - np.cos(a))) for a in turn]
    ends = [ring * [0.01, 1, 0.01] for ring in (low[0], high[-1])]
    return sack(np.array([ends[0], *low, *walls, *high, ends[1]]))


def _drop(x: Floats) -> Floats:
    """How far down the front the flap reaches at x: a wide, soft tongue."""
    return np.asarray(0.045 + (FLAP_DROP - 0.045) * np.clip(1 - np.abs(x / FLAP_HALF) ** 3.4, 0, 1) ** 0.42)


def _over(x: Floats, t: Floats) -> Floats:
    """The flap's points (..., 3): t 0 at the back's upper edge, about 0.25 in front of the top, 1 at its lower edge."""
    half = TOP_DEPTH / 2 + 0.004
    back, top, down = 0.10, 2 * half, _drop(x)
    way = t * (back + top + down)
    over = np.clip((way - back) / top, 0, 1)
    bow = 0.016 * np.sin(np.pi * over)
    y = np.where(way < back, HEIGHT - back + way, np.where(way < back + top, HEIGHT + bow, HEIGHT - (way - back - top)))
    ahead = front(x * 0.98, np.clip(y, 0, HEIGHT)) + FLAP_THICK
    behind = -(front(x * 0.98, np.clip(y, 0, HEIGHT)) + 0.004)
    z = np.where(way < back, behind, np.where(way < back + top, behind + (ahead - behind) * over, ahead))
    return np.stack([x, y + FLAP_THICK * np.sin(np.pi * np.clip((way - back + 0.03) / (top + 0.06), 0, 1)) ** 0.5, z], -1)


def _flap() -> tuple[Mesh, Mesh, Mesh]:
    """The leather, its painted edge, and the seam beside it."""
    s = FLAP_HALF * np.sin(np.linspace(-np.pi / 2, np.pi / 2, 90))
    t = np.linspace(0, 1, 110)
    x, t_ = np.meshgrid(s, t, indexing="ij")
    points = _over(x, t_)
    for _ in range(3):  # the bend over the edge is soft
        points[:, 1:-1] = 0.25 * points[:, :-2] + 0.5 * points[:, 1:-1] + 0.25 * points[:, 2:]
    leather = sheet(points)
    rim = np.concatenate([points[0, 30:], points[1:-1, -1], points[-1, 30:][::-1]])
    inner = _over(0.955 * s, np.full(90, 1.0))
    inner[:, 1] += 0.026
    inner[:, 2] = front(inner[:, 0], inner[:, 1]) + FLAP_THICK + 0.001
    edge = tube(rim - [0, 0, FLAP_THICK * 0.45], circle(FLAP_THICK * 0.62, 10), up=(0.02, 0.05, 1.0))
    return leather, edge, stitches(inner, (0, 0, 1), 0.021, 0.0036)


def _piping() -> list[Mesh]:
    """The corded seam between front, back and sides."""
    y = np.linspace(FEET + 0.03, HEIGHT - 0.03, 40)
    cords = []
    for side in (1, -1):
        for face in (1, -1):
            x = side * _width(y) / 2 * CORNER
            z = face * _depth(y) / 2 * CORNER
            cords.append(tube(np.c_[x, y, z], circle(0.0085, 12), up=(0, 0, 1)))
    return cords


def _side_seams() -> list[Mesh]:
    """Down both sides of the front and along its foot."""
    y = np.linspace(FEET + 0.05, HEIGHT - 0.06, 60)
    rows = []
    for side in (1, -1):
        x = side * (_width(y) / 2 - 0.068)
        rows.append(stitches(np.c_[x, y, front(x, y) + 0.001], (0, 0, 1), 0.021, 0.0036))
    x = np.linspace(-FOOT_WIDTH / 2 + 0.073, FOOT_WIDTH / 2 - 0.073, 60)
    foot = np.full(60, FEET + 0.050)
    return [*rows, stitches(np.c_[x, foot, front(x, foot) + 0.001], (0, 0, 1), 0.021, 0.0036)]


def _lock() -> list[Mesh]:
    """A turn-lock: plate, collar, and the bar that turns."""
    z = float(front(np.array([0.0]), np.array([LOCK_Y]))[0]) + FLAP_THICK
    plate = prism(rounded_rectangle(0.150, 0.096, 0.030, 10), 0.012, 0.004)
    collar = prism(rounded_rectangle(0.092, 0.054, 0.026, 10), 0.012, 0.004).moved(translation=(0, 0, 0.010))
    bar = prism(rounded_rectangle(0.078, 0.026, 0.0125, 10), 0.020, 0.007).moved(translation=(0, 0, 0.026))
    screws = [sphere(0.006, 12).moved(scale=(1, 1, 0.5), translation=(sx * 0.062, 0, 0.006)) for sx in (1, -1)]
    return [part.moved(translation=(0, LOCK_Y, z + 0.004)) for part in (plate, collar, bar, *screws)]


def _handle() -> Mesh:
    """Leather rolled over a cord, upright."""
    turn = np.linspace(0.02, np.pi - 0.02, 90)
    x = HANDLE_X * np.sign(np.cos(turn)) * np.abs(np.cos(turn)) ** (2 / 2.35)
    y = HEIGHT + 0.085 + (HANDLE_RISE - 0.085) * np.sin(turn) ** (2 / 2.35)
    path = np.c_[x, y, 0.012 * np.sin(turn)]
    thick = 0.80 + 0.20 * np.sin(turn) ** 0.5
    mesh = tube(path, circle(0.0225, 24), up=(0, 0, 1), scale=np.c_[thick, thick])
    return mesh.with_uv(mesh.uv * [1.2, 0.14])


def _rings() -> list[Mesh]:
    """One through each end of the handle."""
    ring = torus(0.036, 0.0075, 40, 12).moved(rotation("z", 90))
    return [ring.moved(rotation("y", 8.0 * side), (side * HANDLE_X, HEIGHT + 0.062, 0)) for side in (1, -1)]


def _chapes() -> list[Mesh]:
    """The leather loops that hold the rings to the top."""
    loops = []
    for side in (1, -1):
        foot = rounded_box(0.075, 0.014, 0.120, 0.005, 0.006, 3).moved(translation=(side * HANDLE_X, HEIGHT + 0.026, 0))
        turn = np.linspace(0, np.pi, 20)
        path = np.c_[np.full(20, side * HANDLE_X), HEIGHT + 0.028 + 0.014 * np.sin(turn), 0.030 * np.cos(turn)]
        loops += [foot, tube(path, rounded_rectangle(0.056, 0.010, 0.004, 3), up=(0, 0.7, 0.7))]
    return loops


def _studs() -> list[Mesh]:
    """Feet of metal."""
    x, z = FOOT_WIDTH / 2 - 0.10, FOOT_DEPTH / 2 - 0.06
    return [sphere(1.0, 20).moved(scale=(0.024, 0.018, 0.024), translation=(sx * x, 0.018, sz * z)) for sx in (1, -1) for sz in (1, -1)]


DYES = {
    "black": BLACK,
    "tan|cognac|caramel|saddle|camel": TAN,
    "brown|chocolate": "#4F2F1E",
    "burgundy|oxblood|bordeaux": "#571723",
    "red": "#8E1F27",
    "green|olive|bottle green": "#2F4634",
    "navy|blue": "#22324F",
    "cream|ivory|white": "#E9E0D0",
    "grey|gray": "#77777A",
    "blush|pink|rose": "#D2A39B",
}
LEATHER_WORDS = tuple((rf"(?:{said})(?: \w+)? (?:leather|calfskin|suede|hide)", "dye", shade) for said, shade in DYES.items())
HANDBAG = Archetype(
    name="handbag",
    title="Handbag",
    build=build_handbag,
    convex=False,
    words=(
        "handbag",
        "purse",
        "satchel",
        "leather bag",
        "leather handbag",
        "top-handle bag",
        "top handle bag",
        "crossbody",
        "crossbody bag",
        "shoulder bag",
        "designer bag",
    ),
    body=TAN,
    accent="#C8A15A",
    metal="gold",
    spin_deg=-20.0,
    options=(("tan|cognac|caramel|saddle", "dye", TAN), *LEATHER_WORDS),
)
