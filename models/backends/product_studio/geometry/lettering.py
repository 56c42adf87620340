"""Words as solids: letterforms of a font file, kerned and tracked, extruded with a bevel. Knows no products.

Letterforms are traced from large anti-aliased renderings rather than read from the font's outlines: overlapping and
self-crossing contours, common in variable fonts, come out already joined, to about a two-thousandth of an em.
"""

from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from models.backends.product_studio.geometry.mesh import Floats, Mesh, merge
from models.backends.product_studio.geometry.solids import extrusion
from models.typefaces.installed import able, joined

EM_PX = 1000
MARGIN_PX = 4
BEVEL_SHARE = 0.20  # of the thinnest stroke, on each side
PLAIN = ["-liga", "-clig", "-dlig"]  # a ligature would put one form where two letters are placed

Island = tuple[Floats, ...]
"""One connected piece of a letter: its rim, then its holes; (N, 2) each, in ems, y up from the baseline."""


def lettering(
    text: str,
    font: Path,
    cap_height: float,
    depth: float,
    bevel: float = 0.0,
    tracking: float = 0.0,
    max_width: float | None = None,
    tolerance_px: float = 0.4,
) -> Mesh | None:
    """One line of raised type: centred in x, the middle of its capitals at y = 0, from z = 0 up to z = depth.

    bevel: made smaller where the font's thin strokes need it. tracking: extra space between letters, in ems. max_width: the
    whole line shrinks to fit. tolerance_px: how far, in thousandths of an em, the traced form may lie from the true curve.
    None when `text` leaves no ink. Letters that `font` lacks are taken from a typeface of the machine; what none has is left out.
    """
    font, text = able(font, text)
    em = cap_height / cap_ratio(font)
    places, width = _places(text, font, tracking)
    if max_width and width * em > max_width:
        em = max_width / width
    middle = em * cap_ratio(font) / 2
    bevel = min(bevel, BEVEL_SHARE * hairline(font) * em)
    letters = [
        extrusion([room_for_bevel(ring * em + np.array([(x - width / 2) * em, -middle]), bevel) for ring in island], depth, bevel).moved(
            translation=(0, 0, depth / 2)
        )
        for character, x in zip(_pieces(text), places, strict=True)
        for island in letterform(character, font, tolerance_px)
    ]
    return merge(letters) if letters else None


def line_width(text: str, font: Path, cap_height: float, tracking: float = 0.0) -> float:
    """How wide `lettering` makes a line, before any shrinking."""
    font, text = able(font, text)
    return _places(text, font, tracking)[1] * cap_height / cap_ratio(font)


@lru_cache(maxsize=64)
def cap_ratio(font: Path) -> float:
    """Height of a capital H, in ems."""
    _, top, _, bottom = _face(font).getbbox("H", anchor="ls")
    return float(bottom - top) / EM_PX


@lru_cache(maxsize=64)
def hairline(font: Path) -> float:
    """Thickness of the font's thin strokes, in ems: the crossbar of an H or the top of an O, whichever is thinner."""
    bars = []
    for character in "HO":
        left, top, right, bottom = (int(v) for v in _face(font).getbbox(character, anchor="ls"))
        image = Image.new("L", (right - left, bottom - top), 0)
        ImageDraw.Draw(image).text((-left, -top), character, font=_face(font), fill=255, anchor="ls")
        column = np.asarray(image)[: None if character == "H" else (bottom - top) // 2, (right - left) // 2]
        bars.append(int((column > 127).sum()))
    return min(bars) / EM_PX


@lru_cache(maxsize=512)
def letterform(character: str, font: Path, tolerance_px: float = 0.4) -> tuple[Island, ...]:
    """The islands of one letter, or of a line whose letters join, standing at the origin; none for a space."""
    face = _face(font)
    left, top, right, bottom = (int(v) for v in face.getbbox(character, anchor="ls"))
    if right <= left or bottom <= top:
        return ()
    size = (right - left + 2 * MARGIN_PX, bottom - top + 2 * MARGIN_PX)
    image = Image.new("L", size, 0)
    ImageDraw.Draw(image).text((MARGIN_PX - left, MARGIN_PX - top), character, font=face, fill=255, anchor="ls")
    origin = np.array([left - MARGIN_PX + 0.5, top - MARGIN_PX + 0.5])
    islands = traced(np.asarray(image, np.float64) / 255, tolerance_px)
    return tuple(tuple((ring + origin) * (1, -1) / EM_PX for ring in island) for island in islands)


def traced(coverage: NDArray[np.float64], tolerance_px: float) -> tuple[Island, ...]:
    """The pieces of ink in a picture of 0..1 whose border is empty, in pixels, y down; turned over (y up) their rims run
    counter-clockwise and their holes the other way."""
    rings = []
    for ring in _contours(coverage):
        simple = cv2.approxPolyDP(ring.astype(np.float32)[:, None], tolerance_px, True)[:, 0].astype(float)
        if len(simple) > 2 and abs(_area(simple)) > 4:
            rings.append(simple)
    rims = [ring for ring in rings if _area(ring) < 0]
    holes = [ring for ring in rings if _area(ring) > 0]
    return tuple((rim, *(hole for hole in holes if _contains(rim, hole[0]))) for rim in rims)


@lru_cache(maxsize=32)
def _face(font: Path) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(font), EM_PX, layout_engine=ImageFont.Layout.RAQM)


def _pieces(text: str) -> list[str]:
    """What is traced one by one: letters, or a line whose letters join."""
    return [text] if joined(text) else list(text)


def _places(text: str, font: Path, tracking: float) -> tuple[list[float], float]:
    """Left edge of each letter and the width of the line, in ems, kerned."""
    face = _face(font)
    if joined(text):
        return [0.0], face.getlength(text) / EM_PX
    starts = [face.getlength(text[: i + 1], features=PLAIN) - face.getlength(c, features=PLAIN) for i, c in enumerate(text)]
    places = [start / EM_PX + i * tracking for i, start in enumerate(starts)]
    return places, face.getlength(text, features=PLAIN) / EM_PX + max(len(text) - 1, 0) * tracking


def _contours(coverage: NDArray[np.float64]) -> list[Floats]:
    """Closed lines where `coverage` crosses one half, (N, 2) as (x, y) with y down; ink lies on the right, so that with y up
    rims run counter-clockwise.
    """
    field = coverage - 0.5 + 1e-9
    inside = field > 0
    code = inside[:-1, :-1] + 2 * inside[:-1, 1:] + 4 * inside[1:, 1:] + 8 * inside[1:, :-1]
    rows, columns = np.nonzero((code > 0) & (code < 15))
    step: dict[tuple[int, int, int], tuple[int, int, int]] = {}
    for row, column, case in zip(rows.tolist(), columns.tolist(), code[rows, columns].tolist(), strict=True):
        # Edges of a cell are named by the pixel at their start and by 0 (across) or 1 (down), so that neighbours agree.
        edges = ((row, column, 0), (row, column + 1, 1), (row + 1, column, 0), (row, column, 1))
        for enter, leave in _PASSAGES[case]:
            step[edges[enter]] = edges[leave]
    rings = []
    while step:
        start, at = step.popitem()
        chain = [start]
        while at != start:
            chain.append(at)
            at = step.pop(at)
        row, column, down = np.array(chain).T
        here, there = field[row, column], field[row + down, column + 1 - down]
        along = here / (here - there)
        rings.append(np.c_[column + along * (1 - down), row + along * down])
    return rings


# Corner bits: 1 top left, 2 top right, 4 bottom right, 8 bottom left. Edges: 0 top, 1 right, 2 bottom, 3 left.
_PASSAGES: dict[int, tuple[tuple[int, int], ...]] = {
    1: ((3, 0),),
    2: ((0, 1),),
    3: ((3, 1),),
    4: ((1, 2),),
    5: ((3, 0), (1, 2)),
    6: ((0, 2),),
    7: ((3, 2),),
    8: ((2, 3),),
    9: ((2, 0),),
    10: ((0, 1), (2, 3)),
    11: ((2, 1),),
    12: ((1, 3),),
    13: ((1, 0),),
    14: ((0, 3),),
}


def room_for_bevel(ring: Floats, bevel: float) -> Floats:
    """The ring without edges so short that a bevel would turn them over: tracing leaves such at sharp corners, which thereby
    become sharp again.
    """
    ring = ring.copy()
    while bevel > 0 and len(ring) > 4:
        edge = np.roll(ring, -1, 0) - ring
        length = np.linalg.norm(edge, axis=1)
        before = np.roll(edge, 1, 0)
        turn = np.arctan2(before[:, 0] * edge[:, 1] - before[:, 1] * edge[:, 0], np.sum(before * edge, axis=1))
        loss = np.tan(np.clip(turn, -2.8, 2.8) / 2) * bevel
        left = length - loss - np.roll(loss, -1)
        k = int(np.argmin(left))
        if left[k] > length[k] * 0.02:
            break
        n = len(ring)
        a, b, c, d = (ring[(k + i) % n] for i in (-1, 0, 1, 2))
        across = (b - a)[0] * (d - c)[1] - (b - a)[1] * (d - c)[0]
        joint = (b + c) / 2
        if abs(across) > 1e-12:
            meet = a + (b - a) * (((c - a)[0] * (d - c)[1] - (c - a)[1] * (d - c)[0]) / across)
            joint = meet if np.linalg.norm(meet - joint) < 3 * length[k] + bevel else joint
        ring[k] = joint
        ring = np.delete(ring, (k + 1) % n, 0)
    return ring


def _area(ring: Floats) -> float:
    following = np.roll(ring, -1, 0)
    return float(np.sum(ring[:, 0] * following[:, 1] - ring[:, 1] * following[:, 0]) / 2)


def _contains(ring: Floats, point: Floats) -> bool:
    following = np.roll(ring, -1, 0)
    spans = (ring[:, 1] > point[1]) != (following[:, 1] > point[1])
    rise = np.where(spans, following[:, 1] - ring[:, 1], 1.0)
    crossing = ring[:, 0] + (point[1] - ring[:, 1]) / rise * (following[:, 0] - ring[:, 0])
    return bool((spans & (crossing > point[0])).sum() % 2)
