"""What a title is divided into that moves in one piece: letters, words, lines, rules, buttons, stars – each a sprite at its place.

Sprites are coverage at twice the resolution; their grid is the picture's, so that at rest two by two of their pixels make exactly one.
"""

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from pipelines.captions import glyphs
from pipelines.captions.layout import Ink, SetLine, Shape, TextLayout
from pipelines.edl import Title
from pipelines.text_animations import ANIMATIONS, Animation

WHOLE = ("fade", "rise", "scale", "blur_in")  # what a button may do; for other animations it rises
_POINTS, _WAIST = 5, 0.5  # of a star; its inner corners, as a share of the outer ones
_FINE = 4  # stars are drawn this much larger and averaged
_HOLLOW = 72  # coverage of what a rating lacks, 0..255
_DIGITS = frozenset("0123456789")
_STRIP = 1.35  # ems between the digits of a counter


@dataclass(frozen=True)
class Unit:
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


def units(title: Title, layout: TextLayout, source: int) -> list[Unit]:
    """Everything of one line of the title: its shapes, then its type divided as its animation wants it."""
    name = title.lines[source].animation
    shapes = [shape for shape in layout.shapes if shape.source == source and shape.kind != "logo"]
    rows = [row for row in layout.lines if row.source == source]
    if any(shape.kind == "button" for shape in shapes):
        moves = ANIMATIONS[name if name in WHOLE else "rise"]
        groups = [[row.pieces] for row in rows]
    else:
        moves = ANIMATIONS[name]
        groups = [_divided(row, moves) for row in rows]
    em = rows[0].size if rows else 1.0
    stars = [shape for shape in shapes if shape.kind == "star"]
    found = [_star_unit(shape, i, len(stars), em) for i, shape in enumerate(stars)]
    for shape in shapes:
        if shape.kind != "star":
            written = shape.kind == "underline" or title.lines[source].role == "callout"
            found.append(_shape_unit(shape, moves if shape.kind == "button" else None, em, written))
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


def _type_unit(row: SetLine, part: tuple[glyphs.Piece, ...], moves: Animation, i: int, n: int) -> Unit:
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
    return Unit(sprite, left, top, band, row.size, row.source, row.ink, moves, i, n)


def _counting(
    row: SetLine,
    piece: glyphs.Piece,
    moves: Animation,
    i: int,
    n: int,
    place: tuple[float, float, float],
    band: tuple[float, float],
    columns: int,
) -> Unit:
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
    return Unit(sprite, left, top, band, row.size, row.source, row.ink, moves, i, n, travel=digit * step)


def _shape_unit(shape: Shape, moves: Animation | None, em: float, written: bool) -> Unit:
    """A box with round corners, filled or outlined, by its distance field. written: it is drawn from its beginning to its end."""
    left, top = float(np.floor(shape.left)) - 2, float(np.floor(shape.top)) - 2
    w, h = int(np.ceil(shape.right - left)) + 2, int(np.ceil(shape.bottom - top)) + 2
    y, x = (np.mgrid[0 : 2 * h, 0 : 2 * w].astype(np.float32) + 0.5) / 2
    across = np.abs(x + left - (shape.left + shape.right) / 2) - (shape.right - shape.left) / 2 + shape.radius
    down = np.abs(y + top - (shape.top + shape.bottom) / 2) - (shape.bottom - shape.top) / 2 + shape.radius
    distance = np.hypot(np.maximum(across, 0), np.maximum(down, 0)) + np.minimum(np.maximum(across, down), 0) - shape.radius
    if shape.stroke:
        distance = np.abs(distance + shape.stroke / 2) - shape.stroke / 2
    sprite = np.round(np.clip(0.5 - 2 * distance, 0, 1) * 255).astype(np.uint8)
    return Unit(sprite, left, top, (shape.top, shape.bottom), em, shape.source, shape.ink, moves, 0, 1, stroke=written)


def _star_unit(shape: Shape, i: int, n: int, em: float) -> Unit:
    """A star, full to its share from the left and faint beyond it; they arrive one after the other."""
    left, top = float(np.floor(shape.left)) - 1, float(np.floor(shape.top)) - 1
    side = int(np.ceil(shape.right - left)) + 2
    scale = 2 * _FINE
    middle, radius = np.array([(shape.left + shape.right) / 2 - left, (shape.top + shape.bottom) / 2 - top]), (shape.right - shape.left) / 2
    turn = np.arange(2 * _POINTS) * np.pi / _POINTS - np.pi / 2
    away = np.where(np.arange(2 * _POINTS) % 2, _WAIST * radius, radius)
    corners = middle + away[:, None] * np.stack([np.cos(turn), np.sin(turn)], -1)
    fine = np.zeros((scale * side, scale * side), np.uint8)
    cv2.fillPoly(fine, [np.round(corners * scale).astype(np.int32)], (255,))
    drawn = cv2.resize(fine, (2 * side, 2 * side), interpolation=cv2.INTER_AREA)
    at = (np.arange(2 * side) + 0.5) / 2 + left
    full = np.clip((shape.left + shape.share * (shape.right - shape.left) - at) * 2 + 0.5, 0, 1)
    weight = full + (1 - full) * _HOLLOW / 255
    sprite = np.round(drawn * weight[None, :]).astype(np.uint8)
    return Unit(sprite, left, top, (shape.top, shape.bottom), em, shape.source, shape.ink, ANIMATIONS["scale"], i, n)
