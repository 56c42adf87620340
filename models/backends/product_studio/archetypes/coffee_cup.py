"""A cup to take away: waxed paper with a rolled rim, a moulded lid, a sleeve of kraft board with the name on it."""

import numpy as np

from models.backends.product_studio.archetypes.product import Archetype, Look, Part, Product, stand
from models.backends.product_studio.colours import is_dark, mixed
from models.backends.product_studio.geometry import Mesh, fillet, lathe, torus
from models.backends.product_studio.labels import brand_block
from models.backends.product_studio.materials import bumped, principled
from models.backends.product_studio.textures import paper_tooth

FOOT, RIM, HEIGHT = 0.295, 0.43, 1.12
SLEEVE_LOW, SLEEVE_HIGH = 0.34, 0.82
LID = 0.13


def build_coffee_cup(look: Look, rng: np.random.Generator) -> Product:
    """Stands with its name to the viewer."""
    seed = int(rng.integers(1 << 30))
    paper = principled("#F6F3EC" if is_dark(look.body) else mixed(look.body, "#FFFFFF", 0.55), 0.42, specular=0.45)
    board = bumped(principled(look.body, 0.68, specular=0.3), paper_tooth(512, seed), 0.004)
    lid = principled("#17171A" if not is_dark(look.body) else "#F4F1EA", 0.36, specular=0.5)
    parts = [Part(_cup(), paper), Part(torus(RIM + 0.004, 0.014, 160, 20).moved(translation=(0, HEIGHT - 0.004, 0)), paper)]
    parts += [Part(_lid(), lid), Part(_sleeve(), board)]
    middle = (SLEEVE_LOW + SLEEVE_HIGH) / 2
    radius = _radius(middle) + 0.0145
    block = brand_block(look.label, look.sublabel, look.typeface, radius * 1.25, 0.088, 0.0016, rule=False)
    if block is not None:
        ink = principled("#F6F4EE" if is_dark(look.body) else "#22252A", 0.5)
        parts.append(Part(_leaning(block.bent(radius)).moved(translation=(0, middle, 0)), ink))
    details = ((0.0, middle, radius), (0.1, HEIGHT + LID, RIM * 0.7), (RIM * 0.7, SLEEVE_HIGH, RIM * 0.5))
    return stand(parts, look, (0, middle, radius), details)


def _radius(y: float) -> float:
    return FOOT + (RIM - FOOT) * y / HEIGHT


def _leaning(mesh: Mesh) -> Mesh:
    """Laid on the cone: what is higher stands further out."""
    x, y, z = mesh.vertices.T
    out = 1 + y * (RIM - FOOT) / HEIGHT / max(float(np.hypot(x, z).max()), 1e-6)
    return Mesh(np.c_[x * out, y, z * out], mesh.normals, mesh.uv, mesh.faces)


def _cup() -> Mesh:
    points = [(0, 0.03), (FOOT - 0.02, 0.03), (FOOT - 0.012, 0.0), (FOOT, 0.0), (RIM, HEIGHT)]
    return lathe(fillet(points, [0, 0.01, 0.004, 0.008, 0], 8), 192)


def _lid() -> Mesh:
    """A skirt over the rim, a shoulder, a raised rim to drink from and the sunken middle."""
    top = HEIGHT + LID
    points = [
        (RIM + 0.012, HEIGHT - 0.05),
        (RIM + 0.026, HEIGHT - 0.045),
        (RIM + 0.026, HEIGHT + 0.02),
        (RIM - 0.02, HEIGHT + 0.035),
        (RIM - 0.055, top),
        (RIM - 0.10, top),
        (RIM - 0.125, top - 0.055),
        (0, top - 0.055),
    ]
    return lathe(fillet(points, [0, 0.006, 0.014, 0.014, 0.02, 0.02, 0.02, 0], 8), 192)


def _sleeve() -> Mesh:
    low, high, out = SLEEVE_LOW, SLEEVE_HIGH, 0.013
    points = [
        (_radius(low) + 0.002, low),
        (_radius(low) + out, low),
        (_radius(high) + out, high),
        (_radius(high) + 0.002, high),
    ]
    sleeve = lathe(fillet(points, [0, 0.003, 0.003, 0], 4), 192)
    return sleeve.with_uv(sleeve.uv * np.array([5.0, 1.5]))


COFFEE_CUP = Archetype(
    name="coffee_cup",
    title="Coffee to go",
    build=build_coffee_cup,
    convex=True,
    round=True,
    words=(
        "coffee shop",
        "coffee cup",
        "coffee bar",
        "coffee house",
        "coffee to go",
        "takeaway coffee",
        "cup of coffee",
        "cup of tea",
        "cafe",
        "café",
        "latte",
        "cappuccino",
        "flat white",
        "espresso bar",
        "hot chocolate",
        "roastery",
    ),
    body="#B98A5E",
    accent="#3B2A20",
    metal="brass",
    typeface="geometric_sans",
    spin_deg=-8.0,
)
