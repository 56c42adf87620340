"""Where the subject of a clip is, so that another shape of picture can be cut around it. It knows frames, not ads.

What draws the eye is what stands out: light and colour unlike what surrounds it, edges, and things that move against the rest. A clip has
one place for all its frames, so that the crop stands still; with nothing that stands out it is the middle.
"""

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from models.media.planes import planes_to_rgb
from models.media.video_file import VideoReader

LOOKED_AT = (0.15, 0.5, 0.85)
"""Of what is shown of the clip."""

LONG_SIDE = 96
"""Pixels in which it is looked for: a subject is large."""

Map = NDArray[np.float32]


def focus_of(clip: Path, first: int, count: int, fps: int, shape: float) -> tuple[float, float]:
    """The middle (0..1 across, 0..1 down) of the best crop of this shape (width / height) for `count` frames from `first` on.

    Raises MediaError.
    """
    with VideoReader(clip) as reader:
        scale = LONG_SIDE / max(reader.width, reader.height)
        size = max(16, round(reader.width * scale / 2) * 2), max(16, round(reader.height * scale / 2) * 2)
        moments = sorted({first + int(at * (count - 1)) for at in LOOKED_AT})
        seen = [planes_to_rgb(planes) for planes in reader.glimpses(moments, fps=fps, size=size)]
    return best_crop(standing_out(seen), shape)


def standing_out(pictures: list[NDArray[np.uint8]]) -> Map:
    """(H, W) ≥ 0, sum 1: how much each place draws the eye, over some pictures (H, W, 3) of one clip."""
    total = np.zeros(pictures[0].shape[:2], np.float32)
    for picture in pictures:
        lab = cv2.cvtColor(picture.astype(np.float32) / 255, cv2.COLOR_RGB2LAB)
        small = cv2.GaussianBlur(lab, (0, 0), 1.0)
        around = cv2.GaussianBlur(lab, (0, 0), max(picture.shape[:2]) / 6)
        contrast = np.linalg.norm(small - around, axis=2)
        light = small[..., 0]
        edges = np.hypot(cv2.Sobel(light, cv2.CV_32F, 1, 0), cv2.Sobel(light, cv2.CV_32F, 0, 1))
        total += (contrast + 0.25 * edges).astype(np.float32)
    if len(pictures) > 1:
        light = np.stack([cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY).astype(np.float32) for picture in pictures])
        total += 0.5 * light.std(axis=0)
    total = np.maximum(total - np.median(total), 0) ** 1.5  # a busy ground is no subject
    whole = float(total.sum())
    return total / whole if whole > 1e-3 else np.full_like(total, 1 / total.size)


def best_crop(weight: Map, shape: float) -> tuple[float, float]:
    """The middle of the window of this shape, as large as fits, that holds most of the weight; of equals, the one nearest to the middle."""
    height, width = weight.shape
    wide, high = min(width, round(height * shape)), min(height, round(width / shape))
    summed = np.pad(np.cumsum(np.cumsum(weight, 0), 1), ((1, 0), (1, 0)))
    held = summed[high:, wide:] - summed[:-high, wide:] - summed[high:, :-wide] + summed[:-high, :-wide]
    rows, columns = held.shape
    y, x = np.mgrid[0:rows, 0:columns].astype(np.float32)
    off = np.hypot(x - (columns - 1) / 2, y - (rows - 1) / 2) / max(rows, columns)
    top, left = np.unravel_index(int(np.argmax(held - 0.05 * off)), held.shape)
    return _middle(int(left), wide, width), _middle(int(top), high, height)


def _middle(at: int, part: int, whole: int) -> float:
    """Of a window of `part` cells, 0..1; within a cell of the middle it is the middle."""
    found = (at + part / 2) / whole
    return 0.5 if abs(found - 0.5) <= 1 / whole else round(found, 4)
