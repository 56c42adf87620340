"""Waiting for an order to end, and what each ending means and costs.

    succeeded                 what it gave                                 its price
    failed                    ModelRefused (content) or ModelFailed        nothing: these models are billed by what they give
    aborted                   ModelBusy: it never began                    nothing
    canceled                  ModelFailed; found so: ordered anew          its price: what had begun may be billed
    gone (404, removed)       ModelUnreachable, ordered anew               its price

When somebody cancels (models.errors.Cancelled), the order is cancelled; when the process stops for another reason it goes on, and is
found again by the next attempt. Whatever cannot be learnt costs None: the order stays on record.
"""

import re
import time
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from models.backends.replicate.api import DECLINED, NOTHING, Api, Json
from models.backends.replicate.orders import stop
from models.context import JobContext
from models.errors import Cancelled, ModelBusy, ModelFailed, ModelRefused, ModelUnreachable
from models.waiting import rest

FIRST_POLL_S = 0.5
SLOWEST_POLL_S = 3.0
LIMIT_S = 35 * 60.0
MISSES = 3
"""So often in a row an order may be unknown: just after it was placed, not every server has heard of it."""

PERCENT = re.compile(r"(\d{1,3})%")
RENDERED = 0.9
"""The part of the bar until the order has ended; then it is fetched."""


@dataclass(frozen=True)
class Waiting:
    """One order. price: US dollars, once it is delivered. found: it was placed by an earlier attempt."""

    api: Api
    prediction: str
    model: str
    price: Decimal
    found: bool

    def for_end(self, job: JobContext) -> Any:
        """What the order gave (`output`). Raises as above."""
        try:
            return self._given(self._ended(job))
        except Cancelled as error:
            error.cost_usd = self._cancelled()
            raise

    def _ended(self, job: JobContext) -> Json:
        ends, pause, missed = time.monotonic() + LIMIT_S, FIRST_POLL_S, 0
        while True:
            now = self.api.ask(f"/v1/predictions/{self.prediction}", job.check)
            missed = 0 if now is not None else missed + 1
            if missed >= MISSES:
                raise self.gone()
            if now is not None:
                if now.get("status") in ("succeeded", "failed", "canceled", "aborted"):
                    return now
                _tell(now, job)
            if time.monotonic() > ends:
                stop(self.api, self.prediction)
                raise ModelFailed(f"{self.model} was not done after {LIMIT_S / 60:.0f} minutes.", model=self.model, cost_usd=self.price)
            rest(pause, job.check)
            pause = min(1.3 * pause, SLOWEST_POLL_S)

    def _given(self, end: Json) -> Any:
        status, said = end["status"], self.api.discreet(str(end.get("error") or ""))
        if end.get("data_removed"):
            raise self.gone()
        if status == "succeeded":
            if not end.get("output"):
                raise ModelFailed(f"{self.model} ended well, but gave nothing.", model=self.model, cost_usd=self.price)
            return end["output"]
        if status == "aborted":
            told = f"Replicate did not get to {self.model} in time."
            raise ModelBusy(told, model=self.model)
        if status == "canceled":
            if self.found:  # by an earlier attempt of the same job, which was cancelled then and is wanted now
                raise ModelUnreachable(f"An earlier order of {self.model} was cancelled.", model=self.model, cost_usd=self.price)
            raise ModelFailed(f"The order of {self.model} was cancelled at Replicate.", model=self.model, cost_usd=self.price)
        if DECLINED.search(said):
            raise ModelRefused(f"{self.model} declined this: {said}", model=self.model, cost_usd=NOTHING)
        raise ModelFailed(f"{self.model} failed: {said or 'Replicate gives no reason'}", model=self.model, cost_usd=NOTHING)

    def gone(self) -> ModelUnreachable:
        """What was paid for is not there any more; Replicate keeps it for an hour."""
        told = f"What {self.model} had made is not at Replicate any more."
        return ModelUnreachable(told, model=self.model, cost_usd=self.price)

    def _cancelled(self) -> Decimal | None:
        """Cancels the order; what it costs, None when nobody can know."""
        end = stop(self.api, self.prediction) or {}
        return {"aborted": NOTHING, "failed": NOTHING, "succeeded": self.price}.get(str(end.get("status")))


def _tell(now: Json, job: JobContext) -> None:
    """Progress, where the model writes percents into its log; else only what it is at."""
    if now.get("status") == "starting":
        job.progress(0.0, "Waiting for its turn at Replicate")
        return
    percents = PERCENT.findall(str(now.get("logs") or "")[-2000:])
    job.progress(min(100, int(percents[-1])) / 100 * RENDERED if percents else 0.0, "Under way at Replicate")
