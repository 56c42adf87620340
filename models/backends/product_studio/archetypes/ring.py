"""A ring with a stone in claws, standing in the slot of a leather pad that bears the jeweller's name."""

import numpy as np

from models.backends.product_studio.archetypes.cut_stones import CLEAR, STONE_WORDS, brilliant, step_cut, stone_surface
from models.backends.product_studio.archetypes.jewellers_leather import leather, leather_colour
from models.backends.product_studio.archetypes.product import Archetype, Look, Part, Product, stand
from models.backends.product_studio.geometry import (
    Mesh,
    circle,
    merge,
    prism,
    rotation,
    rounded_box,
    rounded_rectangle,
    sphere,
    torus,
    tube,
)
from models.backends.product_studio.labels import name_solid
from models.backends.product_studio.materials import foil, metal, principled

RADIUS, THICK, WIDE = 0.47, 0.058, 0.118  # of the band: to the middle of its metal, radially, along the finger
STONE = 0.20
PAD_WIDTH, PAD_HEIGHT, PAD_DEPTH = 1.02, 0.23, 0.52
SUNK = 0.085
CENTRE = PAD_HEIGHT + RADIUS + THICK / 2 - SUNK
GIRDLE_Y = CENTRE + RADIUS + 0.035 + 0.84 * STONE
LEAN = rotation("x", 15.0)  # towards the viewer, who sees the stone's table
CLAWS = 6


def build_ring(look: Look, rng: np.random.Generator) -> Product:
    """Stands upright, seen a little from the side."""
    gold = metal(look.metal, 0.045)
    step = look.option("cut") == "step"
    gem = (step_cut() if step else brilliant()).moved(scale=STONE * (1.12 if step else 1.0), translation=(0, GIRDLE_Y, 0))
    parts = [
        Part(_pad(), leather(look, rng)),
        Part(_slot(), principled("#0B0B0C", 0.9)),
        Part(_leant(merge([_band(), *_setting(step)])), gold),
        Part(_leant(gem), stone_surface(look.option("stone", "diamond"), CLEAR)),
    ]
    if look.option("band") == "pave":
        parts.append(Part(_leant(_pave()), stone_surface("diamond", CLEAR)))
    name = name_solid(look.label, look.typeface, PAD_WIDTH * 0.74, 0.062, 0.0016, max_lines=1)
    if name is not None:
        parts.append(
            Part(name.moved(translation=(0, PAD_HEIGHT * 0.5, PAD_DEPTH / 2)), foil(look.metal, leather_colour(look), look.accent))
        )
    at = _leant(gem).vertices.mean(0)
    stone_at = (float(at[0]), float(at[1]), float(at[2]) + 0.1)
    details = (stone_at, (0.0, PAD_HEIGHT * 0.6, PAD_DEPTH / 2), (0.30, CENTRE + 0.33, 0.2))
    return stand(parts, look, stone_at, details)


def _leant(mesh: Mesh) -> Mesh:
    foot = np.array([0.0, PAD_HEIGHT, 0.0])
    return mesh.moved(translation=-foot).moved(LEAN, foot)


def _pad() -> Mesh:
    pad = rounded_box(PAD_WIDTH, PAD_HEIGHT, PAD_DEPTH, 0.035, 0.05, 8).moved(translation=(0, PAD_HEIGHT / 2, 0))
    return pad.with_uv(pad.uv * np.array([4.0, 1.0]))


def _slot() -> Mesh:
    return prism(rounded_rectangle(0.64, 0.16, 0.06, 8), 0.004, 0.0).moved(rotation("x", -90), (0, PAD_HEIGHT, 0))


def _band() -> Mesh:
    """Rounded inside and out; narrower towards the stone."""
    t = np.linspace(0, 2 * np.pi, 240, endpoint=False)
    line = np.c_[np.sin(t) * RADIUS, CENTRE + np.cos(t) * RADIUS, 0 * t]
    outward = np.c_[np.sin(t), np.cos(t), 0 * t]
    near = 0.5 + 0.5 * np.cos(t)
    section = rounded_rectangle(WIDE, THICK, 0.024, 8)
    return tube(line, section, closed=True, up=outward, scale=np.c_[1 - 0.34 * near**2, 1 - 0.10 * near**2])


def _setting(step: bool) -> list[Mesh]:
    """Claws from the band up over the stone's edge, and the gallery that ties them."""
    foot = CENTRE + RADIUS - 0.01
    angles = np.radians((40, 140, 220, 320)) if step else np.arange(CLAWS) * 2 * np.pi / CLAWS + np.pi / CLAWS
    pieces = []
    for a in angles:
        reach = STONE * (1.16 if step else 1.0)
        wide, deep = reach, reach * (0.86 if step else 1.0)
        out = np.array([np.sin(a) * wide, 0.0, np.cos(a) * deep])
        path = [out * share + np.array([0.0, y, 0.0]) for share, y in _claw(foot)]
        pieces.append(
            tube(_smooth(np.array(path)), circle(0.0140, 16), up=(0.001, 0.02, 1.0) if abs(np.cos(a)) < 0.7 else (1.0, 0.02, 0.001))
        )
        pieces.append(sphere(0.0185, 20).moved(translation=tuple(path[-1])))
    gallery = torus(STONE * 0.60, 0.013, 96, 16).moved(translation=(0, foot + 0.085, 0), scale=(1.0, 1.0, 0.86 if step else 1.0))
    return [*pieces, gallery]


def _claw(foot: float) -> tuple[tuple[float, float], ...]:
    return ((0.20, foot), (0.52, foot + 0.07), (0.98, GIRDLE_Y - 0.02), (1.05, GIRDLE_Y + 0.015), (0.93, GIRDLE_Y + 0.036))


def _smooth(corners: np.ndarray) -> np.ndarray:
    """A line through its points without corners."""
    t = np.linspace(0, len(corners) - 1, 40)
    fine = np.stack([np.interp(t, np.arange(len(corners)), corners[:, k]) for k in range(3)], 1)
    kernel = np.ones(5) / 5
    inner = np.stack([np.convolve(np.pad(fine[:, k], 2, mode="edge"), kernel, "valid") for k in range(3)], 1)
    return inner


def _pave() -> Mesh:
    """Small stones set into both shoulders."""
    small = brilliant().moved(scale=0.026)
    stones = []
    for side in (1, -1):
        for k in range(9):
            turn = side * (17 + 6.4 * k)
            a = np.radians(turn)
            at = (np.sin(a) * (RADIUS + 0.022), CENTRE + np.cos(a) * (RADIUS + 0.022), 0.0)
            stones.append(small.moved(rotation("z", -turn), at))
    return merge(stones)


RING = Archetype(
    name="ring",
    title="Ring",
    build=build_ring,
    convex=False,
    words=(
        "ring",
        "wedding ring",
        "engagement ring",
        "jewellery",
        "jewelry",
        "jewel",
        "jeweller",
        "jeweler",
        "diamond ring",
        "signet ring",
    ),
    body="#1E3A34",
    accent="#CDAA6B",
    metal="gold",
    typeface="luxury_serif",
    spin_deg=-34.0,
    options=(
        *STONE_WORDS,
        ("emerald|emerald[- ]cut|step[- ]cut", "cut", "step"),
        ("pave|eternity|diamond band", "band", "pave"),
    ),
)
