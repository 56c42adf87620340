"""The voice backend: the real client against a small server on loopback."""

import json
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from models import catalog
from models.asks import TextAsk, Voice, VoiceAsk
from models.backends import BackendConfig
from models.backends.openai_voice import OpenAIVoice
from models.context import JobContext
from models.errors import AskRefused, Cancelled, ModelBusy, ModelError, ModelFailed, ModelRefused, ModelUnavailable, ModelUnreachable
from models.media.loudness import RATE
from models.media.speech import read_speech
from models.pricing import price_of, use_of
from models.runtime import Runtime
from tests.chat_server import ChatServer, Reply
from tests.voices import speaking, syllables, wav

ROW = catalog.row("openai/gpt-4o-mini-tts")
ASK = VoiceAsk("Time, well kept. Every single day.", voice="sage", style="calm and warm", seed=3)


@pytest.fixture
def server() -> Iterator[ChatServer]:
    chat = ChatServer()
    chat.reply = speaking()
    yield chat
    chat.http.shutdown()
    chat.http.server_close()


@pytest.fixture
def backend(server: ChatServer, tmp_path: Path) -> Iterator[OpenAIVoice]:
    made = OpenAIVoice(BackendConfig(tmp_path, keys={"openai_voice": "sk-test"}, base_urls={"openai_voice": server.url}))
    yield made
    made.close()


def speak(backend: OpenAIVoice, tmp_path: Path, ask: VoiceAsk = ASK) -> Voice:
    result = backend.answer(ask, ROW, JobContext(tmp_path))
    assert isinstance(result, Voice)
    return result


def test_a_line_is_spoken_trimmed_and_paid_for(server: ChatServer, backend: OpenAIVoice, tmp_path: Path) -> None:
    voice = speak(backend, tmp_path)
    assert server.requests == [
        {"model": "gpt-4o-mini-tts", "voice": "sage", "input": ASK.text, "instructions": ASK.style, "response_format": "wav"}
    ]
    assert server.keys == ["Bearer sk-test"]
    samples = read_speech(voice.path)
    assert len(samples) == round(voice.duration_s * RATE)
    assert voice.duration_s == pytest.approx(len(ASK.text) / 15, abs=0.15)  # the silence around it is gone
    assert np.abs(samples).max() > 0.1
    assert voice.made.cost_usd == pytest.approx(Decimal("0.0003") * Decimal(str(len(ASK.text) / 15 + 0.6)), rel=Decimal("0.1"))
    assert voice.made.cost_usd <= price_of(ROW, use_of(ASK, ROW.id))
    assert [note for note in voice.made.notes if "made by AI" in note]
    assert not list(tmp_path.glob("*.part"))


def test_a_faster_voice_is_made_here_and_not_bought(server: ChatServer, backend: OpenAIVoice, tmp_path: Path) -> None:
    plain, fast = speak(backend, tmp_path), speak(backend, tmp_path, replace(ASK, speed=1.15))
    assert "speed" not in server.requests[1]
    assert plain.duration_s / fast.duration_s == pytest.approx(1.15, abs=0.01)


def test_a_server_that_takes_no_directions_is_asked_without(server: ChatServer, backend: OpenAIVoice, tmp_path: Path) -> None:
    said = speaking()

    def reply(body: dict[str, Any]) -> Reply:
        return refused(400, "Unknown parameter: 'instructions'") if "instructions" in body else said(body)

    server.reply = reply
    assert any("own manner" in note for note in speak(backend, tmp_path).made.notes)


def refused(status: int, message: str, code: str | None = None, headers: dict[str, str] | None = None) -> Reply:
    return status, {"error": {"message": message, "type": "t", "param": None, "code": code}}, headers or {}


@pytest.mark.parametrize(
    ("reply", "error", "words"),
    [
        (refused(401, "bad sk-secret"), ModelUnavailable, "TTS_API_KEY"),
        (refused(404, "no such model"), ModelUnavailable, "TTS_MODEL"),
        (refused(429, "no credit", "insufficient_quota"), ModelUnavailable, "credit"),
        (refused(429, "slow", headers={"retry-after": "90"}), ModelBusy, "busy"),
        (refused(500, "boom"), ModelUnreachable, "HTTP 500"),
        (refused(400, "policy", "content_policy_violation"), ModelRefused, "declined"),
        ((200, b"", {}), ModelFailed, "no speech"),
        ((200, b"<html>gateway</html>", {}), ModelFailed, "no speech"),
        ((200, wav(np.zeros(24000, np.float32)), {}), ModelFailed, "no speech"),
        ((200, wav(syllables(1.0))[:900], {}), ModelFailed, "no speech"),
    ],
)
def test_troubles_are_translated_and_asked_once(
    server: ChatServer, backend: OpenAIVoice, tmp_path: Path, reply: Reply, error: type[ModelError], words: str
) -> None:
    server.reply = lambda body: reply
    with pytest.raises(error, match=words) as caught:
        speak(backend, tmp_path)
    assert type(caught.value) is error
    assert "sk-" not in str(caught.value)
    assert len(server.requests) == 1
    assert not list(tmp_path.glob("speech-*"))


def test_an_answer_that_does_not_come_is_given_up(server: ChatServer, tmp_path: Path) -> None:
    import threading

    release = threading.Event()

    def reply(body: dict[str, Any]) -> Reply:
        release.wait(120)
        return refused(500, "late")

    server.reply = reply
    backend = OpenAIVoice(BackendConfig(tmp_path, base_urls={"openai_voice": server.url}))
    backend._connection.timeout_s = 0.3
    with pytest.raises(ModelUnreachable, match="seconds") as caught:
        speak(backend, tmp_path)
    assert caught.value.cost_usd is None  # it may have been answered unheard

    asked = len(server.requests)

    def check() -> None:
        if len(server.requests) > asked:
            raise Cancelled("Cancelled.")

    backend.close()
    backend._connection.timeout_s = 60
    with pytest.raises(Cancelled):
        backend.answer(ASK, ROW, JobContext(tmp_path, check=check))
    release.set()
    backend.close()


def test_what_cannot_be_asked_is_refused(backend: OpenAIVoice, tmp_path: Path) -> None:
    for ask in (replace(ASK, voice="nobody"), replace(ASK, text=" "), replace(ASK, speed=3.0), TextAsk("", "")):
        with pytest.raises(AskRefused):
            backend.answer(ask, ROW, JobContext(tmp_path))


def test_who_speaks_here_and_what_it_costs(server: ChatServer, tmp_path: Path) -> None:
    assert "set OPENAI_API_KEY, or TTS_BASE_URL" in Runtime(BackendConfig(tmp_path)).why_not("voice", ROW.id)
    elsewhere = BackendConfig(tmp_path, keys={"openai": "sk-test"}, base_urls={"openai": "https://llm.example/v1"})
    assert Runtime(elsewhere).why_not("voice", ROW.id).startswith("OPENAI_API_KEY is sent to OPENAI_BASE_URL and nowhere else; set TTS_")
    own = BackendConfig(tmp_path, base_urls={"openai_voice": server.url}, models={"openai_voice": "kokoro"})
    voice = Runtime(own).voice(ASK, JobContext(tmp_path), ROW.id)
    assert (server.requests[-1]["model"], voice.made.cost_usd) == ("kokoro", 0)
    keyed = replace(own, keys={"openai_voice": "k"})
    assert any("TTS_PRICE" in note for note in Runtime(keyed).voice(ASK, JobContext(tmp_path), ROW.id).made.notes)
    priced = replace(keyed, prices={"openai_voice": (Decimal(15), Decimal(0))})
    spoken = len(ASK.text + ASK.style)
    assert Runtime(priced).voice(ASK, JobContext(tmp_path), ROW.id).made.cost_usd == Decimal(15) * spoken / 1_000_000
    assert json.dumps(server.requests[-1])
