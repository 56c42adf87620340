"""Sunglasses with their temples open: an acetate front or a wire one, tinted lenses, hinges, the name on the temples."""

from functools import cache

import numpy as np

from models.backends.product_studio.archetypes.eyewear_rims import (
    HALF_THICK,
    LUG_U,
    RIMS,
    WRAP,
    Rim,
    front_distance,
    lens,
    lug_height,
    outline,
    rolled,
)
from models.backends.product_studio.archetypes.product import Archetype, Look, Part, Product, stand
from models.backends.product_studio.colours import is_dark
from models.backends.product_studio.geometry import (
    Mesh,
    Outline,
    circle,
    fillet,
    lathe,
    merge,
    rotation,
    rounded_rectangle,
    surface_nets,
    tube,
)
from models.backends.product_studio.geometry.mesh import Floats
from models.backends.product_studio.labels import name_solid
from models.backends.product_studio.materials import Bsdf, Texture, metal, picture, principled, srgb_to_linear, tinted_glass
from models.backends.product_studio.textures import tortoiseshell

FORWARD = 0.36  # the nose lies before the middle, so that front and temples stand round it
TIP_Z = -1.14
TINTS = {
    "smoke": ("#2B2A2C", "#8E8A86"),
    "brown": ("#3A2114", "#B98E62"),
    "green": ("#1D2C22", "#7F9A84"),
    "blue": ("#152744", "#86A9CF"),
    "rose": ("#6B2B3A", "#E2A7AF"),
    "amber": ("#7A3F0C", "#E8B35A"),
    "clear": ("#FAFAFA", "#FDFDFD"),
}


def build_sunglasses(look: Look, rng: np.random.Generator) -> Product:
    """Stand on the lower rims and the temples' tips, front to the viewer."""
    shape = look.option("rim", "square")
    rim = RIMS[shape]
    wire = look.option("frame") == "wire" or shape == "aviator"
    shine = metal(look.metal, 0.06)
    pane = Part(_both(lens(rim, 1.02)), _lens_surface(look), thin=True)
    if wire:
        parts = [Part(_wire_front(shape), shine), Part(_both(_wire_temple(rim)), shine), Part(_both(_sock(rim)), _acetate(look, rng))]
        parts += [Part(_both(_nose_pad(shape)), principled("#E9E2D6", 0.35, coat=0.4)), Part(_both(_pad_arm(shape)), shine)]
    else:
        body = _acetate(look, rng)
        parts = [Part(_front(shape), body), Part(_both(_temple(rim)), body), Part(_both(_hinge(rim)), metal(look.metal, 0.12))]
    parts.append(pane)
    parts += _names(look, rim, wire)
    parts = [Part(part.mesh.moved(translation=(0, 0, FORWARD)), part.material, part.thin) for part in parts]
    high = lug_height(rim)
    details = ((0.63, high - 0.01, FORWARD - 0.07), (0.06, 0.03, FORWARD), (0.69, high, FORWARD - 0.10), (0.70, high, FORWARD - 0.4))
    return stand(parts, look, (0.2, 0.05, FORWARD), details)


def _both(right: Mesh) -> Mesh:
    return merge([right, right.mirrored("x")])


@cache
def _front(shape: str) -> Mesh:
    rim = RIMS[shape]
    return surface_nets(lambda points: front_distance(rim, points), (-0.80, -0.34, -0.22), (0.80, 0.36, 0.08), 210)


def _temple_line(rim: Rim, start_z: float) -> Floats:
    """From the hinge straight back, a little inwards, then down behind the ear."""
    high, low = lug_height(rim), -rim.up - rim.cheek + 0.045
    corners = np.array([(0.712, high, start_z), (0.700, high, -0.5), (0.665, high, -0.86), (0.61, low, TIP_Z)])
    side = fillet(corners[:, [2, 1]], [0, 0, 0.30, 0], 24).points  # (z, y): the bend is seen from the side
    z, y = side.T
    line = np.c_[np.interp(-z, -corners[:, 2], corners[:, 0]), y, z]
    steps = np.r_[0, np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))]
    even = np.linspace(0, steps[-1], 90)
    return np.stack([np.interp(even, steps, line[:, k]) for k in range(3)], 1)


def _temple(rim: Rim) -> Mesh:
    line = _temple_line(rim, -0.150)
    t = np.linspace(0, 1, len(line))
    tall = np.interp(t, (0, 0.12, 0.62, 0.9, 0.97, 1.0), (1.0, 0.96, 0.62, 0.80, 0.72, 0.30))
    thick = np.interp(t, (0, 0.9, 1.0), (1.0, 0.85, 0.4))
    arm = tube(line, rounded_rectangle(0.042, 0.112, 0.016, 6), up=_upright(line), scale=np.c_[thick, tall])
    return arm.with_uv(arm.uv * np.array([1.6, 0.5]))


def _upright(line: Floats) -> Floats:
    """Square to the line, in the plane it bends in."""
    travel = np.gradient(line, axis=0)
    return np.c_[0 * travel[:, 0], -travel[:, 2], travel[:, 1]]


def _hinge(rim: Rim) -> Mesh:
    """A barrel in the corner behind the lug, and the round head of its pin on the front."""
    high = lug_height(rim)
    barrel = lathe(fillet([(0, -0.036), (0.020, -0.036), (0.020, 0.036), (0, 0.036)], [0, 0.004, 0.004, 0], 3), 24)
    pin = lathe(fillet([(0, 0.0), (0.016, 0.0), (0.013, 0.006), (0, 0.008)], [0, 0.002, 0.003, 0], 3), 32)
    at = rolled(np.array(LUG_U - 0.045), np.array(high), np.array(HALF_THICK))
    head = pin.moved(rotation("x", 90)).moved(rotation("y", np.degrees(LUG_U / WRAP)), at)
    return merge([barrel.moved(translation=(0.680, high, -0.145)), head])


@cache
def _wire_front(shape: str) -> Mesh:
    """Rims, bridge, brow bar and lugs of round wire."""
    rim = RIMS[shape]
    ring, wire = outline(rim, 160), circle(0.017, 20)
    rims = [tube(rolled(sign * ring[:, 0], ring[:, 1], np.zeros(len(ring))), wire, closed=True, up=(0, 0, 1)) for sign in (1.0, -1.0)]
    high = lug_height(rim)
    inner = _inner(shape, 0.045)
    at = np.linspace(-1, 1, 40)
    bridge = rolled(at * (inner + 0.003), 0.045 + 0.05 * (1 - at**2), 0.03 * (1 - at**2))
    bars = [tube(bridge, circle(0.015, 16), up=(0, 0, 1))]
    if shape == "aviator":
        reach = inner + 0.10
        bars.append(
            tube(
                rolled(at * reach, np.interp(reach, *_upper(ring)) + 0.012 * (1 - at**2), 0.01 * (1 - at**2)),
                circle(0.014, 16),
                up=(0, 0, 1),
            )
        )
    for sign in (1.0, -1.0):
        outer = float(ring[np.argmin(np.abs(ring[:, 1] - high) + (ring[:, 0] < rim.centre)), 0])
        u = np.linspace(outer, LUG_U, 12)
        lug = rolled(sign * u, np.full(12, high), np.zeros(12))
        bend = np.array([(sign * 0.714, high, -0.15), (sign * 0.713, high, -0.19)])
        bars.append(tube(np.concatenate([lug, bend]), rounded_rectangle(0.030, 0.036, 0.010, 5), up=(0, 1, 0)))
    return merge([*rims, *bars])


def _upper(ring: Floats) -> tuple[Floats, Floats]:
    top = ring[ring[:, 1] > 0]
    order = np.argsort(top[:, 0])
    return top[order, 0], top[order, 1]


def _wire_temple(rim: Rim) -> Mesh:
    line = _temple_line(rim, -0.185)
    line = line[: int(len(line) * 0.72)]
    return tube(line, rounded_rectangle(0.016, 0.036, 0.006, 5), up=_upright(line))


def _sock(rim: Rim) -> Mesh:
    line = _temple_line(rim, -0.185)
    line = line[int(len(line) * 0.68) :]
    t = np.linspace(0, 1, len(line))
    return tube(
        line,
        Outline(circle(1.0, 24).points * np.array([0.016, 0.030]), circle(1.0, 24).normals),
        up=_upright(line),
        scale=np.c_[np.interp(t, (0, 0.1, 0.9, 1), (0.7, 1, 1, 0.4))] * np.ones(2),
    )


def _pad_at(shape: str) -> Floats:
    return np.array([_inner(shape, -0.06) - 0.020, -0.070, -0.070])


def _nose_pad(shape: str) -> Mesh:
    pad = lathe(Outline(*_ball(0.03)), 32).moved(scale=(0.30, 1.35, 0.85))
    return pad.moved(rotation("y", 40) @ rotation("z", -14), _pad_at(shape))


def _pad_arm(shape: str) -> Mesh:
    """From the rim back to the pad."""
    start, pad = np.array([_inner(shape, -0.01), -0.01, -0.010]), _pad_at(shape)
    steps = np.array([(0, 0, 0), (-0.004, -0.004, -0.045), (0.014, 0.030, -0.012), (0.003, 0.004, -0.004)])
    line = steps + np.array([start, start, pad, pad])
    return tube(line, circle(0.006, 12), up=(0.2, 1.0, 0.1))


def _inner(shape: str, y: float) -> float:
    """u of the right lens's edge beside the nose."""
    ring = outline(RIMS[shape], 400)
    side = ring[ring[:, 0] < RIMS[shape].centre]
    return float(side[np.argmin(np.abs(side[:, 1] - y)), 0])


def _ball(radius: float) -> tuple[Floats, Floats]:
    t = np.linspace(-np.pi / 2, np.pi / 2, 17)
    arc = np.c_[np.cos(t), np.sin(t)]
    arc[[0, -1], 0] = 0.0
    return arc * radius, arc


def _acetate(look: Look, rng: np.random.Generator) -> Bsdf:
    seed = int(rng.integers(1 << 30))
    if look.option("pattern") == "tortoise":
        return principled(picture((tortoiseshell(768, seed) * 255).astype(np.uint8)), 0.16, specular=0.5, coat=1.0)
    return principled(look.body, 0.18, specular=0.5, coat=0.9)


def _lens_surface(look: Look) -> Bsdf:
    """Glass that darkens towards the brow."""
    tint = look.option("lens") or ("smoke" if is_dark(look.body) else "brown")
    if tint == "mirror":
        return metal(srgb_to_linear(look.accent) * 0.7 + 0.12, 0.03)
    low, high = (srgb_to_linear(TINTS[tint][k]) for k in (1, 0))
    share = np.linspace(0, 1, 64)[:, None, None] ** 1.2
    return tinted_glass(Texture((low + (high - low) * share).repeat(4, 1).astype(np.float32), linear=True))


def _names(look: Look, rim: Rim, wire: bool) -> list[Part]:
    cap = 0.024 if wire else 0.046
    name = name_solid(look.label, look.typeface, 0.44, cap, 0.003, 0.0005, max_lines=1)
    if name is None:
        return []
    line = _temple_line(rim, -0.185 if wire else -0.15)
    at, ahead = line[22], line[30]
    high = lug_height(rim)
    out = 0.0085 if wire else 0.0205
    marks = []
    for side in (1, -1):
        yaw = 90.0 * side + np.degrees(np.arctan2(at[0] - ahead[0], at[2] - ahead[2])) * side
        marks.append(name.moved(rotation("y", yaw), (side * (at[0] + out), high, at[2])))
    return [Part(merge(marks), metal(look.metal if not wire else "black", 0.16))]


SUNGLASSES = Archetype(
    name="sunglasses",
    title="Sunglasses",
    build=build_sunglasses,
    convex=False,
    words=("sunglasses", "sunglass", "eyewear", "aviators", "sun glasses", "eyeglasses", "spectacles"),
    body="#1A1816",
    accent="#C9A227",
    metal="gold",
    typeface="geometric_sans",
    spin_deg=-26.0,
    options=(
        ("round|panto|circular", "rim", "round"),
        ("cat[- ]eye|cats eye|butterfly", "rim", "cat_eye"),
        ("aviators?|pilot|teardrop", "rim", "aviator"),
        ("metal frames?|metal|wire|titanium|steel|gold frames?|silver frames?|thin frames?|rimless", "frame", "wire"),
        ("acetate|plastic|bio-acetate", "frame", "acetate"),
        ("tortoise|tortoiseshell|havana", "pattern", "tortoise"),
        ("brown lens(?:es)?", "lens", "brown"),
        ("green lens(?:es)?|g-15", "lens", "green"),
        ("blue lens(?:es)?", "lens", "blue"),
        ("(?:rose|pink|red) lens(?:es)?", "lens", "rose"),
        ("(?:amber|yellow|orange) lens(?:es)?", "lens", "amber"),
        ("mirror|mirrored|reflective lens(?:es)?", "lens", "mirror"),
        ("clear lens(?:es)?|eyeglasses|spectacles|reading glasses|optical", "lens", "clear"),
    ),
)
