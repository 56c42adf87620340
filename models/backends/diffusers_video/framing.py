"""Stills on their way into a model, and frames on their way out. Pictures in, pictures out.

A model's sizes hardly ever have the asked shape exactly. A still is cut to the asked shape and then pressed into the model's size (by a
percent or two); frames are pressed back. So nothing of the picture is lost, and a cut between still and clip does not jump.
"""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from models.media.image_file import read_image

CUT = 0.97


def still_for(path: Path, asked: tuple[int, int], native: tuple[int, int], what: str) -> tuple[Image.Image, tuple[str, ...]]:
    """(the still at `native`, what to say of it). Sizes: (width, height). what: how it is called. Raises MediaError."""
    still = Image.fromarray(read_image(path))
    box = _covering(still.size, asked)
    shown = (box[2] - box[0]) * (box[3] - box[1]) / (still.width * still.height)
    notes = (f"The {what} has another shape than the clip, so it was cropped: {shown:.0%} of it is shown.",) if shown < CUT else ()
    return still.resize(native, Image.Resampling.LANCZOS, box=box), notes


def frame_for(frame: NDArray[np.uint8], asked: tuple[int, int]) -> NDArray[np.uint8]:
    """A frame of the model at the asked (width, height)."""
    if (frame.shape[1], frame.shape[0]) == asked:
        return frame
    return np.asarray(Image.fromarray(frame).resize(asked, Image.Resampling.LANCZOS), np.uint8)


def _covering(had: tuple[int, int], wanted: tuple[int, int]) -> tuple[float, float, float, float]:
    """The largest box of the wanted shape around the centre."""
    scale = min(had[0] / wanted[0], had[1] / wanted[1])
    width, height = wanted[0] * scale, wanted[1] * scale
    left, top = (had[0] - width) / 2, (had[1] - height) / 2
    return left, top, left + width, top + height
