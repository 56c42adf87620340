"""Media in an S3 bucket, at a real server on this machine: the same contents, and one sentence for whatever is set up wrongly."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
import s3fs
from moto.server import ThreadedMotoServer

from models.backends import BackendConfig
from models.runtime import Runtime
from studio.errors import MediaMissing, StoreError
from studio.services.bucket_claim import CHORE, BucketClaim
from studio.services.chores import Chores
from studio.services.doctor import State, examine
from studio.services.leftovers import ORPHAN_S, Leftovers
from studio.settings import Settings
from studio.store.blobs import CHUNK, FETCHED, Blobs, blobs_at, digest
from studio.store.opening import Store, open_store
from studio.store.tables import User, new_id
from studio.store.times import utc_now

KEYS = {"AWS_ACCESS_KEY_ID": "tests", "AWS_SECRET_ACCESS_KEY": "tests", "AWS_DEFAULT_REGION": "us-east-1"}


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """Address of an S3 server with one bucket, "ads"."""
    opened = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    opened.start()
    host, port = opened.get_host_and_port()
    address = f"http://{host}:{port}"
    keys = {"aws_access_key_id": "tests", "aws_secret_access_key": "tests", "region_name": "us-east-1"}
    boto3.client("s3", endpoint_url=address, **keys).create_bucket(Bucket="ads")  # type: ignore[call-overload]
    yield address
    opened.stop()


@pytest.fixture(autouse=True)
def usual_settings(server: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name, value in {**KEYS, "AWS_ENDPOINT_URL": server, "AWS_EC2_METADATA_DISABLED": "true"}.items():
        monkeypatch.setenv(name, value)
    s3fs.S3FileSystem.clear_instance_cache()
    yield
    s3fs.S3FileSystem.clear_instance_cache()


@pytest.fixture
def film(tmp_path: Path) -> Path:
    file = tmp_path / "ad.mp4"
    file.write_bytes(os.urandom(2 * FETCHED + 12_345))
    return file


def objects() -> set[str]:
    return set(s3fs.S3FileSystem(skip_instance_cache=True).find("ads/films"))


def test_put_read_and_remove(film: Path) -> None:
    blobs = blobs_at("s3://ads/films")
    sha256, size = digest(film)
    assert not blobs.is_local
    assert not blobs.has(sha256)
    blobs.add(sha256, film)
    blobs.add(sha256, film)  # free
    assert objects() == {f"ads/films/{sha256[:2]}/{sha256}"}
    assert b"".join(blobs.read(sha256)) == film.read_bytes()
    for start, end in ((0, 1), (CHUNK - 3, CHUNK + 5), (FETCHED - 7, FETCHED + 9), (size - 4, None), (size - 4, size + 100), (size, None)):
        assert b"".join(blobs.read(sha256, start, end)) == film.read_bytes()[start:end]
    with blobs.local(sha256) as copy:
        assert copy.read_bytes() == film.read_bytes()
    blobs.remove(sha256)
    blobs.remove(sha256)
    assert objects() == set()
    with pytest.raises(MediaMissing):
        blobs.read(sha256)


def test_what_another_process_did_is_seen(film: Path) -> None:
    here, there = blobs_at("s3://ads/films"), Blobs(s3fs.S3FileSystem(skip_instance_cache=True), "ads/films")
    sha256, _ = digest(film)
    assert not here.has(sha256)
    assert list(here.listed()) == []
    there.add(sha256, film)
    assert here.has(sha256)
    assert [name for name, _ in here.listed()] == [sha256]
    there.remove(sha256)
    assert not here.has(sha256)


def test_a_store_with_its_media_in_a_bucket(film: Path, tmp_path: Path) -> None:
    settings = Settings(_env_file=None, data_dir=tmp_path / "data", media_url="s3://ads/films")  # type: ignore[call-arg]
    store = open_store(settings)
    owner = new_id()
    with store.database.writing() as session:
        session.add(User(id=owner, username="ada", username_key="ada", password_hash="x", created_at=utc_now()))
    twice = [store.media.put(film, owner_id=owner, kind="video", mime="video/mp4") for _ in range(2)]
    assert len(objects()) == 1
    store.media.remove([twice[0].id])
    assert b"".join(store.media.read(store.media.find(twice[1].id, owner_id=owner), 5, 9)) == film.read_bytes()[5:9]
    store.media.remove([twice[1].id])
    assert objects() == set()
    store.close()
    finding = next(f for f in examine(settings, Runtime(BackendConfig(cache_dir=tmp_path))).findings if f.name == "media folder")
    assert (finding.state, objects()) == (State.OK, set())


def test_contents_that_no_row_names_go_after_a_week_and_nobody_elses(
    film: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studio.services.leftovers.tempfile.gettempdir", lambda: str(tmp_path))  # a week from now others' would go, too
    settings = Settings(_env_file=None, data_dir=tmp_path / "data", media_url="s3://ads/films")  # type: ignore[call-arg]
    store, blobs = open_store(settings), blobs_at("s3://ads/films")
    owner, late = new_id(), [0.0]

    def leftovers(store: Store) -> Leftovers:
        return Leftovers(store.database, store.media, blobs, tmp_path / "data", (), now=lambda: time.time() + late[0])

    with store.database.writing() as session:
        session.add(User(id=owner, username="ada", username_key="ada", password_hash="x", created_at=utc_now()))
    kept = store.media.put(film, owner_id=owner, kind="video", mime="video/mp4")
    film.write_bytes(b"a content whose row never came")
    orphan, _ = digest(film)
    blobs.add(orphan, film)
    there = objects()
    assert leftovers(store).sweep() == (), "it may be on its way"
    owned = objects() - there
    assert owned == {"ads/films/owner"}
    late[0] = ORPHAN_S + 60
    assert leftovers(store).sweep(dry_run=True) == (orphan,)
    assert objects() == there | owned

    other = open_store(Settings(_env_file=None, data_dir=tmp_path / "copy", media_url="s3://ads/films"))  # type: ignore[call-arg]
    assert leftovers(other).sweep() == (), "to which the film that is kept would be a leftover, too"
    assert "another installation" in caplog.text
    other.close()

    assert leftovers(store).sweep() == (orphan,)
    assert objects() == (there | owned) - {f"ads/films/{orphan[:2]}/{orphan}"}
    store.media.remove([kept.id])
    Chores(store.database).forget(CHORE)  # as a restore does
    assert not BucketClaim(store.database, blobs, Chores(store.database)).holds()
    s3fs.S3FileSystem(skip_instance_cache=True).rm("ads/films/owner")
    assert BucketClaim(store.database, blobs, Chores(store.database)).holds(claim=False)
    assert objects() == set(), "whoever only looks claims nothing"
    store.close()


@pytest.mark.parametrize(
    ("address", "environment", "words"),
    [
        ("s3://nobodys-bucket/films", {}, "bucket does not exist"),
        ("s3://ads/films", {"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": ""}, "AWS_ACCESS_KEY_ID"),
        ("s3://ads/films", {"AWS_ENDPOINT_URL": "http://127.0.0.1:9"}, "cannot be reached"),
    ],
    ids=["no bucket", "no keys", "nobody answers"],
)
def test_what_is_set_up_wrongly_is_one_sentence(
    address: str, environment: dict[str, str], words: str, film: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        if value:
            monkeypatch.setenv(name, value)
        else:
            monkeypatch.delenv(name)
    blobs = blobs_at(address)
    sha256, _ = digest(film)
    with pytest.raises(StoreError, match=words) as told:
        blobs.add(sha256, film)
    assert str(told.value).endswith(".")


def test_the_client_is_loaded_only_for_a_bucket() -> None:
    script = (
        "import sys; from studio.store.blobs import blobs_at; blobs_at('here'); print({'s3fs', 'botocore', 'aiohttp'} & set(sys.modules))"
    )
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[3])
    assert said.stdout.strip() == "set()"
