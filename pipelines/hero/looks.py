"""Which rows of terms.py suit each other: the look of each mood. A table only."""

from collections.abc import Mapping
from dataclasses import dataclass

from pipelines.spec import MusicStyle


@dataclass(frozen=True)
class Look:
    """Rows of terms.py that belong together; two lenses, lights and compositions, so that seeds differ; a first goes with the
    firsts, since a lamp shows in some views."""

    camera: str
    lens: tuple[str, str]
    light: tuple[str, str]
    composition: tuple[str, str]
    film_stock: str
    mood: str


LOOKS: Mapping[MusicStyle, Look] = {
    "luxury": Look("medium_format", ("100", "85"), ("rim", "softbox"), ("centred", "three_quarter"), "neutral", "luxury"),
    "tech": Look("full_frame", ("85", "50"), ("softbox", "rim"), ("three_quarter", "centred"), "neutral", "technical"),
    "eco": Look("full_frame", ("50", "85"), ("dappled", "window"), ("thirds_left", "centred"), "portra", "fresh"),
    "energetic": Look("cinema", ("28", "50"), ("hard", "blinds"), ("low", "above"), "ektar", "playful"),
    "playful": Look("full_frame", ("50", "28"), ("hard", "palm"), ("above", "centred"), "ektar", "playful"),
    "calm": Look("medium_format", ("85", "135"), ("window", "dappled"), ("negative_space", "thirds_right"), "portra", "calm"),
    "cinematic": Look("cinema", ("50", "135"), ("golden", "blinds"), ("thirds_left", "low"), "vision3", "dramatic"),
    "corporate": Look("view_camera", ("85", "50"), ("softbox", "window"), ("centred", "thirds_right"), "neutral", "technical"),
}
