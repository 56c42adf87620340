"""A web or worker process of the drill, which can be killed, stopped and started again. Knows nothing of what is done with it."""

import signal
import subprocess
import sys
import threading
from concurrent.futures import Future
from pathlib import Path

from benchmarks.drill_proxy import free_port

ROOT = Path(__file__).parents[1]
START_S = 300.0  # for a start beside others on a slow machine


class Process:
    """One process of the house, started again whenever it is gone."""

    def __init__(self, role: str, environment: dict[str, str], log: Path) -> None:
        self.role, self._environment, self._log = role, environment, log
        self.port = free_port() if role == "web" else 0
        self.start()

    def start(self) -> None:
        """Returns at once; `ready` waits."""
        command = [sys.executable, "-m", "benchmarks.drill_house", self.role, *([str(self.port)] if self.port else [])]
        with self._log.open("a") as log:
            self.process = subprocess.Popen(command, cwd=ROOT, env=self._environment, stdout=subprocess.PIPE, stderr=log, text=True)
        self._said: Future[str] = Future()
        threading.Thread(target=_first_line, args=(self.process, self._said), daemon=True).start()

    @property
    def id(self) -> str:
        """What it works under; empty until it serves, or takes work."""
        return self._said.result() if self._said.done() else ""

    def ready(self, patience_s: float = START_S) -> None:
        """Until it serves, or takes work, or has ended. Raises TimeoutError."""
        self._said.result(patience_s)

    @property
    def gone(self) -> bool:
        return self.process.poll() is not None

    def end(self) -> None:
        """For good."""
        if not self.gone:
            self.process.kill()
            self.process.send_signal(signal.SIGCONT)
        self.process.wait(timeout=60)
        if self.process.stdout:
            self.process.stdout.close()


def _first_line(process: subprocess.Popen[str], said: "Future[str]") -> None:
    """One reader for each process: two that wait for the same line would leave one of them waiting for ever."""
    assert process.stdout is not None
    try:
        said.set_result(process.stdout.readline().strip())
    except ValueError:  # closed at the end
        said.set_result("")
