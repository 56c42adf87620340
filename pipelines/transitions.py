"""From one picture to the next: pure functions (a, b, w) -> planes, by name.

a and b are working planes (y, u, v), uint16 (see pipelines.kernels), of one size; w runs from 0 to 1. w = 0 gives a, w = 1 gives b,
exactly. Nothing is remembered between frames. The kernels do what is done to every pixel. Adding a transition is adding
a function and a row.
"""

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from pipelines.kernels import BLACK, NEUTRAL, ONE, WHITE, Kernels

Plane = NDArray[np.uint16]
Planes = tuple[Plane, Plane, Plane]
Transition = Callable[[Planes, Planes, float, Kernels], Planes]


def cut(a: Planes, b: Planes, w: float, kernels: Kernels) -> Planes:
    """One or the other."""
    return a if w < 0.5 else b


def crossfade(a: Planes, b: Planes, w: float, kernels: Kernels) -> Planes:
    """A dissolve in light: highlights carry over and the middle keeps its brightness."""
    w = _smooth(w)
    weight = round(w * ONE)
    luma = np.empty_like(a[0])
    kernels.dissolve(a[0], b[0], weight, luma)
    return luma, _blend(a[1], b[1], w), _blend(a[2], b[2], w)


def dip_to_black(a: Planes, b: Planes, w: float, kernels: Kernels) -> Planes:
    """Out to black, and in again."""
    return _dip(a, b, w, BLACK)


def dip_to_white(a: Planes, b: Planes, w: float, kernels: Kernels) -> Planes:
    """Out to white, and in again."""
    return _dip(a, b, w, WHITE)


def soft_wipe(a: Planes, b: Planes, w: float, kernels: Kernels) -> Planes:
    """A broad soft edge crosses from lower left to upper right."""
    height, width = a[0].shape
    y, x = _grid(height, width)
    along = (0.88 * x + 0.12 * (1 - y)).astype(np.float32)
    return _masked(a, b, _edge(along, _smooth(w), 0.45), kernels)


def push(a: Planes, b: Planes, w: float, kernels: Kernels) -> Planes:
    """b pushes a out to the left, with motion blur where it is fast."""
    p = _quart_in_out(w)
    speed = (_quart_in_out(min(1.0, w + 0.02)) - _quart_in_out(max(0.0, w - 0.02))) / 0.04
    planes = []
    for pa, pb in zip(a, b, strict=True):
        height, width = pa.shape
        both = np.concatenate([pa, pb], axis=1)
        moved = cv2.warpAffine(both, np.array([[1, 0, -p * width], [0, 1, 0]]), (width, height), flags=cv2.INTER_LINEAR)
        smear = int(0.035 * width * speed) | 1
        blurred = cv2.blur(moved, (smear, 1), borderType=cv2.BORDER_REPLICATE) if smear > 1 and 0 < w < 1 else moved
        planes.append(np.asarray(blurred, np.uint16))
    return planes[0], planes[1], planes[2]


def zoom_through(a: Planes, b: Planes, w: float, kernels: Kernels) -> Planes:
    """Through the picture: a rushes past, b is found behind it and settles."""
    if w <= 0 or w >= 1:
        return a if w <= 0 else b
    ahead, behind = 1 + 0.85 * w**2.5, 1 - 0.2 * (1 - w) ** 2.5
    weight = _smooth(np.clip((w - 0.28) / 0.44, 0, 1))
    speed = 4 * w * (1 - w)
    planes = []
    for pa, pb in zip(a, b, strict=True):
        near = _zoomed(pa, ahead, 0.09 * speed * w) if weight < 1 else pb
        far = _zoomed(pb, behind, 0.09 * speed * (1 - w)) if weight > 0 else near
        planes.append(_blend(near, far, weight))
    return planes[0], planes[1], planes[2]


def light_sweep(a: Planes, b: Planes, w: float, kernels: Kernels) -> Planes:
    """An anamorphic streak of light crosses the picture, and what it leaves behind is b."""
    height, width = a[0].shape
    y, x = _grid(height, width)
    p = 0.5 * (w + _smooth(w))
    tilt = (x + 0.10 * (y - 0.5)).astype(np.float32)
    centre = -0.3 + 1.6 * p
    planes = _masked(a, b, np.clip((centre - tilt) / 0.30 + 0.5, 0, 1), kernels)
    strength = np.float32(np.sin(np.pi * min(1.0, max(0.0, w))) ** 1.2)
    if strength <= 1e-4:
        return planes
    across, down = tilt - centre, y - 0.44
    veil = np.exp(-((across / 0.32) ** 2))
    glow = np.exp(-((across / 0.17) ** 2) - (down / 0.6) ** 2)
    core = np.exp(-((across / 0.07) ** 2) - (down / 0.3) ** 2)
    streak = np.exp(-((across / 0.5) ** 2) - (np.abs(down) / 0.016) ** 1.5)
    light = strength * np.clip(0.20 * veil + 0.34 * glow + 0.42 * core + 0.22 * streak, 0, 0.94)
    full, half = _upscaled(light, height, width)
    kernels.ink(planes[0], _weights(full), ONE, WHITE, 0, 0)
    # A breath of warmth, as from tungsten glass: blue down, red up.
    kernels.ink(planes[1], _weights(half * 0.9), ONE, NEUTRAL - 5 * 64, 0, 0)
    kernels.ink(planes[2], _weights(half * 0.9), ONE, NEUTRAL + 3 * 64, 0, 0)
    return planes


TRANSITIONS: dict[str, Transition] = {
    "cut": cut,
    "crossfade": crossfade,
    "dip_to_black": dip_to_black,
    "dip_to_white": dip_to_white,
    "soft_wipe": soft_wipe,
    "push": push,
    "zoom_through": zoom_through,
    "light_sweep": light_sweep,
}


def _dip(a: Planes, b: Planes, w: float, level: int) -> Planes:
    shown = a if w < 0.5 else b
    keep = _smooth(abs(2 * w - 1))
    levels = (level, NEUTRAL, NEUTRAL)
    y, u, v = (np.asarray(cv2.addWeighted(p, keep, p, 0, (1 - keep) * at), np.uint16) for p, at in zip(shown, levels, strict=True))
    return y, u, v


def _blend(a: Plane, b: Plane, w: float) -> Plane:
    return np.asarray(cv2.addWeighted(a, 1 - w, b, w, 0), np.uint16)


def _masked(a: Planes, b: Planes, small: NDArray[np.floating], kernels: Kernels) -> Planes:
    """a where the mask is 0, b where it is 1; the mask is a coarse grid over the picture."""
    height, width = a[0].shape
    full, half = _upscaled(small, height, width)
    out = np.empty_like(a[0]), np.empty_like(a[1]), np.empty_like(a[2])
    for pa, pb, mask, target in zip(a, b, (full, half, half), out, strict=True):
        kernels.mix(pa, pb, _weights(mask), target)
    return out


def _edge(along: NDArray[np.float32], w: float, soft: float) -> NDArray[np.float32]:
    """A soft edge that passes over 0..1 as w does; wholly 0 at w = 0 and wholly 1 at w = 1."""
    p = np.clip((w * (1 + soft) - along) / soft, 0, 1)
    return (p * p * (3 - 2 * p)).astype(np.float32)


def _zoomed(plane: Plane, scale: float, blur: float) -> Plane:
    """Scaled about the middle, mirrored where the picture ends; blur spreads it over nearby scales, as a moving lens does."""
    height, width = plane.shape
    steps = (scale * (1 - blur), scale, scale * (1 + blur)) if blur > 0.004 else (scale,)
    found = []
    for s in steps:
        place = np.array([[s, 0, (width - 1) / 2 * (1 - s)], [0, s, (height - 1) / 2 * (1 - s)]])
        moved = cv2.warpAffine(plane, place, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101)
        found.append(np.asarray(moved, np.uint16))
    if len(found) == 1:
        return found[0]
    return _blend(found[1], _blend(found[0], found[2], 0.5), 0.6)


def _grid(height: int, width: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """(y, x) from 0 to 1 on an eighth of the resolution: enough for soft shapes."""
    y, x = np.mgrid[0 : max(2, height // 8), 0 : max(2, width // 8)].astype(np.float32)
    return y / (y.shape[0] - 1), x / (x.shape[1] - 1)


def _upscaled(small: NDArray[np.floating], height: int, width: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """A coarse grid at luma and at chroma resolution."""
    full = np.asarray(cv2.resize(small.astype(np.float32), (width, height), interpolation=cv2.INTER_LINEAR), np.float32)
    return full, np.asarray(cv2.resize(full, (width // 2, height // 2), interpolation=cv2.INTER_AREA), np.float32)


def _weights(mask: NDArray[np.floating]) -> NDArray[np.uint16]:
    return np.round(np.clip(mask, 0, 1) * ONE).astype(np.uint16)


def _smooth(w: float) -> float:
    w = min(1.0, max(0.0, float(w)))
    return w * w * (3 - 2 * w)


def _quart_in_out(w: float) -> float:
    w = min(1.0, max(0.0, float(w)))
    return 8 * w**4 if w < 0.5 else 1 - 8 * (1 - w) ** 4
