"""A canvas tote: a soft standing sack with a hem, a gusset and two handles of webbing sewn on crosswise; the brand printed in front."""

import numpy as np

from models.backends.product_studio.archetypes.cloths import cloth, ink_on, laid, thread, undyed
from models.backends.product_studio.archetypes.product import Archetype, Look, Part, Product, stand
from models.backends.product_studio.colours import contrast_ratio, mixed
from models.backends.product_studio.geometry import Mesh, merge, rounded_box
from models.backends.product_studio.geometry.lofts import Front, draped, superellipse
from models.backends.product_studio.geometry.mesh import Floats
from models.backends.product_studio.geometry.panels import sack
from models.backends.product_studio.geometry.seams import crossed_box, ribbon, stitches
from models.backends.product_studio.labels import brand_block, name_solid
from models.backends.product_studio.materials import principled

HEIGHT, WIDTH, FOOT_DEPTH, RIM_DEPTH = 0.92, 0.90, 0.27, 0.20
HEM = 0.075
HANDLE_X, HANDLE_RISE, STRAP_WIDE, STRAP_THICK = 0.205, 0.47, 0.072, 0.013
SEWN = 0.20  # how far a handle reaches down the front
SQUARE = 5.2
THREAD = 0.0030
NATURAL = "#DCCDB0"


def build_tote(look: Look, rng: np.random.Generator) -> Product:
    """Stands front to the viewer, handles up."""
    waves = rng.uniform(0, 2 * np.pi, 8)
    color = look.option("cloth") or undyed(look.body)
    strap_color = strap_colour(look, color)
    canvas, webbing = cloth("canvas", color, rng), cloth("leather" if look.option("strap") == "leather" else "canvas", strap_color, rng)

    def front(x: Floats, y: Floats) -> Floats:
        return _front(x, y, waves)

    handles, sewing = [], []
    for side in (1.0, -1.0):
        path, out = _handle(side, front)
        handles.append(laid(ribbon(path, STRAP_WIDE, STRAP_THICK, out), "canvas"))
        for sign in (1.0, -1.0):
            y = HEIGHT - SEWN + 0.062
            z = float(front(np.array([sign * HANDLE_X]), np.array([y]))[0]) + STRAP_THICK * 1.1
            box = merge(crossed_box(STRAP_WIDE * 0.72, 0.098, 0.016, THREAD)).moved(translation=(sign * HANDLE_X, y, z))
            sewing.append(box if side > 0 else box.mirrored("z"))
    hem = np.linspace(-WIDTH * 0.44, WIDTH * 0.44, 120)
    for drop in (HEM, HEM - 0.012):
        level = np.full(120, HEIGHT - drop)
        sewing.append(stitches(np.c_[hem, level + _rise(hem, level), front(hem, level) + 0.0015], (0, 0, 1), 0.016, THREAD))
    parts = [
        Part(laid(_sack(waves), "canvas"), canvas),
        Part(merge(handles), webbing),
        Part(merge(sewing), thread(color)),
    ]
    block = brand_block(look.label, look.sublabel, look.typeface, WIDTH * 0.66, 0.098, 0.0012, rule=False)
    if block is not None:
        printed = draped(block.moved(translation=(0, HEIGHT * 0.44, 0)), lambda x, y: front(x, y) + 0.0006)
        parts.append(Part(printed, principled(ink_on(color, look.accent), 0.86, specular=0.15)))
    parts += _tag(look, front)
    z = float(front(np.array([0.0]), np.array([HEIGHT * 0.44]))[0])
    sewn = (HANDLE_X, HEIGHT - 0.11, RIM_DEPTH / 2 + 0.01)
    return stand(parts, look, (0.0, HEIGHT * 0.5, z), (sewn, (0.0, HEIGHT * 0.44, z), (WIDTH * 0.42, HEIGHT * 0.2, FOOT_DEPTH * 0.4)))


def strap_colour(look: Look, color: str) -> str:
    """Leather handles are tan; webbing is of the accent where that tells, else of the cloth."""
    if look.option("strap") == "leather":
        return "#8A5128"
    return look.accent if look.option("handles") == "accent" and contrast_ratio(look.accent, color) > 1.5 else mixed(color, "#C9B48E", 0.10)


def _depth(y: Floats) -> Floats:
    level = np.clip(y / HEIGHT, 0, 1)
    return np.asarray(RIM_DEPTH + (FOOT_DEPTH - RIM_DEPTH) * (1 - level) ** 0.9 + 0.022 * np.sin(np.pi * level))


def _width(y: Floats) -> Floats:
    level = np.clip(y / HEIGHT, 0, 1)
    return np.asarray(WIDTH * (0.97 + 0.03 * level**2 - 0.022 * np.sin(np.pi * level) ** 2))


def _folds(x: Floats, y: Floats, waves: Floats) -> Floats:
    """Soft pulls from where the handles are sewn on, a slack middle, a crumpled foot."""
    level = np.clip(y / HEIGHT, 0, 1)
    pull = np.exp(-(((np.abs(x) - HANDLE_X + 0.10 * (1 - level)) / 0.085) ** 2)) * level**1.5
    slack = np.sin(x * 5.2 + waves[0]) * 0.5 + np.sin(x * 9.5 + y * 3.1 + waves[1]) * 0.45 + np.sin(y * 6.1 - x * 4.0 + waves[2]) * 0.5
    crumple = np.sin(x * 17 + y * 11 + waves[3] + 1.4 * np.sin(y * 8 + waves[4])) * np.exp(-((level / 0.22) ** 2))
    broad = np.clip(1.0 - (2 * np.abs(x) / WIDTH) ** 6, 0, 1)
    return 0.012 * pull - 0.006 * level**2 + broad * (0.0150 * slack * (0.35 + 0.65 * level) + 0.010 * crumple)


def _rise(x: Floats, y: Floats) -> Floats:
    """The rim hangs from the handles and sags between and beside them."""
    return np.asarray(0.030 * np.clip(y / HEIGHT, 0, 1) ** 5 * (np.exp(-(((np.abs(x) - HANDLE_X) / 0.10) ** 2)) - 0.6))


def _hem(y: Floats) -> Floats:
    """The folded-over edge stands out by a cloth's thickness."""
    return np.asarray(0.0045 / (1 + np.exp(-(y - (HEIGHT - HEM - 0.007)) / 0.0022)))


def _front(x: Floats, y: Floats, waves: Floats) -> Floats:
    share = np.clip(1 - np.abs(2 * x / _width(y)) ** SQUARE, 1e-3, 1) ** (1 / SQUARE)
    return np.asarray(_depth(y) / 2 * share + _folds(x, y, waves) + _hem(y))


def _ring(y: float, waves: Floats, inset: float = 0.0) -> Floats:
    level = np.array([y])
    width, depth = float(_width(level)[0]) - 2 * inset, float(_depth(level)[0])
    ring = superellipse(width, depth - 2 * inset, SQUARE, 220)
    # The gusset folds in between front and back, more so toward the rim.
    side = np.abs(ring[:, 0]) > width * 0.40
    fold = 0.050 * (y / HEIGHT) ** 1.6 * np.exp(-((ring[:, 1] / (0.20 * depth)) ** 2))
    x = ring[:, 0] - np.sign(ring[:, 0]) * fold * side
    flat = np.clip(np.abs(ring[:, 1]) / (0.30 * depth), 0, 1)
    z = ring[:, 1] + np.sign(ring[:, 1]) * (_folds(x, np.full(len(x), y), waves) + float(_hem(level)[0])) * flat
    foot = min(y / 0.05, 1.0)
    round_ = 0.945 + 0.055 * np.sqrt(1 - (1 - foot) ** 2)
    x = x + 0.007 * np.sin(y * 7.3 + waves[5] + np.sign(x) * 1.9) * level * np.clip(np.abs(x) / (0.4 * width), 0, 1)  # no edge hangs plumb
    return np.c_[x * round_, y + _rise(x, np.full(len(x), y)), z * round_]


def _sack(waves: Floats) -> Mesh:
    """Up the outside, over the rim, down inside to a floor in the dark."""
    outer = np.r_[np.linspace(0, 0.05, 12), np.linspace(0.06, HEIGHT - HEM - 0.02, 60), np.linspace(HEIGHT - HEM - 0.016, HEIGHT, 26)]
    rings = [_ring(float(y), waves) for y in outer]
    floor = rings[0] * [0.02, 1, 0.02]
    curl = ((0.002, 0.003), (0.005, 0.004), (0.008, 0.003), (0.010, 0.0))  # in, up
    rim = [_ring(HEIGHT, waves, inset) + np.array([0, rise, 0]) for inset, rise in curl]
    inner = [_ring(float(y), waves, 0.012) for y in np.linspace(HEIGHT - 0.01, 0.30, 26)]
    bottom = inner[-1] * [0.02, 1, 0.02]
    return sack(np.array([floor, *rings, *rim, *inner, bottom]))


def _handle(side: float, front: Front) -> tuple[Floats, Floats]:
    """The middle line of one handle, sewn on at both ends, and which way its flat side looks."""
    up = np.linspace(HEIGHT - SEWN, HEIGHT + 0.02, 14)
    turn = np.linspace(0, np.pi, 60)
    arch_x = HANDLE_X * np.sign(np.cos(turn)) * np.abs(np.cos(turn)) ** (2 / 2.5)
    arch_y = HEIGHT + 0.03 + (HANDLE_RISE - 0.03) * np.sin(turn) ** (2 / 2.5)
    x = np.r_[np.full(14, HANDLE_X), arch_x[1:-1], np.full(14, -HANDLE_X)]
    y = np.r_[up, arch_y[1:-1], up[::-1]]
    sewn = front(x, np.minimum(y, HEIGHT)) + STRAP_THICK * 0.62
    above = np.clip((y - HEIGHT) / HANDLE_RISE, 0, 1)
    lean = 0.085 if side > 0 else 0.020
    z = sewn - lean * above**1.3
    sway = (0.012 if side > 0 else -0.020) * above
    path = np.c_[x + sway, y - (0.0 if side > 0 else 0.022) * above, side * z]
    return path, np.array([0.0, 0.0, side])


def _tag(look: Look, front: Front) -> list[Part]:
    """A small woven label caught in the side seam."""
    name = name_solid(look.label, look.typeface, 0.060, 0.014, 0.0008, max_lines=1)
    if name is None:
        return []
    x, y = WIDTH * 0.335, HEIGHT * 0.115
    z = float(front(np.array([x]), np.array([y]))[0]) + 0.003
    woven = rounded_box(0.088, 0.040, 0.003, 0.001, 0.002, 2).moved(translation=(x, y, z))
    return [
        Part(woven, principled("#2A2623", 0.85, sheen=0.4)),
        Part(name.moved(translation=(x, y, z + 0.0015)), principled("#EFE8DB", 0.7)),
    ]


TOTE = Archetype(
    name="tote",
    title="Tote bag",
    build=build_tote,
    convex=False,
    words=("tote", "tote bag", "canvas bag", "canvas tote", "shopper", "shopping bag", "cotton bag", "cloth bag", "bag for life"),
    body="#E6DAC2",
    accent="#1F3A2E",
    metal="brass",
    typeface="geometric_sans",
    spin_deg=-22.0,
    options=(
        ("(?:natural|undyed|unbleached|raw|ecru|plain)(?: cotton)?(?: canvas| cotton| tote)?", "cloth", NATURAL),
        ("leather (?:handles|straps)", "strap", "leather"),
        ("colou?red handles|contrast handles", "handles", "accent"),
    ),
)
