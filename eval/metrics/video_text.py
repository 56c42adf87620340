"""The formula that VBench's overall_consistency and temporal_style share: how well a video matches a sentence, by ViCLIP.

Eight frames from the middles of eight equal stretches (the last one repeated where there are fewer), resized as bytes, short side 224,
bicubic, centre crop; cosine of the video's and the sentence's features. Range -1..1, higher is better.
"""

from typing import TYPE_CHECKING

import numpy as np

from eval.film import Film, Frame
from eval.metrics.metric import Asked, Metric
from eval.networks import VideoText
from eval.resize import clip_crop_rounded
from eval.scores import Score

if TYPE_CHECKING:
    from torch import Tensor

N_FRAMES = 8


class VideoTextMatch(Metric):
    """Network: video_text. Keeps eight small frames."""

    vbench = True
    slots = ("video_text",)
    range = (-1.0, 1.0)
    needs_prompt = True

    def __init__(self, film: Film, asked: Asked) -> None:
        super().__init__(film, asked)
        self.indices = middles(film.n_frames, N_FRAMES)
        self._kept: dict[int, Tensor] = {}

    def take(self, frame: Frame) -> None:
        if frame.index in self.indices:
            self._kept[frame.index] = frame.view(clip_crop_rounded)

    def finish(self) -> Score:
        import torch

        network: VideoText = self.net("video_text").call
        frames = torch.cat([self._kept[index] for index in self.indices])
        with torch.inference_mode():
            video, text = network.video(frames[None]).float(), network.text(self.asked.prompt).float()
            match = (video / video.norm(dim=-1, keepdim=True)) @ (text / text.norm(dim=-1, keepdim=True)).T
        return self.score(float(match[0][0]))


def middles(n_frames: int, count: int) -> list[int]:
    """Frame numbers: the middle of each of `count` stretches, the last one repeated where there are fewer frames."""
    stretches = min(count, n_frames)
    edges = np.linspace(0, n_frames, stretches + 1).astype(int)
    found = [int((edges[i] + edges[i + 1] - 1) // 2) for i in range(stretches)]
    return found + [found[-1]] * (count - stretches)
