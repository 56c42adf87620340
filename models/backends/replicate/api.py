"""Replicate's HTTP API: one request, one translation of what went wrong. It knows no asks and no rows.

Questions (`ask`) cost nothing and are asked again while Replicate is out of order; orders (`create`) go out once, except where they
surely were not taken. The token goes to the API's own host alone, and into no message.
"""

import json
import re
import threading
import time
from collections.abc import Callable
from decimal import Decimal
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from models.errors import Cancelled, ModelBusy, ModelError, ModelFailed, ModelRefused, ModelUnavailable, ModelUnreachable
from models.waiting import beside, rest

BASE_URL = "https://api.replicate.com"
TIMEOUT = httpx.Timeout(30.0, connect=10.0)
NOTHING = Decimal(0)
DEADLINE = "30m"
"""After how long Replicate is to give an order up by itself."""

PATIENCE_S = 90.0
"""How long questions are asked again, and how long an order waits for its turn after "too many requests"."""

FIRST_PAUSE_S = 0.5
LONGEST_PAUSE_S = 8.0

NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)
DECLINED = re.compile(r"nsfw|safety|sensitive|flagged|moderat|content polic|prohibited|\bE005\b", re.IGNORECASE)
RESETS_IN = re.compile(r"resets? in ~?\s*(\d+(?:\.\d+)?)\s*(ms|m)?", re.IGNORECASE)

Json = dict[str, Any]
Check = Callable[[], None]
Late = Callable[[Json, BaseException], None]


class Api:
    """One account. Thread-safe; `close()` ends its connections."""

    def __init__(self, token: str, base_url: str = "") -> None:
        self.base_url = (base_url or BASE_URL).rstrip("/").removesuffix("/v1")
        self._token = token
        self._client = self._connected()
        self._turn = threading.Lock()
        self._open_at = 0.0

    def close(self) -> None:
        self._client.close()

    def _connected(self) -> httpx.Client:
        return httpx.Client(headers={"Authorization": f"Bearer {self._token}"}, timeout=TIMEOUT)

    def ask(self, path: str, check: Check, params: dict[str, str] | None = None) -> Json | None:
        """What lies at `path`, None where there is nothing. Raises ModelUnreachable, whose cost nobody knows."""
        ends, pause = time.monotonic() + PATIENCE_S, FIRST_PAUSE_S
        while True:
            try:
                response = self._send("GET", path, check, params=params)
                return None if response.status_code == 404 else self._read(response)
            except (ModelBusy, ModelUnreachable) as error:
                wait = getattr(error, "retry_after", None) or pause
                if time.monotonic() + wait > ends:
                    raise ModelUnreachable(str(error)) from error
                rest(wait, check)
                pause = min(2 * pause, LONGEST_PAUSE_S)
            except (ModelUnavailable, ModelFailed, ModelRefused) as error:
                # Of an order that is on record nothing is known now, whatever the reason: it must not count as free.
                raise ModelUnreachable(str(error)) from error

    def look(self, path: str) -> Json:
        """What lies at `path`; asked once, for those who only want to know."""
        return self._read(self._send("GET", path, lambda: None))

    def create(self, model: str, body: Json, check: Check, late: Late) -> Json:
        """Place an order. late: see `beside`. Raises the errors of models/errors.py with what the order cost by that.

        "Too many requests" means that it was not taken: it waits for its turn, for up to PATIENCE_S, and holds the others back.
        """
        ends = time.monotonic() + PATIENCE_S
        while True:
            self._await_turn(check)
            try:
                path, headers = f"/v1/models/{model}/predictions", {"Cancel-After": DEADLINE}
                return self._read(self._send("POST", path, check, json=body, headers=headers, late=late))
            except ModelBusy as error:
                wait = FIRST_PAUSE_S if error.retry_after is None else error.retry_after
                with self._turn:
                    self._open_at = max(self._open_at, time.monotonic() + wait)
                if self._open_at > ends:
                    raise

    def _await_turn(self, check: Check) -> None:
        try:
            rest(self._open_at - time.monotonic(), check)
        except Cancelled as error:
            error.cost_usd = NOTHING
            raise

    def cancel(self, prediction: str) -> Json:
        """Stop an order; how it stands then. Not to be stopped itself, and done even when `close` was called meanwhile."""
        with self._connected() as client:
            return self._read(self._send("POST", f"/v1/predictions/{prediction}/cancel", lambda: None, client=client))

    def upload(self, name: str, data: bytes, mime: str, order: str, check: Check) -> Json:
        """Put a file where models can read it; free of charge, and gone after a day. order: a mark that it bears in the list of files."""
        content: Json = {"files": {"content": (name, data, mime)}, "data": {"metadata": json.dumps({"order": order})}}
        try:
            return self._read(self._send("POST", "/v1/files", check, **content))
        except ModelUnreachable as error:
            raise ModelUnreachable(str(error), cost_usd=NOTHING) from error

    def remove(self, file: str) -> None:
        """Remove an uploaded file."""
        self._send("DELETE", f"/v1/files/{file}", lambda: None)

    def _send(
        self, method: str, path: str, check: Check, *, late: Late | None = None, client: httpx.Client | None = None, **content: Any
    ) -> httpx.Response:
        def call() -> httpx.Response:
            return (client or self._client).request(method, self.base_url + path, **content)

        def came_late(response: httpx.Response, why: BaseException) -> None:
            if late is not None and response.is_success:
                late(self._read(response), why)

        try:
            return beside(call, check, came_late)
        except NEVER_LEFT as error:
            told = "Replicate could not be reached; check the network (and REPLICATE_BASE_URL, if it is set)."
            raise ModelUnreachable(told, cost_usd=NOTHING) from error
        except httpx.TimeoutException as error:
            raise ModelUnreachable(f"Replicate did not answer within {TIMEOUT.read:g} seconds.") from error
        except httpx.HTTPError as error:
            raise ModelUnreachable("Replicate broke the connection off.") from error

    def _read(self, response: httpx.Response) -> Json:
        """The JSON object of a good answer; of a bad one, its error."""
        if not response.is_success:
            raise self._refused(response)
        try:
            data = response.json()
        except ValueError as error:
            raise ModelUnreachable("Replicate's answer could not be read; the address may not be its API.") from error
        if not isinstance(data, dict):
            raise ModelUnreachable("Replicate's answer could not be read; the address may not be its API.")
        return data

    def _refused(self, response: httpx.Response) -> ModelError:
        status, detail = response.status_code, self._detail(response)
        if status == 401:
            return ModelUnavailable("The Replicate token was refused; check REPLICATE_API_TOKEN.")
        if status == 402:
            return ModelUnavailable(f"The Replicate account has no credit left; add some there. {detail}".strip())
        if status == 403:
            return ModelUnavailable(f"The Replicate account may not use this model. {detail}".strip())
        if status == 404:
            return ModelUnavailable("Replicate has no such model (any more); choose another.")
        if status == 429:
            return ModelBusy("Replicate takes no more requests at the moment.", retry_after=_retry_after(response, detail))
        if status >= 500:
            return ModelUnreachable(f"Replicate failed (HTTP {status}).")
        if DECLINED.search(detail):
            return ModelRefused(f"Replicate declined this: {detail}", cost_usd=NOTHING)
        return ModelFailed(f"Replicate refused the request (HTTP {status}): {detail or 'without a reason'}", cost_usd=NOTHING)

    def _detail(self, response: httpx.Response) -> str:
        try:
            said = response.json()
            text = str(said.get("detail") or said.get("title") or "") if isinstance(said, dict) else ""
        except ValueError:
            text = ""
        return self.discreet(text)

    def discreet(self, text: str) -> str:
        """One line of at most 200 characters, without the token."""
        return " ".join(text.replace(self._token, "…").split())[:200]


def _retry_after(response: httpx.Response, detail: str) -> float | None:
    """Seconds to wait, as the header says, or else the sentence in the body."""
    header = response.headers.get("Retry-After", "")
    try:
        return max(0.0, float(header))
    except ValueError:
        pass
    try:
        return max(0.0, parsedate_to_datetime(header).timestamp() - time.time())
    except ValueError:
        pass
    found = RESETS_IN.search(detail)
    return float(found[1]) * {"ms": 0.001, "m": 60.0}.get(found[2] or "", 1.0) if found else None
