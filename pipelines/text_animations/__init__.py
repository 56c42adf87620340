"""How type comes and goes: frozen rows, each a pure function of time, so that any frame can be drawn alone.

    ANIMATIONS[name].pose(t, duration_s, i, n) -> Pose     t: seconds since the line's start, of duration_s on screen;
                                                            i of n: which unit (line, word or letter) this is
    EXITS[name](left_s) -> Pose                             left_s: seconds until the title is gone

Adding an animation is a small class in entrances.py and a row here.
"""

from pipelines.text_animations.calls import breath
from pipelines.text_animations.entrances import (
    Animation,
    BlurIn,
    Counter,
    Fade,
    MaskReveal,
    Rise,
    Scale,
    SplitLines,
    TrackingIn,
    Typewriter,
    Underline,
    Unit,
    WordByWord,
    drawn_under,
)
from pipelines.text_animations.exits import EXITS
from pipelines.text_animations.pose import Pose

__all__ = ["ANIMATIONS", "EXITS", "Animation", "Pose", "Unit", "breath", "drawn_under", "unit_of"]

ANIMATIONS: dict[str, Animation] = {
    "fade": Fade(),
    "rise": Rise(),
    "scale": Scale(),
    "mask_reveal": MaskReveal(),
    "word_by_word": WordByWord(),
    "typewriter": Typewriter(),
    "blur_in": BlurIn(),
    "tracking_in": TrackingIn(),
    "split_lines": SplitLines(),
    "underline": Underline(),
    "counter": Counter(),
}


def unit_of(name: str) -> Unit:
    """What the animation moves. Raises KeyError for an unknown one."""
    return ANIMATIONS[name].unit
