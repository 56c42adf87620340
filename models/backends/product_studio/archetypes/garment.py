"""A folded garment, stood up as a shop shows it: its front with the collar on top, its sleeves folded in behind, a woven label in the neck.

A T-shirt of jersey with the brand printed on its chest, a jumper of knit with a label sewn on, or a shirt with collar, placket, buttons.
"""

from dataclasses import dataclass

import numpy as np

from models.backends.product_studio.archetypes.cloths import cloth, ink_on, laid, undyed
from models.backends.product_studio.archetypes.product import Archetype, Look, Part, Product, stand
from models.backends.product_studio.archetypes.shirt_collar import collar_leaves, placket
from models.backends.product_studio.colours import is_dark, mixed
from models.backends.product_studio.geometry import Mesh, fillet, merge, rounded_box, rounded_rectangle, tube
from models.backends.product_studio.geometry.lofts import draped
from models.backends.product_studio.geometry.mesh import Floats
from models.backends.product_studio.geometry.panels import panel, strip
from models.backends.product_studio.geometry.seams import evenly, stitches
from models.backends.product_studio.geometry.tailoring import Puffed, curve
from models.backends.product_studio.labels import name_solid
from models.backends.product_studio.materials import principled

LEAN_DEG = 10.0
NECK = 0.165  # half the neck's width


@dataclass(frozen=True)
class Cut:
    """Proportions of one kind. cloth, rib: kinds of cloth; width, height: folded; thick: of the pile; rib_wide, rib_thick: of its collar;
    dip: how far the front's neckline hangs down; slack: depth of its folds."""

    cloth: str
    rib: str
    width: float
    height: float
    thick: float
    rib_wide: float
    rib_thick: float
    dip: float
    slack: float


CUTS = {
    "tee": Cut("jersey", "rib", 0.80, 1.02, 0.100, 0.050, 0.017, 0.150, 0.0088),
    "jumper": Cut("knit", "thick_rib", 0.86, 1.00, 0.145, 0.066, 0.032, 0.125, 0.0110),
    "shirt": Cut("poplin", "poplin", 0.80, 1.02, 0.100, 0.060, 0.010, 0.130, 0.0072),
}


def build_garment(look: Look, rng: np.random.Generator) -> Product:
    """Leans back a little, front to the viewer."""
    kind = look.option("garment", "tee")
    cut, color = CUTS[kind], _cloth_colour(look)
    waves = rng.uniform(0, 2 * np.pi, (2, 5))
    front = Puffed(_outline(cut), (0.0, 0.47), cut.thick * 0.30, cut.thick * 0.32, 0.016, waves[0], cut.slack)
    stuff, rib = cloth(cut.cloth, color, rng), cloth(cut.rib, mixed(color, "#000000", 0.05), rng)
    parts = [
        Part(laid(merge([front.mesh(64), _pile(cut, front.ring), _back(cut, front.ring, waves[1])]), cut.cloth), stuff),
        Part(laid(_inside(cut), cut.cloth), cloth(cut.cloth, mixed(color, "#000000", 0.16), rng)),
    ]
    if kind == "shirt":
        band, leaves = _collar(cut, 0.8), collar_leaves(front, cut.height, NECK)
        strip_, buttons, sewing = placket(front, cut.height - cut.dip - 0.012)
        parts.append(Part(laid(merge([band, *leaves.panels, strip_]), cut.cloth), rib))
        parts.append(Part(buttons, principled("#EFE9DC" if not is_dark(color) else "#D8D0C0", 0.25, specular=0.6, coat=0.4)))
        parts.append(Part(merge([*leaves.seams, *sewing]), principled(_thread(color), 0.7)))
    else:
        parts.append(Part(laid(_collar(cut), cut.rib), rib))
    if kind == "tee":
        parts.append(Part(merge(_neck_seam(cut, front)), principled(_thread(color), 0.7)))
    parts += _neck_label(cut, look)
    parts += _brand(cut, kind, front, look, color)
    chest = float(front.z(np.array([0.0]), np.array([0.62]))[0])
    details = ((0.02, cut.height - cut.dip * 0.45, cut.thick * 0.4), (0.0, 0.63, chest), (0.22, 0.80, chest))
    return stand(parts, look, (0.0, 0.68, chest), details, LEAN_DEG)


def _cloth_colour(look: Look) -> str:
    """What is said of the cloth, else the product's."""
    return look.option("dye") or undyed(look.body)


def _thread(color: str) -> str:
    return mixed(color, "#F4EBDA", 0.30) if is_dark(color) else mixed(color, "#4A3B2C", 0.16)


def _outline(cut: Cut) -> Floats:
    """A folded body: straight sides that are folds, shoulders that slope to the neck, the neckline."""
    x, high = cut.width / 2, cut.height
    t = np.linspace(0.0, np.pi, 25)[1:-1]
    neck = np.c_[NECK * np.cos(t), high - cut.dip * np.sin(t) ** 0.8]
    corners = [(-x, 0.0), (x, 0.0), (x * 1.004, high - 0.055), (NECK, high), *neck, (-NECK, high), (-x * 1.004, high - 0.055)]
    radii = [0.026, 0.026, 0.050, 0.010, *([0.0] * len(neck)), 0.010, 0.050]
    ring = fillet(corners, radii, 8, closed=True).points
    line = np.asarray(evenly(np.c_[ring, np.zeros(len(ring))], 0.011, closed=True)[0][:, :2])
    side, foot = np.clip((np.abs(line[:, 0]) / x - 0.8) * 8, 0, 1), np.clip(1 - line[:, 1] / 0.05, 0, 1)
    sway = side * (0.0055 * np.sin(line[:, 1] * 7.0 + 1.7 * np.sign(line[:, 0])) + 0.0025 * np.sin(line[:, 1] * 19.0 + line[:, 0]))
    return line + np.c_[sway, 0.004 * foot * (1 + np.sin(line[:, 0] * 8.0 + 0.6))]


def _pile(cut: Cut, ring: Floats) -> Mesh:
    """The folded edge all round: the front's own fold, and behind it those of the sides and sleeves."""
    share = np.linspace(0, 1, 40)
    rolls = np.abs(np.sin(np.pi * np.interp(share, (0, 0.46, 0.74, 1), (0, 1, 2, 3)))) ** 0.62
    return strip(ring, np.c_[0.017 * (cut.thick / 0.1) * rolls, cut.thick * (0.30 - share)])


def _back(cut: Cut, ring: Floats, waves: Floats) -> Mesh:
    """What it rests on, seen by nobody who looks at its front."""
    return Puffed(ring, (0.0, 0.47), cut.thick * 0.70, 0.006, 0.0, waves, 0.001).mesh(16).mirrored("z")


def _inside(cut: Cut) -> Mesh:
    """The back of the neck, seen through its opening."""
    tall = cut.dip + 0.17
    ring = rounded_rectangle(NECK * 2.3, tall, 0.02, 4).points + np.array([0, cut.height - 0.004 - tall / 2])
    return panel(ring, lambda x, y, inward: 0 * x - cut.thick * 0.26 + 0.004 * np.sin(x * 22 + 1.0) * np.clip(inward * 6, 0, 1), 24)


def _collar(cut: Cut, wide: float = 1.0) -> Mesh:
    """A band round the neck, over the shoulders and down behind, where its inner side is seen."""
    top, front, back = cut.height, cut.thick * 0.46, -cut.thick * 0.30
    half, low = NECK + 0.004, cut.height - cut.dip
    right = [
        (0.040, low - 0.010, front + 0.006),
        (0.100, low + 0.018, front + 0.004),
        (half - 0.020, low + 0.075, front - 0.002),
        (half + 0.010, top - 0.012, front * 0.5),
        (half + 0.006, top + 0.010, 0.0),
        (half - 0.030, top + 0.008, back * 0.85),
        (0.070, top - 0.012, back),
    ]
    left = [(-x, y, z) for x, y, z in right[::-1]]
    path = curve([*right, *left], 160, closed=True)
    inner = (path[:, 2] - back) / (path[:, 2].max() - back)  # 1 in front, 0 at the back
    turn = np.pi * (1 - np.clip(inner, 0, 1))
    up = np.c_[0 * turn, np.sin(turn), np.cos(turn)]
    section = rounded_rectangle(cut.rib_wide * wide, cut.rib_thick, cut.rib_thick * 0.46, 5)
    mesh = tube(path, section, closed=True, up=up)
    length = np.r_[0, np.cumsum(np.linalg.norm(np.diff(path, axis=0), axis=1))]
    return mesh.with_uv(mesh.uv * [float(length[-1]), 2 * (cut.rib_wide * wide + cut.rib_thick)])


def _neck_seam(cut: Cut, front: Puffed) -> list[Mesh]:
    """Twin rows below the collar."""
    t = np.linspace(0.04 * np.pi, 0.96 * np.pi, 80)
    rows = []
    for gap in (0.030, 0.039):
        reach = cut.rib_wide / 2 + gap
        x, y = (NECK + reach * 0.8) * np.cos(t), cut.height - 0.006 - (cut.dip + reach * 0.62) * np.sin(t) ** 0.8
        kept = y < cut.height - 0.045
        rows.append(stitches(np.c_[x, y, front.z(x, y) + 0.0008][kept], (0, 0, 1), 0.0105, 0.0018))
    return rows


def _neck_label(cut: Cut, look: Look) -> list[Part]:
    """Woven, sewn in below the back of the collar, the brand on it."""
    name = name_solid(look.label, look.typeface, 0.098, 0.017, 0.0006)
    at = np.array([0.0, cut.height - 0.076, -cut.thick * 0.26 + 0.010])
    woven = rounded_box(0.128, 0.062, 0.003, 0.001, 0.003, 3).moved(translation=at)
    parts = [Part(woven, principled("#F3EEE2" if is_dark(_cloth_colour(look)) else "#24211F", 0.8, sheen=0.4))]
    if name is not None:
        parts.append(
            Part(
                name.moved(translation=at + np.array([0, 0, 0.0015])),
                principled("#24211F" if is_dark(_cloth_colour(look)) else "#F3EEE2", 0.7),
            )
        )
    return parts


def _brand(cut: Cut, kind: str, front: Puffed, look: Look, color: str) -> list[Part]:
    """Printed across a T-shirt's chest; on a small sewn label low on what is knitted or buttoned."""
    if kind == "tee":
        name = name_solid(look.label, look.typeface, cut.width * 0.60, 0.082, 0.0009)
        if name is None:
            return []
        printed = draped(name.moved(translation=(0, 0.60, 0)), lambda x, y: front.z(x, y) + 0.0006)
        return [Part(printed, principled(ink_on(color, look.accent), 0.82, specular=0.15))]
    name = name_solid(look.label, look.typeface, 0.150, 0.026, 0.0008, max_lines=1)
    if name is None:
        return []
    at = (cut.width * 0.24, 0.15)
    patch = rounded_box(0.196, 0.066, 0.006, 0.002, 0.006, 3).refined(0.03).moved(translation=(*at, 0.002))
    dark = "#F1EADB" if is_dark(color) else "#2A2320"
    return [
        Part(draped(patch, front.z), principled(dark, 0.8, sheen=0.4)),
        Part(
            draped(name.moved(translation=(*at, 0)), lambda x, y: front.z(x, y) + 0.005),
            principled("#2A2320" if is_dark(color) else "#F1EADB", 0.7),
        ),
    ]


DYES = {
    "forest green|bottle green|dark green": "#2F5740",
    "olive|olive green": "#5C6142",
    "sage|sage green": "#94A08A",
    "navy|navy blue": "#1F2C47",
    "sky blue|light blue": "#9DC0DC",
    "burgundy|bordeaux|oxblood": "#5A1B2A",
    "oatmeal|ecru|undyed": "#D9CDB6",
    "charcoal": "#3B3C40",
    "heather grey|heather gray": "#A3A4A6",
    "camel": "#B98A56",
    "mustard": "#B98A32",
    "terracotta|rust": "#AE5A38",
}
GARMENT = Archetype(
    name="garment",
    title="Folded garment",
    build=build_garment,
    convex=False,
    words=(
        "t-shirt",
        "tshirt",
        "t shirt",
        "tee",
        "tee shirt",
        "shirt",
        "button-down",
        "jumper",
        "sweater",
        "pullover",
        "sweatshirt",
        "knitwear",
        "folded garment",
    ),
    body="#E9E2D4",
    accent="#2E4A66",
    metal="steel",
    typeface="geometric_sans",
    spin_deg=-16.0,
    options=(
        ("jumpers?|sweaters?|pullovers?|sweatshirts?|knitwear|cashmere|merino|wool|woollen|woolen|knitted", "garment", "jumper"),
        ("shirts?|button-downs?|button-ups?", "garment", "shirt"),
        ("(?:t-|t |tee |graphic |band )shirts?|tshirts?|tees?", "garment", "tee"),
        *((said, "dye", shade) for said, shade in DYES.items()),
    ),
)
