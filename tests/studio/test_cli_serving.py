"""`serve` and `worker` as processes: they start, say so, refuse in one sentence, and stop in order when told to."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PATIENCE_S = 240.0


class Processes:
    """Commands of one installation, ended with the test."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.started: list[subprocess.Popen[str]] = []

    def start(self, *args: str) -> "subprocess.Popen[str]":
        env = {**os.environ, "PYTHONPATH": str(ROOT), "DATA_DIR": str(self.folder / "data"), "CACHE_DIR": str(self.folder / "cache")}
        log = (self.folder / f"{len(self.started)}.log").open("w")
        command = [sys.executable, "-m", "studio", *args]
        self.started.append(subprocess.Popen(command, cwd=self.folder, env=env, stdout=log, stderr=log, text=True))
        return self.started[-1]

    def said(self, process: "subprocess.Popen[str]") -> str:
        return (self.folder / f"{self.started.index(process)}.log").read_text()

    def wait_for(self, process: "subprocess.Popen[str]", words: str) -> None:
        ends = time.monotonic() + PATIENCE_S
        while words not in self.said(process):
            assert time.monotonic() < ends, self.said(process)
            assert process.poll() is None, self.said(process)
            time.sleep(0.1)


@pytest.fixture
def processes(tmp_path: Path) -> Iterator[Processes]:
    opened = Processes(tmp_path)
    yield opened
    for process in opened.started:
        process.kill()
        process.wait()


def test_one_worker_for_a_sqlite_database(processes: Processes) -> None:
    first = processes.start("worker", "--queues", "generations,sound")
    processes.wait_for(first, "takes work from generations, sound")
    second = processes.start("worker")
    assert second.wait(PATIENCE_S) == 1
    assert "Error: Another process already runs the jobs of this database" in processes.said(second)
    assert "Traceback" not in processes.said(second)
    first.send_signal(signal.SIGTERM)
    assert first.wait(PATIENCE_S) == 0, processes.said(first)
    assert "Stopped." in processes.said(first)


@pytest.mark.slow
def test_the_page_is_served_until_it_is_told_to_stop(processes: Processes) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    web = processes.start("serve", "--port", str(port))
    processes.wait_for(web, f"http://127.0.0.1:{port}")
    ends = time.monotonic() + PATIENCE_S
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/health", timeout=5) as answer:
                assert answer.status == 200
            break
        except OSError:
            assert time.monotonic() < ends, processes.said(web)
            time.sleep(0.1)
    web.send_signal(signal.SIGTERM)
    assert web.wait(PATIENCE_S) == 0, processes.said(web)
    said = processes.said(web)
    assert "Worker started." in said
    assert "Worker stopped." in said
    assert "Traceback" not in said


def test_arguments_that_make_no_sense(processes: Processes) -> None:
    for args, words in ((("worker", "--queues", "clips,tea"), "tea is no queue"), (("serve", "--port", "0"), "1 to 65535")):
        process = processes.start(*args)
        assert process.wait(PATIENCE_S) == 2
        assert words in processes.said(process)
