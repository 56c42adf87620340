"""Monte Carlo noise out, detail kept: Open Image Denoise guided by albedo and normals. Arrays in, arrays out."""

from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from pyoidn import denoise as oidn

Floats = NDArray[Any]
FIREFLY = 20.0  # single samples brighter than this only make specks


def denoised(light: Floats, albedo: Floats, normal: Floats, quality: Literal["fast", "balanced", "high"] = "high") -> Floats:
    """Linear HDR (H, W, 3) without noise. albedo in 0..1 and normal in -1..1 have the same shape."""
    clean: Floats = oidn(
        np.ascontiguousarray(np.clip(light, 0, FIREFLY)),
        albedo=np.ascontiguousarray(albedo),
        normal=np.ascontiguousarray(normal),
        hdr=True,
        quality=quality,
    )
    return np.maximum(clean, 0)
