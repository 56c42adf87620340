"""A small ad to edit, made for real and in no time: four clips that move and differ, handles on both sides, a dissolve, type, music."""

import shutil
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

import cv2
import numpy as np

from models.asks import Clip, Made, Sound, Still
from models.media.audio_file import write_wav
from models.media.video_file import Encoding, VideoWriter
from pipelines.ad import Ad, finish, mix_soundtrack
from pipelines.brief import Brief
from pipelines.clips import ShotMedia
from pipelines.compose import Composed
from pipelines.edl import Edl, Title, TitleLine
from pipelines.identity import STUDIO
from pipelines.progress import Run, Tools
from pipelines.scene_plan import Scene, ScenePlan
from pipelines.timeline import AudioMix, build_timeline, conform, write_timeline
from pipelines.word_captions.cue import Captioning, CaptionWord, Cue
from studio.jobs.ad_job import Kept
from studio.jobs.durable_run import JobTools
from studio.services.ad_checks import check_ad
from tests.pipelines.test_color_match import plan, shot
from tests.studio.small_ad import small_ad

SIZE = (180, 320)
FPS, SHOWN, HANDLE = 24, 36, 12
HUES = ((40, 60, 90), (150, 110, 60), (70, 120, 80), (120, 60, 100))
RECIPE = '{"recipe_version": 1, "brief": {"colors": []}}'


def editable_ad(run: Run, brief: Brief, photo: str = "") -> Kept:
    """Made, measured and kept."""
    return run.step("keep", made_and_kept, brief)


def made_and_kept(tools: Tools, brief: Brief) -> Kept:
    job = cast(JobTools, tools)
    kept: Kept = job.keeper.keep(job.id, editable(tools, tools.workdir))
    return kept


def picture(clip: int, n: int) -> np.ndarray:
    """Frame n of a clip: its own colour, and a bar that stands where n says."""
    width, height = SIZE
    rgb = np.full((height, width, 3), HUES[clip], np.uint8)
    rgb[:, : width // 2] = rgb[:, : width // 2] * 0.8
    at = round(n * (width - 24) / (SHOWN + 2 * HANDLE - 1))
    cv2.rectangle(rgb, (at, 120), (at + 24, 200), (235, 235, 235), -1)
    return rgb


def film(path: Path, clip: int) -> Path:
    with VideoWriter(path, *SIZE, FPS, Encoding("ultrafast", 6, gop=12)) as writer:
        for n in range(SHOWN + 2 * HANDLE):
            writer.write_rgb(picture(clip, n))
    return path


def editable(tools: Tools, folder: Path) -> Ad:
    """The ad, in `folder`."""
    paths = [film(folder / f"s{i + 1}.mp4", i) for i in range(4)]
    for i, path in enumerate(paths):
        cv2.imwrite(str(path.with_suffix(".png")), picture(i, HANDLE)[:, :, ::-1])
    shots = tuple(
        replace(shot(f"s{i + 1}", i * SHOWN), scene=i + 1, n_frames=SHOWN, head=HANDLE, tail=HANDLE, still_prompt=f"picture {i + 1}")
        for i in range(4)
    )
    shots = (shots[0], replace(shots[1], transition_in="crossfade", transition_frames=8), *shots[2:])
    titles = (
        Title((TitleLine("Most hours pass"),), 4, 28, "center"),
        Title((TitleLine("Aurelia", "brand"), TitleLine("Shop now", "cta")), 3 * SHOWN + 4, 30, "center"),
    )
    scenes = tuple(Scene(one.scene, "After", one.start, one.n_frames, (one,)) for one in shots)
    of = plan(*shots, hero=SHOWN)
    of = replace(
        of, width=SIZE[0], height=SIZE[1], n_frames=4 * SHOWN, scenes=scenes, grade="neutral", titles=titles, final_frame=3 * SHOWN
    )
    seconds = 4 * SHOWN / FPS
    t = np.arange(round(48_000 * seconds)) / 48_000
    tone = (0.2 * np.sin(2 * np.pi * 220 * t) * (0.6 + 0.4 * np.sin(2 * np.pi * t)))[:, None].repeat(2, axis=1).astype(np.float32)
    music = write_wav(folder / "music.wav", tone)
    made = Made(STUDIO)
    shots_media = [
        ShotMedia(path.stem, Still(path.with_suffix(".png"), *SIZE, made), Clip(path, *SIZE, SHOWN + 2 * HANDLE, FPS, made))
        for path in paths
    ]
    sound = Sound(music, None, seconds, 120.0, "A", made, beats_s=tuple(0.5 * n for n in range(12)))
    timeline = folder / "timeline.otio"
    line = Cue(SHOWN + 4, 30, tuple(CaptionWord(text, 6 * i, 6) for i, text in enumerate(("A ", "dial ", "worth ", "it."))), "reading", 2)
    built = build_timeline(of, shots_media, sound, "ad", folder, captioning=Captioning("off", cues=(line,)))
    write_timeline(built, timeline)
    edl, levels = conform(built, folder)
    done, quality = finished(tools, edl, levels, of, timeline)
    return small_ad(done, edl, timeline, of, shots_media, RECIPE, quality)


KEPT: dict[Any, tuple[TemporaryDirectory[str], Composed, dict[str, Any]]] = {}
"""By who measured it."""


def finished(tools: Tools, edl: Edl, levels: AudioMix, of: ScenePlan, timeline: Path) -> tuple[Composed, dict[str, Any]]:
    """The film, beside its timeline, and what is found in it. It is the same wherever it is made: a process makes it once, and hands out
    copies from then on."""
    if check_ad not in KEPT:
        soundtrack = mix_soundtrack(tools, edl, levels)
        done = finish(tools, replace(edl, soundtrack=str(soundtrack)), of, RECIPE, timeline.with_name("ad.mp4"))
        quality = check_ad(tools, done.path, timeline, of)
        folder = TemporaryDirectory(prefix="editable-ad-")
        for file in (done.path, done.poster):
            shutil.copy(file, folder.name)
        KEPT[check_ad] = folder, done, quality
        return done, deepcopy(quality)
    folder, done, quality = KEPT[check_ad]
    film, poster = (Path(shutil.copy(Path(folder.name, file.name), timeline.parent)) for file in (done.path, done.poster))
    return replace(done, path=film, poster=poster), deepcopy(quality)
