"""The brand itself as a sculpture: its name in solid capitals on a rack of shelves, the sign of its trade above. For services and
ideas without a product, and for what fits in no studio."""

import numpy as np

from models.backends.product_studio.archetypes.emblems import emblem
from models.backends.product_studio.archetypes.product import Archetype, Look, Part, Product, stand
from models.backends.product_studio.geometry import Mesh, merge, rounded_box, sphere, torus
from models.backends.product_studio.geometry.lettering import lettering, line_width
from models.backends.product_studio.geometry.solids import extrusion
from models.backends.product_studio.labels import fitted
from models.backends.product_studio.materials import Bsdf, glazed, metal, principled
from models.typefaces import TYPEFACES, font_file

FIELD = 1.72
CAP_HEIGHT = 0.52
DEPTH, BEVEL = 0.24, 0.016
SHELF, SHELF_DEPTH = 0.036, 0.32
AIR = 0.095  # between letters and the shelf above: without it a T reads as an I from a little higher
POST = 0.014
DISC, DISC_DEPTH = 0.80, 0.10  # the round sign: its width and depth


def build_lettering(look: Look, rng: np.random.Generator) -> Product:
    """Stands front to the viewer; a name of several words is stacked, each line on its own shelf, the sign of the trade on the top one."""
    lines = _lines(look)
    sign = look.option("emblem")
    width = max([float(line.bounds()[1][0] - line.bounds()[0][0]) for line, _ in lines] + [DISC - 0.1 if sign else 0.0]) + 0.22
    forms, rack, y = [], [], 0.0
    for n, (line, baseline) in enumerate(reversed(lines)):
        rack.append(_shelf(width, y))
        forms.append(line.moved(translation=(0, y + SHELF - baseline, -DEPTH / 2)))
        tall = float(line.bounds()[1][1]) - baseline
        if n + 1 < len(lines) or sign:
            rack += [_post(side * (width / 2 - 0.04), y + SHELF, tall + AIR) for side in (-1, 1)]
            tall += AIR
        y += SHELF + tall
    parts = [Part(merge(forms), _letter_surface(look))]
    left, named = float(forms[0].bounds()[0][0]), y
    if sign:
        rack.append(_shelf(width, y))
        middle = (0.0, y + SHELF + DISC / 2, 0.0)
        parts.append(Part(_disc().moved(translation=middle), glazed(_sign_colour(look), 0.12)))
        raised = emblem(sign, DISC * 0.58, 0.05, 0.004).moved(translation=(0.0, middle[1], DISC_DEPTH / 2))
        parts.append(Part(raised, _letter_surface(look)))
        y += SHELF + DISC
    parts.append(Part(merge(rack), glazed(look.accent, 0.14)))
    near = ((left + 0.3, SHELF + 0.2 * named, DEPTH / 2), (0.0, named * 0.5, DEPTH / 2), (-left - 0.2, named, DEPTH / 2))
    details = ((0.0, named + SHELF + DISC / 2, DEPTH / 2), *near) if sign else near
    return stand(parts, look, (0, y * 0.5, DEPTH / 2), details)


def _shelf(width: float, foot: float) -> Mesh:
    return rounded_box(width, SHELF, SHELF_DEPTH, 0.010, 0.014).moved(translation=(0, foot + SHELF / 2, 0))


def _post(x: float, foot: float, height: float) -> Mesh:
    """What carries the next shelf, behind the letters' faces."""
    return rounded_box(2 * POST, height, 2 * POST, POST * 0.4, POST * 0.4).moved(
        translation=(x, foot + height / 2, -SHELF_DEPTH / 2 + 0.05)
    )


def _disc() -> Mesh:
    """The round of the sign, around the origin."""
    around = np.linspace(0, 2 * np.pi, 160, endpoint=False)
    return extrusion([DISC / 2 * np.c_[np.cos(around), np.sin(around)]], DISC_DEPTH, 0.014)


def _sign_colour(look: Look) -> str:
    """The brand's body colour; the accent where the body is what the letters are made of."""
    return look.accent if look.option("finish") == "lacquer" else look.body


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
    return metal(look.metal, 0.26)  # brushed: a mirror is black in a dark room, and restless in a bright one


def _mark() -> Mesh:
    """Without a name: a ball resting in a ring."""
    ball = sphere(0.34, 96).moved(translation=(0, 0.34, DEPTH / 2))
    return merge([ball, torus(0.37, 0.055, 160, 32).moved(translation=(0, 0.055, DEPTH / 2))])


LARGE = (
    "bicycle",
    "car",
    "house key",
    "house",
    "furniture",
    "office chair",
    "desk chair",
    "gaming chair",
    "rocking chair",
    "high chair",
    "garden chair",
    "garden table",
    "standing desk",
    "shelf",
    "bed",
    "mattress",
    "scooter",
)
"""What comes in no box and stands in no studio of this size."""

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
        "law firm",
        "lawyer",
        "notary",
        "accountant",
        "tax adviser",
        "financial adviser",
        "consultancy",
        "architect",
        "construction",
        "installer",
        "photographer",
        "videographer",
        "wedding",
        "venue",
        "catering",
        "planner",
        "charity",
        "shelter",
        "flower shop",
        "plant shop",
        "garden centre",
        "studio",
        "club",
        "salon",
        "barber",
        "dentist",
        "vet",
        "massage",
        "deli",
        "pizzeria",
        "university",
        "podcast",
        "kindergarten",
        "nutritionist",
        "babysitter",
        "dog walker",
        "pet sitter",
        "dog trainer",
        "kennels",
        "cattery",
        "shop",
        "funeral director",
        "groomer",
        "newsletter",
        "electrician",
        "handyman",
        "physiotherapist",
        "therapist",
        "locksmith",
        "painter",
        "gardener",
        "mechanic",
        "roofer",
        "carpenter",
        "repair",
        "car wash",
        "rental",
        "delivery",
        "cleaning",
        "travel",
        *LARGE,
    ),
    body="#1F2F4A",
    accent="#E9E2D6",
    metal="gold",
    typeface="modern_grotesk",
    spin_deg=-14.0,
    general=True,
)
