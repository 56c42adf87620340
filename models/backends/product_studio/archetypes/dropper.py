"""A serum bottle with a dropper: tinted glass, a wrap of fine paper, a metal collar and a soft bulb."""

import numpy as np

from models.backends.product_studio.archetypes.product import Archetype, Look, Part, Product, stand
from models.backends.product_studio.colours import is_dark, mixed
from models.backends.product_studio.geometry import Mesh, fillet, lathe, merge
from models.backends.product_studio.labels import brand_block, rule_solid
from models.backends.product_studio.materials import Bsdf, bumped, dielectric, frosted, metal, principled, srgb_to_linear
from models.backends.product_studio.textures import paper_tooth

RADIUS, BODY, SHOULDER = 0.33, 0.84, 0.13
NECK = 0.135
NECK_TOP = BODY + SHOULDER + 0.06
LABEL_LOW, LABEL_HIGH = 0.10, 0.70
LEVEL = 0.80


def build_dropper(look: Look, rng: np.random.Generator) -> Product:
    """Stands with its label to the viewer."""
    paper = bumped(principled(look.body, 0.6, specular=0.3), paper_tooth(512, int(rng.integers(1 << 30))), 0.002)
    bulb = "#1C1B1D" if look.option("glass") == "amber" else mixed(look.body, "#FFFFFF", 0.35)
    parts = [
        Part(_glass(), _glass_surface(look)),
        Part(_serum(), dielectric(_serum_tint(look), 1.37, 1.5)),
        Part(_air(), dielectric((1, 1, 1), 1.0, 1.5)),
        Part(_label(), paper),
        Part(_collar(), metal(look.metal, (0.07, 0.16))),
        Part(_bulb(), principled(bulb, 0.5, specular=0.45, sheen=0.2)),
    ]
    ink = principled("#F7F4EC" if is_dark(look.body) else "#22201F", 0.45)
    middle = (LABEL_LOW + LABEL_HIGH) / 2
    round_label = RADIUS + 0.0035
    printed = [rule_solid(RADIUS * 1.1, 0.0032).moved(translation=(0, LABEL_LOW + 0.07, 0)).bent(round_label)]
    block = brand_block(look.label, look.sublabel, look.typeface, RADIUS * 1.36, 0.078, rule=False)
    if block is not None:
        printed.append(block.moved(translation=(0, middle + 0.08, 0)).bent(round_label))
    parts.append(Part(merge(printed), ink))
    details = ((0.0, middle + 0.06, RADIUS), (0.0, NECK_TOP, 0.2), (0.25, BODY, 0.22))
    return stand(parts, look, (0, middle, RADIUS), details)


def _inside(radius: float, low: float, high: float, rounding: tuple[float, float]) -> Mesh:
    return lathe(fillet([(0, low), (radius, low), (radius, high), (0, high)], [0, *rounding, 0], 10), 128)


def _glass() -> Mesh:
    points = [(0, 0.015), (0.22, 0.0), (RADIUS, 0.0), (RADIUS, BODY), (NECK, BODY + SHOULDER), (NECK, NECK_TOP), (0, NECK_TOP)]
    return lathe(fillet(points, [0, 0.03, 0.05, 0.12, 0.05, 0.01, 0], 14), 160)


def _serum() -> Mesh:
    return _inside(RADIUS - 0.03, 0.055, LEVEL, (0.04, 0.004))


def _air() -> Mesh:
    points = [
        (0, LEVEL + 0.003),
        (RADIUS - 0.03, LEVEL + 0.003),
        (RADIUS - 0.035, BODY - 0.01),
        (NECK - 0.03, BODY + SHOULDER - 0.01),
        (NECK - 0.03, NECK_TOP - 0.02),
        (0, NECK_TOP - 0.02),
    ]
    return lathe(fillet(points, [0, 0.003, 0.09, 0.04, 0.005, 0], 10), 128)


def _label() -> Mesh:
    """A paper sleeve, a hair outside the glass; closed, so that its edges show thickness."""
    inner, outer = RADIUS + 0.0008, RADIUS + 0.0032
    points = [(inner, LABEL_LOW), (outer, LABEL_LOW), (outer, LABEL_HIGH), (inner, LABEL_HIGH), (inner, LABEL_LOW)]
    label = lathe(fillet(points, 0), 192)
    return label.with_uv(np.c_[label.uv[:, 0] * 3, label.vertices[:, 1] * 1.5])


def _collar() -> Mesh:
    foot = BODY + SHOULDER + 0.004
    steps = [(0, foot), (0.168, foot), (0.168, foot + 0.185), (0.135, foot + 0.215), (0, foot + 0.215)]
    return lathe(fillet(steps, [0, 0.008, 0.016, 0.012, 0], 8), 128)


def _bulb() -> Mesh:
    foot = BODY + SHOULDER + 0.21
    points = [
        (0, foot),
        (0.118, foot),
        (0.122, foot + 0.05),
        (0.102, foot + 0.075),
        (0.105, foot + 0.30),
        (0.07, foot + 0.385),
        (0, foot + 0.39),
    ]
    return lathe(fillet(points, [0, 0.01, 0.014, 0.02, 0.09, 0.05, 0], 10), 96)


def _glass_surface(look: Look) -> Bsdf:
    kind = look.option("glass")
    if kind == "frosted":
        return frosted((0.96, 0.97, 0.97), 0.22)
    return dielectric((0.80, 0.42, 0.12) if kind == "amber" else (0.985, 0.992, 0.99))


def _serum_tint(look: Look) -> tuple[float, float, float]:
    hue = np.maximum(srgb_to_linear(look.accent), 0.02)
    r, g, b = (hue / hue.max()) ** 0.30 * 0.98
    return (float(r), float(g), float(b))


DROPPER = Archetype(
    name="dropper",
    title="Serum with dropper",
    build=build_dropper,
    convex=True,
    round=True,
    words=(
        "serum",
        "dropper",
        "skincare",
        "skin care",
        "face oil",
        "essential oil",
        "beauty oil",
        "tincture",
        "vitamin drops",
        "cosmetics",
        "cbd oil",
        "beauty product",
    ),
    default_sublabel="Serum",
    body="#EFE7DB",
    accent="#D9A26B",
    metal="champagne",
    typeface="geometric_sans",
    spin_deg=-6.0,
)
