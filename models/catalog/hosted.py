"""How a hosted model takes its asks, as data: which of its inputs takes what. `ModelRow.defaults["hosted"]` holds one; it knows no HTTP."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Hosted:
    """The inputs of one hosted model, by their names there; "" for what it does not take.

    model: "owner/name". image, last: the first and the last frame. duration: whole seconds (ModelRow.durations_s says which).
    aspect: one of `aspects`, "16:9"; aspect_with_image: it is to be sent beside a first frame too (others take the frame's own shape).
    needs_image: it makes nothing from words alone. locked: an input that keeps the camera still when it is true.
    fixed: what is always sent, as it is: resolution, quality, and sound switched off where it would cost more.
    short_side: pixels that its pictures have at least, which says when they have to be enlarged.
    """

    model: str
    image: str = ""
    last: str = ""
    duration: str = ""
    seed: str = ""
    negative: str = ""
    steps: str = ""
    guidance: str = ""
    aspect: str = ""
    aspects: tuple[str, ...] = ()
    aspect_with_image: bool = False
    needs_image: bool = False
    locked: str = ""
    fixed: Mapping[str, Any] = field(default_factory=dict)
    short_side: int = 720
