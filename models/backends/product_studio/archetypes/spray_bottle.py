"""A trigger spray: a waisted bottle with sloping shoulders, a ribbed collar, a head with nozzle and trigger."""

import numpy as np

from models.backends.product_studio.archetypes.product import Archetype, Look, Part, Product, stand
from models.backends.product_studio.colours import contrast_ratio, is_dark, mixed
from models.backends.product_studio.geometry import Mesh, circle, fillet, lathe, merge, prism, rotation, tube
from models.backends.product_studio.geometry.lofts import draped, loft, superellipse
from models.backends.product_studio.geometry.mesh import Floats
from models.backends.product_studio.labels import brand_block, rule_solid
from models.backends.product_studio.materials import principled

WIDTH, DEPTH = 0.62, 0.38
SHOULDER, NECK_Y, NECK = 0.80, 1.00, 0.105
COLLAR_TOP = 1.135
BLOCK_Y = 0.44


def build_spray(look: Look, rng: np.random.Generator) -> Product:
    """Stands with its print to the viewer, nozzle to the viewer's left."""
    body = principled(look.body, 0.30, specular=0.5, coat=0.35)
    head = principled("#F5F4F0" if not _pale(look.body) else "#EDEBE5", 0.34, specular=0.5, coat=0.2)
    lever = principled(look.accent if contrast_ratio(look.accent, look.body) > 1.3 else mixed(look.body, "#101012", 0.5), 0.34, coat=0.25)
    parts = [Part(_bottle(), body), Part(merge([_head(), _nozzle_block()]), head), Part(merge([_trigger(), _collar(), _nozzle()]), lever)]
    ink = principled("#F8F6F0" if is_dark(look.body) else "#202022", 0.42)
    marks = [draped(rule_solid(0.30, 0.004).moved(translation=(0, 0.17, 0)), _front)]
    block = brand_block(look.label, look.sublabel, look.typeface, WIDTH * 0.70, 0.092, 0.0016, rule=False)
    if block is not None:
        marks.append(draped(block.moved(translation=(0, BLOCK_Y, 0)), _front))
    parts.append(Part(merge(marks), ink))
    details = ((0.0, BLOCK_Y, DEPTH / 2), (-0.20, 1.26, 0.05), (0.0, COLLAR_TOP - 0.06, 0.12))
    return stand(parts, look, (0, 0.62, DEPTH / 2), details)


def _pale(colour: str) -> bool:
    return contrast_ratio(colour, "#F5F4F0") < 1.25


def _size(y: Floats) -> tuple[Floats, Floats]:
    """Width and depth: a waist to hold it by, shoulders that slope to the neck."""
    waist = 1 - 0.10 * np.exp(-(((y - 0.70) / 0.16) ** 2)) * (y < SHOULDER + 0.2)
    slope = np.clip((y - SHOULDER) / (NECK_Y - SHOULDER), 0, 1)
    ease = slope * slope * (3 - 2 * slope)
    return (WIDTH * waist) * (1 - ease) + 2 * NECK * ease, (DEPTH * waist) * (1 - ease) + 2 * NECK * ease


def _front(x: Floats, y: Floats) -> Floats:
    width, depth = _size(y)
    return depth / 2 * np.clip(1 - np.abs(2 * x / width) ** 2.8, 1e-4, 1) ** (1 / 2.8) + 0.0006


def _bottle() -> Mesh:
    rings = []
    foot = 0.04
    for y in np.r_[np.linspace(0, foot, 10), np.linspace(foot + 0.01, NECK_Y + 0.03, 110)]:
        width, depth = (float(v[0]) for v in _size(np.array([y])))
        tuck = 0.05 * (1 - np.sqrt(max(0.0, 1 - (1 - min(y / foot, 1)) ** 2)))
        ease = float(np.clip((y - SHOULDER) / (NECK_Y - SHOULDER), 0, 1))
        ring = superellipse(width - 2 * tuck, depth - 2 * tuck, 2.8 - 0.8 * ease, 160)
        rings.append(np.c_[ring[:, 0], np.full(len(ring), y), ring[:, 1]])
    return loft(np.array(rings))


def _collar() -> Mesh:
    """A screw cap with grip ribs."""
    low, high, ribs, points = NECK_Y - 0.005, COLLAR_TOP, 48, 384
    t = np.linspace(0, 2 * np.pi, points, endpoint=False)
    rings = []
    for level in np.linspace(0, 1, 16):
        ease = np.clip(np.minimum(level, 1 - level) / 0.12, 0, 1)
        radius = 0.130 - 0.014 * level - 0.010 * (1 - ease) ** 2 + 0.0035 * ease * np.cos(ribs * t)
        rings.append(np.c_[np.cos(t) * radius, np.full(points, low + (high - low) * level), np.sin(t) * radius])
    return loft(np.array(rings))


def _head() -> Mesh:
    """The pump's shroud from the side: a back that rises from the collar, a top that runs forward to the nozzle."""
    side = [
        (0.095, COLLAR_TOP - 0.01),
        (0.150, 1.24),
        (0.165, 1.345),
        (0.05, 1.375),
        (-0.24, 1.335),
        (-0.24, 1.215),
        (-0.10, 1.205),
        (-0.085, COLLAR_TOP - 0.01),
    ]
    return prism(fillet(side[::-1], [0.03, 0.04, 0.035, 0.035, 0.09, 0.06, 0.05, 0.03], 8, closed=True), 0.165, 0.024, 8)


def _nozzle_block() -> Mesh:
    return lathe(fillet([(0, 0), (0.060, 0), (0.060, 0.05), (0, 0.05)], [0, 0.01, 0.01, 0], 6), 64).moved(
        rotation("z", 90), (-0.225, 1.275, 0)
    )


def _nozzle() -> Mesh:
    return (
        lathe(fillet([(0, 0), (0.050, 0), (0.044, 0.06), (0, 0.055)], [0, 0.008, 0.008, 0], 6), 8)
        .faceted()
        .moved(rotation("z", 90), (-0.272, 1.275, 0))
    )


def _trigger() -> Mesh:
    line = np.array([(-0.105, 1.225), (-0.150, 1.17), (-0.172, 1.10), (-0.170, 1.03), (-0.195, 0.965)])
    t, fine = np.linspace(0, 1, len(line)), np.linspace(0, 1, 40)
    path = np.c_[np.interp(fine, t, line[:, 0]), np.interp(fine, t, line[:, 1]), np.zeros(40)]
    for _ in range(6):  # a bent lever, not a folded one
        path[1:-1] = (path[:-2] + 2 * path[1:-1] + path[2:]) / 4
    ring = circle(1.0, 40)
    flat = type(ring)(ring.points * np.array([0.052, 0.020]), ring.normals)
    return tube(path, flat, up=(1.0, 0.0, 0.0))


SPRAY_BOTTLE = Archetype(
    name="spray",
    title="Trigger spray",
    build=build_spray,
    convex=False,
    words=(
        "spray bottle",
        "trigger spray",
        "stain remover",
        "cleaning spray",
        "surface cleaner",
        "bathroom cleaner",
        "glass cleaner",
        "kitchen cleaner",
        "degreaser",
    ),
    body="#2E7F8C",
    accent="#FFC94A",
    typeface="friendly_rounded",
    spin_deg=-14.0,
)
