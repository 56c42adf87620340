"""One still per shot: the first frame of the story's picture, asked of whatever image model runs here."""

from models.asks import ImageAsk, Still
from models.context import JobContext
from models.runtime import Runtime
from pipelines.scene_plan import ScenePlan, Shot


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


def make_still(plan: ScenePlan, shot: Shot, runtime: Runtime, job: JobContext, model: str | None = None) -> Still:
    """The still of `shot`, with `model` or the installation's default."""
    return runtime.image(ask_for_still(plan, shot), job, model)
