"""A perfume flacon: a heavy block of glass, tinted scent inside, a metal collar and cap, a small set label."""

import numpy as np

from models.backends.product_studio.archetypes.product import Archetype, Look, Part, Product, stand
from models.backends.product_studio.geometry import Mesh, fillet, lathe, merge, prism, rotation, rounded_box, rounded_rectangle, tube
from models.backends.product_studio.labels import brand_block, frame_solid
from models.backends.product_studio.materials import Bsdf, dielectric, glazed, metal, principled, srgb_to_linear

WIDTH, DEPTH, HEIGHT = 0.98, 0.42, 1.18
WALL, FLOOR = 0.085, 0.12
FILL = 0.70
LABEL_WIDTH, LABEL_HEIGHT, LABEL_Y = 0.54, 0.50, 0.50
UPRIGHT = rotation("x", -90)


def build_perfume(look: Look, rng: np.random.Generator) -> Product:
    """Stands front to the viewer."""
    polished, satin = metal(look.metal, 0.05), metal(look.metal, 0.13)
    scent = _scent(look.accent if look.option("scent") == "accent" else look.body)
    level = HEIGHT * FILL
    air_top = HEIGHT - 0.075
    inner_width, inner_depth = WIDTH - 2 * WALL, DEPTH - 2 * WALL
    parts = [
        Part(_block(WIDTH, DEPTH, HEIGHT, 0.0, 0.085, 0.032), dielectric((0.985, 0.992, 0.99))),
        # Scent and air are cavities in the glass: each is modelled by the step of refractive index at its own wall.
        Part(_block(inner_width, inner_depth, level - FLOOR, FLOOR, 0.06, 0.03), dielectric(scent, 1.36, 1.5)),
        Part(_block(inner_width, inner_depth, air_top - level - 0.004, level + 0.004, 0.06, 0.03), dielectric((1, 1, 1), 1.0, 1.5)),
        Part(_dip_tube(level), principled("#E9E6DF", 0.3)),
        Part(_collar(), polished),
        Part(_cap(), _cap_surface(look, satin)),
        Part(_cap_ring(), polished),
    ]
    front = DEPTH / 2
    dark_label = look.option("label") == "dark"
    parts.append(
        Part(
            rounded_box(LABEL_WIDTH, LABEL_HEIGHT, 0.010, 0.003, 0.016).moved(translation=(0, LABEL_Y, front + 0.004)),
            glazed("#141416" if dark_label else "#F5F0E6", 0.22),
        )
    )
    face = front + 0.009
    marks = [frame_solid(LABEL_WIDTH - 0.05, LABEL_HEIGHT - 0.05, 0.0042).moved(translation=(0, LABEL_Y, face))]
    block = brand_block(look.label, look.sublabel, look.typeface, LABEL_WIDTH * 0.74, 0.062)
    if block is not None:
        marks.append(block.moved(translation=(0, LABEL_Y, face)))
    parts.append(Part(merge(marks), metal(look.metal, 0.14) if dark_label else principled("#1B1A1C", 0.4)))
    return stand(
        parts, look, (0, LABEL_Y + 0.1, front), ((0.0, LABEL_Y, front), (0.0, HEIGHT + 0.2, 0.2), (WIDTH / 2, HEIGHT * 0.8, front))
    )


def _block(width: float, depth: float, height: float, bottom: float, corner: float, bevel: float) -> Mesh:
    return prism(rounded_rectangle(width, depth, corner, 10), height, bevel, 6).moved(UPRIGHT, (0, bottom + height / 2, 0))


def _dip_tube(level: float) -> Mesh:
    path = np.array([(0.0, level, 0.0), (0.004, level * 0.6, 0.0), (0.012, FLOOR + 0.05, 0.0)])
    return tube(path, rounded_rectangle(0.022, 0.022, 0.0105, 4))


def _collar() -> Mesh:
    steps = [(0, HEIGHT), (0.215, HEIGHT), (0.215, HEIGHT + 0.035), (0.185, HEIGHT + 0.045), (0.185, HEIGHT + 0.10), (0, HEIGHT + 0.10)]
    return lathe(fillet(steps, [0, 0.012, 0.012, 0.006, 0.01, 0], 6), 96)


def _cap() -> Mesh:
    foot = HEIGHT + 0.095
    return lathe(fillet([(0, foot), (0.245, foot), (0.25, foot + 0.44), (0, foot + 0.44)], [0, 0.016, 0.030, 0], 10), 128)


def _cap_ring() -> Mesh:
    foot = HEIGHT + 0.125
    return lathe(fillet([(0.240, foot), (0.2525, foot), (0.2525, foot + 0.022), (0.240, foot + 0.022)], [0, 0.005, 0.005, 0], 5), 128)


def _cap_surface(look: Look, satin: Bsdf) -> Bsdf:
    return principled("#101013", 0.16, coat=1.0) if look.option("cap") == "dark" else satin


def _scent(color: str) -> tuple[float, float, float]:
    """A liquid's tint for one passage through its wall: the brand's hue, thinned until light still comes through."""
    linear = np.maximum(srgb_to_linear(color), 1e-3)
    hue = linear / linear.max()
    r, g, b = hue**0.55 * 0.97
    return (float(r), float(g), float(b))


PERFUME = Archetype(
    name="perfume",
    title="Perfume bottle",
    build=build_perfume,
    convex=True,
    words=("perfume", "fragrance", "eau de parfum", "eau de toilette", "cologne", "scent", "parfum", "aftershave"),
    default_sublabel="Fragrance",
    body="#E0A052",
    accent="#C8A15A",
    metal="gold",
    typeface="luxury_serif",
    spin_deg=16.0,
)
