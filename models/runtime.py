"""Ask -> result: choose a model, check, run, retry what is transient, fall back by name, and say what was done.

The one door to the models. It knows the catalogue and the backends, and nothing of what the results are for.
Retries and fallbacks live here once; backends try exactly once and translate their errors. What costs money is ordered at
the job's till before a backend is asked, and settled there after, however it went.
"""

import logging
import random
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TypeVar

from models.asks import Ask, Clip, ImageAsk, Made, Result, Sound, SoundAsk, Still, Text, TextAsk, VideoAsk, Voice, VoiceAsk
from models.backends import Backend, BackendConfig, load
from models.capabilities import Capabilities, Kind, check, kind_of
from models.catalog import CATALOG, ModelRow
from models.context import JobContext
from models.errors import AskRefused, Cancelled, ModelBusy, ModelError, ModelUnavailable
from models.licences import before_use, why_shut
from models.pricing import as_billed, price_of, use_of
from models.till import Bill, TooDear

log = logging.getLogger(__name__)

R = TypeVar("R", Still, Clip, Sound, Text, Voice)

ATTEMPTS = 3
FIRST_WAIT_S = 1.0
LONGEST_WAIT_S = 60.0


@dataclass(frozen=True)
class Standing:
    """How one model stands on this installation. why_not: "" when it can run here, else one sentence."""

    row: ModelRow
    why_not: str
    can: Capabilities | None


@dataclass
class Runtime:
    """Answers asks with the models of `catalog`. `preferred` maps a kind to the id of the user's choice.

    catalog: once constructed, with the prices of this installation.
    Thread-safe: `each` of a runner calls it from several threads. `close()` frees every backend.
    """

    config: BackendConfig
    catalog: tuple[ModelRow, ...] = CATALOG
    preferred: Mapping[Kind, str] = field(default_factory=dict)
    sleep: Callable[[float], None] = time.sleep
    _backends: dict[str, Backend] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.catalog = as_billed(self.catalog, self.config)

    def image(self, ask: ImageAsk, job: JobContext, model: str | None = None) -> Still:
        """A picture. Raises the errors of models/errors.py."""
        return self._expect(Still, self.answer(ask, job, model))

    def video(self, ask: VideoAsk, job: JobContext, model: str | None = None) -> Clip:
        """A clip."""
        return self._expect(Clip, self.answer(ask, job, model))

    def sound(self, ask: SoundAsk, job: JobContext, model: str | None = None) -> Sound:
        """Music and effects."""
        return self._expect(Sound, self.answer(ask, job, model))

    def text(self, ask: TextAsk, job: JobContext, model: str | None = None) -> Text:
        """Text, or an object that fits a schema."""
        return self._expect(Text, self.answer(ask, job, model))

    def voice(self, ask: VoiceAsk, job: JobContext, model: str | None = None) -> Voice:
        """A text spoken aloud."""
        return self._expect(Voice, self.answer(ask, job, model))

    def default_model(self, kind: Kind) -> ModelRow | None:
        """The user's preferred row of this kind, else the first that can run here, else None."""
        if kind in self.preferred:
            return self._row(self.preferred[kind])
        return next((s.row for s in self.standings(kind) if not s.why_not), None)

    def standings(self, kind: Kind | None = None) -> list[Standing]:
        """Every model (of `kind`), and whether it can run here. Probes; call it when somebody asks, not at start."""
        found = []
        for model in self.catalog:
            if kind is None or kind in model.kinds:
                backend = self._backend(model.backend)
                why_not = backend.available(model) or why_shut(model, self.config)
                found.append(Standing(model, why_not, None if why_not else backend.capabilities(model)))
        return found

    def capabilities(self, kind: Kind, model: str | None = None) -> Capabilities | None:
        """What `model` (default: `default_model`) can do, whether or not it can run here; None when nobody makes `kind`."""
        row = self._row(model) if model else self.default_model(kind)
        return self._backend(row.backend).capabilities(row) if row else None

    def why_not(self, kind: Kind, model_id: str) -> str:
        """Why this model cannot make `kind` here, in one sentence; "" when it can."""
        row = next((row for row in self.catalog if row.id == model_id), None)
        if row is None:
            return f"There is no model {model_id!r}; choose one that is listed."
        if kind not in row.kinds:
            return f"{model_id} does not make {kind}; choose a model that does."
        return self._backend(row.backend).available(row) or why_shut(row, self.config)

    def answer(self, ask: Ask, job: JobContext, model: str | None = None) -> Result:
        """Answer with `model` (default: `default_model`), then with its fallbacks in order. Passes on what the till refuses with.

        What earlier attempts cost, or may have, is part of the result's cost; the latter is noted. A stand-in too dear for the till is
        passed over, as one that failed.
        A fallback's result names in `made.fallback_from` each model that failed before it, and says so in `made.notes`.
        """
        kind = kind_of(ask)
        first = self._row(model) if model else self.default_model(kind)
        if first is None:
            raise ModelUnavailable(f"No model for {kind} can run here; see `python -m studio doctor`.")
        failed: list[tuple[str, ModelError]] = []
        wasted: list[Wasted] = []
        too_dear: TooDear | None = None
        for model_id in (first.id, *first.fallback):
            try:
                result = self._attempt(ask, self._row(model_id), job, wasted)
            except Cancelled:
                raise
            except AskRefused as error:
                if not failed:
                    raise
                log.info("%s cannot stand in: %s", model_id, error)
                continue
            except TooDear as error:
                if not failed:
                    raise
                too_dear = error
                failed.append((model_id, ModelUnavailable(str(error), model=model_id)))
                continue
            except ModelError as error:
                log.info("%s failed: %s", model_id, error)  # said to the user by the result, or by the error itself
                failed.append((model_id, error))
                continue
            result = _with_wasted(result, wasted)
            return result if not failed else _with_fallbacks(result, failed)
        if too_dear is not None:
            raise too_dear
        tried = [error for _, error in failed if not isinstance(error, ModelUnavailable)]  # that nobody could stand in explains nothing
        last = tried[-1] if tried else failed[-1][1]
        last.cost_usd = sum((one.cost for one in wasted), Decimal(0))  # of every attempt, not of the last alone
        raise last

    def close(self) -> None:
        """Free every backend that was loaded."""
        with self._lock:
            backends, self._backends = list(self._backends.values()), {}
        for backend in backends:
            backend.close()

    def _attempt(self, ask: Ask, model: ModelRow, job: JobContext, wasted: list["Wasted"]) -> Result:
        backend = self._backend(model.backend)
        why_not = backend.available(model) or why_shut(model, self.config)
        if why_not:
            raise ModelUnavailable(why_not, model=model.id)
        before_use(model, self.config)
        check(ask, backend.capabilities(model), model.id)
        bill: Bill | None = None
        for attempt in range(1, ATTEMPTS + 1):
            job.check()
            bill = _ordered(ask, model, job, after=bill)
            began = time.perf_counter()
            try:
                result = backend.answer(ask, model, replace(job, bill=bill))
            except ModelError as error:
                may_have_cost = _written_off(bill, error.cost_usd, ask, model)
                last = not error.transient or attempt == ATTEMPTS
                if last or error.cost_usd is not None or not model.traceable:  # else the next attempt asks for this very order again
                    wasted.append(Wasted(may_have_cost, guessed=error.cost_usd is None))
                if last:
                    raise
                self._wait(_pause(error, attempt), job)
            except Exception:
                wasted.append(Wasted(_written_off(bill, None, ask, model), guessed=True))
                raise
            else:
                elapsed_s = time.perf_counter() - began
                if bill is not None:
                    bill.settle(result.made.cost_usd)
                return replace(result, made=replace(result.made, elapsed_s=elapsed_s))
        raise AssertionError("unreachable: the last attempt returns or raises")

    def _wait(self, seconds: float, job: JobContext) -> None:
        ends = time.monotonic() + seconds
        while (left := ends - time.monotonic()) > 0:
            job.check()
            self.sleep(min(0.25, left))

    def _backend(self, name: str) -> Backend:
        with self._lock:
            if name not in self._backends:
                self._backends[name] = load(name, self.config)
            return self._backends[name]

    def _row(self, model_id: str) -> ModelRow:
        for model in self.catalog:
            if model.id == model_id:
                return model
        raise AskRefused(f"There is no model {model_id!r}; `python -m studio doctor` lists them.", model=model_id)

    @staticmethod
    def _expect(cls: type[R], result: Result) -> R:
        if not isinstance(result, cls):
            raise TypeError(f"a backend answered with {type(result).__name__} where {cls.__name__} was due")
        return result


def _ordered(ask: Ask, model: ModelRow, job: JobContext, after: Bill | None) -> Bill | None:
    """What is on record for one attempt; None for what is free. The last chance to stop before money is spent."""
    if not model.paid:
        return None
    bill = job.till.order(use_of(ask, model.id, model.durations_s), traceable=model.traceable, after=after)
    try:
        job.check()
    except BaseException:
        if not bill.prior:
            bill.void()
        raise
    return bill


def _written_off(bill: Bill | None, cost: Decimal | None, ask: Ask, model: ModelRow) -> Decimal:
    """Close the bill of an attempt that failed; what it cost, or may have. cost: None when nobody can know."""
    if bill is None:
        return Decimal(0)
    if cost is not None and not cost:
        bill.void()
        return Decimal(0)
    bill.lost(cost)
    return price_of(model, use_of(ask, model.id, model.durations_s)) if cost is None else cost


def _pause(error: ModelError, attempt: int) -> float:
    """Seconds before the next attempt: what the provider asked for, else 1, 2, 4, ... with up to 25 % jitter on top."""
    if isinstance(error, ModelBusy) and error.retry_after is not None:
        return min(error.retry_after, LONGEST_WAIT_S)
    return min(FIRST_WAIT_S * 2 ** (attempt - 1), LONGEST_WAIT_S) * (1 + 0.25 * random.random())


@dataclass(frozen=True)
class Wasted:
    """What an attempt that failed did cost, in US dollars. guessed: nobody said, and it is the most that it may have been."""

    cost: Decimal
    guessed: bool


def _with_wasted(result: Result, wasted: list[Wasted]) -> Result:
    cost = sum((one.cost for one in wasted), Decimal(0))
    if not cost:
        return result
    guessed = sum((one.cost for one in wasted if one.guessed), Decimal(0))
    note = f"Of the cost, ${guessed:.2f} are the most that failed calls may have been charged with; what they were nobody said."
    notes = (*result.made.notes, note) if guessed else result.made.notes
    made: Made = replace(result.made, cost_usd=result.made.cost_usd + cost, notes=notes)
    return replace(result, made=made)


def _with_fallbacks(result: Result, failed: list[tuple[str, ModelError]]) -> Result:
    notes = tuple(f"{model} failed ({error}); {result.made.model} was used instead." for model, error in failed)
    made: Made = replace(result.made, fallback_from=tuple(m for m, _ in failed), notes=result.made.notes + notes)
    return replace(result, made=made)
