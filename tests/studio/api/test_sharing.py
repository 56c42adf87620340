"""Links for guests: what they show, that they end, and that a copy of the database opens none."""

import re
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from studio.store.tables import ReviewLink
from studio.store.times import utc_now
from tests.studio.api.whole import Person, finished, refused
from tests.studio.three_step_ad import AdHouse


@pytest.fixture
def ad(client: TestClient, house: AdHouse, ada: Person) -> dict[str, Any]:
    return finished(client, house, ada)


def share(client: TestClient, ad: dict[str, Any], who: Person) -> str:
    reply = client.post(f"/api/generations/{ad['id']}/share", headers=who.bearer)
    assert reply.status_code == 200, reply.text
    assert re.fullmatch(r"/r/[\w-]{43}", reply.json()["url"])
    return str(reply.json()["url"].rpartition("/")[2])


def test_a_guest_sees_the_film_and_nothing_of_how_it_was_ordered(client: TestClient, ada: Person, ad: dict[str, Any]) -> None:
    token = share(client, ad, ada)
    page = client.get(f"/r/{token}")
    assert (page.status_code, "<title>shared" in page.text) == (200, True)
    assert (page.headers["referrer-policy"], page.headers["x-robots-tag"]) == ("no-referrer", "noindex")
    told = client.get(f"/api/shared/{token}")
    assert set(told.json()) == {"name", "brand", "framework", "expires_at", "films", "remarks", "decisions"}
    (shown,) = told.json()["films"]
    assert (shown["version"], shown["kind"], shown["duration_s"], shown["aspect_ratio"]) == (None, None, 15, "9:16")
    for private in (ad["id"], ada.id, "ada", ad["brief"]["prompt"], ad["result"]["video_url"]):
        assert private not in told.text
    film = client.get(shown["video_url"], headers={"range": "bytes=4-7"})
    assert (film.status_code, film.content, film.headers["content-type"]) == (206, b"ftyp", "video/mp4")
    assert client.head(shown["video_url"]).status_code == 200
    assert client.get(shown["poster_url"]).headers["content-type"] == "image/png"
    for elsewhere in (f"/api/generations/{ad['id']}", ad["result"]["video_url"]):
        refused(client.get(elsewhere, headers={"authorization": f"Bearer {token}"}), 401, "not_signed_in")


def ended(client: TestClient, token: str, status: int, code: str) -> None:
    assert client.get(f"/r/{token}").status_code == status
    assert "<title>shared" in client.get(f"/r/{token}").text
    for path in ("", "/video", "/poster"):
        refused(client.get(f"/api/shared/{token}{path}"), status, code)


def test_the_owner_ends_all_links_at_once(client: TestClient, ada: Person, bob: Person, ad: dict[str, Any]) -> None:
    first, second = share(client, ad, ada), share(client, ad, ada)
    refused(client.delete(f"/api/generations/{ad['id']}/share", headers=bob.bearer), 404, "not_found")
    assert client.get(f"/r/{first}").status_code == 200
    assert client.delete(f"/api/generations/{ad['id']}/share", headers=ada.bearer).status_code == 204
    for token in (first, second):
        ended(client, token, 410, "link_ended")
    assert client.get(f"/r/{share(client, ad, ada)}").status_code == 200


def test_a_link_ends_after_fourteen_days(client: TestClient, ada: Person, ad: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    token = share(client, ad, ada)
    shares: Any = client.app.state.services.shares  # type: ignore[attr-defined]
    monkeypatch.setattr(shares, "_clock", lambda: utc_now() + timedelta(days=13, hours=23))
    assert client.get(f"/r/{token}").status_code == 200
    monkeypatch.setattr(shares, "_clock", lambda: utc_now() + timedelta(days=14))
    ended(client, token, 410, "link_ended")


def test_a_link_goes_with_its_ad(client: TestClient, ada: Person, ad: dict[str, Any]) -> None:
    token = share(client, ad, ada)
    client.delete(f"/api/generations/{ad['id']}", headers=ada.bearer)
    ended(client, token, 404, "not_found")


@pytest.mark.parametrize("token", ["x", "A" * 43, "é" * 43, "A" * 500, "%00", "..%2f..%2fetc%2fhostname"])
def test_what_was_never_a_link(client: TestClient, token: str) -> None:
    assert client.get(f"/r/{token}").status_code == 404
    assert client.get(f"/api/shared/{token}").status_code == 404


def test_the_database_holds_no_token(client: TestClient, house: AdHouse, ada: Person, ad: dict[str, Any]) -> None:
    token = share(client, ad, ada)
    with house.database.reading() as session:
        kept = session.scalars(select(ReviewLink)).one()
    assert token not in str(vars(kept))
    assert re.fullmatch(r"[0-9a-f]{64}", kept.token_hash)
    refused(client.get(f"/api/shared/{kept.token_hash}"), 404, "not_found")


def test_an_ad_has_no_more_than_fifty_open_links(client: TestClient, house: AdHouse, ada: Person, ad: dict[str, Any]) -> None:
    for _ in range(50):
        share(client, ad, ada)
    refused(client.post(f"/api/generations/{ad['id']}/share", headers=ada.bearer), 429, "too_many")
