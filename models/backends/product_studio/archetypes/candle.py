"""A scented candle: a matt ceramic vessel, pale wax, a lit wick, the name stamped in foil."""

import numpy as np

from models.backends.product_studio.archetypes.product import Archetype, Look, Part, Product, stand
from models.backends.product_studio.geometry import Mesh, Outline, fillet, lathe, rounded_rectangle, tube
from models.backends.product_studio.labels import brand_block
from models.backends.product_studio.materials import Emission, bumped, foil, matte, principled
from models.backends.product_studio.textures import paper_tooth

RADIUS, HEIGHT, WALL = 0.46, 0.86, 0.032
WAX = HEIGHT - 0.13
FLAME = (1.0, 0.50, 0.15)


def build_candle(look: Look, rng: np.random.Generator) -> Product:
    """Stands with its name to the viewer, lit."""
    clay = bumped(principled(look.body, 0.55, specular=0.45), paper_tooth(512, int(rng.integers(1 << 30))), 0.003)
    parts = [
        Part(_vessel(), clay),
        Part(_wax(), principled("#F6ECD9", 0.42, specular=0.4)),
        Part(_wick(), principled("#1E1914", 0.9)),
        Part(_flame(), matte((0.0, 0.0, 0.0)), emission=Emission(FLAME, 26.0)),
    ]
    block = brand_block(look.label, look.sublabel, look.typeface, 0.60, 0.092)
    if block is not None:
        parts.append(Part(block.bent(RADIUS).moved(translation=(0, HEIGHT * 0.46, 0)), foil(look.metal, look.body, look.accent)))
    return stand(parts, look, (0, HEIGHT * 0.5, RADIUS), ((0.0, WAX + 0.1, 0.0), (0.3, HEIGHT, 0.34), (0.0, HEIGHT * 0.46, RADIUS)))


def _vessel() -> Mesh:
    """Outside, lip and inside as one wall."""
    inner = RADIUS - WALL
    points = [(0, 0.012), (0.36, 0.0), (RADIUS, 0.0), (RADIUS, HEIGHT), (inner, HEIGHT), (inner, WAX - 0.05), (0, WAX - 0.05)]
    vessel = lathe(fillet(points, [0, 0.02, 0.075, 0.014, 0.014, 0.0, 0], 10), 192)
    return vessel.with_uv(vessel.uv * np.array([3.0, 2.0]))


def _wax() -> Mesh:
    """A pool, a little higher where it wets the wall."""
    edge = RADIUS - WALL - 0.0005
    points = [(0, WAX - 0.04), (edge, WAX - 0.04), (edge, WAX + 0.012), (edge - 0.05, WAX), (0.06, WAX - 0.008), (0, WAX - 0.008)]
    return lathe(fillet(points, [0, 0, 0.002, 0.04, 0.05, 0], 8), 128)


def _wick() -> Mesh:
    path = np.array([(0, WAX - 0.02, 0), (0.001, WAX + 0.03, 0), (0.006, WAX + 0.065, 0), (0.016, WAX + 0.09, 0)])
    return tube(path, rounded_rectangle(0.016, 0.016, 0.0075, 4))


def _flame() -> Mesh:
    """A teardrop just above the wick."""
    t = np.linspace(0, np.pi, 40)
    radius = 0.040 * np.sin(t) * np.exp(-0.75 * (t / np.pi)) * (1 - 0.25 * (t / np.pi))
    height = WAX + 0.055 + 0.20 * (1 - np.cos(t)) / 2
    radius[[0, -1]] = 0.0
    travel = np.c_[np.gradient(radius), np.gradient(height)]
    normals = np.c_[travel[:, 1], -travel[:, 0]]
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    return lathe(Outline(np.c_[radius, height], normals), 40)


CANDLE = Archetype(
    name="candle",
    title="Scented candle",
    build=build_candle,
    convex=True,
    round=True,
    words=("candle", "scented candle", "home fragrance", "soy candle", "wax melt"),
    body="#DDD3C4",
    accent="#7B4B2E",
    metal="gold",
    typeface="luxury_serif",
    spin_deg=-8.0,
)
