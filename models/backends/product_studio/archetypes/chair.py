"""A dining chair: turned legs, a bent back, a seat woven of paper cord or upholstered."""

import numpy as np

from models.backends.product_studio.archetypes.product import Archetype, Look, Part, Product, stand
from models.backends.product_studio.archetypes.timber import WOOD_WORDS, grain, member, wood
from models.backends.product_studio.archetypes.upholstery import COVER_WORDS, covered, tile
from models.backends.product_studio.colours import mixed
from models.backends.product_studio.geometry import Mesh, merge, rotation, rounded_rectangle, tube
from models.backends.product_studio.geometry.cushions import cushion
from models.backends.product_studio.labels import name_solid
from models.backends.product_studio.materials import Bsdf, bumped, picture, principled
from models.backends.product_studio.textures import cord

SEAT, TOP = 0.445, 0.790  # metres: of the rails' tops, of the back
FRONT_X, BACK_X, FRONT_Z, BACK_Z = 0.222, 0.186, 0.205, -0.205
WAIST = 0.150  # the narrowing of the seat towards the back: see _tapered
PAPER = "#DCC49A"


def build_chair(look: Look, rng: np.random.Generator) -> Product:
    """Faces the viewer; seat and joints to be seen."""
    timber = wood(look, rng)
    parts = [Part(merge([*_legs(), *_rails(), *_stretchers()]), timber), Part(_back(), timber)]
    if look.option("cover"):
        pad = cushion((0.462, 0.062, 0.446), 0.0305, (0.006, 0.020, 0.006))
        parts.append(Part(_seated(pad, SEAT + 0.016, tile(look)), covered(look, rng)))
    else:
        mat = cushion((0.452, 0.040, 0.428), 0.0195, (0.0, -0.007, 0.0))
        parts.append(Part(_seated(mat, SEAT - 0.010), _woven(look, rng)))
    name = name_solid(look.label, look.typeface, 0.16, 0.0115, 0.0006, max_lines=1)
    if name is not None:  # branded into the side rail, where a maker signs
        ink = mixed("#241408", "#EDE6DA", 0.75) if look.option("wood") == "black" else "#2A1A0E"
        parts.append(Part(_on_the_side(name), principled(ink, 0.7, specular=0.2)))
    corner = (FRONT_X - 0.055, SEAT - 0.010, FRONT_Z - 0.010)
    details = (corner, (BACK_X + 0.012, TOP - 0.085, BACK_Z - 0.040), (0.0, TOP - 0.06, BACK_Z - 0.05))
    return stand(parts, look, (0.0, SEAT, FRONT_Z), details)


def _legs() -> list[Mesh]:
    legs = []
    for side in (1, -1):
        front = [(side * (FRONT_X + 0.014), 0.0, FRONT_Z + 0.016), (side * FRONT_X, SEAT + 0.010, FRONT_Z)]
        legs.append(member(front, (0.0125, 0.0170, 0.0195, 0.0205, 0.0205), start=0.1 + 0.3 * side))
        back = [
            (side * (BACK_X + 0.020), 0.0, BACK_Z - 0.055),
            (side * (BACK_X + 0.006), SEAT * 0.55, BACK_Z - 0.012),
            (side * BACK_X, SEAT + 0.010, BACK_Z - 0.002),
            (side * (BACK_X + 0.004), TOP - 0.028, BACK_Z - 0.062),
        ]
        legs.append(member(back, (0.0125, 0.0180, 0.0205, 0.0195, 0.0155, 0.0120), start=0.5 + 0.2 * side))
    return legs


def _rails() -> list[Mesh]:
    """What the seat is hung on."""
    y = SEAT - 0.026
    sides = [[(s * FRONT_X, y, FRONT_Z), (s * BACK_X, y, BACK_Z)] for s in (1, -1)]
    across = [[(-x, y, z), (x, y, z)] for x, z in ((FRONT_X, FRONT_Z), (BACK_X, BACK_Z))]
    rails = []
    for i, (a, b) in enumerate([*sides, *across]):
        line = np.linspace(a, b, 16)
        rail = tube(line, rounded_rectangle(0.019, 0.042, 0.006, 6), up=(0, 1, 0))
        rails.append(grain(rail, 0.42, 0.12, 0.17 * i))
    return rails


def _stretchers() -> list[Mesh]:
    bars = []
    for i, s in enumerate((1, -1)):
        front, back = (s * (FRONT_X + 0.008), 0.215, FRONT_Z + 0.009), (s * (BACK_X + 0.011), 0.215, BACK_Z - 0.022)
        bars.append(member([front, back], (0.0075, 0.0105, 0.0115, 0.0105, 0.0075), start=0.3 + 0.4 * i))
    bars.append(
        member([(-BACK_X - 0.018, 0.215, 0.0), (BACK_X + 0.018, 0.215, 0.0)], (0.0075, 0.0105, 0.0115, 0.0105, 0.0075), up=(0, 1, 0))
    )
    return bars


def _back() -> Mesh:
    """One board, bent to the sitter's back; deepest in the middle, its ends rounded."""
    t = np.sin(np.linspace(-np.pi / 2, np.pi / 2, 90))
    x = 0.262 * t
    z = BACK_Z - 0.108 + 0.086 * t**2
    line = np.c_[x, np.full(90, TOP - 0.072), z + 0.030]
    end = np.clip(1 - np.abs(t) ** 14, 0.0016, 1) ** 0.45
    tall = (0.152 - 0.040 * t**2) * end
    section = rounded_rectangle(1.0, 1.0, 0.42, 10)
    thick = 0.0190 * np.clip(end * 1.4, 0, 1)
    board = tube(line, section, up=(0.0, np.cos(0.19), -np.sin(0.19)), scale=np.c_[thick, tall])
    return grain(board, 0.56, 0.30, 0.63)


def _seated(mesh: Mesh, y: float, per_tile: float = 0.0) -> Mesh:
    """A seat narrower behind than in front, on the rails. per_tile: metres of cloth in a picture; 0: one picture for all of it."""
    x, up, z = mesh.vertices.T
    vertices = np.c_[x * (1 + WAIST * z / 0.42), up + y, z]
    uv = np.c_[x, z] / per_tile if per_tile else np.c_[0.5 + x / 0.452, 0.5 + z / 0.428]
    return Mesh(vertices, mesh.normals, uv, mesh.faces)


def _woven(look: Look, rng: np.random.Generator) -> Bsdf:
    heights, shade = cord(1024, int(rng.integers(1 << 30)))
    tint = "#1B1A19" if look.option("cord") == "black" else PAPER
    rgb = np.array([int(tint[i : i + 2], 16) for i in (1, 3, 5)], float)
    return bumped(principled(picture(np.clip(rgb * shade[..., None], 0, 255).astype(np.uint8)), 0.75, specular=0.25), heights, 0.012)


def _on_the_side(name: Mesh) -> Mesh:
    lean = float(np.degrees(np.arctan2(FRONT_X - BACK_X, FRONT_Z - BACK_Z)))
    middle = ((FRONT_X + BACK_X) / 2 + 0.0097, SEAT - 0.026, 0.0)
    return name.moved(rotation("y", 90 - lean), middle)


CHAIR = Archetype(
    name="chair",
    title="Dining chair",
    build=build_chair,
    convex=False,
    words=("chair", "dining chair", "kitchen chair", "wooden chair", "side chair"),
    body="#E9E0D1",
    accent="#8A6A48",
    metal="brass",
    typeface="geometric_sans",
    spin_deg=-32.0,
    large=True,
    options=(*WOOD_WORDS, *COVER_WORDS, ("black cord", "cord", "black")),
)
