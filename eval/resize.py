"""The resizing rules of VBench's transforms, on torch tensors, to the letter: sizes by int(), no antialiasing, no surprise clamps.

torchvision's `Resize(n, antialias=False)` followed by `CenterCrop`, `/255` and `Normalize`, without torchvision. Tensors keep the
channels-last layout that `(T, H, W, C).permute(0, 3, 1, 2)` gives in VBench, because torch picks its kernels by it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal

from eval.film import Rgb, made_of

if TYPE_CHECKING:
    from torch import Tensor

CLIP_MEAN, CLIP_STD = (0.48145466, 0.4578275, 0.40821073), (0.26862954, 0.26130258, 0.27577711)
IMAGENET_MEAN, IMAGENET_STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
SIDE = 224


@contextmanager
def one_thread() -> Iterator[None]:
    """One picture is too little to share: torch's threads wait for each other longer than they work (measured on 5 s of 1080p: 5.0 CPU s
    and 2.7 s of wall with two, 3.4 and 2.0 with one). Networks keep all of them."""
    import torch

    as_before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(as_before)


def tensor(rgb: Rgb) -> "Tensor":
    """(H, W, 3) uint8 -> (1, 3, H, W) float32, 0..255: what the views below are made of, once per frame."""
    with one_thread():
        return _bytes(rgb).float()


@made_of(tensor)
@one_thread()
def dino_frame(image: "Tensor") -> "Tensor":
    """Short side 224, bilinear, no crop; ImageNet-normalised (1, 3, h, w) float32."""
    return normalised(short_side(image, SIDE, "bilinear"), IMAGENET_MEAN, IMAGENET_STD)


@made_of(tensor)
@one_thread()
def clip_crop(image: "Tensor") -> "Tensor":
    """Short side 224, bicubic on floats (values may leave 0..255), centre crop; CLIP-normalised (1, 3, 224, 224) float32."""
    return normalised(middle(image, SIDE), CLIP_MEAN, CLIP_STD)


@made_of(tensor)
@one_thread()
def clip_crop_rounded(image: "Tensor") -> "Tensor":
    """As `clip_crop`, but resized as bytes: clamped to 0..255 and rounded. VBench's video-text dimensions see this one."""
    return normalised(middle(image, SIDE).clamp(0, 255).round(), CLIP_MEAN, CLIP_STD)


@made_of(tensor)
@one_thread()
def longest_512(image: "Tensor") -> "Tensor":
    """Shrunk bilinearly until no side exceeds 512, sides by int(); 0..1, (1, 3, h, w) float32."""
    height, width = image.shape[-2:]
    if max(height, width) > 512:
        scale = 512.0 / max(height, width)
        image = resized(image, (int(scale * height), int(scale * width)), "bilinear")
    return image / 255.0


def short_side(image: "Tensor", side: int, mode: Literal["bilinear", "bicubic"]) -> "Tensor":
    """The short side becomes `side`, the long one int(side * long / short)."""
    return resized(image, _short_side(image, side), mode)


def middle(image: "Tensor", side: int) -> "Tensor":
    """`centre(short_side(image, side, "bicubic"), side)` to the last bit; what lies beyond it, right and below, is not made."""
    import torch

    height, width = image.shape[-2:]
    rows, columns = _short_side(image, side)
    down, across = rows / height, columns / width
    top, left = _offset(rows, side), _offset(columns, side)
    if (rows, columns) == (height, width) or not (_alike(down, rows, height) and _alike(across, columns, width)):
        return centre(short_side(image, side, "bicubic"), side)
    part = torch.ops.aten.upsample_bicubic2d(image, [top + side, left + side], False, down, across)
    found: Tensor = part[..., top:, left:]
    return found


def resized(image: "Tensor", size: tuple[int, int], mode: Literal["bilinear", "bicubic"]) -> "Tensor":
    """To (height, width), as torch interpolates without antialiasing; an image of that size is returned as it is."""
    from torch.nn.functional import interpolate

    return image if tuple(image.shape[-2:]) == size else interpolate(image, size=size, mode=mode, align_corners=False, antialias=False)


def centre(image: "Tensor", side: int) -> "Tensor":
    """The middle side x side pixels; offsets by banker's rounding."""
    top, left = (_offset(length, side) for length in image.shape[-2:])
    return image[..., top : top + side, left : left + side]


def _offset(length: int, side: int) -> int:
    return round((length - side) / 2.0)


def _short_side(image: "Tensor", side: int) -> tuple[int, int]:
    height, width = image.shape[-2:]
    long = int(side * max(height, width) / min(height, width))
    return (side, long) if height <= width else (long, side)


def _alike(scale: float, made: int, of: int) -> bool:
    """Whether torch steps through the image as far for a scale as for the two lengths: it divides them in single precision."""
    import numpy as np

    return bool(np.float32(1 / scale) == np.float32(of) / np.float32(made))


def normalised(image: "Tensor", mean: tuple[float, ...], std: tuple[float, ...]) -> "Tensor":
    """(image / 255 - mean) / std per channel."""
    import torch

    shape = (1, 3, 1, 1)
    return image.div(255.0).sub_(torch.tensor(mean).view(shape)).div_(torch.tensor(std).view(shape))


def padded(image: "Tensor", multiple: int) -> "tuple[Tensor, tuple[int, int, int, int]]":
    """Both sides up to a multiple by repeating the edge, half on each side -> (image, (left, right, top, bottom))."""
    from torch.nn.functional import pad

    height, width = image.shape[-2:]
    high, wide = -height % multiple, -width % multiple
    sides = (wide // 2, wide - wide // 2, high // 2, high - high // 2)
    return pad(image, sides, mode="replicate"), sides


def _bytes(rgb: Rgb) -> "Tensor":
    import numpy as np
    import torch

    writable = rgb if rgb.flags.writeable else np.array(rgb)
    return torch.from_numpy(writable)[None].permute(0, 3, 1, 2)
