"""A title as ink on planes, frame by frame: every letter, word or line in its pose.

Sprites are rasterised once at twice the resolution and warped to sub-pixel places; what does not move is not drawn again. It knows
nothing of pictures beyond the planes it is given.
"""

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from pipelines.captions.decals import Decal
from pipelines.captions.layout import Ink, TextLayout
from pipelines.captions.legibility import Backing, label_color, scrim_plane
from pipelines.captions.sprites import WHOLE, Unit, units
from pipelines.edl import Title
from pipelines.kernels import BLACK, NEUTRAL, ONE, WHITE, Kernels, Planes16
from pipelines.text_animations import ANIMATIONS, EXITS, Pose, breath, drawn_under
from pipelines.text_animations.pose import progress, quint_out, sine_in_out
from pipelines.yuv import ink_levels

_INKS: tuple[Ink, ...] = ("accent", "type", "label")
_SCRIM_IN_S, _SCRIM_OUT_S = 0.6, 0.4


class Lettering:
    """One title, ready to be drawn on frames of (width, height) at fps."""

    def __init__(self, title: Title, layout: TextLayout, back: Backing, fps: int) -> None:
        width, height = layout.size
        self._title, self._fps, self._back = title, fps, back
        self._short = min(width, height)
        self._units = [unit for source in range(len(title.lines)) for unit in units(title, layout, source)]
        logos = [shape for shape in layout.shapes if shape.kind == "logo"]
        self._decals = [Decal(shape, title.lines[shape.source].image, back.plate, 0.05 * self._short) for shape in logos]
        pad = 0.07 * self._short
        left, top, right, bottom = layout.box
        self._left, self._top = (max(0, int(v - pad)) // 2 * 2 for v in (left, top))
        self._width = min(width, int(right + pad)) // 2 * 2 - self._left
        self._height = min(height, int(bottom + pad)) // 2 * 2 - self._top
        levels = {"type": title.color, "accent": title.accent, "label": label_color(title)}
        self._levels = {ink: ink_levels(color) for ink, color in levels.items()}
        self._scrim = _scrim(scrim_plane(layout, title.position, width, height), back) if back.scrim > 0.01 and layout.lines else None
        self._drawn_for: tuple[Pose, ...] = ()
        self._drawn: list[tuple[tuple[int, int, int], NDArray[np.uint16], NDArray[np.uint16]]] = []

    def draw(self, planes: Planes16, frame: int, kernels: Kernels) -> None:
        """Lay the title over `planes` as it stands `frame` frames after its start; nothing outside its time."""
        if not (self._units or self._decals) or not 0 <= frame < self._title.n_frames:
            return
        t, left_s = (frame + 0.5) / self._fps, (self._title.n_frames - frame - 0.5) / self._fps
        if self._scrim:
            alpha = sine_in_out(progress(t, 0, _SCRIM_IN_S))
            if self._title.exit_animation != "none":
                alpha *= sine_in_out(progress(left_s, 0, _SCRIM_OUT_S))
            luma, chroma, top = self._scrim
            levels = WHITE if self._back.light else BLACK, NEUTRAL, NEUTRAL
            _lay(planes, levels, luma, chroma, self._back.scrim * alpha, top, 0, kernels)
        poses = tuple(self._pose(unit, t, left_s) for unit in self._units)
        if poses != self._drawn_for:
            self._drawn, self._drawn_for = self._render(poses), poses
        for levels, luma, chroma in self._drawn:
            _lay(planes, levels, luma, chroma, 1.0, self._top, self._left, kernels)
        for decal in self._decals:
            decal.draw(planes, self._whole(decal.source, t, left_s))

    def _whole(self, source: int, t: float, left_s: float) -> Pose:
        """Of something that is moved in one piece."""
        line = self._title.lines[source]
        delay_s = line.delay / self._fps
        moves = ANIMATIONS[line.animation if line.animation in WHOLE else "rise"]
        return moves.pose(t - delay_s, self._title.n_frames / self._fps - delay_s, 0, 1).then(EXITS[self._title.exit_animation](left_s))

    def _pose(self, unit: Unit, t: float, left_s: float) -> Pose:
        delay_s = self._title.lines[unit.source].delay / self._fps
        out = EXITS[self._title.exit_animation](left_s)
        if unit.stroke:
            return drawn_under(t - delay_s, self._title.n_frames / self._fps - delay_s).then(out)
        if unit.animation is None:  # a rule draws itself from its middle
            p = progress(t, delay_s, 1.1)
            return Pose(alpha=min(1.0, 3 * p), reveal=quint_out(p)).then(out)
        pose = unit.animation.pose(t - delay_s, self._title.n_frames / self._fps - delay_s, unit.i, unit.n).then(out)
        return pose.then(breath(t - delay_s)) if self._title.lines[unit.source].role == "cta" else pose

    def _render(self, poses: tuple[Pose, ...]) -> list[tuple[tuple[int, int, int], NDArray[np.uint16], NDArray[np.uint16]]]:
        """(levels, luma coverage, chroma coverage) from the bottom layer up: the shadow, then each ink."""
        layers: dict[Ink, NDArray[np.uint16]] = {}
        for unit, pose in zip(self._units, poses, strict=True):
            if pose.alpha > 0.002 and pose.reveal > 0.002:
                layer = layers.setdefault(unit.ink, np.zeros((self._height, self._width), np.uint16))
                self._stamp(layer, unit, pose)
        drawn = []
        if "type" in layers and self._back.shadow > 0.01:
            shadow = self._shadow(layers["type"])
            drawn.append(((BLACK, NEUTRAL, NEUTRAL), shadow, _halved(shadow)))
        for ink in _INKS:
            if ink in layers:
                drawn.append((self._levels[ink], layers[ink], _halved(layers[ink])))
        return drawn

    def _stamp(self, layer: NDArray[np.uint16], unit: Unit, pose: Pose) -> None:
        """Warp the unit's sprite into place; where units meet, the denser one stands."""
        sprite: NDArray[Any] = unit.sprite
        if pose.blur > 0.004:
            sigma = 2 * pose.blur * unit.em
            sprite = _blurred(sprite, sigma)
        h, w = sprite.shape
        s = pose.scale
        x = unit.left + w / 4 * (1 - s) + pose.dx * unit.em - self._left
        y = unit.top + h / 4 * (1 - s) + pose.dy * unit.em + (1 - pose.turn) * unit.travel - self._top
        x0, y0 = max(0, int(np.floor(x))), max(0, int(np.floor(y)))
        x1, y1 = min(self._width, int(np.ceil(x + w / 2 * s)) + 1), min(self._height, int(np.ceil(y + h / 2 * s)) + 1)
        if pose.masked or unit.travel:
            y0, y1 = max(y0, round(unit.band[0]) - self._top), min(y1, round(unit.band[1]) - self._top)
        if x1 <= x0 or y1 <= y0:
            return
        place = np.array([[s / 2, 0, x - x0 + s / 4 - 0.5], [0, s / 2, y - y0 + s / 4 - 0.5]])
        found: NDArray[Any] = cv2.warpAffine(sprite, place, (x1 - x0, y1 - y0), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT)
        if pose.reveal < 1:
            begin = x + pose.anchor * (1 - pose.reveal) * w / 2 * s
            end = begin + pose.reveal * w / 2 * s
            at = np.arange(x0, x1) + 0.5
            found = found * np.clip(np.minimum(at - begin, end - at) + 0.5, 0, 1)[None, :]
        coverage = (found * (pose.alpha * ONE / 255)).astype(np.uint16)
        np.maximum(layer[y0:y1, x0:x1], coverage, out=layer[y0:y1, x0:x1])

    def _shadow(self, coverage: NDArray[np.uint16]) -> NDArray[np.uint16]:
        """Wide and soft, slightly below: felt, not seen."""
        small = cv2.resize(coverage, (self._width // 4, self._height // 4), interpolation=cv2.INTER_AREA).astype(np.float32)
        near = cv2.GaussianBlur(small, (0, 0), 0.0045 * self._short / 4 + 0.3)
        wide = cv2.GaussianBlur(small, (0, 0), 0.018 * self._short / 4 + 0.3)
        soft: NDArray[Any] = np.minimum(0.5 * near + 2.0 * wide, 0.72 * ONE) * self._back.shadow
        shift = np.array([[1, 0, 0], [0, 1, 0.003 * self._short / 4]])
        soft = cv2.warpAffine(soft, shift, (soft.shape[1], soft.shape[0]), borderMode=cv2.BORDER_REPLICATE)
        return cv2.resize(soft, (self._width, self._height), interpolation=cv2.INTER_LINEAR).astype(np.uint16)


def _blurred(sprite: NDArray[Any], sigma: float) -> NDArray[Any]:
    """A wide blur holds no detail: it is made at a quarter of the size, for a tenth of the work."""
    if sigma < 8:
        return cv2.GaussianBlur(sprite, (0, 0), sigma)
    h, w = sprite.shape
    small = cv2.resize(sprite, (max(1, w // 4), max(1, h // 4)), interpolation=cv2.INTER_AREA)
    return cv2.resize(cv2.GaussianBlur(small, (0, 0), sigma / 4), (w, h), interpolation=cv2.INTER_LINEAR)


def _scrim(plane: tuple[NDArray[np.uint16], int], back: Backing) -> tuple[NDArray[np.uint16], NDArray[np.uint16], int]:
    """(luma coverage, chroma coverage, first row). Colour goes less than light does, so that the scrim is a deeper (or paler) tint
    of the picture, not grey over it."""
    coverage, top = plane
    return coverage, (_halved(coverage) * (0.3 if back.light else 0.45)).astype(np.uint16), top


def _halved(coverage: NDArray[np.uint16]) -> NDArray[np.uint16]:
    h, w = coverage.shape
    half: NDArray[Any] = cv2.resize(coverage, (w // 2, h // 2), interpolation=cv2.INTER_AREA)
    return half


def _lay(
    planes: Planes16,
    levels: tuple[int, int, int],
    luma: NDArray[np.uint16],
    chroma: NDArray[np.uint16],
    alpha: float,
    top: int,
    left: int,
    kernels: Kernels,
) -> None:
    weight = round(alpha * ONE)
    kernels.ink(planes[0], luma, weight, levels[0], top, left)
    for plane, level in zip(planes[1:], levels[1:], strict=True):
        kernels.ink(plane, chroma, weight, level, top // 2, left // 2)
