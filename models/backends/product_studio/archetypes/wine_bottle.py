"""A bottle of wine: dark glass with high shoulders, a paper label, a foil capsule over the cork."""

import numpy as np

from models.backends.product_studio.archetypes.product import Archetype, Look, Part, Product, stand
from models.backends.product_studio.colours import mixed
from models.backends.product_studio.geometry import Mesh, extrusion, fillet, lathe, merge
from models.backends.product_studio.labels import brand_block, name_solid, rule_solid
from models.backends.product_studio.materials import bumped, foil, principled
from models.backends.product_studio.textures import paper_tooth

RADIUS, SHOULDER_Y, NECK, NECK_Y, HEIGHT = 0.265, 1.06, 0.096, 1.34, 1.80
LABEL_LOW, LABEL_HIGH, LABEL_DEG = 0.30, 0.88, 62.0
CAPSULE_Y = 1.44
PAPER = "#FBF6EA"
BAND = 0.085  # of coloured paper at the label's foot
CREST = 0.064  # radius of the ring round the initial


def build_wine_bottle(look: Look, rng: np.random.Generator) -> Product:
    """Stands with its label to the viewer. Dark glass with wine behind it lets nothing through: its surface is what one sees."""
    glass = principled(mixed("#0B120C", look.accent, 0.06), 0.05, specular=0.75, coat=1.0, coat_gloss=0.98)
    paper = bumped(principled(PAPER, 0.62, specular=0.35, sheen=0.3), paper_tooth(512, int(rng.integers(1 << 30))), 0.002)
    band = principled(look.body, 0.5, specular=0.35)
    parts = [
        Part(_bottle(), glass),
        Part(_capsule(), principled(look.body, 0.34, metallic=0.55, specular=0.6)),
        Part(_label(LABEL_LOW, LABEL_HIGH, 0.002), paper),
        Part(_label(LABEL_LOW, LABEL_LOW + BAND, 0.0028), band),
    ]
    middle, face = (LABEL_LOW + LABEL_HIGH) / 2, RADIUS + 0.0022
    field = RADIUS * np.radians(LABEL_DEG) * 1.5
    hair = RADIUS * np.radians(LABEL_DEG) * 1.82
    printed = [rule_solid(hair, 0.0036, 0.0012).moved(translation=(0, LABEL_HIGH - 0.032 - middle, 0))]
    block = brand_block(look.label, look.sublabel, look.typeface, field, 0.090)
    if block is not None:
        printed.append(block.moved(translation=(0, -0.055, 0)))
    printed += _crest(look)
    face_ink = merge([solid.bent(face) for solid in printed]).moved(translation=(0, middle, 0))
    parts.append(Part(face_ink, foil(look.metal, PAPER, look.body)))
    rows = [rule_solid(width, 0.0042, 0.0012).moved(translation=(0, y, 0)) for width, y in ((hair, 0.066), (0.16, 0.044), (0.10, 0.030))]
    vines = merge([solid.bent(face + 0.0008) for solid in rows]).moved(translation=(0, LABEL_LOW, 0))
    parts.append(Part(vines, foil(look.metal, look.body, PAPER)))
    details = ((0.0, middle, RADIUS), (0.0, CAPSULE_Y + 0.2, NECK), (0.0, SHOULDER_Y, RADIUS * 0.8))
    return stand(parts, look, (0, middle, RADIUS), details)


def _bottle() -> Mesh:
    """Foot with its punt, body, shoulders, neck up to under the capsule."""
    points = [
        (0, 0.09),
        (0.13, 0.02),
        (RADIUS - 0.03, 0.0),
        (RADIUS, 0.03),
        (RADIUS, SHOULDER_Y),
        (NECK, NECK_Y),
        (NECK, HEIGHT - 0.02),
        (0, HEIGHT - 0.02),
    ]
    return lathe(fillet(points, [0, 0.04, 0.02, 0.02, 0.16, 0.14, 0.004, 0], 16), 192)


def _capsule() -> Mesh:
    """Foil from below the lip over the top, the lip showing through it as a ring."""
    low, wide = CAPSULE_Y, NECK + 0.0035
    points = [
        (wide - 0.002, low),
        (wide, low + 0.004),
        (wide, HEIGHT - 0.115),
        (wide + 0.014, HEIGHT - 0.105),
        (wide + 0.014, HEIGHT - 0.062),
        (wide, HEIGHT - 0.052),
        (wide, HEIGHT),
        (0, HEIGHT),
    ]
    return lathe(fillet(points, [0, 0.002, 0.01, 0.006, 0.006, 0.01, 0.014, 0], 8), 144)


def _crest(look: Look) -> list[Mesh]:
    """The name's first letter in a double ring, above the name; nothing on a bottle without one."""
    initial = name_solid(look.label.strip()[:1], look.typeface, CREST * 1.5, CREST * 0.95)
    if initial is None:
        return []
    turn = np.linspace(0, 2 * np.pi, 65)[:-1]
    circle = np.c_[np.cos(turn), np.sin(turn)]
    rings = [extrusion([circle * CREST * out, circle[::-1] * CREST * into], 0.0016) for out, into in ((1.30, 1.245), (1.19, 1.165))]
    up = (0, (LABEL_HIGH - LABEL_LOW) / 2 - 0.145, 0)
    return [solid.moved(translation=up) for solid in (initial, *(ring.moved(translation=(0, 0, 0.0008)) for ring in rings))]


def _label(low: float, high: float, above: float) -> Mesh:
    """A band of paper round the front, just above the glass."""
    out = RADIUS + above
    profile = fillet([(RADIUS - 0.004, low), (out, low), (out, high), (RADIUS - 0.004, high)], [0, 0.0008, 0.0008, 0], 3)
    band = lathe(profile, 96, -LABEL_DEG, LABEL_DEG)
    return band.with_uv(band.uv * np.array([1.6, 1.2]))


WINE_BOTTLE = Archetype(
    name="wine_bottle",
    title="Bottle of wine",
    build=build_wine_bottle,
    convex=True,
    round=True,
    words=(
        "wine",
        "red wine",
        "white wine",
        "wine bottle",
        "bottle of wine",
        "sparkling wine",
        "prosecco",
        "cava",
        "vineyard",
        "winery",
        "champagne bottle",
        "bottle of champagne",
        "olive oil",
        "balsamic vinegar",
        "cider",
    ),
    body="#5E1526",
    accent="#C8A15A",
    metal="gold",
    typeface="luxury_serif",
    spin_deg=-6.0,
)
