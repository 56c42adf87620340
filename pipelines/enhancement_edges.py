"""What two scenes look like where they meet: pixels of the last and the first half second, before and after a correction and the grade.

It looks at the clips themselves, so that no title and no dissolve is in the way; what is foreseen here is measured on the finished film
by whoever asks for it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from models.media.video_file import VideoReader
from pipelines import grade
from pipelines.color_match import SHORT_SIDE, Samples, pixels
from pipelines.correction import Correction
from pipelines.edl import Edl, Picture
from pipelines.grade_correction import correct
from pipelines.yuv import RGB, yuv_to_rgb

WINDOW_S = 0.5
LOOKS = 3
"""Frames that are looked at within the window."""


@dataclass(frozen=True)
class Edge:
    """(n, 3) y, u, v of small frames at one side of a cut, with the correction that the clip has. looks: laid over them afterwards."""

    pixels: Samples
    looks: tuple[str, ...]

    def corrected(self, correction: Correction) -> "Edge":
        """As it would be with one more correction."""
        return replace(self, pixels=np.stack(correct(correction, *self.pixels.T), -1).astype(np.float32))

    def shown(self) -> NDArray[np.float32]:
        """Its mean colour in CIELAB, as it is seen: (3,)."""
        rgb: RGB = yuv_to_rgb(*self.pixels.T)
        for name in self.looks:
            rgb = grade.apply(grade.LOOKS[name], rgb)
        lab = cv2.cvtColor(np.clip(rgb, 0, 1)[None].astype(np.float32), cv2.COLOR_RGB2LAB)
        return np.asarray(lab[0].mean(axis=0), np.float32)


def jump(before: Edge, after: Edge) -> float:
    """How far apart the two look on average, in CIELAB."""
    return float(np.linalg.norm(before.shown() - after.shown()))


@dataclass
class Edges:
    """The edges of an edit's scenes. scenes: of each picture, gaps included, in order. moved: corrections given so far, by scene."""

    edl: Edl
    scenes: Sequence[int]
    moved: dict[int, Correction] = field(default_factory=dict)
    _seen: dict[tuple[int, bool], Edge] = field(default_factory=dict)

    @property
    def seen(self) -> frozenset[int]:
        """The scenes in which there is anything to look at; not those that are gaps alone."""
        return frozenset(scene for picture, scene in zip(self.edl.pictures, self.scenes, strict=True) if picture.lends)

    def meeting(self, one: int, other: int) -> tuple[Edge, Edge]:
        """The edges of two neighbouring scenes where they meet, the first of them as it is after what was moved."""
        before = self.as_it_was(one, other)
        return (before.corrected(self.moved[one]) if one in self.moved else before), self._edge(other, at_end=one > other)

    def as_it_was(self, one: int, other: int) -> Edge:
        """The edge of `one` where it meets `other`, before anything was moved."""
        return self._edge(one, at_end=one < other)

    def _edge(self, scene: int, *, at_end: bool) -> Edge:
        if (scene, at_end) not in self._seen:
            its = [i for i, number in enumerate(self.scenes) if number == scene and self.edl.pictures[i].lends]
            self._seen[scene, at_end] = self._looked_at(its[-1] if at_end else its[0], at_end)
        return self._seen[scene, at_end]

    def _looked_at(self, index: int, at_end: bool) -> Edge:
        """Outside the transitions, which show both scenes."""
        picture, fps = self.edl.pictures[index], self.edl.fps
        head, tail = picture.transition_frames // 2, self._tail(index)
        length = max(1, min(round(WINDOW_S * fps), picture.n_frames - head - tail))
        first = picture.n_frames - tail - length if at_end else head
        frames = self._frames(picture, picture.media_in + max(0, first), length)
        y, u, v = np.concatenate([pixels(planes) for planes in frames]).T
        return Edge(np.stack(correct(picture.match, y, u, v), -1).astype(np.float32), (picture.look, self.edl.grade))

    def _tail(self, index: int) -> int:
        after = self.edl.pictures[index + 1] if index + 1 < len(self.edl.pictures) else None
        return after.transition_frames // 2 if after else 0

    def _frames(self, picture: Picture, first: int, count: int) -> list[tuple[NDArray[np.uint8], NDArray[np.uint8], NDArray[np.uint8]]]:
        scale = SHORT_SIDE / min(self.edl.width, self.edl.height)
        size = (2 * round(self.edl.width * scale / 2), 2 * round(self.edl.height * scale / 2))
        every = max(1, count // LOOKS)
        with VideoReader(Path(picture.media)) as reader:
            seen = reader.planes(first, count, fps=picture.counted(self.edl.fps), size=size)
            return [planes for n, planes in enumerate(seen) if n % every == 0]
