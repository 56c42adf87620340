"""A real little MP4 in place of an ad, and what the main path would have reported on the way."""

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import av
import numpy as np
import opentimelineio as otio

from pipelines.progress import Stage
from pipelines.timeline import write_timeline

STEPS = (
    (2, "spec", "Reading the brief"),
    (10, "plan", "Planning the scenes"),
    (20, "visuals", "Photographing 5 shots"),
    (35, "visuals", "Shading pass 12 of 32 (shot 2)"),
    (55, "visuals", "Shading pass 30 of 32 (shot 4)"),
    (72, "sound", "Writing the music"),
    (76, "compose", "Cutting, setting type and grading"),
    (90, "compose", "Finishing frame 220 of 360"),
)


@dataclass(frozen=True)
class QuickAd:
    """The fields of pipelines.ad.Ad that the application reads."""

    path: Path
    poster: Path
    timeline: Path
    width: int
    height: int
    duration_s: float
    n_frames: int = 12
    models: tuple[str, ...] = ("built-in copywriter", "product-studio", "sound-studio")
    cost_usd: Decimal = Decimal(0)
    notes: tuple[str, ...] = ("No brand name in the prompt; “Aurelia” was chosen.",)
    stages: tuple[Stage, ...] = (
        Stage("spec", 0.1),
        Stage("plan", 0.2),
        Stage("visuals", 61.4),
        Stage("sound", 0.3),
        Stage("mix", 1.2),
        Stage("compose", 24.8),
    )


def tiny_ad(folder: Path, name: str, *, width: int = 108, height: int = 192, n_frames: int = 24, fps: int = 12) -> QuickAd:
    """A playable H.264 MP4 of moving stripes, and its poster."""
    folder.mkdir(parents=True, exist_ok=True)
    path, poster, timeline = (folder / f"{name}{suffix}" for suffix in (".mp4", ".png", ".otio"))
    rows = np.arange(height)[:, None, None]
    with av.open(str(path), "w", options={"movflags": "faststart"}) as file:
        stream = file.add_stream("h264", rate=fps)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        for n in range(n_frames):
            picture = np.broadcast_to((rows * 2 + n * 5) % 200 + np.array([10, 20, 40]), (height, width, 3)).astype(np.uint8)
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(picture), format="rgb24")
            if n == 0:
                frame.to_image().save(poster)
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    write_timeline(otio.schema.Timeline("ad"), timeline)  # of nothing: an edit that names no files
    return QuickAd(path, poster, timeline, width, height, n_frames / fps, n_frames)
