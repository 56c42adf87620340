"""Surfaces as plain renderer descriptions (nested dicts) and the colours they are made of. Imports no renderer.

A description is what `mitsuba.load_dict` takes, except that a picture stands in it as a `Texture`; the engine turns those
into bitmaps. Colours inside descriptions are linear RGB.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from models.backends.product_studio.colours import contrast_ratio, luminance

Bsdf = dict[str, Any]
Linear = tuple[float, float, float]


@dataclass(frozen=True, eq=False)
class Texture:
    """A picture to wrap on a mesh: (H, W, 3) uint8 sRGB, or float32; `linear` says the values are not colours to decode.

    Row 0 lies at v = 0, the bottom: pixels go to the renderer as they are. `picture` turns an image meant for eyes.
    """

    pixels: NDArray[Any]
    linear: bool = False


@dataclass(frozen=True)
class Emission:
    """Light from a surface: a Texture (decoded to linear first) or a linear colour, times gain."""

    source: Texture | Linear
    gain: float = 1.0


@dataclass(frozen=True)
class Metal:
    """tint: linear reflectance at normal incidence. alpha: roughness of its polished state."""

    tint: Linear
    alpha: float


METALS: dict[str, Metal] = {
    "steel": Metal((0.74, 0.73, 0.72), 0.07),
    "silver": Metal((0.90, 0.89, 0.87), 0.06),
    "gold": Metal((0.95, 0.66, 0.31), 0.08),
    "rose_gold": Metal((0.92, 0.60, 0.46), 0.08),
    "champagne": Metal((0.86, 0.74, 0.56), 0.10),
    "brass": Metal((0.83, 0.63, 0.30), 0.14),
    "gunmetal": Metal((0.26, 0.27, 0.29), 0.12),
    "black": Metal((0.055, 0.055, 0.060), 0.16),
}


def srgb_to_linear(color: str | ArrayLike) -> NDArray[np.float64]:
    """Linear RGB of "#RRGGBB", or of sRGB values 0..1 of any shape."""
    if isinstance(color, str):
        color = [int(color.lstrip("#")[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    values = np.asarray(color, float)
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def picture(pixels: NDArray[Any]) -> Texture:
    """A Texture of an image as people see it: (H, W, 3) uint8 sRGB, row 0 on top."""
    return Texture(np.ascontiguousarray(pixels[::-1]))


def metal(tint: str | ArrayLike, alpha: float | tuple[float, float] | None = None) -> Bsdf:
    """Bare metal. tint: a name of METALS or a linear colour; alpha: roughness, or (along u, along v) for brushed metal."""
    named = METALS[tint] if isinstance(tint, str) else Metal(_triple(tint), 0.1)
    rough = named.alpha if alpha is None else alpha
    along_u, along_v = rough if isinstance(rough, tuple) else (rough, rough)
    return _both_sides(
        {
            "type": "roughconductor",
            "material": "none",
            "distribution": "ggx",
            "alpha_u": along_u,
            "alpha_v": along_v,
            "specular_reflectance": _rgb(named.tint),
        }
    )


def foil(name: str, ground: str, accent: str) -> Bsdf:
    """Hot-stamped foil that stands out on `ground`: the metal on dark grounds, else the accent, else a dark foil."""
    if luminance(ground) < 0.20:
        return metal(name if name not in ("black", "gunmetal") else "silver", 0.16)
    if contrast_ratio(accent, ground) >= 2.8:
        return principled(accent, 0.30, metallic=0.35, coat=0.3)
    return principled("#2A2523", 0.32, metallic=0.4, coat=0.3)


def principled(
    base: Texture | str | ArrayLike,
    roughness: float | Texture = 0.4,
    metallic: float = 0.0,
    specular: float = 0.5,
    coat: float = 0.0,
    coat_gloss: float = 0.95,
    sheen: float = 0.0,
    anisotropic: float = 0.0,
) -> Bsdf:
    """The general opaque surface: plastic, lacquer, paint, cloth. base: a Texture, "#RRGGBB" or a linear colour.
    roughness: 0..1, or a linear Texture of it.

    anisotropic 0..1 stretches the highlight along v, as fine brushing along v does.
    """
    body: Bsdf = {
        "type": "principled",
        "base_color": _colour(base),
        "roughness": roughness,
        "metallic": metallic,
        "specular": specular,
    }
    if coat:
        body |= {"clearcoat": coat, "clearcoat_gloss": coat_gloss}
    if sheen:
        body["sheen"] = sheen
    if anisotropic:
        body["anisotropic"] = anisotropic
    return _both_sides(body)


def matte(base: Texture | str | ArrayLike) -> Bsdf:
    """Paper, plaster, unglazed clay: no gloss at all."""
    return _both_sides({"type": "diffuse", "reflectance": _colour(base)})


def glazed(base: Texture | str | ArrayLike, alpha: float = 0.12) -> Bsdf:
    """A diffuse body under a clear skin: porcelain, lacquered board, glossy plastic, opal glass."""
    return _both_sides({"type": "roughplastic", "diffuse_reflectance": _colour(base), "alpha": alpha, "nonlinear": True})


def dielectric(tint: ArrayLike = (1.0, 1.0, 1.0), inside: float = 1.5, outside: float = 1.0) -> Bsdf:
    """Clear glass or liquid, refracting. tint: linear, multiplied at every passage through the surface."""
    return {"type": "dielectric", "int_ior": inside, "ext_ior": outside, "specular_transmittance": _rgb(tint)}


def frosted(tint: ArrayLike = (1.0, 1.0, 1.0), alpha: float = 0.2, inside: float = 1.5) -> Bsdf:
    """Etched glass."""
    return {"type": "roughdielectric", "int_ior": inside, "ext_ior": 1.0, "alpha": alpha, "specular_transmittance": _rgb(tint)}


def thin_glass(ior: float = 1.5) -> Bsdf:
    """A pane without thickness: a watch's crystal, a phone's cover glass."""
    return {"type": "thindielectric", "int_ior": ior}


def tinted_glass(tint: Texture | ArrayLike, ior: float = 1.6) -> Bsdf:
    """A dyed pane without thickness, a lens of sunglasses. tint: linear share of light that passes, one or for each place."""
    return {"type": "thindielectric", "int_ior": ior, "specular_transmittance": _colour(tint)}


def bumped(surface: Bsdf, heights: NDArray[Any], scale: float) -> Bsdf:
    """`surface` with fine relief: heights (H, W) float 0..1, row 0 at v = 0."""
    relief = Texture(np.repeat(np.asarray(heights, np.float32)[..., None], 3, 2), linear=True)
    inner = surface["sided"] if surface["type"] == "twosided" else surface
    return _both_sides({"type": "bumpmap", "relief": relief, "scale": scale, "body": inner})


def _both_sides(body: Bsdf) -> Bsdf:
    return {"type": "twosided", "sided": body}


def _triple(color: ArrayLike) -> Linear:
    r, g, b = (float(v) for v in np.asarray(color, float))
    return (r, g, b)


def _rgb(color: ArrayLike) -> Bsdf:
    return {"type": "rgb", "value": list(_triple(color))}


def _colour(base: Texture | str | ArrayLike) -> Any:
    if isinstance(base, Texture):
        return base
    return _rgb(srgb_to_linear(base) if isinstance(base, str) else base)
