"""Captions as ink on planes, frame by frame. A page is drawn once, when it appears; a frame only lays it down.

    glow    soft darkness (or light, behind dark type) around the line       line
    edge    each letter with a rim and a soft shadow; they come at once     word
    plate   a plate with round corners; a lit field moves from word to word  highlight

The ground behind the type gives it CONTRAST to one on any picture whatever, so nothing is measured and nothing flickers.
"""

from bisect import bisect_right
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from pipelines import colors
from pipelines.captions import glyphs
from pipelines.edl import Edl
from pipelines.kernels import BLACK, NEUTRAL, ONE, WHITE, Kernels, Planes16
from pipelines.text_animations.pose import progress, quint_out, sine_in_out
from pipelines.word_captions.grounds import box, glow, opacity, rim
from pipelines.word_captions.setting import Set, SetPage, SetWord
from pipelines.word_captions.styles import STYLES, WordStyle
from pipelines.yuv import ink_levels

_IN_S, _OUT_S = 0.2, 0.16
_NEXT_S = 0.08
"""Where one page follows another at once."""

_POP_S, _POP = 0.12, 0.06
_SLIDE_S = 0.13
_PAD_ACROSS, _PAD_DOWN = 0.55, 0.34  # ems, of a plate around its lines
_LIT_ACROSS, _LIT_UP, _LIT_DOWN = 0.16, 1.02, 0.3  # ems, of the lit field around its word, from the baseline
_MARGIN = 0.9  # ems around everything that is drawn
_DENSE = {"glow": 0.0, "edge": 0.8, "plate": 0.66}  # what looks right where it is more than contrast asks
_VISIBLE = 2.2  # contrast to one, from which a lit field is seen on its plate

Coverage = NDArray[np.uint16]
Levels = tuple[int, int, int]


class Captions:
    """All captions of an edit, ready to be drawn on its frames."""

    def __init__(self, edl: Edl, placed: Set) -> None:
        self._pages, self._edl = placed.pages, edl
        self._starts = [page.page.start for page in placed.pages]
        self._drawn: tuple[int, _DrawnPage] | None = None

    def draw(self, planes: Planes16, frame: int, kernels: Kernels) -> None:
        """Lay what is said at this frame of the film over `planes`; nothing where nothing is."""
        i = bisect_right(self._starts, frame) - 1
        if i < 0 or frame >= self._pages[i].page.end:
            return
        if self._drawn is None or self._drawn[0] != i:
            page, others = self._pages[i].page, (self._pages[max(0, i - 1)].page, self._pages[min(i + 1, len(self._pages) - 1)].page)
            comes, leaves = i == 0 or others[0].end < page.start, i + 1 == len(self._pages) or page.end < others[1].start
            self._drawn = i, _DrawnPage(self._pages[i], self._edl, comes, leaves)
        self._drawn[1].draw(planes, frame - self._starts[i], kernels)


class _DrawnPage:
    """One page: its ground and its type as coverage, at the picture's own resolution, with an even corner."""

    def __init__(self, placed: SetPage, edl: Edl, comes: bool, leaves: bool) -> None:
        how = edl.captioning
        self._style: WordStyle = STYLES[how.style]
        self._placed, self._fps = placed, edl.fps
        size = placed.page.size
        left, top, right, bottom = placed.box
        margin = _MARGIN * size
        self.left, self.top = (max(0, int(v - margin)) // 2 * 2 for v in (left, top))
        self.width = min(edl.width, int(right + margin)) // 2 * 2 - self.left
        self.height = min(edl.height, int(bottom + margin)) // 2 * 2 - self.top
        # Of a title's colour only whether it is light: a caption's contrast has to hold on every picture.
        light = colors.luminance(how.color) > 0.18
        self._levels: Levels = ink_levels("#FFFFFF" if light else "#111111")
        self._behind: Levels = (BLACK if light else WHITE, NEUTRAL, NEUTRAL)
        self._opacity = max(opacity(light), _DENSE[self._style.ground])
        self._comes, self._leaves = comes, leaves
        whole = self._coverage(placed.words)
        self._type = whole, _halved(whole)
        ground = self._ground(whole)
        self._under = ground, _halved(ground)
        if self._style.lit:
            plate = "#000000" if light else "#FFFFFF"
            lit = how.accent if colors.contrast(how.accent, plate) >= _VISIBLE else ("#FFFFFF" if light else "#111111")
            self._lit, self._label = ink_levels(lit), ink_levels(colors.readable_on(lit))

    def draw(self, planes: Planes16, frame: int, kernels: Kernels) -> None:
        """As it stands `frame` frames after its start."""
        t, left_s = (frame + 0.5) / self._fps, (self._placed.page.n_frames - frame - 0.5) / self._fps
        alpha = sine_in_out(progress(t, 0, _IN_S if self._comes else _NEXT_S))
        alpha *= sine_in_out(progress(left_s, 0, _OUT_S if self._leaves else _NEXT_S))
        if self._style.pops:
            if (arrived := progress(t, 0, _POP_S)) < 1:
                self._arriving(planes, arrived, kernels)
                return
            alpha = sine_in_out(progress(left_s, 0, 0.5 * _OUT_S)) if self._leaves else 1.0
        self._lay(planes, self._behind, self._under, self._opacity * alpha, kernels)
        if self._style.lit and (field := self._field(frame)) is not None:
            under, over = self._type[0].astype(np.uint32), field.astype(np.uint32)
            label = (under * over >> 15).astype(np.uint16)
            rest = (under - label).astype(np.uint16)
            self._lay(planes, self._lit, (field, _halved(field)), alpha, kernels)
            self._lay(planes, self._levels, (rest, _halved(rest)), alpha, kernels)
            self._lay(planes, self._label, (label, _halved(label)), alpha, kernels)
            return
        self._lay(planes, self._levels, self._type, alpha, kernels)

    def _arriving(self, planes: Planes16, arrived: float, kernels: Kernels) -> None:
        """Words that come in one piece: a little smaller at first."""
        scale = 1 - _POP * (1 - quint_out(arrived))
        place = np.array([[scale, 0, self.width / 2 * (1 - scale)], [0, scale, self.height / 2 * (1 - scale)]])
        alpha = sine_in_out(arrived)
        for levels, (coverage, _), dense in ((self._behind, self._under, self._opacity), (self._levels, self._type, 1.0)):
            moved: NDArray[Any] = cv2.warpAffine(coverage, place, (self.width, self.height), flags=cv2.INTER_LINEAR)
            self._lay(planes, levels, (moved, _halved(moved)), dense * alpha, kernels)

    def _field(self, frame: int) -> Coverage | None:
        """What is lit: the word that is said, the one before it on its way; none before the first word."""
        said = [i for i, word in enumerate(self._placed.words) if word.start <= frame]
        if not said:
            return None
        now = self._around(self._placed.words[said[-1]])
        t = (frame - self._placed.words[said[-1]].start + 0.5) / self._fps
        if len(said) > 1 and t < _SLIDE_S and self._placed.words[said[-2]].row == self._placed.words[said[-1]].row:
            way, before = quint_out(t / _SLIDE_S), self._around(self._placed.words[said[-2]])
            now = tuple(a + (b - a) * way for a, b in zip(before, now, strict=True))  # type: ignore[assignment]
        return box((self.height, self.width), now, 0.22 * self._placed.page.size)

    def _around(self, word: SetWord) -> tuple[float, float, float, float]:
        size = self._placed.page.size
        x, y = word.x - self.left, word.baseline - self.top
        return x - _LIT_ACROSS * size, y - _LIT_UP * size, x + word.width + _LIT_ACROSS * size, y + _LIT_DOWN * size

    def _ground(self, type_: Coverage) -> Coverage:
        size = self._placed.page.size
        left, top, right, bottom = self._placed.box
        edges = left - self.left, top - self.top, right - self.left, bottom - self.top
        if self._style.ground == "edge":
            return rim(type_, size)
        if self._style.ground == "glow":
            return glow((self.height, self.width), edges, size)
        across, down = _PAD_ACROSS * size, _PAD_DOWN * size
        return box((self.height, self.width), (edges[0] - across, edges[1] - down, edges[2] + across, edges[3] + down), 0.42 * size)

    def _coverage(self, words: tuple[SetWord, ...]) -> Coverage:
        """Type at the picture's resolution, from letters drawn at twice of it."""
        shape = 2 * self.height, 2 * self.width
        font, size = self._placed.page.font, self._placed.page.size
        whole = np.zeros(shape, np.uint8)
        for word in words:
            piece = (glyphs.Piece(word.text, word.x, word.width, 0),)
            np.maximum(whole, glyphs.raster(font, size, piece, self.left, self.top, word.baseline, shape), out=whole)
        small: NDArray[Any] = cv2.resize(whole, (self.width, self.height), interpolation=cv2.INTER_AREA)
        return (small.astype(np.float32) * (ONE / 255)).astype(np.uint16)

    def _lay(self, planes: Planes16, levels: Levels, ink: tuple[Coverage, Coverage], alpha: float, kernels: Kernels) -> None:
        weight = round(alpha * ONE)
        if weight <= 0:
            return
        kernels.ink(planes[0], ink[0], weight, levels[0], self.top, self.left)
        for plane, level in zip(planes[1:], levels[1:], strict=True):
            kernels.ink(plane, ink[1], weight, level, self.top // 2, self.left // 2)


def _halved(coverage: Coverage) -> Coverage:
    h, w = coverage.shape
    half: NDArray[Any] = cv2.resize(coverage, (w // 2, h // 2), interpolation=cv2.INTER_AREA)
    return half
