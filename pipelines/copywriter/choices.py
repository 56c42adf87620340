"""What the copywriter decides before it writes: category, framework and why, mood, look, working name. Pure functions."""

import re
from dataclasses import replace

from pipelines.brief import Brief
from pipelines.colors import contrast, luminance
from pipelines.copywriter.looks import DARK, LOOKS, MOOD_LOOKS, Look, own_look
from pipelines.copywriter.product import Lines, Product
from pipelines.copywriter.products import PRODUCTS
from pipelines.copywriter.staging import LIGHTS, PLACES, STAGED, Staging, staged
from pipelines.copywriter.voice import STYLE_MOODS, voice_for
from pipelines.frameworks import Framework
from pipelines.hints import DRINKS, Hints
from pipelines.presets import STYLES
from pipelines.spec import MusicStyle

_PAIN = (
    r"\b(?:tired of|no more|never again|stop|fix(?:es)?|solv\w+|problem|struggl\w+|frustrat\w+|annoy\w+|hate|stress|pain|without the"
    r"|get rid of)\b"
)
_LAUNCH = r"\b(?:launch\w*|grand opening|now open|sale|introducing|announc\w+|sign[\s-]?up|pre-?order|subscribe|download)\b"
_LIFT = r"\b(?:transform\w*|aspirational|dream\w*|before and after|lifestyle|upgrade)\b"


def category(hints: Hints) -> Product:
    """What is known of the thing; the unlisted product when the lexicon has no better row."""
    return PRODUCTS.get(hints.product_id, PRODUCTS["product"])


def choose_framework(brief: Brief, hints: Hints, product: Product) -> tuple[Framework, str]:
    """The story and one sentence why (PRD §12): asked for, then what the prompt leans on, then what suits the category."""
    asked = brief.framework or hints.framework
    if asked:
        return asked, f"{asked} was asked for."
    if hints.offer or re.search(_LAUNCH, brief.prompt, re.I):
        reason = f"an offer ({hints.offer})" if hints.offer else "news to tell"
        return Framework.AIDA, f"The prompt has {reason}, and AIDA leads from attention straight to the one thing to do."
    if re.search(_PAIN, brief.prompt, re.I):
        return Framework.PAS, "The prompt names a problem, and PAS tells the product as the relief."
    luxury = brief.style == "luxury" or (brief.style is None and "luxury" in hints.styles)
    if re.search(_LIFT, brief.prompt, re.I) or (luxury and product.framework is not Framework.PAS):
        return Framework.BAB, "The promise is a lift rather than a repair, and BAB shows the same world before and after."
    reasons = {
        Framework.PAS: f"It answers a clear problem ({product.pain}), and PAS tells the product as the relief.",
        Framework.BAB: f"It lifts a life rather than repairs one ({product.pain} is where it starts), and BAB shows before and after.",
        Framework.AIDA: "It is chosen in a moment, and AIDA earns that moment: attention first, one clear thing to do last.",
    }
    return product.framework, reasons[product.framework]


def choose_mood(brief: Brief, hints: Hints, product: Product) -> MusicStyle:
    """The mood that type, music, motion and grade share: asked for, then the chosen style's, then the first style word's, then the
    category's own."""
    preset = STYLES[brief.style].mood if brief.style else None
    styled = preset or next((STYLE_MOODS[style] for style in hints.styles if style in STYLE_MOODS), None)
    return brief.music or styled or product.mood


def choose_look(brief: Brief, hints: Hints, product: Product, mood: MusicStyle) -> Look:
    """Colours and set: the chosen style's looks, else the category's own while the mood is its own, else the mood's; of these one
    that goes with the place and light asked for. People's colours win."""
    names = STYLES[brief.style].looks if brief.style else product.looks if mood == product.mood else MOOD_LOOKS[mood]
    names = _going_with(hints, names, (*product.looks, *MOOD_LOOKS[mood]), tuple(LOOKS))
    look = LOOKS[names[(brief.seed + brief.seed // len(names)) % len(names)]]
    colors = brief.colors or hints.palette
    if colors:
        return own_look(colors, look)
    # In a mood's colours a thing of a colour of its own brings it along: a red lipstick has no lime button.
    own = hints.colors[0] if hints.colors and mood != product.mood and hints.product_id not in DRINKS else ""
    return replace(look, accent=own) if own and contrast(own, look.ground) >= 1.8 else look


OF_THE_NIGHT = ("rim", "neon")
"""Lights that ask for a dark room."""


def choose_staging(hints: Hints, look: Look) -> Staging:
    """The look's own place and light, but for what the prompt asks: a place asked for alone comes with its own light, a rim light
    asked for alone with a dark room."""
    place, light = STAGED[look.staging]
    if hints.place:
        asked = "dark podium" if hints.place == "podium" and luminance(look.ground) < DARK else hints.place
        place, light = asked, light if asked == place else PLACES[asked].home
    if hints.light:
        light = hints.light
        place = LIGHTS[light].home if light in OF_THE_NIGHT and not hints.place and not PLACES[place].dark else place
    return staged(place, light)


def _going_with(hints: Hints, *choices: tuple[str, ...]) -> tuple[str, ...]:
    """Of the first choices, those that have the place and light asked for; else of the next; else those at least as dark or pale
    as the place or light needs; else the first as they are."""
    if not hints.place and not hints.light:
        return choices[0]
    for suits in (_has_both, _is_as_dark):
        for names in choices:
            fit = tuple(name for name in names if suits(hints, LOOKS[name]))
            if fit:
                return fit
    return choices[0]


def _has_both(hints: Hints, look: Look) -> bool:
    place, light = STAGED[look.staging]
    same_place = place == hints.place or (hints.place == "podium" and place in ("dark podium", "wall podium") and not hints.light)
    return (not hints.place or same_place) and (not hints.light or light.removeprefix("water ") == hints.light)


def _is_as_dark(hints: Hints, look: Look) -> bool:
    wants = PLACES[hints.place].dark if hints.place and hints.place != "podium" else hints.light in OF_THE_NIGHT
    return (luminance(look.ground) < DARK) == wants


def choose_lines(brief: Brief, product: Product, framework: Framework, mood: MusicStyle) -> Lines:
    """One complete set of lines, by seed, among those that suit the style's or the mood's voice."""
    tone = voice_for(brief.style, mood).tone
    sets = [lines for lines in product.sets(framework) if lines.tone in ("any", tone)]
    return sets[brief.seed % len(sets)]


def working_name(product: Product, seed: int) -> str:
    """An invented name for a brief without a brand; whoever uses it must say that it is one."""
    return product.names[(seed + seed // 3 * 2) % len(product.names)]
