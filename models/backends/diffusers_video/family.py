"""What is fixed about a family of video models: lengths, rates and sizes, what it listens to, how it is called."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL.Image import Image


@dataclass(frozen=True)
class Stretch:
    """What a model makes at once: `n_frames` of `width` x `height` at `fps`, all of which its family allows.

    first, last: pictures of exactly that size to begin from and to arrive at. guidance: 1 = the prompt as it is, without its opposite.
    """

    prompt: str
    negative_prompt: str
    width: int
    height: int
    n_frames: int
    fps: int
    steps: int
    guidance: float
    first: "Image | None" = None
    last: "Image | None" = None


@dataclass(frozen=True)
class Family:
    """One family of models.

    with_picture, from_words: names of the Diffusers classes that begin from a picture, and from words alone ("" where the family
    cannot); they share their parts. call(stretch): what the class is called with, beyond what all take.
    step: it makes step * k + 1 frames at a time, least_frames to most_frames of them. fps: its own rate; rates: those that it listens
    to, least and most, or None. multiple: of both sides in pixels. least_pixels, most_pixels: of a picture that it was trained for.
    last_still: it can arrive at a given frame. negative: what it should avoid, beyond what was asked.
    steps, guidance: its makers' own. float32: parts that are kept in full precision. denoisers: parts that are run once a step.
    says: sentences about every clip of it.
    """

    name: str
    with_picture: str
    from_words: str
    call: Callable[[Stretch], Mapping[str, Any]]
    step: int
    most_frames: int
    fps: int
    multiple: int
    least_pixels: int
    most_pixels: int
    steps: int
    guidance: float
    least_frames: int = 5
    rates: tuple[int, int] | None = None
    last_still: bool = False
    negative: str = ""
    float32: frozenset[str] = field(default_factory=frozenset)
    denoisers: tuple[str, ...] = ("transformer",)
    says: tuple[str, ...] = ()
