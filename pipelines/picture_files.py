"""Pictures that people bring along for an ad, a product photo or a logo: whether a file can be used. Knows headers, opens no pixels."""

from pathlib import Path
from typing import Any

from pipelines.errors import BriefError

PHOTO_BYTES = 50 * 1024 * 1024
PHOTO_SIDES = (64, 12_000)
PHOTO_PIXELS = 80_000_000
PHOTO_FORMATS = ("PNG", "JPEG", "WEBP")


def picture_file(value: Any, field: str = "product_image", what: str = "product image") -> Path | None:
    """The whole path of a usable picture, None for none. field, what: named when it is refused with a BriefError.

    Reads the header alone: a picture that would unpack to gigabytes is refused unopened.
    """
    if value is None or value == "":
        return None
    from PIL import Image, UnidentifiedImageError

    path, (small, large) = Path(value).absolute(), PHOTO_SIDES
    limits = f"scale it below {large:,} pixels a side and {PHOTO_PIXELS // 10**6} megapixels"
    if not path.is_file():
        raise BriefError(f"The {what} {path.name!r} was not found; check the path.", field=field)
    if path.stat().st_size > PHOTO_BYTES:
        raise BriefError(f"The {what} is over {PHOTO_BYTES // 2**20} MB; save it smaller, as PNG, JPEG or WebP.", field=field)
    try:
        with Image.open(path, formats=PHOTO_FORMATS) as image:
            width, height = image.size
    except Image.DecompressionBombError as error:
        raise BriefError(f"The {what} is far too large; {limits}.", field=field) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise BriefError(f"The {what} cannot be read; use a PNG, JPEG or WebP file.", field=field) from error
    if min(width, height) < small:
        raise BriefError(f"The {what} is {width}×{height} pixels; each side needs at least {small}.", field=field)
    if max(width, height) > large or width * height > PHOTO_PIXELS:
        raise BriefError(f"The {what} is {width}×{height} pixels; {limits}.", field=field)
    return path
