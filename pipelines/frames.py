"""The edit as finished frames: graded, cut together, lettered, grained and faded, one after the other or any one alone.

Frames are (y, u, v) uint8, BT.709 limited, ready to encode. It knows nothing of files being written, or of sound.
"""

from collections.abc import Generator, Sequence
from contextlib import closing

import cv2
import numpy as np
from numpy.typing import NDArray

from models.media.planes import Planes
from models.media.staged import staged
from pipelines import film, grade, halation
from pipelines.captions.layout import layout
from pipelines.captions.legibility import backing
from pipelines.captions.lettering import Lettering
from pipelines.edl import Edl
from pipelines.frame_keys import fade, moments
from pipelines.grade_correction import correct, corrected
from pipelines.kernels import BLACK, NEUTRAL, ONE, Kernels, Planes16
from pipelines.sources import Sources, showing
from pipelines.transitions import TRANSITIONS
from pipelines.word_captions.drawing import Captions
from pipelines.word_captions.setting import set_captions
from pipelines.yuv import yuv_to_rgb

_GROUND = 8  # legibility is judged on pictures this many times smaller


class Composer:
    """Everything about an edit that does not change from frame to frame. warnings: sentences for the user."""

    def __init__(self, edl: Edl, sources: Sources, kernels: Kernels) -> None:
        width, height = edl.width, edl.height
        self._edl, self._kernels = edl, kernels
        self._looks = [(picture.look, edl.grade) for picture in edl.pictures]
        self._tables: dict[int, grade.GradeTables] = {}
        self._shade = film.vignette(width, height, edl.vignette)
        self._glow = halation.STRENGTHS.get(edl.grade, 0.0)
        self._grain = film.grain_tile(width, height, edl.grain, edl.seed)
        self._work = [_blank(width, height), _blank(width, height)]
        layouts = [layout(title, width, height, edl.safe) for title in edl.titles]
        captions = set_captions(edl)
        self._captions = Captions(edl, captions)
        self.warnings = (*(warning for found in layouts for warning in found.warnings), *captions.warnings)
        self._letterings = [
            (title, Lettering(title, found, backing(title, found, grounds), edl.fps))
            for title, found, grounds in zip(edl.titles, layouts, self._grounds(sources), strict=True)
        ]

    def frame(self, n: int, pictures: dict[int, Planes]) -> Planes:
        """Frame n from the decoded planes of the pictures that it shows."""
        edl, now = self._edl, showing(self._edl, n)
        planes = self._graded(now.first, pictures[now.first], self._work[0])
        if now.second is not None:
            after = self._graded(now.second, pictures[now.second], self._work[1])
            planes = TRANSITIONS[edl.pictures[now.second].transition_in](planes, after, now.w, self._kernels)
        if self._glow:
            halation.glow(planes, self._glow)
        for title, lettering in self._letterings:
            lettering.draw(planes, n - title.start, self._kernels)
        self._captions.draw(planes, n, self._kernels)
        main = edl.pictures[now.main]
        return self._finished(planes, film.grain_offset(edl.seed, now.main, n - main.start), fade(edl, n))

    def _graded(self, i: int, source: Planes, out: Planes16) -> Planes16:
        if not self._edl.pictures[i].media:  # a gap is black whatever the grade makes of blacks
            for plane, level in zip(out, (BLACK, NEUTRAL, NEUTRAL), strict=True):
                plane.fill(level)
            return out
        tables = self._tables.get(i) or self._tables.setdefault(i, corrected(grade.compiled(self._looks[i]), self._edl.pictures[i].match))
        self._kernels.grade_luma(*source, tables.luma, self._shade[0], out[0])
        self._kernels.grade_chroma(*source, tables.chroma, tables.slope, self._shade[1], out[1], out[2])
        return out

    def _finished(self, planes: Planes16, offset: tuple[int, int], gain: float) -> Planes:
        y, u, v = (np.empty(plane.shape, np.uint8) for plane in planes)
        weight = round(gain * ONE)
        self._kernels.finish_luma(planes[0], self._grain, *offset, weight, y)
        self._kernels.finish_chroma(planes[1], weight, u)
        self._kernels.finish_chroma(planes[2], weight, v)
        return y, u, v

    def _grounds(self, sources: Sources) -> list[list[NDArray[np.float32]]]:
        """For each title what lies behind it at its first, middle and last frame and after each cut within it, small, in RGB."""
        edl = self._edl
        size = max(16, edl.width // _GROUND // 2 * 2), max(16, edl.height // _GROUND // 2 * 2)
        shade = np.asarray(cv2.resize(self._shade[0].astype(np.float32) / ONE, size, interpolation=cv2.INTER_AREA), np.float32)
        looked_at = [moments(edl, title) for title in edl.titles]
        grounds = {}
        for n, planes in sources.glimpses([n for found in looked_at for n in found], size).items():
            main = showing(edl, n).main
            if not edl.pictures[main].media:
                grounds[n] = np.zeros((size[1], size[0], 3), np.float32)
                continue
            y, u, v = (plane.astype(np.float32) for plane in planes)
            rgb = yuv_to_rgb(*correct(edl.pictures[main].match, y, u.repeat(2, 0).repeat(2, 1), v.repeat(2, 0).repeat(2, 1)))
            look = tuple(step for name in self._looks[main] for step in grade.LOOKS[name])
            shown = np.clip(grade.apply(look, rgb) * shade[..., None], 0, 1)
            grounds[n] = np.clip(halation.glowing(shown, self._glow), 0, 1) if self._glow else shown
        return [[grounds[n] for n in found] for found in looked_at]


def composed(composer: Composer, sources: Sources, wanted: Sequence[int] | None = None) -> Generator[Planes, None, None]:
    """Every frame in order, or those wanted (rising); decoding runs ahead in one thread, composing in another. Closing it stops both."""

    def made() -> Generator[Planes, None, None]:
        with closing(staged(sources.frames(wanted), 3, "decode")) as decoded:
            for n, pictures in decoded:
                yield composer.frame(n, pictures)

    return staged(made(), 3, "compose")


def _blank(width: int, height: int) -> Planes16:
    half = (height // 2, width // 2)
    return np.zeros((height, width), np.uint16), np.zeros(half, np.uint16), np.zeros(half, np.uint16)
