"""Music from ACE-Step on this machine, through diffusers' own pipeline; the effects on the cuts come from the embedded sound studio.

The model hears a mood, a tempo and a key, and knows no cuts: that its music changes where the picture does is chance, and said.
"""

import time
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.asks import Ask, Made, Result, Sound, SoundAsk
from models.backends import BackendConfig
from models.backends.local_model import device_for, expected_bytes, forget, loading, why_not_here, within_memory
from models.capabilities import Capabilities, check
from models.catalog import ModelRow
from models.context import JobContext
from models.devices import Device
from models.diffusion.precision import computing
from models.diffusion.watching import step_teller, watched
from models.errors import ModelFailed
from models.media.audio_file import write_wav
from models.media.loudness import RATE, SILENCE_LUFS, integrated_lufs, normalise
from models.residency import residency_of, weight_of
from models.weights import folder_of

PACKAGES = ("torch", "diffusers", "transformers", "scipy", "mido")
ADVICE = "choose a shorter ad, or the embedded sound studio"
NATURAL_LUFS, CEILING_DBTP = -14.0, -1.0
STEPS = 8
LONGEST_S = 180.0
CUTS = "The music of {model} does not know the cuts; the effects mark them."
MUTE_CUTS = "The music of {model} does not know the cuts, and no effects were asked for."

MOODS: dict[str, str] = {
    "luxury": "elegant minimal orchestral, felt piano, soft strings, warm, spacious, restrained, instrumental",
    "tech": "modern electronic, clean synth plucks, tight bass, precise, forward-looking, instrumental",
    "eco": "organic acoustic, kalimba, soft guitar, airy pads, hopeful, gentle, instrumental",
    "energetic": "driving electronic, punchy drums, bright synths, high energy, instrumental",
    "playful": "playful pizzicato, marimba, light percussion, bouncy, cheerful, instrumental",
    "calm": "ambient piano, slow warm pads, tender, quiet, lots of space, instrumental",
    "cinematic": "cinematic score, low strings, deep drums, swelling brass, epic, warm, instrumental",
    "corporate": "light uplifting, clean electric guitar, soft drums, bright piano, trustworthy, instrumental",
}
"""The sound studio's moods in the words that this model was trained on."""


class AceStepMusic:
    """The backend. `defaults` of a row: steps."""

    def __init__(self, config: BackendConfig) -> None:
        self.config = config

    def available(self, row: ModelRow) -> str:
        return why_not_here(row, self.config, PACKAGES)

    def capabilities(self, row: ModelRow) -> Capabilities:
        return Capabilities(
            kinds=frozenset({"sound"}),
            moods=frozenset(MOODS),
            max_duration_s=LONGEST_S,
            shows=("instrumental music in eight moods", "the sound studio's effects on the cuts"),
            never=("singing or speech", "music that changes with the cuts"),
        )

    def answer(self, ask: Ask, row: ModelRow, job: JobContext) -> Result:
        """A Sound. Raises ModelUnavailable, ModelFailed, OutOfMemory, AskRefused, Cancelled, DiskFull."""
        check(ask, self.capabilities(row), row.id)
        assert isinstance(ask, SoundAsk)
        device = device_for(row, self.config, PACKAGES)
        from models.backends.sound_studio.arrange import plan  # scipy loads only when there is work
        from models.backends.sound_studio.cues import effects_stem, find_cues

        began = time.perf_counter()
        score = plan(ask)
        bpm = round(ask.bpm or score.bpm)
        music = self._played(ask, row, bpm, _key(str(score.key)), device, job)
        job.progress(0.95, "placing the effects")
        cues = find_cues(score) if ask.effects else []
        effects = write_wav(job.workdir / "effects.wav", effects_stem(score, cues, job.check)) if ask.effects else None
        told = (CUTS if ask.effects else MUTE_CUTS).format(model=row.id)
        made = Made(row.id, seed=ask.seed, elapsed_s=time.perf_counter() - began, notes=(told, computing(device).note(device)))
        job.progress(1.0, "sound is ready")
        return Sound(
            music=write_wav(job.workdir / "music.wav", music),
            effects=effects,
            duration_s=len(music) / RATE,
            bpm=float(bpm),
            key=_key(str(score.key)),
            made=made,
            cues=tuple((cue.time_s, cue.effect) for cue in cues),
        )

    def close(self) -> None:
        forget(self.config, "music/")

    def _played(self, ask: SoundAsk, row: ModelRow, bpm: int, key: str, device: Device, job: JobContext) -> NDArray[np.float32]:
        """The music, (n, 2). A method of its own, so that nothing of the model is held once it is through."""
        residency = residency_of(device)
        with residency.device_lock(job.check):
            job.progress(0.0, "loading the music model")
            pipe = residency.get(f"music/{row.id}", partial(self._load, row, device), _weight, expected_bytes(row))
            return within_memory(partial(_play, pipe, ask, row, bpm, key, job), row, ADVICE)

    def _load(self, row: ModelRow, device: Device) -> Any:
        from diffusers import AceStepPipeline

        how: dict[str, Any] = {"dtype": computing(device).dtype, "local_files_only": True, "use_safetensors": True}
        folder = folder_of(row, self.config)
        with loading(row, folder):
            pipe: Any = AceStepPipeline.from_pretrained(folder, **how)
        pipe.set_progress_bar_config(disable=True)
        return pipe.to(device.name)


def _weight(pipe: Any) -> int:
    return sum(weight_of(part) for part in pipe.components.values())


def _play(pipe: Any, ask: SoundAsk, row: ModelRow, bpm: int, key: str, job: JobContext) -> NDArray[np.float32]:
    import torch

    steps = int(row.defaults.get("steps", STEPS))
    teller = step_teller(steps, lambda fraction, text: job.progress(0.05 + 0.85 * fraction, text), "Playing, step")
    with watched([pipe.transformer], job.check), torch.inference_mode():
        out = pipe(
            prompt=MOODS[ask.mood],
            lyrics="[Instrumental]",
            audio_duration=ask.duration_s,
            num_inference_steps=steps,
            guidance_scale=1.0 if pipe.is_turbo else 7.0,
            bpm=bpm,
            keyscale=key,
            timesignature="4",
            generator=torch.Generator("cpu").manual_seed(ask.seed),
            callback_on_step_end=teller,
        )
    heard = out.audios[0].float().cpu().numpy()
    samples = np.ascontiguousarray(heard.T if heard.shape[0] <= 2 else heard, np.float32)
    samples = np.repeat(samples, 2, axis=1) if samples.shape[1] == 1 else samples
    if not np.isfinite(samples).all() or integrated_lufs(samples) <= SILENCE_LUFS:
        raise ModelFailed(f"{row.id} played nothing; try another seed, or the embedded sound studio.", model=row.id)
    return normalise(_exactly(samples, pipe.sample_rate, ask.duration_s), NATURAL_LUFS, CEILING_DBTP)


def _exactly(samples: NDArray[np.float32], rate: int, duration_s: float) -> NDArray[np.float32]:
    """At 48 kHz, and exactly as long as was asked: latents come in steps of a twenty-fifth of a second."""
    from math import gcd

    from scipy.signal import resample_poly

    common = gcd(RATE, rate)
    if rate != RATE:
        samples = np.asarray(resample_poly(samples, RATE // common, rate // common), np.float32)
    n = round(duration_s * RATE)
    return np.pad(samples, ((0, max(0, n - len(samples))), (0, 0)))[:n]


def _key(key: str) -> str:
    """ "F lydian" as the model has it: "F major"."""
    root, _, mode = key.partition(" ")
    return f"{root} {'minor' if mode in ('minor', 'dorian', 'aeolian', 'phrygian') else 'major'}"
