"""What one photograph is: product, set, light, camera, as one frozen JSON value. Everything random flows from its seed.

`spec_hash` names the photograph: two equal specs are the same picture, on one machine and one version of the code.
"""

import hashlib
import json
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Literal

import numpy as np

from models.asks import Framing
from models.backends.product_studio.archetypes import Look
from models.backends.product_studio.stage import Options

Mood = Literal["neutral", "flat_cool"]
Quality = Literal["preview", "final"]
Air = Literal["", "petals", "drops", "ice"]
"""What drifts through a moving shot."""


@dataclass(frozen=True)
class SceneSpec:
    """One photograph.

    look: the product; None shows the set alone. photo, photo_digest: the user's own picture of it, shown in its place.
    set, rig: keys of SETS and RIGS. background, accent: "#RRGGBB". framing: how the camera looks at it. fill: 1 is the
    framing's own product size, more is larger. exposure: 1 is normal. width, height: of the finished picture.
    """

    look: Look | None
    set: str
    rig: str
    background: str
    accent: str
    framing: Framing = field(default_factory=Framing)
    options: Options = field(default_factory=Options)
    mood: Mood = "neutral"
    exposure: float = 1.0
    fill: float = 1.0
    seed: int = 0
    width: int = 1080
    height: int = 1920
    quality: Quality = "final"
    spp: int = 4
    photo: str = ""
    photo_digest: str = ""

    @property
    def has_subject(self) -> bool:
        """Whether something stands in the set."""
        return self.look is not None or bool(self.photo)

    def rng(self, what: str) -> np.random.Generator:
        """A generator for one purpose ("set", "rig", ...), so that changing one thing leaves the others as they were."""
        return drawn(self.seed, what)

    def product_rng(self) -> np.random.Generator:
        """The generator of the product itself: the same look gives the same object in every picture, whatever the seed."""
        return drawn_by_look(self.look)


def drawn(seed: int, what: str) -> np.random.Generator:
    """`SceneSpec.rng` of a spec with that seed."""
    return np.random.default_rng([seed, *what.encode()])


def drawn_by_look(look: Look | None) -> np.random.Generator:
    """`SceneSpec.product_rng` of a spec with that look."""
    digest = hashlib.sha256(json.dumps(asdict(look) if look else None, sort_keys=True).encode()).digest()
    return np.random.default_rng(list(digest[:8]))


def to_json(spec: SceneSpec) -> str:
    """Canonical JSON."""
    return json.dumps(asdict(spec), sort_keys=True)


def from_json(text: str) -> SceneSpec:
    """The inverse of `to_json`. Raises TypeError or KeyError when it is not a spec."""
    values: dict[str, Any] = json.loads(text)
    look = values.pop("look")
    if look is not None:
        look["extra"] = tuple((k, v) for k, v in look["extra"])
        look = Look(**look)
    framing, options = Framing(**values.pop("framing")), Options(**values.pop("options"))
    known = {f.name for f in fields(SceneSpec)}
    return SceneSpec(look=look, framing=framing, options=options, **{k: v for k, v in values.items() if k in known})


def spec_hash(spec: SceneSpec) -> str:
    """32 hex digits. A photo counts by what is in it, not by where it lies."""
    values = asdict(spec)
    values["photo"] = bool(spec.photo)
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:32]
