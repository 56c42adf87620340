"""A daypack: a soft body between two panels and a gusset, a front pocket, coiled zips with leather pullers, padded straps, a grab handle.

The brand is pressed into a leather patch sewn on its front.
"""

import numpy as np

from models.backends.product_studio.archetypes.cloths import cloth, laid, thread, undyed
from models.backends.product_studio.archetypes.product import Archetype, Look, Part, Product, stand
from models.backends.product_studio.colours import is_dark, mixed
from models.backends.product_studio.geometry import Mesh, circle, fillet, merge, rotation, rounded_box, rounded_rectangle, tube
from models.backends.product_studio.geometry.lofts import draped
from models.backends.product_studio.geometry.mesh import Floats
from models.backends.product_studio.geometry.panels import strip
from models.backends.product_studio.geometry.seams import evenly, ribbon, slider, stitches, zip_teeth
from models.backends.product_studio.geometry.tailoring import Puffed, curve
from models.backends.product_studio.labels import name_solid
from models.backends.product_studio.materials import metal, principled

WIDTH, HEIGHT = 0.74, 1.06
FRONT_Z, BACK_Z = 0.13, -0.15
POCKET_Z, POCKET_TOP, POCKET_ZIP = 0.285, 0.49, 0.415
PATCH = (0.0, 0.685, 0.270, 0.098)  # x, y, width, height
LEATHER, DARK_LEATHER = "#7B4725", "#33231B"


def build_backpack(look: Look, rng: np.random.Generator) -> Product:
    """Stands on its foot, front to the viewer."""
    waves = rng.uniform(0, 2 * np.pi, (3, 5))
    color, kind = undyed(look.body), look.option("cloth", "canvas")
    body = Puffed(_outline(WIDTH, 0.0, HEIGHT, 0.10, 0.27), (0.0, 0.52), FRONT_Z, 0.038, 0.042, waves[0])
    back = Puffed(body.ring, body.middle, -BACK_Z, 0.03, 0.012, waves[1])
    pocket = Puffed(_outline(0.585, 0.035, POCKET_TOP, 0.085, 0.105), (0.0, 0.25), POCKET_Z, 0.030, 0.026, waves[2])
    trim = DARK_LEATHER if kind == "leather" or (is_dark(color) and kind == "nylon") else LEATHER
    cloths, leather = cloth(kind, color, rng), cloth("leather", trim, rng)
    dark = principled(mixed(color, "#121110", 0.72), 0.75, sheen=0.3)
    brass = metal(look.metal, 0.12)
    zips = [_arch(body), _across(pocket)]
    pulls = [_pull(path, at, tilt) for path, at, tilt in ((zips[0], 0.60, 8.0), (zips[0], 0.655, -6.0), (zips[1], 0.80, 4.0))]
    soft = [body.mesh(), back.mesh().moved(rotation("y", 180)), pocket.mesh(), _gusset(body.ring, FRONT_Z, BACK_Z), *_straps()]
    soft.append(_gusset(pocket.ring, POCKET_Z, FRONT_Z, 0.004))
    parts = [
        Part(laid(merge(soft), kind), cloths),
        Part(laid(merge([*_patch(body), *_side_straps(), _grab(), *(pull[1] for pull in pulls)]), "leather"), leather),
        Part(merge([*(_tape(path) for path in zips), *_pipings(body, pocket)]), dark),
        Part(
            merge([*(zip_teeth(path, (0, 0, 1), 0.0088, 0.024, 0.010) for path in zips), *(pull[0] for pull in pulls), *_buckles()]), brass
        ),
        Part(merge(_sewing(body, pocket, zips)), thread(color)),
    ]
    name = name_solid(look.label, look.typeface, PATCH[2] * 0.80, 0.034, 0.0012, max_lines=1)
    if name is not None:
        pressed = draped(name.moved(translation=(PATCH[0], PATCH[1], 0)), lambda x, y: _patch_z(body, x, y) + 0.0075)
        parts.append(Part(pressed, principled(mixed(trim, "#F3DDB4", 0.75) if is_dark(trim) else "#20150E", 0.4)))
    z = float(body.z(np.array([0.0]), np.array([PATCH[1]]))[0])
    details = ((0.10, POCKET_ZIP - 0.02, POCKET_Z + 0.05), (0.02, PATCH[1] + 0.02, z), (0.26, 0.82, FRONT_Z + 0.05))
    return stand(parts, look, (0.0, PATCH[1], z), details)


def _outline(width: float, low: float, high: float, foot: float, head: float) -> Floats:
    """A rounded door: feet corners of radius `foot`, shoulders of radius `head`; sides a little fuller below."""
    x = width / 2
    corners = [(-x, low), (x, low), (x * 0.95, high), (-x * 0.95, high)]
    ring = fillet(corners, [foot, foot, head, head], 18, closed=True).points
    return np.asarray(evenly(np.c_[ring, np.zeros(len(ring))], 0.012, closed=True)[0][:, :2])


def _gusset(ring: Floats, front: float, back: float, bulge: float = 0.016) -> Mesh:
    share = np.linspace(0, 1, 18)
    return strip(ring, np.c_[bulge * np.sin(np.pi * share), front + (back - front) * share])


def _arch(body: Puffed) -> Floats:
    """The main zip: up one side of the front, over the top and down the other."""
    ring = body.middle + (body.ring - body.middle) * 0.845
    low = POCKET_TOP + 0.035
    above = ring[ring[:, 1] > low]
    order = np.argsort(-np.arctan2(above[:, 1] - low, above[:, 0]))
    x, y = above[order].T
    return np.c_[x, y, body.z(x, y) + 0.002]


def _across(pocket: Puffed) -> Floats:
    """The pocket's zip, straight across below its top."""
    x = np.linspace(-0.225, 0.225, 60)
    y = np.full(60, POCKET_ZIP) - 0.010 * (x / 0.225) ** 2
    return np.c_[x, y, pocket.z(x, y) + 0.002]


def _tape(path: Floats) -> Mesh:
    return ribbon(path + np.array([0, 0, 0.001]), 0.050, 0.005, (0, 0, 1))


def _pull(path: Floats, at: float, tilt: float) -> tuple[Mesh, Mesh]:
    """A slider at a share of a zip's length, and the leather that hangs from it."""
    i = int(at * (len(path) - 1))
    run, _ = slider()
    way = path[min(i + 2, len(path) - 1)] - path[i - 2]
    turn = rotation("z", float(np.degrees(np.arctan2(way[1], way[0]))))
    leather = rounded_box(0.032, 0.115, 0.012, 0.004, 0.014, 3).moved(translation=(0, -0.082, 0.022))
    ring = tube(np.c_[0.011 * np.cos(_TURN), -0.022 + 0.016 * np.sin(_TURN), np.full(24, 0.024)], circle(0.0035, 8), closed=True)
    return merge([run.moved(turn, path[i]), ring.moved(rotation("z", tilt), path[i])]), leather.moved(rotation("z", tilt), path[i])


_TURN = np.linspace(0, 2 * np.pi, 24, endpoint=False)


def _patch_z(body: Puffed, x: Floats, y: Floats) -> Floats:
    """A stiff patch lies flatter than the cloth below it."""
    cx, cy, wide, tall = PATCH
    corners = body.z(cx + wide * np.array([-0.4, 0.4, -0.4, 0.4, 0.0]), cy + tall * np.array([-0.4, -0.4, 0.4, 0.4, 0.0]))
    return np.asarray(0 * x + float(corners.mean()) + 0.05 * (cy - y) + 0.002)


def _patch(body: Puffed) -> list[Mesh]:
    cx, cy, wide, tall = PATCH
    flat = rounded_box(wide, tall, 0.012, 0.003, 0.016, 4).refined(0.03).moved(translation=(cx, cy, 0.0015))
    return [draped(flat, lambda x, y: _patch_z(body, x, y))]


def _straps() -> list[Mesh]:
    """Padded shoulder straps, from the top of the back down to its lower corners."""
    knots = np.array(
        [
            (0.115, 1.005, -0.13),
            (0.125, 0.99, -0.225),
            (0.165, 0.84, -0.285),
            (0.215, 0.60, -0.305),
            (0.27, 0.36, -0.275),
            (0.305, 0.12, -0.15),
        ]
    )
    path, share = curve(knots, 60), np.linspace(0, 1, 60)
    travel = np.gradient(path, axis=0)
    out = np.cross(travel, np.array([-1.0, 0.0, 0.15]))
    section = rounded_rectangle(0.112, 0.036, 0.016, 5)
    taper = np.interp(share, (0, 0.5, 0.8, 1), (1.0, 1.0, 0.75, 0.45))
    one = tube(path, section, up=out, scale=np.c_[taper, 0.55 + 0.45 * taper])
    one = one.with_uv(one.uv * [1.05, 0.30])
    return [one, one.mirrored("x")]


def _grab() -> Mesh:
    """The handle to lift it by."""
    turn = np.linspace(0, np.pi, 40)
    path = np.c_[0.095 * np.cos(turn), HEIGHT + 0.006 + 0.085 * np.sin(turn) ** 0.75, np.full(40, -0.055)]
    return ribbon(path, 0.046, 0.014, np.c_[np.cos(turn), np.sin(turn) + 0.05, np.zeros(40)])


def _side_straps() -> list[Mesh]:
    """A leather strap with its buckle across each side."""
    y, z = 0.60, np.linspace(FRONT_Z - 0.012, BACK_Z + 0.012, 24)
    share = (FRONT_Z - z) / (FRONT_Z - BACK_Z)
    x = _side_x(y) + 0.016 * np.sin(np.pi * share) + 0.007
    one = ribbon(np.c_[x, np.full(24, y), z], 0.040, 0.010, (1, 0, 0))
    return [one, one.mirrored("x")]


def _buckles() -> list[Mesh]:
    frame = tube(rounded_rectangle(0.052, 0.062, 0.012, 4).points @ np.array([[0, 0, 1], [0, 1, 0]]), circle(0.0052, 10), True, (1, 0, 0))
    prong = rounded_box(0.006, 0.006, 0.050, 0.002, 0.0025, 2)
    one = merge([frame, prong.moved(translation=(0.004, 0, 0))]).moved(translation=(_side_x(0.60) + 0.030, 0.60, 0.035))
    return [one, one.mirrored("x")]


def _side_x(y: float) -> float:
    return WIDTH / 2 * (1 - 0.05 * y / HEIGHT)


def _pipings(body: Puffed, pocket: Puffed) -> list[Mesh]:
    """Corded seams round the panels."""
    lines = ((body.ring, FRONT_Z), (body.ring, BACK_Z), (pocket.ring, POCKET_Z))
    return [tube(np.c_[ring, np.full(len(ring), z)], circle(0.0085, 10), closed=True) for ring, z in lines]


def _sewing(body: Puffed, pocket: Puffed, zips: list[Floats]) -> list[Mesh]:
    """Beside the zips, round the patch, inside the pocket's edge."""
    rows = []
    for one, path in zip((body, pocket), zips, strict=True):
        travel = np.gradient(path[:, :2], axis=0)
        side = np.c_[-travel[:, 1], travel[:, 0]] / np.linalg.norm(travel, axis=1, keepdims=True)
        for way in (0.036, -0.036):
            x, y = (path[:, :2] + way * side).T
            rows.append(stitches(np.c_[x, y, one.z(x, y) + 0.0015], (0, 0, 1), 0.018, 0.0032))
    cx, cy, wide, tall = PATCH
    edge = rounded_rectangle(wide - 0.022, tall - 0.022, 0.010, 4).points + np.array([cx, cy])
    rows.append(stitches(np.c_[edge, _patch_z(body, edge[:, 0], edge[:, 1]) + 0.0078], (0, 0, 1), 0.015, 0.0028, closed=True))
    inner = pocket.middle + (pocket.ring - pocket.middle) * 0.93
    rows.append(stitches(np.c_[inner, pocket.z(inner[:, 0], inner[:, 1]) + 0.001], (0, 0, 1), 0.018, 0.0032, closed=True))
    return rows


BACKPACK = Archetype(
    name="backpack",
    title="Backpack",
    build=build_backpack,
    convex=False,
    words=("backpack", "back pack", "rucksack", "daypack", "day pack", "knapsack", "school bag", "schoolbag"),
    body="#4A5A46",
    accent="#C8853A",
    metal="brass",
    typeface="geometric_sans",
    spin_deg=-26.0,
    options=(
        ("nylon|ripstop|polyester|recycled|technical|waterproof|weatherproof", "cloth", "nylon"),
        ("canvas|cotton|cordura", "cloth", "canvas"),
        ("leather (?:backpack|rucksack|daypack|knapsack)", "cloth", "leather"),
    ),
)
