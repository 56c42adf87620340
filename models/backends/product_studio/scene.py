"""The studio inside the renderer: values from `staging.py` become Mitsuba shapes, lights, sensors and scenes.

The one module (with render.py) that touches Mitsuba. Shapes are loaded once and shared by every scene of a picture: the
full scene, the scene for the denoiser's features (without thin glass), the plate without the product, single light groups.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import mitsuba as mi
import numpy as np

from models.backends.product_studio.archetypes import Part
from models.backends.product_studio.camera import NEAR_CLIP, Camera
from models.backends.product_studio.geometry import write_ply
from models.backends.product_studio.materials import Emission, Texture, srgb_to_linear
from models.backends.product_studio.stage import Ambient, AreaLight, Light, Spot
from models.backends.product_studio.staging import Studio

MAX_DEPTH = 8  # enough for liquid in glass


@dataclass(frozen=True)
class Window:
    """A part of the picture plane in frame units, and its pixels. Edges lie on the pixel grid of the lens's axis."""

    x0: float
    y0: float
    x1: float
    y1: float
    width: int
    height: int


class Scenes:
    """All scenes of one studio. folder: a scratch folder for mesh files; the caller removes it."""

    def __init__(self, studio: Studio, folder: Path) -> None:
        self._studio = studio
        self._folder = folder

    @cached_property
    def full(self) -> Any:
        """Everything, lit."""
        return self._load([*self._solid, *self._panes, *self._set], self.lights())

    @cached_property
    def features(self) -> Any:
        """Without panes, so that albedo and normals are of what is behind the glass, and without lamps, which are seen through."""
        return self._load([*self._solid, *self._set], [])

    @cached_property
    def plate(self) -> Any:
        """The set without the product."""
        return self._load(self._set, self.lights())

    @cached_property
    def ground(self) -> Any:
        """The set without the product, unlit: for features and depth."""
        return self._load(self._set, [])

    @cached_property
    def silhouette(self) -> Any:
        """The product alone, unlit."""
        return self._load([*self._solid, *self._panes], [])

    def group(self, names: Iterable[str]) -> Any:
        """Everything, lit by some of the light groups."""
        return self._load([*self._solid, *self._panes, *self._set], self.lights(names))

    def lights(self, names: Iterable[str] | None = None) -> list[Any]:
        """Emitters of the named groups, of all by default."""
        wanted = self._studio.lights if names is None else tuple(names)
        return [emitter(light) for name in wanted for light in self._studio.lights[name]]

    @cached_property
    def _solid(self) -> list[Any]:
        return [self._shape(part, f"p{i}") for i, part in enumerate(self._studio.product) if not part.thin]

    @cached_property
    def _panes(self) -> list[Any]:
        return [self._shape(part, f"t{i}") for i, part in enumerate(self._studio.product) if part.thin]

    @cached_property
    def _set(self) -> list[Any]:
        return [self._shape(part, f"s{i}") for i, part in enumerate(self._studio.set.parts)]

    def _shape(self, part: Part, name: str) -> Any:
        path = self._folder / f"{name}.ply"
        write_ply(path, part.mesh)
        shape: dict[str, Any] = {"type": "ply", "filename": str(path), "bsdf": described(part.material)}
        if part.emission is not None:
            shape["emitter"] = {"type": "area", "radiance": _glow(part.emission)}
        return mi.load_dict(shape, parallel=False, optimize=False)

    def _load(self, shapes: list[Any], lights: list[Any]) -> Any:
        scene: dict[str, Any] = {"type": "scene"}
        scene.update({f"shape{i}": shape for i, shape in enumerate(shapes)})
        scene.update({f"light{i}": light for i, light in enumerate(lights)})
        return mi.load_dict(scene, parallel=False, optimize=False)  # both reorder emitters from run to run, and so the noise


def described(material: Any) -> Any:
    """A material's description with every Texture turned into the renderer's bitmap."""
    if isinstance(material, Texture):
        return _bitmap(material.pixels, material.linear)
    if isinstance(material, dict):
        return {key: described(value) for key, value in material.items()}
    return material


def emitter(light: Light) -> Any:
    """A light as a description."""
    if isinstance(light, Ambient):
        return {"type": "constant", "radiance": _rgb(light.radiance)}
    look = mi.ScalarTransform4f().look_at(origin=list(light.position), target=list(light.target), up=[0, 1, 0.001])
    if isinstance(light, AreaLight):
        radiance = _bitmap(_soft_edge(light.radiance), True) if light.soft else _rgb(light.radiance)
        size = mi.ScalarTransform4f().scale([light.width / 2, light.height / 2, 1])
        # Its back is not there: a camera far behind the lamps, as wide pictures want, looks through them.
        return {"type": "rectangle", "to_world": look @ size, "bsdf": {"type": "null"}, "emitter": {"type": "area", "radiance": radiance}}
    if isinstance(light, Spot):
        beam = {"cutoff_angle": light.fov / 2, "beam_width": light.fov / 8}
        return {"type": "spot", "intensity": _rgb(light.intensity), "to_world": look, **beam}
    slide = (light.slide[..., None] * np.asarray(light.irradiance)).astype(np.float32)
    return {"type": "projector", "irradiance": _bitmap(slide, True), "fov": light.fov, "to_world": look}


def window(camera: Camera, box: tuple[float, float, float, float], per_height: float) -> Window:
    """`box` (x0, y0, x1, y1 in frame units), grown to whole pixels at `per_height` pixels per frame height."""
    sx, sy = per_height * camera.aspect, per_height
    px, py = 0.5 + camera.shift[0], 0.5 + camera.shift[1]
    left, top = int(np.floor((box[0] - px) * sx)), int(np.floor((box[1] - py) * sy))
    right, bottom = int(np.ceil((box[2] - px) * sx)), int(np.ceil((box[3] - py) * sy))
    return Window(px + left / sx, py + top / sy, px + right / sx, py + bottom / sy, right - left, bottom - top)


def sensor(camera: Camera, view: Window, spp: int, sampler: str = "independent", pixels: str = "rgb", pinhole: bool = False) -> Any:
    """A sensor that sees exactly `view`: a crop of a larger film centred on the lens's axis."""
    sx, sy = view.width / (view.x1 - view.x0), view.height / (view.y1 - view.y0)
    px, py = 0.5 + camera.shift[0], 0.5 + camera.shift[1]
    left, top = round((view.x0 - px) * sx), round((view.y0 - py) * sy)
    half_w, half_h = max(-left, left + view.width, 1), max(-top, top + view.height, 1)
    lens: dict[str, Any] = {"type": "perspective"}
    if camera.aperture > 0 and not pinhole:
        lens = {"type": "thinlens", "aperture_radius": camera.aperture, "focus_distance": camera.focus}
    film = {
        "type": "hdrfilm",
        "width": 2 * half_w,
        "height": 2 * half_h,
        "crop_offset_x": half_w + left,
        "crop_offset_y": half_h + top,
        "crop_width": view.width,
        "crop_height": view.height,
        "pixel_format": pixels,
        "component_format": "float32",
        "rfilter": {"type": "box"},
    }
    fov = 2 * np.degrees(np.arctan(camera.half_height() * 2 * half_h / sy))
    place = mi.ScalarTransform4f().look_at(origin=list(camera.origin), target=list(camera.target), up=[0, 1, 0])
    rest = {"fov": float(fov), "fov_axis": "y", "near_clip": NEAR_CLIP, "far_clip": 200.0, "to_world": place, "film": film}
    return mi.load_dict(lens | rest | {"sampler": {"type": sampler, "sample_count": spp}}, parallel=False)


def _bitmap(pixels: np.ndarray, linear: bool) -> dict[str, Any]:
    array = np.ascontiguousarray(pixels, np.float32 if linear else pixels.dtype)
    return {"type": "bitmap", "bitmap": mi.Bitmap(array), "raw": linear, "wrap_mode": "repeat", "filter_type": "bilinear"}


def _rgb(colour: Iterable[float]) -> dict[str, Any]:
    return {"type": "rgb", "value": [float(c) for c in colour]}


def _glow(emission: Emission) -> Any:
    if not isinstance(emission.source, Texture):
        return _rgb(np.asarray(emission.source) * emission.gain)
    pixels = emission.source.pixels
    light = pixels if emission.source.linear else srgb_to_linear(pixels.astype(np.float64) / (255 if pixels.dtype == np.uint8 else 1))
    return _bitmap((np.asarray(light) * emission.gain).astype(np.float32), True)


def _soft_edge(radiance: Iterable[float], n: int = 64) -> np.ndarray:
    """A softbox's face: brightest in the middle, gone at the rim."""
    y, x = np.mgrid[-1 : 1 : n * 1j, -1 : 1 : n * 1j]
    face = np.clip(1 - np.maximum(np.abs(x), np.abs(y)) ** 4, 0, 1) * np.exp(-(x**2 + y**2) * 0.6)
    return (face[..., None] * np.asarray(list(radiance))).astype(np.float32)
