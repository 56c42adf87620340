"""One recording session: a plan in, the files of a `Sound` out."""

import time

from models.asks import Made, Sound
from models.backends.sound_studio.cues import effects_stem, find_cues
from models.backends.sound_studio.midi import write_midi
from models.backends.sound_studio.score import Plan
from models.backends.sound_studio.studio import record
from models.catalog import ModelRow
from models.context import JobContext
from models.media.audio_file import write_wav


def record_sound(plan: Plan, row: ModelRow, job: JobContext, started: float) -> Sound:
    """Record `plan` into the job's folder: music.wav, effects.wav, stems, music.mid."""

    def tell(fraction: float, text: str) -> None:
        job.check()
        job.progress(0.85 * fraction, text)

    music = record(plan, tell)
    job.progress(0.85, "placing the effects")
    cues = find_cues(plan) if plan.ask.effects else []
    effects = write_wav(job.workdir / "effects.wav", effects_stem(plan, cues, job.check)) if plan.ask.effects else None
    job.check()
    job.progress(0.95, "writing the sound")
    stems = {}
    if row.defaults.get("stems", True):
        stems = {name: write_wav(job.workdir / f"{name}.wav", samples, bits=24) for name, samples in music.stems.items()}
    written = write_wav(job.workdir / "music.wav", music.samples)
    notes = write_midi(plan, job.workdir / "music.mid")
    job.progress(1.0, "sound is ready")
    return Sound(
        music=written,
        effects=effects,
        duration_s=len(music.samples) / 48_000,
        bpm=plan.bpm,
        key=str(plan.key),
        made=Made(model=row.id, seed=plan.ask.seed, elapsed_s=time.perf_counter() - started, notes=_remarks(plan)),
        cues=tuple((cue.time_s, cue.effect) for cue in cues),
        beats_s=plan.beats_s,
        stems=stems,
        midi=notes,
    )


def _remarks(plan: Plan) -> tuple[str, ...]:
    if not plan.loose_cuts_s:
        return ()
    times = ", ".join(f"{cut:g} s" for cut in plan.loose_cuts_s)
    return (f"No steady tempo reaches the cuts at {times}; they carry an effect but no beat.",)
