"""Who writes the ad spec: a language model where one runs, the built-in copywriter otherwise, and the notes that say which.

A model's answer is never trusted: what the person set is set again, facts that the prompt never gave are found, and the whole is
validated. One repair is asked for; after that the next writer is asked, the built-in copywriter last, and the notes name them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from models.asks import Made, Text, TextAsk
from pipelines.asking import Ask, ask_in_turn
from pipelines.aspect import Aspect
from pipelines.brief import Brief
from pipelines.copywriter import writer
from pipelines.copywriter.foreign import language_of
from pipelines.copywriter.honesty import unfounded
from pipelines.copywriter.voice import VOICES
from pipelines.frameworks import FRAMEWORKS, Framework
from pipelines.hints import Hints
from pipelines.presets import STYLES, Style
from pipelines.speaking import budget, shortened, spoken_of
from pipelines.spec import AdSpec, SceneSpec
from pipelines.spec_prompt import SYSTEM, user_prompt
from pipelines.spec_schema import strict_schema
from pipelines.wording import reworded

BUILT_IN = writer.NAME
ECHO = 6000
"""Characters of an answer that did not hold which the model is shown again: a whole plan."""


@dataclass(frozen=True)
class SpecDraft:
    """A spec and how it came about.

    writer: BUILT_IN or the id of the model. made: what the model's asks cost together, even when its answer was not used.
    notes: sentences for the user. working_name: the brand name is invented, because neither brief nor prompt gave one.
    """

    spec: AdSpec
    writer: str
    made: Made | None = None
    notes: tuple[str, ...] = ()
    working_name: bool = False


def write_spec(brief: Brief, hints: Hints, *writers: Ask | None) -> SpecDraft:
    """A validated spec for `brief`. writers: each asks a language model, in this order, where the one before it gave none; none, or
    None alone, when none runs here. Raises Cancelled, and ModelUnavailable when the first was set up but cannot be used (a refused key):
    that is for its owner to mend."""
    working = not (brief.brand or hints.brand)
    asked = [text for text in writers if text is not None]
    if not asked:
        return SpecDraft(writer.write(brief, hints), BUILT_IN, notes=_built_in_notes(brief, hints), working_name=working)
    ask = TextAsk(SYSTEM, user_prompt(brief, hints), strict_schema(AdSpec), "ad_spec", seed=brief.seed)
    answered = ask_in_turn(
        asked, ask, lambda answer, attempt: _checked(answer, brief, hints, mend_durations=attempt == 2), what="plan", echo=ECHO
    )
    made = answered.made
    if answered.value is not None:
        passed = tuple(f"{answered.model} wrote this ad, because {why}." for why in answered.passed)
        return SpecDraft(answered.value, answered.model, made, passed + (made.notes if made else ()), working)
    note = f"The built-in copywriter wrote this ad, because {answered.why}."
    return SpecDraft(writer.write(brief, hints), BUILT_IN, made, (note, *_built_in_notes(brief, hints)), working)


def _checked(answer: Text, brief: Brief, hints: Hints, *, mend_durations: bool) -> AdSpec:
    """The answer as a spec. Raises ValueError (ValidationError is one) naming everything that is wrong with it."""
    if not isinstance(answer.data, dict):
        raise ValueError("The answer is not one JSON object that fits the schema.")
    data = _as_set(answer.data, brief, hints)
    if mend_durations:
        data = _table_durations(data)
    spec = with_voice(reworded(AdSpec.model_validate(data), brief.wording), brief, mend=mend_durations)
    shown = [scene.text_overlay.text for scene in spec.scenes if scene.text_overlay]
    shown += [spec.ad_specifications.call_to_action_text, *(scene.spoken for scene in spec.scenes)]
    if invented := _invented(shown, spec, brief):
        raise ValueError(f"These facts are not in the prompt; take them out of what is shown and spoken: {', '.join(invented)}.")
    return spec


def _invented(lines: Iterable[str], spec: AdSpec, brief: Brief) -> tuple[str, ...]:
    """The facts in them that the prompt never gave."""
    name = spec.brand_guidelines.brand_name
    return unfounded((line.replace(name, "") if name else line for line in lines), f"{brief.prompt} {brief.brand}")


def with_voice(spec: AdSpec, brief: Brief, *, mend: bool) -> AdSpec:
    """The spec with spoken lines that fit their scenes. mend: take what can be saved of them; else raise ValueError naming those that do
    not fit. Where nobody hears or reads them yet, what does not hold is left out: it is not worth another answer."""
    if not brief.scripted:
        return _with_spoken(spec, [_as_it_holds(scene, spec, brief) for scene in spec.scenes])
    if not mend and not any(scene.spoken for scene in spec.scenes):
        raise ValueError("Nothing is spoken; write a line for each scene in `spoken`.")
    most = {scene.scene_number: budget(scene.duration_seconds) for scene in spec.scenes}
    long = [scene.scene_number for scene in spec.scenes if len(scene.spoken) > most[scene.scene_number]]
    if long and not mend:
        told = ", ".join(f"scene {number} at most {most[number]} characters" for number in long)
        raise ValueError(f"These spoken lines are too long for their scenes: {told}.")
    saying = any(scene.spoken for scene in spec.scenes)
    lines = (shortened(scene.spoken, most[scene.scene_number]) if saying else _of_overlay(scene) for scene in spec.scenes)
    return _with_spoken(spec, lines)


def _with_spoken(spec: AdSpec, lines: Iterable[str]) -> AdSpec:
    scenes = [scene.model_copy(update={"spoken": line}) for scene, line in zip(spec.scenes, lines, strict=True)]
    return spec.model_copy(update={"scenes": scenes})


def _as_it_holds(scene: SceneSpec, spec: AdSpec, brief: Brief) -> str:
    said = shortened(scene.spoken, budget(scene.duration_seconds))
    return "" if _invented([said], spec, brief) else said


def _of_overlay(scene: SceneSpec) -> str:
    return spoken_of(scene.text_overlay.text.split("\n"), budget(scene.duration_seconds)) if scene.text_overlay else ""


def _as_set(data: dict[str, Any], brief: Brief, hints: Hints) -> dict[str, Any]:
    """The answer with what the person set put back: brand, colours, duration, shape, framework, type and music."""
    duration, aspect = brief.duration or hints.duration, brief.aspect or hints.aspect
    framework, brand = brief.framework or hints.framework, brief.brand or hints.brand
    colors = list(brief.colors or hints.palette)
    guide, ad = dict(_part(data, "brand_guidelines")), dict(_part(data, "ad_specifications"))
    if brand:
        old = guide.get("brand_name")
        guide["brand_name"] = brand
        data = _renamed(data, old, brand) if isinstance(old, str) and old and old != brand else data
    if colors:
        theirs = [c for c in guide.get("brand_colors") or [] if isinstance(c, str)]
        guide["brand_colors"] = (colors + theirs[len(colors) :])[:5]
    if brief.style:
        _style_as_set(brief.style, guide, ad)
    if brief.font_style:
        guide["font_style"] = brief.font_style
    ad["ad_duration_seconds"] = duration or ad.get("ad_duration_seconds") or 15
    ad["aspect_ratio"] = (aspect.value if aspect else ad.get("aspect_ratio")) or Aspect.VERTICAL.value
    if framework:
        ad["framework"] = framework.value
    if brief.music:
        ad["music_style"] = brief.music
    ad["captions"] = brief.captions
    return {**data, "brand_guidelines": guide, "ad_specifications": ad}


def _style_as_set(style: Style, guide: dict[str, Any], ad: dict[str, Any]) -> None:
    """The chosen style's music, pace, type and words; the colours are the model's, who was told the style's."""
    preset = STYLES[style]
    ad["music_style"], ad["pacing"] = preset.mood, VOICES[preset.mood].pacing
    if guide.get("font_style") not in preset.fonts:
        guide["font_style"] = preset.fonts[0]
    words = str(guide.get("visual_style_keywords") or "")
    if preset.keywords not in words:
        guide["visual_style_keywords"] = f"{preset.keywords}, {words}".rstrip(", ")[:200]


def _renamed(data: dict[str, Any], old: str, new: str) -> dict[str, Any]:
    """The invented brand name replaced wherever it is shown or spoken."""
    scenes = []
    for scene in data.get("scenes") or []:
        overlay = scene.get("text_overlay") if isinstance(scene, dict) else None
        if isinstance(overlay, dict) and isinstance(overlay.get("text"), str):
            scene = {**scene, "text_overlay": {**overlay, "text": overlay["text"].replace(old, new)}}
        if isinstance(scene, dict) and isinstance(scene.get("spoken"), str):
            scene = {**scene, "spoken": scene["spoken"].replace(old, new)}
        scenes.append(scene)
    return {**data, "scenes": scenes}


def _table_durations(data: dict[str, Any]) -> dict[str, Any]:
    """Scene lengths from the framework's table, where the scenes are right but do not add up."""
    ad, scenes = _part(data, "ad_specifications"), data.get("scenes")
    try:
        story, total = FRAMEWORKS[Framework(ad["framework"])], int(ad["ad_duration_seconds"])
        right = isinstance(scenes, list) and [s["scene_type"] for s in scenes] == [beat.name for beat in story.beats]
        if not right or abs(sum(float(s["duration_seconds"]) for s in scenes or []) - total) <= 0.01:
            return data
    except (KeyError, TypeError, ValueError):
        return data  # validation says it better
    mended = [{**s, "duration_seconds": beat.seconds(total)} for s, beat in zip(scenes or [], story.beats, strict=True)]
    return {**data, "scenes": mended}


def _part(data: dict[str, Any], name: str) -> dict[str, Any]:
    part = data.get(name)
    return part if isinstance(part, dict) else {}


def _built_in_notes(brief: Brief, hints: Hints) -> tuple[str, ...]:
    language = language_of(brief.prompt)
    english = (
        ()
        if language == "English"
        else (
            f"The prompt is in {language}; the built-in copywriter writes its lines in English. Change them in the Editor, "
            "or choose a language model that writes yours.",
        )
    )
    return (*_in_general(hints), *english)


def _in_general(hints: Hints) -> tuple[str, ...]:
    if hints.product_id in ("product", "service") and hints.noun not in ("product box", "service"):
        return (f'The built-in copywriter has no lines of its own for "{hints.noun}", so it speaks of it in general words.',)
    return ()
