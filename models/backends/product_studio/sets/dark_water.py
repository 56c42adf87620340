"""Black water under a dark wall: ripples spread from the product, and a low glow in the accent colour stands behind it."""

import numpy as np

from models.backends.product_studio.archetypes import Part
from models.backends.product_studio.geometry import heightfield
from models.backends.product_studio.materials import principled, srgb_to_linear
from models.backends.product_studio.sets.forms import wall
from models.backends.product_studio.stage import Options, Palette, StudioSet


def build(palette: Palette, options: Options, rng: np.random.Generator) -> StudioSet:
    """Many small crossing waves (none of them regular) plus the rings the product makes."""
    x, z = np.linspace(-8, 8, 360), np.linspace(-6.5, 6, 300)
    across, along = np.meshgrid(x, z, indexing="ij")
    height = np.zeros_like(across)
    for _ in range(18):
        direction, frequency = rng.uniform(0, 2 * np.pi), rng.uniform(5.0, 20.0)
        wave = (across * np.cos(direction) + along * np.sin(direction)) * frequency + rng.uniform(0, 6)
        height += np.sin(wave) * 0.0125 / frequency
    away = np.hypot(across, along - 0.1)
    height += 0.0045 * np.sin(away * 15) * np.exp(-away * 0.75) * np.clip((away - 0.3) / 0.3, 0, 1)
    water = principled(srgb_to_linear("#07080a"), roughness=0.10, specular=0.65)
    back = principled(palette.glow, roughness=0.6)
    return StudioSet((Part(heightfield(x, z, height), water), Part(wall(-5.2), back)), floor=0.025, backdrop_z=-5.2, glossy=True)
