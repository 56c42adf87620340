"""Pictures as planes: what a decoded frame is turned into, and back to RGB.

Planes are (y, u, v) uint8, 4:2:0, BT.709, limited range: y (H, W), u and v (H/2, W/2). Conversions keep every flat patch
within rounding; HDR is mapped to standard colours. This knows nothing of files.
"""

from typing import Any

import av
import numpy as np
from av.video.reformatter import ColorRange, Colorspace, Interpolation
from numpy.typing import NDArray

from models.media.tone_map import is_hdr, tone_mapped

Plane = NDArray[np.uint8]
Planes = tuple[Plane, Plane, Plane]

# swscale's quick paths truncate: greys come back up to 3 levels dark. These flags keep every patch within rounding.
_EXACT = Interpolation.ACCURATE_RND | Interpolation.FULL_CHR_H_INT | Interpolation.FULL_CHR_H_INP
_SAME_SIZE = Interpolation.BILINEAR | _EXACT
_RESIZED = Interpolation.BICUBIC | _EXACT
_BT601 = (5, 6)  # codes of the two BT.601 matrices
_UNTAGGED = 2


def black(width: int, height: int) -> Planes:
    """A black picture of this size; sides are even."""
    half = (height // 2, width // 2)
    return np.full((height, width), 16, np.uint8), np.full(half, 128, np.uint8), np.full(half, 128, np.uint8)


def planes_to_rgb(planes: Planes) -> NDArray[np.uint8]:
    """(y, u, v) -> (H, W, 3) uint8 RGB."""
    rgb: NDArray[np.uint8] = (
        _reformat(planes_to_frame(planes), "rgb24", ColorRange.MPEG, ColorRange.JPEG).to_ndarray().astype(np.uint8, copy=False)
    )
    return rgb


def rgb_to_planes(frame: NDArray[np.uint8]) -> Planes:
    """(H, W, 3) uint8 RGB, even sides -> (y, u, v)."""
    return _split(rgb_to_frame(frame))


def planes_to_frame(planes: Planes) -> av.VideoFrame:
    """(y, u, v) -> a yuv420p frame that holds a copy."""
    height, width = planes[0].shape
    picture = av.VideoFrame(width, height, "yuv420p")
    for plane, source in zip(picture.planes, planes, strict=True):
        _view(plane, source.shape[1], writable=True)[...] = source
    return picture


def rgb_to_frame(frame: NDArray[np.uint8]) -> av.VideoFrame:
    """(H, W, 3) uint8 RGB -> a yuv420p frame, BT.709 limited."""
    picture = av.VideoFrame.from_ndarray(np.ascontiguousarray(frame), format="rgb24")
    return _reformat(picture, "yuv420p", ColorRange.JPEG, ColorRange.MPEG)


def frame_to_planes(frame: av.VideoFrame, size: tuple[int, int] | None, focus: tuple[float, float] = (0.5, 0.5)) -> Planes:
    """A decoded frame of any format -> read-only (y, u, v).

    size: (width, height), even; the picture is scaled to cover it and cropped around `focus` (0..1 across and down the upright picture), as
    far as its edges allow. Turned phone pictures are set upright.
    """
    turns = round(frame.rotation / 90) % 4
    width, height = size or ((frame.height, frame.width) if turns % 2 else (frame.width, frame.height))
    if turns % 2:
        width, height = height, width
    width, height = width // 2 * 2, height // 2 * 2
    scale = max(width / frame.width, height / frame.height)
    wide, high = max(width, 2 * round(frame.width * scale / 2)), max(height, 2 * round(frame.height * scale / 2))
    rgb = frame.format.is_rgb
    matrix = Colorspace.ITU709
    if not rgb and (frame.colorspace in _BT601 or (frame.colorspace == _UNTAGGED and frame.height < 720)):  # tagged 601, or untagged and SD
        matrix = Colorspace.ITU601
    full = rgb or frame.color_range == ColorRange.JPEG or frame.format.name.startswith("yuvj")
    if is_hdr(frame.color_trc):
        frame = rgb_to_frame(tone_mapped(frame, wide, high))
    elif (wide, high) != (frame.width, frame.height) or frame.format.name != "yuv420p" or full or matrix != Colorspace.ITU709:
        frame = frame.reformat(
            wide,
            high,
            "yuv420p",
            src_colorspace=matrix,
            dst_colorspace=Colorspace.ITU709,
            interpolation=_SAME_SIZE if (wide, high) == (frame.width, frame.height) else _RESIZED,
            src_color_range=ColorRange.JPEG if full else ColorRange.MPEG,
            dst_color_range=ColorRange.MPEG,
        )
    across, down = _turned(focus, turns)
    left, top = _crop(wide, width, across), _crop(high, height, down)
    y, u, v = _split(frame)
    cut = slice(top, top + height), slice(left, left + width)
    half = slice(top // 2, (top + height) // 2), slice(left // 2, (left + width) // 2)
    y, u, v = y[cut], u[half], v[half]
    return (np.rot90(y, turns), np.rot90(u, turns), np.rot90(v, turns)) if turns else (y, u, v)


def _crop(whole: int, part: int, middle: float) -> int:
    """Where a crop of `part` of `whole` pixels begins, even, with its middle as near to `middle` (0..1) as it can be."""
    at = (whole - part) // 2 if middle == 0.5 else round(middle * whole - part / 2)
    return min(max(at, 0), whole - part) // 2 * 2


def _turned(focus: tuple[float, float], turns: int) -> tuple[float, float]:
    """The place in the stored picture that is `focus` once it has been turned a quarter to the left so many times."""
    x, y = focus
    return [(x, y), (1 - y, x), (1 - x, 1 - y), (y, 1 - x)][turns]


def _reformat(picture: av.VideoFrame, pixel_format: str, src: ColorRange, dst: ColorRange) -> av.VideoFrame:
    bt709 = Colorspace.ITU709
    return picture.reformat(
        format=pixel_format, src_colorspace=bt709, dst_colorspace=bt709, interpolation=_SAME_SIZE, src_color_range=src, dst_color_range=dst
    )


def _split(picture: av.VideoFrame) -> Planes:
    y, u, v = (_view(plane, plane.width) for plane in picture.planes)
    return y, u, v


def _view(plane: Any, width: int, writable: bool = False) -> Plane:
    """The plane's memory as (height, width), without its padding."""
    flat = np.frombuffer(plane, np.uint8)
    view = flat.reshape(-1, plane.line_size)[: plane.height, :width]
    view.flags.writeable = writable
    return view
