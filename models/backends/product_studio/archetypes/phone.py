"""A phone showing the brand's app: a metal frame, a black bezel and a screen that gives its own light."""

import numpy as np

from models.backends.product_studio.archetypes.phone_screen import paint_screen
from models.backends.product_studio.archetypes.product import Archetype, Look, Part, Product, stand
from models.backends.product_studio.geometry import Mesh, merge, prism, rounded_box, rounded_rectangle
from models.backends.product_studio.materials import Emission, matte, metal, picture, principled, thin_glass

WIDTH, HEIGHT, DEPTH = 0.86, 1.80, 0.088
BEZEL = 0.026
SCREEN_GAIN = 1.9


def build_phone(look: Look, rng: np.random.Generator) -> Product:
    """Stands on its lower edge, screen to the viewer, leaning back a little."""
    screen_width, screen_height = WIDTH - 2 * BEZEL - 0.016, HEIGHT - 2 * BEZEL - 0.016
    pixels = paint_screen(look, screen_width / screen_height)
    front = DEPTH / 2
    satin = metal(look.metal, 0.17)
    screen = prism(rounded_rectangle(screen_width, screen_height, 0.100, 20), 0.002, 0.0005, 1).moved(translation=(0, 0, front + 0.0042))
    cover = prism(rounded_rectangle(WIDTH - 0.016, HEIGHT - 0.016, 0.122, 20), 0.001, 0.0004, 1).moved(translation=(0, 0, front + 0.0075))
    island = prism(rounded_rectangle(0.21, 0.056, 0.0275, 12), 0.001, 0.0, 1).moved(translation=(0, HEIGHT / 2 - 0.105, front + 0.0062))
    parts = [
        Part(prism(rounded_rectangle(WIDTH, HEIGHT, 0.130, 20), DEPTH, 0.024, 8), satin),
        Part(
            prism(rounded_rectangle(WIDTH - 0.016, HEIGHT - 0.016, 0.122, 20), 0.010, 0.003, 3).moved(translation=(0, 0, front)),
            principled("#050506", 0.12, specular=0.12),
        ),
        Part(screen, matte((0.0, 0.0, 0.0)), emission=Emission(picture(pixels), SCREEN_GAIN)),
        Part(island, principled("#020203", 0.3, specular=0.05)),
        Part(_buttons(), satin),
        Part(cover, thin_glass(1.09), thin=True),
    ]
    details = ((-0.1, HEIGHT * 0.36, front), (0.0, 0.1, front), (WIDTH / 2, 0.34, 0.0))
    return stand(parts, look, (0, 0, front), details, lean_deg=4.0)


def _buttons() -> Mesh:
    side = WIDTH / 2 + 0.003
    return merge(
        [
            rounded_box(0.020, 0.20, 0.030, 0.006, segments=3).moved(translation=(side, 0.34, 0)),
            rounded_box(0.020, 0.12, 0.030, 0.006, segments=3).moved(translation=(-side, 0.42, 0)),
            rounded_box(0.020, 0.12, 0.030, 0.006, segments=3).moved(translation=(-side, 0.25, 0)),
        ]
    )


PHONE = Archetype(
    name="phone",
    title="Phone with the app",
    build=build_phone,
    convex=True,
    words=(
        "phone",
        "smartphone",
        "app",
        "mobile app",
        "software",
        "saas",
        "platform",
        "startup",
        "fintech",
        "website",
        "online shop",
        "dashboard",
    ),
    body="#4B5BFF",
    accent="#FF8A5C",
    metal="gunmetal",
    typeface="modern_grotesk",
    spin_deg=-20.0,
)
