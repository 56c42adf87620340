"""The application without the page around a house of three-step ads, and two people with an account."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from studio.api.application import application
from studio.api.doors import DOORS
from studio.store.database import connect
from tests.studio.api.whole import HERE, Person, join, services_of
from tests.studio.three_step_ad import AdHouse, ad_house


@pytest.fixture
def house(migrated_sqlite: Path, tmp_path: Path) -> Iterator[AdHouse]:
    shutil.copy(migrated_sqlite, tmp_path / "studio.db")
    database = connect(f"sqlite:///{tmp_path / 'studio.db'}")
    with ad_house(database, tmp_path, per_hour=8) as opened:
        yield opened
    database.close()


@pytest.fixture
def doors(tmp_path: Path) -> dict[str, Path]:
    folder = tmp_path / "doors"
    folder.mkdir()
    (folder / "door.js").write_text("document.title += '!'")
    for name in DOORS:
        (folder / f"{name}.html").write_text(f"<!doctype html><title>{name}</title>")
    return {name: folder / f"{name}.html" for name in DOORS}


@pytest.fixture
def app(house: AdHouse, doors: dict[str, Path]) -> FastAPI:
    return application(services_of(house), {"door.js": doors["login"].with_name("door.js")}, doors)


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app, base_url=HERE, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def ada(client: TestClient) -> Person:
    return join(client)


@pytest.fixture
def bob(client: TestClient) -> Person:
    return join(client, "bob")
