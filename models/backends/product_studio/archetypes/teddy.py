"""A plush bear, or a rabbit by its ears: sitting, in short fur, glass eyes, a stitched nose, a ribbon, the name sewn on its foot."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.backends.product_studio.archetypes.product import Archetype, Look, Part, Product, stand
from models.backends.product_studio.colours import channels, contrast_ratio, mixed
from models.backends.product_studio.geometry import Mesh, circle, merge, rotation, sphere, surface_nets, torus, tube
from models.backends.product_studio.geometry.fur import fur
from models.backends.product_studio.labels import name_solid
from models.backends.product_studio.materials import Bsdf, picture, principled

Field = NDArray[Any]
SOLE = ((0.284, 0.152, 0.556), 8.0, -6.0)  # middle of the right foot's sole; turned outwards and tipped up, degrees
HEAD = np.array([0.0, 0.835, 0.03])
COATS = (
    ("honey|golden|caramel|brown", "coat", "#B07A42"),
    ("dark brown|chocolate", "coat", "#5C3A24"),
    ("white|polar|cream|ivory", "coat", "#EBDFCB"),
    ("grey|gray|silver", "coat", "#94908C"),
    ("pink|rose|blush", "coat", "#DDA5A2"),
    ("sky blue|light blue|blue", "coat", "#8FB0C9"),
    ("black", "coat", "#2B2827"),
)
EYE = np.array([0.098, 0.882, 0.254])
HONEY = "#BE8B52"


def build_teddy(look: Look, rng: np.random.Generator) -> Product:
    """Sits facing the viewer."""
    coat = look.option("coat", HONEY)
    pale, rabbit = mixed(coat, "#F6EBD8", 0.62), look.option("animal") == "rabbit"
    body = surface_nets(_rabbit if rabbit else _bear, (-0.56, -0.03, -0.40), (0.56, 1.42 if rabbit else 1.20, 0.66), 92 if rabbit else 78)
    muzzle = _ball((0.0, 0.769, 0.235), (0.118, 0.092, 0.096))
    inner = [_ear_lining(side, rabbit) for side in (1, -1)]
    soles = [_on_the_sole(_ball(np.zeros(3), (0.098, 0.112, 0.016)), side) for side in (1, -1)]
    light = [muzzle, *inner, *soles]
    parts = [
        Part(body, _skin(coat)),
        Part(_shorn(fur(body, 46000, 0.040, 0.0110, rng)), _pile(coat, rng)),
        Part(merge(light), _skin(pale)),
        Part(fur(merge([muzzle, *inner]), 5200, 0.024, 0.0080, rng), _pile(pale, rng)),
        Part(merge([_eye(side) for side in (1, -1)]), principled("#140D08", 0.06, specular=0.8, coat=1.0)),
        Part(merge([_nose(), *_mouth()]), principled("#2E1C14", 0.55, specular=0.4)),
        *_ribbon(look, coat),
    ]
    name = name_solid(look.label, look.typeface, 0.165, 0.036, 0.004, max_lines=2)
    if name is not None:
        parts.append(Part(_on_the_sole(name.moved(translation=(0, 0, 0.013)), 1), principled("#5A3B26", 0.8, sheen=0.3)))
    face = (0.0, 0.80, 0.30)
    return stand(parts, look, face, ((0.03, 0.80, 0.28), SOLE[0], (0.10, 0.62, 0.25)))


def _ellipsoid(p: Field, at: Any, radii: Any) -> Field:
    q = (p - np.asarray(at, np.float32)) / np.asarray(radii, np.float32)
    return np.asarray((np.sqrt((q * q).sum(-1)) - 1) * min(radii))


def _limb(p: Field, a: Any, b: Any, thin: float, thick: float) -> Field:
    """A rounded cone from a to b."""
    start, way = np.asarray(a, np.float32), np.subtract(b, a).astype(np.float32)
    along = np.clip(((p - start) @ way) / float(way @ way), 0, 1)
    return np.asarray(np.linalg.norm(p - start - along[..., None] * way, axis=-1) - (thin + (thick - thin) * along))


def _joined(one: Field, other: Field, soft: float) -> Field:
    """Two bodies as one, the seam between them filled out by `soft`."""
    h = np.clip(0.5 + 0.5 * (other - one) / soft, 0, 1)
    return np.asarray(other + (one - other) * h - soft * h * (1 - h))


def _sitting(p: Field) -> Field:
    """All but the ears; left and right at once."""
    q = np.concatenate([np.abs(p[..., :1]), p[..., 1:]], -1)
    d = _ellipsoid(q, (0.0, 0.345, -0.02), (0.272, 0.330, 0.245))
    d = _joined(d, _ellipsoid(q, HEAD, (0.268, 0.240, 0.240)), 0.035)
    d = _joined(d, _ellipsoid(q, (0.105, 0.775, 0.125), (0.130, 0.110, 0.120)), 0.06)  # cheeks
    d = _joined(d, _limb(q, (0.225, 0.535, 0.02), (0.345, 0.245, 0.245), 0.088, 0.098), 0.028)
    d = _joined(d, _limb(q, (0.165, 0.135, 0.08), (0.270, 0.128, 0.420), 0.125, 0.112), 0.030)
    return _joined(d, _limb(q, (0.280, 0.118, 0.455), (0.290, 0.190, 0.470), 0.108, 0.092), 0.03)


def _bear(p: Field) -> Field:
    q = np.concatenate([np.abs(p[..., :1]), p[..., 1:]], -1)
    return _joined(_sitting(p), _ellipsoid(q, (0.208, 1.035, 0.010), (0.098, 0.098, 0.052)), 0.020)


def _rabbit(p: Field) -> Field:
    q = np.concatenate([np.abs(p[..., :1]), p[..., 1:]], -1)
    return _joined(_sitting(p), _limb(q, (0.095, 1.030, 0.0), (0.150, 1.300, -0.02), 0.052, 0.062), 0.025)


def _shorn(pile: Mesh) -> Mesh:
    """The pile without what would grow over eyes and soles."""
    middle = pile.vertices.reshape(-1, 3, 3).mean(1)
    aside = np.c_[np.abs(middle[:, 0]), middle[:, 1:]]
    clear = np.linalg.norm(aside - EYE, axis=1) > 0.040
    foot = aside - np.array(SOLE[0])
    clear &= ~((np.hypot(foot[:, 0], foot[:, 1]) < 0.092) & (foot[:, 2] > -0.075))
    return Mesh(pile.vertices, pile.normals, pile.uv, pile.faces[clear])


def _ball(at: Any, radii: tuple[float, float, float]) -> Mesh:
    return sphere(1.0, 56).moved(translation=at, scale=radii)


def _ear_lining(side: int, rabbit: bool) -> Mesh:
    if rabbit:
        return _ball((side * 0.130, 1.195, 0.046), (0.036, 0.120, 0.016)).moved(rotation("z", 0))
    return _ball((side * 0.206, 1.032, 0.050), (0.062, 0.062, 0.018))


def _on_the_sole(mesh: Mesh, side: int) -> Mesh:
    """What was made facing +z about the origin, on a foot's sole."""
    (x, y, z), out, up = SOLE
    return mesh.moved(rotation("y", side * out) @ rotation("x", up), (side * x, y, z + 0.012))


def _eye(side: int) -> Mesh:
    return sphere(0.0295, 40).moved(translation=(side * EYE[0], EYE[1], EYE[2]))


def _nose() -> Mesh:
    """Broad above, narrow below."""
    ball = sphere(1.0, 40)
    x, y, z = ball.vertices.T
    return Mesh(np.c_[x * (0.70 + 0.30 * y), y, z], ball.normals, ball.uv, ball.faces).moved(
        translation=(0, 0.810, 0.327), scale=(0.048, 0.031, 0.026)
    )


def _mouth() -> list[Mesh]:
    """A stitch down from the nose and one to either side."""

    def before(x: Field, y: Field) -> Field:
        flat = np.clip(1 - (x / 0.118) ** 2 - ((y - 0.769) / 0.092) ** 2, 0.02, 1)
        return np.asarray(0.235 + 0.096 * np.sqrt(flat) + 0.010)

    t = np.linspace(0, 1, 24)
    lines = [np.c_[0 * t, 0.790 - 0.040 * t]]
    lines += [np.c_[side * 0.052 * t, 0.750 - 0.020 * np.sin(np.pi * 0.62 * t)] for side in (1, -1)]
    return [tube(np.c_[xy, before(*xy.T)], circle(0.0048, 12), up=(0.3, 0.2, 1.0)) for xy in lines]


def _ribbon(look: Look, coat: str) -> list[Part]:
    """Satin round the neck, tied in a bow."""
    color = look.accent if contrast_ratio(look.accent, coat) > 1.35 else mixed(look.accent, "#23180F", 0.55)
    satin = principled(color, 0.38, specular=0.5, sheen=0.6)
    band = torus(0.200, 0.030, 120, 24, 0.75).moved(scale=(1.0, 1.0, 0.98), translation=(0, 0.640, 0.015))
    pieces = [band, sphere(1.0, 32).moved(translation=(0, 0.632, 0.232), scale=(0.030, 0.032, 0.026))]
    t = np.linspace(0, 2 * np.pi, 72, endpoint=False)
    for side in (1, -1):
        out = 0.076 * (1 - np.cos(t))
        loop = np.c_[side * out, 0.632 + 0.046 * np.sin(t) * (0.4 + out / 0.152) + 0.10 * out, 0.238 + 0.018 * np.sin(t / 2)]
        ring = tube(loop[1:-1], circle(1.0, 16), up=(0, 0, 1), scale=np.tile([0.0060, 0.034], (70, 1)))
        pieces.append(ring)
        s = np.linspace(0, 1, 40)
        tail = np.c_[side * (0.010 + 0.075 * s), 0.622 - 0.150 * s, 0.240 + 0.030 * np.sin(s * 2.6)]
        pieces.append(tube(tail, circle(1.0, 16), up=(0, 0, 1), scale=np.c_[0.014 + 0.016 * s, np.full(40, 0.005)]))
    return [Part(merge(pieces), satin)]


def _skin(color: str) -> Bsdf:
    return principled(mixed(color, "#1A100A", 0.22), 0.95, specular=0.1, sheen=0.5)


def _pile(color: str, rng: np.random.Generator) -> Bsdf:
    """Darker at the roots; no two blades of quite one tone."""
    tone = 1 + 0.09 * rng.normal(size=(1, 256, 1))
    rise = np.linspace(0.62, 1.12, 64)[::-1, None, None]
    pixels = np.clip(np.array(channels(color)) * 255 * tone * rise, 0, 255).astype(np.uint8)
    return principled(picture(pixels), 0.85, specular=0.18, sheen=0.7)


TEDDY = Archetype(
    name="teddy",
    title="Teddy bear",
    build=build_teddy,
    convex=False,
    words=(
        "teddy bear",
        "teddy",
        "plush bear",
        "stuffed bear",
        "plush toy",
        "soft toy",
        "cuddly toy",
        "stuffed animal",
        "plush rabbit",
        "plush bunny",
    ),
    body="#BE8B52",
    accent="#B8443A",
    metal="brass",
    typeface="friendly_rounded",
    spin_deg=-16.0,
    options=(*COATS, ("rabbit|bunny|hare", "animal", "rabbit")),
)
