"""A spirit in clear glass: a square-shouldered decanter with a heavy foot, the spirit's own colour, a stopper of cork and wood."""

import numpy as np

from models.backends.product_studio.archetypes.product import Archetype, Look, Part, Product, stand
from models.backends.product_studio.geometry import Mesh, fillet, lathe, merge
from models.backends.product_studio.labels import brand_block, frame_solid
from models.backends.product_studio.materials import bumped, dielectric, foil, picture, principled, srgb_to_linear
from models.backends.product_studio.textures import paper_tooth, wood

RADIUS, SHOULDER_Y, NECK, NECK_Y, HEIGHT = 0.36, 0.92, 0.115, 1.12, 1.30
WALL, FLOOR, LEVEL = 0.03, 0.11, 0.84
LABEL_LOW, LABEL_HIGH, LABEL_DEG = 0.26, 0.70, 50.0
PAPER = "#F1EBDD"


def build_spirit_bottle(look: Look, rng: np.random.Generator) -> Product:
    """Stands with its label to the viewer."""
    seed = int(rng.integers(1 << 30))
    inner = RADIUS - WALL
    paper = bumped(principled(PAPER, 0.7, specular=0.3), paper_tooth(512, seed), 0.002)
    oak = principled(picture((wood(512, seed + 1, (0.42, 0.28, 0.17), (0.26, 0.16, 0.09)) * 255).astype(np.uint8)), 0.42, specular=0.4)
    parts = [
        Part(_glass(), dielectric((0.985, 0.992, 0.99))),
        # Spirit and air are cavities in the glass, each with the step of refractive index at its own wall.
        Part(_cavity(inner, FLOOR, LEVEL, 0.05), dielectric(_spirit(look.accent), 1.36, 1.5)),
        Part(_headspace(inner), dielectric((1, 1, 1), 1.0, 1.5)),
        Part(_cork(), principled("#C39A6B", 0.8)),
        Part(_stopper(), oak),
        Part(_label(), paper),
    ]
    middle, face = (LABEL_LOW + LABEL_HIGH) / 2, RADIUS + 0.0022
    half = RADIUS * np.radians(LABEL_DEG)
    printed = [frame_solid(half * 1.84, LABEL_HIGH - LABEL_LOW - 0.05, 0.0036, 0.0012).refined(0.02)]
    block = brand_block(look.label, look.sublabel, look.typeface, half * 1.62, 0.105)
    if block is not None:
        printed.append(block)
    parts.append(Part(merge([solid.bent(face) for solid in printed]).moved(translation=(0, middle, 0)), foil(look.metal, PAPER, look.body)))
    details = ((0.0, middle, RADIUS), (0.0, HEIGHT + 0.1, NECK), (RADIUS * 0.7, LEVEL, RADIUS * 0.7))
    return stand(parts, look, (0, middle, RADIUS), details)


def _glass() -> Mesh:
    points = [
        (0, 0.0),
        (RADIUS - 0.02, 0.0),
        (RADIUS, 0.03),
        (RADIUS, SHOULDER_Y),
        (NECK + 0.02, NECK_Y),
        (NECK, NECK_Y + 0.03),
        (NECK, HEIGHT - 0.05),
        (NECK + 0.022, HEIGHT - 0.045),
        (NECK + 0.022, HEIGHT),
        (0, HEIGHT),
    ]
    return lathe(fillet(points, [0, 0.02, 0.02, 0.10, 0.02, 0.02, 0.008, 0.008, 0.012, 0], 12), 192)


def _cavity(radius: float, low: float, high: float, corner: float) -> Mesh:
    return lathe(fillet([(0, low), (radius, low), (radius, high), (0, high)], [0, corner, 0.004, 0], 10), 160)


def _headspace(inner: float) -> Mesh:
    """The air over the spirit, up into the neck."""
    low, neck = LEVEL + 0.004, NECK - WALL
    points = [(0, low), (inner, low), (inner, SHOULDER_Y - 0.02), (neck, NECK_Y), (neck, HEIGHT - 0.14), (0, HEIGHT - 0.14)]
    return lathe(fillet(points, [0, 0.004, 0.08, 0.03, 0.01, 0], 10), 160)


def _cork() -> Mesh:
    return lathe(fillet([(0, HEIGHT - 0.004), (NECK - 0.004, HEIGHT - 0.004), (NECK - 0.004, HEIGHT + 0.03), (0, HEIGHT + 0.03)], 0), 96)


def _stopper() -> Mesh:
    """Turned oak; the grain runs across."""
    low = HEIGHT + 0.028
    head = lathe(fillet([(0, low), (0.165, low), (0.17, low + 0.17), (0, low + 0.17)], [0, 0.012, 0.03, 0], 10), 144)
    return head.with_uv(np.c_[head.vertices[:, 0] + 0.5, head.vertices[:, 1] * 0.6 + head.vertices[:, 2] * 0.8])


def _label() -> Mesh:
    low, high, out = LABEL_LOW, LABEL_HIGH, RADIUS + 0.002
    profile = fillet([(RADIUS + 0.0004, low), (out, low), (out, high), (RADIUS + 0.0004, high)], [0, 0.0005, 0.0005, 0], 3)
    band = lathe(profile, 96, -LABEL_DEG, LABEL_DEG)
    return band.with_uv(band.uv * np.array([1.6, 1.0]))


def _spirit(color: str) -> tuple[float, float, float]:
    """Tint for one passage through its wall: the accent's hue, thin enough that light comes through."""
    linear = np.maximum(srgb_to_linear(color), 1e-3)
    r, g, b = (linear / linear.max()) ** 0.6 * 0.96
    return (float(r), float(g), float(b))


SPIRIT_BOTTLE = Archetype(
    name="spirit_bottle",
    title="Spirit bottle",
    build=build_spirit_bottle,
    convex=True,
    round=True,
    words=(
        "whisky",
        "whiskey",
        "bourbon",
        "rum",
        "gin",
        "vodka",
        "tequila",
        "mezcal",
        "cognac",
        "brandy",
        "craft spirits",
        "liqueur",
        "maple syrup",
    ),
    body="#2A1D14",
    accent="#C77A2B",
    metal="gold",
    typeface="engraved_caps",
    spin_deg=-8.0,
)
