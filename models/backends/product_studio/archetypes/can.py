"""A sleek drinks can: printed aluminium with a sun going down behind bands of colour, cold enough to bead."""

import numpy as np

from models.backends.product_studio.archetypes.product import Archetype, Look, Part, Product, stand
from models.backends.product_studio.colours import is_dark, mixed, readable_on
from models.backends.product_studio.geometry import Mesh, fillet, lathe, merge, rotation, rounded_box, sphere, torus
from models.backends.product_studio.labels import Sheet, line_solid, name_solid
from models.backends.product_studio.materials import dielectric, metal, picture, principled

RADIUS, HEIGHT = 0.385, 1.50
NECK = 0.315
SHOULDER_Y, FOOT_Y = HEIGHT - 0.19, 0.12
DROPS = 420
SHEET = (2048, 1300)


def build_can(look: Look, rng: np.random.Generator) -> Product:
    """Stands with the name to the viewer."""
    parts = [
        Part(_body(), principled(picture(_art(look)), 0.27, metallic=0.42, specular=0.6, coat=0.35)),
        Part(merge([_lid(), _foot()]), metal("silver", 0.13)),
    ]
    ink = principled(mixed(readable_on(look.body), look.body, 0.10), 0.42, specular=0.4)
    printed = _print(look)
    if printed is not None:
        parts.append(Part(printed, ink))
    if look.option("dry") != "yes":
        parts.append(Part(_beads(rng), dielectric((1, 1, 1), 1.33)))
    details = ((0.0, HEIGHT * 0.62, RADIUS), (0.1, HEIGHT, 0.2), (0.05, HEIGHT * 0.3, RADIUS))
    return stand(parts, look, (0, HEIGHT * 0.55, RADIUS), details)


def _body() -> Mesh:
    points = [
        (0.27, 0.035),
        (0.285, 0.012),
        (RADIUS - 0.012, FOOT_Y),
        (RADIUS, FOOT_Y + 0.05),
        (RADIUS, SHOULDER_Y),
        (NECK, HEIGHT - 0.035),
        (NECK, HEIGHT - 0.01),
    ]
    body = lathe(fillet(points, [0, 0.02, 0.06, 0.06, 0.20, 0.05, 0], 12), 192)
    return body.with_uv(np.c_[body.uv[:, 0], np.clip(body.vertices[:, 1] / HEIGHT, 0, 1)])


def _lid() -> Mesh:
    """Seamed rim, recessed lid and a pull tab."""
    rim = torus(NECK + 0.001, 0.017, 160, 20).moved(translation=(0, HEIGHT - 0.004, 0))
    steps = [
        (NECK - 0.006, HEIGHT - 0.01),
        (NECK - 0.022, HEIGHT - 0.065),
        (NECK - 0.045, HEIGHT - 0.066),
        (NECK - 0.055, HEIGHT - 0.048),
        (0, HEIGHT - 0.045),
    ]
    lid = lathe(fillet(steps, [0, 0.012, 0.008, 0.012, 0], 6), 128)
    tab = merge([rounded_box(0.13, 0.22, 0.012, 0.005, 0.06), torus(0.034, 0.008, 48, 12).moved(rotation("x", 90), (0, -0.055, 0.006))])
    rivet = lathe(fillet([(0, 0), (0.03, 0), (0.026, 0.016), (0, 0.018)], [0, 0.004, 0.006, 0], 5), 48)
    lying = tab.moved(rotation("x", -90), (0, HEIGHT - 0.030, 0.03))
    return merge([rim, lid, lying, rivet.moved(translation=(0, HEIGHT - 0.045, -0.03))])


def _foot() -> Mesh:
    steps = [(0.0, 0.06), (0.20, 0.04), (0.25, 0.0), (0.265, 0.0), (0.275, 0.04)]
    return lathe(fillet(steps, [0, 0.05, 0.006, 0.006, 0], 6), 128)


def _print(look: Look) -> Mesh | None:
    """The name and its second line, printed round the can."""
    name = name_solid(look.label, look.typeface, RADIUS * 1.40, 0.150, 0.0012)
    small = line_solid(look.sublabel, look.typeface, RADIUS * 1.25, 0.034, 0.0012, 0.26)
    lines = []
    if name is not None:
        lines.append(name.moved(translation=(0, HEIGHT * 0.655, 0)))
    if small is not None:
        foot = HEIGHT * 0.655 + (float(name.bounds()[0][1]) if name is not None else 0.0)
        lines.append(small.moved(translation=(0, foot - 0.085, 0)))
    return merge(lines).bent(RADIUS) if lines else None


def _art(look: Look) -> np.ndarray:
    """The wrap: ground, a sun, and bands that run right round."""
    width, height = SHEET
    unit = height / HEIGHT
    sheet = Sheet(width, height, look.body)
    accent = look.accent
    glow = mixed(accent, "#FFFFFF", 0.30)
    deep = mixed(look.body, "#000000", 0.22) if not is_dark(look.body) else mixed(look.body, accent, 0.35)
    horizon, radius = height * 0.745, unit * 0.235
    for middle in (width * 0.5, 0.0, float(width)):
        for k, opacity in ((3, 0.10), (2, 0.14), (1, 0.20)):
            reach = radius + k * unit * 0.045
            sheet.paint("ellipse", (middle - reach, horizon - reach, middle + reach, horizon + reach), glow, opacity)
        sheet.paint("ellipse", (middle - radius, horizon - radius, middle + radius, horizon + radius), accent)
    x = np.linspace(0, width, 257)
    for level, swing, shift, color in (
        (0.0, 0.020, 0.0, mixed(accent, look.body, 0.45)),
        (0.065, 0.024, 1.9, accent),
        (0.135, 0.020, 3.6, deep),
    ):
        wave = horizon + unit * (
            level + swing * np.sin(x / width * 2 * np.pi * 4 + shift) + 0.012 * np.sin(x / width * 2 * np.pi * 7 + shift * 2)
        )
        ring = [(float(a), float(b)) for a, b in zip(x, wave, strict=True)] + [(float(width), float(height)), (0.0, float(height))]
        sheet.paint("polygon", ring, color)
    for y in (0.885, 0.900):
        sheet.paint("rectangle", (0, height * (1 - y), width, height * (1 - y) + 5), accent)
    return sheet.pixels()


def _beads(rng: np.random.Generator) -> Mesh:
    """Condensation: many fine beads, few large ones, more toward the shoulder; none over the middle of the name."""
    ball = sphere(1, 12)
    beads: list[Mesh] = []
    while len(beads) < DROPS:
        angle = rng.uniform(-100, 100)
        y = FOOT_Y + 0.06 + (SHOULDER_Y - FOOT_Y - 0.09) * rng.random() ** 0.85
        size = 0.0035 + 0.017 * rng.random() ** 4.5
        if abs(angle) < 52 and abs(y - HEIGHT * 0.635) < 0.17 and size > 0.006:
            continue
        turn = rotation("y", angle)
        stretch = rng.uniform(1.0, 1.3)
        out = turn @ np.array([0, 0, RADIUS])
        beads.append(ball.moved(turn, (out[0], y, out[2]), (size, size * stretch, size * 0.5)))
    return merge(beads)


CAN = Archetype(
    name="can",
    title="Drinks can",
    build=build_can,
    convex=True,
    round=True,
    words=(
        "can",
        "soda",
        "sparkling water",
        "energy drink",
        "beer",
        "lemonade",
        "cold brew",
        "iced coffee",
        "iced tea",
        "soft drink",
        "kombucha",
        "drink",
        "tonic water",
        "seltzer",
    ),
    body="#E8622C",
    accent="#FFC94A",
    metal="silver",
    typeface="bold_display",
    spin_deg=-6.0,
)
