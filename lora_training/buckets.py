"""Sizes that pictures are trained at: near their own shape, never above the area asked for, multiples of a step."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

NARROWEST, WIDEST = 0.5, 2.0
"""Width / height beyond which no bucket goes; what is longer is cropped more."""


@dataclass(frozen=True)
class Crop:
    """How a picture is put into a bucket: scaled so that it covers it, then cut in the middle. All in pixels.

    height, width: the bucket. top, left: what is cut off, measured after scaling, as SDXL is told of it.
    """

    height: int
    width: int
    scaled_height: int
    scaled_width: int
    top: int
    left: int


def buckets(resolution: int, step: int) -> tuple[tuple[int, int], ...]:
    """All (height, width) of multiples of `step` with an area of at most resolution² and the shapes in range."""
    found = set()
    for width in range(step, 2 * resolution + 1, step):
        height = min(resolution * resolution // width // step * step, 2 * resolution)
        if height >= step and NARROWEST <= width / height <= WIDEST:
            found |= {(height, width), (width, height)}
    return tuple(sorted(found))


def crop_for(width: int, height: int, sizes: tuple[tuple[int, int], ...]) -> Crop:
    """The crop of a picture of width x height: the bucket nearest in shape, the largest of equals."""
    bucket_h, bucket_w = min(sizes, key=lambda size: (abs(math.log(size[1] / size[0] / (width / height))), -size[0] * size[1]))
    scale = max(bucket_w / width, bucket_h / height)
    scaled_w, scaled_h = max(bucket_w, round(width * scale)), max(bucket_h, round(height * scale))
    return Crop(bucket_h, bucket_w, scaled_h, scaled_w, (scaled_h - bucket_h) // 2, (scaled_w - bucket_w) // 2)


def lost(width: int, height: int, crop: Crop) -> float:
    """The share of the picture that the crop cuts away, 0..1."""
    return 1 - crop.height * crop.width / (crop.scaled_height * crop.scaled_width)


def cut(picture: "Image", crop: Crop) -> "Image":
    """The picture (RGB) in its bucket."""
    from PIL.Image import Resampling

    scaled = picture.resize((crop.scaled_width, crop.scaled_height), Resampling.LANCZOS)
    return scaled.crop((crop.left, crop.top, crop.left + crop.width, crop.top + crop.height))
