"""A kept film bears its credentials, its licences are those of its making, and only its owner is told."""

import csv
import io
import json
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest

from pipelines.credentials import Signer
from studio.errors import NotYours
from studio.services.library import search_key
from studio.services.provenance import Provenances
from studio.services.provenance_keeping import Sealing
from studio.services.provenance_keys import anchors_of, signer_of
from studio.services.provenance_papers import put_into
from studio.settings import Settings
from studio.store.blobs import blobs_at
from studio.store.database import Database
from studio.store.media import Media
from studio.store.tables import AdVersion, Blueprint, Generation, Provenance, Status, User, VersionKind
from tests.clock import HandClock
from tests.studio.quick_ads import tiny_ad

START = HandClock()()
SHOT = {"shot": "s1", "still": {"model": "product-studio/v1", "seed": 7}, "clip": {"model": "product-studio/v1", "seed": 7}}
RECIPE = {
    "recipe_version": 1,
    "brief": {},
    "writer": "built-in copywriter",
    "shots": [SHOT],
    "plan": {"titles": [{"style": "bold_display"}]},
}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "data").mkdir()
    return Settings(_env_file=None, data_dir=tmp_path / "data")


@pytest.fixture
def media(database: Database, tmp_path: Path) -> Media:
    return Media(database, blobs_at(str(tmp_path / "media")))


def kept(database: Database, media: Media, sealing: Sealing, folder: Path, user_id: str, version_of: str | None = None) -> str:
    """An ad as the keeper keeps it; its id."""
    film = tiny_ad(folder, "ad").path
    with database.writing() as session:
        ad = Generation(
            user_id=user_id,
            prompt="A watch",
            prompt_key=search_key("A watch"),
            created_at=START,
            status=Status.COMPLETED,
            quoted_cost=Decimal(0),
        )
        session.add(ad)
        session.flush()
        session.add(Blueprint(generation_id=ad.id, recipe=RECIPE))
        if version_of:
            session.add(AdVersion(generation_id=ad.id, version_of=version_of, kind=VersionKind.EXPORTED, made={}, created_at=START))
    row = sealing.seal(ad, film, json.dumps(RECIPE))
    assert row is not None
    video = media.put(film, owner_id=user_id, kind="video", mime="video/mp4", made_for=ad.id)
    with database.writing() as session:
        session.merge(row)
        session.get_one(Generation, ad.id).video_id = video.id
    return ad.id


def person(database: Database, name: str) -> str:
    with database.writing() as session:
        user = User(username=name, username_key=name, password_hash="x", created_at=START)
        session.add(user)
    return user.id


def test_an_ad_and_its_version_are_told_from_the_files(database: Database, media: Media, settings: Settings, tmp_path: Path) -> None:
    ada = person(database, "ada")
    sealing = Sealing(database, media, lambda: signer_of(settings))
    service = Provenances(database, media, lambda: anchors_of(settings))
    ad = kept(database, media, sealing, tmp_path / "a", ada)
    told = service.told(ada, ad)
    assert told.state == "signed"
    assert told.credentials is not None
    assert told.credentials.trusted
    assert told.credentials.development
    assert (told.origin, told.credentials.origin) == ("algorithmicMedia", "algorithmicMedia")
    assert told.shots[0].seed == 7
    assert {row["name"] for row in told.licences} >= {"product-studio/v1", "Anton", "Manrope"}
    assert told.kept_at is not None
    version = service.told(ada, kept(database, media, sealing, tmp_path / "b", ada, ad))
    assert version.credentials is not None
    assert version.credentials.actions == ("c2pa.opened", "c2pa.edited")
    with pytest.raises(NotYours):
        service.told(person(database, "eve"), ad)


def test_the_ledger_stays_as_it_was_agreed(database: Database, media: Media, settings: Settings, tmp_path: Path) -> None:
    ada = person(database, "ada")
    ad = kept(database, media, Sealing(database, media, lambda: None), tmp_path / "a", ada)
    with database.writing() as session:
        row = session.get_one(Provenance, ad)
        row.ledger = [{**row.ledger[0], "licence": "as it was then"}]
    told = Provenances(database, media).told(ada, ad)
    assert [one["licence"] for one in told.licences] == ["as it was then"]
    assert told.state == "unsigned"  # switched off
    with database.writing() as session:
        session.delete(session.get_one(Provenance, ad))
    assert Provenances(database, media).told(ada, ad).kept_at is None


def test_a_certificate_that_does_not_work_loses_no_film(database: Database, media: Media, tmp_path: Path) -> None:
    ada = person(database, "ada")
    bad = Signer(b"no certificate", b"no key", "es256", False)
    ad = kept(database, media, Sealing(database, media, lambda: bad), tmp_path / "a", ada)
    told = Provenances(database, media).told(ada, ad)
    assert told.state == "unsigned"
    assert "bears no Content Credentials" in told.why


def test_licences_and_disclosures_travel_with_the_films(database: Database, media: Media, tmp_path: Path) -> None:
    ada = person(database, "ada")
    sealing = Sealing(database, media, lambda: None)
    first, second = (kept(database, media, sealing, tmp_path / name, ada) for name in "ab")
    with database.writing() as session:
        row = session.get_one(Provenance, second)
        row.ledger = [{"sort": "lora", "name": "=mine", "licence": "", "url": "", "note": "yours"}]
    service = Provenances(database, media)
    files = service.papers(ada, {first: "a.mp4", second: "b.mp4"})
    rows = list(csv.DictReader(io.StringIO(files["licences.csv"])))
    assert {row["name"] for row in rows if row["file"] == "a.mp4"} >= {"product-studio/v1", "Anton"}
    assert [row["name"] for row in rows if row["file"] == "b.mp4"] == ["'=mine"]  # no spreadsheet calculates it
    assert files["disclosure.txt"].count("computer renderings") == 1  # both films say the same
    assert "a.mp4\nb.mp4" in files["disclosure.txt"]
    with zipfile.ZipFile(tmp_path / "ad.zip", "w") as archive:
        archive.writestr("READ ME.txt", "first")
    put_into(tmp_path / "ad.zip", files)
    with zipfile.ZipFile(tmp_path / "ad.zip") as archive:
        assert archive.namelist() == ["READ ME.txt", "licences.csv", "disclosure.txt"]
    assert "a.mp4,brought,My song,,," in service.papers(ada, {first: "a.mp4"}, ["My song"])["licences.csv"]
    assert service.papers(ada, {}) == {}
    with pytest.raises(NotYours):
        service.papers(person(database, "eve"), {first: "a.mp4"})
