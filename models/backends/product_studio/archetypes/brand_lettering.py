"""The brand itself as a sculpture: its name in solid capitals on a low plinth. For services and ideas without a product."""

import numpy as np

from models.backends.product_studio.archetypes.product import Archetype, Look, Part, Product, stand
from models.backends.product_studio.geometry import Mesh, merge, rounded_box, sphere, torus
from models.backends.product_studio.labels import name_solid
from models.backends.product_studio.materials import Bsdf, glazed, metal, principled

FIELD = 1.72
CAP_HEIGHT = 0.52
DEPTH, BEVEL = 0.24, 0.016
PLINTH_HEIGHT, PLINTH_DEPTH = 0.055, 0.50


def build_lettering(look: Look, rng: np.random.Generator) -> Product:
    """Stands front to the viewer; a name of several words is stacked."""
    words = name_solid(look.label.upper(), look.typeface, FIELD, CAP_HEIGHT, DEPTH, BEVEL, max_lines=3)
    form = _mark() if words is None else words.moved(translation=(0, 0, -DEPTH / 2))
    low, high = form.bounds()
    standing = form.moved(translation=(0, PLINTH_HEIGHT - low[1], 0))
    width = float(high[0] - low[0]) + 0.22
    plinth = rounded_box(width, PLINTH_HEIGHT, PLINTH_DEPTH, 0.010, 0.010).moved(translation=(0, PLINTH_HEIGHT / 2, 0))
    height = PLINTH_HEIGHT + float(high[1] - low[1])
    parts = [Part(standing, _letter_surface(look)), Part(plinth, glazed(look.accent, 0.14))]
    details = ((float(low[0]) + 0.3, height * 0.55, DEPTH / 2), (0.0, height * 0.5, DEPTH / 2), (float(high[0]) - 0.2, height, DEPTH / 2))
    return stand(parts, look, (0, height * 0.5, DEPTH / 2), details)


def _letter_surface(look: Look) -> Bsdf:
    if look.option("finish") == "lacquer":
        return principled(look.body, 0.22, specular=0.6, coat=1.0)
    return metal(look.metal, 0.11)


def _mark() -> Mesh:
    """Without a name: a ball resting in a ring."""
    return merge([sphere(0.34, 96).moved(translation=(0, 0.34, 0)), torus(0.37, 0.055, 160, 32).moved(translation=(0, 0.055, 0))])


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
        "bakery",
        "hotel",
        "gym",
        "school",
        "plumber",
        "plumbing",
        "repair",
        "cleaning",
        "insurance",
        "bank",
        "travel",
        "real estate",
    ),
    body="#1F2F4A",
    accent="#E9E2D6",
    metal="gold",
    typeface="modern_grotesk",
    spin_deg=-14.0,
)
