"""The contact sheet: a thumbnail of every frame, kept while a film is decoded for its scores. 43 kB a frame: 62 MB for a minute at 24.

Everything about scenes is measured on it, after the decode, when scenes are known.
"""

from collections.abc import Sequence
from typing import overload

import cv2
import numpy as np
from numpy.typing import NDArray

from eval.coherence.color import Lab, lab
from eval.film import Frame, Rgb
from eval.views import thumb

_BLOCK = 64


class Sheet(Sequence[Rgb]):
    """A watcher for `eval.scoring.score`, and then a sequence of thumbnails: (h, w, 3) uint8 RGB, long side 160. times_s: of each.

    Thumbnails lie in blocks: kept one by one among the large temporaries of each frame, they would leave holes in memory that
    grow with the length of the video.
    """

    def __init__(self) -> None:
        self.times_s: list[float] = []
        self._blocks: list[NDArray[np.uint8]] = []

    def __call__(self, frame: Frame) -> None:
        """Keep one frame's thumbnail."""
        block, place = divmod(len(self.times_s), _BLOCK)
        if block == len(self._blocks):
            self._blocks.append(np.empty((_BLOCK, *frame.view(thumb).shape), np.uint8))
        self._blocks[block][place] = frame.view(thumb)
        self.times_s.append(frame.time_s)

    def __len__(self) -> int:
        return len(self.times_s)

    @overload
    def __getitem__(self, index: int) -> Rgb: ...

    @overload
    def __getitem__(self, index: slice) -> list[Rgb]: ...

    def __getitem__(self, index: int | slice) -> Rgb | list[Rgb]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        if not -len(self) <= index < len(self):
            raise IndexError(index)
        block, place = divmod(index % len(self), _BLOCK)
        found: Rgb = self._blocks[block][place]
        return found

    def time(self, frame: int) -> float:
        """Seconds at which a frame is shown."""
        return self.times_s[min(max(frame, 0), len(self.times_s) - 1)]

    def pixels(self, first: int, end: int) -> Lab:
        """L*a*b* of frames first … end - 1, (n, h, w, 3)."""
        return lab(np.stack(self[max(0, first) : max(first + 1, end)]))

    def changes(self) -> NDArray[np.float64]:
        """How much the content changes into each frame, 0..255: mean difference in hue, saturation and value (as PySceneDetect); 0
        for the first.
        """
        found = [0.0]
        former = cv2.cvtColor(self[0], cv2.COLOR_RGB2HSV).astype(np.int16)
        for picture in self[1:]:
            now = cv2.cvtColor(picture, cv2.COLOR_RGB2HSV).astype(np.int16)
            step = np.abs(now - former)
            step[..., 0] = np.minimum(step[..., 0], 180 - step[..., 0])
            found.append(float(step.mean()))
            former = now
        return np.array(found)
