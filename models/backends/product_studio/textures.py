"""Procedural pictures: noise, stone, plaster, leather, paper. Arrays in, arrays out; knows nothing of meshes or renderers.

Every function is deterministic in its seed. Colours are sRGB 0..1 float32 (H, W, 3); heights are float32 (H, W) 0..1.
Square textures tile.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.float32]
Color = tuple[float, float, float]


def fractal_noise(height: int, width: int, seed: int, slope: float = 1.8, lowest: float = 1.0) -> Image:
    """Noise of mean 0 and deviation 1 whose spectrum falls as frequency ** -slope; nothing below `lowest` cycles. Tiles."""
    rng = np.random.default_rng(seed)
    spectrum = np.fft.rfft2(rng.standard_normal((height, width)))
    frequency = np.hypot(np.fft.fftfreq(height)[:, None] * height, np.fft.rfftfreq(width)[None] * width)
    frequency[0, 0] = 1.0
    weight = frequency**-slope
    weight[frequency < lowest] = 0
    weight[0, 0] = 0
    noise = np.fft.irfft2(spectrum * weight, (height, width))
    return ((noise - noise.mean()) / noise.std()).astype(np.float32)


def warped(image: Image, amount: float, seed: int) -> Image:
    """`image` pulled about by noise, `amount` in pixels."""
    height, width = image.shape[:2]
    y, x = np.mgrid[:height, :width].astype(np.float32)
    across, down = (amount * fractal_noise(height, width, seed + k, 2.2) for k in (0, 1))
    return np.asarray(cv2.remap(image, x + across, y + down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_WRAP), np.float32)


def marble(
    size: int, seed: int, base: Color = (0.92, 0.91, 0.89), vein: Color = (0.35, 0.33, 0.32), warm: Color = (0.75, 0.6, 0.42)
) -> Image:
    """Polished marble: broad veins, fine warm ones, faint clouds."""
    broad = np.exp(-np.abs(warped(fractal_noise(size, size, seed, 1.9), size * 0.03, seed + 5)) * 22)
    broad = 0.75 * broad * (0.35 + 0.65 * _soft_step(2 * fractal_noise(size, size, seed + 9, 2.2)))
    fine = 0.18 * np.exp(-np.abs(warped(fractal_noise(size, size, seed + 3, 1.6), size * 0.02, seed + 7)) * 30)
    cloud = 0.93 + 0.07 * _soft_step(fractal_noise(size, size, seed + 4, 2.1))
    image = np.array(base) * cloud[..., None]
    for color, mask in ((vein, broad), (warm, fine)):
        image = image * (1 - mask[..., None]) + np.array(color) * mask[..., None]
    return np.clip(image, 0, 1).astype(np.float32)


def travertine(size: int, seed: int, base: Color = (0.80, 0.70, 0.58)) -> Image:
    """Layered stone with pits."""
    layers = cv2.resize(fractal_noise(size, size, seed, 1.7)[: size // 10], (size, size), interpolation=cv2.INTER_CUBIC)
    layers = warped(np.asarray(layers, np.float32), size * 0.012, seed + 2)
    grain = fractal_noise(size, size, seed + 8, 1.0)
    pits = cv2.resize(fractal_noise(size, size // 3, seed + 4, 1.05, 8), (size, size))
    holes = _soft_step((np.asarray(pits) - 2.0) * 8)
    image = np.array(base) * (1 + 0.07 * layers[..., None] + 0.03 * grain[..., None]) * (1 - 0.55 * holes[..., None])
    return np.clip(image, 0, 1).astype(np.float32)


def plaster(size: int, seed: int, base: Color = (0.8, 0.78, 0.75), strength: float = 0.035) -> Image:
    """A trowelled wall: faint clouds and grain."""
    clouds = strength * fractal_noise(size, size, seed, 1.5) + 0.012 * fractal_noise(size, size, seed + 1, 0.5)
    return np.clip(np.array(base) * (1 + clouds[..., None]), 0, 1).astype(np.float32)


def leather_grain(size: int, seed: int, cells: int = 900) -> Image:
    """Heights of full-grain leather: pebbles between fine creases."""
    rng = np.random.default_rng(seed)
    points = rng.random((cells, 2)) * size
    seeds = np.full((size * 2, size * 2), 255, np.uint8)  # drawn with a margin of half a tile all round, so that the tile wraps
    for dy in (-size, 0, size):
        for dx in (-size, 0, size):
            shifted = (points + np.array([size / 2 + dx, size / 2 + dy])).astype(int)
            inside = ((shifted >= 0) & (shifted < size * 2)).all(1)
            seeds[shifted[inside, 1], shifted[inside, 0]] = 0
    _, labels = cv2.distanceTransformWithLabels(seeds, cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL)
    window = slice(size // 2, size // 2 + size)
    cell = labels[window, window]
    edge = (cell != np.roll(cell, 1, 0)) | (cell != np.roll(cell, 1, 1))
    crease = cv2.distanceTransform((~edge).astype(np.uint8), cv2.DIST_L2, 5)
    reach = size / np.sqrt(cells) * 0.5
    pebble = np.clip(crease / reach, 0, 1) ** 0.5
    heights = pebble + 0.08 * fractal_noise(size, size, seed + 1, 0.9)
    heights = cv2.GaussianBlur(np.asarray(heights, np.float32), (0, 0), max(size / 700, 0.5))
    return _stretched(heights)


def linen(size: int, seed: int, threads: int = 90) -> Image:
    """Heights of woven book cloth."""
    y, x = np.mgrid[:size, :size].astype(np.float32) / size
    wander = 0.35 * fractal_noise(size, size, seed, 1.6)
    over = np.sin(x * 2 * np.pi * threads + wander)
    under = np.sin(y * 2 * np.pi * threads + np.roll(wander, size // 3, 0))
    return _stretched(np.where(over * under > 0, np.abs(over), np.abs(under)) + 0.25 * fractal_noise(size, size, seed + 2, 0.7))


def paper_tooth(size: int, seed: int) -> Image:
    """Heights of uncoated card."""
    return _stretched(fractal_noise(size, size, seed, 0.8, 6))


def wood(size: int, seed: int, base: Color = (0.80, 0.62, 0.42), dark: Color = (0.58, 0.40, 0.24)) -> Image:
    """Straight-grained pale wood; the grain runs along x."""
    grain = cv2.resize(fractal_noise(size, max(size // 16, 8), seed, 1.0), (size, size), interpolation=cv2.INTER_CUBIC)
    fibre = cv2.resize(fractal_noise(size, max(size // 8, 8), seed + 1, 0.4), (size, size), interpolation=cv2.INTER_CUBIC)
    amount = np.clip(0.30 + 0.16 * warped(np.asarray(grain, np.float32), size * 0.01, seed + 2) + 0.07 * np.asarray(fibre), 0, 1)
    return (np.array(base) + (np.array(dark) - np.array(base)) * amount[..., None]).astype(np.float32)


def tortoiseshell(size: int, seed: int) -> Image:
    """Polished acetate: dark clouds of brown in amber."""
    cloud = warped(fractal_noise(size, size, seed, 1.7, 3), size * 0.02, seed + 2)
    dark = _soft_step(4.0 * (cloud - 0.05))[..., None]
    deep = _soft_step(5.0 * (cloud - 0.9))[..., None]
    amber, brown, black = (np.array(c) for c in ((0.62, 0.33, 0.11), (0.24, 0.10, 0.04), (0.07, 0.035, 0.025)))
    image = amber + (brown - amber) * dark
    return np.clip(image + (black - image) * deep, 0, 1).astype(np.float32)


def sunburst_rays(width: int, seed: int, strength: float = 0.10) -> NDArray[np.float64]:
    """Brightness (width,) around 1 of fine brushing seen round a dial."""
    fine = fractal_noise(1, width, seed, 0.15, 8)[0]
    broad = fractal_noise(1, width, seed + 1, 0.8, 3)[0]
    return 1 + strength * (0.7 * fine + 0.3 * broad).astype(float)


def _soft_step(x: NDArray) -> NDArray:
    return 1 / (1 + np.exp(-x))


def _stretched(heights: NDArray) -> Image:
    low, high = np.percentile(heights, (0.5, 99.5))
    return np.clip((heights - low) / (high - low), 0, 1).astype(np.float32)


def timber(size: int, seed: int, base: Color, dark: Color, pores: float = 0.5) -> Image:
    """Planed hardwood, the grain along x: growth rings cut at a slant, fibres, and pores 0..1 as dark dashes."""
    y = np.mgrid[:size, :size][0].astype(np.float32) / size
    drift = cv2.resize(fractal_noise(size, max(size // 22, 8), seed, 2.2), (size, size), interpolation=cv2.INTER_CUBIC)
    phase = y * 9 + 0.95 * np.asarray(drift, np.float32)
    late = (phase % 1.0) ** 2.2 * np.clip((1 - phase % 1.0) * 9, 0, 1)  # rings darken slowly and begin again at once
    fibre = cv2.resize(fractal_noise(size, max(size // 20, 8), seed + 1, 0.35), (size, size), interpolation=cv2.INTER_CUBIC)
    cloud = fractal_noise(size, size, seed + 2, 2.0)
    dash = cv2.resize(fractal_noise(size, max(size // 14, 8), seed + 3, 0.05), (size, size), interpolation=cv2.INTER_LINEAR)
    pore = np.clip(np.asarray(dash, np.float32) - 1.25 + 0.5 * late, 0, 1)
    amount = np.clip(0.24 + 0.58 * late + 0.10 * np.asarray(fibre) + 0.08 * cloud, 0, 1)[..., None]
    image = np.array(base) + (np.array(dark) - np.array(base)) * amount
    return np.clip(image * (1 - 0.55 * pores * pore[..., None]), 0, 1).astype(np.float32)


def boucle(size: int, seed: int) -> Image:
    """Heights of a looped cloth: small curls, crowded and of every size."""
    curls = np.abs(warped(fractal_noise(size, size, seed, 0.9, size / 26), size * 0.006, seed + 1))
    return _stretched(np.exp(-1.4 * curls) + 0.12 * fractal_noise(size, size, seed + 2, 0.8, 4))


def cord(size: int, seed: int, strands: int = 46) -> tuple[Image, Image]:
    """Heights and shade (1 = bare, less in the gaps) of a woven seat: paper cord laid square to the nearest of four rails."""
    y, x = np.mgrid[-1 : 1 : size * 1j, -1 : 1 : size * 1j].astype(np.float32)
    wander = 0.05 * fractal_noise(size, size, seed, 1.8)
    across = np.where(np.abs(y) > np.abs(x), x, y)
    along = np.where(np.abs(y) > np.abs(x), y, x)
    place = (across * strands / 2 + wander) % 1.0
    round_ = np.sqrt(np.clip(1 - (2 * place - 1) ** 2, 0, 1))
    twist = 0.10 * np.sin((along * strands * 1.3 + place * 1.1) * 2 * np.pi)
    meet = np.clip(np.abs(np.abs(x) - np.abs(y)) * strands / 2.2, 0, 1)  # the mitre where two directions meet lies lower
    heights = np.clip(round_ * (0.9 + twist) * (0.45 + 0.55 * meet), 0, 1)
    shade = np.clip(0.22 + 0.78 * round_, 0, 1) * (0.72 + 0.28 * meet) * (1 + 0.05 * fractal_noise(size, size, seed + 1, 0.9))
    return heights.astype(np.float32), np.clip(shade, 0, 1.1).astype(np.float32)
