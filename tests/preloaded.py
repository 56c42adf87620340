"""Processes of Python that begin with their modules loaded: one that has loaded them forks a copy of itself for whoever asks.

Tests start workers by the dozen, to kill them; what takes longest is loading the modules, two seconds each time, and that is not what they
are about. A copy has its own arguments, environment, folder and pipes, runs a module as `python -m` does, and can be killed.

python -m tests.preloaded <socket> <modules …>
"""

import ctypes
import gc
import importlib
import json
import os
import runpy
import select
import signal
import socket
import subprocess
import sys
import threading
import warnings
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).parents[1]
LOADED = (
    "studio.cli.make",
    "studio.wiring",
    "tests.models.replicate.buyer",
    "tests.studio.jobs.ad_worker",
    "tests.studio.command_lines",
    "tests.studio.jobs.provider",
    "tests.studio.jobs.worker_process",
    "tests.studio.jobs.written_ad",
)
"""They bring all others along."""

ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "OPENCV_FOR_THREADS_NUM"), "1")
"""Environment in which numpy, OpenCV and torch start no threads when they are loaded."""


class Started:
    """A process that runs a module; used as subprocess.Popen is, which has text pipes for `stdin` and `stdout`."""

    def __init__(self, told: socket.socket, pid: int, stdin: IO[str], stdout: IO[str]) -> None:
        self._told = told
        self.pid = pid
        self.stdin, self.stdout = stdin, stdout
        self.returncode: int | None = None

    def wait(self, timeout: float | None = None) -> int:
        """Its exit status; negative where a signal ended it. Raises subprocess.TimeoutExpired after `timeout` seconds."""
        if self.returncode is None:
            if not select.select([self._told], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired(str(self.pid), timeout or 0)
            self.returncode = int(self._told.recv(16) or -signal.SIGKILL)
            self._told.close()
        return self.returncode

    def poll(self) -> int | None:
        if self.returncode is None and select.select([self._told], [], [], 0)[0]:
            self.wait()
        return self.returncode

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def close(self) -> None:
        """Kill it if it is still there, and close its pipes."""
        self.kill()
        self.wait(60)
        self.stdin.close()
        self.stdout.close()


def start(module: str, *arguments: str, cwd: Path = ROOT, env: Mapping[str, str] | None = None, stderr: IO[str] | None = None) -> Started:
    """`python -m module *arguments`. It ends with this process at the latest. env: instead of this one's; stderr: instead of this one's."""
    asked = {"module": module, "arguments": arguments, "cwd": str(cwd), "env": dict(os.environ if env is None else env)}
    ours, theirs = socket.socketpair()
    typed, stdin = os.pipe()
    stdout, said = os.pipe()
    try:
        with _LOCK:
            control = _server()
            socket.send_fds(control, [json.dumps(asked).encode() + b"\n"], [theirs.fileno(), typed, said, stderr.fileno() if stderr else 2])
    finally:
        theirs.close()
        os.close(typed)
        os.close(said)
    pid = ours.recv(16)
    assert pid, "the server of copies is gone; what it said stands above"
    return Started(ours, int(pid), os.fdopen(stdin, "w"), os.fdopen(stdout))


_LOCK = threading.Lock()


@cache
def _server() -> socket.socket:
    """Where to ask; the one that answers ends when this socket is closed."""
    ours, theirs = socket.socketpair()
    command = [sys.executable, "-m", "tests.preloaded", str(theirs.fileno()), *LOADED]
    env = {**ONE_THREAD, **os.environ}
    subprocess.Popen(command, cwd=ROOT, env=env, pass_fds=[theirs.fileno()], preexec_fn=_die_with_parent)
    theirs.close()
    return ours


def _die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG


def _forked(control: socket.socket) -> dict[str, Any] | None:
    """What a copy is to do; in the server itself nothing, once nobody can ask any more."""
    children: dict[int, socket.socket] = {}
    ended, woken = os.pipe()
    os.set_blocking(ended, False)
    os.set_blocking(woken, False)
    signal.signal(signal.SIGCHLD, lambda number, frame: None)
    signal.set_wakeup_fd(woken)
    while True:
        ready = select.select([control, ended], [], [])[0]
        if ended in ready:
            os.read(ended, 1 << 12)
            while children and (one := os.waitpid(-1, os.WNOHANG))[0]:
                told = children.pop(one[0])
                with suppress(OSError):  # whoever asked does not wait for its end
                    told.send(str(os.waitstatus_to_exitcode(one[1])).encode())
                told.close()
        if control in ready:
            line, fds = _request(control)
            if not line:
                return None
            told = socket.socket(fileno=fds[0])
            pid = os.fork()
            if pid == 0:
                signal.set_wakeup_fd(-1)
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                _die_with_parent()
                for one in (control, told, *children.values()):
                    one.close()
                for fd in (ended, woken):
                    os.close(fd)
                for number, fd in enumerate(fds[1:]):
                    os.dup2(fd, number)
                    os.close(fd)
                return dict(json.loads(line))
            children[pid] = told
            for fd in fds[1:]:
                os.close(fd)
            told.send(str(pid).encode())


def _request(control: socket.socket) -> tuple[bytes, Sequence[int]]:
    line, fds = b"", []
    while not line.endswith(b"\n"):
        part, came, _, _ = socket.recv_fds(control, 1 << 16, 4)
        if not part:
            return b"", []
        line, fds = line + part, fds + list(came)
    return line, fds


def main(control: str, *modules: str) -> None:
    for name in modules:
        importlib.import_module(name)
    assert len(os.listdir("/proc/self/task")) == 1 if sys.platform == "linux" else True, "a thread would be missing in every copy"
    gc.collect()
    gc.freeze()  # what is never looked at is never copied
    asked = _forked(socket.socket(fileno=int(control)))
    if asked is None:
        return
    os.chdir(asked["cwd"])
    os.environ.clear()
    os.environ.update(asked["env"])
    sys.stdin = open(0, closefd=False)  # noqa: SIM115 - as long as the process lives
    sys.stdout = open(1, "w", buffering=1, closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", buffering=1, errors="backslashreplace", closefd=False)  # noqa: SIM115
    sys.argv = [asked["module"], *asked["arguments"]]
    warnings.filterwarnings("ignore", module="runpy")  # it is loaded already: that is the point
    runpy.run_module(asked["module"], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
