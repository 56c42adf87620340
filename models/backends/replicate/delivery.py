"""Taking what an order gave: fetched at once, without the token, looked at picture by picture, and brought into the asked shape."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit
from uuid import uuid4

import numpy as np
from PIL import Image

from models.asks import Clip, ImageAsk, Made, Still, VideoAsk
from models.context import JobContext
from models.download import Shelf, fetch
from models.errors import DiskFull, MediaError, ModelError, ModelFailed
from models.media.clip_fit import LEAST_SIDE, fit_clip, reshaped
from models.media.image_file import Picture, read_image, write_image

R = TypeVar("R", Still, Clip)

HOSTS = ("replicate.delivery", ".replicate.delivery")
MOST_BYTES = {"image": 64_000_000, "video": 512_000_000}
FETCHED = 0.95
"""The part of the bar until the file is here."""


def shelf_of(base_url: str) -> Shelf:
    """Where results may lie: at Replicate, and where its API is reached over a proxy, there."""
    parts = urlsplit(base_url)
    at_home = parts.hostname == "api.replicate.com"
    return Shelf(HOSTS, "" if at_home else f"{parts.scheme}://{parts.netloc}")


def address_in(output: Any) -> str:
    """The first file that an order gave: an address, or a list of them. "" when it gave none."""
    first = output[0] if isinstance(output, list) and output else output
    return first if isinstance(first, str) and first.startswith(("https://", "http://", "data:")) else ""


def take_still(output: Any, ask: ImageAsk, made: Made, shelf: Shelf, job: JobContext, gone: Callable[[], ModelError]) -> Still:
    """The picture of an order, as a PNG of the asked size. gone: the error when it is not there any more."""

    def shaped(file: Path) -> Still:
        picture = read_image(file)
        high, wide = picture.shape[:2]
        if min(wide, high) < LEAST_SIDE:
            raise MediaError(f"The picture is only {wide}x{high} pixels large.")
        path = write_image(job.workdir / f"still-{uuid4().hex[:10]}.png", covering(picture, ask.width, ask.height))
        return Still(path, ask.width, ask.height, _with(made, "picture", reshaped((wide, high), (ask.width, ask.height))))

    return _taken(output, "image", made, shelf, job, gone, shaped)


def take_clip(output: Any, ask: VideoAsk, made: Made, shelf: Shelf, job: JobContext, gone: Callable[[], ModelError]) -> Clip:
    """The clip of an order, with exactly the asked frames; its sound, if it has any, is left out."""

    def shaped(file: Path) -> Clip:
        path = job.workdir / f"clip-{uuid4().hex[:10]}.mp4"

        def tell(part: float) -> None:
            job.progress(FETCHED + (1 - FETCHED) * part, "Cutting the clip")

        notes = fit_clip(file, path, (ask.width, ask.height), ask.n_frames, ask.fps, check=job.check, tell=tell)
        return Clip(path, ask.width, ask.height, ask.n_frames, ask.fps, _with(made, "clip", notes))

    return _taken(output, "video", made, shelf, job, gone, shaped)


def covering(picture: Picture, width: int, height: int) -> Picture:
    """`picture` scaled to cover (width, height), cropped around its centre."""
    high, wide = picture.shape[:2]
    if (wide, high) == (width, height):
        return picture
    scale = max(width / wide, height / high)
    box_wide, box_high = width / scale, height / scale
    left, top = (wide - box_wide) / 2, (high - box_high) / 2
    box = (left, top, left + box_wide, top + box_high)
    return np.asarray(Image.fromarray(picture).resize((width, height), Image.Resampling.LANCZOS, box=box), np.uint8)


def _taken(
    output: Any, kind: str, made: Made, shelf: Shelf, job: JobContext, gone: Callable[[], ModelError], shaped: Callable[[Path], R]
) -> R:
    """Fetch and shape. What is unusable was paid for all the same; what only could not be fetched can be tried again."""
    job.progress(0.9, "Fetching the result")
    file = job.workdir / f".fetched-{uuid4().hex[:10]}"
    try:
        if not (address := address_in(output)):
            raise ModelFailed(f"{made.model} gave something that is no {kind}.")
        if not fetch(address, file, shelf, MOST_BYTES[kind], job.check):
            raise gone()
        return shaped(file)
    except DiskFull:
        raise  # the order is as good as it was; where there is room again, its result is fetched again
    except MediaError as error:
        told = str(error).replace(file.name, "it")  # the name is ours, and another one each time
        raise ModelFailed(f"What {made.model} gave cannot be used: {told}", model=made.model, cost_usd=made.cost_usd) from error
    except ModelFailed as error:
        error.model, error.cost_usd = made.model, made.cost_usd
        raise
    finally:
        file.unlink(missing_ok=True)


def _with(made: Made, what: str, notes: tuple[str, ...]) -> Made:
    return replace(made, notes=(*made.notes, *(f"The {what} of {made.model} {note}." for note in notes)))
