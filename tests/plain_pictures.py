"""A backend whose pictures are plain surfaces, for tests of whole ads that are not about pictures: a real file, made at once."""

from pathlib import Path

import numpy as np

from models.asks import Ask, Clip, ImageAsk, Made, Result, Still, VideoAsk
from models.capabilities import Capabilities
from models.catalog import ModelRow
from models.context import JobContext
from models.media.image_file import write_image
from models.media.video_file import VideoWriter

ROW = ModelRow("plain/v1", ("image", "video"), "plain", "Plain surfaces", "this project's")


class PlainPictures:
    """Put it in `Runtime._backends` under "plain", and ROW in the runtime's catalogue."""

    def available(self, row: ModelRow) -> str:
        return ""

    def capabilities(self, row: ModelRow) -> Capabilities:
        return Capabilities(kinds=frozenset({"image", "video"}), max_frames=2000)

    def answer(self, ask: Ask, row: ModelRow, job: JobContext) -> Result:
        assert isinstance(ask, ImageAsk | VideoAsk)
        surface = np.full((ask.height, ask.width, 3), 110, np.uint8)
        surface[ask.height // 3 :] = 160
        name = f"{ask.seed}-{id(ask)}"
        if isinstance(ask, ImageAsk):
            return Still(self._still(job.workdir / f"{name}.png", surface), ask.width, ask.height, Made(row.id))
        with VideoWriter(path := job.workdir / f"{name}.mp4", ask.width, ask.height, ask.fps) as video:
            for _ in range(ask.n_frames):
                video.write_rgb(surface)
        return Clip(path, ask.width, ask.height, ask.n_frames, ask.fps, Made(row.id))

    def close(self) -> None:
        return None

    @staticmethod
    def _still(path: Path, surface: np.ndarray) -> Path:
        write_image(path, surface)
        return path
