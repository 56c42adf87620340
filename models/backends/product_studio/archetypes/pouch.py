"""A flat-bottomed bag, as coffee and good food are sold in: soft matte foil, a crimped seal, a valve, the name in front."""

import numpy as np

from models.backends.product_studio.archetypes.product import Archetype, Look, Part, Product, stand
from models.backends.product_studio.colours import mixed
from models.backends.product_studio.geometry import Mesh, fillet, lathe, merge, rotation, torus
from models.backends.product_studio.geometry.lofts import draped, loft, superellipse
from models.backends.product_studio.geometry.mesh import Floats
from models.backends.product_studio.labels import Sheet, brand_block
from models.backends.product_studio.materials import foil, picture, principled

WIDTH, DEPTH, HEIGHT = 0.88, 0.40, 1.34
SEAL_Y = 1.20
BAND = (0.10, 0.30)  # of the height: the accent's field


def build_pouch(look: Look, rng: np.random.Generator) -> Product:
    """Stands front to the viewer."""
    waves = rng.uniform(0, 2 * np.pi, 8)

    def front(x: Floats, y: Floats) -> Floats:
        bulge = np.clip(1 - np.abs(2 * x / WIDTH) ** 4.5, 1e-3, 1) ** (1 / 4.5)
        return _depth(y) / 2 * bulge + _creases(x, y, waves)

    film = principled(picture(_art(look)), 0.46, specular=0.5, coat=0.12)
    valve_y = HEIGHT * 0.79
    valve_z = float(front(np.array([0.0]), np.array([valve_y]))[0])
    parts = [
        Part(_bag(waves), film),
        Part(_valve().moved(rotation("x", 90), (0, valve_y, valve_z - 0.002)), principled(mixed(look.body, "#000000", 0.25), 0.4)),
    ]
    block = brand_block(look.label, look.sublabel, look.typeface, WIDTH * 0.70, 0.115, 0.0016)
    if block is not None:
        laid = draped(block.moved(translation=(0, HEIGHT * 0.54, 0)), front).moved(translation=(0, 0, 0.0012))
        parts.append(Part(laid, foil(look.metal, look.body, look.accent)))
    z = float(front(np.array([0.0]), np.array([HEIGHT * 0.54]))[0])
    return stand(parts, look, (0, HEIGHT * 0.54, z), ((0.0, HEIGHT * 0.54, z), (0.0, valve_y, valve_z), (0.2, SEAL_Y, 0.02)))


def _depth(y: Floats) -> Floats:
    """Front to back: full at the bottom, closing toward the seal."""
    level = np.clip(y / SEAL_Y, 0, 1)
    return np.maximum(DEPTH * (1 - level**2.6) * (0.97 + 0.10 * np.sin(np.pi * level)), 0.016)


def _creases(x: Floats, y: Floats, waves: Floats) -> Floats:
    """Soft dents of a filled bag, stronger toward the seal; fine ribs in the seal itself."""
    level = np.clip(y / SEAL_Y, 0, 1)
    soft = (
        np.sin(x * 7 + waves[0] + 2.0 * np.sin(y * 3 + waves[1]))
        + np.sin(x * 13 + y * 5 + waves[2]) * 0.6
        + np.sin(y * 9 - x * 6 + waves[3]) * 0.5
    )
    fan = np.sin(x * 30 + waves[4]) * np.exp(-(((y - SEAL_Y) / 0.12) ** 2)) * 0.8
    ribs = np.where(y > SEAL_Y, np.sin((y - SEAL_Y) * 2 * np.pi / 0.022) * 0.0022, 0.0)
    return 0.0042 * (0.25 + level) * soft * np.clip((1.02 - level) * 4, 0, 1) + 0.003 * fan + ribs


def _bag(waves: Floats) -> Mesh:
    rings = []
    for y in np.r_[np.linspace(0, SEAL_Y, 90), np.linspace(SEAL_Y + 0.004, HEIGHT, 48)]:
        level = min(y / SEAL_Y, 1.0)
        depth = float(_depth(np.array([y]))[0])
        ring = superellipse(WIDTH, depth, 4.5 if level < 0.98 else 3.5, 160)
        gusset = 0.10 * np.sin(np.pi * level) ** 1.2 * np.exp(-((ring[:, 1] / (0.22 * depth)) ** 2))
        ring[:, 0] *= 1 - gusset * (np.abs(ring[:, 0]) > WIDTH * 0.4)
        dent = _creases(ring[:, 0], np.full(len(ring), y), waves) * np.clip(np.abs(ring[:, 1]) / (0.3 * depth), 0, 1)
        foot = min(y / 0.025, 1.0)  # the bottom edge is rounded
        rings.append(
            np.c_[
                ring[:, 0] * (0.975 + 0.025 * foot), np.full(len(ring), y), ring[:, 1] * (0.95 + 0.05 * foot) + np.sign(ring[:, 1]) * dent
            ]
        )
    return loft(np.array(rings))


def _valve() -> Mesh:
    disc = lathe(fillet([(0, 0.002), (0.042, 0.002), (0.040, 0.008), (0, 0.008)], [0, 0.001, 0.003, 0], 4), 64)
    return merge([disc, torus(0.022, 0.003, 48, 10).moved(translation=(0, 0.008, 0))])


def _art(look: Look) -> np.ndarray:
    width, height = 900, round(900 * HEIGHT / WIDTH)
    sheet = Sheet(width, height, look.body)
    low, high = (height * (1 - share) for share in BAND)
    sheet.paint("rectangle", (0.0, high, float(width), low), look.accent)
    return sheet.pixels()


POUCH = Archetype(
    name="pouch",
    title="Flat-bottomed bag",
    build=build_pouch,
    convex=True,
    words=(
        "pouch",
        "coffee",
        "coffee beans",
        "coffee bag",
        "tea",
        "granola",
        "snack",
        "protein powder",
        "pet food",
        "dog food",
        "muesli",
        "nuts",
        "matcha",
        "bag of coffee",
        "spice",
    ),
    body="#1F2A26",
    accent="#C9743F",
    metal="gold",
    typeface="geometric_sans",
    spin_deg=-16.0,
)
