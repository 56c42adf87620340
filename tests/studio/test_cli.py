"""The command line as people meet it: one sentence per mistake, an exit code, and nothing left behind."""

import os
import re
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from tests.studio.commands import Commands, commands
from tests.studio.renderers import rendering

ROOT = Path(__file__).parents[2]
PROMPT = "Create a luxury watch ad for Instagram"


def assert_one_sentence(answer: subprocess.CompletedProcess[str], *words: str) -> None:
    assert answer.returncode == 1, answer.stderr
    *steps, said = answer.stderr.strip().splitlines()
    assert all(re.match(r" *\d+%  \w|This ad may cost up to \$", line) for line in steps), answer.stderr  # and no stack trace
    assert said.startswith("Error: ")
    assert said.rstrip('"”').endswith((".", "?"))
    for word in words:
        assert word.lower() in said.lower()


MISTAKES: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("",), ("describe the ad",)),
    (("watch ad",), ("10",)),
    (("w" * 501,), ("500",)),
    (("Make a video",), ("product",)),
    ((PROMPT, "--aspect", "4:3"), ("9:16",)),
    ((PROMPT, "--duration", "17"), ("15", "30", "60")),
    ((PROMPT, "--framework", "XYZ"), ("PAS",)),
    ((PROMPT, "--colors", "#12345"), ("#12345",)),
    ((PROMPT, "--seed", "-1"), ("seed",)),
    ((PROMPT, "--brand", "B" * 41), ("40",)),
    ((PROMPT, "--product-image", "nowhere.png"), ("nowhere.png",)),
    ((PROMPT, "--short-side", "50"), ("120",)),
    ((PROMPT, "--style", "baroque"), ("luxury", "tech")),
    ((PROMPT, "--model", "image=nobody/v9"), ("image model", "product-studio/v1")),
    ((PROMPT, "--out", "ad.gif"), (".mp4",)),
    ((PROMPT, "--out", "a-file/ad.mp4"), ("a-file",)),
    ((PROMPT, "--out", "a-folder.mp4"), ("folder",)),
)
"""Arguments of `make`, and what the sentence says."""


@contextmanager
def at(folder: Path, **environment: str) -> Iterator[Commands]:
    """Commands given in `folder`."""
    with commands(folder, OUTPUT_DIR=str(folder / "output"), CACHE_DIR=str(folder / "cache"), **environment) as here:
        yield here


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[subprocess.CompletedProcess[str], bool]]:
    """What was said and whether the folder stayed as it was, for each of MISTAKES."""
    folder = tmp_path_factory.mktemp("mistakes")
    (folder / "a-file").write_text("x")
    (folder / "a-folder.mp4").mkdir()
    before = sorted(folder.rglob("*"))
    with at(folder) as here:
        return [(here.run("make", *args), sorted(folder.rglob("*")) == before) for args, _ in MISTAKES]


@pytest.mark.parametrize("number", range(len(MISTAKES)), ids=lambda n: " ".join(MISTAKES[n][0])[-40:])
def test_a_mistake_is_one_sentence_and_leaves_nothing(answers: list[tuple[subprocess.CompletedProcess[str], bool]], number: int) -> None:
    answer, untouched = answers[number]
    assert_one_sentence(answer, *MISTAKES[number][1])
    assert untouched


def test_what_nobody_reads_to_its_end_is_no_error() -> None:
    """As in `python -m studio schema | head`."""
    told = subprocess.Popen([sys.executable, "-m", "studio", "schema"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert told.stdout is not None
    told.stdout.close()
    _, said = told.communicate(timeout=120)
    assert (told.returncode, said) == (0, b"")


def test_an_absurd_image_is_refused_by_its_header(tmp_path: Path) -> None:
    (tmp_path / "text.png").write_text("no picture")
    with at(tmp_path) as here:
        assert_one_sentence(here.run("make", PROMPT, "--product-image", "text.png"), "product image", "PNG")
    assert [path.name for path in tmp_path.rglob("*")] == ["text.png"]


def test_recipe_of_something_else_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "ad.mp4").write_bytes(b"no video at all")
    with at(tmp_path) as here:
        assert_one_sentence(here.run("recipe", "ad.mp4"), "ad.mp4")
        assert_one_sentence(here.run("recipe", "missing.mp4"), "missing.mp4")


def test_doctor_prints_the_capability_card(tmp_path: Path) -> None:
    env = {**os.environ, "PYTHONPATH": str(ROOT), "CACHE_DIR": str(tmp_path / "cache"), "OPENAI_API_KEY": ""}
    answer = subprocess.run([sys.executable, "-m", "studio", "doctor"], cwd=tmp_path, env=env, capture_output=True, text=True, timeout=300)
    assert answer.returncode == 0, answer.stderr
    for words in ("makes finished ads", "built-in copywriter", "product-studio/v1", "sound-studio/v1", "cannot", "OPENAI_API_KEY"):
        assert words in answer.stdout


def test_a_refused_key_is_said_and_nothing_is_made(tmp_path: Path, refusing_llm: str) -> None:
    with at(tmp_path, OPENAI_API_KEY="sk-wrong", OPENAI_BASE_URL=refusing_llm) as here:
        assert_one_sentence(here.run("make", PROMPT), "OPENAI_API_KEY")
    assert not list(tmp_path.rglob("*.mp4"))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_leaves_nothing_behind(tmp_path: Path, number: signal.Signals) -> None:
    env = {**os.environ, "PYTHONPATH": str(ROOT), "CACHE_DIR": str(tmp_path / "cache"), "OPENAI_API_KEY": ""}
    args = [sys.executable, "-m", "studio", "make", PROMPT, "--short-side", "540", "--out", "out/ad.mp4"]
    child = subprocess.Popen(args, cwd=tmp_path, env=env, stderr=subprocess.PIPE, text=True)
    try:
        deadline = time.monotonic() + 240
        while not (workers := rendering(psutil.Process(child.pid))) and time.monotonic() < deadline:
            time.sleep(0.1)
        assert workers, "rendering should have begun in processes of its own"
        time.sleep(1.0)
        child.send_signal(number)
        _, said = child.communicate(timeout=120)
    finally:
        child.kill()
    assert child.returncode == 130
    assert "Cancelled" in said
    assert list((tmp_path / "out").iterdir()) == []
    _, alive = psutil.wait_procs(workers, timeout=60)
    assert alive == []


@pytest.mark.parametrize("full", ["out", "cache"])
def test_a_full_disk_is_one_sentence_and_leaves_no_file(tmp_path: Path, full: str) -> None:
    """A real full disk where the tests may mount one, a limit on the size of files elsewhere."""
    small = tmp_path / full
    small.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(small)], capture_output=True)
    limit = {} if mounted.returncode == 0 else {"preexec_fn": _files_of_a_megabyte}
    try:
        env = {**os.environ, "PYTHONPATH": str(ROOT), "CACHE_DIR": str(tmp_path / "cache"), "OPENAI_API_KEY": "", "WORKERS": "1"}
        args = [sys.executable, "-m", "studio", "make", PROMPT, "--short-side", "120", "--out", "out/ad.mp4"]
        answer = subprocess.run(args, cwd=tmp_path, env=env, capture_output=True, text=True, timeout=300, **limit)  # type: ignore[call-overload]
        assert_one_sentence(answer, "disk is full")
        assert not list((tmp_path / "out").rglob("*"))
    finally:
        if mounted.returncode == 0:
            subprocess.run(["umount", str(small)], check=True)


def _files_of_a_megabyte() -> None:
    """Without the right to mount: no file over a megabyte can be written, which the system reports as EFBIG."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))
