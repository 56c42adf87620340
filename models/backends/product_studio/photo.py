"""The user's own product photo: checked before it is decoded, cut out, and set up as a card that stands in the studio.

A PNG with alpha is taken as it is; a photo on a plain ground is cut out with GrabCut. Its pixels are never repainted: the
renderer only uses the card for shadow and reflection, and the picture itself is laid over afterwards (see `layers.py`).
"""

import hashlib
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from models.backends.product_studio.archetypes import Part, Product
from models.backends.product_studio.geometry import Mesh
from models.backends.product_studio.materials import Texture
from models.errors import AskRefused, MediaError

MIN_SIDE, MAX_SIDE, MAX_PIXELS = 64, 12_000, 80_000_000
WORKING_SIDE = 1600  # no card is ever shown larger
Cutout = NDArray[Any]  # (H, W, 4) sRGB with straight alpha, cropped to what is there


def check(path: Path) -> str:
    """The photo's digest. Raises MediaError when it cannot be read, AskRefused when its size is out of bounds."""
    try:
        with Image.open(path) as image:
            width, height = image.size
    except FileNotFoundError as cause:
        raise MediaError(f"The product photo {path.name} is not there; choose it again.") from cause
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError, ValueError, SyntaxError) as cause:
        raise MediaError(f"The product photo {path.name} is not a picture that can be read; use a PNG or JPEG.") from cause
    if min(width, height) < MIN_SIDE:
        raise AskRefused(f"The product photo is {width}x{height}; it needs at least {MIN_SIDE} pixels a side.")
    if max(width, height) > MAX_SIDE or width * height > MAX_PIXELS:
        raise AskRefused(f"The product photo is {width}x{height}; at most {MAX_SIDE:,} pixels a side and 80 megapixels can be used.")
    return hashlib.sha256(path.read_bytes()).hexdigest()[:32]


def cut_out(path: Path) -> Cutout:
    """The product alone. Raises MediaError (unreadable) and AskRefused (size, or nothing that can be told from its ground)."""
    check(path)
    try:
        with Image.open(path) as image:
            image.draft("RGB", (WORKING_SIDE, WORKING_SIDE))
            has_alpha = "A" in image.getbands() or "transparency" in image.info
            rgba = image.convert("RGBA")
    except (OSError, ValueError, SyntaxError) as cause:
        raise MediaError(f"The product photo {path.name} is damaged; save it again as PNG or JPEG.") from cause
    rgba.thumbnail((WORKING_SIDE, WORKING_SIDE), Image.Resampling.LANCZOS)
    pixels = np.array(rgba)
    if not has_alpha or int(pixels[..., 3].min()) > 250:
        pixels[..., 3] = _foreground(pixels[..., :3])
    return _cropped(pixels)


def card(path: Path, size: float) -> tuple[Product, NDArray[Any]]:
    """The photo standing upright on y = 0, and its corners (4, 3) clockwise from top left."""
    pixels = cut_out(path)
    h, w = pixels.shape[:2]
    tall, broad = size * h / max(h, w), size * w / max(h, w)
    left, right = -broad / 2, broad / 2
    corners = np.array([(left, tall, 0.0), (right, tall, 0.0), (right, 0.0, 0.0), (left, 0.0, 0.0)])
    uv = np.array([(0.0, 1.0), (1.0, 1.0), (1.0, 0.0), (0.0, 0.0)])
    mesh = Mesh(corners, np.tile([0.0, 0.0, 1.0], (4, 1)), uv, np.array([(0, 2, 1), (0, 3, 2)]))
    flipped = np.ascontiguousarray(pixels[::-1])
    opacity = Texture(np.repeat(flipped[..., 3:].astype(np.float32) / 255, 3, 2), linear=True)
    surface = {
        "type": "mask",
        "opacity": opacity,
        "body": {"type": "twosided", "body": {"type": "diffuse", "reflectance": Texture(np.ascontiguousarray(flipped[..., :3]))}},
    }
    middle = (0.0, tall / 2, 0.0)
    return Product((Part(mesh, surface),), tall, middle, (middle,)), corners


def _foreground(rgb: NDArray[Any]) -> NDArray[Any]:
    """Alpha of the thing on a plain ground: what differs from the border's colour seeds GrabCut; the edge is feathered."""
    small_side = 480
    h, w = rgb.shape[:2]
    k = min(1.0, small_side / max(h, w))
    small: NDArray[Any] = cv2.resize(rgb, (max(int(w * k), 16), max(int(h * k), 16)), interpolation=cv2.INTER_AREA)
    lab = cv2.cvtColor(small, cv2.COLOR_RGB2LAB).astype(np.float32)
    edge = max(small.shape[0] // 40, 2)
    border = np.concatenate(
        [lab[:edge].reshape(-1, 3), lab[-edge:].reshape(-1, 3), lab[:, :edge].reshape(-1, 3), lab[:, -edge:].reshape(-1, 3)]
    )
    away = np.linalg.norm(lab - np.median(border, 0), axis=-1)
    threshold = max(12.0, float(np.percentile(np.linalg.norm(border - np.median(border, 0), axis=-1), 90)) * 1.5)
    guess = np.where(away > threshold, cv2.GC_PR_FGD, cv2.GC_PR_BGD).astype(np.uint8)
    guess[away > threshold * 2.5] = cv2.GC_FGD
    guess[:edge], guess[:, :edge], guess[:, -edge:] = cv2.GC_BGD, cv2.GC_BGD, cv2.GC_BGD
    if not ((guess == cv2.GC_FGD) | (guess == cv2.GC_PR_FGD)).mean() > 0.01:
        raise AskRefused("The product photo shows nothing that stands out from its ground; use a plain ground or a PNG with alpha.")
    cv2.setRNGSeed(0)
    model = (np.zeros((1, 65)), np.zeros((1, 65)))
    cv2.grabCut(np.ascontiguousarray(small[..., ::-1]), guess, (0, 0, 1, 1), model[0], model[1], 4, cv2.GC_INIT_WITH_MASK)
    mask: NDArray[Any] = np.isin(guess, (cv2.GC_FGD, cv2.GC_PR_FGD)).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask)
    if count < 2:
        raise AskRefused("The product in the photo cannot be told from its ground; use a plain ground or a PNG with alpha.")
    areas = stats[1:, cv2.CC_STAT_AREA]
    large = 1 + np.flatnonzero(areas > 0.06 * areas.max())
    mask = np.isin(labels, large).astype(np.uint8)
    if len(large) > 1:  # a band in the ground's own colour cuts the thing in two: what lies between its parts is part of it
        mask = _bridged(mask, stats[large])
    mask = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    soft = cv2.GaussianBlur(cv2.resize(mask.astype(np.float32), (w, h), interpolation=cv2.INTER_CUBIC), (0, 0), 0.7 / k)
    return (np.clip((soft - 0.5) * 2.2 + 0.22, 0, 1) * 255).astype(np.uint8)  # a little inside: the rim carries the old ground


def _bridged(mask: NDArray[Any], boxes: NDArray[Any]) -> NDArray[Any]:
    """Parts that lie above each other are joined downwards, parts side by side sideways; others stay as they are."""
    for axis, start, size in ((0, cv2.CC_STAT_TOP, cv2.CC_STAT_HEIGHT), (1, cv2.CC_STAT_LEFT, cv2.CC_STAT_WIDTH)):
        order = boxes[np.argsort(boxes[:, start])]
        if (order[1:, start] >= order[:-1, start] + order[:-1, size]).all():
            onward = np.maximum.accumulate(mask, axis)
            return onward & np.flip(np.maximum.accumulate(np.flip(mask, axis), axis), axis)
    return mask


def _cropped(pixels: Cutout) -> Cutout:
    rows, columns = (np.flatnonzero((pixels[..., 3] > 8).any(axis)) for axis in (1, 0))
    if len(rows) < 8 or len(columns) < 8:
        raise AskRefused("The product photo is all but empty; use a picture that shows the product.")
    return np.ascontiguousarray(pixels[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1])
