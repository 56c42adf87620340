"""A necklace and a pair of earrings, each hung on a leather-covered card that bears the jeweller's name."""

import numpy as np

from models.backends.product_studio.archetypes.cut_stones import BRIGHT, FOIL, STONE_WORDS, brilliant, stone_surface
from models.backends.product_studio.archetypes.jewellers_leather import leather, leather_colour
from models.backends.product_studio.archetypes.product import Archetype, Look, Part, Product, stand
from models.backends.product_studio.geometry import Mesh, circle, fillet, lathe, merge, prism, rotation, rounded_rectangle, torus, tube
from models.backends.product_studio.geometry.mesh import Floats
from models.backends.product_studio.labels import name_solid
from models.backends.product_studio.materials import foil, metal

WIDTH, DEPTH = 0.86, 0.13
TALL, SHORT = 1.26, 0.92  # of the necklace's card, of the earrings'
FRONT = DEPTH / 2
STONE = 0.105
LINK, WIRE, STEP = (0.027, 0.0165), 0.0062, 0.0370  # half a link's length and width, its wire, from one to the next
LEAN_DEG = 9.0
TOWARDS = rotation("x", 90)


def build_necklace(look: Look, rng: np.random.Generator) -> Product:
    """The chain comes over the card's top and meets in a stone."""
    hang = 0.62
    gold = metal(look.metal, 0.05)
    stone, mount, lining = drop((0.0, hang - STONE - 0.055, FRONT + 0.060))
    bail = torus(0.026, 0.0085, 48, 14).moved(rotation("z", 90), (0.0, hang - 0.028, FRONT + 0.030))
    parts = [
        Part(_card(TALL), leather(look, rng)),
        Part(merge([chain(_over_the_top(hang)), mount, bail]), gold),
        Part(lining, FOIL),
        Part(stone, stone_surface(look.option("stone", "diamond"), BRIGHT)),
    ]
    parts += _name(look, 0.20)
    at = (0.0, hang - STONE - 0.02, FRONT + 0.09)
    return stand(parts, look, at, (at, (0.14, 0.82, FRONT), (0.0, 0.22, FRONT)), LEAN_DEG)


def build_earrings(look: Look, rng: np.random.Generator) -> Product:
    """Two drops on hooks that go through the card."""
    top = SHORT - 0.22
    pieces, stones, linings = [], [], []
    for x in (-0.185, 0.185):
        small, (stone, mount, lining) = STONE * 0.52, drop((x, top - 0.36, FRONT + 0.060))
        upper, cup, upper_lining = drop((x, top - 0.145, FRONT + 0.040), small)
        t = np.radians(np.linspace(200, -10, 40))
        hook = np.c_[np.full(40, x), top - 0.055 + 0.055 * np.sin(t), FRONT + 0.026 + 0.038 * np.cos(t)]
        ties = [
            torus(0.017, 0.0055, 40, 12).moved(rotation("z", 90), (x, y, FRONT + 0.050)) for y in (top - 0.085, top - 0.218, top - 0.245)
        ]
        pieces += [mount, cup, tube(hook, circle(0.0075, 16), up=(1, 0, 0)), *ties]
        stones += [stone, upper]
        linings += [lining, upper_lining]
    parts = [Part(_card(SHORT), leather(look, rng)), Part(merge(pieces), metal(look.metal, 0.05)), Part(merge(linings), FOIL)]
    parts.append(Part(merge(stones), stone_surface(look.option("stone", "diamond"), BRIGHT)))
    parts += _name(look, 0.15)
    at = (0.185, top - 0.36, FRONT + 0.09)
    return stand(parts, look, at, (at, (-0.185, top - 0.15, FRONT + 0.06), (0.0, 0.16, FRONT)), LEAN_DEG)


def _card(height: float) -> Mesh:
    card = prism(rounded_rectangle(WIDTH, height, 0.10, 12), DEPTH, 0.030, 6).moved(translation=(0, height / 2, 0))
    return card.with_uv(card.uv * np.array([3.2, 4.6]))


def drop(at: tuple[float, float, float], radius: float = STONE) -> tuple[Mesh, Mesh, Mesh]:
    """A brilliant that looks at the viewer, the cup it sits in, and the bright foil in the cup that sends the light back."""
    stone = brilliant().moved(TOWARDS, at, scale=radius)
    rim, deep = radius * 1.10, radius * 0.95
    cup = [(0.0, -deep), (rim * 0.35, -deep * 0.92), (rim, -radius * 0.16), (rim, radius * 0.12), (radius * 0.985, radius * 0.12)]
    inside = [(radius * 1.005, -radius * 0.10), (rim * 0.30, -deep * 0.84), (0.0, -deep * 0.88)]
    mount = lathe(fillet([*cup, *inside], [0, 0.02 * radius, 0.03, 0.05 * radius, 0.03 * radius, 0, 0.02 * radius, 0], 5), 96)
    lining = lathe(fillet([(radius * 1.02, -radius * 0.09), (rim * 0.31, -deep * 0.82), (0.0, -deep * 0.86)], [0, 0.03 * radius, 0], 5), 96)
    return stone, mount.moved(TOWARDS, at), lining.moved(TOWARDS, at)


def _over_the_top(hang: float) -> Floats:
    """From behind the card over its edge down to the stone, and up again: (N, 3)."""
    t = np.linspace(0, 1, 60)[:, None]
    front = FRONT + LINK[1]
    a, b, c = (np.array(p) for p in ((0.262, TALL - 0.045, front), (0.225, 0.86, front), (0.0, hang, front + 0.012)))
    fall = a * (1 - t) ** 2 + b * 2 * t * (1 - t) + c * t**2
    over = np.array([(0.262, TALL + LINK[1], -0.06), (0.262, TALL + LINK[1], 0.0), (0.262, TALL + LINK[1] * 0.9, front - 0.030)])
    right = np.concatenate([over, [(0.262, TALL - 0.012, front - 0.004)], fall])
    left = right[-2::-1] * np.array([-1.0, 1.0, 1.0])
    return np.concatenate([right, left])


def chain(line: Floats, size: float = 1.0, round_what: Floats | None = None) -> Mesh:
    """Oval links along a line, every other one turned on edge. size: of the links; round_what: a point the links lie away from."""
    lengths = np.r_[0, np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))]
    count = int(lengths[-1] / (STEP * size))
    spots = np.linspace(0, lengths[-1], count + 1)
    at = np.stack([np.interp(spots, lengths, line[:, k]) for k in range(3)], 1)
    ahead = np.stack([np.interp(spots + 1e-3, lengths, line[:, k]) for k in range(3)], 1)
    back = np.stack([np.interp(spots - 1e-3, lengths, line[:, k]) for k in range(3)], 1)
    link = torus(1.0, WIRE / LINK[1], 32, 10).moved(scale=np.array((LINK[1], LINK[1], LINK[0])) * size)
    links = []
    for i, (place, travel) in enumerate(zip(at, ahead - back, strict=True)):
        along = travel / np.linalg.norm(travel)
        out = np.array([0.0, 1.0, 0.0]) if abs(along[1]) < 0.5 else np.array([0.0, 0.0, 1.0])
        out = out if round_what is None else place - round_what
        out = out - along * (out @ along)
        out /= np.linalg.norm(out)
        across = np.cross(out, along)
        first, second = (across, out) if i % 2 else (out, -across)
        links.append(link.moved(np.stack([first, second, along], 1), place))
    return merge(links)


def _name(look: Look, y: float) -> list[Part]:
    name = name_solid(look.label, look.typeface, WIDTH * 0.66, 0.062, 0.0016, max_lines=1)
    if name is None:
        return []
    return [Part(name.moved(translation=(0, y, FRONT)), foil(look.metal, leather_colour(look), look.accent))]


NECKLACE = Archetype(
    name="necklace",
    title="Necklace",
    build=build_necklace,
    convex=False,
    words=("necklace", "pendant", "locket", "charm necklace"),
    body="#1E3A34",
    accent="#CDAA6B",
    metal="gold",
    typeface="luxury_serif",
    spin_deg=-16.0,
    options=STONE_WORDS,
)
EARRINGS = Archetype(
    name="earrings",
    title="Earrings",
    build=build_earrings,
    convex=False,
    words=("earring", "earrings", "drop earrings", "ear studs"),
    body="#1E3A34",
    accent="#CDAA6B",
    metal="gold",
    typeface="luxury_serif",
    spin_deg=-16.0,
    options=STONE_WORDS,
)
