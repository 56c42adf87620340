"""What made this file: everything needed to make the same pictures again, kept inside the MP4 itself.

Written as JSON into the container's metadata; `python -m studio recipe ad.mp4` prints it. It holds the brief, the spec,
the plan, the models with their seeds, and the versions of what rendered; never keys, never paths of the machine.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path, PurePath
from typing import Any

from models.asks import Made
from models.media.video_file import probe
from pipelines.brief import Brief
from pipelines.clips import ShotMedia
from pipelines.errors import PipelineError
from pipelines.scene_plan import ScenePlan
from pipelines.spec import AdSpec
from pipelines.voice_over import Spoken

KEY = "ad_studio_recipe"
VERSION = 1
PACKAGES = ("mitsuba", "drjit", "pyoidn", "numpy", "scipy", "opencv-python-headless", "av", "pillow", "numba")


def write_recipe(
    brief: Brief,
    spec: AdSpec,
    writer: str,
    plan: ScenePlan,
    media: Sequence[ShotMedia],
    sound: Made | None,
    voices: Sequence[Spoken] = (),
) -> str:
    """The recipe as a JSON string."""
    recipe = {
        "recipe_version": VERSION,
        "brief": brief.model_dump(mode="json"),
        "writer": writer,
        "spec": spec.model_dump(mode="json"),
        "plan": asdict(plan),
        "shots": [{"shot": m.shot_id, "still": _made(m.still.made), "clip": _made(m.clip.made)} for m in media],
        "sound": _made(sound) if sound else None,
        "voices": [{"scene": v.scene, "text": v.text, "made_by_ai": True, **_made(v.made)} for v in voices],
        "packages": _versions(),
    }
    return json.dumps(recipe, ensure_ascii=False, default=_plain, separators=(",", ":"))


def read_recipe(path: Path) -> dict[str, Any]:
    """The recipe inside an MP4. Raises PipelineError when it has none; MediaError when it is no video."""
    text = probe(path).metadata.get(KEY)
    if not text:
        raise PipelineError(f"{path.name} carries no recipe; only ads made by this studio do.")
    recipe: dict[str, Any] = json.loads(text)
    return recipe


def brief_of(recipe: dict[str, Any]) -> Brief:
    """The brief that made the file, to make it again."""
    return Brief.model_validate(recipe["brief"])


def _made(made: Made) -> dict[str, Any]:
    return {"model": made.model, "seed": made.seed, "cost_usd": str(made.cost_usd), "fallback_from": list(made.fallback_from)}


def _versions() -> dict[str, str]:
    found = {}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found


def _plain(value: object) -> str:
    return PurePath(value).name if isinstance(value, PurePath) else str(value)
