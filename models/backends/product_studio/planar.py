"""A camera move over a flat picture from elsewhere: sub-pixel pan and zoom, nothing more. No depth, no parallax."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from models.asks import Move
from models.backends.product_studio.paths import eased, performance, swayed
from models.media.image_file import read_image
from models.media.planes import rgb_to_planes
from models.media.video_file import VideoWriter

# Zoom and the middle of the view (frame units off centre) at start and end.
MOVES: dict[Move, tuple[tuple[float, float, float], tuple[float, float, float]]] = {
    "static": ((1.02, 0.0, 0.0), (1.035, 0.0, 0.0)),
    "push_in": ((1.01, 0.0, 0.0), (1.12, 0.0, 0.0)),
    "pull_out": ((1.12, 0.0, 0.0), (1.01, 0.0, 0.0)),
    "slide_left": ((1.10, 0.035, 0.0), (1.10, -0.035, 0.0)),
    "slide_right": ((1.10, -0.035, 0.0), (1.10, 0.035, 0.0)),
    "pan_left": ((1.10, 0.03, 0.0), (1.10, -0.03, 0.0)),
    "pan_right": ((1.10, -0.03, 0.0), (1.10, 0.03, 0.0)),
    "rise": ((1.10, 0.0, 0.035), (1.10, 0.0, -0.035)),
    "orbit_left": ((1.08, 0.03, 0.0), (1.11, -0.03, 0.0)),
    "orbit_right": ((1.08, -0.03, 0.0), (1.11, 0.03, 0.0)),
    "handheld": ((1.07, 0.0, 0.0), (1.09, 0.0, 0.0)),
    "rack_focus": ((1.02, 0.0, 0.0), (1.08, 0.0, 0.0)),
    "light_reveal": ((1.02, 0.0, 0.0), (1.09, 0.0, 0.0)),
}


def film_flat(
    picture: Path,
    width: int,
    height: int,
    move: Move,
    n_frames: int,
    fps: int,
    file: Path,
    report: Callable[[float, str], None],
    variant: int = 0,
    strength: float = 0.6,
) -> None:
    """Write exactly `n_frames` over the picture, cropped around its middle to cover the frame. variant: which performance of the
    move (paths.performance). strength: 0..1, as for paths.path. Raises MediaError."""
    source = _covering(read_image(picture), width, height)
    luma, u, v = rgb_to_planes(source)
    chroma = np.dstack([u, v])
    way = performance(variant)
    first, last = (np.array(pose) for pose in MOVES[move])
    still = (first + last) / 2
    reach = way.reach * ((0.55 + 0.75 * min(max(strength, 0.0), 1.0)) if move != "static" else 1.0)
    first, last = (still + (pose - still) * min(reach, 1.1) for pose in (first, last))
    last = np.add(last, (way.drift.dolly, way.drift.truck_x, -way.drift.truck_y))
    with VideoWriter(file, width, height, fps, "intermediate", threads=1) as writer:
        for k in range(n_frames):
            if k % 8 == 0:
                report(k / n_frames, f"Moving the camera {k}/{n_frames}")
            zoom, x, y = first + (last - first) * eased(k / max(n_frames - 1, 1), way.speed_at_ends)
            if move == "handheld":
                sway = swayed(k / fps)
                x, y = x + 2 * sway.truck_x + sway.pan_deg / 50, y - 2 * sway.truck_y
            pair = _seen(chroma, width // 2, height // 2, zoom, x, y)
            planes = _seen(luma, width, height, zoom, x, y), pair[..., 0], pair[..., 1]
            writer.write_planes(*(np.ascontiguousarray(plane) for plane in planes))


def _covering(picture: NDArray[Any], width: int, height: int) -> NDArray[Any]:
    """The middle of the picture in the frame's proportions, 1.12 times its size so that a zoom has detail to go into."""
    h, w = picture.shape[:2]
    k = max(width / w, height / h)
    cut_w, cut_h = min(w, round(width / k)), min(h, round(height / k))
    left, top = (w - cut_w) // 2, (h - cut_h) // 2
    size = (round(width * 0.56) * 2, round(height * 0.56) * 2)
    cut = picture[top : top + cut_h, left : left + cut_w]
    return cv2.resize(cut, size, interpolation=cv2.INTER_AREA if size[0] < cut_w else cv2.INTER_CUBIC)


def _seen(plane: NDArray[Any], width: int, height: int, zoom: float, x: float, y: float) -> NDArray[Any]:
    h, w = plane.shape[:2]
    kx, ky = w / (width * zoom), h / (height * zoom)
    matrix = np.array(
        [[kx, 0, w * (0.5 + x / zoom) - kx * width / 2 + kx / 2 - 0.5], [0, ky, h * (0.5 + y / zoom) - ky * height / 2 + ky / 2 - 0.5]]
    )
    return cv2.warpAffine(plane, matrix, (width, height), flags=cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP, borderMode=cv2.BORDER_REPLICATE)
