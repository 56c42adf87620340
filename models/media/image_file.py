"""The one place that reads and writes pictures: (H, W, 3) uint8 sRGB inside, PNG, JPEG and WebP outside.

It knows nothing of what a picture is for.
"""

import errno
import os
from pathlib import Path
from uuid import uuid4

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from models.errors import DiskFull, MediaError

MAX_PIXELS = 80_000_000

Picture = NDArray[np.uint8]


def read_image(path: Path) -> Picture:
    """Decode any still picture to (H, W, 3) uint8 sRGB, set upright; transparency shows white.

    Raises MediaError when the file is missing, broken, no picture, or larger than 80 megapixels.
    """
    upright = _decoded(path)
    if "A" in upright.getbands() or "transparency" in upright.info:
        clear = upright.convert("RGBA")
        upright = Image.alpha_composite(Image.new("RGBA", clear.size, "white"), clear)
    return np.asarray(upright.convert("RGB"), np.uint8)


def read_cutout(path: Path) -> Picture:
    """The same as (H, W, 4) with its transparency, 255 for opaque. Raises MediaError."""
    return np.asarray(_decoded(path).convert("RGBA"), np.uint8)


def _decoded(path: Path) -> Image.Image:
    if not path.is_file():
        raise MediaError(f"There is no picture at {path.name}; choose another file.")
    try:
        with Image.open(path) as opened:
            if opened.width * opened.height > MAX_PIXELS:
                raise MediaError(f"{path.name} has more than {MAX_PIXELS // 1_000_000} megapixels; make it smaller first.")
            upright = ImageOps.exif_transpose(opened)
            upright.load()
            return upright
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as error:
        raise MediaError(f"{path.name} cannot be read as a picture; it may be damaged or not a picture.") from error


def scaled(picture: Picture, size: tuple[int, int]) -> Picture:
    """`picture` at exactly size (width, height), averaged where it shrinks and sharp where it grows; itself where that is its size."""
    import cv2

    if (picture.shape[1], picture.shape[0]) == size:
        return picture
    how = cv2.INTER_AREA if size[0] < picture.shape[1] else cv2.INTER_LANCZOS4
    return np.asarray(cv2.resize(picture, size, interpolation=how), np.uint8)


def _png(picture: Picture) -> bytes:
    """As small as at Pillow's level 6 and in a fifth of the time: grain, which all films here have, leaves nothing for a longer search."""
    import cv2

    how = [cv2.IMWRITE_PNG_COMPRESSION, 1, cv2.IMWRITE_PNG_STRATEGY, cv2.IMWRITE_PNG_STRATEGY_RLE]
    how += [cv2.IMWRITE_PNG_FILTER, cv2.IMWRITE_PNG_FILTER_UP]
    return cv2.imencode(".png", np.ascontiguousarray(picture[..., ::-1]), how)[1].tobytes()


def write_image(path: Path, picture: Picture, *, quality: int = 92) -> Path:
    """Write (H, W, 3) uint8 sRGB in the format of the suffix (.png, .jpg, .webp); nothing half-written stays behind.

    quality: of JPEG and WebP, 1..100. Raises DiskFull or MediaError.
    """
    part = path.with_name(f".{path.stem}-{uuid4().hex[:8]}.part")
    kind = Image.registered_extensions().get(path.suffix.lower(), "PNG")
    options: dict[str, int | bool] = {"quality": quality}
    if kind == "JPEG":
        options |= {"optimize": True, "subsampling": 0}
    try:
        if kind == "PNG":
            part.write_bytes(_png(picture))
        else:
            Image.fromarray(np.ascontiguousarray(picture)).save(part, format=kind, **options)
        os.replace(part, path)
    except OSError as error:
        part.unlink(missing_ok=True)
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise DiskFull(f"The disk is full; {path.name} could not be written. Free some space and try again.") from error
        raise MediaError(f"{path.name} could not be written: {error.strerror or error}.") from error
    return path
