"""A title as ink on planes, frame by frame: every letter, word or line in its pose.

Sprites are rasterised once at twice the resolution and warped to sub-pixel places; what does not move is not drawn again. It knows
nothing of pictures beyond the planes it is given.
"""

from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from pipelines.captions import glyphs
from pipelines.captions.layout import Ink, SetLine, Shape, TextLayout
from pipelines.captions.legibility import Backing, label_color, scrim_plane
from pipelines.edl import Title
from pipelines.kernels import BLACK, NEUTRAL, ONE, WHITE, Kernels
from pipelines.text_animations import ANIMATIONS, EXITS, Animation, Pose, breath, drawn_under
from pipelines.text_animations.pose import progress, quint_out, sine_in_out
from pipelines.yuv import ink_levels

Planes16 = tuple[NDArray[np.uint16], NDArray[np.uint16], NDArray[np.uint16]]
_INKS: tuple[Ink, ...] = ("accent", "type", "label")
_WHOLE = ("fade", "rise", "scale", "blur_in")  # what a button may do; for other animations it rises
_SCRIM_IN_S, _SCRIM_OUT_S = 0.6, 0.4
_DIGITS = frozenset("0123456789")
_STRIP = 1.35  # ems between the digits of a counter


@dataclass(frozen=True)
class _Unit:
    """Something that moves in one piece. sprite: coverage at 2x, whose corner stands at (left, top) at rest.
    band: (top, bottom) that a masked pose is cut to. em: what the pose's offsets are measured in. travel: pixels that a digit has
    to turn to its value: its sprite holds those before it, above."""

    sprite: NDArray[np.uint8]
    left: float
    top: float
    band: tuple[float, float]
    em: float
    source: int
    ink: Ink
    animation: Animation | None
    i: int
    n: int
    travel: float = 0.0
    stroke: bool = False


class Lettering:
    """One title, ready to be drawn on frames of (width, height) at fps."""

    def __init__(self, title: Title, layout: TextLayout, back: Backing, fps: int) -> None:
        width, height = layout.size
        self._title, self._fps, self._back = title, fps, back
        self._short = min(width, height)
        self._units = [unit for source in range(len(title.lines)) for unit in _units(title, layout, source)]
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
        if not self._units or not 0 <= frame < self._title.n_frames:
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

    def _pose(self, unit: _Unit, t: float, left_s: float) -> Pose:
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

    def _stamp(self, layer: NDArray[np.uint16], unit: _Unit, pose: Pose) -> None:
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


def _units(title: Title, layout: TextLayout, source: int) -> list[_Unit]:
    """Everything of one line of the title: its shapes, then its type divided as its animation wants it."""
    name = title.lines[source].animation
    shapes = [shape for shape in layout.shapes if shape.source == source]
    rows = [row for row in layout.lines if row.source == source]
    if any(shape.kind == "button" for shape in shapes):
        moves = ANIMATIONS[name if name in _WHOLE else "rise"]
        groups = [[row.pieces] for row in rows]
    else:
        moves = ANIMATIONS[name]
        groups = [_divided(row, moves) for row in rows]
    em = rows[0].size if rows else 1.0
    found = [_shape_unit(shape, moves if shape.kind == "button" else None, em) for shape in shapes]
    total, counted = sum(map(len, groups)), 0
    for row, parts in zip(rows, groups, strict=True):
        for k, part in enumerate(parts):
            i, n = (k, len(parts)) if moves.by_row else (counted, total)
            found.append(_type_unit(row, part, moves, i, n))
            counted += 1
    return found


def _divided(row: SetLine, moves: Animation) -> list[tuple[glyphs.Piece, ...]]:
    if moves.unit == "line":
        return [row.pieces]
    if moves.unit == "letter":
        return [(piece,) for piece in row.pieces]
    words = sorted({piece.word for piece in row.pieces})
    return [tuple(piece for piece in row.pieces if piece.word == word) for word in words]


def _type_unit(row: SetLine, part: tuple[glyphs.Piece, ...], moves: Animation, i: int, n: int) -> _Unit:
    room = 0.35 * row.size  # for swashes, accents and blur
    left, right = part[0].x - room, part[-1].x + part[-1].width + room
    top, bottom = row.baseline - 1.15 * row.size - room, row.baseline + 0.4 * row.size + room
    # The sprite's grid is the picture's, so that at rest two by two of its pixels make exactly one.
    left, top = float(np.floor(left)), float(np.floor(top))
    shape = (2 * int(np.ceil(bottom - top)), 2 * int(np.ceil(right - left)))
    sprite = glyphs.raster(row.font, row.size, part, left, top, row.baseline, shape)
    band = (row.baseline - 1.0 * row.size, row.baseline + 0.3 * row.size)
    if moves.rolls and len(part) == 1 and part[0].text in _DIGITS:
        return _counting(row, part[0], moves, i, n, (left, top, bottom), band, shape[1])
    return _Unit(sprite, left, top, band, row.size, row.source, row.ink, moves, i, n)


def _counting(
    row: SetLine,
    piece: glyphs.Piece,
    moves: Animation,
    i: int,
    n: int,
    place: tuple[float, float, float],
    band: tuple[float, float],
    columns: int,
) -> _Unit:
    """A digit with all before it on a strip that climbs through the line's band; each is centred where the last one will stand."""
    left, top, bottom = place
    step = float(np.ceil(_STRIP * row.size))
    digit = int(piece.text)
    top -= digit * step
    shape = (2 * int(np.ceil(bottom - top)), columns)
    sprite = np.zeros(shape, np.uint8)
    for value in range(digit + 1):
        text = str(value)
        width = glyphs.advance(row.font, row.size, text)
        shown = replace(piece, text=text, x=piece.x + (piece.width - width) / 2, width=width)
        baseline = row.baseline - (digit - value) * step
        np.maximum(sprite, glyphs.raster(row.font, row.size, (shown,), left, top, baseline, shape), out=sprite)
    return _Unit(sprite, left, top, band, row.size, row.source, row.ink, moves, i, n, travel=digit * step)


def _shape_unit(shape: Shape, moves: Animation | None, em: float) -> _Unit:
    """A box with round corners, filled or outlined, by its distance field."""
    left, top = float(np.floor(shape.left)) - 2, float(np.floor(shape.top)) - 2
    w, h = int(np.ceil(shape.right - left)) + 2, int(np.ceil(shape.bottom - top)) + 2
    y, x = (np.mgrid[0 : 2 * h, 0 : 2 * w].astype(np.float32) + 0.5) / 2
    across = np.abs(x + left - (shape.left + shape.right) / 2) - (shape.right - shape.left) / 2 + shape.radius
    down = np.abs(y + top - (shape.top + shape.bottom) / 2) - (shape.bottom - shape.top) / 2 + shape.radius
    distance = np.hypot(np.maximum(across, 0), np.maximum(down, 0)) + np.minimum(np.maximum(across, down), 0) - shape.radius
    if shape.stroke:
        distance = np.abs(distance + shape.stroke / 2) - shape.stroke / 2
    sprite = np.round(np.clip(0.5 - 2 * distance, 0, 1) * 255).astype(np.uint8)
    band, stroke = (shape.top, shape.bottom), shape.kind == "underline"
    return _Unit(sprite, left, top, band, em, shape.source, shape.ink, moves, 0, 1, stroke=stroke)


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
