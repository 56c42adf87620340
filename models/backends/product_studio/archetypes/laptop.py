"""A laptop showing the brand's page: one block of metal, dark keys, a thin lid whose screen gives its own light."""

import numpy as np

from models.backends.product_studio.archetypes.laptop_screen import HEIGHT as ROWS
from models.backends.product_studio.archetypes.laptop_screen import WIDTH as COLUMNS
from models.backends.product_studio.archetypes.laptop_screen import paint_desktop
from models.backends.product_studio.archetypes.product import Archetype, Look, Part, Product, stand
from models.backends.product_studio.geometry import Mesh, merge, prism, rotation, rounded_box, rounded_rectangle
from models.backends.product_studio.materials import Emission, matte, metal, picture, principled

WIDTH, DEPTH, THICK = 1.56, 1.06, 0.052
LID_HEIGHT, LID_THICK, OPEN_DEG = 1.06, 0.030, 108.0
BEZEL = 0.034
SCREEN_GAIN = 1.7
FLAT = rotation("x", -90)


def build_laptop(look: Look, rng: np.random.Generator) -> Product:
    """Stands open, screen to the viewer."""
    shell, keys = metal(look.metal, 0.24), principled("#121316", 0.55, specular=0.35)
    lid_turn = rotation("x", 90.0 - OPEN_DEG)
    hinge = (0.0, THICK, -DEPTH / 2 + 0.02)
    screen_width = WIDTH - 2 * BEZEL
    screen_height = screen_width * ROWS / COLUMNS
    middle = LID_HEIGHT / 2 + 0.012
    glass = LID_THICK / 2

    def lid(mesh: Mesh) -> Mesh:
        return mesh.moved(lid_turn, hinge)

    pane = prism(rounded_rectangle(WIDTH - 0.014, LID_HEIGHT - 0.014, 0.040, 8), 0.003, 0.001, 1)
    screen = prism(rounded_rectangle(screen_width, screen_height, 0.016, 6), 0.002, 0.0005, 1)
    parts = [
        Part(prism(rounded_rectangle(WIDTH, DEPTH, 0.075, 12), THICK, 0.014, 6).moved(FLAT, (0, THICK / 2, 0)), shell),
        Part(lid(prism(rounded_rectangle(WIDTH, LID_HEIGHT, 0.050, 12), LID_THICK, 0.010, 6).moved(translation=(0, middle, 0))), shell),
        Part(lid(pane.moved(translation=(0, middle, glass))), principled("#060608", 0.16, specular=0.2)),
        Part(lid(screen.moved(translation=(0, middle + 0.008, glass + 0.0024))), matte((0.0, 0.0, 0.0)), emission=_light(look)),
        Part(merge(_keys()), keys),
        Part(prism(rounded_rectangle(0.62, 0.36, 0.02, 6), 0.006, 0.002, 2).moved(FLAT, (0, THICK, 0.30)), metal(look.metal, 0.16)),
        Part(_hinge(), principled("#0B0B0D", 0.5)),
    ]
    details = ((-0.2, LID_HEIGHT * 0.62, -DEPTH / 2 - 0.1), (0.1, THICK, 0.0), (WIDTH / 2, THICK, DEPTH / 2))
    return stand(parts, look, (0, LID_HEIGHT * 0.5, -DEPTH / 2), details)


def _light(look: Look) -> Emission:
    return Emission(picture(paint_desktop(look)), SCREEN_GAIN)


def _hinge() -> Mesh:
    return rounded_box(WIDTH * 0.62, 0.022, 0.03, 0.008).moved(translation=(0, THICK + 0.004, -DEPTH / 2 + 0.018))


def _keys() -> list[Mesh]:
    """Five rows of keys in a shallow bed, the space bar in the last."""
    made = []
    wide, deep, gap = 0.088, 0.078, 0.012
    for row in range(5):
        z = -0.36 + row * (deep + gap)
        counts = 14 if row < 4 else 0
        for k in range(counts):
            made.append(_key(wide, deep, (k - (counts - 1) / 2) * (wide + gap), z))
    z = -0.36 + 4 * (deep + gap)
    made.append(_key(0.54, deep, 0.0, z))
    for side in (-1, 1):
        made += [_key(wide, deep, side * (0.27 + gap + wide / 2 + k * (wide + gap)), z) for k in range(4)]
    return made


def _key(width: float, depth: float, x: float, z: float) -> Mesh:
    return prism(rounded_rectangle(width, depth, 0.012, 3), 0.014, 0.004, 2).moved(FLAT, (x, THICK + 0.004, z))


LAPTOP = Archetype(
    name="laptop",
    title="Laptop with the page",
    build=build_laptop,
    convex=False,
    words=(
        "laptop",
        "notebook computer",
        "computer",
        "web app",
        "web shop",
        "webshop",
        "crm",
        "desktop app",
        "code editor",
    ),
    body="#3E6AE1",
    accent="#FFB86B",
    metal="silver",
    typeface="modern_grotesk",
    spin_deg=-24.0,
)
