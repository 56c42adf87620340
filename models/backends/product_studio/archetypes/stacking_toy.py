"""Wooden toys: five painted rings stacked on a peg, the maker's name round the foot, a letter block and a ball beside it."""

import numpy as np

from models.backends.product_studio.archetypes.product import Archetype, Look, Part, Product, stand
from models.backends.product_studio.colours import channels
from models.backends.product_studio.geometry import Mesh, fillet, lathe, merge, rotation, rounded_box, sphere
from models.backends.product_studio.labels import frame_solid, name_solid
from models.backends.product_studio.materials import Bsdf, picture, principled
from models.backends.product_studio.textures import wood

FOOT_RADIUS, FOOT = 0.43, 0.17
RINGS = (0.405, 0.36, 0.315, 0.27, 0.225)
RING, GAP = 0.150, 0.004
TOP = FOOT + len(RINGS) * (RING + GAP)
BLOCK = 0.37
PAINTS = ("#D9483B", "#F0B63F", "#6BA66E", "#4F97C4", "#F1E6D3")


def build_stacking_toy(look: Look, rng: np.random.Generator) -> Product:
    """Stands on its foot, name to the viewer."""
    seed = int(rng.integers(1 << 30))
    beech = principled(picture((wood(512, seed, (0.86, 0.70, 0.50), (0.72, 0.53, 0.34)) * 255).astype(np.uint8)), 0.48, specular=0.4)
    paints = [_paint(color) for color in ring_colours(look)]
    parts = [Part(_foot(), beech)]
    parts += [Part(_ring(radius, i), paint) for i, (radius, paint) in enumerate(zip(RINGS, paints, strict=True))]
    parts.append(Part(sphere(0.125, 64).moved(translation=(0, TOP + 0.10, 0)), paints[0]))
    parts += _block(look, beech, paints)
    parts.append(Part(sphere(0.115, 64).moved(translation=(0.56, 0.115, 0.24)), paints[3]))
    name = name_solid(look.label, look.typeface, FOOT_RADIUS * 1.35, 0.076, 0.0018, max_lines=1)
    if name is not None:
        parts.append(Part(name.bent(FOOT_RADIUS).moved(translation=(0, FOOT * 0.5, 0)), principled("#2A211B", 0.55)))
    details = ((0.0, FOOT + 0.06, FOOT_RADIUS), (-0.56, BLOCK * 0.6, 0.42), (0.0, TOP, 0.15))
    return stand(parts, look, (0.0, 0.45, FOOT_RADIUS), details)


def ring_colours(look: Look) -> list[str]:
    """Five paints, the lowest ring's first; the brand's two colours take the places of those they are nearest to."""
    paints = list(PAINTS)
    for color in (look.accent, look.body):
        paints[min(range(len(paints)), key=lambda i: _apart(paints[i], color))] = color
    return paints


def _apart(one: str, other: str) -> float:
    return float(np.abs(np.subtract(channels(one), channels(other))).sum())


def _paint(color: str) -> Bsdf:
    return principled(color, 0.36, specular=0.5, coat=0.25, coat_gloss=0.85)


def _foot() -> Mesh:
    return lathe(
        fillet([(0, 0), (FOOT_RADIUS - 0.015, 0), (FOOT_RADIUS, 0.02), (FOOT_RADIUS, FOOT), (0, FOOT)], [0, 0.01, 0.012, 0.035, 0], 8), 160
    )


def _ring(radius: float, i: int) -> Mesh:
    low = FOOT + i * (RING + GAP) + GAP
    high = low + RING
    corners = [(0.06, low), (radius, low), (radius, high), (0.06, high)]
    return lathe(fillet(corners, [0, 0.066, 0.066, 0], 14), 160)


def _block(look: Look, beech: Bsdf, paints: list[Bsdf]) -> list[Part]:
    """A cube with a painted letter and border on each face one can see: the name's first letters, a disc where there are none."""
    letters = [c.upper() for c in look.label if c.isalnum()][:3]
    half = BLOCK / 2
    turn, at = rotation("y", 24.0), (-0.60, half, 0.30)
    faces = ((np.eye(3), paints[0]), (rotation("y", 90), paints[3]), (rotation("x", -90), paints[2]))
    parts = [Part(rounded_box(BLOCK, BLOCK, BLOCK, 0.028, 0.034, 6).moved(turn, at), beech)]
    for i, (facing, paint) in enumerate(faces):
        marks = [frame_solid(BLOCK * 0.78, BLOCK * 0.78, 0.020, 0.004)]
        sign = name_solid(letters[i], "friendly_rounded", BLOCK * 0.5, BLOCK * 0.42, 0.004) if i < len(letters) else None
        marks.append(sign if sign is not None else _disc(BLOCK * 0.19))
        face = merge(marks).moved(translation=(0, 0, half)).moved(facing)
        parts.append(Part(face.moved(turn, at), paint))
    return parts


def _disc(radius: float) -> Mesh:
    return lathe(fillet([(0, 0), (radius, 0), (radius, 0.004), (0, 0.004)], [0, 0, 0.001, 0], 2), 64).moved(rotation("x", 90))


STACKING_TOY = Archetype(
    name="toy",
    title="Wooden toys",
    build=build_stacking_toy,
    convex=False,
    words=("toy", "building blocks", "wooden blocks", "stacking rings", "stacking toy"),
    body="#4F97C4",
    accent="#F0B63F",
    metal="steel",
    typeface="friendly_rounded",
)
