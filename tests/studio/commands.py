"""Commands of `python -m studio`, one after the other in one process: each begins at the beginning, but Python and its modules, which
take two seconds, are loaded once for all."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]

PROCESS = """
import contextlib, io, json, os, sys
from studio.cli import main
asked, told = sys.stdin, sys.stdout
for line in asked:
    args, environment, typed = json.loads(line)
    os.environ.update(environment)
    sys.stdin, out, said = io.StringIO(typed), io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(said):
        try:
            code = main(args)
        except SystemExit as end:
            code = end.code
    print(json.dumps([code, out.getvalue(), said.getvalue()]), file=told, flush=True)
"""


class Commands:
    """The process, at work in `folder`."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        env = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        self._process = subprocess.Popen([sys.executable, "-c", PROCESS], cwd=folder, env=env, **pipes)  # type: ignore[call-overload]

    def run(self, *args: str, typed: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
        """What `python -m studio *args` says. environment: differs from now on. typed: what its standard input holds."""
        self._process.stdin.write(json.dumps([args, environment, typed]) + "\n")
        self._process.stdin.flush()
        code, out, said = json.loads(self._process.stdout.readline())
        return subprocess.CompletedProcess(args, code, out, said)

    def close(self) -> None:
        self._process.stdin.close()
        self._process.wait(60)
        self._process.stdout.close()


@contextmanager
def commands(folder: Path, **environment: str) -> Iterator[Commands]:
    """A process for the commands of one test."""
    opened = Commands(folder, environment)
    try:
        yield opened
    finally:
        opened.close()
