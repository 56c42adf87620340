"""Light paths to pixels: a beauty pass, the denoiser's features, silhouettes and depth, each for one window of the picture.

Beauty and features are two renders: wrapping the path tracer in the AOV integrator costs twice as much. Seeds are explicit.
"""

from dataclasses import dataclass
from typing import Any, Literal

import mitsuba as mi
import numpy as np
from numpy.typing import NDArray

from models.backends.product_studio.camera import NEAR_CLIP, Camera
from models.backends.product_studio.denoise import denoised
from models.backends.product_studio.scene import MAX_DEPTH, Window, sensor

Floats = NDArray[Any]


@dataclass(frozen=True, eq=False)
class Silhouette:
    """alpha: coverage 0..1, (H, W). depth: distance along the ray of what is covered, (H, W); meaningless where alpha is 0."""

    alpha: Floats
    depth: Floats


def beauty(scene: Any, camera: Camera, view: Window, spp: int, seed: int) -> Floats:
    """Noisy scene-linear light, (H, W, 3)."""
    path = mi.load_dict({"type": "path", "max_depth": MAX_DEPTH, "rr_depth": 3})
    pixels = mi.render(scene, sensor=sensor(camera, view, spp), integrator=path, spp=spp, seed=mi.UInt32(seed % 2**32))
    return np.nan_to_num(np.array(pixels)[..., :3], posinf=50.0).astype(np.float32)


def features(scene: Any, camera: Camera, view: Window, spp: int, seed: int) -> tuple[Floats, Floats]:
    """Albedo and shading normals, (H, W, 3) each."""
    aovs = mi.load_dict({"type": "aov", "aovs": "albedo:albedo,normal:sh_normal"})
    pixels = np.array(mi.render(scene, sensor=sensor(camera, view, spp), integrator=aovs, spp=spp, seed=mi.UInt32(seed % 2**32)))
    pixels = np.nan_to_num(pixels[..., -6:])
    return np.clip(pixels[..., :3], 0, 1).astype(np.float32), np.clip(pixels[..., 3:], -1, 1).astype(np.float32)


def clean(
    lit: Any,
    plain: Any,
    camera: Camera,
    view: Window,
    spp: int,
    seed: int,
    quality: Literal["fast", "balanced", "high"] = "high",
    guide_spp: int = 2,
) -> Floats:
    """The denoised picture of `lit`, guided by the features of `plain`; linear (H, W, 3)."""
    albedo, normal = features(plain, camera, view, guide_spp, seed + 1)
    return denoised(beauty(lit, camera, view, spp, seed), albedo, normal, quality)


def silhouette(scene: Any, camera: Camera, view: Window, spp: int, seed: int, pinhole: bool = False) -> Silhouette:
    """Coverage and distance of everything in `scene`. spp should be a square number: samples are stratified."""
    depth = mi.load_dict({"type": "depth"})
    eye = sensor(camera, view, spp, "stratified", "rgba", pinhole)
    pixels = np.array(mi.render(scene, sensor=eye, integrator=depth, spp=spp, seed=mi.UInt32(seed % 2**32)))
    alpha = np.clip(pixels[..., 3], 0, 1)
    distance = pixels[..., 0] / np.maximum(alpha, 1e-4) + NEAR_CLIP  # the renderer starts its rays at the near clip
    return Silhouette(alpha.astype(np.float32), distance.astype(np.float32))
