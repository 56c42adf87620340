"""What drifts through the air of a shot: petals, drops of water, or ice. A few, seeded, at the sides, in front of and behind the product.

Small pictures, painted once and laid over the planes of each frame where they are at that moment; the lens treats them by their
distance, as it treats the rest.
"""

from dataclasses import dataclass
from typing import Any, get_args

import cv2
import numpy as np
from numpy.typing import NDArray

from models.backends.product_studio.layers import Layers
from models.backends.product_studio.spec import Air
from models.media.planes import rgb_to_planes

AIRS: tuple[str, ...] = get_args(Air)[1:]
Plane = NDArray[Any]
SPRITE = 96  # pixels a side, painted
COUNT = {"petals": 9, "drops": 22, "ice": 9}
SIZE = {"petals": 0.066, "drops": 0.021, "ice": 0.080}  # of the frame's height, at the product's distance
FALL = {"petals": 0.085, "drops": 0.21, "ice": 0.17}  # frame heights a second
SOFT = 0.55  # blur of what is as near as it comes, or as far, shares of its size
CALM = (0.30, 0.70)  # the middle of the frame stays free, but for what is behind the product


@dataclass(frozen=True, eq=False)
class Flake:
    """One of them. depth: −1 just before the lens .. 1 at the wall. start: frame units; speed: a second; size: of the frame's height."""

    depth: float
    start: tuple[float, float]
    speed: float
    size: float
    sway: tuple[float, float, float]
    turn: tuple[float, float]
    tumble: tuple[float, float]
    pixels: Plane
    alpha: Plane


class Falling:
    """What drifts through one shot of `seconds`."""

    def __init__(self, air: Air, layers: Layers, seconds: float) -> None:
        self._air, self._canvas = air, layers.canvas
        rng = layers.spec.rng(f"air/{air}")
        level = _brightness(layers)
        self._flakes = [_flake(air, layers, rng, i, level, seconds) for i in range(COUNT[air])]

    def lay_over(self, y: Plane, uv: Plane, seconds: float, *, behind: bool, light: float = 1.0) -> None:
        """Lay those behind the product (or those before it) over a frame in place. uv: (h, w, 2). light: 0..1, of the lamps that are up."""
        for flake in self._flakes:
            if (flake.depth > 0.12) == behind:
                self._lay(y, uv, flake, seconds, light)

    def _lay(self, y: Plane, uv: Plane, flake: Flake, t: float, light: float) -> None:
        height, width = y.shape
        swing, rate, phase = flake.sway
        x = (flake.start[0] + swing * np.sin(rate * t + phase)) * width
        top = (flake.start[1] + flake.speed * t) * height
        side = flake.size * height
        reach = side * 0.75 + 2
        x0, y0 = int(max(x - reach, 0)) // 2 * 2, int(max(top - reach, 0)) // 2 * 2
        x1, y1 = int(min(x + reach, width)) // 2 * 2, int(min(top + reach, height)) // 2 * 2
        if x1 - x0 < 2 or y1 - y0 < 2:
            return
        flip = np.cos(flake.tumble[0] + flake.tumble[1] * t)
        wide = 0.22 + 0.78 * abs(flip) if self._air == "petals" else 1.0
        angle = flake.turn[0] + flake.turn[1] * t + 0.5 * np.sin(rate * t + phase)
        scale = side / SPRITE
        turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]) @ np.diag([scale * wide, scale])
        middle = SPRITE / 2 - 0.5
        shift = np.array([x - x0, top - y0]) - turn @ np.array([middle, middle])
        size = (x1 - x0, y1 - y0)
        matrix = np.column_stack([turn, shift])
        alpha = cv2.warpAffine(flake.alpha, matrix, size, flags=cv2.INTER_AREA | cv2.INTER_LINEAR)[..., None]
        shade = light * (0.80 + 0.20 * abs(flip)) * (0.86 if flip < 0 else 1.0) if self._air == "petals" else light
        colour = cv2.warpAffine(flake.pixels, matrix, size, flags=cv2.INTER_LINEAR)
        lit = np.clip(colour * np.float32(shade) / np.maximum(alpha, 1e-3), 0, 255).astype(np.uint8)
        luma, u, v = rgb_to_planes(np.ascontiguousarray(lit))
        part, half = (slice(y0, y1), slice(x0, x1)), (slice(y0 // 2, y1 // 2), slice(x0 // 2, x1 // 2))
        whole = alpha[..., 0]
        y[part] = (y[part] + (luma.astype(np.float32) - y[part]) * whole + 0.5).astype(np.uint8)
        small = cv2.resize(whole, (size[0] // 2, size[1] // 2), interpolation=cv2.INTER_AREA)[..., None]
        uv[half] = (uv[half] + (np.dstack([u, v]).astype(np.float32) - uv[half]) * small + 0.5).astype(np.uint8)


def _flake(air: Air, layers: Layers, rng: np.random.Generator, i: int, level: float, seconds: float) -> Flake:
    depth = float(np.linspace(-1, 1, COUNT[air])[i])
    nearer = 2.0 ** (-1.25 * depth)
    speed = FALL[air] * nearer * rng.uniform(0.8, 1.2)
    low, high = CALM
    x = rng.uniform(-0.02, low) if rng.random() < 0.5 else rng.uniform(high, 1.02)
    if depth > 0.45:
        x = rng.uniform(0.06, 0.94)
    # Somewhere on its way across the frame during the shot: spread so that there is always something in the air.
    y = -0.08 - speed * seconds + (i * 0.618 % 1.0) * (1.1 + speed * seconds)
    size = SIZE[air] * nearer * rng.uniform(0.75, 1.25)
    sway = (rng.uniform(0.012, 0.045) * nearer if air == "petals" else 0.0, rng.uniform(0.7, 1.3), rng.uniform(0, 6.28))
    painted = _petal(layers, rng, level) if air == "petals" else _cube(layers, rng, level) if air == "ice" else _drop(layers, level)
    blur = SOFT * abs(depth) ** 1.5 * SPRITE / 4
    weight = painted[..., 3:] / 255
    premultiplied: Plane = np.dstack([painted[..., :3] * weight, weight]).astype(np.float32)
    if blur > 0.6:
        premultiplied = cv2.GaussianBlur(premultiplied, (0, 0), blur)
    turn, tumble = (float(rng.uniform(0, 6.28)), float(rng.uniform(-0.7, 0.7))), (float(rng.uniform(0, 6.28)), float(rng.uniform(0.8, 1.9)))
    if air == "drops":
        turn, tumble = (0.0, 0.0), (0.0, 0.0)
    pixels, alpha = np.ascontiguousarray(premultiplied[..., :3]), np.ascontiguousarray(premultiplied[..., 3])
    return Flake(depth, (float(x), float(y)), float(speed), float(size), sway, turn, tumble, pixels, alpha)


def _petal(layers: Layers, rng: np.random.Generator, level: float) -> Plane:
    """(SPRITE, SPRITE, 4) uint8: a cupped petal, paler at its foot, darker in its fold."""
    v, u = np.mgrid[0 : 1 : SPRITE * 1j, -1 : 1 : SPRITE * 1j]
    foot = 0.86 - v  # 0 at the foot, growing to the tip
    along = np.clip(foot / 0.74, 0, 1)
    wide = 0.50 * np.sin(np.pi * along**0.62) ** 0.8 + 0.06 * along * (along < 1)
    notch = 0.05 * np.exp(-((u / 0.12) ** 2))
    inside = (
        np.clip((wide - np.abs(u)) * SPRITE / 3, 0, 1)
        * np.clip((0.74 - notch - foot) * SPRITE / 2, 0, 1)
        * np.clip(foot * SPRITE / 2, 0, 1)
    )
    cup = np.clip(u / np.maximum(wide, 0.05), -1, 1)
    veins = 0.03 * np.cos(cup * 17) * along
    shade = 0.98 - 0.13 * cup - 0.10 * cup**2 + 0.08 * (along - 0.5) + veins
    blush = np.array(_blush(layers, float(rng.uniform(-0.06, 0.06))))
    pale = 1 - (1 - blush) * 0.35
    colour = pale + (blush - pale) * (along**0.8)[..., None]
    picture = np.clip(colour * shade[..., None] * level * 255, 0, 255)
    return np.dstack([picture, inside * 245]).astype(np.uint8)


def _drop(layers: Layers, level: float) -> Plane:
    """(SPRITE, SPRITE, 4) uint8: a bead of water: the room upside down in it, a rim of the same colour, a window's light."""
    v, u = np.mgrid[-1 : 1 : SPRITE * 1j, -1 : 1 : SPRITE * 1j]
    r = np.hypot(u * 1.12, v * 0.94)  # drawn out a little by its fall
    wall = np.percentile(layers.background[::8, ::8].reshape(-1, 3), 70, axis=0) / 255
    below = np.clip((v + 0.75) / 1.5, 0, 1)[..., None]  # light from above arrives below
    rim = np.clip((r - 0.50) / 0.26, 0, 1)[..., None] ** 2
    colour = wall * (0.72 + 0.55 * below) * (1 - 0.42 * rim * (1 - below))
    glint = np.exp(-(((u + 0.24) / 0.12) ** 2) - ((v + 0.36) / 0.10) ** 2)
    glint += 0.8 * np.exp(-(((r - 0.60) / 0.07) ** 2)) * np.clip(v * 1.4, 0, 1)
    colour = colour + np.clip(glint, 0, 1)[..., None] * (1.15 * level - colour * 0.6)
    cover = np.clip((0.76 - r) * SPRITE / 5, 0, 1) * np.clip(0.62 + 0.38 * rim[..., 0] + glint, 0, 1)
    return np.dstack([np.clip(colour * 255, 0, 255), cover * 255]).astype(np.uint8)


def _cube(layers: Layers, rng: np.random.Generator, level: float) -> Plane:
    """(SPRITE, SPRITE, 4) uint8: a clear cube from one of its corners: three panes, each with the room in it its own way, bright worn
    edges, and the clouded heart of frozen water."""
    v, u = np.mgrid[-1 : 1 : SPRITE * 1j, -1 : 1 : SPRITE * 1j]
    turned = cv2.Rodrigues(np.array([0.9, rng.uniform(-0.9, 0.9), rng.uniform(-0.5, 0.5)]))[0]
    wall = np.percentile(layers.background[::8, ::8].reshape(-1, 3), 75, axis=0) / 255
    picture, cover = np.zeros((SPRITE, SPRITE, 3)), np.zeros((SPRITE, SPRITE))
    for axis in range(3):
        facing = 1.0 if turned[2, axis] > 0 else -1.0
        normal, a, b = facing * turned[:, axis], turned[:, (axis + 1) % 3], turned[:, (axis + 2) % 3]
        plane = np.array([[a[0], b[0]], [a[1], b[1]]])
        if abs(np.linalg.det(plane)) < 0.05:
            continue
        s, t = np.einsum("ij,jhw->ihw", np.linalg.inv(plane), np.stack([u - 0.52 * normal[0], -v - 0.52 * normal[1]]))
        edge = 0.52 - (np.abs(s) ** 9 + np.abs(t) ** 9) ** (1 / 9)  # how far inside the pane, its corners melted a little
        inside = np.clip(edge * SPRITE / 3 + 0.5, 0, 1)
        heart = np.exp(-(s**2 + t**2) / 0.07) * 0.30
        streak = 0.12 * np.sin(7 * s + 4 * t + 3 * axis) ** 8
        shade = 0.76 + 0.34 * normal[1] + 0.10 * normal[0] + 0.22 * t * facing + heart + streak
        rim = np.exp(-((edge / 0.055) ** 2))
        cold = wall * (0.94, 1.0, 1.05)
        pane = cold * shade[..., None] * 0.95 + rim[..., None] * (0.95 * level - 0.5 * cold)
        picture = picture * (1 - inside[..., None]) + pane * inside[..., None]
        cover = np.maximum(cover, inside * np.clip(0.50 + 0.45 * rim + heart + streak, 0, 1))
    return np.dstack([np.clip(picture * 255, 0, 255), cover * 255]).astype(np.uint8)


def _blush(layers: Layers, shift: float) -> tuple[float, float, float]:
    """A flower's colour that goes with the set: a blush with a little of the accent, in the light that falls on the set."""
    accent = np.array(_srgb(layers.spec.accent))
    rosy = accent / max(float(accent.max()), 0.2) * 0.22 + np.array((0.98, 0.70, 0.69)) * 0.78
    lamp = np.percentile(layers.background[::8, ::8].reshape(-1, 3), 90, axis=0) / 255
    tint = 0.55 + 0.45 * lamp / max(float(lamp.max()), 0.1)
    r, g, b = np.clip((rosy + np.array((0.02, shift, shift))) * tint, 0.1, 1.0)
    return float(r), float(g), float(b)


def _srgb(colour: str) -> tuple[float, float, float]:
    r, g, b = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return r, g, b


def _brightness(layers: Layers) -> float:
    """How bright something pale is in this light: by the lighter parts of the set."""
    lightest = float(np.percentile(layers.background[::8, ::8].mean(2), 85)) / 255
    return float(np.clip(0.30 + 0.90 * lightest, 0.36, 1.05))
