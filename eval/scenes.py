"""The scenes of a video, as the measures need them: numbered spans of frames, what is meant to change, and which colours are the brand's.

Reads the JSON of a scene plan (numbers, frames, shots with their transitions, entities, palette) or a plain list of spans. It knows
nothing of stories.
"""

import itertools
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class SceneSpan:
    """Frames first … end - 1. head, tail: frames at either end that belong to a transition. change: the light is meant to be
    another than in the scene before.
    """

    number: int
    first: int
    end: int
    head: int = 0
    tail: int = 0
    change: bool = False

    @property
    def n_frames(self) -> int:
        """Length."""
        return self.end - self.first


@dataclass(frozen=True)
class ScenePlan:
    """cuts: frames at which the edit list cuts hard. dissolves: (first, end) frames of every transition that takes time.
    characters: scenes by entity id. palette: "#RRGGBB".
    """

    scenes: tuple[SceneSpan, ...]
    cuts: tuple[int, ...] = ()
    dissolves: tuple[tuple[int, int], ...] = ()
    characters: Mapping[str, tuple[int, ...]] | None = None
    palette: tuple[str, ...] = ()


def read_plan(path: Path) -> ScenePlan:
    """From a JSON file. Raises ValueError when it is not a plan, with what is wrong."""
    try:
        return plan_from(json.loads(path.read_text()))
    except FileNotFoundError as error:
        raise ValueError(f"There is no scene plan at {path.name}.") from error
    except json.JSONDecodeError as error:
        raise ValueError(f"{path.name} is not JSON (line {error.lineno}).") from error
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"{path.name} is not a scene plan: {error} is missing or of the wrong kind.") from error


def plan_from(data: Mapping[str, Any]) -> ScenePlan:
    """data: {"scenes": [{"number", "start", "n_frames", "shots"?: [{"start", "transition_in", "transition_frames", "group"}],
    "change"?}], "palette"?, "entities"?}.
    """
    shots = sorted((shot for scene in data["scenes"] for shot in _shots(scene)), key=lambda shot: int(shot["start"]))
    into = {int(shot["start"]): int(shot.get("transition_frames", 0)) for shot in shots}
    rows = sorted(data["scenes"], key=lambda scene: int(scene["start"]))
    ends = [int(row["start"]) + int(row["n_frames"]) for row in rows]
    scenes = []
    for i, (row, end) in enumerate(zip(rows, ends, strict=True)):
        first = int(row["start"])
        if end <= first:
            raise ValueError(f"Scene {row['number']} has no frames.")
        if i and first < ends[i - 1]:
            raise ValueError(f"Scene {row['number']} starts before the one before it ends.")
        changed = bool(row.get("change", i > 0 and _group(row) != _group(rows[i - 1])))
        scenes.append(SceneSpan(int(row["number"]), first, end, into.get(first, 0) // 2, into.get(end, 0) // 2, changed))
    later = [(start, frames) for start, frames in into.items() if start > scenes[0].first]
    return ScenePlan(
        tuple(scenes),
        tuple(start for start, frames in later if not frames),
        tuple((start - frames // 2, start + frames - frames // 2) for start, frames in later if frames),
        {str(entity["id"]): tuple(int(n) for n in entity["scenes"]) for entity in data.get("entities", ())},
        tuple(str(color) for color in data.get("palette", ())),
    )


def spans(edges: Sequence[int], n_frames: int) -> ScenePlan:
    """Scenes between hard cuts at these frames."""
    bounds = [0, *sorted(edges), n_frames]
    return ScenePlan(tuple(SceneSpan(i + 1, a, b) for i, (a, b) in enumerate(itertools.pairwise(bounds))), tuple(sorted(edges)))


def _shots(scene: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    own: Sequence[Mapping[str, Any]] = scene.get("shots") or (
        {"start": scene["start"], "transition_frames": scene.get("transition_frames", 0)},
    )
    return own


def _group(scene: Mapping[str, Any]) -> str:
    """Shots of one group share set and light."""
    return str(_shots(scene)[0].get("group", ""))
