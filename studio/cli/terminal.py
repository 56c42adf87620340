"""What a person at a terminal sees and may do while an ad is made: a bar, and Ctrl-C."""

import select
import signal
import sys
import threading
from collections.abc import Callable
from types import FrameType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal

    from rich.console import Console

    from pipelines.progress import Progress


class Bar:
    """A progress bar on a terminal, a line per step elsewhere; a context manager that gives the callback."""

    def __init__(self, console: "Console") -> None:
        from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
        from rich.progress import Progress as RichBar

        self.console = console
        self.bar = RichBar(
            TextColumn("{task.percentage:>3.0f}%"),
            BarColumn(40),
            TimeElapsedColumn(),
            TextColumn("{task.description}", markup=False),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self.last = ""

    def __enter__(self) -> "Callable[[Progress], None]":
        self.bar.start()
        self.task = self.bar.add_task("Starting", total=100)
        return self.show

    def show(self, progress: "Progress") -> None:
        """One progress event."""
        self.bar.update(self.task, completed=progress.percent, description=progress.text)
        if not self.console.is_terminal and progress.step != self.last:
            self.last = progress.step
            self.console.print(f"{progress.percent:3.0f}%  {progress.text}", markup=False, highlight=False)

    def __exit__(self, *_: object) -> None:
        self.bar.stop()


def say_paid(console: "Console", paid: "Decimal") -> None:
    """Of what ends before it is made: what it has cost, or may have. paid: US dollars."""
    from studio.store.money import dollars_at_most

    if paid:
        console.print(f"What was made until then did cost up to {dollars_at_most(paid)}.", highlight=False, soft_wrap=True)


class StopOnSignal:
    """Ctrl-C and SIGTERM ask the run to stop and let it clean up; a second Ctrl-C interrupts at once."""

    def __init__(self, cancel: threading.Event) -> None:
        self.cancel = cancel

    def __enter__(self) -> None:
        self.before = {s: signal.signal(s, self._stop) for s in (signal.SIGINT, signal.SIGTERM)}

    def _stop(self, number: int, frame: FrameType | None) -> None:
        if self.cancel.is_set():
            raise KeyboardInterrupt
        self.cancel.set()

    def __exit__(self, *_: object) -> None:
        for number, handler in self.before.items():
            signal.signal(number, handler)


def nobody_reads() -> bool:
    """Whether standard output goes to a pipe whose reader has gone, as `head` goes when it has enough."""
    poll = select.poll()
    poll.register(sys.stdout.fileno(), 0)
    return any(event & select.POLLERR for _, event in poll.poll(0))
