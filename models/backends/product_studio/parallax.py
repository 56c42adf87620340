"""Which canvas pixel each frame pixel comes from, when the camera has moved: exact projection through a depth layer.

Maps are worked out on a coarse grid (depth layers are smooth) and stretched to full size. Pixel (0, 0) is the middle of the
top left pixel, as OpenCV has it.
"""

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from models.backends.product_studio.camera import Camera
from models.backends.product_studio.keyframe import Canvas

Grid = NDArray[Any]
GRID = 6  # frame pixels per grid step


class Warp:
    """Backward maps from a moved camera's frame to one depth layer of the still. depth covers the canvas edge to edge."""

    def __init__(self, camera: Camera, canvas: Canvas, depth: Grid) -> None:
        self._camera, self._canvas = camera, canvas
        self._size = (max(canvas.width // GRID, 8), max(canvas.height // GRID, 8))
        self._depth = depth
        columns, rows = self._size
        x, y = (np.arange(columns + 2) - 0.5) / columns, (np.arange(rows + 2) - 0.5) / rows  # one point beyond each edge
        self._x, self._y = (g.astype(np.float32) for g in np.meshgrid(x, y))

    def grid(self, moved: Camera) -> tuple[Grid, Grid]:
        """Source position, in frame units of the still, of every grid point of the moved camera's frame."""
        still, half, aspect = self._camera, self._camera.half_height(), self._camera.aspect
        turn = (moved.axes() @ still.axes().T).astype(np.float32)  # still's axes seen from the moved camera
        offset = (moved.axes() @ np.subtract(still.origin, moved.origin)).astype(np.float32)
        reach_x, reach_y = 2 * half * aspect, 2 * half
        source_x, source_y = self._x.copy(), self._y.copy()
        for _ in range(4):  # fixed point: forward-project the guess, correct by the miss
            distance = self._sampled(source_x, source_y)
            ray_x, ray_y = (source_x - 0.5 - still.shift[0]) * reach_x, (0.5 + still.shift[1] - source_y) * reach_y
            depth = distance / np.sqrt(ray_x * ray_x + ray_y * ray_y + 1)
            right, up, ahead = ((turn[k, 0] * ray_x + turn[k, 1] * ray_y + turn[k, 2]) * depth + offset[k] for k in range(3))
            ahead = np.maximum(ahead, 1e-3)
            source_x += self._x - (right / (ahead * reach_x) + 0.5 + moved.shift[0])
            source_y += self._y - (0.5 - up / (ahead * reach_y) + moved.shift[1])
        return source_x, source_y

    def reaches(self, moved: Camera) -> bool:
        """Whether every frame pixel has a source on the canvas."""
        x, y = self.grid(moved)
        x0, y0, x1, y1 = self._canvas.box
        edge = 1.5 / self._canvas.width, 1.5 / self._canvas.height
        return bool(x.min() > x0 + edge[0] and x.max() < x1 - edge[0] and y.min() > y0 + edge[1] and y.max() < y1 - edge[1])

    def _sampled(self, x: Grid, y: Grid) -> Grid:
        rows, columns = self._depth.shape
        x0, y0, x1, y1 = self._canvas.box
        at_x = (x - x0) * np.float32(columns / (x1 - x0)) - np.float32(0.5)
        at_y = (y - y0) * np.float32(rows / (y1 - y0)) - np.float32(0.5)
        return cv2.remap(self._depth, at_x, at_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)


def pixel_maps(
    grid: tuple[Grid, Grid],
    canvas: Canvas,
    per_pixel: int = 1,
    corner: tuple[int, int] = (0, 0),
    part: tuple[int, int, int, int] | None = None,
) -> tuple[NDArray[Any], NDArray[Any]]:
    """Fixed-point maps for cv2.remap of the whole frame, or of `part` (x0, y0, x1, y1 in mapped pixels).

    per_pixel: 2 for chroma planes. corner: canvas pixel of the source picture's top left pixel.
    """
    width, height = canvas.width // per_pixel, canvas.height // per_pixel
    x0, y0, x1, y1 = part or (0, 0, width, height)
    rows, columns = grid[0].shape[0] - 2, grid[0].shape[1] - 2
    kx, ky = columns / width, rows / height
    matrix = np.array([[kx, 0, (x0 + 0.5) * kx + 0.5], [0, ky, (y0 + 0.5) * ky + 0.5]])
    pixels = []
    for source, scale, start in ((grid[0], canvas.width, canvas.left - corner[0]), (grid[1], canvas.height, canvas.top - corner[1])):
        at = (source * np.float32(scale) + np.float32(start)) / np.float32(per_pixel) - np.float32(0.5)
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        pixels.append(cv2.warpAffine(at, matrix, (x1 - x0, y1 - y0), flags=flags, borderMode=cv2.BORDER_REPLICATE))
    return cv2.convertMaps(pixels[0], pixels[1], cv2.CV_16SC2)
