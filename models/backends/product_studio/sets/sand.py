"""Wind-rippled sand running up to a dune, under an open sky in the background colour."""

import numpy as np

from models.backends.product_studio.archetypes import Part
from models.backends.product_studio.geometry import heightfield
from models.backends.product_studio.materials import principled, srgb_to_linear
from models.backends.product_studio.sets.forms import wall
from models.backends.product_studio.stage import Options, Palette, StudioSet, sown
from models.backends.product_studio.textures import fractal_noise


def build(palette: Palette, options: Options, rng: np.random.Generator) -> StudioSet:
    """Level where the product stands, rippled around it, rising behind."""
    n = 420
    x, z = np.linspace(-6, 6, n), np.linspace(-9, 4.5, n)
    across, along = np.meshgrid(x, z, indexing="ij")
    dunes, drift, grain = (fractal_noise(n, n, sown(rng), slope) for slope in (2.4, 2.0, 0.4))
    away = np.hypot(across, along)
    height = 0.16 * dunes * np.clip((away - 0.9) / 2.2, 0, 1) + np.clip(-along - 1.5, 0, 9) * 0.10
    phase = along * 0.85 + across * 0.3 + 0.32 * drift
    height += 0.016 * (np.abs(np.sin(phase * 9)) ** 1.6 - 0.5) * np.clip(away / 0.7 - 0.4, 0, 1) + 0.0025 * grain
    tone = 0.55 * srgb_to_linear("#d9b48a") + 0.45 * np.asarray(palette.background)
    sand = principled(tone, roughness=0.85, specular=0.15)
    sky = principled(palette.background, roughness=0.9, specular=0.1)
    return StudioSet((Part(heightfield(x, z, height), sand), Part(wall(-11.0, 70, 34), sky)), floor=-0.03, backdrop_z=-11.0)
