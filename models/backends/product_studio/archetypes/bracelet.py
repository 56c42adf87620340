"""A bracelet on a leather roll: a chain with a stone, a line of stones, a pair of bangles or an open cuff; the name on the stand."""

import numpy as np

from models.backends.product_studio.archetypes.cut_stones import BRIGHT, FOIL, STONE_WORDS, stone_surface
from models.backends.product_studio.archetypes.hung_jewellery import LINK, chain, drop
from models.backends.product_studio.archetypes.jewellers_leather import leather, leather_colour
from models.backends.product_studio.archetypes.product import Archetype, Look, Part, Product, stand
from models.backends.product_studio.geometry import (
    Mesh,
    fillet,
    lathe,
    merge,
    rotation,
    rounded_box,
    rounded_rectangle,
    sphere,
    torus,
    tube,
)
from models.backends.product_studio.geometry.mesh import Floats
from models.backends.product_studio.labels import name_solid
from models.backends.product_studio.materials import Emission, foil, metal

ROLL, LONG = 0.265, 0.94  # the roll's radius and length
WIDTH, HEIGHT, DEPTH = 1.04, 0.135, 0.54  # of the stand
GAP = 0.105  # between roll and stand, where the bracelet passes
CENTRE = np.array([0.0, HEIGHT + GAP + ROLL, 0.0])
SIZE = 1.75  # of the chain's links
FACING = 38.0  # degrees above the horizon at which the middle of the bracelet looks out
FIRE = Emission((0.92, 0.95, 1.0), 0.50)  # what the foil would send back of a sun or a spot: light from points finds no way through a stone


def build_bracelet(look: Look, rng: np.random.Generator) -> Product:
    """The roll lies across; the bracelet is worn in its middle."""
    hide = leather(look, rng)
    gold = metal(look.metal, 0.05)
    parts = [Part(merge([_stand(), _roll(), *_cradles()]), hide)]
    form = look.option("form", "chain")
    if form == "tennis":
        parts += _line_of_stones(look, 0.0)
    elif form == "bangle":
        parts.append(Part(merge([_band(-0.075, 0.082, 0.030, 0.020), _rope(0.070)]), gold))
    elif form == "cuff":
        parts.append(Part(_cuff(), gold))
    else:
        parts += _chain_with_stone(look)
    name = name_solid(look.label, look.typeface, WIDTH * 0.7, 0.052, 0.0016, max_lines=1)
    if name is not None:
        parts.append(Part(name.moved(translation=(0, HEIGHT * 0.5, DEPTH / 2)), foil(look.metal, leather_colour(look), look.accent)))
    at = _outward(0.0, ROLL + 0.05, FACING - 8)
    return stand(parts, look, at, (at, _outward(0.1, ROLL, 70.0), (0.0, HEIGHT * 0.6, DEPTH / 2)))


def _outward(x: float, radius: float, degrees: float) -> tuple[float, float, float]:
    """A point round the roll; 0 degrees in front, 90 on top."""
    a = np.radians(degrees)
    return (x, float(CENTRE[1] + radius * np.sin(a)), float(radius * np.cos(a)))


def _stand() -> Mesh:
    foot = rounded_box(WIDTH, HEIGHT, DEPTH, 0.030, 0.045, 8).moved(translation=(0, HEIGHT / 2, 0))
    return foot.with_uv(foot.uv * np.array([4.0, 0.8]))


def _roll() -> Mesh:
    ends = [(0, -LONG / 2), (ROLL, -LONG / 2), (ROLL, LONG / 2), (0, LONG / 2)]
    roll = lathe(fillet(ends, [0, 0.050, 0.050, 0], 10), 160)
    return roll.with_uv(roll.uv * np.array([6.0, 4.6])).moved(rotation("z", 90), CENTRE)


def _cradles() -> list[Mesh]:
    """What carries the roll at either end."""
    block = rounded_box(0.10, GAP + 0.09, 0.30, 0.02, 0.03, 6)
    return [block.with_uv(block.uv * 0.8).moved(translation=(s * 0.335, HEIGHT + GAP / 2 + 0.02, 0)) for s in (1, -1)]


def _circle(x: float, radius: float, start: float, end: float, count: int = 240, drop_by: float = 0.0) -> Floats:
    """Round the roll from `start` to `end` degrees, (count, 3)."""
    a = np.radians(np.linspace(start, end, count))
    return np.c_[np.full(count, x), CENTRE[1] - drop_by + radius * np.sin(a), radius * np.cos(a)]


def _chain_with_stone(look: Look) -> list[Part]:
    """The chain comes from both sides to a stone in its cup."""
    radius = ROLL + LINK[1] * SIZE * 0.96
    line = _circle(0.0, radius, FACING + 15.5, FACING + 344.5)
    stone, mount, lining = (_turned(mesh) for mesh in drop((0.0, 0.0, ROLL + 0.062), 0.072))
    ties = [torus(0.020, 0.0075, 40, 12).moved(rotation("y", 0), _outward(0.0, radius + 0.004, FACING + s * 17.5)) for s in (1, -1)]
    return [
        Part(merge([chain(line, SIZE, CENTRE), mount, *ties]), metal(look.metal, 0.05)),
        Part(lining, FOIL, emission=FIRE),
        Part(stone, stone_surface(look.option("stone", "diamond"), BRIGHT)),
    ]


def _turned(mesh: Mesh, x: float = 0.0, degrees: float = FACING) -> Mesh:
    """A jewel made about the roll's axis with its face to +z, turned up and set in its place."""
    return mesh.moved(rotation("x", -degrees), CENTRE + np.array([x, 0.0, 0.0]))


def _line_of_stones(look: Look, x: float) -> list[Part]:
    radius, pitch = 0.033, 15.4
    stone, mount, lining = drop((0.0, 0.0, ROLL + 0.030), radius)
    turns = FACING + pitch * (np.arange(int(360 / pitch)) - 6)
    return [
        Part(merge([_turned(mount, x, t) for t in turns]), metal(look.metal, 0.05)),
        Part(merge([_turned(lining, x, t) for t in turns]), FOIL, emission=FIRE),
        Part(merge([_turned(stone, x, t) for t in turns]), stone_surface(look.option("stone", "diamond"), BRIGHT)),
    ]


def _band(x: float, wide: float, thick: float, slack: float) -> Mesh:
    """A closed band of soft edges, hanging on the roll and a little askew."""
    line = _circle(0.0, ROLL + slack + thick / 2, 0.0, 360.0, 241, slack)[:-1]
    outward = line - line.mean(0)
    band = tube(line, rounded_rectangle(wide, thick, min(wide, thick) * 0.46, 10), closed=True, up=outward)
    return _askew(band, x, 5.0)


def _rope(x: float) -> Mesh:
    """A thin bangle of two twisted strands."""
    slack, turns = 0.016, 46
    a = np.linspace(0, 2 * np.pi, 1400, endpoint=False)
    strands = []
    for phase in (0.0, np.pi):
        out, aside = 0.0115 * np.cos(turns * a + phase), 0.0115 * np.sin(turns * a + phase)
        radius = ROLL + slack + 0.024 + out
        line = np.c_[aside, CENTRE[1] - slack + radius * np.sin(a), radius * np.cos(a)]
        section = rounded_rectangle(0.025, 0.025, 0.0124, 3)
        strands.append(tube(line, section, closed=True, up=np.c_[0 * a, np.sin(a), np.cos(a)]))
    return _askew(merge(strands), x, -4.0)


def _cuff() -> Mesh:
    """A broad open band, hollow across, with round ends that meet behind."""
    line = _circle(0.0, ROLL + 0.020, FACING - 158, FACING + 158, 240, 0.008)
    t = np.linspace(-1, 1, 240)
    end = np.sqrt(np.clip(1 - np.abs(t) ** 26, 0.01, 1))
    section = rounded_rectangle(0.185, 0.026, 0.012, 8)
    body = tube(line, section, up=line - np.array([0.0, CENTRE[1] - 0.008, 0.0]), scale=np.c_[end * (1 - 0.30 * t**2), np.ones(240)])
    edges = []
    for side in (1, -1):
        rim = line + np.c_[side * 0.0925 * end * (1 - 0.30 * t**2), np.zeros((240, 2))]
        edges.append(tube(rim, rounded_rectangle(0.024, 0.024, 0.0118, 4), up=line - np.array([0.0, CENTRE[1] - 0.008, 0.0])))
    return merge([body, *edges, *(sphere(0.016, 24).moved(translation=tuple(line[k])) for k in (0, -1))])


def _askew(mesh: Mesh, x: float, degrees: float) -> Mesh:
    return mesh.moved(translation=-CENTRE).moved(rotation("y", degrees), CENTRE + np.array([x, 0.0, 0.0]))


BRACELET = Archetype(
    name="bracelet",
    title="Bracelet",
    build=build_bracelet,
    convex=False,
    words=("bracelet", "bangle", "cuff bracelet", "tennis bracelet", "charm bracelet", "chain bracelet", "anklet"),
    body="#1E3A34",
    accent="#CDAA6B",
    metal="gold",
    typeface="luxury_serif",
    spin_deg=-30.0,
    options=(
        *STONE_WORDS,
        ("bangles?", "form", "bangle"),
        ("cuffs?", "form", "cuff"),
        ("tennis|line bracelet|diamond bracelet|row of stones", "form", "tennis"),
    ),
)
