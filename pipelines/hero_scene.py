"""A picture and a clip that were made before, as the main shot of an ad (FR-044): cut to its length, and what the other shots take over.

    clip     |──────────── 5.0 s ────────────|
    shot     |─ head ─|──── slot ────|─ tail ─|                 longer than the shot: its beginning is used
    shot     |─ head ─|──────────── slot ─────────────|─ tail ─|      shorter: it is slowed until it fills it

Neither is made again and neither costs anything here.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from models.asks import Clip, Made, Still, Subject
from models.context import JobContext
from models.media.image_file import read_image, write_image
from models.media.planes import Planes
from models.media.video_file import VideoReader, VideoWriter
from pipelines.clips import ShotMedia
from pipelines.identity import main_shot
from pipelines.scene_plan import ScenePlan, Shot

CHECK_EVERY = 12


@dataclass(frozen=True)
class HeroScene:
    """picture, clip: files. subject, palette, seed: what the picture was made of, which the other shots are made of too; None or () where
    that is not known. picture_by, clip_by: the models that made them."""

    picture: Path
    clip: Path
    subject: Subject | None = None
    palette: tuple[str, ...] = ()
    seed: int | None = None
    picture_by: str = ""
    clip_by: str = ""


def with_hero(plan: ScenePlan, hero: HeroScene) -> ScenePlan:
    """The plan, whose pictures show the hero's subject in its colours, from its seed where one seed holds the ad together."""
    subject = plan.subject
    if hero.subject is not None:
        subject = replace(hero.subject, photo=plan.subject.photo or hero.subject.photo)

    def led(shot: Shot) -> Shot:
        return replace(shot, seed=hero.seed) if hero.seed is not None and plan.keep.seed_control else shot

    scenes = tuple(replace(scene, shots=tuple(led(shot) for shot in scene.shots)) for scene in plan.scenes)
    return replace(plan, subject=subject, palette=hero.palette or plan.palette, scenes=scenes)


def is_hero(plan: ScenePlan, shot: Shot) -> bool:
    """Whether the clip takes this shot's place."""
    return shot.id == main_shot(plan).id


def hero_still(plan: ScenePlan, hero: HeroScene, workdir: Path) -> Still:
    """The picture in the plan's size, cropped around its middle where its shape is another. Raises MediaError."""
    import cv2

    picture = read_image(hero.picture)
    height, width = picture.shape[:2]
    if (width, height) != (plan.width, plan.height):
        grow = max(plan.width / width, plan.height / height)
        size = max(plan.width, round(width * grow)), max(plan.height, round(height * grow))
        picture = np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA if grow < 1 else cv2.INTER_CUBIC))
        left, top = (size[0] - plan.width) // 2, (size[1] - plan.height) // 2
        picture = np.ascontiguousarray(picture[top : top + plan.height, left : left + plan.width])
    return Still(write_image(workdir / "hero-still.png", picture), plan.width, plan.height, Made(hero.picture_by))


def hero_media(plan: ScenePlan, shot: Shot, hero: HeroScene, still: Still, job: JobContext) -> ShotMedia:
    """The clip as `shot` needs it: exactly its frames, handles and all, at the plan's rate and size. Raises MediaError, Cancelled."""
    path = job.workdir / "hero-clip.mp4"
    with VideoReader(hero.clip) as reader:
        source_s, wanted_s = float(reader.info.duration_s), shot.media_frames / plan.fps
        enough = source_s * plan.fps >= shot.media_frames - 0.5
        frames = _cut(reader, plan, shot) if enough else _slowed(reader, plan, shot)
        with VideoWriter(path, plan.width, plan.height, plan.fps) as writer:
            for i, planes in enumerate(frames):
                if i % CHECK_EVERY == 0:
                    job.check()
                    job.progress(i / shot.media_frames, "Cutting the hero clip")
                writer.write_planes(*planes)
        n_frames = writer.n_frames
    made = Made(hero.clip_by, notes=(_told(source_s, wanted_s, enough),))
    return ShotMedia(shot.id, still, Clip(path, plan.width, plan.height, n_frames, plan.fps, made))


def _cut(reader: VideoReader, plan: ScenePlan, shot: Shot) -> Iterator[Planes]:
    return reader.planes(0, shot.media_frames, fps=plan.fps, size=(plan.width, plan.height))


def _slowed(reader: VideoReader, plan: ScenePlan, shot: Shot) -> Iterator[Planes]:
    """Frames between frames are mixed of the two beside them, so that slow movement does not stutter."""
    last = reader.n_frames - 1
    coming = enumerate(reader.planes(size=(plan.width, plan.height)))
    at, now = next(coming)
    after: tuple[int, Planes] | None = next(coming, None)
    for k in range(shot.media_frames):
        place = k * last / max(shot.media_frames - 1, 1)
        while after is not None and after[0] <= place:
            (at, now), after = after, next(coming, None)
        share = place - at
        yield now if after is None or share < 1e-6 else _mixed(now, after[1], share)


def _mixed(one: Planes, other: Planes, share: float) -> Planes:
    y, u, v = (np.rint(a * (1 - share) + b * np.float32(share)).astype(np.uint8) for a, b in zip(one, other, strict=True))
    return y, u, v


def _told(source_s: float, wanted_s: float, enough: bool) -> str:
    if not enough:
        return f"The hero clip of {source_s:.1f} s was slowed to {source_s / wanted_s:.0%} of its speed, so that it fills its scene."
    if source_s - wanted_s < 0.1:
        return "The hero clip is in the ad as it is."
    return f"Of the hero clip's {source_s:.1f} s the first {wanted_s:.1f} are in the ad, with what its transitions need."
