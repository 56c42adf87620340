"""What bags and clothes are made of: canvas, jersey, knit, nylon, leather, and the thread that sews them. Knows no products.

Every surface here wants uv in the shape's own units; `laid` scales them to the cloth.
"""

from functools import lru_cache

import numpy as np

from models.backends.product_studio.colours import contrast_ratio, is_dark, luminance, mixed
from models.backends.product_studio.geometry import Mesh
from models.backends.product_studio.materials import Bsdf, Texture, bumped, picture, principled
from models.backends.product_studio.textures import Image, fractal_noise, leather_grain, linen

TILE = {
    "canvas": 0.42,
    "jersey": 0.30,
    "knit": 0.42,
    "nylon": 0.20,
    "leather": 0.55,
    "rib": 0.36,
    "thick_rib": 0.36,
    "poplin": 0.26,
}  # product lengths of cloth in one picture of it
FINISH = {  # depth of its relief, how light its hollows are, roughness, specular, sheen
    "canvas": (0.011, 0.72, 0.90, 0.12, 0.4),
    "jersey": (0.006, 0.82, 0.92, 0.10, 0.45),
    "knit": (0.020, 0.55, 0.94, 0.10, 0.7),
    "rib": (0.012, 0.66, 0.93, 0.10, 0.5),
    "thick_rib": (0.012, 0.66, 0.93, 0.10, 0.5),
    "nylon": (0.004, 0.86, 0.62, 0.32, 0.25),
    "poplin": (0.003, 0.90, 0.86, 0.14, 0.35),
    "leather": (0.007, 0.93, 0.40, 0.50, 0.0),
}
SIZE = 640
PIECES = 2  # of each cloth: more would not be told apart


def cloth(kind: str, color: str, rng: np.random.Generator) -> Bsdf:
    """A surface of a key of TILE, dyed `color`."""
    seed = int(rng.integers(PIECES))
    weave, (depth, deep, rough, specular, sheen) = heights(kind, seed), FINISH[kind]
    light = weave * (1 - deep) + deep
    if kind == "leather":
        light = light * (1 + 0.035 * _mottle(seed, 1.6))
        return bumped(principled(_shaded(color, light), rough, specular=specular, coat=0.10, coat_gloss=0.7), weave, depth)
    mottle = 1 + (0.05 if kind == "canvas" else 0.03) * _mottle(seed, 0.6)
    return bumped(principled(_shaded(color, light * mottle), rough, specular=specular, sheen=sheen), weave, depth)


@lru_cache(maxsize=12)
def heights(kind: str, seed: int) -> Image:
    """The relief of one piece of a cloth, made once in a process."""
    if kind == "leather":
        return leather_grain(SIZE, seed, 3600)
    if kind in ("knit", "jersey"):
        return knitted(SIZE, seed, 18 if kind == "knit" else 44)
    if kind in ("rib", "thick_rib"):
        return ribbed(SIZE, seed, 26 if kind == "rib" else 15)
    return linen(SIZE, seed, {"canvas": 40, "nylon": 46, "poplin": 70}[kind])


@lru_cache(maxsize=6)
def _mottle(seed: int, slope: float) -> Image:
    """Where a cloth took a little more of the dye; a hide has slow clouds."""
    return fractal_noise(SIZE, SIZE, seed + 9, slope)


def laid(mesh: Mesh, kind: str) -> Mesh:
    """`mesh`, whose uv is in its own units, under the uv of a cloth."""
    return mesh.with_uv(mesh.uv / TILE[kind])


def thread(color: str) -> Bsdf:
    """Waxed thread for a cloth of `color`: a little lighter, or darker on pale cloth."""
    return principled(thread_colour(color), 0.62, specular=0.35, sheen=0.3)


def thread_colour(color: str) -> str:
    """Told apart from the cloth, and no louder."""
    return mixed(color, "#F4EBDA", 0.55) if is_dark(color) else mixed(color, "#5A4632", 0.30)


def ink_on(ground: str, accent: str) -> str:
    """The colour to print with: the accent where it can be read, else warm white or near-black."""
    return accent if contrast_ratio(accent, ground) >= 2.6 else "#F7F2E8" if is_dark(ground) else "#211F1E"


def undyed(color: str) -> str:
    """White as cloth has it: paper white would be a hole in a picture."""
    return mixed(color, "#E9DFCB", 0.55) if luminance(color) > 0.80 else color


def knitted(size: int, seed: int, wales: int) -> Image:
    """Heights of stocking stitch: columns of V on V. Tiles."""
    rows = round(wales * 1.3)
    y, x = np.mgrid[:size, :size].astype(np.float32) / size
    wander = 0.05 * fractal_noise(size, size, seed, 1.7)
    column = (x * wales + wander) % 1.0
    across = np.abs(2 * column - 1)  # 0 in the middle of a wale, 1 between two
    course = (y * rows + 0.55 * (1 - across) + 0.05 * fractal_noise(size, size, seed + 1, 1.2)) % 1.0
    leg = np.sqrt(np.clip(1 - ((across - 0.50) / 0.50) ** 2, 0, 1))
    strand = np.sqrt(np.clip(1 - (2 * course - 1) ** 2, 0, 1))
    fuzz = 0.05 * fractal_noise(size, size, seed + 2, 0.5)
    return np.clip(0.12 + 0.88 * leg * (0.35 + 0.65 * strand) + fuzz, 0, 1).astype(np.float32)


def ribbed(size: int, seed: int, ribs: int) -> Image:
    """Heights of a ribbed band: rounded ridges across x, each a chain of stitches along y. Tiles."""
    y, x = np.mgrid[:size, :size].astype(np.float32) / size
    place = (x * ribs + 0.05 * fractal_noise(size, size, seed, 1.7)) % 1.0
    ridge = np.clip(np.sin(np.pi * place), 0, 1) ** 0.6
    stitch = 0.86 + 0.14 * np.cos(2 * np.pi * (y * ribs * 1.7 + 0.5 * np.abs(2 * place - 1)))
    return np.clip(ridge * stitch + 0.04 * fractal_noise(size, size, seed + 1, 0.5), 0, 1).astype(np.float32)


def _shaded(color: str, light: Image) -> Texture:
    """`color` in the light and shade of its own threads."""
    rgb = np.array([int(color.lstrip("#")[i : i + 2], 16) for i in (0, 2, 4)], np.float32)
    return picture(np.clip(rgb * (light / light.mean())[..., None], 0, 255).astype(np.uint8))
