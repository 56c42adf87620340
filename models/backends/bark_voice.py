"""Speech from Bark on this machine, through transformers' own classes: no phonemizer, nothing under GPL. It knows nothing of ads.

Bark improvises: now and then it adds words, laughs, or stops early. What lasts impossibly short or long for its text is drawn again
from another seed; nothing that failed so is handed on.
"""

import time
from functools import partial
from typing import Any
from uuid import uuid4

import numpy as np

from models.asks import Ask, Made, Result, Voice, VoiceAsk
from models.backends import BackendConfig
from models.backends.local_model import device_for, expected_bytes, forget, loading, seeded, why_not_here, within_memory
from models.capabilities import Capabilities, check
from models.catalog import ModelRow
from models.context import JobContext
from models.devices import Device
from models.diffusion.precision import computing
from models.diffusion.watching import watched
from models.errors import AskRefused, MediaError, ModelFailed
from models.media.speech import Mono, at_speed, trimmed, write_speech
from models.residency import residency_of, weight_of
from models.voices import AI_VOICE, voices_of
from models.weights import folder_of

PACKAGES = ("torch", "transformers", "scipy")
ADVICE = "choose a smaller voice model, or leave the voice-over off"
RATE = 48_000
MOST_CHARACTERS = 180
"""About thirteen seconds, which is as far as Bark hears ahead."""

DRAWS = 3
FASTEST, SLOWEST, GRACE_S = 32.0, 6.0, 1.5
"""Characters a second between which speech is believed, and seconds that any line may last."""


class BarkVoice:
    """The backend. `defaults` of a row: voices; draws, fastest (characters a second) for tests with models that say nothing."""

    def __init__(self, config: BackendConfig) -> None:
        self.config = config

    def available(self, row: ModelRow) -> str:
        return why_not_here(row, self.config, PACKAGES)

    def capabilities(self, row: ModelRow) -> Capabilities:
        voices = voices_of(row)
        return Capabilities(
            kinds=frozenset({"voice"}),
            voices=voices,
            languages=frozenset({"en"}),
            shows=(f"spoken lines in {len(voices)} voices, on this machine",),
            never=("the same reading twice on another machine", "a voice of a person you name", "other languages than English"),
        )

    def answer(self, ask: Ask, row: ModelRow, job: JobContext) -> Result:
        """A Voice. Raises ModelUnavailable, ModelFailed, OutOfMemory, AskRefused, Cancelled, DiskFull."""
        check(ask, self.capabilities(row), row.id)
        assert isinstance(ask, VoiceAsk)
        if len(ask.text) > MOST_CHARACTERS:
            raise AskRefused(f"{row.id} speaks up to {MOST_CHARACTERS} characters at once; shorten the text.", model=row.id)
        device = device_for(row, self.config, PACKAGES)
        began = time.perf_counter()
        samples, draws = self._spoken(ask, row, device, job)
        notes = [AI_VOICE.format(model=row.id), computing(device).note(device)]
        if draws > 1:
            notes.append(f"The voice said its text wrongly at first, and was asked {draws} times.")
        samples = at_speed(samples, ask.speed)
        path = write_speech(job.workdir / f"voice-{uuid4().hex[:12]}.wav", samples)
        job.progress(1.0, "spoken")
        made = Made(row.id, seed=ask.seed, elapsed_s=time.perf_counter() - began, notes=tuple(notes))
        return Voice(path, len(samples) / RATE, made)

    def close(self) -> None:
        forget(self.config, "voice/")

    def _spoken(self, ask: VoiceAsk, row: ModelRow, device: Device, job: JobContext) -> tuple[Mono, int]:
        """(speech at 48 kHz, how often it was drawn). A method of its own, so that nothing of the model is held once it is through."""
        residency = residency_of(device)
        with residency.device_lock(job.check):
            job.progress(0.0, "loading the voice model")
            kept = residency.get(f"voice/{row.id}", lambda: self._load(row, device), lambda kept: weight_of(kept[0]), expected_bytes(row))
            return within_memory(partial(_speak, *kept, ask, row, device, job), row, ADVICE)

    def _load(self, row: ModelRow, device: Device) -> tuple[Any, Any]:
        from transformers import BarkModel, BarkProcessor

        folder = folder_of(row, self.config)
        with loading(row, folder):
            processor = BarkProcessor.from_pretrained(str(folder), local_files_only=True)
            model: Any = BarkModel.from_pretrained(folder, dtype=computing(device).dtype, local_files_only=True)
        return model.to(device.name).eval(), processor


def _speak(model: Any, processor: Any, ask: VoiceAsk, row: ModelRow, device: Device, job: JobContext) -> tuple[Mono, int]:
    """(speech at 48 kHz, how often it was drawn)."""
    name = ask.voice or voices_of(row)[0]
    preset = next((known for known in processor.available_voice_presets if known in (f"v2/{name}", name)), None)
    if preset is None:
        raise ModelFailed(f"The files of the voice {name} are missing; run `python -m models pull {row.id}`.", model=row.id)
    inputs = processor(ask.text, voice_preset=preset, return_tensors="pt")
    inputs = {key: value.to(device.name) for key, value in inputs.items()}
    draws = int(row.defaults.get("draws", DRAWS))
    parts = [model.semantic, model.coarse_acoustics, model.fine_acoustics]
    why = ""
    for draw in range(draws):
        job.progress(0.1 + 0.8 * draw / draws, "speaking")
        # The text itself is in the first part's ears; hooks of all three let a cancelled job go within a token.
        with watched(parts, job.check), seeded(device, (ask.seed + draw * 7919) % 2**63):
            wave = model.generate(**inputs, do_sample=True, min_eos_p=0.1)
        try:
            speech = trimmed(_at_48k(wave.float().cpu().numpy().reshape(-1), int(model.generation_config.sample_rate)))
        except MediaError as error:
            why = str(error)
            continue
        seconds = len(speech) / RATE
        if len(ask.text) / float(row.defaults.get("fastest", FASTEST)) <= seconds <= len(ask.text) / SLOWEST + GRACE_S:
            return speech, draw + 1
        why = f"{len(ask.text)} characters took {seconds:.1f} s."
    raise ModelFailed(f"{row.id} did not say its text in {draws} tries ({why.rstrip('.')}); choose another voice.", model=row.id)


def _at_48k(wave: Mono, rate: int) -> Mono:
    from math import gcd

    from scipy.signal import resample_poly

    common = gcd(RATE, rate)
    return np.asarray(resample_poly(wave, RATE // common, rate // common), np.float32)
