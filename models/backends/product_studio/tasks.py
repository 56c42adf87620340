"""What a worker can be asked: make a still, move a camera over one, move over a flat picture. Small values in and out."""

import resource
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from models.asks import Move
from models.backends.product_studio import layers as layer_file
from models.backends.product_studio.cache import LAYERS, MASK, STILL
from models.backends.product_studio.keyframe import shoot
from models.backends.product_studio.layers import separate, together
from models.backends.product_studio.motion import film
from models.backends.product_studio.planar import film_flat
from models.backends.product_studio.relight import light_groups
from models.backends.product_studio.spec import Air, SceneSpec
from models.backends.product_studio.staging import stage
from models.errors import MediaError

Report = Callable[[float, str], None]


def make_still(spec: SceneSpec, folder: str, scratch: str, report: Report) -> dict[str, float]:
    """Write STILL, LAYERS and MASK into `folder`. -> CPU seconds by stage."""
    studio = stage(spec)
    key = shoot(spec, studio, Path(scratch), report)
    report(0.92, "Developing")
    before = _cpu_s()
    layers = separate(key, studio)
    _write_png(Path(folder) / STILL, together(layers))
    canvas = layers.canvas
    mask = (key.alpha[canvas.top : canvas.top + canvas.height, canvas.left : canvas.left + canvas.width] * 255).astype(np.uint8)
    _write_png(Path(folder) / MASK, mask)
    layer_file.save(Path(folder) / LAYERS, layers)
    return {**key.cpu_s, "develop": _cpu_s() - before}


def move_camera(
    layers_path: str, move: Move, strength: float, variant: int, air: Air, n_frames: int, fps: int, file: str, scratch: str, report: Report
) -> dict[str, float]:
    """Film the layers into `file`; air: what drifts through the picture. -> CPU seconds by stage."""
    before, reveal, start = _cpu_s(), None, 0.0
    layers = layer_file.load(Path(layers_path))
    if move == "light_reveal":
        start = 0.45
        reveal = light_groups(layers, stage(layers.spec), Path(scratch), lambda f, text: report(f * start, text))
    lit = _cpu_s()
    film(layers, move, strength, n_frames, fps, Path(file), lambda f, text: report(start + f * (1 - start), text), reveal, variant, air)
    return {"lights": lit - before, "film": _cpu_s() - lit}


def move_flat(
    picture: str, width: int, height: int, move: Move, strength: float, variant: int, n_frames: int, fps: int, file: str, report: Report
) -> dict[str, float]:
    """Film a picture without layers into `file`. -> CPU seconds by stage."""
    before = _cpu_s()
    film_flat(Path(picture), width, height, move, n_frames, fps, Path(file), report, variant, strength)
    return {"film": _cpu_s() - before}


def spec_of(layers_path: str, width: int, height: int, report: Report) -> SceneSpec:
    """The spec behind a file of layers, for another size."""
    return replace(layer_file.load(Path(layers_path)).spec, width=width, height=height)


TASKS: dict[str, Callable[..., Any]] = {
    "make_still": make_still,
    "move_camera": move_camera,
    "move_flat": move_flat,
    "spec_of": spec_of,
}


def _write_png(path: Path, picture: np.ndarray) -> None:
    """PNG, quickly: the picture is decoded far more often than it is stored."""
    swapped = np.ascontiguousarray(picture[..., ::-1]) if picture.ndim == 3 else picture
    done, data = cv2.imencode(".png", swapped, [cv2.IMWRITE_PNG_COMPRESSION, 2])
    if not done:
        raise MediaError("The still could not be encoded as PNG.")
    path.write_bytes(data.tobytes())


def _cpu_s() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
