"""What the main path asks of whoever carries it: `Tools` for one step, `Run` for the order of the steps.

Steps are module-level functions `fn(tools, *args)`. They are called by name in another process, so everything they need
comes in through `tools` and through small arguments: frozen values and media paths, never arrays, never closures.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol, TypeVar, TypeVarTuple

from models.context import JobContext

T = TypeVar("T")
R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)
Ts = TypeVarTuple("Ts")


class Tools(Protocol):
    """What a step has at hand, wherever it runs. `runtime` is the door to the models (models.runtime.Runtime)."""

    @property
    def workdir(self) -> Path: ...
    @property
    def runtime(self) -> Any: ...
    def report(self, percent: float, step: str, text: str) -> None: ...
    def check(self) -> None: ...
    def job(self, lo: float, hi: float, step: str) -> JobContext:
        """A context for one model call: its 0..1 maps to lo..hi percent. Within `each`, the mean over the items moves the bar."""


class Pending(Protocol[R_co]):
    """A step under way."""

    def result(self) -> R_co: ...


class Run(Tools, Protocol):
    """What carries the steps of a job. Names are unique within a run and stable between releases."""

    def step(self, name: str, fn: "Callable[[Tools, *Ts], R]", *args: *Ts) -> R:
        """The result of `fn(tools, *args)`."""

    def submit(self, name: str, fn: "Callable[[Tools, *Ts], R]", *args: *Ts) -> Pending[R]:
        """Start `fn(tools, *args)` beside what follows; raises its error from `result()`."""

    def each(self, name: str, fn: "Callable[[Tools, T, *Ts], R]", items: Sequence[T], *shared: *Ts) -> list[R]:
        """`fn(tools, item, *shared)` for every item, side by side; results in order."""
