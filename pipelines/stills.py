"""One still per shot: the first frame of the story's picture, asked of whatever image model runs here."""

from collections.abc import Callable
from dataclasses import replace

from models.asks import ImageAsk, Still
from models.capabilities import Capabilities
from models.context import JobContext
from models.errors import AskRefused, Cancelled, ModelError
from models.loras import listed
from models.runtime import Runtime
from pipelines.identity import STUDIO, Sources, dressed, main_shot, wants_anchor, wants_layout
from pipelines.scene_plan import ScenePlan, Shot

LAYOUT_SIDE = 384
LAYOUT_SHARE = 0.25  # of a still's progress, where the studio draws its layout first


def ask_for_still(plan: ScenePlan, shot: Shot) -> ImageAsk:
    """The ImageAsk of `shot`. The subject is passed even when it is not to be seen, so that the set's colours stay the ad's."""
    return ImageAsk(
        prompt=shot.still_prompt,
        negative_prompt=shot.negative_prompt,
        width=plan.width,
        height=plan.height,
        seed=shot.seed,
        subject=plan.subject if shot.shows_product else None,
        framing=shot.framing,
        palette=shot.palette or plan.palette,
    )


def make_anchor(plan: ScenePlan, runtime: Runtime, job: JobContext, model: str | None = None) -> Still | None:
    """The still of the main shot, where the others are to take after it; None where the model takes no references."""
    if not wants_anchor(plan, runtime.capabilities("image", model)):
        return None
    return make_still(plan, main_shot(plan), runtime, job, model)


def make_still(
    plan: ScenePlan, shot: Shot, runtime: Runtime, job: JobContext, model: str | None = None, anchor: Still | None = None
) -> Still:
    """The still of `shot`, with `model` or the installation's default. anchor: of the main shot, whose own still it is."""
    if anchor is not None and shot.id == main_shot(plan).id:
        return anchor
    plain = ask_for_still(plan, shot)
    chosen = model or _default(runtime)
    can = runtime.capabilities("image", chosen)
    if can is None or not chosen:
        return runtime.image(plain, job, model)
    rest = job
    layout: Still | None = None
    notes: tuple[str, ...] = ()
    if chosen != STUDIO and wants_layout(plan, shot, can):
        layout, notes = _layout(plain, runtime, replace(job, progress=_share(job, 0.0, LAYOUT_SHARE)))
        rest = replace(job, progress=_share(job, LAYOUT_SHARE, 1.0))
    card = next((card for card in listed(runtime.config) if card.name == plan.keep.lora), None) if plan.keep.lora else None
    ask, said = dressed(plain, plan, shot, chosen, can, Sources(anchor, layout, card))
    still = _drawn(ask, plain, runtime, rest, model, chosen, can)
    return replace(still, made=replace(still.made, notes=(*still.made.notes, *notes, *said)))


def _drawn(ask: ImageAsk, plain: ImageAsk, runtime: Runtime, job: JobContext, model: str | None, chosen: str, can: Capabilities) -> Still:
    """The dressed picture; where its model fails for good, the plain one by those that stand in for it."""
    try:
        return runtime.image(ask, job, model)
    except (Cancelled, AskRefused):
        raise
    except ModelError as error:
        row = next((row for row in runtime.catalog if row.id == chosen), None)
        if row is None or not row.fallback or ask == plain:
            raise
        still = runtime.image(plain, job, row.fallback[0])
        note = f"{chosen} failed ({error}); {still.made.model} was used instead, without references, layout or LoRA."
        made = replace(still.made, fallback_from=(chosen, *still.made.fallback_from), notes=(*still.made.notes, note))
        return replace(still, made=made)


def _layout(plain: ImageAsk, runtime: Runtime, job: JobContext) -> tuple[Still | None, tuple[str, ...]]:
    """The product studio's small draft of the shot: where the product stands and how large. Or why there is none."""
    shrink = min(1.0, LAYOUT_SIDE / min(plain.width, plain.height))
    width, height = (max(64, round(side * shrink / 2) * 2) for side in (plain.width, plain.height))
    try:
        return runtime.image(replace(plain, width=width, height=height, quality="preview"), job, STUDIO), ()
    except Cancelled:
        raise
    except ModelError as error:
        return None, (f"The layout could not be drafted ({error}); the shot is framed by words alone.",)


def _default(runtime: Runtime) -> str:
    row = runtime.default_model("image")
    return row.id if row else ""


def _share(job: JobContext, low: float, high: float) -> Callable[[float, str], None]:
    return lambda fraction, text: job.progress(low + (high - low) * fraction, text)
