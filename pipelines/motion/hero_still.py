"""The hero frame as the still that a take begins with.

The embedded studio moves through the depth of its own photographs, which a picture file no longer has: what it photographed is taken once
more from the same ask – the same set, product, light and seed – and held against the picture. Only where both are the same picture does a
take begin there; else the camera moves over the flat one, and the take says so.
"""

from dataclasses import replace
from pathlib import Path

import numpy as np

from models.asks import ImageAsk, Made, Still
from models.context import JobContext
from models.errors import Cancelled, ModelError
from models.media.image_file import read_image
from models.runtime import Runtime
from pipelines.identity import STUDIO

ALIKE = 6.0
"""Mean difference in levels of 255 between small versions of two pictures that are the same photograph; noise gives one or two, another
lens or light tens."""

SMALL = 96

NOT_AGAIN = "The studio could not take this very photograph again, so the camera moves over the flat picture."


def still_of(picture: Path, made_with: str, ask: ImageAsk | None, runtime: Runtime, job: JobContext, model: str) -> Still:
    """The still of the hero frame at `picture`, for a take by `model`. made_with: the model that made the frame; ask: what it was asked,
    None where that is not known. Raises MediaError, Cancelled."""
    height, width = read_image(picture).shape[:2]
    flat = Still(picture, width, height, Made(made_with, ask.seed if ask else 0))
    if STUDIO not in (made_with, model) or made_with != model or ask is None:
        return flat
    try:
        again = runtime.image(ask, job, STUDIO)
    except Cancelled:
        raise
    except ModelError as error:
        return replace(flat, made=replace(flat.made, notes=(f"{NOT_AGAIN} ({error})",)))
    if alike(picture, again.path):
        return again
    return replace(flat, made=replace(flat.made, notes=(NOT_AGAIN,)))


def alike(one: Path, other: Path) -> bool:
    """Whether two files hold the same photograph, give or take noise."""
    first, second = read_image(one), read_image(other)
    if first.shape != second.shape:
        return False
    return float(np.abs(_small(first) - _small(second)).mean()) < ALIKE


def _small(picture: np.ndarray) -> np.ndarray:
    import cv2

    height, width = picture.shape[:2]
    shrink = min(1.0, SMALL / min(height, width))
    size = max(1, round(width * shrink)), max(1, round(height * shrink))
    return np.asarray(cv2.resize(picture[..., :3], size, interpolation=cv2.INTER_AREA), np.float32)
