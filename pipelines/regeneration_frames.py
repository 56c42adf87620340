"""The frames that a new clip begins and ends on: taken out of its neighbours' media, in the edit's size."""

from pathlib import Path

import numpy as np

from models.asks import Made, Still
from models.media.image_file import write_image
from models.media.video_file import VideoReader
from pipelines.motion.takes import even
from pipelines.regeneration import Neighbour


def frame_of(neighbour: Neighbour, root: Path, size: tuple[int, int], out: Path) -> Still:
    """The neighbour's frame next to the slot, written to `out` (PNG), cropped around its middle where its shape is another. root: the
    folder of the media. Raises MediaError."""
    with VideoReader(root / neighbour.media) as reader:
        picture = reader.frame(min(neighbour.frame, reader.n_frames - 1))
    width, height = even(size[0]), even(size[1])
    return Still(write_image(out, filled(picture, width, height)), width, height, Made(""))


def filled(picture: np.ndarray, width: int, height: int) -> np.ndarray:
    """(height, width, 3) uint8 of a picture of any size: grown or shrunk until it fills, the rest cut off evenly."""
    import cv2

    own_height, own_width = picture.shape[:2]
    if (own_width, own_height) == (width, height):
        return np.ascontiguousarray(picture)
    grow = max(width / own_width, height / own_height)
    size = max(width, round(own_width * grow)), max(height, round(own_height * grow))
    grown = np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA if grow < 1 else cv2.INTER_CUBIC))
    left, top = (size[0] - width) // 2, (size[1] - height) // 2
    return np.ascontiguousarray(grown[top : top + height, left : left + width])
