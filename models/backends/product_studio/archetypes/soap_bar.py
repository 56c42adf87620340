"""Bars of soap: three lie stacked, the upper one in a band of paper; a fourth leans on them with the name pressed into it."""

import cv2
import numpy as np
from numpy.typing import NDArray

from models.backends.product_studio.archetypes.product import Archetype, Look, Part, Product, stand
from models.backends.product_studio.colours import channels, is_dark, luminance, mixed
from models.backends.product_studio.geometry import Mesh, heightfield, merge, prism, rotation, rounded_box, rounded_rectangle
from models.backends.product_studio.labels import Sheet, cased, name_solid
from models.backends.product_studio.materials import Bsdf, Texture, bumped, principled
from models.backends.product_studio.textures import fractal_noise, paper_tooth, warped
from models.typefaces import TYPEFACES, font_file

LONG, BROAD, THICK = 0.92, 0.60, 0.25
FIELD, RISE, PRESSED = (0.76, 0.44), 0.024, 0.020  # the raised field of its face, how high, and how deep the name lies in it
GRID = (440, 256)
LEAN_DEG = 22.0
TURN_DEG = 9.0
STACK = ((4.0, 0.015, -0.015), (-7.0, -0.02, 0.0), (5.0, 0.03, 0.01))  # turn, x, z of each lying bar
STACK_Z = -0.21
BAND = 0.36
MILK = "#F4ECDC"  # what a brand's colour is stirred into
PICTURE = 1024
TINT_WORDS: tuple[tuple[str, str, str], ...] = (
    ("charcoal|activated carbon", "tint", "#2E2D30"),
    ("lavender|lilac", "tint", "#B7A8CC"),
    ("rose|rose clay|pink clay|hibiscus", "tint", "#DBA99F"),
    ("olive|olive oil|sage|rosemary|eucalyptus|tea tree|nettle", "tint", "#A7AE84"),
    ("honey|oat|oatmeal|oats|calendula|turmeric", "tint", "#D9B87F"),
    ("lemon|citrus|grapefruit|orange", "tint", "#EBCB84"),
    ("mint|peppermint|sea salt|sea|seaweed", "tint", "#A9CBC0"),
    ("cocoa|coffee|cinnamon|pine tar", "tint", "#6B4A34"),
    ("goat milk|goats milk|milk|coconut|shea|unscented", "tint", "#F0E9DC"),
    ("oat|oatmeal|oats|lavender|rosemary|poppy|scrub|coffee|calendula|herbs|botanicals?|tea tree|nettle", "flecks", "some"),
)


def build_soap_bar(look: Look, rng: np.random.Generator) -> Product:
    """The pressed face to the viewer."""
    seed = int(rng.integers(1 << 30))
    tint = look.option("tint") or mixed(look.body, MILK, 0.48)
    image = _soap(tint, look.option("flecks") == "some", seed)
    soap = _surface(image, seed)
    lying = rotation("x", -90)
    places = [(rotation("y", turn), (x, THICK * (i + 0.5), STACK_Z + z)) for i, (turn, x, z) in enumerate(STACK)]
    parts = [Part(merge([_bar().moved(turn @ lying, at) for turn, at in places]), soap)]
    turn, at = places[-1]
    paper = bumped(principled(_paper(look, tint), 0.72, specular=0.25), paper_tooth(512, seed + 3), 0.002)
    parts.append(Part(_band().moved(turn, at), paper))
    small = name_solid(look.label, look.typeface, BAND * 0.84, 0.050, 0.0012, max_lines=1)
    if small is not None:
        ink = principled("#F8F4EA" if is_dark(_paper(look, tint)) else "#2B2622", 0.6)
        parts.append(Part(small.moved(translation=(0, 0.035, BROAD / 2 + 0.0046)).moved(turn, at), ink))
    leant = rotation("y", TURN_DEG) @ rotation("x", -LEAN_DEG)
    bar = _bar().moved(leant)
    low = float(bar.vertices[:, 1].min())
    back = float(bar.vertices[np.abs(bar.vertices[:, 1] - low - 0.5) < 0.03][:, 2].min())
    at = (-0.07, -low, STACK_Z + BROAD / 2 + 0.02 - back)
    heights, pressed = _face(look)
    face = heightfield(*heights).moved(rotation("x", 90), (0, 0, THICK / 2)).moved(leant, at)
    parts += [Part(bar.moved(translation=at), soap), Part(face, _surface(_marked(image, pressed), seed))]
    x, y, z = leant @ np.array([0, 0, THICK / 2 + RISE]) + at
    middle = (float(x), float(y), float(z))
    details = (middle, (0.30, 0.36, middle[2] + 0.02), (0.0, THICK * 2.5, STACK_Z + BROAD / 2))
    return stand(parts, look, middle, details)


def _bar() -> Mesh:
    """Cut and planed: soft edges all round."""
    bar = rounded_box(LONG, BROAD, THICK, 0.062, 0.085, 10)
    return _mapped(bar)


def _mapped(mesh: Mesh) -> Mesh:
    """One picture at one scale over all sides."""
    x, y, z = mesh.vertices.T
    return mesh.with_uv(np.c_[0.5 + x + 0.35 * z, 0.5 + y + 0.8 * z])


def _face(look: Look) -> tuple[tuple[NDArray, NDArray, NDArray], NDArray[np.float64]]:
    """(x, z and heights of the raised field in front, the name and a fine frame pressed into it; how deep it is pressed, 0..1)."""
    width, height = GRID
    x, z = np.linspace(-FIELD[0] / 2, FIELD[0] / 2, width), np.linspace(-FIELD[1] / 2, FIELD[1] / 2, height)
    inside = _inside(x, z)
    pressed = np.maximum(_name(look).T, 0.5 * np.exp(-(((inside - 0.066) / 0.0050) ** 2)))
    return (x, z, RISE * _eased(inside / 0.040) - 0.002 - PRESSED * pressed), pressed


def _marked(image: NDArray[np.float32], pressed: NDArray[np.float64]) -> NDArray[np.float32]:
    """The part of the soap's picture that is its raised field, deeper in colour where it is pressed: less light finds its way out."""
    wide, tall = (round(side * PICTURE) for side in FIELD)
    left, low = round(PICTURE * 0.56) - wide // 2, round(PICTURE * 0.55) - tall // 2
    part = cv2.resize(image[low : low + tall, left : left + wide], (2 * GRID[0], 2 * GRID[1]), interpolation=cv2.INTER_LINEAR)
    deep = cv2.resize(pressed.T[::-1].astype(np.float32), (2 * GRID[0], 2 * GRID[1]), interpolation=cv2.INTER_LINEAR)
    return np.asarray(part * (1 - 0.38 * deep[..., None] * np.array([0.82, 1.0, 1.12], np.float32)), np.float32)


def _inside(x: NDArray, z: NDArray, corner: float = 0.075) -> NDArray[np.float64]:
    """How far inside the field's rounded rectangle each point (x, z) lies."""
    away = np.stack(np.meshgrid(np.abs(x) - FIELD[0] / 2 + corner, np.abs(z) - FIELD[1] / 2 + corner, indexing="ij"))
    return np.asarray(corner - np.hypot(*np.maximum(away, 0)) - np.minimum(away.max(0), 0))


def _name(look: Look) -> NDArray[np.float64]:
    """How deep the name is pressed, 0..1, (rows, columns), row 0 on top; nothing without one."""
    width, height = GRID
    sheet = Sheet(2 * width, 2 * height, "#000000")
    text, tracking = cased(look.label.strip(), look.typeface), TYPEFACES[look.typeface].tracking + 0.03
    sheet.text(text, font_file(look.typeface), (width, height), 132, "#FFFFFF", tracking, field=1.48 * width, max_lines=2)
    bold = cv2.dilate(sheet.pixels()[..., 0], np.ones((3, 3), np.uint8)).astype(np.float64) / 255  # a die has no hairlines
    return np.asarray(cv2.resize(cv2.GaussianBlur(bold, (0, 0), 1.8), (width, height), interpolation=cv2.INTER_AREA))


def _eased(t: NDArray) -> NDArray:
    t = np.clip(t, 0, 1)
    return np.asarray(np.sin(t * np.pi / 2) ** 0.9)


def _soap(tint: str, flecks: bool, seed: int) -> NDArray[np.float32]:
    """Its colours, (PICTURE, PICTURE, 3) sRGB 0..1: cloudy where it set."""
    size = PICTURE
    small = warped(fractal_noise(256, 256, seed, 2.1, 1), 256 * 0.05, seed + 1)
    swirl = np.asarray(cv2.resize(small, (size, size), interpolation=cv2.INTER_CUBIC), np.float32)
    cloud, grain = (np.tile(fractal_noise(512, 512, seed + k, slope, low), (2, 2)) for k, slope, low in ((2, 1.4, 2), (3, 0.5, 20)))
    base, pale, deep = (np.array(channels(c), np.float32) for c in (tint, mixed(tint, "#FFFFFF", 0.34), mixed(tint, "#5A4630", 0.22)))
    image = base + (pale - base) * np.clip(0.5 * swirl, 0, 0.9)[..., None] + (deep - base) * np.clip(-0.36 * swirl, 0, 0.8)[..., None]
    image = np.asarray(image * (1 + 0.018 * cloud + 0.008 * grain)[..., None], np.float32)
    return _flecked(image, seed + 4, "#E9E1CF" if luminance(tint) < 0.1 else "#6E5638") if flecks else image


def _surface(image: NDArray[np.float32], seed: int) -> Bsdf:
    """Planed soap: duller than plastic, not quite even."""
    grain = fractal_noise(512, 512, seed + 5, 1.2, 4)
    body = principled(Texture((np.clip(image, 0, 1) * 255 + 0.5).astype(np.uint8)), 0.38, specular=0.42)
    return bumped(body, (0.5 + 0.11 * grain).clip(0, 1).astype(np.float32), 0.005)


def _flecked(image: NDArray[np.float32], seed: int, color: str) -> NDArray[np.float32]:
    """Crumbs of herb and oat."""
    rng = np.random.default_rng(seed)
    size = len(image)
    mask = np.zeros((size, size), np.uint8)
    for x, y, long in zip(rng.integers(0, size, 420), rng.integers(0, size, 420), rng.uniform(1.2, 5.5, 420), strict=True):
        cv2.ellipse(
            mask,
            (int(x), int(y)),
            (max(int(long), 1), max(int(long * 0.45), 1)),
            float(rng.uniform(0, 180)),
            0,
            360,
            int(rng.uniform(90, 220)),
            -1,
            cv2.LINE_AA,
        )
    return np.asarray(image + (np.array(channels(color), np.float32) - image) * (mask.astype(np.float32) / 255)[..., None], np.float32)


def _paper(look: Look, tint: str) -> str:
    """The band's: the accent, or the look's body where a scent has coloured the soap."""
    return look.body if look.option("tint") and abs(luminance(look.body) - luminance(tint)) > 0.08 else look.accent


def _band() -> Mesh:
    ring = rounded_rectangle(BROAD + 0.009, THICK + 0.009, 0.066, 12)
    band = prism(ring, BAND, 0.0012, 2).moved(rotation("y", 90))
    return band.with_uv(np.c_[band.vertices[:, 0], band.vertices[:, 1] + band.vertices[:, 2]] * 2.0)


SOAP_BAR = Archetype(
    name="soap_bar",
    title="Bars of soap",
    build=build_soap_bar,
    convex=False,
    words=("soap", "soap bar", "bar soap", "bar of soap", "bars of soap", "shampoo bar"),
    body="#EFE6D6",
    accent="#6F7F62",
    typeface="luxury_serif",
    spin_deg=-12.0,
    options=TINT_WORDS,
)
