"""A table lamp and a floor lamp, lit: a cloth shade that glows from within, on a thrown foot or on three wooden legs."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from models.backends.product_studio.archetypes.product import Archetype, Look, Part, Product, stand
from models.backends.product_studio.archetypes.timber import WOOD_WORDS, member, wood
from models.backends.product_studio.archetypes.upholstery import shaded
from models.backends.product_studio.colours import luminance, mixed
from models.backends.product_studio.geometry import Mesh, circle, fillet, lathe, merge, polyline, sphere, tube
from models.backends.product_studio.geometry.cushions import smooth_normals
from models.backends.product_studio.labels import name_solid
from models.backends.product_studio.materials import Bsdf, Emission, Texture, bumped, foil, matte, metal, principled
from models.backends.product_studio.textures import fractal_noise, linen, paper_tooth

WARM = (1.0, 0.63, 0.31)
SHADE_GAIN, BULB_GAIN, PLEATS = 1.25, 34.0, 76
FOOT_HEIGHT, FOOT_RADIUS, WIDEST = 0.300, 0.116, 0.42
TABLE_SHADE, FLOOR_SHADE = (0.125, 0.185, 0.225), (0.205, 0.255, 0.300)  # metres: radius above and below, height

STAMP = 0.0915  # radius of the foot where the name stands


def build_table_lamp(look: Look, rng: np.random.Generator) -> Product:
    """A vase of a foot, a brass neck, a shade half as high as all of it."""
    clay = _foot_surface(look, rng)
    brass = metal(look.metal, 0.14)
    base = FOOT_HEIGHT + 0.045
    parts = [
        Part(_foot(), clay),
        Part(merge([_neck(FOOT_HEIGHT - 0.004, base + 0.02), *_spider(TABLE_SHADE, base)]), brass),
        *_shade(TABLE_SHADE, base, rng, PLEATS),
        Part(_flex(), principled("#2B2521", 0.7)),
    ]
    name = name_solid(look.label, look.typeface, 0.10, 0.0105, 0.0006, max_lines=1)
    if name is not None:
        ground = _foot_colour(look)
        parts.append(Part(name.bent(STAMP).moved(translation=(0, 0.034, 0)), foil(look.metal, ground, look.accent)))
    rim = (0.02, base - 0.030, 0.10)
    return stand(parts, look, (0.0, base, 0.12), (rim, (0.0, FOOT_HEIGHT, 0.05), (0.0, 0.12, FOOT_RADIUS)))


def build_floor_lamp(look: Look, rng: np.random.Generator) -> Product:
    """Three legs that meet under the shade, tied by a ring."""
    timber, brass = wood(look, rng), metal(look.metal, 0.14)
    base, hub, reach = 1.150, 1.085, 0.265
    legs = []
    for i, turn in enumerate(np.radians((12, 132, 252))):
        out = np.array([np.sin(turn), 0.0, np.cos(turn)])
        legs.append(member([out * reach, out * 0.028 + (0, hub, 0)], (0.0105, 0.0150, 0.0165, 0.0165, 0.0145), 0.003, start=0.31 * i))
    plate = lathe(fillet([(0, hub - 0.02), (0.046, hub - 0.02), (0.046, hub + 0.012), (0, hub + 0.012)], [0, 0.004, 0.006, 0], 6), 64)
    parts = [
        Part(merge(legs), timber),
        Part(merge([plate, _neck(hub, base + 0.02), _tie(reach, hub), *_spider(FLOOR_SHADE, base)]), brass),
        *_shade(FLOOR_SHADE, base, rng),
    ]
    name = name_solid(look.label, look.typeface, 0.07, 0.0105, 0.0005, max_lines=1)
    if name is not None:
        parts.append(Part(name.bent(0.0462).moved(translation=(0, hub - 0.004, 0)), principled("#221A12", 0.6)))
    joint = (0.0, base - 0.055, 0.06)
    return stand(parts, look, (0.0, base, 0.2), (joint, (0.0, base + 0.1, FLOOR_SHADE[1]), (0.2, 0.5, 0.1)))


def _foot() -> Mesh:
    """Widest below its middle, drawn in to a neck."""
    u = np.linspace(0, 1, 90)
    wide = np.where(u < WIDEST, 0.64, 0.26)
    radius = 0.023 + (FOOT_RADIUS - 0.023) * np.exp(-(((u - WIDEST) / wide) ** 2))
    wall = np.c_[radius, 0.006 + u * (FOOT_HEIGHT - 0.006)]
    foot = lathe(polyline([(0, 0.0), (radius[0] - 0.006, 0.0), (radius[0] - 0.001, 0.002), *wall, (0.012, FOOT_HEIGHT)]), 160)
    return foot.with_uv(foot.uv * np.array([3.0, 1.6]))


def _foot_colour(look: Look) -> str:
    """The product's; a foot as pale as its shade would be lost, so it takes of the accent."""
    return mixed(look.body, look.accent, 0.55) if luminance(look.body) > 0.75 else look.body


def _foot_surface(look: Look, rng: np.random.Generator) -> Bsdf:
    seed, color = int(rng.integers(1 << 30)), _foot_colour(look)
    if look.option("foot") == "metal":
        return metal(look.metal, 0.16)
    if look.option("foot") == "wood":
        return wood(look, rng)
    glaze = shaded(color, 1 + 0.06 * fractal_noise(512, 512, seed, 1.5))
    return bumped(principled(glaze, 0.42, specular=0.5, coat=0.35, coat_gloss=0.8), paper_tooth(512, seed + 1), 0.004)


def _neck(low: float, high: float) -> Mesh:
    rod = [(0, low), (0.012, low), (0.012, low + 0.016), (0.0065, low + 0.020), (0.0065, high), (0, high)]
    return lathe(fillet(rod, [0, 0.002, 0.003, 0.002, 0.002, 0], 5), 48)


def _tie(reach: float, hub: float) -> Mesh:
    """A thin ring of wire half-way down, inside the legs."""
    radius = reach * 0.5 - 0.004
    t = np.linspace(0, 2 * np.pi, 96, endpoint=False)
    return tube(np.c_[np.sin(t) * radius, np.full(96, hub * 0.49), np.cos(t) * radius], circle(0.003, 12), closed=True, up=(0, 1, 0))


def _spider(shade: tuple[float, float, float], base: float) -> list[Mesh]:
    """What the shade hangs on: a rim of wire above and below and three spokes."""
    above, below, height = shade
    rims = []
    for radius, y in ((below, base), (above, base + height)):
        t = np.linspace(0, 2 * np.pi, 128, endpoint=False)
        rims.append(tube(np.c_[np.sin(t) * radius, np.full(128, y), np.cos(t) * radius], circle(0.0022, 10), closed=True, up=(0, 1, 0)))
    spokes = [
        tube(
            np.array([(0, base + height - 0.03, 0), (np.sin(a) * above, base + height, np.cos(a) * above)]),
            circle(0.002, 8),
            up=(0.1, 0, 1.0),
        )
        for a in np.radians((30, 150, 270))
    ]
    return [*rims, *spokes]


def _shade(shade: tuple[float, float, float], base: float, rng: np.random.Generator, pleats: int = 0) -> list[Part]:
    """Cloth outside and paper inside, both lit from within, brightest round the bulb; a hem above and below. pleats: folds round it."""
    above, below, height = shade
    seed = int(rng.integers(1 << 30))
    outer = lathe(fillet([(below, base), (above, base + height)], [0, 0]), pleats * 6 or 160)
    inner = lathe(fillet([(above - 0.004, base + height), (below - 0.004, base)], [0, 0]), 160)
    u, v = np.linspace(0, 1, 1536, endpoint=False)[None], np.linspace(0, 1, 512)[:, None]
    fall = 0.22 + 0.78 * np.exp(-(((v - 0.44) / 0.30) ** 2))
    hem = 1 - 0.55 * ((v < 0.045) | (v > 0.955))
    weave = 0.74 + 0.26 * np.tile(linen(512, seed, 72), (1, 3))
    if pleats:
        outer = _pleated(outer, pleats)
        weave = weave * (0.66 + 0.34 * _fold(u * pleats))
    light = (fall * hem * weave)[..., None] * np.asarray(WARM)
    glow, cloth = Texture(light.astype(np.float32), linear=True), principled("#E9DDC8", 0.9, sheen=0.3)
    bulb = sphere(0.034, 32).moved(translation=(0, base + height * 0.42, 0))
    return [
        Part(outer, cloth, emission=Emission(glow, SHADE_GAIN)),
        Part(inner, cloth, emission=Emission(glow, SHADE_GAIN * 1.9)),
        Part(bulb, matte((0.0, 0.0, 0.0)), emission=Emission((1.0, 0.74, 0.44), BULB_GAIN)),
    ]


def _fold(turns: NDArray[np.float64]) -> NDArray[np.float64]:
    """0 in the valleys of pleats, 1 on their backs."""
    return np.asarray(0.5 + 0.5 * np.cos(2 * np.pi * turns))


def _pleated(cone: Mesh, pleats: int) -> Mesh:
    out = 1 - 0.026 * (1 - _fold(cone.uv[:, 0] * pleats))
    vertices = cone.vertices * np.c_[out, np.ones(len(out)), out]
    return Mesh(vertices, smooth_normals(vertices, cone.faces), cone.uv, cone.faces)


def _flex() -> Mesh:
    """The cable, lying behind in an easy curve."""
    t = np.linspace(0, 1, 60)
    line = np.c_[0.05 + 0.20 * t + 0.03 * np.sin(t * 5), np.full(60, 0.0032), -0.082 - 0.16 * np.sin(t * 2.4)]
    return tube(line, circle(0.003, 12), up=(0, 1, 0))


FEET = (
    ("ceramic|stoneware|porcelain|clay|terracotta", "foot", "ceramic"),
    ("wooden|wood|oak|walnut|beech|ash base", "foot", "wood"),
    ("brass|steel|chrome|copper|metal|(?:gold|black) (?:base|foot)", "foot", "metal"),
)
TABLE_LAMP = Archetype(
    name="table_lamp",
    title="Table lamp",
    build=build_table_lamp,
    convex=False,
    words=("lamp", "table lamp", "bedside lamp", "desk lamp", "night lamp", "nightstand lamp"),
    body="#6E7F74",
    accent="#B08D57",
    metal="brass",
    typeface="geometric_sans",
    spin_deg=-8.0,
    options=(*WOOD_WORDS, *FEET),
)
FLOOR_LAMP = replace(
    TABLE_LAMP,
    name="floor_lamp",
    title="Floor lamp",
    build=build_floor_lamp,
    words=("floor lamp", "standing lamp", "reading lamp", "tripod lamp"),
    body="#E9E0D1",
    spin_deg=-10.0,
    options=WOOD_WORDS,
    large=True,
)
