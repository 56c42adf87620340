"""Maps that lead a picture: edges, depth and pose, made of a picture or taken as they are.

    canny   OpenCV, always
    depth   a depth map that somebody has (Still.extras["depth"], is_map), else Depth Anything V2 where its weights are here
    pose    a pose map that somebody has, else OpenPose of controlnet-aux where that and its weights are here

Near is white in a depth map, as ControlNets have it.
"""

from importlib.util import find_spec

import cv2
import numpy as np

from models.asks import Control
from models.backends import BackendConfig
from models.errors import ModelUnavailable
from models.media.image_file import Picture, read_image
from models.weights import folder_of, why_missing

DEPTH_MODEL = "control/depth-anything-v2-small"
POSE_MODEL = "control/openpose"
PATCH = 14
DEPTH_SIDE = 518
MEAN, SPREAD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)


def make_map(control: Control, config: BackendConfig, device: str) -> Picture:
    """The map of a control, (H, W, 3) uint8, of the picture's own size or near it. device: where a network computes it.

    Raises ModelUnavailable when what makes such a map is not here, MediaError when the picture cannot be read.
    """
    picture = read_image(control.image)
    if control.is_map:
        return picture
    if control.kind == "canny":
        return canny(picture)
    if control.kind == "depth":
        return depth(picture, config, device)
    return pose(picture, config)


def canny(picture: Picture) -> Picture:
    """White edges on black. The thresholds follow the picture's own brightness, so that a dark one has edges too."""
    grey = cv2.GaussianBlur(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), (0, 0), 1.0)
    middle = float(np.median(grey[grey > 8])) if (grey > 8).any() else 64.0
    edges = cv2.Canny(grey, max(10.0, 0.5 * middle), max(30.0, 1.1 * middle))
    return np.repeat(edges[..., None], 3, 2)


def depth(picture: Picture, config: BackendConfig, device: str) -> Picture:
    """Near white, far black, stretched to the full range."""
    from models.catalog import row

    if why_not := why_missing(row(DEPTH_MODEL), config):
        raise ModelUnavailable(f"A depth map needs {DEPTH_MODEL}: {why_not}", model=DEPTH_MODEL)
    import torch
    from transformers import AutoModelForDepthEstimation

    folder = folder_of(row(DEPTH_MODEL), config)
    try:
        network = AutoModelForDepthEstimation.from_pretrained(str(folder), local_files_only=True, use_safetensors=True).to(device).eval()
    except (OSError, ValueError, KeyError) as error:
        raise ModelUnavailable(
            f"{DEPTH_MODEL} cannot be loaded; run `python -m models verify {DEPTH_MODEL}`.", model=DEPTH_MODEL
        ) from error
    high, wide = picture.shape[:2]
    scale = DEPTH_SIDE / min(high, wide)
    size = (round(wide * scale / PATCH) * PATCH, round(high * scale / PATCH) * PATCH)
    seen = (cv2.resize(picture, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC) / 255.0 - MEAN) / SPREAD
    with torch.no_grad():
        nearness = network(torch.from_numpy(seen.astype(np.float32).transpose(2, 0, 1)[None]).to(device)).predicted_depth[0]
    values = cv2.resize(nearness.float().cpu().numpy(), (wide, high), interpolation=cv2.INTER_CUBIC)
    low, top = float(values.min()), float(values.max())
    grey = ((values - low) / max(top - low, 1e-6) * 255).round().astype(np.uint8)
    return np.repeat(grey[..., None], 3, 2)


def why_no_pose(config: BackendConfig) -> str:
    """Why a pose map cannot be made here, "" when it can."""
    from models.catalog import row

    if find_spec("controlnet_aux") is None:
        return "pose maps of pictures need controlnet-aux; run `pip install -r requirements-gpu.txt`, or give the map itself"
    return why_missing(row(POSE_MODEL), config)


def pose(picture: Picture, config: BackendConfig) -> Picture:
    """Coloured limbs on black."""
    from models.catalog import row

    if why_not := why_no_pose(config):
        raise ModelUnavailable(f"{why_not[:1].upper()}{why_not[1:].rstrip('.')}.", model=POSE_MODEL)
    from controlnet_aux import OpenposeDetector
    from PIL import Image

    detector = OpenposeDetector.from_pretrained(str(folder_of(row(POSE_MODEL), config)))
    side = min(picture.shape[:2])
    return np.asarray(detector(Image.fromarray(picture), detect_resolution=side, image_resolution=side).convert("RGB"), np.uint8)
