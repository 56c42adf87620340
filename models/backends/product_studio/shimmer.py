"""Water that does not stand still: what is mirrored in it wanders a little, as slow waves tilt its surface.

The waves lie on the water in the room, so they shrink into the distance and keep still under a moving camera. Only where a
picture is looked up changes; nothing is rendered again.
"""

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from models.backends.product_studio.layers import Layers

Grid = NDArray[Any]
WET = ("dark_water",)
WAVES = 6
SHORTEST, LONGEST = 3.2, 11.0  # radians a studio unit
SWELL = 0.0075  # how far a reflection wanders at the product's distance, shares of the frame's height
ACROSS = 0.35  # of that, sideways
LEVEL = 0.10  # the surface is found this near to the height of the floor, studio units


class Shimmer:
    """The waves of one picture. Raises nothing: where there is no water in sight they are all still."""

    def __init__(self, layers: Layers) -> None:
        self._canvas = layers.canvas
        across, along, wet = _water(layers)
        rng = layers.spec.rng("shimmer")
        heading = rng.uniform(0.25, 0.75, WAVES) * np.pi  # mostly towards the camera: reflections are drawn out upwards
        length = np.geomspace(SHORTEST, LONGEST, WAVES)
        self._phase = [
            (k * (across * np.cos(a) + along * np.sin(a)) + rng.uniform(0, 2 * np.pi)).astype(np.float32)
            for k, a in zip(length, heading, strict=True)
        ]
        self._speed = 0.62 * np.sqrt(length)  # long waves are the faster ones, their pattern the slower
        self._share = (length / SHORTEST) ** -0.55
        self._share /= self._share.sum()
        self._wet = wet

    def moved(self, grid: tuple[Grid, Grid], seconds: float) -> tuple[Grid, Grid]:
        """`grid` (source positions, frame units) as the water shows them at that time."""
        lift, drift = np.zeros_like(self._wet), np.zeros_like(self._wet)
        for phase, speed, share in zip(self._phase, self._speed, self._share, strict=True):
            wave = np.sin(phase + np.float32(speed * 2 * np.pi * 0.32 * seconds))
            lift += np.float32(share) * wave
            drift += np.float32(share) * np.roll(wave, 3, 0)
        rows, columns = self._wet.shape
        x0, y0, x1, y1 = self._canvas.box
        at_x = (grid[0] - x0) * np.float32(columns / (x1 - x0)) - np.float32(0.5)
        at_y = (grid[1] - y0) * np.float32(rows / (y1 - y0)) - np.float32(0.5)
        wander = cv2.merge([drift * self._wet * np.float32(ACROSS * SWELL), lift * self._wet * np.float32(SWELL)])
        found = cv2.remap(wander, at_x, at_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        return grid[0] + found[..., 0], grid[1] + found[..., 1]


def _water(layers: Layers) -> tuple[Grid, Grid, Grid]:
    """For each depth sample: where it lies in the room (x, z), and how much a reflection wanders there: 0 on dry land, 1 on water
    at the product's distance, less behind it."""
    camera, canvas, distance = layers.camera, layers.canvas, layers.plate_depth
    rows, columns = distance.shape
    x0, y0, x1, y1 = canvas.box
    x, y = np.meshgrid(x0 + (np.arange(columns) + 0.5) / columns * (x1 - x0), y0 + (np.arange(rows) + 0.5) / rows * (y1 - y0))
    half = camera.half_height()
    right, up, forward = camera.axes()
    ray = (
        forward
        + ((x - 0.5 - camera.shift[0]) * 2 * half * camera.aspect)[..., None] * right
        + ((0.5 + camera.shift[1] - y) * 2 * half)[..., None] * up
    )
    place = np.asarray(camera.origin) + ray / np.linalg.norm(ray, axis=2, keepdims=True) * distance[..., None]
    level = np.abs(place[..., 1]) < LEVEL
    near = np.clip(camera.distance() / np.maximum(distance, 0.5), 0, 1.6)
    wet = cv2.GaussianBlur((cv2.erode(level.astype(np.float32), np.ones((3, 3))) * near).astype(np.float32), (0, 0), 1.2)
    return place[..., 0], place[..., 2], wet
