"""Over-ear headphones: soft-edged cups with a satin face and a spun metal disc, deep cushions, a padded band.

They stand on the cups' lower rims.
"""

import numpy as np

from models.backends.product_studio.archetypes.product import Archetype, Look, Part, Product, stand
from models.backends.product_studio.colours import is_dark, mixed
from models.backends.product_studio.geometry import (
    Mesh,
    Outline,
    circle,
    extrusion,
    fillet,
    lathe,
    merge,
    prism,
    rotation,
    rounded_rectangle,
    surface_nets,
    torus,
    tube,
)
from models.backends.product_studio.labels import name_solid
from models.backends.product_studio.materials import Bsdf, bumped, metal, principled
from models.backends.product_studio.textures import leather_grain

HALF_HEIGHT, HALF_LENGTH, HALF_THICKNESS, ROUNDING = 0.50, 0.42, 0.16, 0.10
DISC, DISC_X = 0.150, 0.147
OUTWARD = rotation("z", -90)  # turned forms grow along Y; a cup's face looks along X
SPREAD, CUP_Y = 0.66, 0.58


def build_headphones(look: Look, rng: np.random.Generator) -> Product:
    """Seen from the front, both cups toward the viewer's sides."""
    shell = principled(look.body, 0.30, specular=0.5, coat=0.7)
    plate = principled(mixed(look.body, "#0C0C0E" if not is_dark(look.body) else "#FFFFFF", 0.10), 0.40, metallic=0.35, specular=0.6)
    hide = principled(_cushion_colour(look), 0.62, specular=0.35, sheen=0.35)
    soft = bumped(hide, leather_grain(512, int(rng.integers(1 << 30)), 1600), 0.004)
    spun, bright = metal(look.metal, (0.20, 0.07)), metal(look.metal, 0.10)
    shells, cushions, discs, trims, plates = [_band()], [_band_pad()], [], [], []
    cup = _cup()
    for side in (1, -1):
        shells.append(_hung(cup, side))
        cushions.append(_hung(_cushion(), side))
        discs.append(_hung(_disc(), side))
        plates.append(_hung(_plate(), side))
        trims.append(_hung(merge([_disc_edge(), _arm(), _inlays()]), side))
    parts = [Part(merge(shells), shell), Part(merge(cushions), soft), Part(merge(discs), spun), Part(merge(trims), bright)]
    parts.append(Part(merge(plates), plate))
    parts += _names(look)
    details = ((SPREAD + 0.14, CUP_Y, 0.0), (0.0, 2.0, 0.1), (SPREAD - 0.3, CUP_Y, 0.2))
    return stand(parts, look, (SPREAD, CUP_Y + 0.2, 0.25), details)


def _pose(side: int) -> np.ndarray:
    return rotation("z", -6 * side) @ rotation("y", -10 * side)


def _hung(right: Mesh, side: int) -> Mesh:
    """A part of the right cup, drawn at the origin, in its place on either side."""
    part = right if side > 0 else right.mirrored("x")
    return part.moved(_pose(side), (side * SPREAD, CUP_Y, 0))


def _cup() -> Mesh:
    """A superelliptic pebble with a shallow dish for the disc."""

    def distance(points: np.ndarray) -> np.ndarray:
        x, y, z = points[..., 0], points[..., 1], points[..., 2]
        oval = (np.abs(y / HALF_HEIGHT) ** 2.6 + np.abs(z / HALF_LENGTH) ** 2.6) ** (1 / 2.6)
        across = np.abs(x) - (HALF_THICKNESS - ROUNDING)
        along = (oval - 1) * 0.44 + ROUNDING
        pebble = np.minimum(np.maximum(across, along), 0) + np.hypot(np.maximum(across, 0), np.maximum(along, 0)) - ROUNDING
        dish = np.sqrt((x - 0.44) ** 2 + (y**2 + z**2) * 0.55) - 0.315
        blend = np.clip(0.5 + 0.5 * (dish + pebble) / 0.03, 0, 1)
        return -(dish * (1 - blend) - pebble * blend - 0.03 * blend * (1 - blend))

    return surface_nets(distance, (-0.2, -0.58, -0.5), (0.2, 0.58, 0.5), 100)


def _oval(share: float, points: int = 140) -> np.ndarray:
    """The cup's outline seen from its side, `share` of its size: (points, 2) of (z, y)."""
    t = np.linspace(0, 2 * np.pi, points, endpoint=False)
    c, s = np.cos(t), np.sin(t)
    return np.c_[np.sign(c) * np.abs(c) ** (2 / 2.6) * HALF_LENGTH, np.sign(s) * np.abs(s) ** (2 / 2.6) * HALF_HEIGHT] * share


def _plate() -> Mesh:
    """A satin face laid on the cup round its dish."""
    return extrusion([_oval(0.735), circle(0.200, 96).points], 0.012, 0.004, 4).moved(rotation("y", 90), (HALF_THICKNESS, 0, 0))


def _inlays() -> Mesh:
    """Bright wire round the face, and a band where cup and cushion meet: they draw the form where the light is flat."""
    wires = []
    for share, x, thick in ((0.750, HALF_THICKNESS - 0.001, 0.0065), (0.885, -HALF_THICKNESS + 0.012, 0.013)):
        oval = _oval(share)
        wires.append(tube(np.c_[np.full(len(oval), x), oval[:, 1], oval[:, 0]], circle(thick, 14), closed=True, up=(1, 0, 0)))
    return merge(wires)


def _disc() -> Mesh:
    return lathe(fillet([(DISC, DISC_X), (0.0, DISC_X + 0.002)], 0), 128).moved(OUTWARD)


def _disc_edge() -> Mesh:
    return torus(DISC, 0.0075, 128, 16).moved(OUTWARD, (DISC_X - 0.001, 0, 0))


def _cushion() -> Mesh:
    t = np.linspace(0, 2 * np.pi, 120, endpoint=False)
    oval = np.c_[
        np.full(120, -0.225), np.sign(np.cos(t)) * np.abs(np.cos(t)) ** 0.85 * 0.40, np.sign(np.sin(t)) * np.abs(np.sin(t)) ** 0.85 * 0.325
    ]
    ring = circle(1.0, 32)
    roll = tube(oval, Outline(ring.points * np.array([0.105, 0.115]), ring.normals), closed=True, up=(1, 0, 0))
    plate = prism(rounded_rectangle(0.72, 0.56, 0.27, 20), 0.02, 0.004).moved(rotation("y", 90), (-0.21, 0, 0))
    return merge([roll.with_uv(roll.uv * np.array([8.0, 2.5])), plate])


def _arm() -> Mesh:
    path = np.array([(0.004, 0.40, 0), (0.004, 0.55, 0), (0.0, 0.68, 0), (-0.006, 0.78, 0)])
    return tube(path, rounded_rectangle(0.10, 0.045, 0.02, 6), up=(1, 0, 0))


def _arch(start: float, end: float, points: int) -> tuple[np.ndarray, np.ndarray]:
    """The band's line over the head and its swelling width."""
    t = np.linspace(start, end, points)
    line = np.c_[np.cos(t) * 0.735, 1.30 + np.sin(t) * 0.72, np.zeros(points)]
    return line, np.c_[np.ones(points), 1 + 0.45 * np.sin(np.clip(t, 0, np.pi))]


def _band() -> Mesh:
    line, widths = _arch(-0.10, np.pi + 0.10, 90)
    return tube(line, rounded_rectangle(0.075, 0.20, 0.034, 8), scale=widths)


def _band_pad() -> Mesh:
    line, widths = _arch(0.58, np.pi - 0.58, 60)
    line = line * np.array([0.935, 1, 1]) - np.array([0, 0.035, 0])
    pad = tube(line, rounded_rectangle(0.07, 0.22, 0.034, 8), scale=widths)
    return pad.with_uv(pad.uv * np.array([6.0, 2.0]))


def _names(look: Look) -> list[Part]:
    name = name_solid(look.label, look.typeface, DISC * 1.45, 0.042, 0.003)
    if name is None:
        return []
    placed = []
    for side in (1, -1):
        facing = rotation("y", 90.0 * side)
        placed.append(name.moved(facing, (side * (DISC_X + 0.0005), 0, 0)).moved(_pose(side), (side * SPREAD, CUP_Y, 0)))
    ink: Bsdf = principled("#17171A", 0.45)
    return [Part(merge(placed), ink)]


def _cushion_colour(look: Look) -> str:
    return look.option("cushion", "#232225")


HEADPHONES = Archetype(
    name="headphones",
    title="Headphones",
    build=build_headphones,
    convex=False,
    words=("headphone", "headphones", "headset", "earphones", "over-ear", "noise cancelling", "audio gear"),
    body="#E9E4DC",
    accent="#FF6B57",
    metal="champagne",
    typeface="geometric_sans",
    spin_deg=-38.0,
)
