"""A running shoe: foam midsole on a rubber outsole, a knitted upper with a padded collar, tongue, laces, toe guard and heel counter.

Seen from its outer side with the toe toward the camera's right. It carries the brand on its side and no other maker's marks.
"""

from functools import cache

import numpy as np

from models.backends.product_studio.archetypes.product import Archetype, Look, Part, Product, stand
from models.backends.product_studio.archetypes.shoe_last import (
    COLLAR,
    FOAM,
    GROUND,
    along,
    foot,
    instep_height,
    middle,
    outer_side,
    planform,
    smooth_max,
)
from models.backends.product_studio.colours import contrast_ratio, is_dark, mixed
from models.backends.product_studio.geometry import Mesh, merge, rounded_rectangle, surface_nets, tube
from models.backends.product_studio.geometry.lofts import draped
from models.backends.product_studio.geometry.mesh import Floats
from models.backends.product_studio.labels import name_solid
from models.backends.product_studio.materials import bumped, principled
from models.backends.product_studio.textures import linen

WALL, FOOTBED = 0.042, 0.24
LACE_X = np.linspace(0.235, -0.115, 6)
LACE_HALF = 0.098
TONGUE_TOP = 0.875


def build_shoe(look: Look, rng: np.random.Generator) -> Product:
    """Stands on its sole, outer side to the viewer."""
    knit = linen(512, int(rng.integers(1 << 30)), 120)
    cloth = bumped(principled(look.body, 0.78, specular=0.25, sheen=0.45), knit, 0.003)
    overlay = principled(_overlay(look), 0.42, specular=0.45, coat=0.12)
    foam, rubber = principled(_foam(look), 0.56, specular=0.35), principled("#1B1B1D", 0.62, specular=0.35)
    cord = principled("#F4F1EA" if is_dark(look.body) else mixed(look.body, "#FFFFFF", 0.55), 0.7, sheen=0.4)
    lining = principled(mixed(look.body, "#0E0E10", 0.28), 0.85, sheen=0.5)
    upper, tongue, overlays, midsole, outsole, laces = _forms()
    parts = [
        Part(upper, cloth),
        Part(tongue, lining),
        Part(overlays, overlay),
        Part(midsole, foam),
        Part(outsole, rubber),
        Part(laces, cord),
    ]
    name = name_solid(look.label, look.typeface, 0.40, 0.092, 0.004)
    if name is not None:
        ink = principled("#F6F3EC" if is_dark(look.body) else "#1D1D1F", 0.4)
        parts.append(Part(draped(name.moved(translation=(-0.14, 0.38, 0)), lambda x, y: outer_side(x, y) + 0.001), ink))
    details = ((0.12, 0.60, 0.08), (-0.13, 0.36, 0.19), (0.50, 0.26, 0.16))
    return stand(parts, look, (0.02, 0.40, 0.18), details)


@cache
def _forms() -> tuple[Mesh, ...]:
    """Upper, tongue, overlays, midsole, outsole, laces: the same in every look, so built once in a process."""
    upper = surface_nets(_upper, (-0.80, 0.10, -0.34), (0.80, 0.83, 0.34), 124)
    return (
        upper.with_uv(upper.uv * np.array([9.0, 4.0])),
        surface_nets(_tongue, (-0.32, 0.45, -0.18), (0.36, 0.96, 0.22), 64),
        surface_nets(_overlays, (-0.80, 0.12, -0.34), (0.80, 0.80, 0.34), 150),
        surface_nets(_midsole, (-0.84, 0.0, -0.36), (0.84, 0.36, 0.36), 120),
        surface_nets(_outsole, (-0.84, -0.03, -0.36), (0.84, 0.24, 0.36), 140),
        _laces(),
    )


def _upper(points: Floats) -> Floats:
    """A shell round the foot, open along the collar, its edge padded."""
    x, y = points[..., 0], points[..., 1]
    whole = foot(points)
    rim = along(COLLAR, x)
    padding = 0.020 * np.exp(-(((y - rim + 0.055) / 0.05) ** 2)) * (x < 0.02)
    outside = smooth_max(smooth_max(whole - padding, (y - rim) * 0.85, 0.05), 0.13 + np.maximum(along(GROUND, x), 0) - y, 0.01)
    hollow = np.maximum(whole + WALL + padding, FOOTBED - y)
    return smooth_max(outside, -hollow, 0.03)


def _tongue(points: Floats) -> Floats:
    """The foot's own top between the laces, going on above the collar and standing a little off the ankle."""
    x, y, z = points[..., 0], points[..., 1], points[..., 2]
    sheet = np.abs(foot(points - np.stack([0.03 * np.clip((y - 0.72) / 0.2, 0, 1), 0 * y, 0 * z], -1)) - 0.004) - 0.018
    sides = np.abs(z - middle(x)) - np.interp(y, (0.5, 0.9), (0.075, 0.115))
    ends = np.maximum(np.maximum(y - TONGUE_TOP, x - 0.29), -x - 0.27)
    return smooth_max(sheet, smooth_max(sides, ends, 0.14), 0.02)


def _overlays(points: Floats) -> Floats:
    """Welded film: eyestay, toe guard, heel counter, and a saddle that leans forward from the sole to the laces."""
    x, y, z = points[..., 0], points[..., 1], points[..., 2]
    whole, across = foot(points), np.abs(z - middle(x))
    edge = along(FOAM, x)
    eyestay = np.maximum(np.maximum(np.abs(across - 0.125) - 0.040, np.abs(x - 0.075) - 0.245), 0.40 - y)
    toe = np.maximum(y - edge - 0.085 - 0.06 * np.clip((x - 0.55) / 0.2, 0, 1), 0.43 + 0.35 * (y - edge) - x)
    heel = np.maximum(y - 0.235 - 0.42 * np.clip((-0.28 - x) / 0.38, 0, 1) ** 1.3, x + 0.36)
    lean = x + 0.13 - 0.62 * (y - 0.20)
    saddle = np.maximum(np.abs(lean - 0.26) - (0.058 - 0.03 * np.clip((y - 0.2) / 0.3, 0, 1)), across * 0 + y - 0.60)
    saddle = np.maximum(saddle, 0.10 - across)
    where = np.minimum(np.minimum(eyestay, toe), np.minimum(heel, saddle))
    rim = (y - along(COLLAR, x)) * 0.85 + 0.03
    film = np.maximum(whole - 0.011, -(whole + 0.012))
    return smooth_max(film, np.maximum(np.maximum(where, rim), 0.15 - y), 0.018)


def _midsole(points: Floats) -> Floats:
    """Foam that bulges over the ground, with a carved line along its side."""
    x, y, z = points[..., 0], points[..., 1], points[..., 2]
    low, high = along(GROUND, x) + 0.028, along(FOAM, x)
    level = np.clip((y - low) / (high - low), 0, 1)
    swell = 0.036 * np.sin(np.pi * np.clip(level * 0.86 + 0.14, 0, 1)) + 0.012 * np.clip(-x, 0, 0.7)
    carved = 0.010 * np.exp(-(((level - 0.56 - 0.16 * np.sin(2.6 * x)) / 0.055) ** 2))
    side = planform(x, z) - swell + carved
    return smooth_max(smooth_max(side, y - high, 0.035), low - y, 0.02)


def _outsole(points: Floats) -> Floats:
    """A thin rubber tread with flex grooves across."""
    x, y, z = points[..., 0], points[..., 1], points[..., 2]
    low = along(GROUND, x)
    tread = 0.013 * np.clip(np.sin(x * 52) * 3 - 1.6, 0, 1)
    return smooth_max(smooth_max(planform(x, z) - 0.012, y - low - 0.036, 0.012), low + tread - y, 0.012)


def _laces() -> Mesh:
    """Criss-cross between the eyelets, lying on the tongue, over each other by turns."""
    pieces = []
    for i in range(len(LACE_X) - 1):
        for side in (1, -1):
            t = np.linspace(0, 1, 16)
            x = LACE_X[i] + (LACE_X[i + 1] - LACE_X[i]) * t
            lift = 0.026 + (0.012 + 0.010 * (side > 0)) * np.sin(np.pi * t)
            pieces.append(_cord(x, side * LACE_HALF * (1 - 2 * t), lift))
    across = np.linspace(-1, 1, 16)
    pieces.append(_cord(np.full(16, LACE_X[0] + 0.03), across * LACE_HALF, np.full(16, 0.024)))
    return merge(pieces)


def _cord(x: Floats, z: Floats, lift: Floats) -> Mesh:
    """One flat lace over the instep, its ends going down into the eyelets. z counts from the shoe's middle."""
    at = z + middle(x)
    line = np.stack([x, instep_height(x, at) + lift, at], 1)
    line[[0, -1], 1] -= 0.03
    return tube(line, rounded_rectangle(0.036, 0.016, 0.007, 4), up=(0.8, 0.6, 0))


def _foam(look: Look) -> str:
    return look.option("sole", "#F3F0E8")


def _overlay(look: Look) -> str:
    return (
        look.accent
        if contrast_ratio(look.accent, look.body) > 1.4
        else mixed(look.body, "#FFFFFF" if is_dark(look.body) else "#000000", 0.35)
    )


RUNNING_SHOE = Archetype(
    name="shoe",
    title="Running shoe",
    build=build_shoe,
    convex=False,
    words=("shoe", "shoes", "sneaker", "running shoe", "trainers", "footwear", "trail shoe"),
    body="#E8E4DB",
    accent="#FF5A36",
    metal="steel",
    typeface="bold_display",
    spin_deg=-24.0,
)
