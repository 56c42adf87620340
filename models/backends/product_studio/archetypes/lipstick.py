"""A lipstick turned out of its case, the bullet cut at a slant; its cap lies beside it."""

import colorsys
from functools import cache

import numpy as np

from models.backends.product_studio.archetypes.product import Archetype, Look, Part, Product, stand
from models.backends.product_studio.archetypes.shoe_last import smooth_max
from models.backends.product_studio.colours import channels
from models.backends.product_studio.geometry import Mesh, fillet, lathe, merge, prism, rotation, rounded_rectangle, surface_nets
from models.backends.product_studio.geometry.mesh import Floats
from models.backends.product_studio.labels import brand_block
from models.backends.product_studio.materials import foil, metal, principled

SIDE, CORNER, BARREL = 0.350, 0.050, 0.56
COLLAR_SIDE, COLLAR = 0.292, 0.13
TUBE_RADIUS, TUBE = 0.124, 0.17
BULLET_RADIUS, BULLET_TOP = 0.106, 1.19
SLANT_DEG = 56.0
CAP, WALL = 0.62, 0.022
CLASSIC_RED, LACQUER = "#A90F26", "#131215"
UPRIGHT = rotation("x", -90)


def build_lipstick(look: Look, rng: np.random.Generator) -> Product:
    """Stands on its case, name to the viewer; the cut looks up to the camera's left."""
    shade, case = colours(look)
    lacquer = principled(case, 0.22, specular=0.5, coat=1.0)
    polished, satin = metal(look.metal, 0.05), metal(look.metal, 0.12)
    front = SIDE / 2
    parts = [
        Part(_block(SIDE, CORNER, 0.012, BARREL), lacquer),
        Part(
            merge([_block(SIDE - 0.010, CORNER, 0.0, 0.012, 0.004), _block(SIDE + 0.006, CORNER, BARREL - 0.040, 0.022, 0.005)]), polished
        ),
        Part(_block(COLLAR_SIDE, CORNER * 0.8, BARREL - 0.03, COLLAR + 0.03, 0.008), satin),
        Part(_tube(), polished),
        Part(_bullet(), principled(shade, 0.34, specular=0.45, coat=0.25, coat_gloss=0.8)),
    ]
    block = brand_block(look.label, look.sublabel, look.typeface, SIDE - 0.070, 0.066, 0.0016, rule=False)
    if block is not None:
        parts.append(Part(block.moved(translation=(0, BARREL * 0.50, front)), foil(look.metal, case, look.accent)))
    cap, edge = _cap()
    parts += [Part(cap, lacquer), Part(edge, polished)]
    details = (
        (-0.02, BULLET_TOP - 0.14, BULLET_RADIUS * 0.5),
        (0.0, BARREL * 0.5, front),
        (0.0, BARREL + COLLAR, TUBE_RADIUS),
        (-0.34, 0.2, 0.1),
    )
    return stand(parts, look, (0, BARREL, front), details)


def colours(look: Look) -> tuple[str, str]:
    """Of the bullet: the shade that is named, else the brand's where lips are of it, else red. Of the case: the product's where it is not
    the bullet's."""
    shade = look.option("shade") or next((color for color in (look.body, look.accent) if _of_lips(color)), CLASSIC_RED)
    named = look.option("case")
    return shade, named or (look.body if not _of_lips(look.body) else LACQUER)


def _of_lips(color: str) -> bool:
    """Reds, pinks, corals, browns and plums, none of them pale."""
    hue, strength, value = colorsys.rgb_to_hsv(*channels(color))
    return (hue < 0.075 or hue > 0.87) and strength > 0.40 and value > 0.22


def _block(side: float, corner: float, foot: float, height: float, bevel: float = 0.010) -> Mesh:
    return prism(rounded_rectangle(side, side, corner, 10), height, bevel, 5).moved(UPRIGHT, (0, foot + height / 2, 0))


def _tube() -> Mesh:
    foot, top = BARREL + COLLAR - 0.01, BARREL + COLLAR + TUBE
    inner = TUBE_RADIUS - 0.008
    points = [(0, foot), (TUBE_RADIUS, foot), (TUBE_RADIUS, top), (inner, top), (inner, top - 0.03), (0, top - 0.03)]
    return lathe(fillet(points, [0, 0.006, 0.004, 0.003, 0, 0], 5), 128)


@cache
def _bullet() -> Mesh:
    foot = BARREL + COLLAR + TUBE - 0.06
    turn = np.radians(-28.0)
    out = np.array([np.sin(turn), 0.0, np.cos(turn)]) * np.sin(np.radians(SLANT_DEG)) + np.array([0.0, np.cos(np.radians(SLANT_DEG)), 0.0])
    middle = np.array([0.0, BULLET_TOP - 0.145, 0.0])

    def distance(points: Floats) -> Floats:
        x, y, z = points[..., 0], points[..., 1], points[..., 2]
        round_ = np.hypot(x, z) - BULLET_RADIUS
        cut = (points - middle) @ out
        whole = smooth_max(smooth_max(round_, y - BULLET_TOP, 0.10), cut, 0.008)
        return np.asarray(smooth_max(whole, foot - y, 0.004))

    return surface_nets(distance, (-0.13, foot - 0.02, -0.13), (0.13, BULLET_TOP + 0.03, 0.13), 110)


def _cap() -> tuple[Mesh, Mesh]:
    """Lying on its side to the left, its mouth away from the viewer; and the metal edge of the mouth."""
    outline = rounded_rectangle(SIDE, SIDE, CORNER, 10)
    closed = prism(outline, CAP, 0.012, 5)
    edge = prism(rounded_rectangle(SIDE + 0.006, SIDE + 0.006, CORNER, 10), 0.022, 0.005, 4).moved(translation=(0, 0, -CAP / 2 + 0.014))
    turn, at = rotation("y", -38.0), (-0.63, SIDE / 2, -0.04)
    return closed.moved(turn, at), edge.moved(turn, at)


LIPSTICK = Archetype(
    name="lipstick",
    title="Lipstick",
    build=build_lipstick,
    convex=False,
    words=("lipstick", "lip stick", "lip colour", "lip color", "lip balm"),
    body="#A90F26",
    accent="#C8A15A",
    metal="gold",
    typeface="luxury_serif",
    spin_deg=-14.0,
    options=(
        ("red|crimson|scarlet|ruby|cherry", "shade", "#A90F26"),
        ("brown|mocha|cocoa|chestnut", "shade", "#70402F"),
        ("nude|beige|natural", "shade", "#B57A63"),
        ("pink|blush|rose(?! gold)", "shade", "#CF5A78"),
        ("peach|apricot", "shade", "#E58A6B"),
        ("coral", "shade", "#E0523C"),
        ("orange|tangerine", "shade", "#E0501F"),
        ("terracotta|brick", "shade", "#9A3F2A"),
        ("purple|violet", "shade", "#6B2C78"),
        ("plum|berry|burgundy|bordeaux|wine|oxblood|maroon|merlot", "shade", "#5E1229"),
        ("fuchsia|magenta|hot pink", "shade", "#C21560"),
        ("white case", "case", "#F1EEE8"),
        ("black case", "case", "#131215"),
    ),
)
