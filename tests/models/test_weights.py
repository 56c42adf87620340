"""Weights: what counts as there, what a pull does when the world misbehaves, and the gate of licences. A real hub client on loopback."""

import json
import re
import shutil
import subprocess
import sys
from collections import namedtuple
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from models import __main__ as command
from models import catalog, pulling
from models.backends import BackendConfig
from models.catalog.row import ModelRow, Weights
from models.devices import Device
from models.errors import DiskFull, ModelBusy, ModelError, ModelFailed, ModelRefused, ModelUnavailable, ModelUnreachable
from models.hub import Hub
from models.licences import records
from models.pulling import pull
from models.verifying import remember, verify
from models.weights import MANIFEST, PULLING, folder_of, hash_of, why_missing
from tests.models.hub_server import COMMIT, HubServer

BIG = bytes(range(256)) * 400
FILES = {
    "model_index.json": b'{"_class_name": "X", "unet": ["diffusers", "U"], "extra": [null, null]}',
    "unet/model.safetensors": BIG,
    "unet/config.json": b"{}",
    ".gitattributes": b"*.safetensors lfs",
    "samples/huge.png": b"x" * 9000,
}
ROW = ModelRow(
    "maker/model", ("image",), "none", "A model", "Apache-2.0", weights=Weights("maker/model", "main", ("*.json", "unet/*"), gigabytes=0.1)
)
RESTRICTED = replace(ROW, id="maker/restricted", licence="CC-BY-NC-4.0", commercial=False, terms="no advertising")


@pytest.fixture
def server() -> Iterator[HubServer]:
    made = HubServer(dict(FILES))
    yield made
    made.close()


@pytest.fixture
def hub(server: HubServer) -> Iterator[Hub]:
    made = Hub(server.url, timeout_s=5)
    yield made
    made.close()


@pytest.fixture
def config(tmp_path: Path) -> BackendConfig:
    return BackendConfig(tmp_path / "cache", weights_dir=tmp_path / "weights", loras_dir=tmp_path / "loras")


def fetch(row: ModelRow, config: BackendConfig, hub: Hub) -> tuple[Path, list[float]]:
    slept: list[float] = []
    return pull(row, config, hub, sleep=slept.append), slept


def test_a_pull_brings_what_the_row_needs_and_nothing_else(config: BackendConfig, hub: Hub) -> None:
    assert "is not downloaded" in why_missing(ROW, config)
    assert "python -m models pull maker/model" in why_missing(ROW, config)
    folder, _ = fetch(ROW, config, hub)
    assert (folder / "unet/model.safetensors").read_bytes() == BIG
    assert not (folder / "samples").exists()
    assert not (folder / ".gitattributes").exists()
    assert not (folder / PULLING).exists()
    assert json.loads((folder / MANIFEST).read_text())["revision"] == COMMIT
    assert why_missing(ROW, config) == ""


def test_a_cut_download_goes_on_where_it_broke(config: BackendConfig, hub: Hub, server: HubServer) -> None:
    server.cut_after["unet/model.safetensors"] = [50_000, 20_000]
    folder, _ = fetch(ROW, config, hub)
    asked = [r for name, r in server.ranges if name == "unet/model.safetensors"]
    assert asked == ["", "bytes=50000-", "bytes=70000-"]
    assert (folder / "unet/model.safetensors").read_bytes() == BIG


def test_another_process_goes_on_too_and_until_then_nothing_counts(config: BackendConfig, hub: Hub, server: HubServer) -> None:
    server.cut_after["unet/model.safetensors"] = [60_000] + [0] * 20
    with pytest.raises(ModelUnreachable, match="what has arrived is kept"):
        fetch(ROW, config, hub)
    folder = folder_of(ROW, config)
    assert not (folder / "unet/model.safetensors").exists()
    assert "not downloaded to the end" in why_missing(ROW, config)
    server.cut_after.clear()
    server.ranges.clear()
    again = Hub(server.url)
    fetch(ROW, config, again)
    again.close()
    assert server.ranges == [("unet/model.safetensors", "bytes=60000-"), ("unet/config.json", "")]
    assert why_missing(ROW, config) == ""


@pytest.mark.parametrize("name", ["unet/model.safetensors", "unet/config.json"], ids=["large file", "small file"])
def test_a_wrong_hash_never_counts(name: str, config: BackendConfig, hub: Hub, server: HubServer) -> None:
    server.spoiled = [name]
    folder, _ = fetch(ROW, config, hub)  # once: it is fetched again
    assert (folder / name).read_bytes() == FILES[name]
    (folder / name).unlink()
    server.spoiled = [name, name]
    with pytest.raises(ModelFailed, match="another hash"):
        fetch(ROW, config, hub)
    assert not (folder / name).exists()
    assert why_missing(ROW, config) != ""


@pytest.mark.parametrize(
    ("status", "code", "error", "words"),
    [
        (404, "RepoNotFound", ModelUnavailable, "The hub has no maker/model at main"),
        (401, "GatedRepo", ModelRefused, "accept it there with your account, then set HF_TOKEN"),
        (403, "GatedRepo", ModelRefused, "accepted its licence"),
        (401, "RepoNotFound", ModelRefused, "it is private, or there is none"),
        (429, "", ModelBusy, "again in 7 s"),
        (503, "", ModelUnreachable, "HTTP 503"),
        (400, "", ModelUnavailable, "HTTP 400"),
    ],
)
def test_what_the_hub_refuses_is_said(
    status: int, code: str, error: type[Exception], words: str, config: BackendConfig, hub: Hub, server: HubServer
) -> None:
    server.status, server.code, server.headers = status, code, {"Retry-After": "7"}
    with pytest.raises(error, match=words):
        fetch(ROW, config, hub)
    assert why_missing(ROW, config) != ""


def test_an_address_that_is_no_hub_is_said(config: BackendConfig) -> None:
    nobody = Hub("http://127.0.0.1:9", timeout_s=1)
    with pytest.raises(ModelUnreachable, match="check network and HF_ENDPOINT"):
        fetch(ROW, config, nobody)
    nobody.close()
    for address in ("nonsense", "ftp://hub.example"):
        nowhere = Hub(address)
        with pytest.raises(ModelUnavailable, match="is no address; it begins with https://"):
            fetch(ROW, config, nowhere)
        nowhere.close()


def test_a_password_in_the_address_of_a_mirror_is_said_to_nobody(config: BackendConfig, server: HubServer) -> None:
    mirror = Hub(server.url.replace("http://", "http://ada:hush@"), timeout_s=5)
    for server.status in (404, 403, 503):
        with pytest.raises(ModelError) as caught:
            fetch(ROW, config, mirror)
        assert "hush" not in str(caught.value)
    mirror.close()


def test_the_key_is_sent_and_a_hub_without_one_gets_none(config: BackendConfig, server: HubServer) -> None:
    keyed = Hub(server.url, token="hf_secret")
    fetch(ROW, config, keyed)
    keyed.close()
    assert set(server.keys) == {"Bearer hf_secret"}


def test_too_little_disk_is_said_before_anything_is_fetched(
    config: BackendConfig, hub: Hub, server: HubServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(pulling.shutil, "disk_usage", lambda path: usage(10, 9, 1))
    with pytest.raises(DiskFull, match="Make room, or set WEIGHTS_DIR"):
        fetch(ROW, config, hub)
    assert server.ranges == []


def test_a_disk_that_fills_on_the_way_is_said(config: BackendConfig, hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pulling.os, "fsync", full)
    with pytest.raises(DiskFull, match="what has arrived is kept"):
        fetch(ROW, config, hub)
    assert "not downloaded to the end" in why_missing(ROW, config)


def test_a_repository_cannot_write_outside_its_folder(config: BackendConfig, hub: Hub, server: HubServer) -> None:
    server.files["/tmp/escaped.json"] = b"x"
    with pytest.raises(ModelUnavailable, match="outside its folder"):
        fetch(ROW, config, hub)
    assert server.ranges == []


def test_a_folder_put_there_by_hand_counts_when_it_is_whole(config: BackendConfig) -> None:
    folder = folder_of(ROW, config)
    (folder / "unet").mkdir(parents=True)
    (folder / "model_index.json").write_bytes(FILES["model_index.json"])
    assert "no unet/*" in why_missing(ROW, config)
    index = folder / "unet/model.safetensors.index.json"
    index.write_text(json.dumps({"weight_map": {"a": "one.safetensors", "b": "two.safetensors"}}))
    (folder / "unet/one.safetensors").write_bytes(b"1")
    assert "unet/two.safetensors is missing" in why_missing(ROW, config)
    (folder / "unet/two.safetensors").write_bytes(b"2")
    assert why_missing(ROW, config) == ""
    shutil.move(folder / "unet", folder / "elsewhere")
    assert "no unet/*" in why_missing(ROW, config)


def test_verify_finds_one_changed_bit_and_a_pull_repairs_it(config: BackendConfig, hub: Hub, server: HubServer) -> None:
    folder, _ = fetch(ROW, config, hub)
    path = folder / "unet/model.safetensors"
    assert verify(ROW, config).right
    stat = path.stat()
    path.write_bytes(b"\x01" + BIG[1:])
    pulling.os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))  # as a failing disk does it: nothing tells but the content
    found = verify(ROW, config)
    assert not found.right
    assert "unet/model.safetensors is not what was downloaded" in found.sentences[0]
    server.ranges.clear()
    fetch(ROW, config, hub)
    assert server.ranges == [("unet/model.safetensors", "")]
    assert server.revisions == ["main", COMMIT]  # the very files that were there, whatever main is by now
    assert verify(ROW, config).right


def test_a_hash_is_counted_once_and_again_when_the_file_changes(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"one")
    first = hash_of(path)
    assert (tmp_path / ".a.sha256").read_text().startswith(first)
    path.write_bytes(b"another")
    assert hash_of(path) != first


def test_what_was_put_there_by_hand_is_never_called_downloaded(config: BackendConfig) -> None:
    folder = folder_of(ROW, config)
    (folder / "unet").mkdir(parents=True)
    for name in ("model_index.json", "unet/model.safetensors"):
        (folder / name).write_bytes(b"{}")
    remember(ROW, config)
    assert verify(ROW, config).sentences == ("maker/model: all 2 files are what was written down.",)
    (folder / "unet/model.safetensors").write_bytes(b"[]")
    assert "is not what was written down" in verify(ROW, config).sentences[0]


def test_a_restricted_model_stays_shut_until_it_is_accepted_by_name(config: BackendConfig, hub: Hub, server: HubServer) -> None:
    with pytest.raises(ModelUnavailable, match="ACCEPTED_LICENCES"):
        fetch(RESTRICTED, config, hub)
    assert server.keys == []  # the hub was not even asked
    accepted = replace(config, accepted=frozenset({RESTRICTED.id}))
    fetch(RESTRICTED, accepted, hub)
    assert why_missing(RESTRICTED, accepted) == ""
    record = records(config)[RESTRICTED.id]
    assert record["licence"] == "CC-BY-NC-4.0"
    assert record["by"] == "ACCEPTED_LICENCES"
    assert "ACCEPTED_LICENCES" in why_missing(replace(RESTRICTED, licence="Something stricter"), config)


def test_the_commands(server: HubServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    on_top = replace(RESTRICTED, id="maker/adapter", weights=Weights("maker/model", "main", ("unet/*",), base="maker/model"))
    monkeypatch.setattr(catalog, "CATALOG", (ROW, on_top))
    monkeypatch.setattr(catalog, "row", lambda name: {row.id: row for row in (ROW, on_top)}[name])
    monkeypatch.setenv("WEIGHTS_DIR", str(tmp_path / "w"))
    monkeypatch.setenv("LORAS_DIR", str(tmp_path / "l"))
    monkeypatch.setenv("HF_ENDPOINT", server.url)

    assert command.main(["pull", "maker/none"]) == 1
    assert "There is no model 'maker/none'" in capsys.readouterr().err
    assert command.main(["pull", "maker/adapter"]) == 1
    said = capsys.readouterr()
    assert "CC-BY-NC-4.0" in said.out
    assert "--accept-licence" in said.err
    assert server.keys == []

    assert command.main(["pull", "maker/adapter", "--accept-licence"]) == 0
    said = capsys.readouterr()
    assert said.out.index("maker/model is ready") < said.out.index("maker/adapter is ready")
    assert command.main(["verify"]) == 0
    assert "all 3 files are what was downloaded" in capsys.readouterr().out

    assert command.main(["where", "maker/adapter"]) == 0
    folder = Path(capsys.readouterr().out.strip())
    (folder / "unet/config.json").unlink()
    assert command.main(["list", "--json"]) == 0
    first, second = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert first["here"] == "ready"
    assert "unet/config.json is missing" in second["here"]
    assert second["terms"] == "no advertising"
    assert command.main(["verify", "maker/adapter"]) == 1
    monkeypatch.setattr("models.weight_commands.choose", lambda config: Device("", "", why_not="There is no graphics card here."))
    assert command.main(["list"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert any(re.fullmatch(r"maker/adapter .*unet/config.json is missing.*", line) for line in told)  # whole on a line, however narrow
    assert "There is no graphics card here." in told
    assert any(line == "CC-BY-NC-4.0 (maker/adapter): no advertising." for line in told)  # and of nobody else under a licence of that name


def test_a_list_that_nobody_reads_to_its_end_is_no_error() -> None:
    listing = subprocess.Popen([sys.executable, "-m", "models", "list", "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert listing.stdout is not None
    listing.stdout.close()
    _, said = listing.communicate(timeout=60)
    assert (listing.returncode, said) == (0, b"")
