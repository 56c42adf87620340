"""A cosmetics jar: a heavy opal or frosted glass pot under a spun metal lid, printed with the brand."""

import numpy as np

from models.backends.product_studio.archetypes.product import Archetype, Look, Part, Product, stand
from models.backends.product_studio.geometry import Mesh, fillet, lathe
from models.backends.product_studio.labels import brand_block
from models.backends.product_studio.materials import foil, glazed, metal

RADIUS, HEIGHT = 0.60, 0.60
LID_RADIUS, LID_HEIGHT = 0.605, 0.30
GAP = 0.014


def build_jar(look: Look, rng: np.random.Generator) -> Product:
    """Stands with its print to the viewer."""
    polished, spun = metal(look.metal, 0.07), metal(look.metal, (0.06, 0.20))
    parts = [
        Part(_pot(), glazed(look.body, 0.09)),
        Part(_neck(), polished),
        Part(_lid(), spun),
        Part(_lid_top(), metal(look.metal, (0.20, 0.08))),
    ]
    block = brand_block(look.label, look.sublabel, look.typeface, 0.80, 0.088)
    if block is not None:
        parts.append(Part(block.bent(RADIUS).moved(translation=(0, HEIGHT * 0.50, 0)), foil(look.metal, look.body, look.accent)))
    top = HEIGHT + GAP + LID_HEIGHT
    return stand(parts, look, (0, HEIGHT * 0.6, RADIUS), ((0.0, HEIGHT * 0.5, RADIUS), (0.25, HEIGHT + GAP, 0.55), (0.0, top, 0.2)))


def _pot() -> Mesh:
    return lathe(fillet([(0, 0.02), (0.44, 0.0), (RADIUS, 0.0), (RADIUS, HEIGHT), (0, HEIGHT)], [0, 0.03, 0.10, 0.030, 0], 14), 192)


def _neck() -> Mesh:
    return lathe(fillet([(0, HEIGHT - 0.01), (0.575, HEIGHT - 0.01), (0.575, HEIGHT + GAP + 0.01), (0, HEIGHT + GAP + 0.01)], 0), 128)


def _lid() -> Mesh:
    foot, top = HEIGHT + GAP, HEIGHT + GAP + LID_HEIGHT
    steps = [(0, foot), (LID_RADIUS, foot), (LID_RADIUS, top), (0.50, top)]
    return lathe(fillet(steps, [0, 0.010, 0.034, 0], 10), 192)


def _lid_top() -> Mesh:
    """The lid's spun face: very slightly dished, brushed in circles."""
    top = HEIGHT + GAP + LID_HEIGHT
    radii = np.linspace(0.50, 0.0, 24)
    return lathe(fillet([(float(r), top - 0.006 * (1 - (r / 0.5) ** 2)) for r in radii], 0.4, 2), 192)


JAR = Archetype(
    name="jar",
    title="Cosmetics jar",
    build=build_jar,
    convex=True,
    round=True,
    words=(
        "jar",
        "tub",
        "ice cream",
        "day cream",
        "eye cream",
        "skin cream",
        "face cream",
        "moisturizer",
        "moisturiser",
        "balm",
        "body butter",
        "cosmetics jar",
        "night cream",
        "face mask",
    ),
    default_sublabel="Cream",
    body="#F4ECE2",
    accent="#E3B9A0",
    metal="gold",
    typeface="luxury_serif",
    spin_deg=-8.0,
)
