"""What all thrown pots share: walls with the marks of fingers, a dipped glaze that breaks over edges, and the bare clay below it.

A pot is turned in two skins that meet on top of its rim, so that each can have its own glaze. Their pictures run twice round: nobody
sees both halves at once, and a macro gets twice as many points.
"""

from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import ArrayLike, NDArray

from models.backends.product_studio.archetypes.product import Look
from models.backends.product_studio.colours import channels, contrast_ratio, luminance, mixed
from models.backends.product_studio.geometry import Mesh, Outline, fillet, lathe, polyline
from models.backends.product_studio.materials import Bsdf, Texture, bumped, principled
from models.backends.product_studio.textures import fractal_noise

CLAYS = ("#C9A67C", "#8F6141", "#E6DCCB")  # buff, toasted, white: the first that shows beside the glaze
SPECK = "#3A2417"
STEP = 0.008  # along a profile, between rows of points
ROUNDS = 2.0  # times that a skin's picture runs round it
PICTURE = 1400  # pixels of a picture, half round
POT_WORDS: tuple[tuple[str, str, str], ...] = (
    *(
        (rf"{words}", "glaze", color)
        for words, color in (
            ("(?:white|snow) glazes?|glazed (?:in )?white", "#F1ECE2"),
            ("(?:cream|oatmeal|ivory|buttermilk) glazes?|glazed (?:in )?cream", "#E9DDC6"),
            ("celadon|sage glazes?|(?:pale|light) green glazes?", "#A9BCA4"),
            ("green glazes?|glazed (?:in )?green|copper green", "#4F7358"),
            ("teal glazes?|turquoise glazes?|sea ?glazes?", "#3F7E84"),
            ("cobalt(?: glazes?)?|blue glazes?|glazed (?:in )?blue|indigo glazes?", "#2E4F86"),
            ("(?:grey|gray|stone) glazes?|glazed (?:in )?gr[ea]y", "#8E8B84"),
            ("tenmoku|black glazes?|glazed (?:in )?black|charcoal glazes?", "#26201D"),
            ("rust glazes?|red glazes?|iron red", "#8E3F26"),
            ("pink glazes?|blush glazes?|glazed (?:in )?pink", "#D9AFA2"),
            ("ochre|honey glazes?|yellow glazes?|amber glazes?", "#C08A35"),
        )
    ),
    ("porcelain|white clay|bone china", "clay", "#EDE6DA"),
    ("red clay|earthenware|terracotta clay", "clay", "#B06A46"),
    ("dark clay|black clay", "clay", "#4A3429"),
    ("matte|matt|satin|unglazed", "gloss", "satin"),
    ("glossy|shiny|high gloss", "gloss", "high"),
    ("plain|unspeckled|porcelain|bone china", "specks", "none"),
)


@dataclass(frozen=True)
class Coat:
    """How a skin is glazed. glaze, clay: "#RRGGBB". line: height above which it is glazed, in lengths along the skin's profile from its
    beginning; 0 glazes it all. edges: places along the profile where the glaze runs thin. satin: duller; specks: iron in the clay."""

    glaze: str
    clay: str
    line: float = 0.0
    edges: tuple[float, ...] = ()
    gloss: str = ""
    specks: bool = True


@dataclass(frozen=True, eq=False)
class Skin:
    """One side of a pot. length: of its profile; girth: round its widest place; profile (N, 3): (along, radius, y)."""

    mesh: Mesh
    length: float
    girth: float
    profile: NDArray[np.float64]

    def along(self, y: float) -> float:
        """The length along the profile at which it last passes the height `y`."""
        rows = np.nonzero(np.diff(np.sign(self.profile[:, 2] - y)))[0]
        return float(self.profile[rows[-1] if len(rows) else -1, 0])

    def laid_on(self, flat: Mesh, y: float) -> Mesh:
        """A thin flat form (z from 0) laid round the wall, its middle in front at the height `y`."""
        along, radius, height = self.profile.T
        start = self.along(y)
        fine = flat.refined(0.03)
        at = start + fine.vertices[:, 1]
        out, up = np.interp(at, along, np.gradient(radius, along)), np.interp(at, along, np.gradient(height, along))
        level, thick = np.interp(at, along, radius), fine.vertices[:, 2] - 0.0012
        angle = fine.vertices[:, 0] / float(np.interp(start, along, radius))
        sine, cosine = np.sin(angle), np.cos(angle)
        reach = level + thick * up  # the wall's normal is (up, -out)
        vertices = np.c_[reach * sine, np.interp(at, along, height) - thick * out, reach * cosine]
        nx, ny, nz = fine.normals.T
        away, rise = nz * up + ny * out, ny * up - nz * out
        normals = np.c_[nx * cosine + away * sine, rise, away * cosine - nx * sine]
        normals /= np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-12)
        return Mesh(vertices, normals, fine.uv, fine.faces)


def thrown(
    corners: ArrayLike, radii: list[float], ripple: float = 0.0013, pitch: float = 0.040, step: float = STEP, segments: int = 144
) -> tuple[Skin, Skin]:
    """(outside, inside) of a pot. corners (N, 2) of (radius, height): from the middle of its foot, up its wall, over the rim and down
    to the middle of its floor. ripple: depth of the rings that fingers leave, pitch: their distance."""
    line = fillet(corners, radii, 12).points
    line = line[np.r_[True, np.linalg.norm(np.diff(line, axis=0), axis=1) > 1e-9]]
    along = np.r_[0, np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))]
    fine = np.linspace(0, along[-1], int(along[-1] / step))
    line = np.stack([np.interp(fine, along, line[:, k]) for k in (0, 1)], 1)
    top = int(line[:, 1].argmax())
    calm = np.clip(np.abs(fine - fine[top]) / 0.12, 0, 1) * np.clip(line[:, 0] / line[:, 0].max() * 3 - 1.2, 0, 1)
    uneven = 0.55 + 0.45 * np.sin(line[:, 1] * 11 + 0.8)
    wave = np.sin(line[:, 1] / pitch * 2 * np.pi + 1.7 * np.sin(line[:, 1] * 9)) * ripple * calm * uneven
    outline = polyline(line)
    outline = polyline(line + outline.normals * wave[:, None])
    points = outline.points.copy()
    points[[0, -1], 0] = 0.0
    outline = Outline(points, outline.normals)
    girth = 2 * np.pi * float(points[:, 0].max())
    return _skin(outline, slice(0, top + 1), girth, segments), _skin(outline, slice(top, None), girth, segments)


def _skin(outline: Outline, rows: slice, girth: float, segments: int) -> Skin:
    part = Outline(outline.points[rows], outline.normals[rows])
    mesh = lathe(part, segments)
    along = np.r_[0, np.cumsum(np.linalg.norm(np.diff(part.points, axis=0), axis=1))]
    return Skin(mesh.with_uv(mesh.uv * np.array([ROUNDS, 1.0])), float(along[-1]), girth, np.c_[along, part.points])


def fired(skin: Skin, coat: Coat, seed: int, columns: int = PICTURE) -> Bsdf:
    """The surface of a skin under its coat. columns: of its picture, half round."""
    return _fired(coat, round(skin.length, 4), round(skin.girth / ROUNDS, 4), seed, columns)


@lru_cache(maxsize=12)
def _fired(coat: Coat, length: float, width: float, seed: int, columns: int) -> Bsdf:
    """As `fired`, of a picture `width` by `length` in the pot's units."""
    rows = int(np.clip(columns * length / width, 128, 2048))
    along = (np.arange(rows, dtype=np.float32)[:, None] + 0.5) / rows * length
    cloud, grain = _large(rows, columns, seed, 1.9), _fine(rows, columns, seed + 1)
    wander = fractal_noise(2, columns, seed + 2, 2.0, 1)[:1] * 0.008 + fractal_noise(2, columns, seed + 3, 1.3, 5)[:1] * 0.0022
    above = along - (coat.line + wander) if coat.line else np.full((rows, columns), 1.0, np.float32)
    glazed = np.clip(above / 0.004 + 0.5, 0, 1)
    thin = np.zeros((rows, columns), np.float32)
    for edge in coat.edges:
        reach = 0.016 * (1 + 0.45 * np.clip(cloud, -1.6, 1.6))
        thin = np.maximum(thin, np.exp(-(((along - edge) / reach) ** 2)))
    roll = np.exp(-((above / 0.026) ** 2)) * (above > 0) if coat.line else np.zeros_like(thin)  # it runs down and gathers at its end
    spots, halo = _specks(rows, columns, seed + 4, length * width) if coat.specks else (np.zeros_like(thin), np.zeros_like(thin))
    glaze = _glaze(coat, cloud, grain, thin, roll)
    clay = _rgb(coat.clay) * (1 + 0.05 * grain[..., None] + 0.035 * cloud[..., None])
    flash = np.exp(-((above / 0.020) ** 2))[..., None] * (above < 0)[..., None] if coat.line else 0.0  # fired darker beside the glaze
    clay = clay * (1 - 0.30 * flash * np.array([0.6, 1.0, 1.25], np.float32))
    colours = clay + (glaze - clay) * glazed[..., None]
    iron = _rgb(SPECK)
    colours = colours + (iron - colours) * (0.74 * spots + 0.14 * halo)[..., None]
    shine = {"satin": 0.42, "high": 0.10}.get(coat.gloss, 0.23)
    rough = 0.86 + (shine + 0.16 * thin + 0.05 * np.abs(grain).clip(0, 2) - 0.86) * glazed
    surface = principled(Texture((np.clip(colours, 0, 1) * 255 + 0.5).astype(np.uint8)), _values(rough))
    heights = 0.55 * glazed * (1 + 0.25 * roll) + 0.05 * grain * (1 - 0.8 * glazed) + 0.035 * cloud * glazed - 0.12 * spots * (1 - glazed)
    return bumped(surface, heights.astype(np.float32), 0.006)


def _glaze(coat: Coat, cloud: NDArray, grain: NDArray, thin: NDArray, roll: NDArray) -> NDArray:
    """Colours of the glaze: cloudy, deeper where it gathers, the clay's iron showing where it is thin."""
    base, dark, broken = (_rgb(color) for color in (coat.glaze, mixed(coat.glaze, "#1A120C", 0.30), broken_colour(coat.glaze)))
    image = base * (1 + 0.045 * cloud[..., None] + 0.012 * grain[..., None])
    image = image + (dark - image) * (0.55 * roll)[..., None]
    return np.asarray(image + (broken - image) * (0.88 * thin)[..., None])


def broken_colour(glaze: str) -> str:
    """What a glaze turns to over an edge: rust, lighter than a dark glaze and darker than a light one."""
    rust = mixed(glaze, "#7A4420", 0.78) if luminance(glaze) > 0.16 else mixed(glaze, "#B57B48", 0.72)
    return rust if contrast_ratio(rust, glaze) > 1.35 else mixed(glaze, "#3A1C10", 0.62)


def coat_of(look: Look, glaze: str | None = None) -> Coat:
    """What the words and colours of a look say of a pot: its body colour, muted as minerals are, on a clay that shows beside it."""
    said = glaze or look.option("glaze") or mixed(look.body, "#9A8B78", 0.10)
    clay = look.option("clay") or next((c for c in CLAYS if contrast_ratio(c, said) > 1.45), CLAYS[1])
    return Coat(said, clay, gloss=look.option("gloss"), specks=look.option("specks") != "none")


def liner(look: Look) -> Coat:
    """The glaze inside: a warm white, with a breath of the outside in it."""
    return coat_of(look, mixed("#F0E8DA", coat_of(look).glaze, 0.07))


def _rgb(color: str) -> NDArray[np.float32]:
    return np.array(channels(color), np.float32)


def _large(rows: int, columns: int, seed: int, slope: float) -> NDArray:
    """Slow noise, drawn small."""
    small = fractal_noise(max(rows // 8, 8) * 2, columns // 4, seed, slope, 2)
    return np.asarray(cv2.resize(small, (columns, rows), interpolation=cv2.INTER_CUBIC), np.float32)


def _fine(rows: int, columns: int, seed: int) -> NDArray:
    """Grain, one tile of it over and over."""
    tile = fractal_noise(512, 512, seed, 0.55, 8)
    return np.tile(tile, (-(-rows // 512), -(-columns // 512)))[:rows, :columns]


def _specks(rows: int, columns: int, seed: int, area: float) -> tuple[NDArray, NDArray]:
    """(iron spots, what bleeds from them), 0..1 each."""
    rng = np.random.default_rng(seed)
    image = np.zeros((rows, columns), np.uint8)
    count = int(area * 460)
    per_unit = np.sqrt(rows * columns / area)
    radius = np.minimum(0.0016 * np.exp(rng.normal(0, 0.5, count)), 0.0048) * per_unit
    for x, y, r in zip(rng.integers(0, columns, count), rng.integers(0, rows, count), radius, strict=True):
        stretch = rng.uniform(0.75, 1.3)
        axes = (max(int(r * stretch * 16), 8), max(int(r / stretch * 16), 8))
        for shift in (0, -columns, columns):
            if -24 < x + shift < columns + 24:
                points = cv2.ellipse2Poly((int(x + shift) * 16, int(y) * 16), axes, int(rng.integers(180)), 0, 360, 40)
                cv2.fillPoly(image, [np.array(points, np.int32)], 255, cv2.LINE_AA, 4)
    spots = image.astype(np.float32) / 255
    return spots, np.clip(3.0 * cv2.GaussianBlur(spots, (0, 0), 0.0045 * per_unit), 0, 1)


def _values(field: NDArray) -> Texture:
    """Numbers 0..1 for the renderer, row 0 at v = 0."""
    return Texture(np.repeat(np.clip(field, 0.02, 1).astype(np.float32)[..., None], 3, 2), linear=True)


def ink_on(ground: str, coat: Coat) -> str:
    """What letters on `ground` are: wiped down to the clay, or rubbed with iron or with white where that would not be read."""
    inks = (coat.clay, mixed(coat.clay, "#FFFFFF", 0.45), SPECK, "#F6F0E4")
    return max(inks, key=lambda ink: min(contrast_ratio(ink, ground), 2.4))


def relief(coat: Coat, ground: str) -> Bsdf:
    """Raised letters on `ground`."""
    return principled(ink_on(ground, coat), 0.7)
