"""A mug thrown on a wheel: finger rings in its wall, a pulled handle, a dipped glaze over a raw foot, the maker's name in relief."""

from dataclasses import replace

import numpy as np

from models.backends.product_studio.archetypes.product import Archetype, Look, Part, Product, stand
from models.backends.product_studio.archetypes.stoneware import POT_WORDS, Skin, coat_of, fired, liner, relief, thrown
from models.backends.product_studio.geometry import Mesh, polyline, rotation, tube
from models.backends.product_studio.labels import name_solid

RADIUS, HEIGHT, WALL = 0.425, 0.95, 0.036
LINE = 0.175  # where the glaze ends
NAME_Y = 0.50
WALL_POINTS = (
    (0, 0.022), (0.265, 0.022), (0.280, 0.0), (0.325, 0.0), (0.338, 0.030), (0.392, 0.105), (RADIUS, 0.30), (RADIUS - 0.004, 0.62),
    (RADIUS + 0.010, HEIGHT), (RADIUS + 0.010 - WALL, HEIGHT), (RADIUS - 0.006 - WALL, 0.62), (RADIUS - WALL, 0.30), (0.345, 0.13),
    (0.27, 0.075), (0, 0.066),
)  # fmt: skip
ROUND = [0, 0.012, 0.012, 0.012, 0.03, 0.10, 0.5, 1.2, 0.0165, 0.0165, 1.2, 0.4, 0.10, 0.12, 0]
EAR = ((-0.024, 0.740), (0.075, 0.790), (0.205, 0.765), (0.282, 0.655), (0.278, 0.515), (0.205, 0.375), (0.095, 0.285), (-0.024, 0.245))
STRAP = (0.036, 0.086)  # half its thickness and half its width
HANDLE_DEG = 28.0  # to the viewer's right, and as much behind


def build_mug(look: Look, rng: np.random.Generator) -> Product:
    """Name to the viewer, handle to the right."""
    seed = int(rng.integers(1 << 30))
    outside, inside = thrown(WALL_POINTS, ROUND)
    coat = coat_of(look)
    handle = _handle()
    parts = [
        Part(outside.mesh, fired(outside, replace(coat, line=outside.along(LINE), edges=(outside.length,)), seed)),
        Part(inside.mesh, fired(inside, replace(liner(look), edges=(0.0,)), seed + 10, 768)),
        Part(handle.mesh, fired(handle, replace(coat, edges=(0.25 * handle.length, 0.75 * handle.length)), seed + 20, 512)),
    ]
    name = name_solid(look.label, look.typeface, RADIUS * 0.86, 0.082, 0.006, 0.002, max_lines=1)
    if name is not None:
        parts.append(Part(outside.laid_on(name, NAME_Y), relief(coat, coat.glaze)))
    details = ((0.0, 0.74, RADIUS), (0.0, NAME_Y, RADIUS), (0.0, HEIGHT, RADIUS - WALL / 2), (-0.1, LINE, 0.40))
    return stand(parts, look, (0, 0.5, RADIUS), details)


def _handle() -> Skin:
    """A strap pulled from wet clay: full where it leaves the wall, thinner below, pressed on with a thumb."""
    corners = np.array(EAR) + np.array([RADIUS, 0.0])
    line = _curve(corners, 120)
    along = np.r_[0, np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))]
    length = float(along[-1])
    flare = 0.62 * np.exp(-((along / 0.085) ** 2)) + 0.72 * np.exp(-(((length - along) / 0.080) ** 2))
    wide = 1.10 - 0.28 * along / length + flare
    thick = 1.12 - 0.22 * along / length + 0.8 * flare
    t = np.linspace(0, 2 * np.pi, 72, endpoint=False)
    ring = np.c_[np.sign(np.cos(t)) * np.abs(np.cos(t)) ** 0.8 * STRAP[0], np.sin(t) * STRAP[1]]
    ring[:, 0] -= 0.010 * np.sign(ring[:, 0]) * np.exp(-((ring[:, 1] / 0.040) ** 2))  # the groove that fingers leave
    section = polyline(ring, closed=True)
    path = np.c_[line, np.zeros(len(line))]
    mesh = tube(path, section, up=(0, 0, 1), scale=np.c_[thick, wide])
    return Skin(_pressed_on(mesh).moved(rotation("y", HANDLE_DEG)), 0.40, length * 2, np.zeros((0, 3)))


def _pressed_on(handle: Mesh) -> Mesh:
    """Its ends follow the round of the wall instead of reaching through it."""
    x, y, z = handle.vertices.T
    sag = RADIUS - np.sqrt(RADIUS**2 - np.clip(z, -0.3, 0.3) ** 2)
    x = np.where(x < RADIUS + 0.10, np.maximum(x, RADIUS - 0.024) - sag * np.clip(1 - (x - RADIUS) / 0.10, 0, 1), x)
    return replace(handle, vertices=np.c_[x, y, z])


def _curve(corners: np.ndarray, count: int) -> np.ndarray:
    """A smooth line through points (N, 2), evenly walked."""
    p = np.concatenate([[2 * corners[0] - corners[1]], corners, [2 * corners[-1] - corners[-2]]])
    pieces = []
    for i in range(1, len(p) - 2):
        t = np.linspace(0, 1, 24, endpoint=False)[:, None]
        a, b, c, d = p[i - 1 : i + 3]
        pieces.append(0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3))
    line = np.concatenate([*pieces, corners[-1:]])
    along = np.r_[0, np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))]
    return np.stack([np.interp(np.linspace(0, along[-1], count), along, line[:, k]) for k in (0, 1)], 1)


MUG = Archetype(
    name="mug",
    title="Ceramic mug",
    build=build_mug,
    convex=False,
    round=True,
    words=("mug", "coffee mug", "tea mug", "ceramic mug", "stoneware mug", "ceramic cup", "teacup", "stoneware cup", "espresso cup"),
    body="#5F7F86",
    accent="#C9A67C",
    typeface="engraved_caps",
    spin_deg=-6.0,
    options=POT_WORDS,
)
