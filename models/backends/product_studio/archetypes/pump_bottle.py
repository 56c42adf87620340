"""A pump bottle for soap, shampoo and lotion: a straight body with a rounded shoulder, a collar, a stem and a head with a bent spout."""

import numpy as np

from models.backends.product_studio.archetypes.product import Archetype, Look, Part, Product, stand
from models.backends.product_studio.colours import contrast_ratio, is_dark, mixed
from models.backends.product_studio.geometry import Mesh, circle, fillet, lathe, merge, tube
from models.backends.product_studio.labels import brand_block, rule_solid
from models.backends.product_studio.materials import Bsdf, bumped, foil, metal, principled
from models.backends.product_studio.textures import paper_tooth

RADIUS, SHOULDER_Y, NECK, NECK_Y = 0.285, 0.90, 0.115, 1.00
COLLAR_TOP = 1.085
STEM, HEAD_Y = 0.034, 1.205
HEAD, HEAD_TOP = 0.098, 1.285
BLOCK_Y = 0.50
SPOUT_DEG = 32.0
"""How far the spout turns from the viewer: straight at him it would be a dot, to the side a beak."""


def build_pump_bottle(look: Look, rng: np.random.Generator) -> Product:
    """Stands with its print to the viewer, the spout half to the viewer's left."""
    pump, collar = _fittings(look)
    frosted = bumped(principled(look.body, 0.36, specular=0.5, coat=0.2), paper_tooth(512, int(rng.integers(1 << 30))), 0.0012)
    parts = [
        Part(_body(), frosted),
        Part(_collar(), collar),
        Part(merge([_stem(), _head(), _spout()]), pump),
    ]
    ink = principled("#F8F6F0" if is_dark(look.body) else "#26262A", 0.45)
    marks = [rule_solid(0.26, 0.0036, 0.0012).moved(translation=(0, y, 0)) for y in (-0.235, 0.225)]
    block = brand_block(look.label, look.sublabel, look.typeface, RADIUS * 1.42, 0.112, 0.0014, rule=False)
    if block is not None:
        marks.append(block)
    printed = merge([solid.bent(RADIUS) for solid in marks]).moved(translation=(0, BLOCK_Y, 0))
    parts.append(Part(printed, ink))
    spout = np.radians(-SPOUT_DEG)
    details = (
        (float(np.sin(spout) * 0.17), HEAD_TOP - 0.04, float(np.cos(spout) * 0.17)),
        (0.0, BLOCK_Y, RADIUS),
        (0.0, COLLAR_TOP - 0.03, NECK),
    )
    return stand(parts, look, (0, BLOCK_Y + 0.1, RADIUS), details)


def _fittings(look: Look) -> tuple[Bsdf, Bsdf]:
    """Pump and collar: of metal on a luxury label, else black or white plastic with a collar of the brand's second colour."""
    if look.typeface in ("luxury_serif", "engraved_caps"):
        bright = metal(look.metal, 0.16)
        return bright, bright
    pump = "#F4F2EC" if is_dark(look.body) else "#1D1D20"
    ring = look.accent if contrast_ratio(look.accent, look.body) > 1.3 else mixed(look.body, pump, 0.5)
    return principled(pump, 0.32, specular=0.5, coat=0.3), foil(look.metal, ring, look.body)


def _body() -> Mesh:
    """Foot, wall, shoulder and neck; a body of one piece."""
    points = [(0, 0.012), (0.20, 0.0), (RADIUS - 0.012, 0.0), (RADIUS, 0.02), (RADIUS, SHOULDER_Y), (NECK, NECK_Y - 0.03), (NECK, NECK_Y)]
    body = lathe(fillet(points, [0, 0.02, 0.012, 0.014, 0.085, 0.03, 0], 14), 192)
    return body.with_uv(body.uv * np.array([4.0, 3.0]))


def _collar() -> Mesh:
    """What screws the pump on."""
    wide = NECK + 0.020
    points = [
        (NECK - 0.02, NECK_Y - 0.012),
        (wide, NECK_Y - 0.012),
        (wide, COLLAR_TOP),
        (STEM, COLLAR_TOP + 0.012),
    ]
    return lathe(fillet(points, [0, 0.008, 0.014, 0], 8), 144)


def _stem() -> Mesh:
    return lathe(fillet([(STEM, COLLAR_TOP - 0.01), (STEM, HEAD_Y + 0.01)], 0), 64)


def _head() -> Mesh:
    """Where a finger rests: a low drum, a little hollow on top."""
    points = [
        (STEM - 0.01, HEAD_Y),
        (HEAD - 0.012, HEAD_Y),
        (HEAD, HEAD_Y + 0.012),
        (HEAD, HEAD_TOP),
        (HEAD - 0.03, HEAD_TOP),
        (0, HEAD_TOP - 0.010),
    ]
    return lathe(fillet(points, [0, 0.006, 0.008, 0.014, 0.010, 0], 8), 128)


def _spout() -> Mesh:
    """A round pipe out of the drum that bends down to its mouth."""
    high = HEAD_TOP - 0.036
    line = np.array([(0.03, high), (0.14, high), (0.215, high), (0.262, high - 0.006), (0.285, high - 0.034), (0.290, high - 0.075)])
    t, fine = np.linspace(0, 1, len(line)), np.linspace(0, 1, 64)
    away, up = np.interp(fine, t, line[:, 0]), np.interp(fine, t, line[:, 1])
    for _ in range(10):  # one bend, not six corners
        away[1:-1] = (away[:-2] + 2 * away[1:-1] + away[2:]) / 4
        up[1:-1] = (up[:-2] + 2 * up[1:-1] + up[2:]) / 4
    turn = np.radians(-SPOUT_DEG)
    path = np.c_[np.sin(turn) * away, up, np.cos(turn) * away]
    return tube(path, circle(0.027, 40))


PUMP_BOTTLE = Archetype(
    name="pump_bottle",
    title="Pump bottle",
    build=build_pump_bottle,
    convex=False,
    round=True,
    words=(
        "pump bottle",
        "shampoo bottle",
        "shampoo",
        "conditioner",
        "shower gel",
        "body wash",
        "hand soap",
        "liquid soap",
        "hand wash",
        "soap dispenser",
        "hand sanitiser",
        "hand sanitizer",
        "body milk",
    ),
    body="#C9BDA8",
    accent="#8C6B4F",
    metal="gold",
    typeface="geometric_sans",
    spin_deg=-8.0,
)
