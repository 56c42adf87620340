"""What the backends that speak OpenAI's API share: the official client, a request that can be left alone, and its errors translated.

The client retries nothing by itself: it would wait out a Retry-After of up to two minutes, several times, where nobody can stop
it. It knows neither texts nor voices; `Words` says what a sentence calls the thing that was asked.
"""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from importlib.util import find_spec
from typing import TYPE_CHECKING, TypeVar

from models.backends import BackendConfig
from models.errors import ModelBusy, ModelError, ModelFailed, ModelRefused, ModelUnavailable, ModelUnreachable
from models.waiting import beside

if TYPE_CHECKING:
    from openai import OpenAI

T = TypeVar("T")

TIMEOUT_S = 120.0
CONNECT_S = 10.0
NOTHING = Decimal(0)

NEVER_LEFT = {"ConnectError", "ConnectTimeout", "PoolTimeout", "UnsupportedProtocol"}
"""Causes of a broken request that lie before its sending, by name: the client changed its HTTP library once already."""


@dataclass(frozen=True)
class Words:
    """What sentences call a model: "text model", the setting that names another one ("LLM_MODEL"), and those that hold its key."""

    name: str
    setting: str
    declined: str
    key: str = "OPENAI_API_KEY"


class Connection:
    """The official client of one provider (a key of `BackendConfig.keys` and `base_urls`), opened on first use."""

    def __init__(self, config: BackendConfig, provider: str, timeout_s: float = TIMEOUT_S) -> None:
        self.config, self.provider, self.timeout_s = config, provider, timeout_s
        self._client: OpenAI | None = None
        self._lock = threading.Lock()

    def why_not(self, missing: str) -> str:
        """ "" when there is a client, and a key or an address of one's own; else one sentence. missing: the one for want of both."""
        if not find_spec("openai"):
            return "The openai package is missing; install the requirements."
        return "" if self.config.keys.get(self.provider) or self.config.base_urls.get(self.provider) else missing

    def call(self, ask: "Callable[[OpenAI], T]", check: Callable[[], None]) -> T:
        """What `ask(client)` returns. It waits in a thread of its own, so that a cancelled job is let go at once."""
        client = self._open()
        return beside(lambda: ask(client), check)

    def close(self) -> None:
        """Free the client; the next call opens another."""
        with self._lock:
            client, self._client = self._client, None
        if client is not None:
            client.close()

    def _open(self) -> "OpenAI":
        from openai import OpenAI, Timeout

        with self._lock:
            if self._client is None:
                self._client = OpenAI(
                    api_key=self.config.keys.get(self.provider) or "none",
                    base_url=self.config.base_urls.get(self.provider) or None,
                    max_retries=0,
                    timeout=Timeout(self.timeout_s, connect=min(CONNECT_S, self.timeout_s)),
                )
            return self._client


def translated(error: Exception, model: str, words: Words, timeout_s: float = TIMEOUT_S, secret: str = "") -> ModelError:
    """One of the client's errors as one of ours; what it cost is known wherever it can be. secret: the key, which servers may quote."""
    import openai

    name = words.name
    if isinstance(error, openai.AuthenticationError):
        return ModelUnavailable(f"The OpenAI key was refused; check {words.key}.", model=model)
    if isinstance(error, openai.PermissionDeniedError):
        return ModelUnavailable("The OpenAI key may not use this model; check the account's permissions.", model=model)
    if isinstance(error, openai.NotFoundError):
        return ModelUnavailable(f"The {name} was not found at this address; check {words.setting} and the base URL.", model=model)
    if isinstance(error, openai.RateLimitError):
        if "insufficient_quota" in (error.code, error.type):
            return ModelUnavailable("The OpenAI account has no credit left; add some or use another key.", model=model)
        return ModelBusy(f"The {name} is busy; it will be asked again.", model=model, retry_after=retry_after(error.response.headers))
    if isinstance(error, openai.APITimeoutError):
        return ModelUnreachable(f"The {name} did not answer within {timeout_s:g} seconds.", model=model, cost_usd=_if_sent(error))
    if isinstance(error, openai.APIConnectionError):
        told = f"The {name} could not be reached; check the network and the base URL."
        return ModelUnreachable(told, model=model, cost_usd=_if_sent(error))
    if isinstance(error, openai.InternalServerError):
        overloaded = NOTHING if error.status_code == 503 else None
        return ModelUnreachable(f"The {name}'s server failed (HTTP {error.status_code}).", model=model, cost_usd=overloaded)
    if isinstance(error, openai.BadRequestError) and error.code in ("content_filter", "content_policy_violation"):
        return ModelRefused(words.declined, model=model)
    if isinstance(error, openai.APIStatusError):
        said = error.message.replace(secret, "…") if secret else error.message
        told = f"The {name} refused the request (HTTP {error.status_code}): {said[:160]}"
        return ModelFailed(told, model=model, cost_usd=NOTHING)
    if "Timeout" in type(error).__name__:  # of the HTTP library, while a streamed body was read
        return ModelUnreachable(f"The {name} broke off after {timeout_s:g} seconds.", model=model)
    if type(error).__module__.partition(".")[0] in ("httpx", "httpcore"):
        return ModelUnreachable(f"The {name} broke off in the middle of its answer.", model=model)
    return ModelFailed(f"The {name}'s answer could not be read ({type(error).__name__}).", model=model)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds to wait, as the provider says; None where it does not say, or not as a number."""
    for name, scale in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        try:
            return float(headers[name]) * scale
        except (KeyError, ValueError):
            continue
    return None


def _if_sent(error: Exception) -> Decimal | None:
    """What a request cost that broke off: nothing when it never left, None when it may have been answered unheard."""
    return NOTHING if type(error.__cause__).__name__ in NEVER_LEFT else None


def refused_parameter(error: Exception) -> str:
    """What the server said of a request that it does not take as it is, in small letters; "" when that is not the trouble."""
    from openai import BadRequestError, UnprocessableEntityError

    if not isinstance(error, BadRequestError | UnprocessableEntityError):
        return ""
    return f"{error.param or ''} {error.message}".lower()
