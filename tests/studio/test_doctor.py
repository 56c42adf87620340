"""The doctor finds what is wrong, says what to do, and touches nothing."""

import os
import subprocess
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import text

from models.backends import BackendConfig
from models.runtime import Runtime
from studio.jobs.leases import RunnerLock
from studio.services.doctor import Diagnosis, Finding, State, examine
from studio.settings import Settings
from studio.store.opening import open_store


def settings(folder: Path, **values: object) -> Settings:
    values = {"data_dir": folder / "data", "cache_dir": folder / "cache", "output_dir": folder / "output", "openai_api_key": None} | values
    return Settings(_env_file=None, **values)  # type: ignore[arg-type, call-arg]


def diagnosis(held: Settings) -> Diagnosis:
    runtime = Runtime(BackendConfig(cache_dir=held.cache_dir))
    try:
        return examine(held, runtime)
    finally:
        runtime.close()


def found(held: Settings, name: str) -> Finding:
    return next(f for f in diagnosis(held).findings if f.name == name)


def test_a_bare_machine_is_well_and_stays_bare(tmp_path: Path) -> None:
    told = diagnosis(settings(tmp_path))
    assert told.can_make_ads
    assert list(tmp_path.iterdir()) == []
    assert all(f.fix for f in told.findings if f.state is not State.OK)
    assert "OPENAI_API_KEY" in told.as_text()


def test_an_installation_in_use(tmp_path: Path, database_address: str) -> None:
    held = settings(tmp_path, database_url=SecretStr(database_address))
    open_store(held).close()
    assert found(held, "tables").state is State.OK
    assert found(held, "workers").state is State.NOTE
    if database_address.startswith("sqlite"):
        lock = RunnerLock(Path(database_address.removeprefix("sqlite:///")))
        lock.take()
        assert found(held, "workers").state is State.OK
        lock.give_up()
    else:
        assert "tests@" in found(held, "database").said


def test_a_database_of_a_newer_version_is_broken(tmp_path: Path) -> None:
    held = settings(tmp_path)
    store = open_store(held)
    with store.database.engine.execution_options(writing=True).begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    store.close()
    assert found(held, "tables").state is State.BROKEN
    assert not diagnosis(held).can_make_ads
    assert diagnosis(held).as_text().startswith("This installation cannot make ads")


@pytest.mark.parametrize(
    ("values", "name", "words"),
    [
        ({"database_url": SecretStr("postgresql://me:hush@127.0.0.1:1/x")}, "database", "DATABASE_URL"),
        ({"database_url": SecretStr("mysql://x")}, "database", "sqlite"),
        ({"media_url": "nope://bucket"}, "media folder", "MEDIA_URL"),
    ],
)
def test_what_is_set_up_wrongly_is_said(tmp_path: Path, values: dict[str, object], name: str, words: str) -> None:
    finding = found(settings(tmp_path, **values), name)
    assert finding.state is State.BROKEN
    assert words in finding.said + finding.fix
    assert "hush" not in finding.said


def test_a_full_disk_is_broken(tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(small)], capture_output=True).returncode:
        pytest.skip("mounting a small disk needs rights that this user does not have")
    try:
        disks = [f for f in diagnosis(settings(tmp_path, data_dir=small / "data")).findings if f.name == "disk"]
        assert {f.state for f in disks} >= {State.BROKEN}
    finally:
        subprocess.run(["umount", str(small)], check=True)


def test_open_doors_are_noticed(tmp_path: Path) -> None:
    held = settings(tmp_path)
    held.data_dir.mkdir()
    os.chmod(held.data_dir, 0o755)
    (held.data_dir / "secret").write_text("00" * 32)
    os.chmod(held.data_dir / "secret", 0o644)
    assert found(held, "signing secret").state is State.WARNING
    assert found(held, "data folder").fix == f"chmod 700 {held.data_dir}"
    os.chmod(held.data_dir / "secret", 0o600)
    os.chmod(held.data_dir, 0o700)
    assert found(held, "signing secret").state is State.OK
    assert all(f.name != "data folder" for f in diagnosis(held).findings)


def test_a_damaged_font_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.typefaces.FILES", tmp_path)
    finding = found(settings(tmp_path), "fonts")
    assert finding.state is State.BROKEN
    assert "jost-400.ttf" in finding.said
