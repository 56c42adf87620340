"""What furniture is covered with: linen, wool, bouclé, velvet or leather, in the product's colour. Knows no furniture."""

import numpy as np

from models.backends.product_studio.archetypes.product import Look
from models.backends.product_studio.colours import luminance, mixed
from models.backends.product_studio.materials import Bsdf, Texture, bumped, picture, principled
from models.backends.product_studio.textures import boucle, fractal_noise, leather_grain, linen

TILE = {"linen": 0.17, "boucle": 0.26, "velvet": 0.30, "leather": 0.30}  # metres of cloth in one picture of it
CLOTHS = "leather|velvet|linen|wool|fabric|cloth|boucle|boucl|upholstery|seat|cushions?|cover"
SHADES = {
    "black": "#1B1A19",
    "white": "#F1EEE8",
    "cream|ivory|off-white": "#ECE2D0",
    "grey|gray|charcoal": "#6F7276",
    "brown|chocolate": "#57351F",
    "tan|cognac|caramel|saddle": "#8F5128",
    "green|forest green|olive": "#3F5B45",
    "blue|navy": "#2A3F5F",
    "red|burgundy": "#7A2730",
    "mustard|yellow|ochre": "#B98A32",
    "terracotta|rust|orange": "#A9552F",
    "pink|blush|rose": "#D3A6A0",
}
COVER_WORDS: tuple[tuple[str, str, str], ...] = (
    ("linen|fabric|cloth|cotton|wool|tweed|upholstered|cushion|cushioned|canvas|leinen|lino|lin", "cover", "linen"),
    ("boucle|boucl|sherpa", "cover", "boucle"),
    ("velvet|chenille|suede|samt|terciopelo|velours|velluto", "cover", "velvet"),
    ("leather|leder|cuero|piel|cuir|pelle", "cover", "leather"),
    *((rf"(?:{said}) (?:{CLOTHS})", "dye", shade) for said, shade in SHADES.items()),
    ("tan|cognac|caramel", "dye", SHADES["tan|cognac|caramel|saddle"]),
)
"""What a prompt calls a cover, and its colour where that is said of the cover itself."""
TAN = SHADES["tan|cognac|caramel|saddle"]


def covered(look: Look, rng: np.random.Generator, default: str = "linen", color: str = "") -> Bsdf:
    """The cover of a seat whose uv is in metres over `TILE`; see `laid`."""
    kind, seed, shade = look.option("cover", default), int(rng.integers(1 << 30)), color or cover_colour(look)
    if kind == "leather":
        creases = np.exp(-3.0 * np.abs(fractal_noise(640, 640, seed + 1, 1.5, 3)))
        heights = np.clip(0.75 * leather_grain(640, seed, 4200) - 0.45 * creases + 0.35, 0, 1)
        tone = 1 + 0.045 * fractal_noise(640, 640, seed + 2, 1.6) - 0.05 * creases
        return bumped(principled(shaded(shade, tone), 0.38, specular=0.5, coat=0.12, coat_gloss=0.8), heights, 0.010)
    if kind == "velvet":
        pile = 0.5 + 0.12 * fractal_noise(512, 512, seed, 1.1)
        return bumped(principled(shade, 0.72, specular=0.25, sheen=1.0), np.clip(pile, 0, 1), 0.004)
    if kind == "boucle":
        loops = boucle(512, seed)
        return bumped(principled(shaded(shade, 0.70 + 0.30 * loops), 0.92, specular=0.12, sheen=0.6), loops, 0.020)
    weave = linen(512, seed, 52)
    melange = 1 + 0.05 * fractal_noise(512, 512, seed + 1, 0.7)
    return bumped(principled(shaded(shade, (0.80 + 0.20 * weave) * melange), 0.88, specular=0.15, sheen=0.5), weave, 0.009)


def cover_colour(look: Look) -> str:
    """What is said of it, else the product's. Where that is all but white and nobody asked for white, leather is tan and cloth undyed."""
    pale = luminance(look.body) > 0.80 and look.body not in ("#FFFFFF", "#F4F2EE", "#F1E8DA")
    if look.option("dye") or not pale:
        return look.option("dye") or look.body
    return TAN if look.option("cover") == "leather" else mixed(mixed(look.body, look.accent, 0.10), "#E6D9C3", 0.45)


def tile(look: Look, default: str = "linen") -> float:
    """How many metres of the cover one picture shows."""
    return TILE[look.option("cover", default)]


def shaded(color: str, light: np.ndarray) -> Texture:
    rgb = np.array([int(color.lstrip("#")[i : i + 2], 16) for i in (0, 2, 4)], float)
    return picture(np.clip(rgb * light[..., None], 0, 255).astype(np.uint8))
