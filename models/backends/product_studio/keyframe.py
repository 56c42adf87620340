"""One photograph rendered: where the light paths are spent, and what comes out before it is developed.

Detail is bought where it shows. The whole canvas is rendered coarsely; the box around the product finely and feathered in;
the plate without the product, of which only slivers at the edges ever show, coarser still. Silhouettes and depth have their
own cheap pass at the finished size. CPU seconds per stage are kept with the result.
"""

import resource
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from models.backends.product_studio import render
from models.backends.product_studio.camera import OVERSCAN, Camera
from models.backends.product_studio.render import Floats
from models.backends.product_studio.scene import Scenes, Window, window
from models.backends.product_studio.spec import SceneSpec
from models.backends.product_studio.staging import Studio

Box = tuple[float, float, float, float]  # x0, y0, x1, y1 in frame units
Report = Callable[[float, str], None]
DEFOCUS = 0.042  # radius of the blur disc at focus_blur 1, share of the frame's width
SOFT = 0.25  # focus_blur above which a picture is thrown out of focus as a whole, after it was rendered sharp
DEPTH_STEP = 6  # canvas pixels per depth sample


@dataclass(frozen=True)
class Effort:
    """coarse, plate: pixels per finished pixel, one way. fine: pixels spent on the product's box, as a share of the frame's."""

    coarse: float
    fine: float
    plate: float
    silhouette_spp: int


EFFORTS = {"final": Effort(0.38, 0.30, 0.26, 9), "preview": Effort(0.36, 0.0, 0.20, 4)}


@dataclass(frozen=True)
class Canvas:
    """The finished frame with its overscan, in pixels: frame units x land on pixel left + x * width."""

    width: int
    height: int
    left: int
    top: int

    @staticmethod
    def around(width: int, height: int) -> "Canvas":
        """The canvas of a width x height frame."""
        left, top = (int(np.ceil(side * (OVERSCAN - 1) / 4)) * 2 for side in (width, height))
        return Canvas(width, height, left, top)

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) of the whole canvas."""
        return self.width + 2 * self.left, self.height + 2 * self.top

    @property
    def box(self) -> Box:
        """The canvas in frame units."""
        x, y = self.left / self.width, self.top / self.height
        return (-x, -y, 1 + x, 1 + y)

    def lay(self, picture: NDArray[Any], view: Window, interpolation: int = cv2.INTER_CUBIC) -> Floats:
        """A picture of `view` resampled onto the canvas; beyond its edges it repeats them."""
        kx, ky = (view.x1 - view.x0) * self.width / view.width, (view.y1 - view.y0) * self.height / view.height
        x0, y0 = self.left + view.x0 * self.width, self.top + view.y0 * self.height
        if min(kx, ky) > 1.0 and interpolation == cv2.INTER_AREA:
            interpolation = cv2.INTER_LINEAR
        matrix = np.array([[kx, 0, x0 + kx / 2 - 0.5], [0, ky, y0 + ky / 2 - 0.5]])
        laid: Floats = cv2.warpAffine(picture, matrix, self.size, flags=interpolation, borderMode=cv2.BORDER_REPLICATE)
        return np.maximum(laid, 0)  # cubic weights ring below zero beside lamps


@dataclass(eq=False)
class Keyframe:
    """Everything about one photograph, linear, on its canvas. light, plate: (H, W, 3); alpha: (H, W) 0..1.

    plate_depth, product_depth: (h, w) ray distances, one sample per DEPTH_STEP canvas pixels; product_depth is 0 where there
    is no product. product_box: canvas pixels x0, y0, x1, y1 that hold all of alpha. cpu_s: by stage.
    """

    spec: SceneSpec
    camera: Camera
    canvas: Canvas
    light: Floats
    plate: Floats
    alpha: Floats
    plate_depth: Floats
    product_depth: Floats
    product_box: tuple[int, int, int, int]
    cpu_s: dict[str, float] = field(default_factory=dict)


def shoot(spec: SceneSpec, studio: Studio, folder: Path, report: Report) -> Keyframe:
    """Render `studio`. folder: scratch space for mesh files; report(fraction, text) is called before each stage."""
    effort, canvas, camera = EFFORTS[spec.quality], Canvas.around(spec.width, spec.height), studio.camera
    spent, clock = {}, _cpu_s()

    def mark(stage: str) -> None:
        nonlocal clock
        now = _cpu_s()
        spent[stage], clock = now - clock, now

    report(0.02, "Building the set")
    scenes = Scenes(studio, folder)
    plain = scenes.features
    mark("build")
    product = _product_box(studio, camera, canvas, DEFOCUS * spec.framing.focus_blur)
    report(0.08, "Rendering")
    light = _photograph(scenes, spec, camera, canvas, product, effort)
    mark("picture")
    report(0.66, "Rendering the set behind")
    step = spec.height / DEPTH_STEP
    depth_view = window(camera, canvas.box, step)
    if product is None:
        plate, alpha, box = light, np.zeros(light.shape[:2], np.float32), (0, 0, 0, 0)
        product_depth = np.zeros((depth_view.height, depth_view.width), np.float32)
        plate_depth = _depth(plain, camera, depth_view)
    else:
        view = window(camera, canvas.box, spec.height * effort.plate)
        behind = render.clean(scenes.plate, scenes.ground, camera, view, spec.spp, spec.seed + 31, "balanced")
        plate = canvas.lay(behind, view)
        plate_depth = _depth(scenes.ground, camera, depth_view)
        mark("plate")
        report(0.82, "Cutting silhouettes")
        alpha, product_depth, box = _cut(scenes, spec, camera, canvas, product, depth_view, plate_depth, effort)
        mark("silhouette")
    return Keyframe(spec, camera, canvas, light, plate, alpha, plate_depth, product_depth, box, spent)


def _photograph(scenes: Scenes, spec: SceneSpec, camera: Camera, canvas: Canvas, product: Box | None, effort: Effort) -> Floats:
    """The beauty of the whole canvas: coarse everywhere, fine where the product is."""
    soft = spec.framing.focus_blur > SOFT  # resolution would be wasted
    spp, share = (spec.spp + 2, 0.45) if soft else (spec.spp, 1.0)
    canvas_area = canvas.size[0] * canvas.size[1] / (spec.width * spec.height)
    box_area = (product[2] - product[0]) * (product[3] - product[1]) if product else 0.0
    budget = effort.fine + effort.coarse**2 * canvas_area
    foveate = product is not None and effort.fine > 0 and box_area < 0.66 * canvas_area and not soft
    scale = effort.coarse if foveate else float(np.sqrt(budget / canvas_area)) * share
    view = window(camera, canvas.box, spec.height * min(scale, 1.0))
    guides = 1 if foveate else 2
    light = canvas.lay(render.clean(scenes.full, scenes.features, camera, view, spp, spec.seed, guide_spp=guides), view)
    if not foveate or product is None:
        return light
    near = window(camera, product, spec.height * min(1.0, float(np.sqrt(effort.fine / box_area))))
    detail = render.clean(scenes.full, scenes.features, camera, near, spp, spec.seed + 17)
    weight = canvas.lay(_feather(near.height, near.width), near, cv2.INTER_LINEAR)
    outside = np.zeros((canvas.size[1], canvas.size[0]), np.float32)
    x0, y0, x1, y1 = _pixels(canvas, (near.x0, near.y0, near.x1, near.y1))
    outside[y0:y1, x0:x1] = weight[y0:y1, x0:x1]
    part = (slice(y0, y1), slice(x0, x1))
    light[part] += (canvas.lay(detail, near)[part] - light[part]) * outside[part][..., None]
    return light


def _cut(
    scenes: Scenes,
    spec: SceneSpec,
    camera: Camera,
    canvas: Canvas,
    product: Box,
    depth_view: Window,
    plate_depth: Floats,
    effort: Effort,
) -> tuple[Floats, Floats, tuple[int, int, int, int]]:
    """Coverage of the product at the finished size, its depth on the depth grid, and the pixels that hold it."""
    scale = 0.5 if spec.framing.focus_blur > SOFT or spec.quality == "preview" else 1.0
    box_area = (product[2] - product[0]) * (product[3] - product[1])
    view = window(camera, product, spec.height * scale)
    cut = render.silhouette(scenes.silhouette, camera, view, effort.silhouette_spp if box_area < 1.0 else 4, spec.seed + 47)
    # Slits a few pixels wide belong to the product: cut out, they would only sparkle.
    side = 2 * round(spec.width * scale / 220) + 1
    bordered = cv2.copyMakeBorder(cut.alpha, side, side, side, side, cv2.BORDER_REPLICATE)
    closed = cv2.morphologyEx(bordered, cv2.MORPH_CLOSE, np.ones((side, side)))
    coverage = cv2.GaussianBlur(closed[side:-side, side:-side], (0, 0), 0.6)
    x0, y0, x1, y1 = _pixels(canvas, (view.x0, view.y0, view.x1, view.y1))
    alpha = np.zeros((canvas.size[1], canvas.size[0]), np.float32)
    alpha[y0:y1, x0:x1] = np.clip(canvas.lay(coverage, view, cv2.INTER_LINEAR)[y0:y1, x0:x1], 0, 1)
    sharp = render.silhouette(scenes.silhouette, camera, depth_view, 4, spec.seed + 53, pinhole=True)
    depth = np.where(sharp.alpha > 0.6, sharp.depth, 0).astype(np.float32)
    hidden = (depth > plate_depth + 0.06) & (depth > 0)  # behind sand or a step of the set
    if hidden.mean() > 0.0005:
        grown = cv2.GaussianBlur(hidden.astype(np.float32), (0, 0), 0.8)
        shown = 1 - np.clip(canvas.lay(grown, depth_view, cv2.INTER_LINEAR) * 1.6 - 0.3, 0, 1)
        alpha *= shown
    return alpha, depth, (x0, y0, x1, y1)


def _depth(scene: object, camera: Camera, view: Window) -> Floats:
    """Distance of what the plate shows; nothing there counts as far away."""
    seen = render.silhouette(scene, camera, view, 1, 5, pinhole=True)
    return np.where(seen.alpha > 0, seen.depth, 60.0).astype(np.float32)


def _product_box(studio: Studio, camera: Camera, canvas: Canvas, blur: float) -> Box | None:
    """Where the product is on the canvas, with room for its blur (frame widths) and contact shadow; None when there is none in sight."""
    if not studio.product:
        return None
    at = camera.project(studio.points)
    side, above, below = 0.045 + blur, 0.035 + blur * camera.aspect, 0.055 + blur * camera.aspect
    low, high = at.min(0) - np.array([side, above]), at.max(0) + np.array([side, below])
    x0, y0, x1, y1 = canvas.box
    box = (max(float(low[0]), x0), max(float(low[1]), y0), min(float(high[0]), x1), min(float(high[1]), y1))
    return box if box[2] - box[0] > 0.01 and box[3] - box[1] > 0.01 else None


def _pixels(canvas: Canvas, box: Box) -> tuple[int, int, int, int]:
    w, h = canvas.size
    x = np.clip([canvas.left + box[0] * canvas.width, canvas.left + box[2] * canvas.width], 0, w)
    y = np.clip([canvas.top + box[1] * canvas.height, canvas.top + box[3] * canvas.height], 0, h)
    return int(np.ceil(x[0])) // 2 * 2, int(np.ceil(y[0])) // 2 * 2, int(x[1]) // 2 * 2, int(y[1]) // 2 * 2


def _feather(height: int, width: int) -> Floats:
    """1 inside, falling to 0 over the outermost twelfth."""

    def ramp(n: int) -> Floats:
        edge = np.minimum(np.arange(n), np.arange(n)[::-1]) / max(n / 12, 4)
        t = np.clip(edge, 0, 1)
        return (t * t * (3 - 2 * t)).astype(np.float32)

    return np.outer(ramp(height), ramp(width)).astype(np.float32)


def _cpu_s() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
