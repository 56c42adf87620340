"""Text and structured answers from OpenAI, or from any server that speaks its chat API (vLLM, llama.cpp, Ollama, LM Studio …).

One request, one translation of its errors: retrying belongs to the runtime. A server that does not know strict schemas, or one
of the newer parameters, is asked again without it, and the result's notes say so. It knows nothing of ads.
"""

import json
import threading
import time
from decimal import Decimal
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from models.asks import Ask, Made, Result, Text, TextAsk
from models.backends import BackendConfig
from models.capabilities import Capabilities
from models.catalog import ModelRow
from models.context import JobContext
from models.errors import AskRefused, ModelBusy, ModelError, ModelFailed, ModelRefused, ModelUnavailable, ModelUnreachable
from models.pricing import Use, not_counted, price_of, use_of

if TYPE_CHECKING:
    from openai import OpenAI

PROVIDER = "openai"
TIMEOUT_S = 120.0
CONNECT_S = 10.0
POLL_S = 0.1
NOTHING = Decimal(0)

NEVER_LEFT = {"ConnectError", "ConnectTimeout", "PoolTimeout", "UnsupportedProtocol"}
"""Causes of a broken request that lie before its sending, by name: the client changed its HTTP library once already."""


class OpenAIText:
    """The backend. base_urls["openai"] points it at another server, which then needs no key; models["openai"] names its model."""

    def __init__(self, config: BackendConfig) -> None:
        self.config = config
        self._client: OpenAI | None = None
        self._lock = threading.Lock()

    def available(self, row: ModelRow) -> str:
        if not find_spec("openai"):
            return "The openai package is missing; install the requirements."
        if not self.config.keys.get(PROVIDER) and not self.config.base_urls.get(PROVIDER):
            return "No OpenAI key is set; set OPENAI_API_KEY to let a language model write."
        return ""

    def capabilities(self, row: ModelRow) -> Capabilities:
        return Capabilities(kinds=frozenset({"text"}), schema=True, shows=("words",), never=("pictures", "sound"))

    def answer(self, ask: Ask, row: ModelRow, job: JobContext) -> Result:
        """A Text; with a schema, `data` holds the JSON object, or None when the answer was none (the caller may ask for a repair).

        Raises ModelUnavailable, ModelBusy, ModelUnreachable, ModelRefused, ModelFailed, AskRefused, Cancelled.
        """
        if not isinstance(ask, TextAsk):
            raise AskRefused(f"{row.id} writes text only.", model=row.id)
        why_not = self.available(row)
        if why_not:
            raise ModelUnavailable(why_not, model=row.id)
        began = time.perf_counter()
        request = _request(ask, self.config.models.get(PROVIDER) or str(row.defaults.get("model", row.id)))
        notes: list[str] = []
        while True:
            try:
                reply = self._send(request, job)
                break
            except ModelError:
                raise
            except Exception as error:
                easier = _without_refused_parameter(request, ask, error)
                if easier is None:
                    raise _translated(error, row.id) from error
                request, note = easier
                notes.append(note)
        return _text(reply, ask, row, request["model"], time.perf_counter() - began, tuple(filter(None, notes)))

    def close(self) -> None:
        with self._lock:
            client, self._client = self._client, None
        if client is not None:
            client.close()

    def _open(self) -> "OpenAI":
        from openai import OpenAI, Timeout

        with self._lock:
            if self._client is None:
                self._client = OpenAI(
                    api_key=self.config.keys.get(PROVIDER) or "none",
                    base_url=self.config.base_urls.get(PROVIDER) or None,
                    max_retries=0,
                    timeout=Timeout(TIMEOUT_S, connect=CONNECT_S),
                )
            return self._client

    def _send(self, request: dict[str, Any], job: JobContext) -> Any:
        """The reply. The request waits in a thread of its own, so that a cancelled job is let go at once."""
        client = self._open()
        outcome: list[Any] = []
        failure: list[BaseException] = []

        def call() -> None:
            try:
                outcome.append(client.chat.completions.create(**request))
            except Exception as error:  # noqa: BLE001 - carried to the asking thread and raised there
                failure.append(error)

        thread = threading.Thread(target=call, name="openai-text", daemon=True)
        thread.start()
        while thread.is_alive():
            job.check()
            thread.join(POLL_S)
        if failure:
            raise failure[0]
        return outcome[0]


def _request(ask: TextAsk, model: str) -> dict[str, Any]:
    request: dict[str, Any] = {
        "model": model,
        "messages": [{"role": "system", "content": ask.system}, {"role": "user", "content": ask.prompt}],
        "max_completion_tokens": ask.max_tokens,
        "temperature": ask.temperature,
        "seed": ask.seed % 2**31,
    }
    if ask.schema is not None:
        schema = {"name": ask.schema_name, "schema": ask.schema, "strict": True}
        request["response_format"] = {"type": "json_schema", "json_schema": schema}
    return request


def _without_refused_parameter(request: dict[str, Any], ask: TextAsk, error: Exception) -> tuple[dict[str, Any], str] | None:
    """The request without what the server said it does not know, and a note worth telling; None when that is not the trouble."""
    from openai import BadRequestError, UnprocessableEntityError

    if not isinstance(error, BadRequestError | UnprocessableEntityError):
        return None
    said = f"{error.param or ''} {error.message}".lower()
    smaller = dict(request)
    if "max_completion_tokens" in request and "max_completion_tokens" in said:
        smaller["max_tokens"] = smaller.pop("max_completion_tokens")
        return smaller, ""
    for name in ("temperature", "seed"):
        if name in request and name in said:
            del smaller[name]
            return smaller, f"The text model does not take a {name}, so it was left out."
    form = request.get("response_format", {}).get("type")
    if form and any(word in said for word in ("response_format", "json_schema", "schema", "json_object", "structured")):
        if form == "json_schema":
            smaller["response_format"] = {"type": "json_object"}
            told = f"{ask.system}\n\nAnswer with one JSON object that fits this JSON Schema, and nothing else:\n{json.dumps(ask.schema)}"
            smaller["messages"] = [{"role": "system", "content": told}, *request["messages"][1:]]
            return smaller, "The text model does not take a fixed schema, so the schema was given to it in words."
        del smaller["response_format"]
        return smaller, ""
    return None


def _translated(error: Exception, model: str) -> ModelError:
    import openai

    if isinstance(error, openai.AuthenticationError):
        return ModelUnavailable("The OpenAI key was refused; check OPENAI_API_KEY.", model=model)
    if isinstance(error, openai.PermissionDeniedError):
        return ModelUnavailable("The OpenAI key may not use this model; check the account's permissions.", model=model)
    if isinstance(error, openai.NotFoundError):
        return ModelUnavailable("The text model was not found at this address; check LLM_MODEL and the base URL.", model=model)
    if isinstance(error, openai.RateLimitError):
        if error.code == "insufficient_quota":
            return ModelUnavailable("The OpenAI account has no credit left; add some or use another key.", model=model)
        return ModelBusy("The text model is busy; it will be asked again.", model=model, retry_after=_retry_after(error.response.headers))
    if isinstance(error, openai.APITimeoutError):
        return ModelUnreachable(f"The text model did not answer within {TIMEOUT_S:g} seconds.", model=model, cost_usd=_if_sent(error))
    if isinstance(error, openai.APIConnectionError):
        told = "The text model could not be reached; check the network and the base URL."
        return ModelUnreachable(told, model=model, cost_usd=_if_sent(error))
    if isinstance(error, openai.InternalServerError):
        overloaded = NOTHING if error.status_code == 503 else None
        return ModelUnreachable(f"The text model's server failed (HTTP {error.status_code}).", model=model, cost_usd=overloaded)
    if isinstance(error, openai.BadRequestError) and error.code == "content_filter":
        return ModelRefused("The text model declined this brief; word it differently.", model=model)
    if isinstance(error, openai.APIStatusError):
        told = f"The text model refused the request (HTTP {error.status_code}): {error.message[:160]}"
        return ModelFailed(told, model=model, cost_usd=NOTHING)
    return ModelFailed(f"The text model's answer could not be read ({type(error).__name__}).", model=model)


def _if_sent(error: Exception) -> Decimal | None:
    """What a request cost that broke off: nothing when it never left, None when it may have been answered unheard."""
    return NOTHING if type(error.__cause__).__name__ in NEVER_LEFT else None


def _retry_after(headers: Any) -> float | None:
    for name, scale in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        try:
            return float(headers[name]) * scale
        except (KeyError, ValueError):
            continue
    return None


def _text(reply: Any, ask: TextAsk, row: ModelRow, model: str, elapsed_s: float, notes: tuple[str, ...]) -> Text:
    choices = getattr(reply, "choices", None)
    if not choices:
        raise ModelFailed("The text model's answer could not be read; the address may not be a chat API.", model=row.id)
    choice = choices[0]
    content = (choice.message.content or "").strip()
    tokens_in, tokens_out = (reply.usage.prompt_tokens, reply.usage.completion_tokens) if reply.usage else (0, 0)
    used = Use(row.id, tokens_in=tokens_in, tokens_out=tokens_out) if reply.usage else use_of(ask, row.id)
    cost = price_of(row, used)
    if getattr(choice.message, "refusal", None) or choice.finish_reason == "content_filter":
        raise ModelRefused("The text model declined this brief; word it differently.", model=row.id, cost_usd=cost)
    if choice.finish_reason == "length":
        raise ModelFailed(f"The text model's answer was cut off after {ask.max_tokens} tokens.", model=row.id, cost_usd=cost)
    if not content:
        raise ModelFailed("The text model gave an empty answer.", model=row.id, cost_usd=cost)
    if not reply.usage and row.paid:
        notes = (*notes, "The text model's server did not say how many tokens it used, so the most it can have been is counted.")
    if not row.price_known:
        notes = (*notes, not_counted(row, model))
    made = Made(row.id, seed=ask.seed, elapsed_s=elapsed_s, cost_usd=cost, notes=notes)
    return Text(content, made, _object(content) if ask.schema is not None else None, tokens_in, tokens_out)


def _object(content: str) -> dict[str, Any] | None:
    """The JSON object in an answer, with or without a Markdown fence around it."""
    body = content.removeprefix("```json").removeprefix("```").removesuffix("```")
    try:
        data = json.loads(body)
    except ValueError:
        return None
    return data if isinstance(data, dict) else None
