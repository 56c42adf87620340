"""A dress watch on a bracelet or a leather strap: sunburst dial, applied batons, small seconds, hands at ten past ten."""

import numpy as np

from models.backends.product_studio.archetypes.product import Archetype, Look, Part, Product, stand
from models.backends.product_studio.archetypes.watch_band import bracelet, leather_strap
from models.backends.product_studio.geometry import Mesh, extrusion, fillet, lathe, merge, rotation, torus
from models.backends.product_studio.geometry.lettering import lettering
from models.backends.product_studio.materials import Bsdf, Texture, metal, principled, srgb_to_linear, thin_glass
from models.backends.product_studio.textures import sunburst_rays
from models.typefaces import TYPEFACES, font_file

CASE = 0.62
DIAL = 0.515
DIAL_Z = 0.085
SUBDIAL_Y, SUBDIAL = -0.245, 0.128
HOUR_DEG, MINUTE_DEG, SECOND_DEG = 304.0, 60.0, 130.0
FACE_ON = rotation("x", 90)  # turned forms grow along Y; a watch's grow toward the viewer


def build_watch(look: Look, rng: np.random.Generator) -> Product:
    """The watch leans back on its closed band; the dial looks at the viewer."""
    polished, brushed = metal(look.metal), metal(look.metal, (0.07, 0.24))
    dark_dial = float(srgb_to_linear(look.body).mean()) < 0.35
    applied = metal(look.metal if look.metal != "black" else "steel", 0.06)
    ink = principled("#F3F0E8" if dark_dial else "#1C1C20", 0.5)
    parts = [
        Part(_case(), brushed),
        Part(merge([_bezel(), _crown()]), polished),
        Part(_lugs(), brushed),
        Part(_dial_disc(), _dial_surface(look.body, int(rng.integers(1 << 30)))),
        Part(_flange(), _flange_surface(look.body)),
        Part(_subdial(), principled(srgb_to_linear(look.body) * 0.75, 0.34, metallic=0.55, coat=0.4)),
        Part(merge([_indices(), _subdial_ring(), _hands()]), applied),
        Part(_printing(), ink),
        Part(_small_second(), principled(look.accent, 0.32, coat=0.7)),
        Part(_crystal(), thin_glass(1.13), thin=True),
    ]
    parts += _brand(look, applied, ink)
    if look.option("strap") == "leather":
        parts += leather_strap(look, rng)
    else:
        parts += bracelet(look)
    details = ((0.0, 0.2, 0.12), (CASE, 0.0, 0.0), (0.0, SUBDIAL_Y, 0.1), (0.36, 0.62, -0.05))
    return stand(parts, look, (0.0, 0.0, 0.13), details, lean_deg=16.0)


def _turned(points: list[tuple[float, float]], radii: list[float], segments: int = 192) -> Mesh:
    return lathe(fillet(points, radii, 8), segments).moved(FACE_ON)


def _case() -> Mesh:
    points = [(0, -0.17), (0.53, -0.17), (CASE, -0.10), (CASE, 0.065), (0.595, 0.105), (0.51, 0.105)]
    return _turned(points, [0, 0.03, 0.035, 0.012, 0.006, 0])


def _bezel() -> Mesh:
    """A polished shoulder falling to the case, with a fine step that catches a second line of light."""
    points = [(0.50, 0.10), (0.604, 0.104), (0.602, 0.122), (0.588, 0.128), (0.566, 0.178), (0.524, 0.190), (0.514, 0.184), (0.511, 0.112)]
    return _turned(points, [0, 0.006, 0.008, 0.006, 0.022, 0.008, 0.005, 0])


def _crown() -> Mesh:
    core = lathe(
        fillet([(0, 0), (0.05, 0), (0.072, 0.018), (0.072, 0.092), (0.054, 0.112), (0, 0.116)], [0, 0.01, 0.008, 0.012, 0.02, 0], 5), 64
    )
    teeth = []
    for k in range(30):
        t = np.radians(k * 12)
        bar = extrusion([np.array([(-0.0042, 0), (0.0042, 0), (0.0028, 0.005), (-0.0028, 0.005)])], 0.066, 0.002, 1)
        turn = rotation("y", np.degrees(t)) @ rotation("x", 90)
        teeth.append(bar.moved(turn, (np.sin(t) * 0.071, 0.056, np.cos(t) * 0.071)))
    return merge([core, *teeth]).moved(rotation("z", -90), (CASE - 0.012, 0, -0.01))


def _lug() -> Mesh:
    """The upper right lug: a side profile that leaves the case level with its rim and curves down to the wrist."""
    side = fillet(
        [(0.30, 0.035), (0.52, 0.040), (0.66, -0.04), (0.765, -0.185), (0.755, -0.262), (0.70, -0.268), (0.60, -0.165), (0.30, -0.15)],
        [0, 0.34, 0.26, 0.05, 0.025, 0.04, 0.12, 0],
        10,
        closed=True,
    )
    sideways = np.array([[0.0, 0, 1], [1, 0, 0], [0, 1, 0]])  # profile x -> up the band, y -> toward the viewer, depth -> across
    return extrusion([side.points], 0.112, 0.024, 3).moved(sideways, (0.366, 0, 0))


def _lugs() -> Mesh:
    right = _lug()
    left = right.mirrored("x")
    return merge([right, left, right.mirrored("y"), left.mirrored("y")])


def _dial_disc() -> Mesh:
    """A flat disc whose v runs from rim to centre, so that brushing can follow the radius."""
    return _turned([(DIAL, DIAL_Z), (0.0, DIAL_Z)], [0, 0])


def _dial_surface(body: str, seed: int) -> Bsdf:
    """Lacquer over radially brushed metal: highlights fan out as the light moves; a darker rim gives depth."""
    rays = sunburst_rays(4096, seed)[None, :, None]
    toward_centre = np.linspace(0, 1, 96)[:, None, None]
    fade = 1 - 0.62 * (1 - toward_centre) ** 2.2
    linear = np.clip(srgb_to_linear(body) * fade * rays, 0.0025, 1).astype(np.float32)
    return principled(Texture(linear, linear=True), 0.36, metallic=0.72, specular=0.6, coat=0.5, anisotropic=0.85)


def _flange() -> Mesh:
    return _turned([(DIAL, 0.132), (DIAL, 0.130), (0.492, DIAL_Z + 0.001)], [0, 0, 0])


def _flange_surface(body: str) -> Bsdf:
    return principled(srgb_to_linear(body) * 0.55 + 0.002, 0.4, metallic=0.5)


def _subdial() -> Mesh:
    """A recess of concentric grooves."""
    radii = np.linspace(SUBDIAL, 0.004, 90)
    groove = DIAL_Z + 0.0015 + 0.0011 * np.cos(radii / SUBDIAL * 22 * 2 * np.pi)
    return _turned([(float(r), float(z)) for r, z in zip(radii, groove, strict=True)], [0.0] * len(radii), 96).moved(
        translation=(0, SUBDIAL_Y, 0)
    )


def _subdial_ring() -> Mesh:
    return torus(SUBDIAL + 0.003, 0.0042, 96, 12).moved(FACE_ON, (0, SUBDIAL_Y, DIAL_Z + 0.002))


def _radial(shape: Mesh, degrees: float, distance: float, z: float, centre_y: float = 0.0) -> Mesh:
    """`shape`, drawn upright, placed like an hour mark."""
    a = np.radians(degrees)
    return shape.moved(rotation("z", -degrees), (np.sin(a) * distance, centre_y + np.cos(a) * distance, z))


def _indices() -> Mesh:
    """Twelve applied batons with ridged tops; twelve o'clock is double, the three over the small seconds are shorter."""
    marks = []
    for hour in range(12):
        degrees = hour * 30.0
        short = hour == 6
        length = 0.04 if short else 0.112
        baton = _baton(0.027 if hour % 3 else 0.034, length)
        offsets = (-0.024, 0.024) if hour == 0 else (0.0,)
        for across in offsets:
            marks.append(_radial(baton.moved(translation=(across, 0, 0)), degrees, 0.462 - length / 2, DIAL_Z + 0.011))
    return merge(marks)


def _baton(width: float, length: float) -> Mesh:
    x, y = width / 2, length / 2
    return extrusion([np.array([(-x, -y), (x, -y), (x, y), (-x, y)])], 0.026, width * 0.36, 1).faceted()


def _hand(length: float, width: float, tail: float) -> Mesh:
    """A dauphine hand: a long kite with a ridge, so that its two flanks take different light."""
    outline = np.array([(0.0, -tail), (width / 2, 0.0), (0.0, length), (-width / 2, 0.0)])
    return _ridged(outline, 0.014)


def _ridged(outline: np.ndarray, height: float) -> Mesh:
    """A kite rising to a ridge along its length: four flat flanks and a back."""
    tail, right, tip, left = outline
    low = np.array([(*p, 0.0) for p in (tail, right, tip, left)])
    top = np.array([(0.0, tail[1] * 0.55, height), (0.0, tip[1] * 0.93, height)])
    points = np.concatenate([low, top])
    faces = np.array([(0, 1, 4), (1, 5, 4), (1, 2, 5), (2, 3, 5), (3, 4, 5), (3, 0, 4), (0, 2, 1), (0, 3, 2)], np.int32)
    return Mesh(points, np.tile([0.0, 0.0, 1.0], (6, 1)), np.zeros((6, 2)), faces).faceted()


def _hands() -> Mesh:
    hub = _turned([(0, 0), (0.026, 0), (0.026, 0.014), (0.012, 0.02), (0, 0.02)], [0, 0.003, 0.005, 0.003, 0], 48)
    return merge(
        [
            _hand(0.265, 0.056, 0.075).moved(rotation("z", -HOUR_DEG), (0, 0, 0.112)),
            _hand(0.405, 0.046, 0.085).moved(rotation("z", -MINUTE_DEG), (0, 0, 0.130)),
            hub.moved(translation=(0, 0, 0.138)),
        ]
    )


def _small_second() -> Mesh:
    needle = extrusion([np.array([(-0.004, -0.035), (0.004, -0.035), (0.0016, 0.104), (-0.0016, 0.104)])], 0.004, 0.0008, 1)
    hub = _turned([(0, 0), (0.012, 0), (0.012, 0.006), (0, 0.008)], [0, 0.001, 0.002, 0], 32)
    return merge([needle.moved(rotation("z", -SECOND_DEG)), hub.moved(translation=(0, 0, -0.002))]).moved(
        translation=(0, SUBDIAL_Y, DIAL_Z + 0.013)
    )


def _printing() -> Mesh:
    """Minute track and small-seconds track, raised as thinly as ink is."""
    ticks = []
    for minute in range(60):
        heavy = minute % 5 == 0
        width, length = (0.0065, 0.022) if heavy else (0.0034, 0.017)
        ticks.append(_radial(_ink_bar(width, length), minute * 6.0, 0.480 - length / 2, DIAL_Z + 0.001))
    for k in range(24):
        length = 0.02 if k % 6 == 0 else 0.011
        ticks.append(_radial(_ink_bar(0.003, length), k * 15.0, SUBDIAL - 0.008 - length / 2, DIAL_Z + 0.004, SUBDIAL_Y))
    return merge(ticks)


def _ink_bar(width: float, length: float) -> Mesh:
    x, y = width / 2, length / 2
    return extrusion([np.array([(-x, -y), (x, -y), (x, y), (-x, y)])], 0.0016)


def _brand(look: Look, applied: Bsdf, ink: Bsdf) -> list[Part]:
    """The name in applied metal under twelve o'clock, the second line printed below it."""
    face = TYPEFACES[look.typeface]
    name = look.label.upper() if face.caps or len(look.label) <= 14 else look.label
    tracking = max(face.tracking, 0.09) if name.isupper() else face.tracking
    parts = []
    letters = lettering(name, font_file(look.typeface), 0.044, 0.009, 0.0007, tracking, max_width=0.44)
    if letters is not None:
        parts.append(Part(letters.moved(translation=(0, 0.215, DIAL_Z)), applied))
    small = lettering(look.sublabel.upper(), font_file(look.typeface, "text"), 0.020, 0.0016, 0.0, 0.22, max_width=0.34, tolerance_px=1.0)
    if small is not None:
        parts.append(Part(small.moved(translation=(0, 0.158, DIAL_Z)), ink))
    return parts


def _crystal() -> Mesh:
    return _turned([(0.514, 0.176), (0.40, 0.184), (0.20, 0.1885), (0.0, 0.190)], [0, 0.3, 0.6, 0], 96)


WATCH = Archetype(
    name="watch",
    title="Wrist watch",
    build=build_watch,
    convex=False,
    words=("watch", "wristwatch", "timepiece", "chronograph", "wrist watch"),
    body="#12284A",
    accent="#D8482F",
    metal="steel",
    typeface="engraved_caps",
    spin_deg=-24.0,
)
