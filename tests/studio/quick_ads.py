"""A `make` for tests: reports like the main path, obeys cancel, and leaves a real little MP4. The prompt says how it goes."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import av
import numpy as np

from models.errors import Cancelled, ModelFailed
from pipelines.brief import Brief
from pipelines.progress import Progress, Stage

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


class QuickMake:
    """Callable as services.making.Make. pace_s: seconds per step; `gate` holds every ad at its first step until set."""

    def __init__(self, folder: Path, *, pace_s: float = 0.0) -> None:
        self.folder, self.pace_s = folder, pace_s
        self.gate = threading.Event()
        self.gate.set()
        self.made: list[Brief] = []

    def __call__(self, brief: Brief, on_progress: Callable[[Progress], None], cancel: threading.Event) -> QuickAd:
        self.made.append(brief)
        for percent, step, text in STEPS:
            on_progress(Progress(percent, step, text))
            if "broken model" in brief.prompt and step == "visuals":
                raise ModelFailed("device-side assert at kernel 0x7f", model="product-studio")
            if "bug" in brief.prompt and step == "visuals":
                raise ZeroDivisionError("secret detail")
            while not self.gate.wait(0.01):
                _check(cancel)
            if cancel.wait(self.pace_s):
                _check(cancel)
        return tiny_ad(self.folder, f"ad{len(self.made)}")


def _check(cancel: threading.Event) -> None:
    if cancel.is_set():
        raise Cancelled("Cancelled.")


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
    timeline.write_text("{}")
    return QuickAd(path, poster, timeline, width, height, n_frames / fps, n_frames)
