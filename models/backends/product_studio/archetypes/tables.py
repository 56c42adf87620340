"""A dining table, a desk and a coffee table: boards with eased edges on turned legs, and the few things that stand on them."""

from dataclasses import replace

import numpy as np

from models.backends.product_studio.archetypes.product import Archetype, Look, Part, Product, stand
from models.backends.product_studio.archetypes.timber import WOOD_WORDS, board_top, member, sawn, wood
from models.backends.product_studio.colours import mixed
from models.backends.product_studio.geometry import Mesh, fillet, lathe, merge, prism, rotation, rounded_box, rounded_rectangle
from models.backends.product_studio.labels import name_solid
from models.backends.product_studio.materials import metal, principled

FLAT = rotation("x", -90)
TABLE_SIZE, DESK_SIZE = (1.62, 0.745, 0.84), (1.28, 0.740, 0.62)  # metres: width, height, depth
ROUND, LOW = 0.46, 0.405  # a coffee table's radius and height
TOP, APRON = 0.030, 0.078


def build_table(look: Look, rng: np.random.Generator) -> Product:
    """Its long side to the viewer, a bowl in its middle."""
    width, height, depth = TABLE_SIZE
    timber = wood(look, rng)
    x, z = width / 2 - 0.115, depth / 2 - 0.115
    frame = [*_legs(x, z, height - TOP, 0.030, 0.045), *_apron(x, z, height - TOP - APRON / 2)]
    parts = [
        Part(_top(width, depth, 0.075).moved(translation=(0, height - TOP / 2, 0)), board_top(look, rng, 6)),
        Part(merge(frame), timber),
        Part(_bowl(0.165, 0.085).moved(translation=(0.10, height, -0.03)), principled(mixed(look.accent, "#F1ECE2", 0.35), 0.5, coat=0.2)),
    ]
    parts += _branded(look, 0.0, height - TOP - APRON * 0.52, z + 0.0112)
    corner = (width / 2 - 0.13, height - 0.05, depth / 2 - 0.06)
    return stand(parts, look, (0.0, height, depth / 2 - 0.05), (corner, (0.10, height + 0.05, 0.1), (-x, height - 0.1, z)))


def build_desk(look: Look, rng: np.random.Generator) -> Product:
    """Two drawers under the top, two books and a cup on it."""
    width, height, depth = DESK_SIZE
    timber, brass = wood(look, rng), metal(look.metal, 0.16)
    x, z, box = width / 2 - 0.075, depth / 2 - 0.070, 0.125
    y = height - TOP - box / 2
    case = [sawn(rounded_box(2 * x + 0.05, box, 2 * z + 0.02, 0.006, 0.008)).moved(translation=(0, y, 0))]
    fronts, pulls = [], []
    for i, side in enumerate((1, -1)):
        face = rounded_box(x - 0.012, box - 0.022, 0.014, 0.003, 0.005)
        fronts.append(sawn(face, 0, 0.37 * i).moved(translation=(side * (x / 2 + 0.003), y, z + 0.012)))
        knob = lathe(
            fillet([(0, 0), (0.006, 0), (0.0065, 0.012), (0.0125, 0.016), (0.0125, 0.022), (0, 0.024)], [0, 0, 0.002, 0.002, 0.003, 0], 5),
            40,
        )
        pulls.append(knob.moved(rotation("x", 90), (side * (x / 2 + 0.003), y, z + 0.019)))
    parts = [
        Part(_top(width, depth, 0.030).moved(translation=(0, height - TOP / 2, 0)), board_top(look, rng, 5)),
        Part(merge([*case, *_legs(x - 0.02, z - 0.02, height - TOP - box + 0.01, 0.021, 0.045)]), timber),
        Part(merge(fronts), timber),
        Part(merge(pulls), brass),
        *_books(look, (-0.34, height, -0.05), ((0.235, 0.030, 0.165, 4.0), (0.205, 0.024, 0.145, -9.0))),
        _cup(look, (0.36, height, -0.06)),
    ]
    parts += _branded(look, x / 2 + 0.003, y - box * 0.34, z + 0.0192, 0.0085)
    detail = (x / 2 + 0.02, height - 0.085, depth / 2 - 0.04)
    return stand(parts, look, (0.0, height - 0.06, depth / 2), (detail, (width / 2 - 0.1, height, z), (-0.3, height + 0.04, 0.0)))


def build_coffee_table(look: Look, rng: np.random.Generator) -> Product:
    """A round top on three legs, a bowl and a book on it."""
    timber = wood(look, rng)
    rim = fillet(
        [(0, -TOP / 2), (ROUND - 0.024, -TOP / 2), (ROUND, TOP * 0.10), (ROUND - 0.006, TOP / 2), (0, TOP / 2)],
        [0, 0.02, 0.010, 0.006, 0],
        8,
    )
    top = lathe(rim, 160)
    top = top.with_uv(np.c_[top.vertices[:, 0], top.vertices[:, 2]] / (2 * ROUND) + 0.5)
    legs = []
    for i, turn in enumerate(np.radians((20, 140, 260))):
        out = np.array([np.sin(turn), 0.0, np.cos(turn)])
        legs.append(
            member([out * (ROUND - 0.04), out * (ROUND - 0.15) + (0, LOW - TOP, 0)], (0.0115, 0.017, 0.0205, 0.0215), start=0.3 * i)
        )
    ring = lathe(
        fillet([(0.235, -0.026), (0.335, -0.026), (0.335, 0.0), (0.235, 0.0), (0.235, -0.026)], [0, 0.004, 0.004, 0.004, 0], 4), 96
    )
    parts = [
        Part(top.moved(translation=(0, LOW - TOP / 2, 0)), board_top(look, rng, 5)),
        Part(merge([*legs, sawn(ring).moved(translation=(0, LOW - TOP, 0))]), timber),
        Part(_bowl(0.115, 0.070).moved(translation=(0.12, LOW, -0.06)), principled(mixed(look.accent, "#F1ECE2", 0.35), 0.5, coat=0.2)),
        *_books(look, (-0.16, LOW, 0.06), ((0.235, 0.028, 0.165, 24.0),)),
    ]
    parts += _branded(look, 0.0, LOW - TOP - 0.013, 0.3362, 0.0085, bend=0.335)
    edge = (0.20, LOW - 0.02, ROUND - 0.10)
    return stand(parts, look, (0.0, LOW, ROUND * 0.7), (edge, (0.12, LOW + 0.05, 0.0), (-0.16, LOW + 0.02, 0.1)))


def _top(width: float, depth: float, corner: float) -> Mesh:
    """A board about the origin, its lower edge cut back so that it looks lighter than it is; uv is (along, across)."""
    slab = prism(rounded_rectangle(width, depth, corner, 12), TOP, 0.009, 5).moved(FLAT)
    y = slab.vertices[:, 1] / TOP
    back = 1 - 0.016 * np.clip(0.25 - y, 0, 1)
    return Mesh(slab.vertices * np.c_[back, np.ones(len(y)), back], slab.normals, slab.uv, slab.faces)


def _legs(x: float, z: float, top: float, thick: float, splay: float) -> list[Mesh]:
    """Four, turned, thickest a hand below the top."""
    legs = []
    for i, (sx, sz) in enumerate(((1, 1), (1, -1), (-1, 1), (-1, -1))):
        ends = [(sx * (x + splay), 0.0, sz * (z + splay * 0.6)), (sx * x, top, sz * z)]
        legs.append(member(ends, np.array((0.52, 0.66, 0.80, 0.93, 1.0, 1.0)) * thick, start=0.27 * i))
    return legs


def _apron(x: float, z: float, y: float) -> list[Mesh]:
    sides = [
        sawn(rounded_box(2 * x, APRON, 0.022, 0.003, 0.004), 0, 0.3 * k).moved(translation=(0, y, s * z)) for k, s in enumerate((1, -1))
    ]
    ends = [
        sawn(rounded_box(0.022, APRON, 2 * z, 0.003, 0.004), 2, 0.5 * k).moved(translation=(s * x, y, 0)) for k, s in enumerate((1, -1))
    ]
    return [*sides, *ends]


def _bowl(radius: float, height: float) -> Mesh:
    """Thrown: a foot, a swelling wall, a thin lip, the inside."""
    outside = [(0, 0.0), (radius * 0.42, 0.0), (radius * 0.44, height * 0.07), (radius * 0.86, height * 0.46), (radius, height)]
    inside = [(radius - 0.006, height), (radius * 0.82, height * 0.48), (radius * 0.36, height * 0.15), (0, height * 0.12)]
    return lathe(fillet([*outside, *inside], [0, 0.003, 0.02, 0.09, 0.003, 0.003, 0.09, 0.05, 0], 10), 96)


def _books(look: Look, at: tuple[float, float, float], sizes: tuple[tuple[float, float, float, float], ...]) -> list[Part]:
    """A pile of cloth-bound books. sizes: width, thickness, depth and turn in degrees of each, the lowest first."""
    tones = (mixed(look.accent, "#2B2622", 0.30), mixed(look.accent, "#E8DFCF", 0.55))
    parts, y = [], at[1]
    for (wide, thick, deep, turn), tone in zip(sizes, tones, strict=False):
        pages = rounded_box(wide - 0.010, thick - 0.006, deep - 0.008, 0.001, 0.002)
        boards = [rounded_box(wide, 0.003, deep, 0.001, 0.002).moved(translation=(0, s * (thick / 2 - 0.0015), 0)) for s in (1, -1)]
        spine = rounded_box(0.004, thick, deep, 0.0012, 0.0018).moved(translation=(-wide / 2 + 0.002, 0, 0))
        place = (at[0], y + thick / 2, at[2])
        parts.append(Part(pages.moved(rotation("y", turn), place), principled("#E9DFCC", 0.9)))
        parts.append(Part(merge([*boards, spine]).moved(rotation("y", turn), place), principled(tone, 0.72, sheen=0.2)))
        y += thick
    return parts


def _cup(look: Look, at: tuple[float, float, float]) -> Part:
    """Without a handle."""
    points = [(0, 0), (0.025, 0), (0.037, 0.022), (0.039, 0.080), (0.036, 0.080), (0.034, 0.024), (0, 0.012)]
    cup = lathe(fillet(points, [0, 0.004, 0.018, 0.0014, 0.0014, 0.016, 0], 8), 64)
    return Part(cup.moved(translation=at), principled(mixed(look.accent, "#F1ECE2", 0.35), 0.5, coat=0.2))


def _branded(look: Look, x: float, y: float, z: float, cap: float = 0.0125, bend: float = 0.0) -> list[Part]:
    """The maker's name, burnt into the frame."""
    name = name_solid(look.label, look.typeface, 0.22, cap, 0.0006, max_lines=1)
    if name is None:
        return []
    burnt = mixed("#241408", "#EDE6DA", 0.75) if look.option("wood") == "black" else "#2A1A0E"
    placed = name.bent(bend).moved(translation=(x, y, 0)) if bend else name.moved(translation=(x, y, z))
    return [Part(placed, principled(burnt, 0.7, specular=0.2))]


TABLE = Archetype(
    name="table",
    title="Dining table",
    build=build_table,
    convex=False,
    words=("table", "dining table", "kitchen table", "wooden table"),
    body="#E9E0D1",
    accent="#6B7A5E",
    metal="brass",
    typeface="geometric_sans",
    spin_deg=-24.0,
    options=WOOD_WORDS,
    large=True,
)
DESK = replace(
    TABLE,
    name="desk",
    title="Desk",
    build=build_desk,
    words=("desk", "writing desk", "writing table", "wooden desk"),
    accent="#4C5F6E",
)
COFFEE_TABLE = replace(
    TABLE,
    name="coffee_table",
    title="Coffee table",
    build=build_coffee_table,
    words=("coffee table", "side table", "end table"),
    spin_deg=-16.0,
)
