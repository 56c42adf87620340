"""A bifold wallet, stood up half open: its outside to the viewer with the brand stamped into a corner, cards in the slots behind.

Painted edges, a row of saddle stitches all round, leather that gives a little over what it holds.
"""

import numpy as np

from models.backends.product_studio.archetypes.cloths import cloth, laid, thread
from models.backends.product_studio.archetypes.handbag import LEATHER_WORDS, TAN, leather_colour
from models.backends.product_studio.archetypes.product import Archetype, Look, Part, Product, stand
from models.backends.product_studio.colours import luminance, mixed
from models.backends.product_studio.geometry import Mesh, circle, fillet, merge, rotation, rounded_box, tube
from models.backends.product_studio.geometry.lofts import draped
from models.backends.product_studio.geometry.mesh import Floats
from models.backends.product_studio.geometry.panels import strip
from models.backends.product_studio.geometry.seams import evenly, stitches
from models.backends.product_studio.geometry.tailoring import Puffed
from models.backends.product_studio.labels import name_solid
from models.backends.product_studio.materials import metal, principled

WIDTH, HEIGHT, THICK = 0.98, 0.80, 0.044
FRONT_TURN, BACK_TURN = rotation("y", -31.0), rotation("y", 17.0)
SLOTS = ((0.70, 0.0), (0.575, 0.013), (0.45, 0.026))  # top edge of a slot, how far before the leaf it lies
STITCH, THREAD = 0.0225, 0.0040
CARD = (0.80, 0.46)


def build_wallet(look: Look, rng: np.random.Generator) -> Product:
    """Its spine to the camera's left, opening to the right."""
    color = leather_colour(look)
    waves = rng.uniform(0, 2 * np.pi, (2, 5))
    outline = _outline()
    front = Puffed(outline, (WIDTH * 0.5, HEIGHT * 0.5), THICK * 0.25, THICK * 0.28, 0.016, waves[0], 0.0016)
    back = Puffed(outline, (WIDTH * 0.5, HEIGHT * 0.5), THICK * 0.25, THICK * 0.15, 0.004, waves[1], 0.0008)
    leather, lining = cloth("leather", color, rng), cloth("leather", mixed(color, "#0E0907", 0.22), rng)
    flank = strip(outline, np.c_[np.zeros(6), np.linspace(THICK * 0.25, -THICK * 0.25, 6)])
    # The front leaf shows its outside, the back leaf its inside.
    outside = [front.mesh(48), back.mesh(24).mirrored("z"), flank]
    inside = [back.mesh(24), front.mesh(24).mirrored("z"), flank]
    hide = [mesh.moved(FRONT_TURN) for mesh in outside] + [mesh.moved(BACK_TURN) for mesh in (inside[1], flank)]
    edge = principled(mixed(color, "#0E0907", 0.6), 0.32, specular=0.45, coat=0.25)
    parts = [
        Part(laid(merge([*hide, _spine()]), "leather"), leather),
        Part(laid(merge([mesh.moved(BACK_TURN) for mesh in (inside[0], *_slots())]), "leather"), lining),
        Part(merge([*_painted(outline), *(mesh.moved(BACK_TURN) for mesh in _slot_edges())]), edge),
        Part(merge(_sewing(outline, front, back)), thread(color)),
    ]
    for card, paint in zip(_cards(), (look.accent, "#EDE7DA", mixed(color, "#101418", 0.6)), strict=True):
        parts.append(Part(card.moved(BACK_TURN), principled(paint, 0.30, specular=0.5, coat=0.3)))
    name = name_solid(look.label, look.typeface, 0.34, 0.046, 0.0014, max_lines=1)
    at = (WIDTH * 0.72, HEIGHT * 0.20)
    z = float(front.z(np.array([at[0]]), np.array([at[1]]))[0])
    if name is not None:
        stamped = draped(name.moved(translation=(*at, 0)), lambda x, y: front.z(x, y) + 0.0004).moved(FRONT_TURN)
        pressed = principled(mixed(color, "#0E0907", 0.72), 0.4)
        parts.append(Part(stamped, pressed if luminance(color) > 0.20 else metal(_foil(look), 0.2)))
    spots = [(at[0] + 0.06, at[1] + 0.01, z), (WIDTH * 0.86, HEIGHT * 0.86, THICK / 2)]
    first, corner = (tuple(float(v) for v in FRONT_TURN @ np.array(spot)) for spot in spots)
    cards = tuple(float(v) for v in BACK_TURN @ np.array((WIDTH * 0.86, HEIGHT * 0.80, THICK)))
    parts = [Part(part.mesh.moved(translation=(-WIDTH * 0.42, 0, -0.10)), part.material) for part in parts]
    details = tuple((x - WIDTH * 0.42, y, depth - 0.10) for x, y, depth in (first, corner, cards))
    return stand(parts, look, details[0], details)


def _foil(look: Look) -> str:
    return "gold" if look.metal in ("steel", "black") else look.metal


def _outline() -> Floats:
    """One leaf, its spine at x = 0."""
    ring = fillet([(0, 0), (WIDTH, 0), (WIDTH, HEIGHT), (0, HEIGHT)], [0.012, 0.060, 0.060, 0.012], 12, closed=True).points
    return np.asarray(evenly(np.c_[ring, np.zeros(len(ring))], 0.013, closed=True)[0][:, :2])


def _spine() -> Mesh:
    """The leather folded round between the leaves."""
    y = np.linspace(0.004, HEIGHT - 0.004, 30)
    mesh = tube(np.c_[np.full(30, 0.004), y, np.zeros(30)], circle(THICK * 0.62, 32), up=(0, 0, 1))
    return mesh.with_uv(mesh.uv * [HEIGHT, 4 * THICK])


def _painted(outline: Floats) -> list[Mesh]:
    """The edges of both leaves, all layers burnished into one."""
    line = np.c_[outline, np.zeros(len(outline))]
    rim = tube(line, circle(THICK * 0.27, 12), closed=True)
    return [rim.moved(FRONT_TURN), rim.moved(BACK_TURN)]


def _slots() -> list[Mesh]:
    """Card slots stepped down the inside of the back leaf."""
    sheets = []
    for top, before in SLOTS:
        low = 0.040
        flat = rounded_box(WIDTH - 0.115, top - low, 0.011, 0.003, 0.012, 3)
        sheets.append(flat.moved(translation=(WIDTH / 2 + 0.012, (top + low) / 2, THICK / 2 + 0.008 + before)))
    return [sheet.with_uv(sheet.uv * [WIDTH, HEIGHT]) for sheet in sheets]


def _slot_edges() -> list[Mesh]:
    """Each slot's painted upper edge."""
    half = (WIDTH - 0.13) / 2
    x = np.linspace(WIDTH / 2 + 0.012 - half, WIDTH / 2 + 0.012 + half, 12)
    return [tube(np.c_[x, np.full(12, top), np.full(12, THICK / 2 + 0.008 + before)], circle(0.0068, 10)) for top, before in SLOTS]


def _cards() -> list[Mesh]:
    """One in each slot, plain, a little of it out."""
    wide, tall = CARD
    cards = []
    for (top, before), out, shift in zip(SLOTS, (0.048, 0.040, 0.044), (0.006, -0.005, 0.003), strict=True):
        card = rounded_box(wide, tall, 0.007, 0.002, 0.030, 4)
        cards.append(card.moved(translation=(WIDTH / 2 + 0.012 + shift, top + out - tall / 2, THICK / 2 + before)))
    return cards


def _sewing(outline: Floats, front: Puffed, back: Puffed) -> list[Mesh]:
    """Saddle stitches round three sides of each leaf, and along the slots' lowest edge."""
    rows = []
    centre = np.array([WIDTH / 2, HEIGHT / 2])
    inner = centre + (outline - centre) * (1 - 0.066 / np.array([WIDTH, HEIGHT]))
    kept = inner[inner[:, 0] > 0.045]
    kept = kept[np.argsort(np.arctan2(kept[:, 1] - HEIGHT / 2, kept[:, 0] - WIDTH / 2))]
    for one, turn in ((front, FRONT_TURN), (back, BACK_TURN)):
        line = np.c_[kept, one.z(kept[:, 0], kept[:, 1]) + 0.001]
        rows.append(stitches(line, (0, 0, 1), STITCH, THREAD).moved(turn))
    return rows


WALLET = Archetype(
    name="wallet",
    title="Wallet",
    build=build_wallet,
    convex=False,
    words=("wallet", "leather wallet", "bifold", "billfold", "card holder", "cardholder", "card wallet"),
    body=TAN,
    accent="#C8A15A",
    metal="gold",
    spin_deg=18.0,
    options=(("tan|cognac|caramel|saddle", "dye", TAN), *LEATHER_WORDS),
)
