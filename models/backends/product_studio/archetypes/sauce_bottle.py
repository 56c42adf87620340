"""A slim bottle of sauce: glass with the sauce in it, a paper label round its body, a plastic cap on a long neck."""

import numpy as np

from models.backends.product_studio.archetypes.product import Archetype, Look, Part, Product, stand
from models.backends.product_studio.colours import contrast_ratio, is_dark, mixed
from models.backends.product_studio.geometry import Mesh, fillet, lathe, merge
from models.backends.product_studio.geometry.lofts import loft
from models.backends.product_studio.labels import brand_block, rule_solid
from models.backends.product_studio.materials import bumped, principled
from models.backends.product_studio.textures import paper_tooth

RADIUS, SHOULDER_Y, NECK, NECK_Y, HEIGHT = 0.205, 0.80, 0.075, 1.02, 1.30
LABEL_LOW, LABEL_HIGH, LABEL_DEG = 0.16, 0.68, 118.0
CAP_Y = 1.135
SAUCES: tuple[tuple[str, str], ...] = (
    ("green", "#5E6B1E"),
    ("soy", "#1C0F0A"),
    ("dark", "#1C0F0A"),
    ("mustard", "#C9971E"),
    ("red", "#8E1B0E"),
)
"""What is in it, by the option `sauce`."""


def build_sauce_bottle(look: Look, rng: np.random.Generator) -> Product:
    """Stands with its label to the viewer. Sauce lets no light through: the glass over it is a gloss."""
    sauce = dict(SAUCES)[look.option("sauce", "red")]
    glass = principled(sauce, 0.07, specular=0.7, coat=1.0, coat_gloss=0.97)
    label = look.body if contrast_ratio(look.body, sauce) > 2.2 else "#F6EEDC"
    paper = bumped(principled(label, 0.6, specular=0.35, sheen=0.2), paper_tooth(512, int(rng.integers(1 << 30))), 0.002)
    trim = look.accent if contrast_ratio(look.accent, label) > 1.3 else mixed(label, "#101012", 0.6)
    parts = [
        Part(_bottle(), glass),
        Part(_cap(), principled(trim, 0.34, specular=0.5, coat=0.25)),
        Part(_label(LABEL_LOW, LABEL_HIGH, 0.002), paper),
    ]
    parts.append(
        Part(merge([_label(low, low + 0.034, 0.0028) for low in (LABEL_LOW, LABEL_HIGH - 0.034)]), principled(trim, 0.5, specular=0.35))
    )
    middle, face = (LABEL_LOW + LABEL_HIGH) / 2, RADIUS + 0.0022
    printed = [rule_solid(0.16, 0.0036, 0.0012).moved(translation=(0, y, 0)) for y in (-0.165, 0.165)]
    block = brand_block(look.label, look.sublabel, look.typeface, RADIUS * 1.40, 0.088)
    if block is not None:
        printed.append(block)
    ink = principled("#F8F6F0" if is_dark(label) else "#241A14", 0.5)
    parts.append(Part(merge([solid.bent(face) for solid in printed]).moved(translation=(0, middle, 0)), ink))
    return stand(
        parts,
        look,
        (0, middle, RADIUS),
        ((0.0, CAP_Y + 0.01, NECK), (0.0, middle, RADIUS), (0.0, LABEL_HIGH, RADIUS), (0.0, SHOULDER_Y, RADIUS * 0.8)),
    )


def _bottle() -> Mesh:
    points = [
        (0, 0.05),
        (0.10, 0.012),
        (RADIUS - 0.022, 0.0),
        (RADIUS, 0.026),
        (RADIUS, SHOULDER_Y),
        (NECK, NECK_Y),
        (NECK, HEIGHT - 0.12),
        (0, HEIGHT - 0.12),
    ]
    return lathe(fillet(points, [0, 0.03, 0.016, 0.016, 0.11, 0.12, 0.004, 0], 14), 176)


def _label(low: float, high: float, above: float) -> Mesh:
    """A band of paper most of the way round, just above the glass."""
    out = RADIUS + above
    band = lathe(
        fillet([(RADIUS - 0.004, low), (out, low), (out, high), (RADIUS - 0.004, high)], [0, 0.0008, 0.0008, 0], 3),
        128,
        -LABEL_DEG,
        LABEL_DEG,
    )
    return band.with_uv(band.uv * np.array([2.4, 1.2]))


def _cap() -> Mesh:
    """A screw cap with ribs for the fingers, which end below a smooth top."""
    ribs, points = 40, 320
    t = np.linspace(0, 2 * np.pi, points, endpoint=False)
    rings = []
    for level in np.linspace(0, 1, 22):
        edge = np.clip(np.minimum(level / 0.06, (1 - level) / 0.10), 0, 1)
        rib = 0.0026 * np.clip((0.80 - level) / 0.06, 0, 1) * np.cos(ribs * t)
        radius = NECK + 0.020 - 0.006 * level - 0.010 * (1 - edge) ** 2 + rib
        rings.append(np.c_[np.cos(t) * radius, np.full(points, CAP_Y + (HEIGHT - CAP_Y) * level), np.sin(t) * radius])
    rings += [rings[-1] * (share, 1.0, share) for share in (0.9, 0.02)]  # the top
    return loft(np.array(rings))


SAUCE_BOTTLE = Archetype(
    name="sauce_bottle",
    title="Sauce bottle",
    build=build_sauce_bottle,
    convex=True,
    round=True,
    words=(
        "sauce bottle",
        "sauce",
        "hot sauce",
        "chilli sauce",
        "chili sauce",
        "bbq sauce",
        "barbecue sauce",
        "soy sauce",
        "ketchup",
        "mustard",
        "vinegar bottle",
        "dressing",
        "salad dressing",
        "sriracha",
    ),
    body="#F6EEDC",
    accent="#2A6B3A",
    typeface="friendly_rounded",
    spin_deg=-8.0,
    options=(
        (r"green|jalape[nñ]o|herb|mint|dressing|pesto", "sauce", "green"),
        (r"soy|worcester\w*|teriyaki|vinegar|balsamic|bbq|barbecue", "sauce", "dark"),
        (r"mustard|honey mustard|mango", "sauce", "mustard"),
    ),
)
