"""Other readings of one brief: the light, the view and the lens that a photographer would try next, where the brief leaves them open.

A reading is the brief itself with more of it chosen, in the terms of terms.py. So it means the same to every model, it can be told to
people in the words they choose by, and a variation of a candidate begins from what that candidate really was.
"""

import re
from collections.abc import Sequence

from pipelines.copywriter.choices import category, choose_mood
from pipelines.hero.hero_brief import HeroBrief
from pipelines.hero.looks import LOOKS
from pipelines.hero.terms import SAID, TERMS, Matter
from pipelines.hints import read_hints

LIGHTS = ("window", "rim", "golden", "softbox", "palm", "blinds", "hard", "dappled")
VIEWS = ("three_quarter", "negative_space", "low", "centred", "thirds_left", "above", "thirds_right")
LENSES = ("50", "100", "85", "135", "28")
"""What follows once a mood's own two are used up, far apart from one to the next."""


def missing(brief: HeroBrief) -> tuple[Matter, ...]:
    """The matters that neither the prompt nor a choice speaks of."""
    return tuple(matter for matter in TERMS if matter not in brief.choices and not re.search(SAID[matter], brief.prompt, re.I))


def reading(brief: HeroBrief, index: int) -> HeroBrief:
    """The `index`-th reading. 0 is the brief as it stands; where it decides light, view and lens, so are all."""
    if index == 0:
        return brief
    hints = read_hints(brief.order.prompt)
    look = LOOKS[choose_mood(brief.order, hints, category(hints))]
    rows = {
        "light": _then(look.light, LIGHTS),
        "composition": _then(look.composition, VIEWS),
        "lens": _then(look.lens, LENSES),
    }
    open_to_choice = missing(brief)
    chosen = {matter: row[(index - 1) % len(row)] for matter, row in rows.items() if matter in open_to_choice}
    return brief.model_copy(update={"choices": {**brief.choices, **chosen}})


def _then(first: Sequence[str], rest: Sequence[str]) -> tuple[str, ...]:
    return (*first, *(key for key in rest if key not in first))
