"""A calm room: wide oak boards, a plain wall in the ground colour with a skirting board, for what stands on a floor at home."""

import numpy as np

from models.backends.product_studio.archetypes import Part
from models.backends.product_studio.geometry import rounded_box
from models.backends.product_studio.materials import picture, principled
from models.backends.product_studio.sets.forms import floor, wall
from models.backends.product_studio.stage import Options, Palette, StudioSet, sown, to_bytes
from models.backends.product_studio.textures import Image, plaster, timber

BACK, FRONT, TABLE = 2.3, 12.0, 1.25
BOARDS, JOINT = 10, 3
"""Boards in one tile of the floor; pixels of the gap between two."""
SKIRTING, DEEP = 0.20, 0.045
OAK, SMOKED = ((0.69, 0.585, 0.47), (0.545, 0.445, 0.345)), ((0.27, 0.19, 0.135), (0.175, 0.12, 0.085))


def build(palette: Palette, options: Options, rng: np.random.Generator) -> StudioSet:
    """The boards run towards the wall, smoked where the ground is dark. What is no furniture stands on a table before it."""
    colours = SMOKED if options.black else OAK
    laid = principled(picture(to_bytes(_boards(1280, rng, colours))), roughness=0.40, specular=0.4, coat=0.08)
    paint = principled(picture(to_bytes(plaster(700, sown(rng), palette.encoded, 0.022))), roughness=0.8, specular=0.2)
    r, g, b = (min(0.9, c * 1.12 + 0.02) for c in palette.background)
    board = rounded_box(40.0, SKIRTING, DEEP, 0.010).moved(translation=(0.0, SKIRTING / 2, -BACK + DEEP / 2))
    if options.large:
        ground = [Part(floor(FRONT + BACK, z=(FRONT - BACK) / 2, tile=3.2), laid), Part(board, principled((r, g, b), roughness=0.45))]
    else:
        top = principled(picture(to_bytes(timber(1280, sown(rng), *colours, 0.4))), roughness=0.36, specular=0.42, coat=0.12)
        ground = [Part(floor(FRONT + TABLE, z=(FRONT - TABLE) / 2, tile=2.6), top)]
    return StudioSet((*ground, Part(wall(-BACK, height=18.0, tile=6.0), paint)), floor=0.0, backdrop_z=-BACK)


def _boards(size: int, rng: np.random.Generator, colours: tuple[tuple[float, float, float], tuple[float, float, float]]) -> Image:
    """Boards cut from one log, running down the picture, each from another place of it and of its own tone; ends set off."""
    log = np.transpose(timber(size, sown(rng), *colours, 0.4), (1, 0, 2))
    wide = size // BOARDS
    page = np.empty((size, size, 3), np.float32)
    for i in range(BOARDS):
        columns = np.arange(i * wide, (i + 1) * wide if i < BOARDS - 1 else size)
        source = np.roll(log, int(rng.integers(size)), 0)[:, (columns + int(rng.integers(size))) % size]
        joint = int(rng.integers(size))
        this, that = rng.uniform(0.90, 1.06, 2)
        tones = np.where((np.arange(size) - joint) % size < size * 0.55, this, that)
        page[:, columns] = source * tones[:, None, None]
        for row in (joint, joint + int(size * 0.55)):
            page[np.arange(row, row + JOINT) % size, columns[0] : columns[-1] + 1] *= 0.45
        page[:, columns[:JOINT]] *= 0.45
    return np.clip(page, 0, 1)
