"""A hand-made loaf, scored and floured, in a paper sleeve with the baker's name: what a bakery sells, not its shop front."""

from functools import cache, lru_cache

import numpy as np

from models.backends.product_studio.archetypes.product import Archetype, Look, Part, Product, stand
from models.backends.product_studio.colours import is_dark
from models.backends.product_studio.geometry import Mesh, merge, surface_nets
from models.backends.product_studio.geometry.lofts import draped
from models.backends.product_studio.geometry.mesh import Floats
from models.backends.product_studio.labels import brand_block, rule_solid
from models.backends.product_studio.materials import bumped, picture, principled, srgb_to_linear
from models.backends.product_studio.textures import fractal_noise, paper_tooth

HALF_LENGTH, HALF_HEIGHT, HALF_DEPTH, CENTRE_Y = 0.78, 0.29, 0.36, 0.255
SLASHES = (-0.60, -0.385, 0.385, 0.60)
SLEEVE = 0.30
PALE, GOLD, BROWN, CHAR = "#EBCF9C", "#C98638", "#8A4A1B", "#4A2410"


def build_loaf(look: Look, rng: np.random.Generator) -> Product:
    """Lies with its long side to the viewer."""
    crust = bumped(
        principled(picture(_crust(int(rng.integers(1 << 30)))), 0.62, specular=0.35),
        fractal_noise(512, 512, 7, 1.6, 6).clip(-2, 2) / 4 + 0.5,
        0.003,
    )
    paper = bumped(principled(look.body, 0.72, specular=0.25), paper_tooth(512, int(rng.integers(1 << 30))), 0.0025)
    loaf, sleeve = _forms()
    parts = [Part(loaf, crust), Part(sleeve, paper)]
    ink = principled("#F6F0E4" if is_dark(look.body) else "#2B211A", 0.6)
    marks = [draped(rule_solid(2 * SLEEVE - 0.05, 0.007).moved(translation=(0, y, 0)), _front) for y in (0.085, 0.45)]
    block = brand_block(look.label, look.sublabel, look.typeface, 2 * SLEEVE - 0.07, 0.084, 0.004, rule=False)
    if block is not None:
        marks.append(draped(block.moved(translation=(0, 0.268, 0)), _front))
    parts.append(Part(merge(marks), ink))
    details = (
        (0.34, 0.33, 0.30),
        (-0.34, 0.33, 0.30),
        (0.52, 0.36, 0.24),
        (0.0, 0.26, HALF_DEPTH),
    )  # where the paper ends and the crust begins
    return stand(parts, look, (0.0, 0.30, HALF_DEPTH), details)


def _body(points: Floats) -> Floats:
    """A batard: rounder above, settled flat below."""
    x, y, z = points[..., 0], points[..., 1], points[..., 2]
    rise = y - CENTRE_Y
    tall = np.where(rise < 0, HALF_HEIGHT * 0.96, HALF_HEIGHT)
    swell = 1 + 0.02 * np.sin(5 * x + 1) + 0.015 * np.sin(9 * z + 4 * x)
    taper = np.abs(x / HALF_LENGTH) ** 2.5
    round_ = (np.abs(rise / tall) ** 2.2 + np.abs(z / HALF_DEPTH) ** 2.2) ** (1 / 2.2)
    shape = (taper + (round_ / swell) ** 2.3) ** (1 / 2.3) - 1
    return shape * 0.27


def _loaf(points: Floats) -> Floats:
    x, y, z = points[..., 0], points[..., 1], points[..., 2]
    top = np.clip((y - 0.24) / 0.12, 0, 1)
    depth = np.zeros_like(x)
    for at in SLASHES:
        leaning = x - at + 0.38 * (z - 0.10)
        long = np.clip(1 - (np.abs(z - 0.02) / 0.30) ** 4, 0, 1)
        depth = depth + top * long * (0.036 * np.exp(-((leaning / 0.040) ** 2)) - 0.022 * np.exp(-(((leaning - 0.075) / 0.030) ** 2)))
    rough = 0.004 * np.sin(31 * x + 3 * np.sin(23 * z)) * np.sin(27 * y + 2 * np.sin(19 * x))
    return np.maximum(_body(points) + depth + rough, 0.012 - y)


def _sleeve(points: Floats) -> Floats:
    x, y = points[..., 0], points[..., 1]
    shell = np.maximum(_body(points) - 0.022, -(_body(points) - 0.006))
    return np.maximum(np.maximum(shell, np.abs(x) - SLEEVE), 0.004 - y)


def _front(x: Floats, y: Floats) -> Floats:
    low, high = np.zeros_like(x), np.full_like(x, 0.6)
    for _ in range(26):
        half = (low + high) / 2
        inside = _body(np.stack([x, y, half], -1)) < 0.022
        low, high = np.where(inside, half, low), np.where(inside, high, half)
    return low + 0.0006


@cache
def _forms() -> tuple[Mesh, Mesh]:
    """The loaf and its sleeve: the same in every look."""
    low, high = (-0.84, -0.03, -0.42), (0.84, 0.62, 0.42)
    sleeve = surface_nets(_sleeve, (-0.30, -0.03, -0.43), (0.30, 0.62, 0.43), 110)
    return surface_nets(_loaf, low, high, 150), sleeve.with_uv(sleeve.uv * 2.0)


@lru_cache(maxsize=4)
def _crust(seed: int) -> np.ndarray:
    """Colours seen from the front, (H, W, 3) uint8: baked darker to the ends and along each ear, pale in the cuts, flour over all."""
    height, width = 640, 1664  # a macro shows less than half of it across the frame
    x = np.linspace(-0.84, 0.84, width)[None]
    y = np.linspace(0.62, -0.03, height)[:, None]
    cloud, grain = fractal_noise(height, width, seed, 1.7, 2), fractal_noise(height, width, seed + 1, 0.9, 20)
    baked = np.clip(0.42 + 0.13 * cloud + 0.03 * grain + 0.35 * np.abs(x / 0.8) ** 3 + 0.25 * (y - 0.25), 0, 1)
    cut = np.zeros((height, width))
    ear = np.zeros((height, width))
    for at in SLASHES:
        z = np.sqrt(np.clip(1 - ((y - CENTRE_Y) / HALF_HEIGHT) ** 2, 0, 1)) * HALF_DEPTH * 0.85
        leaning = x - at + 0.38 * (z - 0.10)
        top = np.clip((y - 0.24) / 0.10, 0, 1)
        cut = np.maximum(cut, top * np.exp(-((leaning / 0.042) ** 2)))
        ear = np.maximum(ear, top * np.exp(-(((leaning - 0.070) / 0.026) ** 2)))
    flour = np.clip(0.10 + 0.16 * fractal_noise(height, width, seed + 2, 1.3, 4) + 0.10 * grain, 0, 0.65) * np.clip((y - 0.12) / 0.2, 0, 1)
    dust = fractal_noise(height, width, seed + 3, 0.35, 60)  # single grains of flour, and pores
    flour = np.clip(flour + 0.55 * np.clip(dust - 0.9, 0, 1) * np.clip((y - 0.10) / 0.2, 0, 1), 0, 0.85)
    baked = np.clip(baked + 0.22 * np.clip(-dust - 0.9, 0, 1), 0, 1)
    colours = [np.asarray(srgb_to_linear(c)) for c in (PALE, GOLD, BROWN, CHAR)]
    ramp = np.stack([np.interp(baked, (0.1, 0.45, 0.8, 1.0), [c[k] for c in colours]) for k in range(3)], -1)
    for colour, weight in ((colours[3], ear * 0.7), (colours[0], cut * 0.85), (np.array([0.86, 0.80, 0.70]), flour * (1 - cut))):
        ramp = ramp + (colour - ramp) * weight[..., None]
    encoded = np.where(ramp <= 0.0031308, ramp * 12.92, 1.055 * np.clip(ramp, 1e-6, 1) ** (1 / 2.4) - 0.055)
    return (np.clip(encoded, 0, 1) * 255 + 0.5).astype(np.uint8)


LOAF = Archetype(
    name="loaf",
    title="Loaf of bread",
    build=build_loaf,
    convex=False,
    words=("bakery", "bread", "loaf", "sourdough", "baguette", "bakehouse"),
    body="#EFE4D0",
    accent="#8A4A1B",
    typeface="luxury_serif",
    spin_deg=-16.0,
)
