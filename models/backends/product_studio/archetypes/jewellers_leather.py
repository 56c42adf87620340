"""The leather that jewellers show their work on, and its colour. Knows no jewels."""

import numpy as np

from models.backends.product_studio.archetypes.product import Look
from models.backends.product_studio.colours import is_golden, saturation
from models.backends.product_studio.materials import Bsdf, bumped, principled
from models.backends.product_studio.textures import leather_grain

DEEP_GREEN = "#1E3A34"
OF_METAL = {"rose_gold": "#C99A86"}


def leather(look: Look, rng: np.random.Generator) -> Bsdf:
    """Fine-grained and soft."""
    hide = principled(leather_colour(look), 0.66, specular=0.35, sheen=0.4)
    return bumped(hide, leather_grain(512, int(rng.integers(1 << 30)), 2600), 0.0022)


def leather_colour(look: Look) -> str:
    """The product's, unless that only says again what its metal is: a gold ring stands on no yellow leather."""
    return next((color for color in (look.body, look.accent) if not _of_metal(color, look.metal)), DEEP_GREEN)


def _of_metal(color: str, metal: str) -> bool:
    grey = metal in ("silver", "steel") and saturation(color) < 0.12
    return is_golden(color) or grey or OF_METAL.get(metal) == color.upper()
