"""A small film as the main path hands a finished ad over, whatever it was cut from."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from pipelines.ad import Ad
from pipelines.clips import ShotMedia
from pipelines.compose import Composed
from pipelines.edl import Edl
from pipelines.scene_plan import ScenePlan


def small_ad(
    done: Composed, edl: Edl, timeline: Path, plan: ScenePlan, media: Sequence[ShotMedia], recipe: str, quality: dict[str, Any]
) -> Ad:
    """With a spec of one sentence and no costs."""
    spec: Any = SimpleNamespace(
        ad_specifications=SimpleNamespace(framework="AIDA"),
        analysis=SimpleNamespace(rationale="It fits."),
        scenes=[scene.number for scene in plan.scenes],
    )
    return Ad(
        path=done.path,
        poster=done.poster,
        timeline=timeline,
        width=edl.width,
        height=edl.height,
        fps=edl.fps,
        n_frames=done.n_frames,
        spec=spec,
        writer="built-in copywriter",
        models=("product-studio",),
        cost_usd=Decimal(0),
        notes=(),
        stages=(),
        lufs=done.lufs,
        true_peak_dbtp=done.true_peak_dbtp,
        plan=plan,
        media=tuple(media),
        recipe=recipe,
        quality=quality,
    )
