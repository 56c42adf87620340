"""A squeeze tube standing on its cap: round at the cap, flat and crimped at the top."""

import numpy as np

from models.backends.product_studio.archetypes.product import Archetype, Look, Part, Product, stand
from models.backends.product_studio.colours import is_dark
from models.backends.product_studio.geometry import Mesh, fillet, lathe, merge
from models.backends.product_studio.geometry.lofts import draped, loft, superellipse
from models.backends.product_studio.geometry.mesh import Floats
from models.backends.product_studio.labels import brand_block, rule_solid
from models.backends.product_studio.materials import metal, principled

RADIUS, CAP_HEIGHT, SHOULDER, TOP = 0.27, 0.26, 0.30, 1.50
SEAL = 0.13
FLAT_WIDTH = 2 * RADIUS * 1.22


def build_tube(look: Look, rng: np.random.Generator) -> Product:
    """Stands on its cap, print to the viewer."""
    parts = [Part(_body(), principled(look.body, 0.36, specular=0.5, coat=0.15)), Part(_cap(), metal(look.metal, (0.08, 0.18)))]
    ink = principled("#F8F5EE" if is_dark(look.body) else "#23211F", 0.45)
    marks = [draped(rule_solid(0.34, 0.0032).moved(translation=(0, SHOULDER + 0.14, 0)), _front)]
    block = brand_block(look.label, look.sublabel, look.typeface, RADIUS * 1.5, 0.085, 0.0014, rule=False)
    if block is not None:
        marks.append(draped(block.moved(translation=(0, 0.98, 0)), _front))
    parts.append(Part(merge(marks), ink))
    details = ((0.0, 0.98, RADIUS * 0.6), (0.0, CAP_HEIGHT, RADIUS), (0.1, TOP - SEAL / 2, 0.02))
    return stand(parts, look, (0, 0.95, RADIUS * 0.6), details)


def _level(y: Floats) -> Floats:
    return np.clip((y - SHOULDER) / (TOP - SEAL - SHOULDER), 0, 1)


def _width(y: Floats) -> Floats:
    return 2 * RADIUS + (FLAT_WIDTH - 2 * RADIUS) * _level(y) ** 1.3


def _depth(y: Floats) -> Floats:
    return np.maximum(2 * RADIUS * (1 - _level(y) ** 1.5), 0.014)


def _front(x: Floats, y: Floats) -> Floats:
    return _depth(y) / 2 * np.sqrt(np.clip(1 - (2 * x / _width(y)) ** 2, 1e-4, 1)) + 0.0006


def _body() -> Mesh:
    rings = []
    for y in np.r_[
        CAP_HEIGHT + 0.002,
        np.linspace(CAP_HEIGHT + 0.012, SHOULDER, 8),
        np.linspace(SHOULDER + 0.01, TOP - SEAL, 70),
        np.linspace(TOP - SEAL + 0.004, TOP, 50),
    ]:
        at = np.array([y])
        swell = 0.90 if y < CAP_HEIGHT + 0.01 else 1.0
        ring = superellipse(float(_width(at)[0]) * swell, float(_depth(at)[0]) * swell, 2.0, 144)
        rib = 0.0016 * np.sin((y - TOP) * 2 * np.pi / 0.02) if y > TOP - SEAL * 0.8 else 0.0
        rings.append(np.c_[ring[:, 0], np.full(len(ring), y), ring[:, 1] + np.sign(ring[:, 1]) * rib])
    return loft(np.array(rings))


def _cap() -> Mesh:
    outer = RADIUS + 0.004
    points = [(0, 0.0), (outer - 0.012, 0.0), (outer, CAP_HEIGHT), (0, CAP_HEIGHT)]
    return lathe(fillet(points, [0, 0.016, 0.010, 0], 8), 160)


SQUEEZE_TUBE = Archetype(
    name="tube",
    title="Squeeze tube",
    build=build_tube,
    convex=True,
    words=(
        "tube",
        "cosmetics tube",
        "hand cream",
        "toothpaste",
        "sunscreen",
        "sun cream",
        "lotion",
        "body lotion",
        "cleanser",
        "face wash",
        "hair mask",
        "ointment",
    ),
    body="#C9D5CB",
    accent="#E7DCC8",
    metal="champagne",
    typeface="geometric_sans",
    spin_deg=-8.0,
)
