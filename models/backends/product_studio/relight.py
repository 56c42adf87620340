"""Light that comes on: each light group's share of the picture, and how the shares are brought up over a shot.

Light is linear, so a picture is the sum of its groups. Two groups are rendered small; the rest is what is left. During the
clip the developed layers are dimmed by the summed shares, in the display's own encoding (a gain g in light is g**(1/2.2)
there): exact for mid-tones, slightly conservative in highlights.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from models.backends.product_studio import render
from models.backends.product_studio.keyframe import OVERSCAN
from models.backends.product_studio.layers import Layers
from models.backends.product_studio.scene import Scenes, window
from models.backends.product_studio.staging import Studio

Grid = NDArray[Any]
FIRST = ("rim", "back", "fill")  # groups rendered on their own, in order of preference; two of those a rig has
SCALE = 0.30  # of the finished size
FLOOR = 0.012  # light that is there before any lamp
_LUMA = np.array([0.2126, 0.7152, 0.0722], np.float32)
# When each kind of light comes up: (starts, has fully come), shares of the shot.
CUES = {"rim": (-0.14, 0.24), "back": (0.08, 0.42), "fill": (0.16, 0.52), "rest": (0.16, 0.56)}


@dataclass(frozen=True, eq=False)
class Reveal:
    """background, product: per cue name, that light's share of the layer, (h, w) over the canvas; they sum to 1."""

    background: dict[str, Grid]
    product: dict[str, Grid]

    def background_gain(self, t: float) -> Grid:
        """Gain on encoded values at time 0..1, (h, w)."""
        return _gain(self.background, t)

    def product_gain(self, t: float) -> Grid:
        """The same for the product."""
        return _gain(self.product, t)


def light_groups(layers: Layers, studio: Studio, folder: Path, report: Callable[[float, str], None]) -> Reveal:
    """Render the shares of two light groups. folder: scratch space for mesh files."""
    scenes, spec, camera = Scenes(studio, folder), layers.spec, layers.camera
    view = window(camera, layers.canvas.box, spec.height * SCALE)
    names = [name for name in FIRST if name in studio.lights][:2]
    albedo, normal = render.features(scenes.features, camera, view, 2, spec.seed + 61)
    luminance = {}
    for i, lit in enumerate([(name,) for name in names] + [tuple(n for n in studio.lights if n not in names)]):
        report(i / 3, "Rendering the lights one by one")
        noisy = render.beauty(scenes.group(lit), camera, view, 3, spec.seed + 71 + i)
        clean = render.denoised(noisy, albedo, normal, "balanced")
        luminance[lit[0] if lit[0] in names else "rest"] = clean @ _LUMA + 1e-4
    total = sum(luminance.values(), np.zeros((view.height, view.width), np.float32))
    shares = {name: cv2.GaussianBlur(light / total, (0, 0), 0.7) for name, light in luminance.items()}
    x0, y0, x1, y1 = layers.box
    whole = np.zeros((layers.canvas.size[1], layers.canvas.size[0]), np.float32)
    whole[y0:y1, x0:x1] = layers.alpha.astype(np.float32) / 255
    inside = cv2.resize(whole, (view.width, view.height), interpolation=cv2.INTER_AREA)
    reach = view.width / (120 * OVERSCAN)
    return Reveal(
        {name: _continued(share, 1 - inside, reach * 4) for name, share in shares.items()},
        {name: _continued(share, inside, reach) for name, share in shares.items()},
    )


def _gain(shares: dict[str, Grid], t: float) -> Grid:
    total = np.full_like(next(iter(shares.values())), FLOOR)
    for name, share in shares.items():
        starts, ends = CUES[name]
        k = float(np.clip((t - starts) / (ends - starts), 0, 1))
        total += share * np.float32((k * k * (3 - 2 * k)) * (1 - FLOOR))
    return np.clip(total, 0, 1) ** np.float32(1 / 2.2)


def _continued(share: Grid, known: Grid, reach: float) -> Grid:
    """A layer's share where the layer is, its surroundings' average elsewhere."""
    solid = (known > 0.9).astype(np.float32)
    out, left = share * solid, 1 - solid
    for sigma in (reach, reach * 4, reach * 20):
        weight = cv2.GaussianBlur(solid, (0, 0), sigma)
        spread = cv2.GaussianBlur(share * solid, (0, 0), sigma)
        fresh = (left > 0.5) & (weight > 0.01)
        out[fresh] = spread[fresh] / weight[fresh]
        left[fresh] = 0
    out[left > 0.5] = float(share.mean())
    return out
