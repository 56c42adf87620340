"""Terms of service: an operator's own text, accepted by newcomers in the version that they could read, and kept word for word."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from studio.api.application import application
from studio.api.doors import DOORS
from studio.errors import StoreError
from studio.services.terms import MOST_BYTES, Terms, read_terms
from studio.store.database import Database
from tests.studio.api.whole import HERE, PASSWORD, refused, services_of
from tests.studio.three_step_ad import ad_house

TEMPLATE = Path(__file__).parents[2] / "docs" / "TERMS_TEMPLATE.md"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "terms.md"
    path.write_text("# Terms\r\n\r\nYour films are yours.\n")
    return path


@pytest.fixture
def client(database: Database, tmp_path: Path, file: Path) -> Iterator[TestClient]:
    with ad_house(database, tmp_path) as house:
        services = services_of(house)
        object.__setattr__(services, "terms", Terms(database, file))
        with TestClient(application(services, {}, {name: tmp_path / f"{name}.html" for name in DOORS}), base_url=HERE) as client:
            yield client


def join(client: TestClient, name: str, **more: object) -> Any:
    return client.post("/api/auth/register", json={"username": name, "password": PASSWORD, **more})


def profile(client: TestClient, name: str) -> dict[str, Any]:
    token = client.post("/api/auth/login", json={"username": name, "password": PASSWORD}).json()["access_token"]
    found: dict[str, Any] = client.get("/api/user/profile", headers={"authorization": f"Bearer {token}"}).json()
    return found


def test_newcomers_accept_the_text_that_holds_and_it_is_kept(client: TestClient, file: Path) -> None:
    assert client.get("/api/auth/doors").json()["terms"] is None
    assert join(client, "ada").status_code == 201  # whose studio it is
    told = client.get("/api/terms").json()
    assert told["text"] == "# Terms\n\nYour films are yours."
    assert client.get("/api/auth/doors").json()["terms"] == told["version"]
    for wrong in ({}, {"terms": ""}, {"terms": "0" * 12}, {"terms": None}):
        assert refused(join(client, "bob", **wrong), 422, "invalid_input")["field"] == "terms"
    assert join(client, "bob", terms=told["version"]).status_code == 201
    assert join(client, "carol", terms=told["version"]).status_code == 201
    file.write_text("Your films are yours, and ours to watch.")
    newer = client.get("/api/terms").json()
    assert newer["version"] != told["version"]
    assert "hold now" in refused(join(client, "dan", terms=told["version"]), 422, "invalid_input")["message"]
    assert client.get(f"/api/terms?version={told['version']}").json() == told  # somebody accepted it
    file.write_text("Nobody ever accepted this.")
    refused(client.get(f"/api/terms?version={newer['version']}"), 404, "not_found")
    refused(client.get("/api/terms?version=é"), 404, "not_found")
    assert profile(client, "ada")["terms_version"] is None
    accepted = profile(client, "bob")
    assert (accepted["terms_version"], accepted["terms_accepted_at"]) == (told["version"], accepted["created_at"])


def test_a_file_that_is_no_text_is_told_and_lets_nobody_in_without(client: TestClient, file: Path, tmp_path: Path) -> None:
    assert join(client, "ada").status_code == 201
    for content in (b"\xff\xfe\x00", b"", b" \n", b"a\0b", b"x" * (MOST_BYTES + 1), TEMPLATE.read_bytes()):
        file.write_bytes(content)
        with pytest.raises(StoreError, match="TERMS_FILE"):
            read_terms(file)
    assert "filled in" in refused(join(client, "bob", terms="x"), 503, "store_error")["message"]
    file.unlink()
    refused(join(client, "bob"), 503, "store_error")
    with pytest.raises(StoreError, match="cannot be read"):
        read_terms(tmp_path)


def test_without_terms_nothing_is_asked(database: Database) -> None:
    terms = Terms(database, None)
    assert (terms.now(), terms.accept(None), terms.accept("anything")) == (None, None, None)
