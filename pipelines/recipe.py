"""What made this file: everything needed to make the same pictures again, kept inside the MP4 itself.

Written as JSON into the container's metadata; `python -m studio recipe ad.mp4` prints it. It holds the brief, the spec,
the plan, the models with their seeds, and the versions of what rendered; never keys, never paths of the machine.

Pictures that were brought – a product photo, a logo – stand in it as {"file": their name, "sha256": their content}; who makes the ad again
finds them by that. Recipes of earlier releases hold paths instead, which are read as they are.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path, PurePath
from typing import Any

from models.asks import Made
from models.media.video_file import probe
from pipelines.brief import Brief
from pipelines.clips import ShotMedia
from pipelines.errors import BriefError, PipelineError
from pipelines.scene_plan import ScenePlan
from pipelines.spec import AdSpec
from pipelines.voice_over import Spoken

KEY = "ad_studio_recipe"
VERSION = 1
PICTURES = {"product_image": "product photo", "logo": "logo"}
"""The pictures of a brief, by its fields, as people call them."""

PACKAGES = ("mitsuba", "drjit", "pyoidn", "numpy", "scipy", "opencv-python-headless", "av", "pillow", "numba")


def write_recipe(
    brief: Brief,
    spec: AdSpec | None,
    writer: str,
    plan: ScenePlan,
    media: Sequence[ShotMedia],
    sound: Made | None,
    voices: Sequence[Spoken] = (),
) -> str:
    """The recipe as a JSON string. spec, writer: None and "" where nobody wrote a story."""
    recipe = {
        "recipe_version": VERSION,
        "brief": brief.model_dump(mode="json") | {field: named(path) for field in PICTURES if (path := getattr(brief, field))},
        "writer": writer,
        "spec": spec.model_dump(mode="json") if spec else None,
        "plan": _with_names(asdict(plan)),
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


def named(picture: Path) -> dict[str, str]:
    """A picture as a recipe names it. A file that is gone by now has a name alone."""
    try:
        with picture.open("rb") as opened:
            return {"file": picture.name, "sha256": hashlib.file_digest(opened, "sha256").hexdigest()}
    except OSError:
        return {"file": picture.name}


def nowhere(picture: Mapping[str, str]) -> Path | None:
    """Finds no picture at all."""
    return None


def brief_of(recipe: dict[str, Any], find: Callable[[Mapping[str, str]], Path | None] = nowhere) -> Brief:
    """The brief that made the file, to make it again. find: where a picture lies that the recipe names (see above), None where it is not.
    Raises BriefError for one that is not found."""
    brief = dict(recipe["brief"])
    for field, what in PICTURES.items():
        if isinstance(picture := brief.get(field), Mapping):
            brief[field] = find(picture)
            if brief[field] is None:
                raise BriefError(
                    f"The ad was made with the {what} “{picture['file']}”; put that file beside it, then try again.", field=field
                )
    return Brief.model_validate(brief)


def _with_names(plan: dict[str, Any]) -> dict[str, Any]:
    """The plan, the pictures in its titles by their names: `default` sees no paths that are text."""
    for line in (line for title in plan["titles"] for line in title["lines"] if line["image"]):
        line["image"] = PurePath(line["image"]).name
    return plan


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
