"""What makes the pictures of one ad show one product in one look, as far as the model that draws them can: references, layout, LoRA, kin.

Decides per shot what an ImageAsk carries; draws nothing. What was asked for and the model cannot do is said in a sentence, never dropped.
The embedded product studio needs none of it: it photographs the same product on the same set, and a product photo as it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from zlib import crc32

from models.asks import Control, ImageAsk, Lora, Reference, Still
from models.capabilities import Capabilities
from models.loras import LoraCard
from pipelines.scene_plan import ScenePlan, Shot
from pipelines.shot_prompts import sentence

STUDIO = "product-studio/v1"
"""Takes subject and framing themselves, where others take words about them."""

LIT, GREY, LOOK = 0.6, 0.35, 0.5  # scales: the product in its light, in the shadow of a "before", and the look of an empty set
CLOSE_KIN, FAR_KIN = 0.05, 0.2
LAYOUT_SCALE, LAYOUT_END = 0.5, 0.7
"""Edges count half, and only while the picture takes shape: the last steps are the model's own."""


@dataclass(frozen=True)
class Sources:
    """What an ad's pictures can be led by. anchor: the still of the main shot, None before it is made or where nobody refers to it.
    layout: the studio's own still of this shot, None where it is not wanted. lora: the card of the one that was chosen."""

    anchor: Still | None = None
    layout: Still | None = None
    lora: LoraCard | None = None


def main_shot(plan: ScenePlan) -> Shot:
    """The shot in which the light comes on and the product is seen first; the others take after its still."""
    lit = [shot for shot in plan.shots if shot.shows_product and shot.group.startswith("hero")]
    return next((shot for shot in lit if shot.start <= plan.hero_frame < shot.start + shot.n_frames), lit[0] if lit else plan.shots[-1])


def wants_anchor(plan: ScenePlan, can: Capabilities | None) -> bool:
    """Whether the main shot's still has to be there before the others are drawn."""
    return bool(plan.keep.reference and can and can.references)


def wants_layout(plan: ScenePlan, shot: Shot, can: Capabilities | None) -> bool:
    """Whether the studio's own still of this shot is to lead the picture."""
    return bool(plan.keep.layout_control and can and can.controls & {"depth", "canny"} and shot.shows_product)


def dressed(ask: ImageAsk, plan: ScenePlan, shot: Shot, model: str, can: Capabilities, has: Sources) -> tuple[ImageAsk, tuple[str, ...]]:
    """`ask` with all that keeps it together with the ad's other pictures and that `model` can take, and sentences about the rest."""
    keep, notes = plan.keep, list[str]()
    if model == STUDIO:
        if keep.lora:
            notes.append(f"The product studio builds from shapes and takes no LoRA; {keep.lora} was left out.")
        return ask, tuple(notes)
    ask = replace(ask, prompt=sentence(ask.prompt, ask.subject, ask.palette))
    if keep.reference:
        references = _references(plan, shot, has.anchor)[: can.references]
        ask = replace(ask, references=references)
        if not can.references:
            photo = "; your product photo is not part of the pictures" if plan.subject.photo else ""
            notes.append(f"{model} takes no reference pictures here{photo}: words and seed alone hold the shots together.")
    elif plan.subject.photo:
        notes.append(f"References are off, so {model} was not shown your product photo.")
    if keep.layout_control:
        ask = replace(ask, controls=_controls(has.layout, can))
        if not can.controls & {"depth", "canny"}:
            notes.append(f"{model} cannot keep a layout here: it frames the shots by words alone.")
    if keep.lora:
        ask, note = _with_lora(ask, plan, model, can, has.lora)
        notes += [note] if note else []
    if keep.seed_control and can.kin_seed and ask.init_image is None and shot.id != main_shot(plan).id:
        ask = replace(ask, kin_seed=shot.seed, seed=crc32(f"{shot.seed}/{shot.id}".encode()), kin_change=_change(plan, shot))
    return ask, tuple(notes)


def _references(plan: ScenePlan, shot: Shot, anchor: Still | None) -> tuple[Reference, ...]:
    lit = shot.group.startswith("hero")
    thing: Path | None = plan.subject.photo or (anchor.path if anchor and shot.id != main_shot(plan).id else None)
    if shot.shows_product:
        return (Reference(thing, LIT if lit else GREY),) if thing else ()
    # An empty set takes over the light and the stone, not the product that stands on it; a grey day takes neither.
    return (Reference(anchor.path, LOOK, style_only=True),) if anchor and lit else ()


def _controls(layout: Still | None, can: Capabilities) -> tuple[Control, ...]:
    if layout is None:
        return ()
    if "depth" in layout.extras and "depth" in can.controls:
        return (Control("depth", layout.extras["depth"], LAYOUT_SCALE, end=LAYOUT_END, is_map=True),)
    kinds: Sequence[str] = [kind for kind in ("canny", "depth") if kind in can.controls]
    return (Control("canny" if kinds[0] == "canny" else "depth", layout.path, LAYOUT_SCALE, end=LAYOUT_END),) if kinds else ()


def _with_lora(ask: ImageAsk, plan: ScenePlan, model: str, can: Capabilities, card: LoraCard | None) -> tuple[ImageAsk, str]:
    keep = plan.keep
    if not can.loras:
        return ask, f"{model} takes no LoRA; {keep.lora} was left out."
    trigger = card.trigger if card else ""
    prompt = ask.prompt if not trigger or trigger.lower() in ask.prompt.lower() else f"{trigger}. {ask.prompt}"
    return replace(ask, prompt=prompt, loras=(Lora(keep.lora, keep.lora_weight),)), ""


def _change(plan: ScenePlan, shot: Shot) -> float:
    """How much of the noise is a shot's own: little where it goes on from the shot before, in the same scene or without a cut."""
    scene = next(scene for scene in plan.scenes if scene.number == shot.scene)
    return CLOSE_KIN if scene.shots[0].id != shot.id or shot.transition_in == "crossfade" else FAR_KIN
