"""A single clip as an edit of its own: a plan of one shot and a timeline of one clip, without sound, type or grade, ready to be cut.

picture, clip ─▶ plan ─┬─▶ timeline       exported unchanged, it shows the clip's own frames
                       └─▶ recipe         what films that are exported of it tell of themselves
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import cast, get_args

from models.asks import Clip, Framing, Move, Still, Subject
from pipelines.brief import Brief
from pipelines.clips import ShotMedia
from pipelines.recipe import write_recipe
from pipelines.scene_plan import Scene, ScenePlan, Shot
from pipelines.timeline import build_timeline, write_timeline
from pipelines.timeline_media import TIMELINE

SHOT, SCENE = "s1", "Hero"
MOOD = "calm"
"""Of music, should somebody want some: nobody has said."""


@dataclass(frozen=True)
class OneShot:
    """picture, clip: files in one folder. prompt: what the picture shows; motion: what the clip's model was told, move: what the camera
    did, as a name of models.asks.Move where it has one. subject, framing, palette: what the picture was made of, as far as that is
    known."""

    picture: Still
    clip: Clip
    prompt: str
    motion: str = ""
    move: str = ""
    subject: Subject | None = None
    framing: Framing = field(default_factory=Framing)
    palette: tuple[str, ...] = ()

    @property
    def media(self) -> ShotMedia:
        """Both, as the shot's."""
        return ShotMedia(SHOT, self.picture, self.clip)


def plan_of(one: OneShot, brief: Brief) -> ScenePlan:
    """The plan that the clip is all of. brief: checked; it says the aspect, the seed and what holds pictures together."""
    clip, aspect = one.clip, brief.aspect
    assert aspect is not None, "a clip has a shape"
    move = cast(Move, one.move) if one.move in get_args(Move) else "static"
    shot = Shot(
        id=SHOT,
        scene=1,
        start=0,
        n_frames=clip.n_frames,
        head=0,
        tail=0,
        still_prompt=one.prompt,
        motion_prompt=one.motion,
        framing=one.framing,
        move=move,
        group="hero",
        seed=one.picture.made.seed,
    )
    safe = aspect.safe
    return ScenePlan(
        width=clip.width,
        height=clip.height,
        fps=clip.fps,
        n_frames=clip.n_frames,
        subject=one.subject or Subject("", description=one.prompt),
        palette=one.palette,
        entities=(),
        scenes=(Scene(1, SCENE, 0, clip.n_frames, (shot,)),),
        titles=(),
        grade="none",
        mood=MOOD,
        hero_frame=0,
        final_frame=clip.n_frames - 1,
        bpm=0.0,
        safe=(safe.left, safe.top, safe.right, safe.bottom),
        seed=brief.seed,
    )


def write_edit(one: OneShot, plan: ScenePlan, name: str, folder: Path) -> Path:
    """The timeline, written into the folder that holds picture and clip."""
    path = folder / TIMELINE
    write_timeline(build_timeline(plan, (one.media,), None, name, folder), path)
    return path


def recipe_of(one: OneShot, plan: ScenePlan, brief: Brief) -> str:
    """As pipelines.recipe has it, of a film that tells no story."""
    return write_recipe(brief, None, "", plan, (one.media,), None)
