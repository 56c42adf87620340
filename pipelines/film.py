"""What a lens and a film stock add: vignette and grain, as planes made once and applied by the kernels. Pure; knows no time."""

import numpy as np
from numpy.typing import NDArray

from pipelines.kernels import ONE, UNIT


def vignette(width: int, height: int, strength: float) -> tuple[NDArray[np.uint16], NDArray[np.uint16]]:
    """Shading planes for luma (height, width) and chroma (half), 32768 in the middle; strength 0..1, 1 takes 45 % off the corners.

    The fall-off is natural cos^4, over an ellipse a little rounder than the frame.
    """
    across, down = width / 2, height / 2
    long = max(across, down)
    across, down = 0.35 * long + 0.65 * across, 0.35 * long + 0.65 * down
    x, y = (np.arange(side // 2, dtype=np.float32) + 0.5 - side / 2 for side in (width, height))
    d = np.hypot(x[None, :] / across, y[:, None] / down)  # a quarter of it; the others are its mirror images
    d /= np.hypot(width / 2 / across, height / 2 / down)
    shade = 1 - 0.45 * strength * (1 - np.cos(d * np.pi / 3) ** 4) / (1 - 0.5**4)
    shade = np.pad(shade, ((0, height // 2), (0, width // 2)), "symmetric")
    luma = np.round(shade * ONE).astype(np.uint16)
    half = shade.reshape(height // 2, 2, width // 2, 2).mean((1, 3))
    return luma, np.round(half * ONE).astype(np.uint16)


GRAIN_ROOM = 128  # the grain tile is this much larger than the picture; each frame reads it at another offset


def grain_tile(width: int, height: int, strength: float, seed: int) -> NDArray[np.int16]:
    """(height + GRAIN_ROOM, width + GRAIN_ROOM) int16 in working units. strength 0 still dithers, lest dark gradients band."""
    rng = np.random.default_rng([seed, 0x6A12])
    noise = rng.standard_normal((height + GRAIN_ROOM, width + GRAIN_ROOM), np.float32)
    soft = (noise + 0.5 * (np.roll(noise, 1, 0) + np.roll(noise, 1, 1))) / np.float32(np.sqrt(1.5))  # silver clumps; pixels do not
    sigma = 0.45 + 3.2 * strength
    return np.round(soft * sigma * UNIT).clip(-8000, 8000).astype(np.int16)


def grain_offset(seed: int, picture: int, frame: int) -> tuple[int, int]:
    """(top, left) into the tile for a frame counted from its picture's start, so that a trim elsewhere changes nothing here."""
    h = (seed * 0x9E3779B1 + picture * 0x85EBCA77 + frame * 0xC2B2AE3D + 0x27D4EB2F) & 0xFFFFFFFF
    h = ((h ^ (h >> 15)) * 0x2C1B3C6D) & 0xFFFFFFFF
    return (h >> 8) % GRAIN_ROOM, (h >> 20) % GRAIN_ROOM
