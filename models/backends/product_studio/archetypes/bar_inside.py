"""What is inside a wrapped bar: oats and nuts pressed together, or squares of chocolate. Lies on y = 0, its broken end to -x."""

from functools import cache

import numpy as np

from models.backends.product_studio.archetypes.product import Part
from models.backends.product_studio.geometry import Mesh, extrusion, fillet, merge, rotation, rounded_box, sphere
from models.backends.product_studio.materials import bumped, principled
from models.backends.product_studio.textures import fractal_noise

LONG, BROAD, THICK = 0.42, 0.30, 0.135
CHOCOLATE_WORDS: tuple[tuple[str, str, str], ...] = (
    ("(?:chocolate|candy|cacao) bars?|bars? of chocolate|bean to bar", "inside", "chocolate"),
    ("white chocolate bars?", "inside", "white"),
)
CRUMBS = (  # colour, how many, half sizes, whether cut with a knife
    ("#DDBB85", 260, (0.021, 0.0055, 0.016), False),
    ("#C68D4C", 120, (0.020, 0.0070, 0.015), False),
    ("#E6D0A6", 80, (0.014, 0.0100, 0.011), True),
    ("#8A4F28", 60, (0.016, 0.0110, 0.012), True),
    ("#3F2213", 34, (0.013, 0.0090, 0.010), True),
)


def inside(kind: str, seed: int) -> list[Part]:
    """Its parts: "granola", "chocolate" or "white"."""
    if kind == "granola":
        return _granola(np.random.default_rng(seed))
    color = "#E9D8B8" if kind == "white" else "#41220F"
    skin = principled(color, 0.30, specular=0.5)
    broken = bumped(principled(color, 0.55, specular=0.4), (fractal_noise(256, 256, seed, 1.3, 3).clip(-2, 2) / 4 + 0.5), 0.012)
    return [Part(merge(_squares()), skin), Part(_break(), broken)]


def _granola(rng: np.random.Generator) -> list[Part]:
    """Pieces lying every way on a sticky core, pressed flat on top."""
    core = rounded_box(LONG - 0.02, THICK - 0.025, BROAD - 0.02, 0.03, 0.03, 5).moved(translation=(0, THICK / 2, 0))
    parts = [Part(core, principled("#8A5624", 0.30, specular=0.5))]
    skin = (fractal_noise(128, 128, int(rng.integers(1 << 30)), 0.9, 3).clip(-2, 2) / 4 + 0.5).astype(np.float32)
    for color, count, sizes, cut in CRUMBS:
        pieces = []
        for k in range(count):
            at, face = _somewhere(rng)
            size = np.array(sizes) * rng.uniform(0.7, 1.3, 3)
            tilt = (float(t) for t in rng.normal(0, 26 if cut else 15, 2))
            lie = rotation("y", float(rng.uniform(0, 360))) @ rotation("x", next(tilt)) @ rotation("z", next(tilt))
            pieces.append((_chunk(k % 7) if cut else sphere(1.0, 12)).moved(scale=size).moved(face @ lie, at))
        parts.append(Part(merge(pieces), bumped(principled(color, 0.36, specular=0.5, coat=0.25), skin, 0.0035)))
    return parts


@cache
def _chunk(k: int) -> Mesh:
    """A piece of nut with flat sides."""
    rng = np.random.default_rng(k)
    ball = sphere(1.0, 8)
    cuts = rng.normal(size=(5, 3))
    cuts /= np.linalg.norm(cuts, axis=1, keepdims=True)
    points = ball.vertices.copy()
    for cut, depth in zip(cuts, rng.uniform(0.35, 0.7, 5), strict=True):
        over = np.maximum(points @ cut - depth, 0)
        points -= over[:, None] * cut
    return Mesh(points, ball.normals, ball.uv, ball.faces).faceted()


def _somewhere(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """A place on the core's top, front, right or broken end, and the turn that lays a piece flat on it."""
    u, v = rng.uniform(-0.48, 0.48, 2)
    side = rng.random()
    if side < 0.46:
        return np.array([u * LONG, THICK - 0.012, v * BROAD]), np.eye(3)
    if side < 0.74:
        return np.array([u * LONG, THICK * (0.5 + 0.86 * v), BROAD / 2 - 0.011]), rotation("x", 90)
    rough = rng.uniform(-0.014, 0.012)
    if side < 0.88:
        return np.array([-LONG / 2 + 0.011 + rough, THICK * (0.5 + 0.86 * v), u * BROAD]), rotation("z", 90)
    return np.array([LONG / 2 - 0.011, THICK * (0.5 + 0.86 * v), u * BROAD]), rotation("z", 90)


def _squares() -> list[Mesh]:
    """Two rows of three on a thin plate, each with sloping sides."""
    plate = rounded_box(LONG, 0.045, BROAD, 0.008, 0.012, 3).moved(translation=(0.0, 0.0225, 0))
    wide, deep, high = LONG / 3, BROAD / 2, 0.062
    rim = fillet(
        [(-wide / 2 + 0.006, 0), (wide / 2 - 0.006, 0), (wide / 2 - 0.022, high), (-wide / 2 + 0.022, high)],
        [0, 0, 0.008, 0.008],
        4,
        closed=True,
    )
    square = extrusion([rim.points], deep - 0.014, 0.016, 4)
    places = [((i - 1) * wide, 0.038, (k - 0.5) * deep) for i in range(3) for k in range(2)]
    return [plate, *(square.moved(translation=place) for place in places)]


def _break() -> Mesh:
    """The rough end."""
    t = np.linspace(-BROAD / 2 + 0.012, BROAD / 2 - 0.012, 40)
    jag = 0.010 * np.sin(t * 53) + 0.006 * np.sin(t * 121 + 1)
    ring = np.concatenate([np.c_[-LONG / 2 - 0.006 + jag, t], [[-LONG / 2 + 0.03, t[-1]], [-LONG / 2 + 0.03, t[0]]]])
    return extrusion([ring[::-1]], 0.050, 0.004, 2).moved(rotation("x", 90), (0, 0.027, 0))
