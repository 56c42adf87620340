"""Other readings of one brief: the light, the view and the lens that a photographer would try next, where the brief leaves them open.

A reading is the brief itself with more of it chosen, in the terms of terms.py. So it means the same to every model, it can be told to
people in the words they choose by, and a variation of a candidate begins from what that candidate really was.
"""

import re
from collections.abc import Mapping, Sequence

from pipelines.copywriter.choices import category, choose_mood
from pipelines.hero.hero_brief import HeroBrief
from pipelines.hero.looks import LOOKS
from pipelines.hero.terms import SAID, TERMS, Matter
from pipelines.hints import read_hints

LIGHTS = ("window", "golden", "softbox", "palm", "blinds", "dappled", "hard", "rim")
VIEWS = ("three_quarter", "negative_space", "low", "centred", "thirds_left", "above", "thirds_right")
"""What follows once a mood's own two are used up, far apart from one to the next."""

LENSES: Mapping[str, tuple[str, ...]] = {"rim": ("135", "100"), "softbox": ("100", "135")}
"""By light: a wide lens sees the lamps that stand beside the product, which sunlight does not need."""

HIDDEN: Mapping[str, tuple[str, ...]] = {"rim": ("thirds_left", "centred", "low"), "softbox": ("three_quarter", "centred", "thirds_right")}
"""By light: the views into which its lamps do not come."""

SUNLIT = ("85", "50", "100", "135")


def missing(brief: HeroBrief) -> tuple[Matter, ...]:
    """The matters that neither the prompt nor a choice speaks of."""
    return tuple(matter for matter in TERMS if matter not in brief.choices and not re.search(SAID[matter], brief.prompt, re.I))


def reading(brief: HeroBrief, index: int) -> HeroBrief:
    """The `index`-th reading. 0 is the brief as it stands; where it decides light, view and lens, so are all."""
    if index == 0:
        return brief
    hints = read_hints(brief.order.prompt)
    look = LOOKS[choose_mood(brief.order, hints, category(hints))]
    open_to_choice = missing(brief)
    # The mood's own first light is often what the brief as it stands comes out as; it is the last to be tried again.
    lights = [*look.light[1:], *(key for key in LIGHTS if key not in look.light), look.light[0]]
    light = _nth(lights, index) if "light" in open_to_choice else ""
    views = HIDDEN.get(light) or (*look.composition, *(key for key in VIEWS if key not in look.composition))
    chosen = {"light": light, "composition": _nth(views, index), "lens": _nth(LENSES.get(light, SUNLIT), index)}
    return brief.model_copy(update={"choices": {**brief.choices, **{m: key for m, key in chosen.items() if m in open_to_choice}}})


def _nth(row: Sequence[str], index: int) -> str:
    return row[(index - 1) % len(row)]
