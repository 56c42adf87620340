"""Timing what a graphics card does: first call apart, the median of the others, peak memory; nothing begins that would not end in time."""

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from statistics import median
from typing import Any

import torch

GB = 2**30


@dataclass(frozen=True)
class Row:
    """per_s: pictures (or steps) a second, each_s: seconds of one, both of the median call; None where it was not measured, and why stands
    in `note`. best_s: seconds of one in the fastest call. first_s: of the first call, with loading or compiling. spread_s: slowest less
    fastest. apart: mean difference from the stock picture, of 1. note: what is special about it."""

    name: str
    unit: str
    per_s: float | None = None
    each_s: float | None = None
    best_s: float | None = None
    first_s: float | None = None
    spread_s: float | None = None
    peak_gb: float | None = None
    apart: float | None = None
    note: str = ""


@dataclass
class Meter:
    """Measures on `device` until `ends` (time.monotonic)."""

    device: torch.device
    ends: float
    tell: Callable[[Row], None]
    rows: list[Row] = field(default_factory=list)

    def measure(self, name: str, unit: str, run: Callable[[], Any], n: int, *, repeat: int = 3, needs_s: float = 20, **facts: Any) -> Row:
        """Time `run`, which makes `n` of `unit` a call. needs_s: it is left out when less time than that is left."""
        if self.left_s < needs_s:
            return self.add(Row(name, unit, note=f"left out: {self.left_s:.0f} s were left"))
        free(self.device)
        if self.device.type == "cuda":
            torch.cuda.reset_peak_memory_stats(self.device)
        try:
            first, times = self._timed(run), []
            for _ in range(repeat):
                if times and self.left_s < 3 * times[-1]:
                    break
                times.append(self._timed(run))
        except (RuntimeError, ValueError, TypeError, NotImplementedError) as error:  # one row that cannot run must not end the others
            said = f"{type(error).__name__}: {error}".splitlines()[0][:200]
            return self.add(Row(name, unit, note=f"failed: {said}"))
        each = median(times) / n
        peak = torch.cuda.max_memory_allocated(self.device) / GB if self.device.type == "cuda" else None
        return self.add(Row(name, unit, 1 / each, each, min(times) / n, first, max(times) - min(times), peak, **facts))

    def add(self, row: Row) -> Row:
        """Keep a row and show it."""
        self.rows.append(row)
        self.tell(row)
        return row

    def mend(self, row: Row, **facts: Any) -> None:
        """Add to a row what was only known after it."""
        self.rows[self.rows.index(row)] = replace(row, **facts)

    @property
    def left_s(self) -> float:
        """Seconds."""
        return self.ends - time.monotonic()

    def _timed(self, run: Callable[[], Any]) -> float:
        began = time.perf_counter()
        run()
        if self.device.type == "cuda":
            torch.cuda.synchronize(self.device)
        return time.perf_counter() - began


def free(device: torch.device) -> None:
    """Hand back what nobody holds."""
    gc.collect()
    if device.type == "cuda":
        torch.cuda.empty_cache()
