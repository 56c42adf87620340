"""The leather that jewellers show their work on, and its colour. Knows no jewels."""

import numpy as np

from models.backends.product_studio.archetypes.product import Look
from models.backends.product_studio.colours import is_golden, luminance, saturation
from models.backends.product_studio.materials import Bsdf, bumped, principled
from models.backends.product_studio.textures import leather_grain

IVORY = "#E6DCCB"
OF_METAL = {"rose_gold": "#C99A86"}


def leather(look: Look, rng: np.random.Generator) -> Bsdf:
    """Fine-grained and soft."""
    hide = principled(leather_colour(look), 0.66, specular=0.35, sheen=0.4)
    return bumped(hide, leather_grain(512, int(rng.integers(1 << 30)), 2600), 0.0022)


def leather_colour(look: Look) -> str:
    """The product's, unless that only says again what its metal is: a gold ring stands on no yellow leather. Then the accent, and ivory
    where that is gold too, or so dark that the jewel's stand would be a hole in the picture."""
    if not _of_metal(look.body, look.metal):
        return look.body
    return IVORY if _of_metal(look.accent, look.metal) or luminance(look.accent) < 0.02 else look.accent


def _of_metal(color: str, metal: str) -> bool:
    grey = metal in ("silver", "steel") and saturation(color) < 0.12
    return is_golden(color) or grey or OF_METAL.get(metal) == color.upper()
