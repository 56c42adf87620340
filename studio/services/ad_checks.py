"""Looks at a finished ad: how good its film measures, whether its scenes belong together, whether it is ready for where it will be shown.

    film + plan      ─▶ eval.review          scores of the whole and of each scene; findings at the cuts
    film + timeline  ─▶ pipelines.preflight  findings of the platform it is for

pipelines and eval do not know each other; this introduces them. What comes back is plain JSON and never an error: an ad is no worse for
not being measured, and what could not be measured is said in a sentence. What is meant by the numbers is eval's and pre-flight's business.
"""

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.errors import Cancelled, ModelError
from pipelines.edl import Edl
from pipelines.errors import PipelineError
from pipelines.progress import Tools
from pipelines.scene_plan import Scene, ScenePlan
from studio.jobs.failures import Abandoned
from studio.services.measuring import StoppableFilm, networks_of

if TYPE_CHECKING:
    from eval.networks import Networks
    from eval.review import Review
    from eval.scores import Score
    from pipelines.preflight import Preflight

log = logging.getLogger(__name__)

VERSION = 1
UNASKED = "motion_amount_dis_v1"
"""How much moves is what an ad's plan says; of all stand-ins it costs the most, and neither much nor little is better."""


def check_ad(tools: Tools, film: Path, timeline: Path, plan: ScenePlan) -> dict[str, Any]:
    """Measure the ad `film` of `plan`, cut as `timeline` says. Raises nothing but what stops the job.

    {"version", "scores": […], "degenerate": […], "seams": […], "findings": […], "preflight": {…} or None, "troubles": [sentence], "took_s"}
    """
    began = time.monotonic()
    found: dict[str, Any] = {"version": VERSION, "scores": [], "degenerate": [], "seams": [], "findings": [], "preflight": None}
    troubles: list[str] = []

    def attempt(what: str, measure: Callable[[], Mapping[str, Any]]) -> None:
        try:
            found.update(measure())
        except (Cancelled, Abandoned):
            raise
        except (ModelError, PipelineError, ValueError) as error:
            log.warning("The %s of an ad could not be measured: %s", what, error)
            troubles.append(f"The {what} could not be measured, because this went wrong: {error}")
        except Exception:  # a fault of ours must not cost anybody the ad
            log.exception("The %s of an ad could not be measured.", what)
            troubles.append(f"The {what} could not be measured, because something broke; the log has the details.")

    networks = networks_of(tools.runtime, troubles)
    attempt("picture", lambda: _measured(film, _edit(timeline), plan, networks, tools.check))
    attempt("readiness for a platform", lambda: {"preflight": _preflight(film, _edit(timeline), plan, tools.check)})
    return found | {"troubles": troubles, "took_s": round(time.monotonic() - began, 2)}


def _edit(timeline: Path) -> Edl:
    from pipelines.timeline import conform, read_timeline

    return conform(read_timeline(timeline), timeline.parent)[0]


def _measured(film: Path, edl: Edl, plan: ScenePlan, networks: "Networks | None", check: Callable[[], None]) -> dict[str, Any]:
    from eval.metrics import METRICS
    from eval.review import review
    from eval.scenes import plan_from

    scenes = plan_from(scenes_of(plan))
    fades = (0, edl.fade_in), (edl.n_frames - edl.fade_out, edl.n_frames)  # from black and to it: as meant as any dissolve
    scenes = replace(scenes, dissolves=(fades[0], *scenes.dissolves, fades[1]))
    wanted = [name for name in METRICS if name != UNASKED]
    seen = review(StoppableFilm(film, check), plan.subject.description, scenes, networks=networks, metrics=wanted)
    return told(seen)


def told(seen: "Review") -> dict[str, Any]:
    """Scores, seams and findings as plain values; what each frame measured is left out."""
    scores = [score_row(0, metric, score) for metric, score in seen.scores.by_metric.items()]
    scores += [score_row(scene, metric, score) for scene, rows in seen.scores.by_scene.items() for metric, score in rows.items()]
    seams = [
        {
            "before": seam.before,
            "after": seam.after,
            "time_s": round(seam.time_s, 3),
            "delta_e": round(seam.delta_e, 3),
            "delta_c": round(seam.delta_c, 3),
            "delta_l": round(seam.delta_l, 3),
            "planned": seam.planned,
        }
        for seam in seen.coherence.seams
    ]
    findings = [
        {
            "code": finding.code,
            "scene": finding.scene,
            "time_s": round(finding.time_s, 3),
            "measure": finding.measure,
            "value": round(float(finding.value), 4),
            "limit": float(finding.limit),
            "sentence": finding.sentence,
            "fix": finding.fix.sentence,
            "action": finding.fix.action,
        }
        for finding in seen.coherence.findings
    ]
    return {"scores": scores, "degenerate": [asdict(bad) for bad in seen.scores.degenerate], "seams": seams, "findings": findings}


def score_row(scene: int, metric: str, score: "Score") -> dict[str, Any]:
    """One measure as plain values, without what each frame measured. scene 0: the whole."""
    low, high = score.range
    return {
        "scene": scene,
        "metric": metric,
        "name": score.name,
        "kind": score.kind,
        "value": None if score.value is None else float(f"{score.value:.7g}"),
        "low": low,
        "high": high,
        "direction": score.direction,
        "model": score.model,
        "sha256": score.sha256,
        "fps": float(score.fps),
        "width": score.width,
        "height": score.height,
        "decoder": score.decoder,
        "reason": score.reason,
    }


def scenes_of(plan: ScenePlan) -> dict[str, Any]:
    """The plan as eval reads one. The light is meant to change where set, mood of the day or the light's group are others than before;
    a shot on its own ("hero/s2a") is still in the light of its group."""
    rows = []
    before: Scene | None = None
    for scene in plan.scenes:
        changed = before is not None and _light(before) != _light(scene)
        shots = [asdict(replace(shot, palette=())) for shot in scene.shots]
        rows.append({"number": scene.number, "start": scene.start, "n_frames": scene.n_frames, "shots": shots, "change": changed})
        before = scene
    entities = [{"id": entity.id, "scenes": list(entity.scenes)} for entity in plan.entities]
    return {"scenes": rows, "palette": list(plan.palette), "entities": entities}


def _light(scene: Scene) -> tuple[object, ...]:
    shot = scene.shots[0]
    return shot.group.partition("/")[0], shot.look, shot.palette


def _preflight(film: Path, edl: Edl, plan: ScenePlan, check: Callable[[], None]) -> dict[str, Any]:
    from pipelines.preflight import preflight

    return preflight_told(preflight(film, edl=edl, check=check), plan)


def preflight_told(found: "Preflight", plan: ScenePlan | None = None) -> dict[str, Any]:
    """As plain values; each finding with the scene it shows in, where that is known."""
    return {
        "platform": found.platform,
        "title": found.title,
        "ready": found.ready,
        "looked_up": found.looked_up,
        "passed": list(found.passed),
        "unknown": list(found.unknown),
        "findings": [
            {
                "rule": finding.rule,
                "weight": finding.weight,
                "scene": scene_at(plan, finding.at_s),
                "time_s": finding.at_s,
                "sentence": finding.sentence,
                "measured": finding.measured,
                "fix": finding.fix,
            }
            for finding in found.findings
        ],
    }


def scene_at(plan: ScenePlan | None, time_s: float | None) -> int | None:
    """The number of the scene at that time; None for the whole film."""
    if plan is None or time_s is None:
        return None
    frame = round(time_s * plan.fps)
    return next((scene.number for scene in plan.scenes if scene.start <= frame < scene.start + scene.n_frames), None)
