"""Speech from OpenAI, or from any server that speaks its audio API. One request, streamed to disk; it knows nothing of ads.

A voice that is faster or slower than the model speaks by itself is made so here (models/media/speech.py), not by the provider:
not every model listens to `speed`, and what was paid for once need not be paid for again.
"""

import time
from decimal import Decimal
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from models.asks import Ask, Made, Result, Voice, VoiceAsk
from models.backends import BackendConfig
from models.backends.openai_client import Connection, Words, refused_parameter, translated
from models.capabilities import Capabilities, check
from models.catalog import ModelRow
from models.context import JobContext
from models.errors import MediaError, ModelError, ModelFailed, ModelUnavailable
from models.pricing import Use, not_counted, price_of
from models.voices import AI_VOICE, voices_of

if TYPE_CHECKING:
    from openai import OpenAI

PROVIDER = "openai_voice"
WORDS = Words(
    "voice model",
    "TTS_MODEL",
    declined="The voice model declined this text; word it differently.",
    key="TTS_API_KEY (OPENAI_API_KEY, where no TTS_BASE_URL is set)",
)
MISSING = "No OpenAI key is set for voices; set OPENAI_API_KEY, or TTS_BASE_URL (and TTS_API_KEY) where another service speaks."
ELSEWHERE = (
    "OPENAI_API_KEY is sent to OPENAI_BASE_URL and nowhere else; set TTS_BASE_URL (and TTS_API_KEY) to the service that is to speak, be it "
    "that one again."
)
MOST_BYTES = 64 * 2**20
MOST_CHARACTERS = 4096
FASTEST_CHARACTERS_A_SECOND = 40


class OpenAIVoice:
    """The backend. base_urls["openai_voice"] points it at another server, which then needs no key; models["openai_voice"] names its
    model. `defaults` of a row: model, voices, styled (it listens to VoiceAsk.style)."""

    def __init__(self, config: BackendConfig) -> None:
        self.config = config
        self._connection = Connection(config, PROVIDER)

    def available(self, row: ModelRow) -> str:
        if missing := [name for name in ("av", "numpy") if find_spec(name) is None]:
            return f"Voices need {' and '.join(missing)}; install the packages in requirements.txt."
        return self._connection.why_not(ELSEWHERE if "openai" in self.config.base_urls else MISSING)

    def capabilities(self, row: ModelRow) -> Capabilities:
        voices = voices_of(row)
        return Capabilities(
            kinds=frozenset({"voice"}),
            voices=voices,
            shows=(f"spoken lines in {len(voices)} voices", "any language that the text is in"),
            never=("a voice of a person you name", "singing"),
        )

    def answer(self, ask: Ask, row: ModelRow, job: JobContext) -> Result:
        """A Voice. Raises ModelUnavailable, ModelBusy, ModelUnreachable, ModelRefused, ModelFailed, AskRefused, Cancelled, DiskFull."""
        check(ask, self.capabilities(row), row.id)
        assert isinstance(ask, VoiceAsk)
        if why_not := self.available(row):
            raise ModelUnavailable(why_not, model=row.id)
        if len(ask.text) > MOST_CHARACTERS:
            raise ModelFailed(f"{row.id} speaks up to {MOST_CHARACTERS} characters at once; shorten the text.", model=row.id)
        began = time.perf_counter()
        job.progress(0.0, "speaking")
        name = self.config.models.get(PROVIDER) or str(row.defaults.get("model", row.id))
        request, notes = _request(ask, row, name), list[str]()
        took = job.workdir / f"speech-{uuid4().hex}.part"
        try:
            while True:
                try:
                    self._connection.call(partial(_download, request, took), job.check)
                    break
                except ModelError:
                    raise
                except Exception as error:
                    if "instructions" not in request or "instructions" not in refused_parameter(error):
                        raise translated(error, row.id, WORDS, secret=self.config.keys.get(PROVIDER, "")) from error
                    del request["instructions"]
                    notes.append("The voice model does not take directions, so it spoke in its own manner.")
            return _voice(took, ask, row, request, name, notes, job, began)
        finally:
            took.unlink(missing_ok=True)

    def close(self) -> None:
        self._connection.close()


def _request(ask: VoiceAsk, row: ModelRow, name: str) -> dict[str, Any]:
    request: dict[str, Any] = {"model": name, "voice": ask.voice or row.defaults["voices"][0], "input": ask.text, "response_format": "wav"}
    if ask.style and row.defaults.get("styled"):
        request["instructions"] = ask.style
    return request


def _download(request: dict[str, Any], path: Path, client: "OpenAI") -> None:
    """The answer, written as it comes."""
    size = 0
    with client.audio.speech.with_streaming_response.create(**request) as reply, path.open("wb") as file:
        for piece in reply.iter_bytes(64 * 1024):
            size += len(piece)
            if size > MOST_BYTES:
                raise ModelFailed("The voice model's answer is far larger than any speech; it was left where it is.")
            file.write(piece)


def _voice(
    took: Path, ask: VoiceAsk, row: ModelRow, request: dict[str, Any], name: str, notes: list[str], job: JobContext, began: float
) -> Voice:
    from models.media.loudness import RATE
    from models.media.speech import at_speed, read_speech, trimmed, write_speech

    characters = len(ask.text) + len(request.get("instructions", ""))
    try:
        heard = read_speech(took)
        spoken = trimmed(heard)
        if len(spoken) / RATE < len(ask.text) / FASTEST_CHARACTERS_A_SECOND:
            raise MediaError("The answer breaks off.")
    except MediaError as error:
        cost = price_of(row, Use(row.id, tokens_in=characters))
        told = "The voice model's answer holds no speech, or not all of it; ask again or choose another voice."
        raise ModelFailed(told, model=row.id, cost_usd=cost) from error
    # A character is at least as much as a token, and what is trimmed away was billed too.
    cost = price_of(row, Use(row.id, tokens_in=characters, seconds=Decimal(len(heard)) / RATE))
    if not row.price_known:
        notes.append(not_counted(row, name))
    notes.append(AI_VOICE.format(model=name))
    spoken = at_speed(spoken, ask.speed)
    path = write_speech(job.workdir / f"voice-{uuid4().hex[:12]}.wav", spoken)
    job.progress(1.0, "spoken")
    made = Made(row.id, seed=ask.seed, elapsed_s=time.perf_counter() - began, cost_usd=cost, notes=tuple(notes))
    return Voice(path, len(spoken) / RATE, made)
