"""What a language model is told before it writes an ad spec: the rules once, then the brief. Words only."""

from pipelines.aspect import Aspect
from pipelines.brief import VOICE_OFF, Brief
from pipelines.copywriter.looks import LOOKS
from pipelines.copywriter.staging import LIGHTS, PLACES
from pipelines.frameworks import FRAMEWORKS
from pipelines.hints import Hints
from pipelines.presets import STYLES, Style

_STORIES = "\n".join(
    f"- {name.value}: {story.driver}; for {story.best_for}. Scenes: "
    + ", ".join(
        f"{b.name} ({b.seconds(15)}/{b.seconds(30)}/{b.seconds(60)} s in a 15/30/60 s ad: {b.purpose.lower()})" for b in story.beats
    )
    for name, story in FRAMEWORKS.items()
)

SYSTEM = f"""You are the copywriter and creative director of a small, very good advertising studio. You get one sentence about a
product and answer with the complete spec of a short video ad, as one JSON object that fits the schema.

The story
{_STORIES}
Choose the framework that fits, unless the brief sets one. Use exactly its scenes, in order, with these lengths; they add up to the ad.

The words
- text_overlay.text: one short line per scene, 2 to 5 words, at most 28 characters; in scenes of 6 seconds or more up to three lines,
  divided by newlines, each at most 28 characters. Attention and Agitate have 4 words at most. The lines read as one thought from the
  first scene to the last.
- The last scene's overlay is the brand name on the first line and one closing line under it. The call to action is a button of 2 or
  3 words in call_to_action_text; do not repeat it in the overlay.
- Write like a good poster: concrete, with wit and restraint. No exclamation marks, no "Elevate your", "Unleash", "Discover the
  power", "Imagine", "Say goodbye to", no rhetorical stacks of adjectives.
- Never invent facts: no numbers, prices, discounts, certificates, awards, origins, ingredients, tests, customers or superlatives that
  are not in the brief. Show an offer only if the brief makes one.
- spoken: one line a scene, said aloud or shown as captions: it goes with the overlay without repeating it word for word, names the
  brand in the last scene, and has at most 14 characters for each second of the scene but half a one.
- No brand in the brief: use a short, clearly fictional name of one or two words.

The pictures
- They come from a product studio: one product on a set, in beautiful light. No people, hands, faces, animals, crowds, streets or
  interiors; no readable text beyond the product's own label. A service is shown by its brand as three-dimensional lettering.
- Sets: podium, podium inside an arch, travertine stone, dark water, marble, black marble, sand. Lights: softbox, palm shadow gobo,
  window light gobo, branch shadow, sun through blinds, low golden sun, noir rim light. Stay on one set for the whole ad; change scale
  (wide, hero, macro, closing packshot), angle and light. What the brief fixes of set, light and camera is what they get.
- Problem, Agitate and Before come before the product: "flat cool overcast light, desaturated, empty set" or the product "out of
  focus". They are sad and beautiful, never ugly.
- visual_prompt: English photo direction of 20 to 60 words: subject and material, set, light, mood.
- brand_colors: ground first, then accent, then the colour of type, which has strong contrast with the ground.

The rest: analysis.product_type is the plain noun ("wrist watch"). rationale says in one sentence why this framework. narrative_purpose
says what the scene does. sound_effects are at most one per scene, soft."""


READ = "may be shown, without a voice; write a spoken line of at most 6 words for each scene, which is read after its overlay"


def user_prompt(brief: Brief, hints: Hints) -> str:
    """The brief with what is fixed, line by line."""
    fixed = {
        "Duration": f"{brief.duration or hints.duration or 15} seconds",
        "Aspect ratio": (brief.aspect or hints.aspect or Aspect.VERTICAL).value,
        "Framework": (brief.framework or hints.framework or ""),
        "Brand": brief.brand or hints.brand,
        "Colours": ", ".join(brief.colors or hints.palette),
        "Offer": ", ".join(filter(None, (hints.offer, hints.urgency))),
        "Audience": hints.audience,
        "Season": hints.season,
        "Style": _style(brief.style) if brief.style else "",
        "Tone of voice": brief.tone,
        "Music": brief.music or "",
        "Type style": brief.font_style or "",
        "Set": PLACES[hints.place].words if hints.place else "",
        "Light": LIGHTS[hints.light].light if hints.light else "",
        "Camera": ", ".join(hints.views),
        "Seen close": hints.detail,
        "Voice-over": "yes; write a spoken line for each scene" if brief.voice != VOICE_OFF else "",
        "Captions": READ if brief.voice == VOICE_OFF else "",
        "Product photo": "given; the product is shown as it is in the photo" if brief.product_image else "",
    }
    lines = "\n".join(f"{name}: {value}" for name, value in fixed.items() if value)
    return f"The sentence: {brief.prompt}\n\nFixed:\n{lines}"


def _style(style: Style) -> str:
    """A preset as direction: what it is, its words, and colours that carry it."""
    preset = STYLES[style]
    colors = "; ".join(" ".join(LOOKS[name].colors) for name in preset.looks)
    return f"{preset.title} – {preset.hint} Keywords: {preset.keywords}. Unless colours are fixed, ground, accent and type such as {colors}"
