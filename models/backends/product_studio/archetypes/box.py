"""A rigid shoulder box: the honest hero for any product the studio has no shape for.

Lid and base in fine cloth paper, an inner neck of the accent colour showing in the gap, and the brand stamped in foil.
"""

import numpy as np

from models.backends.product_studio.archetypes.product import Archetype, Look, Part, Product, stand
from models.backends.product_studio.geometry import Mesh, merge, prism, rotation, rounded_rectangle
from models.backends.product_studio.labels import brand_block, frame_solid
from models.backends.product_studio.materials import bumped, foil, principled
from models.backends.product_studio.textures import linen

WIDTH, DEPTH = 0.96, 0.52
BASE, GAP, LID = 0.80, 0.016, 0.40
UPRIGHT = rotation("x", -90)


def build_box(look: Look, rng: np.random.Generator) -> Product:
    """Stands upright, front to the viewer."""
    cloth = linen(512, int(rng.integers(1 << 30)))
    paper = bumped(principled(look.body, 0.62, specular=0.35, sheen=0.25), cloth, 0.006)
    neck = principled(look.accent, 0.5)
    total = BASE + GAP + LID
    parts = [
        Part(_board(WIDTH, DEPTH, BASE, 0.0), paper),
        Part(_board(WIDTH, DEPTH, LID, BASE + GAP), paper),
        Part(_board(WIDTH - 0.035, DEPTH - 0.035, GAP + 0.06, BASE - 0.03), neck),
    ]
    front = DEPTH / 2
    stamped = [frame_solid(WIDTH - 0.11, BASE - 0.11, 0.0042, 0.002).moved(translation=(0, BASE / 2, front - 0.0004))]
    block = brand_block(look.label, look.sublabel, look.typeface, WIDTH * 0.66, 0.105, 0.0026)
    if block is not None:
        stamped.append(block.moved(translation=(0, BASE / 2, front - 0.0004)))
    parts.append(Part(merge(stamped), foil(look.metal, look.body, look.accent)))
    return stand(parts, look, (0, BASE * 0.55, front), ((0.0, BASE / 2, front), (WIDTH / 2, BASE + GAP / 2, front), (0.0, total, 0.0)))


def _board(width: float, depth: float, height: float, bottom: float) -> Mesh:
    """A closed board form with crisp, slightly softened edges; its cloth is mapped at one scale on every side."""
    solid = prism(rounded_rectangle(width, depth, 0.008, 3), height, 0.005, 3).moved(UPRIGHT, (0, bottom + height / 2, 0))
    x, y, z = solid.vertices.T
    facing = np.abs(solid.normals)
    side = facing[:, 0] > np.maximum(facing[:, 1], facing[:, 2])
    top = facing[:, 1] > np.maximum(facing[:, 0], facing[:, 2])
    uv = np.where(side[:, None], np.c_[z, y], np.where(top[:, None], np.c_[x, z], np.c_[x, y]))
    return solid.with_uv(uv * 1.6)


BOX = Archetype(
    name="box",
    title="Branded box",
    build=build_box,
    convex=True,
    words=(
        "box",
        "gift box",
        "package",
        "parcel",
        "gift",
        "gift set",
        "subscription box",
        "hamper",
        "chocolate",
        "chocolates",
        "pralines",
    ),
    body="#1E2A3A",
    accent="#C8A15A",
    metal="gold",
    typeface="luxury_serif",
    spin_deg=-24.0,
    general=True,
)
