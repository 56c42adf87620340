"""The brand itself as a sculpture: its name in solid capitals on a shelf. For services and ideas without a product."""

import numpy as np

from models.backends.product_studio.archetypes.product import Archetype, Look, Part, Product, stand
from models.backends.product_studio.geometry import Mesh, merge, rounded_box, sphere, torus
from models.backends.product_studio.geometry.lettering import lettering, line_width
from models.backends.product_studio.labels import fitted
from models.backends.product_studio.materials import Bsdf, glazed, metal, principled
from models.typefaces import TYPEFACES, font_file

FIELD = 1.72
CAP_HEIGHT = 0.52
DEPTH, BEVEL = 0.24, 0.016
SHELF, SHELF_DEPTH = 0.05, 0.42


def build_lettering(look: Look, rng: np.random.Generator) -> Product:
    """Stands front to the viewer; a name of several words is stacked, each line on its own shelf."""
    lines = _lines(look)
    forms, shelves, y = [], [], 0.0
    width = max(float(line.bounds()[1][0] - line.bounds()[0][0]) for line, _ in lines) + 0.22
    for line, baseline in reversed(lines):
        shelf = rounded_box(width, SHELF, SHELF_DEPTH, 0.010, 0.014).moved(translation=(0, y + SHELF / 2, 0))
        shelves.append(shelf)
        forms.append(line.moved(translation=(0, y + SHELF - baseline, -DEPTH / 2)))
        y += SHELF + float(line.bounds()[1][1]) - baseline
    parts = [Part(merge(forms), _letter_surface(look)), Part(merge(shelves), glazed(look.accent, 0.14))]
    left = float(forms[0].bounds()[0][0])
    details = ((left + 0.3, SHELF + 0.2 * y, DEPTH / 2), (0.0, y * 0.5, DEPTH / 2), (-left - 0.2, y, DEPTH / 2))
    return stand(parts, look, (0, y * 0.5, DEPTH / 2), details)


def _lines(look: Look) -> list[tuple[Mesh, float]]:
    """Each line in relief and where its baseline lies; the mark when there is no name to set."""
    font, tracking = font_file(look.typeface), max(TYPEFACES[look.typeface].tracking, 0.03)
    setting = fitted(look.label.strip().upper(), lambda line, gap: line_width(line, font, CAP_HEIGHT, gap), FIELD, tracking, max_lines=3)
    cap = CAP_HEIGHT * setting.scale
    set_lines = [lettering(line, font, cap, DEPTH, BEVEL, tracking, max_width=FIELD) for line in setting.lines]
    return [(line, -cap / 2) for line in set_lines if line is not None] or [(_mark(), 0.0)]


def _letter_surface(look: Look) -> Bsdf:
    if look.option("finish") == "lacquer":
        return principled(look.body, 0.22, specular=0.6, coat=1.0)
    return metal(look.metal, 0.11)


def _mark() -> Mesh:
    """Without a name: a ball resting in a ring."""
    ball = sphere(0.34, 96).moved(translation=(0, 0.34, DEPTH / 2))
    return merge([ball, torus(0.37, 0.055, 160, 32).moved(translation=(0, 0.055, DEPTH / 2))])


LETTERING = Archetype(
    name="lettering",
    title="The brand in solid letters",
    build=build_lettering,
    convex=False,
    words=(
        "lettering",
        "brand",
        "logo",
        "service",
        "agency",
        "consulting",
        "company",
        "business",
        "event",
        "festival",
        "course",
        "clinic",
        "restaurant",
        "hotel",
        "gym",
        "school",
        "plumber",
        "plumbing",
        "insurance",
        "real estate",
    ),
    body="#1F2F4A",
    accent="#E9E2D6",
    metal="gold",
    typeface="modern_grotesk",
    spin_deg=-14.0,
    general=True,
)
