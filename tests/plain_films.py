"""A video backend that films nothing: a textured wall, seen by a camera that pans, shakes, stands still or is switched off."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import uuid4

import numpy as np

from models.asks import Ask, Clip, Made, Result, VideoAsk
from models.capabilities import Capabilities
from models.catalog import ModelRow
from models.context import JobContext
from models.errors import ModelFailed
from models.media.video_file import VideoWriter
from tests.eval.footage import pan

FILM_ROW = ModelRow("plain/film", ("video",), "plain_film", "Plain film", "test", price_per_second=Decimal("0.01"))

ACTS = {"pan": (0.5, 0.0), "shaky": (0.5, 3.0)}
"""Pixels a frame, and pixels at random."""


def always_pan(ask: VideoAsk) -> str:
    return "pan"


@dataclass
class PlainFilms:
    """act: what happens to an ask: one of ACTS, "black", "fail", or "wait" (until it is stopped)."""

    act: Callable[[VideoAsk], str] = always_pan
    asked: list[VideoAsk] = field(default_factory=list)

    def available(self, row: ModelRow) -> str:
        return ""

    def capabilities(self, row: ModelRow) -> Capabilities:
        return Capabilities(kinds=frozenset({"video"}), max_side=512, fps=(24, 25), negative_prompt=True)

    def answer(self, ask: Ask, row: ModelRow, job: JobContext) -> Result:
        assert isinstance(ask, VideoAsk)
        self.asked.append(ask)
        act = self.act(ask)
        if act == "fail":
            raise ModelFailed("the shutter jammed", model=row.id, cost_usd=Decimal(0))
        while act == "wait":
            job.check()
            time.sleep(0.02)
        path = job.workdir / f"film-{uuid4().hex[:8]}.mp4"
        with VideoWriter(path, ask.width, ask.height, ask.fps, threads=1) as film:
            if act == "black":
                for _ in range(ask.n_frames):
                    film.write_rgb(np.zeros((ask.height, ask.width, 3), np.uint8))
            else:
                speed, jitter = ACTS[act]
                for frame in pan(ask.n_frames, speed, ask.width, ask.height, seed=ask.seed % 7, jitter=jitter):
                    film.write_rgb(frame)
        cost = row.price_per_second * ask.n_frames / ask.fps
        return Clip(path, ask.width, ask.height, ask.n_frames, ask.fps, Made(row.id, ask.seed, cost_usd=cost))

    def close(self) -> None:
        return None
