"""How alike the scenes look to an image encoder: cosine distance of their mean features. `style_v1`, named after the encoder.

Like DreamFactory's CSSC in spirit, whose formula is not published. Range 0..2, lower is more alike. Content counts as well: a hand and a
watch differ in any style.
"""

from collections.abc import Sequence

import numpy as np

from eval.film import Frame
from eval.networks import Network
from eval.resize import clip_crop
from eval.scenes import SceneSpan

PER_SCENE = 3


class StyleWatcher:
    """A watcher that shows three frames of each scene, away from transitions, to a CLIP image encoder (`Networks.clip_b32`)."""

    def __init__(self, scenes: Sequence[SceneSpan], encoder: Network) -> None:
        self._encoder = encoder
        self.name = f"style_v1@{encoder.model}"
        self._wanted: dict[int, int] = {}
        self._features: dict[int, list[np.ndarray]] = {scene.number: [] for scene in scenes}
        for scene in scenes:
            first, last = scene.first + scene.head, max(scene.first + scene.head, scene.end - 1 - scene.tail)
            for index in np.linspace(first, last, min(PER_SCENE, last - first + 1)).round().astype(int):
                self._wanted[int(index)] = scene.number

    def __call__(self, frame: Frame) -> None:
        """Look at a frame, if it is one of those."""
        if frame.index in self._wanted:
            import torch

            with torch.inference_mode():
                feature = self._encoder.call(frame.view(clip_crop)).float().numpy()[0]
            self._features[self._wanted[frame.index]].append(feature / max(1e-12, float(np.linalg.norm(feature))))

    def distances(self) -> dict[tuple[int, int], float]:
        """By pair of scene numbers."""
        means = {number: np.mean(rows, axis=0) for number, rows in self._features.items() if rows}
        units = {number: mean / max(1e-12, float(np.linalg.norm(mean))) for number, mean in means.items()}
        numbers = sorted(units)
        return {(s, t): float(1 - units[s] @ units[t]) for i, s in enumerate(numbers) for t in numbers[i + 1 :]}
