"""Which shots of different ads are the same, so that one of them need be made: by all that is asked of the models for them.

plan ─▶ {"s1a": "9f3c…", "s2a": …}        equal keys: the same picture and the same clip, from the same model
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from hashlib import sha256
from typing import Any

from pipelines.clips import ShotMedia
from pipelines.identity import main_shot
from pipelines.scene_plan import ScenePlan, Shot
from pipelines.stills import ask_for_still

KEY_CHARS = 24


@dataclass(frozen=True)
class Lent:
    """Shots that were made for other ads of a set, by this ad's shot. notes: what was to be lent and is not, in sentences."""

    media: Mapping[str, ShotMedia] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def clip_keys(plan: ScenePlan) -> dict[str, str]:
    """A key for each shot, in playback order. The product's photo and the chosen models are left out: ads are compared that have both
    in common."""
    plan = replace(plan, subject=replace(plan.subject, photo=None))
    lead = _asked(plan, main_shot(plan))  # where pictures take after the main shot's, that has to be the same too
    return {shot.id: _digest([_asked(plan, shot), lead, asdict(plan.keep), asdict(plan.subject)]) for shot in plan.shots}


def _asked(plan: ScenePlan, shot: Shot) -> list[Any]:
    motion = [shot.motion_prompt, shot.move, shot.media_frames, plan.fps]
    kin = [shot.id, shot.group, shot.transition_in]
    return [asdict(ask_for_still(plan, shot)), *motion, *kin, shot.shows_product]


def _digest(value: Any) -> str:
    return sha256(json.dumps(value, default=str, sort_keys=True).encode()).hexdigest()[:KEY_CHARS]
