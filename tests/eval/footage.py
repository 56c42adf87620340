"""Footage for the tests of eval: moving texture in memory, and files of it through a real encoder."""

from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np
from numpy.typing import NDArray

Rgb = NDArray[np.uint8]


def texture(height: int, width: int, seed: int = 0) -> NDArray[np.float32]:
    """(h, w, 3) float32, 20..235: soft patches with fine detail."""
    random = np.random.default_rng(seed)
    broad = cv2.resize(
        random.random((height // 12 + 3, width // 12 + 3, 3)).astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC
    )
    fine = cv2.GaussianBlur(random.normal(0, 1, (height, width)).astype(np.float32), (0, 0), 1.2)[..., None]
    return np.clip(60 + 130 * broad + 40 * fine, 20, 235).astype(np.float32)


def pan(n: int, speed: float, width: int = 320, height: int = 240, noise: float = 0.0, seed: int = 0, jitter: float = 0.0) -> list[Rgb]:
    """n frames of a camera that moves `speed` pixels a frame to the right, exactly; jitter: extra pixels, at random."""
    random = np.random.default_rng(seed + 1)
    wide = texture(height, width + int(abs(speed) * n + 4 * jitter) + 8, seed)
    frames = []
    for i in range(n):
        at = 2 * jitter + (speed * i if speed >= 0 else -speed * (n - 1 - i)) + jitter * random.uniform(-1, 1)
        shift = np.array([[1, 0, -at], [0, 1, 0]], np.float32)
        moved = cv2.warpAffine(wide, shift, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT)
        frames.append(np.clip(moved + random.normal(0, noise, moved.shape) + 0.5, 0, 255).astype(np.uint8))
    return frames


def write(path: Path, frames: list[Rgb], fps: int = 24, pixel_format: str = "yuv420p", ticks: list[int] | None = None) -> Path:
    """An MP4 by libx264. ticks: times in 1/240 s, for a variable frame rate."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=fps, options={"crf": "18", "preset": "ultrafast"})
        stream.height, stream.width = frames[0].shape[:2]
        stream.pix_fmt = pixel_format
        if ticks:
            stream.codec_context.time_base = Fraction(1, 240)
        for i, rgb in enumerate(frames):
            frame = av.VideoFrame.from_ndarray(rgb, format="rgb24")
            if ticks:
                frame.pts, frame.time_base = ticks[i], Fraction(1, 240)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def opencv_frames(path: Path) -> list[Rgb]:
    """What another decoder makes of the file."""
    video, frames = cv2.VideoCapture(str(path)), []
    while True:
        there, bgr = video.read()
        if not there:
            return frames
        frames.append(np.ascontiguousarray(bgr[..., ::-1]))
