"""Nobody reaches what is somebody else's: every route of the OpenAPI document, asked with another person's ids.

The routes come from the document and not from a list, so that a new one is tried without anybody remembering to.
"""

import io
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from PIL import Image

from studio.api.application import application
from studio.api.doors import DOORS
from studio.store.database import connect
from studio.store.tables import new_id
from tests.studio.api.document import described
from tests.studio.api.whole import HERE, PROMPT, Person, everything, finished, refused, services_of
from tests.studio.three_step_ad import AdHouse, ad_house

NOT_YOURS = {("get", "/status/{generation_id}"), ("delete", "/generations/{generation_id}")}
"""Where PRD §14 says 403; everywhere else what is somebody else's does not exist."""

NOBODY_S = {
    *(("post", f"/auth/{act}") for act in ("register", "login")),
    *(("get", path) for path in ("/auth/doors", "/terms", "/health", "/shared/{token}", "/shared/{token}/video", "/shared/{token}/poster")),
    ("post", "/session"),
    ("post", "/team-links/open"),
    *(("post", f"/shared/{{token}}/{act}") for act in ("unlock", "remarks", "decision")),
}
"""What can be asked without an account."""


class Ids(dict[str, str]):
    """By the name in an address; of what is not said, one that nothing has."""

    def __missing__(self, name: str) -> str:
        return new_id()


def routes() -> list[tuple[str, str, dict[str, Any]]]:
    return [(method, path, operation) for path, item in described()["paths"].items() for method, operation in item.items()]


def test_what_needs_no_account_is_known_by_name() -> None:
    assert {(method, path) for method, path, operation in routes() if not operation["security"]} == NOBODY_S


def upload(client: TestClient, who: Person) -> dict[str, Any]:
    buffer = io.BytesIO()
    Image.new("RGB", (100, 100)).save(buffer, "PNG")
    kept: dict[str, Any] = client.post("/api/uploads", headers=who.bearer, files={"file": ("a.png", buffer.getvalue())}).json()
    return kept


@cache
def bodies() -> dict[tuple[str, str], Any]:
    """For every route that asks for JSON, the least that it takes, of the document's own examples."""
    document = described()
    found = {}
    for path, item in document["paths"].items():
        for method, operation in item.items():
            content = operation.get("requestBody", {}).get("content", {})
            if "application/json" in content:
                found[method, path] = least(document, content["application/json"]["schema"])
    return found


@cache
def queries() -> dict[tuple[str, str], dict[str, Any]]:
    """For every route, what has to stand behind its question mark."""
    document = described()
    return {
        (method, path): {
            one["name"]: least(document, one["schema"])
            for one in operation.get("parameters", ())
            if one["in"] == "query" and one["required"]
        }
        for path, item in document["paths"].items()
        for method, operation in item.items()
    }


def least(document: dict[str, Any], schema: dict[str, Any]) -> Any:
    """The first example; of an object without one, its required fields."""
    if "$ref" in schema:
        return least(document, document["components"]["schemas"][schema["$ref"].rpartition("/")[2]])
    if "anyOf" in schema:
        return least(document, schema["anyOf"][0])
    if schema.get("properties"):
        return {name: least(document, schema["properties"][name]) for name in schema.get("required", ())}
    if schema.get("examples"):
        return schema["examples"][0]
    return {"object": {}, "array": [], "integer": 1, "number": 1, "boolean": True}.get(schema.get("type", ""), "a text that will do")


def ask(client: TestClient, method: str, path: str, route: str = "", **more: Any) -> Any:
    """path: filled in; route: as the document has it, where that differs."""
    body = bodies().get((method, route or path))
    return client.request(
        method, f"/api{path}", params=queries()[method, route or path], **({} if body is None else {"json": body}), **more
    )


@pytest.fixture(scope="module")
def nobody(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A client whom every route turns away, so that one house does for all of them."""
    folder = tmp_path_factory.mktemp("nobody")
    shutil.copy(migrated_sqlite, folder / "studio.db")
    database = connect(f"sqlite:///{folder / 'studio.db'}")
    with ad_house(database, folder) as house:
        app = application(services_of(house), {}, {name: folder / f"{name}.html" for name in DOORS})
        with TestClient(app, base_url=HERE, raise_server_exceptions=False) as client:
            yield client
    database.close()


@pytest.mark.parametrize(("method", "path"), [(m, p) for m, p, o in routes() if o["security"]], ids=lambda value: value)
def test_every_route_asks_who_it_is(nobody: TestClient, method: str, path: str) -> None:
    filled = path.format_map(Ids())
    for headers in ({}, {"authorization": "Bearer x"}, {"cookie": "studio_session=x", "sec-fetch-site": "same-origin"}):
        reply = ask(nobody, method, filled, path, headers=headers)
        refused(reply, 401, "not_signed_in")
        assert reply.headers["www-authenticate"] == "Bearer"


def test_every_route_keeps_people_apart(client: TestClient, house: AdHouse, ada: Person, bob: Person) -> None:
    ad, hero, group = everything(client, house, ada)
    picture = upload(client, ada)
    hers = Ids(
        generation_id=ad["id"],
        upload_id=picture["id"],
        set_id=hero["id"],
        frame_id=hero["frames"][0]["id"],
        group_id=group["id"],
        attempt_id=group["iterations"][0]["attempts"][0]["id"],
    )
    before = client.get(f"/api/generations/{ad['id']}", headers=ada.bearer).json()
    with_ids = [(method, path) for method, path, operation in routes() if "{" in path and operation["security"]]
    assert len(with_ids) >= 10
    media = [ad["result"][name].rpartition("/")[2] for name in ("video_url", "poster_url")] + [picture["url"].rpartition("/")[2]]
    for method, path in with_ids:
        for media_id in media:
            filled = path.format_map(Ids(hers, media_id=media_id))
            code = "not_yours" if (method, path) in NOT_YOURS else "not_found"
            status = 403 if code == "not_yours" else 404
            refused(ask(client, method, filled, path, headers=bob.bearer), status, code)
            refused(ask(client, method, filled, path, headers=bob.bearer | {"range": "bytes=0-9"}), status, code)
            unknown = path.format_map(Ids())
            if status == 404:  # word for word what is said of a thing that does not exist
                assert (
                    ask(client, method, filled, path, headers=bob.bearer).json()
                    == ask(client, method, unknown, path, headers=bob.bearer).json()
                )
            if "{media_id}" not in path:
                break
    for media_id in media:
        for known in ({}, {"range": "bytes=0-9"}, {"if-none-match": "*"}):
            assert client.head(f"/api/media/{media_id}", headers=bob.bearer | known).status_code == 404
    assert client.get(f"/api/generations/{ad['id']}", headers=ada.bearer).json() == before
    assert client.get(f"/api/hero-sets/{hero['id']}", headers=ada.bearer).json() == hero
    assert client.get(f"/api/generation-groups/{group['id']}", headers=ada.bearer).json() == group


def test_another_s_picture_cannot_be_put_into_an_ad(client: TestClient, ada: Person, bob: Person) -> None:
    picture = upload(client, ada)
    for id in (picture["id"], picture["url"].rpartition("/")[2], new_id()):
        reply = client.post("/api/generate", headers=bob.bearer, json={"prompt": PROMPT, "product_image_id": id})
        assert refused(reply, 422, "invalid_input")["field"] == "product_image_id"


def test_lists_and_figures_are_one_s_own(client: TestClient, house: AdHouse, ada: Person, bob: Person) -> None:
    finished(client, house, ada)
    assert client.get("/api/generations", headers=bob.bearer).json()["total"] == 0
    assert client.get("/api/generations?q=watch", headers=bob.bearer).json()["generations"] == []
    assert client.get("/api/user/stats", headers=bob.bearer).json()["total"] == 0
    assert client.get("/api/user/profile", headers=bob.bearer).json()["username"] == "bob"
