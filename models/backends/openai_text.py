"""Text and structured answers from OpenAI, or from any server that speaks its chat API (vLLM, llama.cpp, Ollama, LM Studio …).

One request, one translation of its errors: retrying belongs to the runtime. A server that does not know strict schemas, or one
of the newer parameters, is asked again without it, and the result's notes say so. It knows nothing of ads.
"""

import json
import time
from functools import partial
from typing import TYPE_CHECKING, Any

from models.asks import Ask, Made, Result, Text, TextAsk
from models.backends import BackendConfig
from models.backends.openai_client import Connection, Words, refused_parameter, translated
from models.capabilities import Capabilities
from models.catalog import ModelRow
from models.context import JobContext
from models.errors import AskRefused, ModelError, ModelFailed, ModelRefused, ModelUnavailable
from models.json_answers import json_object
from models.pricing import Use, not_counted, price_of, use_of

if TYPE_CHECKING:
    from openai import OpenAI

PROVIDER = "openai"
WORDS = Words("text model", "LLM_MODEL", declined="The text model declined this brief; word it differently.")


class OpenAIText:
    """The backend. base_urls["openai"] points it at another server, which then needs no key; models["openai"] names its model."""

    def __init__(self, config: BackendConfig) -> None:
        self.config = config
        self._connection = Connection(config, PROVIDER)

    def available(self, row: ModelRow) -> str:
        return self._connection.why_not("No OpenAI key is set; set OPENAI_API_KEY to let a language model write.")

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
                reply = self._connection.call(partial(_send, request), job.check)
                break
            except ModelError:
                raise
            except Exception as error:
                easier = _without_refused_parameter(request, ask, error)
                if easier is None:
                    raise translated(error, row.id, WORDS, secret=self.config.keys.get(PROVIDER, "")) from error
                request, note = easier
                notes.append(note)
        return _text(reply, ask, row, request["model"], time.perf_counter() - began, tuple(filter(None, notes)))

    def close(self) -> None:
        self._connection.close()


def _send(request: dict[str, Any], client: "OpenAI") -> Any:
    return client.chat.completions.create(**request)


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
    said = refused_parameter(error)
    if not said:
        return None
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
        raise ModelRefused(WORDS.declined, model=row.id, cost_usd=cost)
    if choice.finish_reason == "length":
        raise ModelFailed(f"The text model's answer was cut off after {ask.max_tokens} tokens.", model=row.id, cost_usd=cost)
    if not content:
        raise ModelFailed("The text model gave an empty answer.", model=row.id, cost_usd=cost)
    if not reply.usage and row.paid:
        notes = (*notes, "The text model's server did not say how many tokens it used, so the most it can have been is counted.")
    if model != row.defaults.get("model"):
        notes = (*notes, f'{row.id} is "{model}" here, as LLM_MODEL says.')
    if not row.price_known:
        notes = (*notes, not_counted(row, model))
    made = Made(row.id, seed=ask.seed, elapsed_s=elapsed_s, cost_usd=cost, notes=notes)
    return Text(content, made, json_object(content) if ask.schema is not None else None, tokens_in, tokens_out)
