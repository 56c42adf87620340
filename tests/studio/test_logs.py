"""The log: its lines in both shapes, its fields, its days, and what it must never say."""

import json
import logging
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from openai import OpenAI
from pydantic import SecretStr

from studio import logs
from studio.errors import StoreError
from studio.settings import Settings
from tests.chat_server import ChatServer

log = logging.getLogger("studio.tests")
ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    for handler in root.handlers[:]:
        root.removeHandler(handler)
        if handler not in handlers:
            handler.close()
    for handler in handlers:
        root.addHandler(handler)
    root.setLevel(level)


def lines(folder: Path) -> list[str]:
    (file,) = folder.glob("studio-*.log")
    return file.read_text().splitlines()


def settings(folder: Path, **values: object) -> Settings:
    return Settings(_env_file=None, log_dir=folder, data_dir=folder / "data", **values)  # type: ignore[arg-type, call-arg]


def test_a_line_of_json_bears_the_fields_of_where_it_was_written(tmp_path: Path) -> None:
    logs.begin(settings(tmp_path, log_format="json"))
    with logs.bound(job="j1", user="u1"):
        log.info("Job begun.", extra={"kind": "15 s"})
        with logs.bound(job="j1:visuals:0"):
            log.warning("Slow.")
    log.info("Outside.")
    first, second, third = (json.loads(line) for line in lines(tmp_path))
    assert (first["message"], first["level"], first["job"], first["user"], first["kind"]) == ("Job begun.", "INFO", "j1", "u1", "15 s")
    assert first["time"].endswith("+00:00")
    assert (second["job"], second["user"]) == ("j1:visuals:0", "u1")
    assert "job" not in third


def test_threads_keep_their_fields_to_themselves(tmp_path: Path) -> None:
    logs.begin(settings(tmp_path, log_format="json"))
    both = threading.Barrier(2)

    def work(name: str) -> None:
        with logs.bound(job=name):
            both.wait(120)
            log.info("here", extra={"said_by": name})

    threads = [threading.Thread(target=work, args=(name,)) for name in ("a", "b")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(line["job"] == line["said_by"] for line in map(json.loads, lines(tmp_path)))


def test_a_line_of_text_stays_one_line(tmp_path: Path) -> None:
    logs.begin(settings(tmp_path))
    with logs.bound(user="u 1"):
        log.info("one\n2026-01-01 00:00:00.000 INFO forged: two")
    (line,) = lines(tmp_path)
    assert "one\\n2026" in line
    assert line.endswith('user="u 1"')


@pytest.mark.parametrize("shape", ["text", "json"])
def test_secrets_are_blotted_out_wherever_they_turn_up(tmp_path: Path, shape: str) -> None:
    held = settings(
        tmp_path,
        log_format=shape,
        openai_api_key=SecretStr("sk-very-secret-key"),
        secret_key=SecretStr("s3cret" * 8),
        database_url=SecretStr("postgresql://me:open-sesame@db.example/ads"),
        openai_base_url="https://ada:knock-knock@proxy.example/v1",
        tts_base_url="https://ada:kn%2Fock-in@proxy.example:none/v1",  # no port is called so, which must not end the program here
    )
    logs.begin(held)
    log.warning("Asked https://ada:knock-knock@proxy.example/v1/chat and https://ada:kn%2Fock-in@proxy.example:none/v1.")
    log.info("Sent %s.", "sk-very-secret-key", extra={"header": "Bearer sk-very-secret-key"})
    try:
        raise RuntimeError("postgresql://me:open-sesame@db.example/ads refused " + "s3cret" * 8)
    except RuntimeError:
        log.exception("Broke")
    said = "\n".join(lines(tmp_path))
    assert "Broke" in said
    assert "RuntimeError" in said
    assert not any(secret in said for secret in ("very-secret", "open-sesame", "s3crets3cret", "knock-knock", "ock-in"))


def test_what_the_clients_of_providers_send_is_not_in_the_log_even_at_debug(tmp_path: Path) -> None:
    """The real client: it changed the HTTP library that it logs through once already."""
    server = ChatServer()
    logs.begin(settings(tmp_path, log_level="DEBUG"))
    with OpenAI(api_key="sk-very-secret-key", base_url=server.url) as client:
        client.chat.completions.create(model="m", messages=[{"role": "user", "content": "a prompt of somebody's"}])
    server.http.shutdown()
    server.http.server_close()
    log.info("Ready.")
    assert [line for line in lines(tmp_path) if "Ready." not in line] == []


def test_days_are_files_and_old_ones_go(tmp_path: Path) -> None:
    for day in ("2019-01-01", "2026-01-01"):
        (tmp_path / f"studio-{day}.log").write_text("old")
    (tmp_path / "studio-notes.log").write_text("somebody's own")
    file = logs.DailyFile(tmp_path)
    assert sorted(p.name for p in tmp_path.iterdir())[-1] == "studio-notes.log"
    assert len(list(tmp_path.iterdir())) == 2
    today = logging.makeLogRecord({"msg": "today"})
    tomorrow = logging.makeLogRecord({"msg": "tomorrow", "created": today.created + 86400})
    file.emit(today)
    file.emit(tomorrow)
    file.emit(today)  # a line that comes late stays where the log is
    file.close()
    assert [p.read_text() for p in sorted(tmp_path.glob("studio-20*.log"))] == ["today\n", "tomorrow\ntoday\n"]


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="LOG_DIR"):
        logs.begin(settings(tmp_path / "file"))


def test_processes_share_a_folder(tmp_path: Path) -> None:
    script = (
        "import logging, sys; from pathlib import Path; from studio import logs; from studio.settings import Settings\n"
        "logs.begin(Settings(_env_file=None, log_dir=Path(sys.argv[1]), log_format='json'))\n"
        "for i in range(300): logging.getLogger('x').info('line %d', i)"
    )
    both = [subprocess.Popen([sys.executable, "-c", script, str(tmp_path)], cwd=ROOT, stderr=subprocess.DEVNULL) for _ in range(2)]
    assert [process.wait(240) for process in both] == [0, 0]
    assert len([json.loads(line) for line in lines(tmp_path)]) == 600


def test_a_command_that_speaks_is_not_talked_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    logs.begin(settings(tmp_path), speaking=True)
    log.info("routine")
    log.warning("look here")
    assert "routine" not in capsys.readouterr().err
    assert any("routine" in line for line in lines(tmp_path))
