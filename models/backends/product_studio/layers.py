"""A photograph taken apart for the camera to move through: the set without its product, the product, coverage, depth.

Separation happens in scene-linear light, before developing: the product's colours are grown outward from its solid inside
(so an edge never carries the old background along), the background is completed behind it from the plate. Laid together
again under the coverage, the layers are the photograph, with edges as sharp as the finished size allows.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from models.backends.product_studio import photo
from models.backends.product_studio.bokeh import defocused
from models.backends.product_studio.camera import Camera
from models.backends.product_studio.keyframe import DEFOCUS, SOFT, Canvas, Keyframe
from models.backends.product_studio.render import Floats
from models.backends.product_studio.spec import SceneSpec, from_json, to_json
from models.backends.product_studio.staging import Studio
from models.backends.product_studio.tone import bloom, develop
from models.errors import MediaError

Picture = NDArray[Any]


@dataclass(frozen=True, eq=False)
class Layers:
    """background: (H, W, 3) sRGB of the whole canvas. product, alpha: of `box` (canvas pixels x0, y0, x1, y1) alone.

    plate_depth, product_depth: ray distances over the whole canvas, coarse, without holes. convex: the camera may go round.
    """

    spec: SceneSpec
    camera: Camera
    canvas: Canvas
    background: Picture
    product: Picture
    alpha: Picture
    box: tuple[int, int, int, int]
    plate_depth: Floats
    product_depth: Floats
    convex: bool


def separate(key: Keyframe, studio: Studio) -> Layers:
    """Develop a keyframe into layers. Raises MediaError when the spec's photo can no longer be read."""
    x0, y0, x1, y1 = key.product_box
    part = (slice(y0, y1), slice(x0, x1))
    glow = bloom(key.light * np.float32(key.spec.exposure))
    behind = _completed(key.light, key.plate, key.alpha) if x1 > x0 else key.light
    background = develop(behind, key.spec.exposure, key.spec.mood, glow)
    alpha = (key.alpha[part] * 255 + 0.5).astype(np.uint8)
    product = np.zeros((*alpha.shape, 3), np.uint8)
    if x1 > x0:
        own = _grown(key.light[part], key.alpha[part], max(key.spec.width / 540, 0.7))
        product = develop(own, key.spec.exposure, key.spec.mood, glow[part])
    if studio.card is not None and x1 > x0:
        product, alpha = _card(key, studio, alpha)
    elif key.spec.framing.focus_blur <= SOFT:
        background, product = _crisp(background, key.spec), _crisp(product, key.spec)
    radius = DEFOCUS * key.spec.framing.focus_blur * key.canvas.width
    background, _ = defocused(background, None, radius * 0.7)
    if x1 > x0:
        product, alpha = defocused(product, alpha, radius)
    depth = _without_holes(key.product_depth)
    return Layers(key.spec, key.camera, key.canvas, background, product, alpha, key.product_box, key.plate_depth, depth, studio.convex)


def together(layers: Layers) -> Picture:
    """The finished still: (height, width, 3) sRGB, the canvas without its overscan."""
    x0, y0, x1, y1 = layers.box
    whole = layers.background.copy()
    if x1 > x0:
        weight = layers.alpha[..., None].astype(np.uint16)
        mixed = layers.product * weight + whole[y0:y1, x0:x1] * (255 - weight)
        whole[y0:y1, x0:x1] = ((mixed + 127) // 255).astype(np.uint8)
    canvas = layers.canvas
    return whole[canvas.top : canvas.top + canvas.height, canvas.left : canvas.left + canvas.width]


def save(path: Path, layers: Layers) -> None:
    """Write to one .npz file."""
    about = {
        "spec": to_json(layers.spec),
        "camera": asdict(layers.camera),
        "canvas": asdict(layers.canvas),
        "box": layers.box,
        "convex": layers.convex,
    }
    with path.open("wb") as file:
        np.savez(
            file,
            about=np.frombuffer(json.dumps(about).encode(), np.uint8),
            background=layers.background,
            product=layers.product,
            alpha=layers.alpha,
            plate_depth=layers.plate_depth,
            product_depth=layers.product_depth,
        )


def load(path: Path) -> Layers:
    """Read what `save` wrote. Raises MediaError when the file is missing, damaged or of another version."""
    try:
        with np.load(path, allow_pickle=False) as file:
            about = json.loads(file["about"].tobytes())
            camera: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in about["camera"].items()}
            return Layers(
                from_json(about["spec"]),
                Camera(**camera),
                Canvas(**about["canvas"]),
                file["background"],
                file["product"],
                file["alpha"],
                tuple(about["box"]),
                file["plate_depth"],
                file["product_depth"],
                about["convex"],
            )
    except (OSError, KeyError, ValueError, TypeError) as cause:
        raise MediaError(f"The layers beside the still ({path.name}) cannot be read; make the still again.") from cause


def _completed(light: Floats, plate: Floats, alpha: Floats) -> Floats:
    """The picture with the product taken out: the plate, brought to the brightness its surroundings have beside the product.

    The plate has no contact shadow and none of the product's bounce; the ratio of both pictures around it does.
    """
    h, w = alpha.shape
    margin = 2 * round(w / 400) + 3
    covered = cv2.dilate((alpha > 0.004).astype(np.float32), np.ones((margin, margin)))
    small = (max(w // 6, 8), max(h // 6, 8))
    outside = cv2.resize(1 - covered, small, interpolation=cv2.INTER_AREA)[..., None]
    ratio = np.log(
        (cv2.resize(light, small, interpolation=cv2.INTER_AREA) + 0.01) / (cv2.resize(plate, small, interpolation=cv2.INTER_AREA) + 0.01)
    )
    near, far = (_blurred_ratio(ratio, outside, small[0] * share) for share in (0.02, 0.09))
    gain = np.exp(np.clip(np.where(near[1] > 0.02, near[0], far[0]), -2.5, 2.5))
    filled = plate * cv2.resize(cv2.GaussianBlur(gain, (0, 0), 1.5), (w, h), interpolation=cv2.INTER_LINEAR)
    mask = cv2.GaussianBlur(covered, (0, 0), max(w / 700, 0.8))[..., None]
    return light + (filled - light) * mask


def _blurred_ratio(ratio: Floats, weight: Floats, sigma: float) -> tuple[Floats, Floats]:
    total = cv2.GaussianBlur(weight, (0, 0), sigma)[..., None]
    return cv2.GaussianBlur(ratio * weight, (0, 0), sigma) / np.maximum(total, 1e-4), total


def _grown(light: Floats, alpha: Floats, unit: float) -> Floats:
    """The product's own colours, continued past its edge. unit: about two coarse pixels, in canvas pixels."""
    side = 2 * round(unit) + 1
    solid = cv2.erode((alpha > 0.985).astype(np.float32), np.ones((side, side)))
    out, known = light * solid[..., None], solid.copy()
    for reach in (1.0, 2.5, 7.0):
        weight = cv2.GaussianBlur(solid, (0, 0), reach * unit)
        spread = cv2.GaussianBlur(light * solid[..., None], (0, 0), reach * unit)
        fresh = (known < 0.5) & (weight > 0.02)
        out[fresh] = spread[fresh] / weight[fresh][:, None]
        known[fresh] = 1
    out[known < 0.5] = light[known < 0.5]
    return out


def _crisp(picture: Picture, spec: SceneSpec) -> Picture:
    """A touch of unsharp masking for what was rendered smaller than it is shown."""
    if spec.quality != "final" or picture.size == 0:
        return picture
    soft = cv2.GaussianBlur(picture, (0, 0), max(spec.width / 900, 0.6))
    return cv2.addWeighted(picture, 1.38, soft, -0.38, 0)


def _card(key: Keyframe, studio: Studio, alpha: Picture) -> tuple[Picture, Picture]:
    """The user's photo laid exactly where its card stands, in its own colours; the set may still hide its foot."""
    assert studio.card is not None
    pixels = photo.cut_out(Path(key.spec.photo))
    h, w = pixels.shape[:2]
    x0, y0, x1, y1 = key.product_box
    at = key.camera.project(studio.card) * (key.canvas.width, key.canvas.height) + (key.canvas.left - x0, key.canvas.top - y0)
    corners = np.array([(0, 0), (w, 0), (w, h), (0, h)], np.float32) - 0.5
    matrix = cv2.getPerspectiveTransform(corners, (at - 0.5).astype(np.float32))
    shrink = max(w / max(float(np.ptp(at[:, 0])), 1.0), 1.0)
    weight = pixels[..., 3:].astype(np.float32) / 255
    premultiplied: NDArray[Any] = np.dstack([pixels[..., :3] * weight, weight * 255])
    if shrink > 1.3:
        premultiplied = cv2.GaussianBlur(premultiplied, (0, 0), shrink * 0.35)
    laid = cv2.warpPerspective(premultiplied, matrix, (x1 - x0, y1 - y0), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT)
    colour = np.clip(laid[..., :3] / np.maximum(laid[..., 3:] / 255, 1e-3) + 0.5, 0, 255).astype(np.uint8)
    covered = np.clip(laid[..., 3] + 0.5, 0, 255).astype(np.uint8)
    return colour, np.where(alpha > 8, covered, 0).astype(np.uint8)


def _without_holes(depth: Floats) -> Floats:
    """Product depth continued beyond its silhouette, so that a moving edge has a depth to move by."""
    inside: Floats = (depth > 0).astype(np.float32)
    if not inside.any():
        return np.full_like(depth, 6.0)
    inside = cv2.erode(inside, np.ones((3, 3))) if inside.mean() > 0.01 else inside
    out, known = depth * inside, inside.copy()
    for sigma in (1.5, 5.0, 14.0, 40.0):
        weight = cv2.GaussianBlur(inside, (0, 0), sigma)
        spread = cv2.GaussianBlur(depth * inside, (0, 0), sigma)
        fresh = (known < 0.5) & (weight > 1e-3)
        out[fresh] = spread[fresh] / weight[fresh]
        known[fresh] = 1
    middle = float(np.median(depth[depth > 0]))
    out[known < 0.5] = middle
    return cv2.GaussianBlur(out, (0, 0), 0.8)
