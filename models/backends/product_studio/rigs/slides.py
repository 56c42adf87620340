"""Slides for the projector: what stands between the sun and the set. (n, n) float32, 1 = light passes."""

from collections.abc import Callable
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Slide = NDArray[Any]


def palm(n: int, rng: np.random.Generator) -> Slide:
    """Five palm fronds."""
    mask = np.ones((n, n), np.float32)
    for _ in range(5):
        point = np.array([rng.uniform(-0.15, 0.25), rng.uniform(-0.1, 0.9)]) * n
        start, bend, length = rng.uniform(-0.6, 0.5), rng.uniform(-0.6, 0.6), n * rng.uniform(0.8, 1.15)
        for t in np.arange(46) / 46:
            angle = start + bend * t
            point = point + _direction(angle) * length / 46
            leaf = length * 0.30 * np.sin(np.pi * (0.12 + 0.86 * t))
            for side in (-1, 1):
                outward = _direction(angle + side * (1.05 - 0.35 * t) + rng.normal(0, 0.04))
                tip, broad = point + leaf * outward, outward[::-1] * (-1, 1) * n * 0.009
                middle = (point + tip) / 2
                cv2.fillPoly(mask, [np.array([point, middle + broad, tip, middle - broad]).astype(np.int32)], 0.0)
    return cv2.GaussianBlur(mask, (0, 0), n * 0.0045)


def window(n: int, rng: np.random.Generator) -> Slide:
    """A window of six panes. What stands in the middle is lit by one of them: the bars fall beside it and at its foot."""
    mask = np.zeros((n, n), np.float32)
    pane_w, pane_h, bar = 0.33 * n, 0.40 * n, 0.03 * n
    left, top = rng.uniform(-0.04, -0.01) * n, 0.19 * n
    for column in range(3):
        for line in range(2):
            x, y = left + column * (pane_w + bar), top + line * (pane_h + bar)
            cv2.rectangle(mask, (int(x), int(y)), (int(x + pane_w), int(y + pane_h)), 1.0, -1)
    return cv2.GaussianBlur(mask, (0, 0), n * 0.006)


def branch(n: int, rng: np.random.Generator) -> Slide:
    """Leafy twigs hanging in from above."""
    mask = np.ones((n, n), np.float32)
    for _ in range(7):
        point, angle = np.array([rng.uniform(0, 1), rng.uniform(-0.1, 0.2)]) * n, rng.uniform(0.6, 2.4)
        for step in range(30):
            angle += rng.normal(0, 0.13)
            onward = point + _direction(angle) * n * 0.032
            cv2.line(mask, _pixel(point), _pixel(onward), 0.0, max(1, int(n * 0.005 * (1 - step / 32))))
            point = onward
            for side in (-1, 1):
                outward, half = angle + side * rng.uniform(0.5, 1.1), n * rng.uniform(0.026, 0.045)
                cv2.ellipse(
                    mask, _pixel(point + half * _direction(outward)), (int(half), int(half * 0.33)), np.degrees(outward), 0, 360, 0.0, -1
                )
    return cv2.GaussianBlur(mask, (0, 0), n * 0.0045)


def blinds(n: int, rng: np.random.Generator) -> Slide:
    """Slats of a half-open blind, slightly aslant."""
    y, x = np.mgrid[:n, :n].astype(np.float32) / n
    slats = np.sin((y + 0.10 * x) * 2 * np.pi * 11 + rng.uniform(0, 6))
    return cv2.GaussianBlur((slats > -0.1).astype(np.float32), (0, 0), n * 0.004)


def open_sky(n: int, rng: np.random.Generator) -> Slide:
    """Nothing in the way, with the soft edge of a real lamp."""
    y, x = np.mgrid[-1 : 1 : n * 1j, -1 : 1 : n * 1j]
    return np.clip(1.6 - 1.6 * np.hypot(x, y), 0, 1).astype(np.float32)


SLIDES: dict[str, Callable[[int, np.random.Generator], Slide]] = {
    "palm": palm,
    "window": window,
    "branch": branch,
    "blinds": blinds,
    "open": open_sky,
}


def _direction(angle: float) -> NDArray[Any]:
    return np.array([np.cos(angle), np.sin(angle)])


def _pixel(point: NDArray[Any]) -> tuple[int, int]:
    return int(point[0]), int(point[1])
