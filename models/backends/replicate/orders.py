"""An order at Replicate: placed once, and found again by its key (`models.till.place_once`).

Replicate takes no idempotency key, and orders cannot be labelled. Their key travels, hashed, in two other places:

    webhook                the address that news of the order would go to; nobody listens there (the domain ends in .invalid, which
                           never resolves), but the list of orders shows it
    a picture's metadata   the first frame is uploaded before, marked; the order's inputs name that file

Should the list keep the address to itself, the order with the marked picture is taken, or, where there is no picture, the one with
exactly these inputs: what comes of it is the same.
"""

import hashlib
import logging
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

from models.backends.replicate.api import NOTHING, Api, Check, Json
from models.errors import Cancelled, ModelError, ModelFailed, ModelUnreachable
from models.waiting import rest

log = logging.getLogger(__name__)

NEWS_ADDRESS = "https://orders.invalid/"
LOOK_BACK = timedelta(hours=2)
"""How old an order may be that is looked for; what came of it is removed after one hour."""

MOST_PAGES = 30
LOOKS_AFTER_S = (0.0, 2.0, 4.0)
"""When the list is read again, as seconds after the last time: an order may appear there a little late."""

ID = re.compile(r"[\w=-]{1,128}", re.ASCII)

ENDED_BADLY = ("failed", "canceled", "aborted")


@dataclass
class Orders:
    """A `models.till.Provider` for one ask. values: its inputs that are sent as they are. names: of those that take a picture;
    pictures: uploads them under a mark, on the way out only, and gives their addresses. check: stops the work."""

    api: Api
    model: str
    values: dict[str, Any]
    names: tuple[str, ...]
    pictures: Callable[[str], dict[str, str]]
    check: Check

    def create(self, key: str) -> str:
        """Place the order; Replicate's id of it. When somebody cancels meanwhile, an order that is taken after all is cancelled."""
        try:
            pictures = self.pictures(tag_of(key)) if self.names else {}
        except Cancelled as error:
            error.cost_usd = NOTHING
            raise
        body = {
            "input": {**self.values, **pictures},
            "webhook": NEWS_ADDRESS + tag_of(key),
            "webhook_events_filter": ["completed"],
        }
        try:
            made = self.api.create(self.model, body, self.check, self._came_late)
        except ModelFailed as error:
            if "webhook" not in str(error):
                raise
            log.warning("Replicate does not take the address that marks an order; it goes out unmarked.")
            unmarked = {"input": body["input"]}
            made = self.api.create(self.model, unmarked, self.check, self._came_late)
        return id_of(made)

    def find(self, key: str) -> str | None:
        """The id of the order that bears `key`. Raises ModelUnreachable when the list cannot be read."""
        for pause in LOOKS_AFTER_S:
            rest(pause, self.check)
            if (found := self._look(tag_of(key))) is not None:
                log.info("An order at Replicate was found again.", extra={"prediction": found})
                return found
        return None

    def before_paying(self) -> None:
        """The last look before money is spent: nothing was, when it stops here."""
        try:
            self.check()
        except Cancelled as error:
            error.cost_usd = NOTHING
            raise

    def _look(self, tag: str) -> str | None:
        marked = self._marked(tag) if self.names else ()
        if self.names and not marked:
            return None  # pictures go out before their order does
        params: dict[str, str] = {"created_after": (datetime.now(UTC) - LOOK_BACK).isoformat(timespec="seconds")}
        alike: str | None = None
        for item in self._listed("/v1/predictions", params):
            news = item.get("webhook")
            if isinstance(news, str) and news.endswith(tag):
                return id_of(item)
            if news is None and alike is None and self._is_alike(item, marked):
                alike = id_of(item)
        return alike

    def _marked(self, tag: str) -> tuple[str, ...]:
        """Ids of the uploaded files that bear the mark."""
        files = self._listed("/v1/files", {})
        return tuple(str(file["id"]) for file in files if (file.get("metadata") or {}).get("order") == tag and file.get("id"))

    def _listed(self, path: str, params: dict[str, str]) -> Iterator[Json]:
        """Everything on a list, page by page; the addresses of further pages are not trusted, only their cursors."""
        for _ in range(MOST_PAGES):
            page = self.api.ask(path, self.check, params) or {}
            yield from (item for item in page.get("results") or () if isinstance(item, dict))
            cursor = parse_qs(urlsplit(str(page.get("next") or "")).query).get("cursor")
            if not cursor:
                return
            params = {**params, "cursor": cursor[0]}

    def _is_alike(self, item: Json, marked: Sequence[str]) -> bool:
        """Whether an order whose mark is not shown asks for the same, with a picture that was uploaded for it."""
        theirs = item.get("input")
        if not isinstance(theirs, dict) or item.get("model") != self.model or item.get("status") in ENDED_BADLY or item.get("data_removed"):
            return False
        pictures = [str(theirs.get(name) or "") for name in self.names]
        if not all(any(id in picture for id in marked) for picture in pictures):
            return False
        return {k: v for k, v in theirs.items() if k in self.values} == self.values

    def _came_late(self, made: Json, why: BaseException) -> None:
        if isinstance(why, Cancelled):
            stop(self.api, id_of(made))


def stop(api: Api, prediction: str) -> Json | None:
    """Cancel an order, with some patience; how it stands then, None when that could not be learnt."""
    for pause in (0.5, 2.0, 0.0):
        try:
            return api.cancel(prediction)
        except ModelError as error:
            log.warning("The order %s at Replicate could not be cancelled: %s", prediction, error)
            if not error.transient:
                return None
            time.sleep(pause)
    return None


def tag_of(key: str) -> str:
    """The key as it travels: it tells strangers nothing."""
    return hashlib.sha256(key.encode()).hexdigest()[:32]


def id_of(item: Json) -> str:
    """Replicate's id of an order or a file. It becomes part of addresses, so that only letters, digits and the like are one."""
    found = item.get("id")
    if not isinstance(found, str) or not ID.fullmatch(found):
        raise ModelUnreachable("Replicate's answer names nothing that it made; the address may not be its API.")
    return found
