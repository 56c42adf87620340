"""A wooden toy car: one painted block with its windows sawn through, beech wheels on pegs, the name on its door."""

import numpy as np

from models.backends.product_studio.archetypes.product import Archetype, Look, Part, Product, stand
from models.backends.product_studio.colours import contrast_ratio, is_dark, mixed
from models.backends.product_studio.geometry import Mesh, extrusion, fillet, lathe, merge, rotation, rounded_rectangle, tube
from models.backends.product_studio.labels import name_solid
from models.backends.product_studio.materials import picture, principled
from models.backends.product_studio.textures import wood

DEPTH, WHEEL, TYRE, WHEEL_X = 0.56, 0.205, 0.125, 0.44
AXLE_Y, TRACK = WHEEL, DEPTH / 2 + 0.070
PROFILE = ((-0.72, 0.125), (0.70, 0.125), (0.77, 0.40), (0.42, 0.475), (0.235, 0.80), (-0.42, 0.80), (-0.68, 0.47), (-0.755, 0.40))
ROUND = (0.07, 0.08, 0.13, 0.07, 0.13, 0.18, 0.14, 0.07)
FRONT_WINDOW = ((0.015, 0.505), (0.285, 0.505), (0.178, 0.70), (0.015, 0.70))
BACK_WINDOW = ((-0.115, 0.505), (-0.115, 0.70), (-0.365, 0.70), (-0.495, 0.525), (-0.495, 0.505))


def build_toy_car(look: Look, rng: np.random.Generator) -> Product:
    """Drives to the camera's right, its door to the viewer."""
    seed = int(rng.integers(1 << 30))
    beech = principled(picture((wood(512, seed, (0.86, 0.70, 0.50), (0.70, 0.50, 0.31)) * 255).astype(np.uint8)), 0.46, specular=0.4)
    paint = principled(look.body, 0.34, specular=0.5, coat=0.4, coat_gloss=0.9)
    trim = principled(_trim(look), 0.36, specular=0.5, coat=0.25)
    parts = [
        Part(_body(), paint),
        Part(merge([_at(_wheel(), x, side) for x in (WHEEL_X, -WHEEL_X) for side in (1, -1)]), beech),
        Part(merge([_at(_hub(), x, side) for x in (WHEEL_X, -WHEEL_X) for side in (1, -1)]), trim),
        Part(merge([_bumper(0.765), _bumper(-0.755)]), beech),
        Part(merge([_lamp(side) for side in (1, -1)]), principled("#F6EEDC", 0.3, coat=0.5)),
    ]
    name = name_solid(look.label, look.typeface, 0.42, 0.088, 0.003, max_lines=1)
    if name is not None:
        ink = principled("#F8F3E8" if is_dark(look.body) else "#26221F", 0.42)
        sides = [name.moved(rotation("y", 0 if side > 0 else 180), (0.0, 0.37, side * DEPTH / 2)) for side in (1, -1)]
        parts.append(Part(merge(sides), ink))
    details = ((0.36, 0.30, TRACK), (0.0, 0.40, DEPTH / 2), (0.62, 0.40, 0.2), (0.15, 0.62, DEPTH / 2))
    return stand(parts, look, (0.05, 0.40, DEPTH / 2), details)


def _trim(look: Look) -> str:
    return look.accent if contrast_ratio(look.accent, "#DDBB8A") > 1.25 else mixed(look.body, "#000000", 0.25)


def _body() -> Mesh:
    rim = fillet(PROFILE, ROUND, 14, closed=True).points
    windows = [fillet(window, 0.045, 8, closed=True).points for window in (FRONT_WINDOW, BACK_WINDOW)]
    return extrusion([rim, *windows], DEPTH, 0.032, 8)


def _at(turned: Mesh, x: float, side: int) -> Mesh:
    """A turned part, drawn about Y, on its axle; its outer face away from the car."""
    return turned.moved(rotation("x", 90 * side), (x, AXLE_Y, side * TRACK))


def _wheel() -> Mesh:
    """Rounded tread, a shallow dish outside."""
    half = TYRE / 2
    corners = [(0, -half), (WHEEL, -half), (WHEEL, half), (WHEEL * 0.74, half), (WHEEL * 0.66, half - 0.018), (0, half - 0.018)]
    wheel = lathe(fillet(corners, [0, 0.035, 0.035, 0.012, 0.012, 0], 8), 128)
    return wheel.with_uv(wheel.vertices[:, [0, 2]] * 1.2 + 0.5)


def _hub() -> Mesh:
    """The peg's round head."""
    low, half = TYRE / 2 - 0.020, TYRE / 2
    return lathe(
        fillet([(0, low), (0.062, low), (0.062, half + 0.010), (0.030, half + 0.034), (0, half + 0.036)], [0, 0, 0.022, 0.03, 0], 8), 64
    )


def _bumper(x: float) -> Mesh:
    """A beech rod across."""
    z = np.linspace(-DEPTH / 2 + 0.03, DEPTH / 2 - 0.03, 24)
    ends = np.clip((DEPTH / 2 - 0.03 - np.abs(z)) / 0.03, 0, 1)
    line = np.stack([np.full(24, x), np.full(24, 0.235), z], 1)
    return tube(line, rounded_rectangle(0.075, 0.095, 0.034, 8), up=(0, 1, 0), scale=np.c_[0.6 + 0.4 * ends, 0.6 + 0.4 * ends])


def _lamp(side: int) -> Mesh:
    disc = lathe(fillet([(0, 0), (0.060, 0), (0.056, 0.024), (0, 0.030)], [0, 0.004, 0.014, 0], 6), 48)
    return disc.moved(rotation("z", -76), (0.748, 0.365, side * 0.165))


TOY_CAR = Archetype(
    name="toy_car",
    title="Toy car",
    build=build_toy_car,
    convex=False,
    words=("toy car", "wooden car", "toy truck", "toy vehicle", "wooden toy car", "toy van", "toy racer"),
    body="#D9483B",
    accent="#F0B63F",
    metal="steel",
    typeface="friendly_rounded",
    spin_deg=-30.0,
)
