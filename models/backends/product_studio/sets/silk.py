"""Silk laid over a table and hung behind it: long soft folds, and a sheen that follows them."""

import numpy as np
from numpy.typing import NDArray

from models.backends.product_studio.archetypes import Part
from models.backends.product_studio.geometry import Mesh, heightfield, rotation
from models.backends.product_studio.materials import principled
from models.backends.product_studio.stage import Options, Palette, StudioSet, sown
from models.backends.product_studio.textures import fractal_noise

NEAR, FAR, HALF, TOP = 5.0, -2.3, 6.0, 8.0
CELLS = 420
STAND = 0.62
"""Radius within which the cloth lies smooth, so that nothing stands askew."""


def build(palette: Palette, options: Options, rng: np.random.Generator) -> StudioSet:
    """Folds run from the curtain towards the viewer and part around the product."""
    cloth = principled(np.asarray(palette.background) * 0.9 + 0.008, roughness=0.34, specular=0.6, sheen=0.8, anisotropic=0.4)
    return StudioSet((Part(_laid(rng), cloth), Part(_hung(rng), cloth)), floor=-0.004, backdrop_z=FAR)


def _laid(rng: np.random.Generator) -> Mesh:
    x, z = np.linspace(-HALF, HALF, CELLS), np.linspace(FAR - 0.3, NEAR, CELLS)
    across, along = np.meshgrid(x, z, indexing="ij")
    drift, lie = (fractal_noise(CELLS, CELLS, sown(rng), slope) for slope in (2.6, 2.2))
    phase = across * 2.6 + along * float(rng.uniform(-0.9, 0.9)) + 0.95 * drift
    away = np.hypot(across, along - 0.1)
    clear = np.clip((away - STAND) / 0.75, 0, 1)
    clear = clear * clear * (3 - 2 * clear)
    heights = (0.19 * _fold(phase) + 0.045 * _fold(phase * 2.1 + 1.3 * lie) + 0.05 * lie) * clear
    return heightfield(x, z, heights - np.minimum(heights.min(), 0) * clear * 0.3)


def _hung(rng: np.random.Generator) -> Mesh:
    """The curtain: a field of depths, set upright."""
    x, y = np.linspace(-HALF - 3, HALF + 3, CELLS), np.linspace(-TOP, 0.4, CELLS)
    across, down = np.meshgrid(x, y, indexing="ij")
    drift = fractal_noise(CELLS, CELLS, sown(rng), 2.6)
    phase = across * 2.9 + 0.9 * drift + 0.10 * down
    depth = 0.30 * _fold(phase) + 0.07 * _fold(phase * 2.2 + drift)
    return heightfield(x, y, depth).moved(rotation("x", 90.0), (0.0, 0.0, FAR))


def _fold(phase: NDArray[np.float64]) -> NDArray[np.float64]:
    """Round backs and narrower valleys, -0.5 .. 0.5."""
    return np.abs(np.sin(phase)) ** 1.4 - 0.5
