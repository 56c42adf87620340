"""A book bound in cloth: a rounded spine, square boards, the title stamped in foil, a ribbon in the accent colour."""

import numpy as np

from models.backends.product_studio.archetypes.product import Archetype, Look, Part, Product, stand
from models.backends.product_studio.geometry import Mesh, extrusion, merge, prism, rotation, rounded_box, rounded_rectangle
from models.backends.product_studio.labels import brand_block, frame_solid
from models.backends.product_studio.materials import bumped, foil, principled
from models.backends.product_studio.textures import fractal_noise, linen

WIDTH, HEIGHT, DEPTH = 0.98, 1.42, 0.21
BOARD, SQUARE = 0.022, 0.024


def build_book(look: Look, rng: np.random.Generator) -> Product:
    """Stands upright, front to the viewer, its spine on the left."""
    seed = int(rng.integers(1 << 30))
    cloth = bumped(principled(look.body, 0.68, specular=0.3, sheen=0.3), linen(512, seed), 0.005)
    leaves = bumped(principled("#F2EADB", 0.8, specular=0.2), _edges(512, seed + 1), 0.006)
    block = rounded_box(WIDTH - SQUARE, HEIGHT - 2 * SQUARE, DEPTH - 2 * BOARD, 0.002).moved(translation=(0.0, HEIGHT / 2, 0))
    parts = [Part(merge(_case()), cloth), Part(block, leaves), Part(_ribbon(), principled(look.accent, 0.4, sheen=0.5))]
    front = DEPTH / 2
    stamped = [frame_solid(WIDTH - 0.16, HEIGHT - 0.16, 0.0045, 0.0016).moved(translation=(0.02, HEIGHT / 2, front - 0.0003))]
    name = brand_block(look.label, look.sublabel, look.typeface, WIDTH * 0.66, 0.105, 0.002)
    if name is not None:
        stamped.append(name.moved(translation=(0.02, HEIGHT * 0.62, front - 0.0003)))
    parts.append(Part(merge(stamped), foil(look.metal, look.body, look.accent)))
    details = ((0.02, HEIGHT * 0.62, front), (-WIDTH / 2, HEIGHT * 0.8, front), (WIDTH / 2, HEIGHT * 0.3, 0.0))
    return stand(parts, look, (0, HEIGHT * 0.58, front), details)


def _case() -> list[Mesh]:
    """Two boards, and the spine between them, a little round."""
    board = prism(rounded_rectangle(WIDTH, HEIGHT, 0.010, 3), BOARD, 0.004, 3)
    places = [(0.0, HEIGHT / 2, side * (DEPTH - BOARD) / 2) for side in (-1, 1)]
    t = np.linspace(-1, 1, 24)
    outer = np.c_[-WIDTH / 2 + 0.006 - 0.026 * np.sqrt(1 - 0.8 * t**2), t * DEPTH / 2]
    inner = outer[::-1] + np.array([0.016, 0.0])
    ring = np.concatenate([outer, inner])
    spine = extrusion([ring], HEIGHT, 0.003).moved(rotation("x", -90), (0, HEIGHT / 2, 0))
    return [*(_clothed(board.moved(translation=place)) for place in places), _clothed(spine)]


def _clothed(mesh: Mesh) -> Mesh:
    """Cloth mapped at one scale whichever way a side faces."""
    x, y, z = mesh.vertices.T
    side = np.abs(mesh.normals[:, 0]) > np.abs(mesh.normals[:, 2])
    uv = np.column_stack([np.where(side, z, x), y])
    return mesh.with_uv(1.7 * uv)


def _ribbon() -> Mesh:
    return rounded_box(0.034, 0.17, 0.003, 0.001).moved(rotation("z", 4), (0.16, 0.02 - 0.05 + 0.03, DEPTH / 2 - BOARD - 0.05))


def _edges(size: int, seed: int) -> np.ndarray:
    """Heights of a block of leaves seen from the side: fine lines along it."""
    lines = fractal_noise(1, size, seed, 0.4, 24)[0]
    return np.asarray(np.clip(np.repeat(lines[None], size, 0) * 0.2 + 0.5, 0, 1), np.float32)


BOOK = Archetype(
    name="book",
    title="Book in cloth",
    build=build_book,
    convex=True,
    words=("book", "novel", "cookbook", "notebook", "journal", "diary", "magazine", "memoir", "photo book", "guidebook"),
    body="#23403A",
    accent="#C8553D",
    metal="gold",
    typeface="luxury_serif",
    spin_deg=22.0,
)
