"""The built-in copywriter: brief and hints in, a whole AdSpec out. Deterministic; it invents no facts, prices or certificates."""

import re

from pipelines.aspect import Aspect
from pipelines.brief import Brief
from pipelines.copywriter.choices import category, choose_framework, choose_lines, choose_look, choose_mood, choose_staging, working_name
from pipelines.copywriter.product import Lines, Product
from pipelines.copywriter.script import script
from pipelines.copywriter.staging import SEASON_PROPS, SHADOW_LIGHT, Staging
from pipelines.copywriter.voice import Voice, in_this_manner, voice_for
from pipelines.frameworks import FRAMEWORKS, Beat, Story
from pipelines.hints import Hints
from pipelines.spec import (
    AdSpec,
    AdSpecifications,
    Analysis,
    AudioLayer,
    BrandGuidelines,
    FontStyle,
    SceneSpec,
    SoundEffect,
    TextAnimation,
    TextOverlay,
    TransitionName,
)
from pipelines.timing import shot_count
from pipelines.wording import worded

NAME = "built-in copywriter"


def write(brief: Brief, hints: Hints) -> AdSpec:
    """The spec of an ad for `brief`. The same brief always gives the same spec; another seed gives other lines and looks."""
    product = category(hints)
    framework, rationale = choose_framework(brief, hints, product)
    mood = choose_mood(brief, hints, product)
    voice, look = in_this_manner(voice_for(brief.style, mood), hints), choose_look(brief, hints, product, mood)
    stage = choose_staging(hints, look)
    story, total = FRAMEWORKS[framework], brief.duration or hints.duration or 15
    chosen = choose_lines(brief, product, framework, mood)
    lines = worded(chosen, brief.wording)
    noun = hints.noun or product.noun
    thing = f"{hints.traits} {noun}".strip()
    brand = brief.brand or hints.brand or working_name(product, brief.seed)
    texts = _texts(story, lines, product, brand, total, voice)
    said = script(framework, texts, product, chosen, lines.cta, total)
    return AdSpec(
        analysis=Analysis(
            product_type=noun,
            target_audience=hints.audience or product.audience,
            pain_point=product.pain,
            best_framework=framework,
            rationale=rationale,
        ),
        product_description=f"{brand}, {_article(thing)} {thing}: {product.materials}.",
        brand_guidelines=BrandGuidelines(
            brand_name=brand,
            brand_colors=list(look.colors),
            visual_style_keywords=voice.keywords,
            mood=voice.mood,
            font_style=brief.font_style or _type(hints, voice) or voice.fonts[brief.seed % len(voice.fonts)],
        ),
        ad_specifications=AdSpecifications(
            ad_duration_seconds=total,
            aspect_ratio=(brief.aspect or hints.aspect or Aspect.VERTICAL).value,
            framework=framework,
            call_to_action_text=lines.cta,
            music_style=mood,
            pacing=voice.pacing,
            captions=brief.captions,
        ),
        scenes=[
            SceneSpec(
                scene_number=number,
                scene_type=beat.name,
                duration_seconds=beat.seconds(total),
                narrative_purpose=beat.purpose,
                visual_prompt=_picture(beat, thing, product, stage, voice, hints.season),
                text_overlay=TextOverlay(
                    text="\n".join(texts[number - 1]),
                    position="center" if beat.shadow else "top" if beat.reveal else "bottom",
                    animation=_animation(texts[number - 1], voice.closing if beat.final else voice.headline),
                ),
                spoken=said[number - 1],
                transition_out=_transition(story, number, voice),
            )
            for number, beat in enumerate(story.beats, 1)
        ],
        audio_layer=AudioLayer(
            style=mood,
            mood=voice.mood,
            sound_effects=[SoundEffect(scene=n, type=voice.sound) for n in range(2, len(story.beats) + 1)],
        ),
    )


def _animation(lines: list[str], usual: TextAnimation) -> TextAnimation:
    """A price or a share counts up to its value; everything else moves as its mood does."""
    return "counter" if any(re.search(r"\d\s?%|[€$£¥]\s?\d|\d\s?[€$£¥]", line) for line in lines) else usual


def _texts(story: Story, lines: Lines, product: Product, brand: str, total: int, voice: Voice) -> list[list[str]]:
    """Lines of each scene. Ads longer than 15 s get more shots than headlines: shadows take the category's pains, the
    lit scenes its themes, one line to a shot; the end card closes with the brand and the last line."""
    pains, themes = list(product.pains), list(product.themes)
    texts = []
    for beat, line in zip(story.beats, lines.scenes, strict=True):
        spare = shot_count(beat, total, voice.pacing) - 1 if total > 15 else 0
        if beat.final:
            texts.append([*themes[: min(1, spare)], brand, line])
        elif beat.shadow:
            texts.append([line, *pains[: min(1, spare)]])
            del pains[: min(1, spare)]
        else:
            # One theme is kept back for the closing scene, so that it never shows a picture without a thought.
            share = min(spare, max(0, len(themes) - 1)) if beat.reveal or beat.name == "Desire" else 0
            share = min(share, 1) if beat.name == "Interest" else share
            texts.append([line, *themes[:share]])
            del themes[:share]
    return texts


def _type(hints: Hints, voice: Voice) -> FontStyle | None:
    """The typeface of the manner asked for, where the voice has it."""
    return hints.type if hints.type in voice.fonts else None


def _picture(beat: Beat, thing: str, product: Product, stage: Staging, voice: Voice, season: str) -> str:
    """What the camera sees, in words that both an image model and the product studio read."""
    props = SEASON_PROPS.get(season, "")
    if beat.shadow:
        scene = f"{stage.place}, {SHADOW_LIGHT}"
    else:
        light = stage.end if beat.final else stage.light if beat.reveal else stage.near
        scene = f"{thing}, {product.materials}, {stage.place}, {light}, {voice.keywords}"
        scene += f", {props}" if props else ""
    return scene[:600]


def _transition(story: Story, number: int, voice: Voice) -> TransitionName:
    """Out of scene `number`: the mood's reveal before the light comes on, its usual one elsewhere, a cut at the end."""
    if number == len(story.beats):
        return "cut"
    return voice.reveal if story.beats[number].reveal else voice.cut


def _article(words: str) -> str:
    return "an" if words[:1].lower() in "aeiou" else "a"
