"""The grades a person can choose for a whole film, and what each does to a handful of colours, to be shown before and after.

The looks themselves are rows of grade.LOOKS; the other rows belong to moods and styles. Type is laid over the graded picture, so a
brand's own colours in it are never graded.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

GradeName = Literal["clean", "warm_film", "cool_tech", "noir", "pastel", "vivid"]
SWATCHES = ("#1E2A3A", "#5B6B4E", "#B4532F", "#D9A679", "#7FA8C9", "#EFE6D8")
"""Deep shadow, foliage, a strong red, skin and wood, sky, a lit wall: what looks differ in."""


@dataclass(frozen=True)
class Grade:
    """title, hint: for people."""

    title: str
    hint: str


GRADES: Mapping[GradeName, Grade] = {
    "clean": Grade("Clean", "True to life: a little more contrast, nothing tinted."),
    "warm_film": Grade("Warm film", "Golden highlights that glow, lifted blacks, gentle colour."),
    "cool_tech": Grade("Cool tech", "Blue shadows, crisp whites, exact edges."),
    "noir": Grade("Noir", "Nearly black and white, deep and dramatic."),
    "pastel": Grade("Pastel", "Light, soft and pale, with little contrast."),
    "vivid": Grade("Vivid", "Full colour and punch."),
}


def before_and_after(name: GradeName) -> tuple[tuple[str, str], ...]:
    """SWATCHES as they are and as the grade makes them, "#RRGGBB"."""
    import numpy as np
    from numpy.typing import NDArray

    from pipelines.grade import LOOKS, apply

    before: NDArray[np.float32] = np.array([[int(c[i : i + 2], 16) / 255 for i in (1, 3, 5)] for c in SWATCHES], np.float32)
    after = np.round(apply(LOOKS[name], before) * 255).astype(int)
    return tuple((old, "#" + "".join(f"{v:02X}" for v in new)) for old, new in zip(SWATCHES, after.tolist(), strict=True))
