"""The main path: one sentence in, a finished ad out. Read this top to bottom and you have read the product.

    Brief -> AdSpec -> ScenePlan -> (Voices) -> Stills -> Clips -> Soundtrack -> (Captions) -> Timeline -> finished MP4

Every step is called here, visibly, through `run`: in a notebook or on the command line it calls in place, in the
application it checkpoints. Percentages are PRD FR-014's.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from models.asks import Sound, Still, Text, TextAsk
from models.backends.sound_studio.tempo import suggest_cuts
from models.capabilities import Kind
from models.context import JobContext
from models.errors import ModelUnavailable
from models.media.audio_file import write_wav
from models.runtime import Runtime
from pipelines.brief import BUILT_IN_WRITER, VOICE_OFF, Brief
from pipelines.clips import ShotMedia, make_clip
from pipelines.color_match import match_clips
from pipelines.compose import Composed, compose
from pipelines.correction import Correction
from pipelines.edl import Edl
from pipelines.hero_scene import HeroScene, hero_media, hero_still, is_hero, with_hero
from pipelines.hints import read_hints
from pipelines.identity import main_shot
from pipelines.planner import plan_scenes
from pipelines.progress import Run, Stage, Tools
from pipelines.recipe import KEY as RECIPE_KEY
from pipelines.recipe import write_recipe
from pipelines.scene_plan import ScenePlan, Shot
from pipelines.sharing import Lent, clip_keys
from pipelines.soundtrack import Samples, mix, sound_of
from pipelines.spec import AdSpec
from pipelines.spec_writer import SpecDraft, write_spec
from pipelines.stills import make_anchor, make_still
from pipelines.timeline import AudioMix, build_timeline, conform, write_timeline
from pipelines.voice_over import Line, Spoken, lines_of, speak, speaker
from pipelines.word_captions.scripts import captioned, script_of


@dataclass(frozen=True)
class Ad:
    """A finished ad. models: each model that made a part of it, named once. notes: sentences for the person who asked.

    plan, media: its shots as they were planned and made, in playback order. recipe: the JSON that is inside the file. voices: its spoken
    lines, () where nobody speaks. quality: what the review of it found, None where nobody looked.
    """

    path: Path
    poster: Path
    timeline: Path
    width: int
    height: int
    fps: int
    n_frames: int
    spec: AdSpec
    writer: str
    models: tuple[str, ...]
    cost_usd: Decimal
    notes: tuple[str, ...]
    stages: tuple[Stage, ...]
    lufs: float | None
    true_peak_dbtp: float | None
    plan: ScenePlan | None = None
    media: tuple[ShotMedia, ...] = ()
    recipe: str = ""
    voices: tuple[Spoken, ...] = ()
    quality: dict[str, Any] | None = None

    @property
    def duration_s(self) -> float:
        """Exact length."""
        return self.n_frames / self.fps


Review = Callable[[Tools, Path, Path, ScenePlan], dict[str, Any]]
"""Looks at a finished film, given its timeline and plan, and says what it found as plain values; a step like any other."""


Lend = Callable[[Tools, dict[str, str]], Lent]
"""Finds what was made of these shots (pipelines.sharing.clip_keys) for other ads of a set; a step like any other."""


def make_ad(brief: Brief, run: Run, out: Path, review: Review | None = None, hero: HeroScene | None = None, lend: Lend | None = None) -> Ad:
    """Make the ad of `brief` and put it at `out` (an .mp4; its poster beside it); `review` looks at it then. hero: what its main shot is,
    where that was made before; the others take after it. lend: where shots may come from that were made for other ads of a set.

    `run.workdir` holds everything in between – stills, clips, stems, timeline – and is the caller's to keep or remove.
    Nothing appears at `out` before the ad is whole. Raises the PipelineError and ModelError trees; Cancelled when asked to stop.
    """
    run.report(2, "spec", "Reading the brief")
    draft = run.step("spec", draft_spec, brief)
    run.report(10, "plan", "Planning the scenes")
    plan = run.step("plan", lay_out, draft, brief, hero)
    # Before anything that takes long or costs much: the music has to know where somebody speaks.
    lines = lines_of(draft.spec, plan) if brief.voice != VOICE_OFF else ()
    if lines:
        run.report(15, "plan", "Speaking the lines")
    voices = run.each("voice", say_line, lines, brief) if lines else []
    lent = run.step("lend", lend, clip_keys(plan)) if lend else Lent()
    shots = [shot for shot in plan.shots if shot.id not in lent.media]
    run.report(20, "visuals", f"Photographing {len(shots)} shots" if shots else "Using the clips of the set")

    # Music is written while the pictures render: it needs the plan alone, and seconds instead of a minute.
    sounding = run.submit("sound", make_sound, plan, brief.models, tuple(spoken.span for spoken in voices if spoken.path))
    known = lent.media.get(main_shot(plan).id)
    anchor = known.still if known else run.step("anchor", make_main_still, plan, brief.models, hero)
    made_now = run.each("visuals", make_shot, shots, plan, brief.models, anchor, hero) if shots else []
    by_shot = {**lent.media, **{shot.shot_id: shot for shot in made_now}}
    media = [by_shot[shot.id] for shot in plan.shots]
    run.report(72, "sound", "Writing the music")
    sound = sounding.result()

    matches = run.step("match", match_colors, plan, media) if brief.coherence.color_matching else {}
    name = draft.spec.brand_guidelines.brand_name or draft.spec.analysis.product_type
    captions = captioned(plan, draft.spec, voices, voiced=brief.voice != VOICE_OFF)
    timeline = build_timeline(plan, media, sound, name, run.workdir, matches, voices, captions.captioning, script_of(draft.spec))
    write_timeline(timeline, run.workdir / "timeline.otio")
    edl, levels = conform(timeline, run.workdir)
    soundtrack = run.step("mix", mix_soundtrack, edl, levels)
    recipe = write_recipe(brief, draft.spec, draft.writer, plan, media, sound.made, voices)
    composed = run.step("compose", finish, replace(edl, soundtrack=str(soundtrack)), plan, recipe, out)
    quality = None
    if review is not None:
        run.report(99, "compose", "Checking the finished film")
        quality = run.step("check", review, composed.path, run.workdir / "timeline.otio", plan)
    run.report(100, "done", "Done")

    made = [m for shot in media for m in (shot.still.made, shot.clip.made)] + [sound.made, *(spoken.made for spoken in voices)]
    written = [draft.made] if draft.made else []
    noted = [
        *draft.notes,
        *plan.warnings,
        *lent.notes,
        *(n for m in made for n in m.notes),
        *(n for spoken in voices for n in spoken.notes),
        *captions.notes,
    ]
    return Ad(
        path=composed.path,
        poster=composed.poster,
        timeline=run.workdir / "timeline.otio",
        width=edl.width,
        height=edl.height,
        fps=edl.fps,
        n_frames=composed.n_frames,
        spec=draft.spec,
        writer=draft.writer,
        models=tuple(dict.fromkeys([draft.writer, *(m.model for m in made)])),
        cost_usd=sum((m.cost_usd for m in made + written), Decimal(0)),
        notes=tuple(dict.fromkeys([*noted, *composed.warnings])),
        stages=tuple(getattr(run, "stages", ())),
        lufs=composed.lufs,
        true_peak_dbtp=composed.true_peak_dbtp,
        plan=plan,
        media=tuple(media),
        recipe=recipe,
        voices=tuple(voices),
        quality=quality,
    )


def draft_spec(tools: Tools, brief: Brief) -> SpecDraft:
    """The spec, by the language model that was asked for or runs here, or by the built-in copywriter. Models that cost nothing stand in
    for one whose answers do not hold. Raises ModelUnavailable, before anything is paid for, when a voice is wanted and none can speak."""
    _, nobody = speaker(brief.voice, brief.models.get("voice"), tools.runtime)
    if nobody:
        raise ModelUnavailable(nobody)
    job, runtime, model = tools.job(2, 10, "spec"), tools.runtime, brief.models.get("text")
    default = None if model else runtime.default_model("text")
    first = model or (default.id if default else BUILT_IN_WRITER)
    if first == BUILT_IN_WRITER:
        return write_spec(brief, read_hints(brief.prompt))
    free = [s.row.id for s in runtime.standings("text") if not s.why_not and not s.row.paid and s.row.id != first]
    writers = [partial(_write, runtime, job, id) for id in (first, *free)]
    return write_spec(brief, read_hints(brief.prompt), *writers)


def _write(runtime: Runtime, job: JobContext, model: str, ask: TextAsk) -> Text:
    return runtime.text(ask, job, model)


def lay_out(tools: Tools, draft: SpecDraft, brief: Brief, hero: HeroScene | None = None) -> ScenePlan:
    """Scenes, shots and titles in exact frames, with the cuts where the music would like them."""
    plan = plan_scenes(draft, brief, suggest=suggest_cuts)
    return with_hero(plan, hero) if hero else plan


def make_main_still(tools: Tools, plan: ScenePlan, models: Mapping[Kind, str], hero: HeroScene | None = None) -> Still | None:
    """The main shot's still, where it was made before or the model that draws can be shown it with every other; else None, at once."""
    if hero is not None:
        return hero_still(plan, hero, tools.workdir)
    return make_anchor(plan, tools.runtime, replace(tools.job(20, 20, "visuals"), progress=_silently), models.get("image"))


def make_shot(
    tools: Tools, shot: Shot, plan: ScenePlan, models: Mapping[Kind, str], anchor: Still | None = None, hero: HeroScene | None = None
) -> ShotMedia:
    """Still, then clip, of one shot; shots run side by side and share the 20..70 % of the bar. models: as the brief has them. anchor:
    the main shot's still, where it was made before; hero: its clip too."""
    whole = tools.job(20, 70, "visuals")
    title = f"shot {shot.id}"
    if hero is not None and anchor is not None and is_hero(plan, shot):
        return hero_media(plan, shot, hero, anchor, _part(whole, 0.0, 1.0, title))
    still = make_still(plan, shot, tools.runtime, _part(whole, 0.0, 0.75, title), models.get("image"), anchor)
    clip = make_clip(plan, shot, still, tools.runtime, _part(whole, 0.75, 1.0, title), models.get("video"))
    return ShotMedia(shot.id, still, clip)


def match_colors(tools: Tools, plan: ScenePlan, media: list[ShotMedia]) -> dict[str, Correction]:
    """What draws each lit clip towards the hero shot's, by shot."""
    return match_clips(plan, media)


def say_line(tools: Tools, line: Line, brief: Brief) -> Spoken:
    """One spoken line that fits its scene."""
    return speak(line, brief, tools.runtime, tools.job(15, 20, "plan"))


def make_sound(tools: Tools, plan: ScenePlan, models: Mapping[Kind, str], speech_s: tuple[tuple[float, float], ...] = ()) -> Sound:
    """Music and effects for the plan's cuts, with room where somebody speaks. Tells nothing: the bar belongs to the pictures meanwhile."""
    return tools.runtime.sound(sound_of(plan, speech_s), replace(tools.job(20, 70, "sound"), progress=_silently), models.get("sound"))


def mix_soundtrack(tools: Tools, edl: Edl, levels: AudioMix) -> Path:
    """The mastered mix as a WAV of exactly the ad's length."""
    path = tools.workdir / "soundtrack.wav"
    write_wav(path, mixed_sound(edl, levels))
    return path


def mixed_sound(edl: Edl, levels: AudioMix) -> Samples:
    """(n, 2) float32 at 48 kHz: music, effects and voices, mastered, exactly as long as the ad."""
    return mix(
        Path(levels.music) if levels.music else None,
        Path(levels.effects) if levels.effects else None,
        edl.n_frames / edl.fps,
        music_gain=levels.music_volume,
        effects_gain=levels.effects_volume,
        voices=[(Path(path), start_s) for path, start_s in levels.voices],
        music_spans=levels.music_spans,
        effects_spans=levels.effects_spans,
    )


def finish(tools: Tools, edl: Edl, plan: ScenePlan, recipe: str, out: Path) -> Composed:
    """Compose the edit into `out`."""
    tools.report(76, "compose", "Cutting, setting type and grading")
    job = tools.job(76, 99, "compose")
    hero = next((t for t in edl.titles if t.start >= plan.final_frame), None)
    return compose(
        edl,
        out,
        metadata={RECIPE_KEY: recipe, "title": edl.titles[-1].lines[0].text if edl.titles else out.stem},
        poster_frame=min(edl.n_frames - edl.fade_out - 1, hero.start + hero.n_frames * 2 // 3) if hero else plan.hero_frame,
        progress=lambda done, total: job.progress(done / total, f"Finishing frame {done} of {total}"),
        check=job.check,
    )


def _silently(fraction: float, text: str) -> None:
    return None


def _part(job: JobContext, lo: float, hi: float, title: str) -> JobContext:
    return replace(job, progress=lambda fraction, text: job.progress(lo + (hi - lo) * fraction, f"{text} ({title})"))
