"""An insulated bottle: powder-coated steel, a bare steel foot and collar, a bamboo cap with a carrying loop."""

import numpy as np

from models.backends.product_studio.archetypes.product import Archetype, Look, Part, Product, stand
from models.backends.product_studio.colours import is_dark
from models.backends.product_studio.geometry import Mesh, fillet, lathe, merge, rounded_rectangle, tube
from models.backends.product_studio.labels import brand_block
from models.backends.product_studio.materials import bumped, metal, picture, principled
from models.backends.product_studio.textures import paper_tooth, wood

RADIUS, SHOULDER_Y, NECK, NECK_Y = 0.30, 1.10, 0.185, 1.34
CAP_Y = NECK_Y + 0.03
CAP_HEIGHT = 0.22


def build_water_bottle(look: Look, rng: np.random.Generator) -> Product:
    """Stands with its print to the viewer."""
    seed = int(rng.integers(1 << 30))
    coat = bumped(principled(look.body, 0.44, specular=0.5), paper_tooth(512, seed), 0.004)
    steel = metal("steel", (0.07, 0.20))
    bamboo = principled(picture((wood(512, seed + 1) * 255).astype(np.uint8)), 0.5, specular=0.35)
    parts = [Part(_body(), coat), Part(merge([_foot(), _collar()]), steel), Part(_cap(), bamboo), Part(_loop(), metal("steel", 0.12))]
    block = brand_block(look.label, look.sublabel, look.typeface, RADIUS * 1.42, 0.135, 0.0014, rule=False)
    if block is not None:
        ink = principled("#F6F4EE" if is_dark(look.body) else "#22252A", 0.45)
        parts.append(Part(block.bent(RADIUS).moved(translation=(0, SHOULDER_Y * 0.62, 0)), ink))
    details = ((0.0, SHOULDER_Y * 0.62, RADIUS), (0.0, CAP_Y, NECK), (RADIUS * 0.7, 0.05, RADIUS * 0.7))
    return stand(parts, look, (0, SHOULDER_Y * 0.7, RADIUS), details)


def _body() -> Mesh:
    points = [(RADIUS - 0.004, 0.055), (RADIUS, 0.07), (RADIUS, SHOULDER_Y), (NECK, NECK_Y - 0.05), (NECK, NECK_Y)]
    body = lathe(fillet(points, [0, 0.01, 0.30, 0.09, 0], 16), 192)
    return body.with_uv(body.uv * np.array([4.0, 3.0]))


def _foot() -> Mesh:
    return lathe(fillet([(0, 0.012), (0.22, 0.0), (0.285, 0.0), (RADIUS - 0.004, 0.058), (0.2, 0.058)], [0, 0.01, 0.02, 0.004, 0], 8), 160)


def _collar() -> Mesh:
    steps = [(0.10, NECK_Y - 0.01), (NECK - 0.008, NECK_Y - 0.01), (NECK - 0.008, CAP_Y + 0.01), (0.10, CAP_Y + 0.01)]
    return lathe(fillet(steps, 0), 128)


def _cap() -> Mesh:
    """Turned from one block; the grain runs across."""
    top = CAP_Y + CAP_HEIGHT
    cap = lathe(fillet([(0, CAP_Y), (0.198, CAP_Y), (0.203, top), (0, top)], [0, 0.010, 0.028, 0], 10), 160)
    return cap.with_uv(np.c_[cap.vertices[:, 0] + 0.5, cap.vertices[:, 1] * 0.6 + cap.vertices[:, 2] * 0.8])


def _loop() -> Mesh:
    """A steel handle hinged on both sides of the cap."""
    t = np.linspace(-0.12, np.pi + 0.12, 60)
    base = CAP_Y + CAP_HEIGHT * 0.55
    path = np.c_[np.cos(t) * 0.218, base + np.maximum(np.sin(t), -0.2) ** 1.0 * 0.235, np.zeros(len(t))]
    pins = []
    for sign in (-1, 1):
        pin = lathe(fillet([(0, 0), (0.026, 0), (0.026, 0.022), (0, 0.022)], [0, 0.003, 0.006, 0], 4), 40)
        turn = np.array([[0.0, sign, 0], [-sign, 0, 0], [0, 0, 1]])
        pins.append(pin.moved(turn, (sign * 0.208, base, 0)))
    return merge([tube(path, rounded_rectangle(0.016, 0.062, 0.0075, 6)), *pins])


WATER_BOTTLE = Archetype(
    name="water_bottle",
    title="Insulated bottle",
    build=build_water_bottle,
    convex=True,
    round=True,
    words=(
        "water bottle",
        "flask",
        "thermos",
        "tumbler",
        "drinking bottle",
        "insulated bottle",
        "reusable bottle",
        "canteen",
        "travel mug",
        "insulated mug",
        "thermal mug",
    ),
    body="#5E7F6C",
    accent="#D9B68A",
    metal="steel",
    typeface="geometric_sans",
    spin_deg=-10.0,
)
