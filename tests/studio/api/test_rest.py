"""PRD §14 through a client: paths, fields, status codes, and one shape for every error."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from studio.api.rest.application import rest_api
from studio.api.rest.services import Services
from studio.services.limits import requests
from studio.store.database import connect
from studio.store.tables import new_id
from tests.studio.three_step_ad import AdHouse, ad_house

PROMPT = "Create a luxury watch ad for Instagram"


@pytest.fixture
def house(migrated_sqlite: Path, tmp_path: Path) -> Iterator[AdHouse]:
    shutil.copy(migrated_sqlite, tmp_path / "studio.db")
    database = connect(f"sqlite:///{tmp_path / 'studio.db'}")
    with ad_house(database, tmp_path, per_hour=3) as opened:
        yield opened
    database.close()


@pytest.fixture
def client(house: AdHouse) -> TestClient:
    parts = (house.database, house.media, house.accounts, house.library, house.generations, house.limits)
    app = FastAPI()
    app.mount("/api", rest_api(Services(*parts, requests(30), lambda: {"can_make_ads": True})))
    return TestClient(app, raise_server_exceptions=False)


def signed_in(client: TestClient, name: str = "ada") -> dict[str, str]:
    who = {"username": name, "password": "correct horse"}
    assert client.post("/api/auth/register", json=who).status_code == 201
    return {"authorization": f"Bearer {client.post('/api/auth/login', json=who).json()['access_token']}"}


def refused(reply: Any, status: int, code: str) -> None:
    assert reply.status_code == status, reply.text
    assert list(reply.json()) == ["error"]
    assert reply.json()["error"]["code"] == code
    assert reply.json()["error"]["message"]


def test_accounts(client: TestClient) -> None:
    ada = signed_in(client)
    me = client.get("/api/auth/me", headers=ada).json()
    assert list(me) == ["id", "username", "email", "total_generations", "total_cost", "created_at", "last_login"]
    assert (me["username"], me["total_cost"], me["created_at"][-1]) == ("ada", 0.0, "Z")
    assert client.get("/api/user/profile", headers=ada).json() == me
    refused(client.post("/api/auth/register", json={"username": "ADA", "password": "correct horse"}), 400, "username_taken")
    refused(client.post("/api/auth/register", json={"username": "bob", "password": "short"}), 422, "invalid_input")
    refused(client.post("/api/auth/login", json={"username": "ada", "password": "wrong horse"}), 401, "wrong_credentials")
    client.post("/api/auth/logout", headers=ada)
    refused(client.get("/api/auth/me", headers=ada), 401, "not_signed_in")


def test_every_error_has_one_shape(client: TestClient, house: AdHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    ada = signed_in(client)
    refused(client.get("/api/nowhere"), 404, "not_found")
    refused(client.put("/api/generate"), 405, "method_not_allowed")
    refused(client.post("/api/generate", json={"prompt": PROMPT}), 401, "not_signed_in")
    refused(client.post("/api/generate", headers=ada, json={"prompt": "watch"}), 422, "invalid_brief")
    refused(client.post("/api/generate", headers=ada, json={"prompt": PROMPT, "models": {}}), 422, "invalid_request")
    refused(client.get("/api/generations?limit=101", headers=ada), 422, "invalid_input")
    monkeypatch.setattr(house.library, "gallery", lambda *_, **__: 1 / 0)
    refused(client.get("/api/generations", headers=ada), 500, "broken")


def test_an_ad_is_its_owner_s(client: TestClient) -> None:
    ada, bob = signed_in(client), signed_in(client, "bob")
    ordered = client.post("/api/generate", headers=ada, json={"prompt": PROMPT})
    id = ordered.json()["generation_id"]
    assert (ordered.status_code, ordered.json()) == (
        202,
        {"generation_id": id, "status": "pending", "message": "Video generation started"},
    )
    refused(client.get(f"/api/status/{id}", headers=bob), 403, "not_yours")
    refused(client.delete(f"/api/generations/{id}", headers=bob), 403, "not_yours")
    for act in (client.post, client.post, client.get, client.get):
        path = {client.post: "cancel"}.get(act)
        refused(act(f"/api/generations/{id}/{path}" if path else f"/api/video/{id}", headers=bob), 404, "not_found")
    refused(client.get(f"/api/status/{new_id()}", headers=ada), 404, "not_found")
    refused(client.get(f"/api/video/{id}", headers=ada), 400, "not_finished")
    refused(client.delete(f"/api/generations/{id}", headers=ada), 409, "not_ready")
    cancelled = client.post(f"/api/generations/{id}/cancel", headers=ada)
    assert cancelled.status_code == 202
    told = {name: cancelled.json()[name] for name in ("status", "progress", "current_step", "video_url", "cost", "error")}
    assert tuple(told.values()) == ("failed", 100, "Cancelled", None, 0.0, "Cancelled by user")
    assert client.post(f"/api/generations/{id}/retry", headers=ada).json()["status"] == "pending"


def test_limits(client: TestClient) -> None:
    ada = signed_in(client)
    for _ in range(3):
        assert client.post("/api/generate", headers=ada, json={"prompt": PROMPT}).status_code == 202
    late = client.post("/api/generate", headers=ada, json={"prompt": PROMPT})
    refused(late, 429, "too_many")
    assert int(late.headers["retry-after"]) > 0
    replies = [client.get("/api/auth/me", headers=ada) for _ in range(27)]
    refused(replies[-1], 429, "too_many")
    assert replies[0].status_code == 200


def test_from_order_to_file(client: TestClient, house: AdHouse) -> None:
    ada = signed_in(client)
    quote = client.post("/api/estimate", headers=ada, json={"prompt": PROMPT}).json()
    assert (quote["duration"], quote["cost"] > 0) == (15, True)
    with house.working():
        id = client.post("/api/generate", headers=ada, json={"prompt": PROMPT, "brand_colors": ["#102030"]}).json()["generation_id"]
        house.ended(client.get("/api/auth/me", headers=ada).json()["id"], id)
    now = client.get(f"/api/status/{id}", headers=ada).json()
    assert (now["status"], now["progress"], now["current_step"], now["error"]) == ("completed", 100, "Complete", None)
    film = client.get(now["video_url"], headers=ada)
    assert (film.status_code, film.headers["content-type"]) == (200, "video/mp4")
    assert film.headers["content-disposition"] == f'attachment; filename="ad_{id}.mp4"'
    page = client.get("/api/generations?q=LUXURY", headers=ada).json()
    assert (page["total"], page["generations"][0]["id"]) == (1, id)
    assert client.get(page["generations"][0]["thumbnail_url"], headers=ada).headers["content-type"] == "image/png"
    assert client.delete(f"/api/generations/{id}", headers=ada).json() == {
        "message": "Video deleted successfully",
        "generation_id": id,
    }
    refused(client.get(now["video_url"], headers=ada), 404, "not_found")


def test_health_and_capabilities(client: TestClient) -> None:
    assert client.get("/api/health").json() == {"status": "ok"}
    assert client.get("/api/capabilities", headers=signed_in(client)).json() == {"can_make_ads": True}
    assert "/generate" in client.get("/api/openapi.json").json()["paths"]
