"""The OpenAI backend: the real client against a small server on loopback."""

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from models import catalog
from models.asks import SoundAsk, Text, TextAsk
from models.backends import BackendConfig
from models.backends.openai_text import OpenAIText
from models.context import JobContext
from models.errors import (
    AskRefused,
    Cancelled,
    ModelBusy,
    ModelError,
    ModelFailed,
    ModelRefused,
    ModelUnavailable,
    ModelUnreachable,
)
from models.pricing import price_of, use_of
from models.runtime import Runtime
from tests.chat_server import ChatServer, Reply, answer

ROW = catalog.row("openai/gpt-4o")
SCHEMA = {"type": "object", "properties": {"a": {"type": "integer"}}, "required": ["a"], "additionalProperties": False}
ASK = TextAsk("Be brief.", "Say a.", SCHEMA, "thing", seed=7)
FREE, CHARGED, UNKNOWN = Decimal(0), Decimal("0.0045"), None


def refused(status: int, message: str, code: str | None = None, param: str | None = None, headers: dict[str, str] | None = None) -> Reply:
    return status, {"error": {"message": message, "type": "t", "param": param, "code": code}}, headers or {}


@pytest.fixture
def server() -> Iterator[ChatServer]:
    chat = ChatServer()
    yield chat
    chat.http.shutdown()
    chat.http.server_close()


@pytest.fixture
def backend(server: ChatServer, tmp_path: Path) -> Iterator[OpenAIText]:
    made = OpenAIText(BackendConfig(tmp_path, keys={"openai": "sk-test"}, base_urls={"openai": server.url}))
    yield made
    made.close()


def ask(backend: OpenAIText, tmp_path: Path, what: TextAsk = ASK) -> Text:
    result = backend.answer(what, ROW, JobContext(tmp_path))
    assert isinstance(result, Text)
    return result


def test_a_structured_answer_is_asked_strictly_and_its_cost_is_counted(server: ChatServer, backend: OpenAIText, tmp_path: Path) -> None:
    text = ask(backend, tmp_path)
    assert text.data == {"a": 1}
    assert (text.tokens_in, text.tokens_out) == (1000, 200)
    assert text.made.cost_usd == Decimal("0.0045")  # 1000 x 2.50 + 200 x 10.00, per million
    sent = server.requests[0]
    assert sent["model"] == "gpt-4o"
    assert sent["response_format"] == {"type": "json_schema", "json_schema": {"name": "thing", "schema": SCHEMA, "strict": True}}
    assert [m["role"] for m in sent["messages"]] == ["system", "user"]
    assert server.keys == ["Bearer sk-test"]


def test_plain_text_has_no_schema_and_no_data(server: ChatServer, backend: OpenAIText, tmp_path: Path) -> None:
    server.reply = lambda body: answer("Hello.")
    text = ask(backend, tmp_path, replace(ASK, schema=None))
    assert (text.text, text.data) == ("Hello.", None)
    assert "response_format" not in server.requests[0]


@pytest.mark.parametrize(
    ("content", "data"),
    [
        ('```json\n{"a": 2}\n```', {"a": 2}),
        ('Here it is:\n```\n{"a": 2}\n```\nAnything else?', {"a": 2}),
        ('<think>{"a": 0}? No.</think>{"a": 2}', {"a": 2}),
        ('{"a": 2', None),
        ("not json", None),
        ('[{"a": 2}]', None),
    ],
)
def test_what_is_no_json_object_comes_back_as_text(
    server: ChatServer, backend: OpenAIText, tmp_path: Path, content: str, data: Any
) -> None:
    server.reply = lambda body: answer(content)
    text = ask(backend, tmp_path)
    assert text.data == data
    assert text.text == content


@pytest.mark.parametrize(
    ("reply", "error", "words", "cost"),
    [
        (refused(401, "Incorrect API key: sk-secret", "invalid_api_key"), ModelUnavailable, "check OPENAI_API_KEY", FREE),
        (refused(403, "no"), ModelUnavailable, "permissions", FREE),
        (refused(404, "no model"), ModelUnavailable, "LLM_MODEL", FREE),
        (refused(429, "quota", "insufficient_quota"), ModelUnavailable, "credit", FREE),
        (refused(429, "slow down", "rate_limit_exceeded"), ModelBusy, "busy", FREE),
        (refused(500, "boom"), ModelUnreachable, "HTTP 500", UNKNOWN),
        (refused(503, "boom"), ModelUnreachable, "HTTP 503", FREE),
        (refused(400, "policy", "content_filter"), ModelRefused, "declined", UNKNOWN),
        (refused(400, "something else"), ModelFailed, "something else", FREE),
        (refused(400, "sk-test may not do that"), ModelFailed, "… may not do that", FREE),
        (answer(None, refusal="I cannot."), ModelRefused, "declined", CHARGED),
        (answer("", finish="content_filter"), ModelRefused, "declined", CHARGED),
        (answer('{"a"', finish="length"), ModelFailed, "cut off", CHARGED),
        (answer("  "), ModelFailed, "empty", CHARGED),
        ((200, b"<html>gateway</html>", {}), ModelFailed, "could not be read", UNKNOWN),
        ((200, {"hello": 1}, {}), ModelFailed, "could not be read", UNKNOWN),
    ],
)
def test_troubles_are_translated_and_asked_once(
    server: ChatServer, backend: OpenAIText, tmp_path: Path, reply: Reply, error: type[ModelError], words: str, cost: Decimal | None
) -> None:
    server.reply = lambda body: reply
    with pytest.raises(error, match=words) as caught:
        ask(backend, tmp_path)
    assert type(caught.value) is error
    assert caught.value.cost_usd == cost
    assert "sk-" not in str(caught.value)
    assert len(server.requests) == 1


@pytest.mark.parametrize(("headers", "seconds"), [({"retry-after": "90"}, 90.0), ({"retry-after-ms": "300"}, 0.3), ({}, None)])
def test_busy_says_when_to_come_back(
    server: ChatServer, backend: OpenAIText, tmp_path: Path, headers: dict[str, str], seconds: float | None
) -> None:
    server.reply = lambda body: refused(429, "slow", "rate_limit_exceeded", headers=headers)
    with pytest.raises(ModelBusy) as caught:
        ask(backend, tmp_path)
    assert caught.value.retry_after == seconds
    assert len(server.requests) == 1  # the client itself would have waited that long, twice, and asked again


def test_a_server_without_schemas_gets_the_schema_in_words(server: ChatServer, backend: OpenAIText, tmp_path: Path) -> None:
    def reply(body: dict[str, Any]) -> Reply:
        if body.get("response_format", {}).get("type") == "json_schema":
            return refused(400, "response_format json_schema is not supported")
        return answer('{"a": 3}')

    server.reply = reply
    text = ask(backend, tmp_path)
    assert text.data == {"a": 3}
    assert server.requests[1]["response_format"] == {"type": "json_object"}
    assert json.dumps(SCHEMA) in server.requests[1]["messages"][0]["content"]
    assert any("in words" in note for note in text.made.notes)


def test_parameters_a_server_does_not_know_are_left_out(server: ChatServer, backend: OpenAIText, tmp_path: Path) -> None:
    def reply(body: dict[str, Any]) -> Reply:
        for name in ("max_completion_tokens", "temperature", "seed"):
            if name in body:
                return refused(400, f"Unsupported parameter: '{name}'", param=name)
        return answer('{"a": 4}')

    server.reply = reply
    text = ask(backend, tmp_path)
    assert server.requests[-1]["max_tokens"] == ASK.max_tokens
    assert len(server.requests) == 4
    assert [note for note in text.made.notes if "temperature" in note]


def test_another_model_needs_no_key_and_its_price_is_not_made_up(server: ChatServer, tmp_path: Path) -> None:
    local = BackendConfig(tmp_path, base_urls={"openai": server.url}, models={"openai": "qwen3"})
    runtime = Runtime(local)
    assert runtime.why_not("text", ROW.id) == ""
    text = runtime.text(ASK, JobContext(tmp_path))
    assert server.requests[0]["model"] == "qwen3"
    assert text.made.cost_usd == 0  # nobody's account
    assert text.made.notes == ('openai/gpt-4o is "qwen3" here, as LLM_MODEL says.',)  # who wrote is not called by another's name
    for config, cost, noted in (
        (replace(local, keys={"openai": "sk-test"}), "0", True),
        (replace(local, keys={"openai": "sk-test"}, prices={"openai": (Decimal("0.5"), Decimal(1))}), "0.0007", False),
    ):
        text = Runtime(config).text(ASK, JobContext(tmp_path))
        assert text.made.cost_usd == Decimal(cost)
        assert any("qwen3" in note and "not counted" in note for note in text.made.notes) == noted


def test_missing_usage_is_said(server: ChatServer, backend: OpenAIText, tmp_path: Path) -> None:
    server.reply = lambda body: answer('{"a": 1}', usage=False)
    text = ask(backend, tmp_path)
    assert text.made.cost_usd == price_of(ROW, use_of(ASK, ROW.id)) > Decimal("0.04")
    assert any("the most it can have been is counted" in note for note in text.made.notes)


def test_without_key_or_address_it_is_unavailable(tmp_path: Path) -> None:
    backend = OpenAIText(BackendConfig(tmp_path))
    assert "OPENAI_API_KEY" in backend.available(ROW)
    with pytest.raises(ModelUnavailable):
        ask(backend, tmp_path)
    with pytest.raises(AskRefused):
        backend.answer(SoundAsk("calm", 5), ROW, JobContext(tmp_path))


def test_nobody_at_the_address(tmp_path: Path) -> None:
    backend = OpenAIText(BackendConfig(tmp_path, keys={"openai": "k"}, base_urls={"openai": "http://127.0.0.1:9/v1"}))
    with pytest.raises(ModelUnreachable, match="network") as caught:
        ask(backend, tmp_path)
    assert caught.value.cost_usd == 0
    backend.close()


def test_cancel_does_not_wait_for_the_answer(server: ChatServer, backend: OpenAIText, tmp_path: Path) -> None:
    asked, release = threading.Event(), threading.Event()

    def reply(body: dict[str, Any]) -> Reply:
        asked.set()
        release.wait(60)
        return answer('{"a": 1}')

    def check() -> None:
        if asked.is_set():
            raise Cancelled("Cancelled.")

    server.reply = reply
    with pytest.raises(Cancelled):
        backend.answer(ASK, ROW, JobContext(tmp_path, check=check))
    assert not release.is_set()  # the server is still holding its answer
    release.set()


def test_the_client_is_opened_on_first_use_and_freed(backend: OpenAIText, tmp_path: Path) -> None:
    assert backend._connection._client is None
    ask(backend, tmp_path)
    backend.close()
    assert backend._connection._client is None
    assert ask(backend, tmp_path).data == {"a": 1}


def test_a_request_that_broke_off_may_have_been_answered(server: ChatServer, backend: OpenAIText, tmp_path: Path) -> None:
    def hang_up(body: dict[str, Any]) -> Reply:
        raise ConnectionResetError

    server.reply = hang_up
    with pytest.raises(ModelUnreachable) as caught:
        ask(backend, tmp_path)
    assert caught.value.cost_usd is None
