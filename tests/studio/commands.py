"""Commands of `python -m studio`, one after the other in one process: each begins at the beginning, but Python and its modules, which
take two seconds, are loaded once for all."""

import json
import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.preloaded import ROOT, start


class Commands:
    """The process, at work in `folder`."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        env = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
        self._process = start("tests.studio.command_lines", cwd=folder, env=env)

    def run(self, *args: str, typed: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
        """What `python -m studio *args` says. environment: differs from now on. typed: what its standard input holds."""
        self._process.stdin.write(json.dumps([args, environment, typed]) + "\n")
        self._process.stdin.flush()
        code, out, said = json.loads(self._process.stdout.readline())
        return subprocess.CompletedProcess(args, code, out, said)

    def close(self) -> None:
        self._process.stdin.close()
        self._process.wait(60)
        self._process.close()


@contextmanager
def commands(folder: Path, **environment: str) -> Iterator[Commands]:
    """A process for the commands of one test."""
    opened = Commands(folder, environment)
    try:
        yield opened
    finally:
        opened.close()
