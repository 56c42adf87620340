"""A sofa and an armchair: one upholstered frame on turned or metal legs, loose cushions with corded seams, a maker's tag."""

from dataclasses import dataclass, replace

import numpy as np

from models.backends.product_studio.archetypes.product import Archetype, Look, Part, Product, stand
from models.backends.product_studio.archetypes.timber import WOOD_WORDS, member, wood
from models.backends.product_studio.archetypes.upholstery import COVER_WORDS, cover_colour, covered, tile
from models.backends.product_studio.colours import mixed
from models.backends.product_studio.geometry import Mesh, merge, rotation, rounded_box
from models.backends.product_studio.geometry.cushions import Dent, cushion, piping, smooth_normals
from models.backends.product_studio.geometry.mesh import Floats
from models.backends.product_studio.labels import name_solid
from models.backends.product_studio.materials import metal, principled

LEANS = rotation("x", -13.0)
WELT = 0.0055  # radius of the cord in a seam


@dataclass(frozen=True)
class Seat:
    """Metres. seats: cushions side by side; arm, arm_top: an arm's width and height; leg: height of the legs."""

    width: float
    depth: float
    seats: int
    arm: float
    arm_top: float
    leg: float

    @property
    def inner(self) -> float:
        """Between the arms."""
        return self.width - 2 * self.arm


SOFA_SEAT = Seat(2.02, 0.90, 2, 0.155, 0.600, 0.155)
ARMCHAIR_SEAT = Seat(0.86, 0.82, 1, 0.125, 0.585, 0.200)
BASE, SEAT_THICK, BACK_THICK, BACK_TALL = 0.150, 0.185, 0.200, 0.430


def build_sofa(look: Look, rng: np.random.Generator) -> Product:
    """Two seats wide, one small cushion thrown into its corner."""
    return _build(SOFA_SEAT, look, rng)


def build_armchair(look: Look, rng: np.random.Generator) -> Product:
    """The same for one."""
    return _build(ARMCHAIR_SEAT, look, rng)


def _build(seat: Seat, look: Look, rng: np.random.Generator) -> Product:
    cloth, per_tile = covered(look, rng), tile(look)
    legs = metal(look.metal, 0.18) if look.option("legs") == "metal" else wood(look, rng, "walnut")
    soft = [*_frame(seat), *_seat_cushions(seat, rng), *_back_cushions(seat, rng)]
    parts = [
        Part(merge([mesh.with_uv(mesh.uv / per_tile) for mesh in soft]), cloth),
        Part(merge(_legs(seat, 0.011 if look.option("legs") == "metal" else 0.019)), legs),
    ]
    if seat.seats > 1:
        thrown = _thrown(seat, rng)
        parts.append(Part(thrown.with_uv(thrown.uv / per_tile), covered(look, rng, color=look.accent)))
    parts += _tag(seat, look)
    front, top = seat.depth / 2, seat.leg + BASE + SEAT_THICK
    corner = (seat.inner / 2 - 0.02, top - 0.045, front - 0.08)
    return stand(parts, look, (0.0, top, front - 0.05), (corner, (0.0, top + 0.2, 0.0), (seat.inner / 2 + 0.08, seat.arm_top, front)))


def _frame(seat: Seat) -> list[Mesh]:
    """Base, arms, and the back between them."""
    base = cushion((seat.width - 0.03, BASE, seat.depth - 0.03), 0.028).moved(translation=(0, seat.leg + BASE / 2, 0))
    tall = seat.arm_top - seat.leg - 0.004
    arm = cushion((seat.arm, tall, seat.depth), 0.062, (0.008, 0.006, 0.006), cells=18)
    arms = [arm.moved(translation=(s * (seat.width - seat.arm) / 2, seat.leg + 0.004 + tall / 2, 0)) for s in (1, -1)]
    height = seat.arm_top + 0.13 - seat.leg
    back = cushion((seat.inner + 0.02, height, 0.15), 0.058, (0.0, 0.006, 0.0)).moved(LEANS)
    return [base, *arms, back.moved(translation=(0, seat.leg + height / 2, -seat.depth / 2 + 0.075))]


def _seat_cushions(seat: Seat, rng: np.random.Generator) -> list[Mesh]:
    wide, deep = seat.inner / seat.seats - 0.006, seat.depth - 0.20
    meshes = []
    for i in range(seat.seats):
        at = (seat.inner * ((i + 0.5) / seat.seats - 0.5), seat.leg + BASE + SEAT_THICK / 2 - 0.006, 0.115)
        body = cushion((wide, SEAT_THICK, deep), 0.052, (0.0, 0.034, 0.016), _worn(rng, 0.0042))
        meshes += [body.moved(translation=at), *(_welt(wide, deep, s, SEAT_THICK).moved(translation=at) for s in (1, -1))]
    return meshes


def _back_cushions(seat: Seat, rng: np.random.Generator) -> list[Mesh]:
    """Fuller than the seat, leaning, their upper corners a little slack."""
    wide = seat.inner / seat.seats - 0.010
    meshes = []
    for i in range(seat.seats):
        body = cushion((wide, BACK_TALL, BACK_THICK), 0.078, (0.004, 0.012, 0.050), _worn(rng, 0.0070))
        slack = 0.016 * (np.abs(body.vertices[:, 0]) / wide * 2) ** 4 * np.clip(body.vertices[:, 1] / BACK_TALL * 2, 0, 1)
        body = Mesh(body.vertices - np.c_[0 * slack, slack, 0 * slack], body.normals, body.uv, body.faces)
        x = seat.inner * ((i + 0.5) / seat.seats - 0.5)
        y = seat.leg + BASE + SEAT_THICK + BACK_TALL / 2 - 0.012
        meshes.append(body.moved(LEANS, (x, y, -seat.depth / 2 + 0.245)))
    return meshes


def _welt(wide: float, deep: float, side: int, thick: float) -> Mesh:
    """The cord round a cushion's upper or lower edge."""
    inset = 0.052 * (1 - np.sqrt(0.5)) - WELT * 0.35
    return piping(wide - 2 * inset, deep - 2 * inset, 0.040, WELT, side * (thick / 2 - inset))


def _thrown(seat: Seat, rng: np.random.Generator) -> Mesh:
    """A square pillow with pinched corners, leaning into the corner on the viewer's left."""
    body = cushion((0.44, 0.44, 0.14), 0.066, (0.0, 0.0, 0.030), _worn(rng, 0.006))
    x, y, z = body.vertices.T
    far = np.clip(np.maximum(np.abs(x), np.abs(y)) / 0.22, 0, 1)
    ears = 1 + 0.10 * (np.abs(x * y) / 0.22**2) ** 1.5
    shaped = np.c_[x * ears, y * ears, z * (1 - 0.82 * far**3.6)]
    pillow = Mesh(shaped, smooth_normals(shaped, body.faces), body.uv, body.faces)
    turn = rotation("y", 24.0) @ rotation("x", -24.0) @ rotation("z", 6.0)
    return pillow.moved(turn, (-seat.inner / 2 + 0.27, seat.leg + BASE + SEAT_THICK + 0.215, 0.055))


def _worn(rng: np.random.Generator, depth: float) -> Dent:
    """The unevenness of something that has been sat on: a few slow waves, `depth` metres at most about twice over."""
    waves = [(rng.normal(size=3) / rng.uniform(0.06, 0.16), rng.uniform(0, 6.28), rng.uniform(0.3, 1.0)) for _ in range(9)]

    def dent(points: Floats, normals: Floats) -> Floats:
        total = sum(share * np.sin(points @ way + phase) for way, phase, share in waves)
        return np.asarray(depth * total / 3.0)

    return dent


def _legs(seat: Seat, thick: float) -> list[Mesh]:
    legs = []
    for sx in (1, -1):
        for sz in (1, -1):
            x, z = seat.width / 2 - 0.10, seat.depth / 2 - 0.10
            top, foot = (sx * x, seat.leg + 0.02, sz * z), (sx * (x + 0.035), 0.0, sz * (z + 0.035))
            legs.append(member([foot, top], (thick * 0.62, thick * 0.8, thick), 0.003, start=0.21 * sx + 0.4 * sz))
    return legs


def _tag(seat: Seat, look: Look) -> list[Part]:
    """A woven label caught in the seam of the right arm's front."""
    name = name_solid(look.label, look.typeface, 0.042, 0.0080, 0.0005, max_lines=1)
    if name is None:
        return []
    at = (seat.width / 2 - seat.arm / 2, seat.leg + BASE * 0.75, seat.depth / 2 + 0.0042)
    ribbon = rounded_box(0.052, 0.020, 0.0016, 0.0006, 0.0015, 3)
    return [
        Part(ribbon.moved(translation=at), principled(mixed(cover_colour(look), "#17130F", 0.72), 0.8, sheen=0.4)),
        Part(name.moved(translation=(at[0], at[1], at[2] + 0.0008)), principled("#EFE8DB", 0.7)),
    ]


LEGS = (
    ("(?:metal|steel|brass|chrome|iron|black|gold|golden) (?:legs|feet|base|frame)", "legs", "metal"),
    ("(?:wood|wooden|oak|walnut|beech|ash) (?:legs|feet|base|frame)", "legs", "wood"),
)
SOFA = Archetype(
    name="sofa",
    title="Sofa",
    build=build_sofa,
    convex=False,
    words=("sofa", "couch", "settee", "loveseat", "corner sofa"),
    body="#D8CFC0",
    accent="#A4622F",
    metal="black",
    typeface="geometric_sans",
    spin_deg=-24.0,
    options=(*WOOD_WORDS, *COVER_WORDS, *LEGS),
    large=True,
)
ARMCHAIR = replace(
    SOFA,
    name="armchair",
    title="Armchair",
    build=build_armchair,
    words=("armchair", "arm chair", "lounge chair", "easy chair", "reading chair", "wingback"),
    body="#B9C0A8",
    spin_deg=-28.0,
)
