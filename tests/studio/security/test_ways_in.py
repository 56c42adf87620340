"""Names in headers, words of guests, tokens that somebody else chose, and links where they do not belong."""

import hashlib
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from starlette.responses import Response

from studio.api.application import application
from studio.api.doors import DOORS
from studio.api.download_names import LONGEST, attachment
from studio.services.plain_text import plain_text
from studio.store.database import connect
from studio.store.tables import ReviewLink
from tests.studio.api.document import described
from tests.studio.api.test_tenancy import NOBODY_S, Ids
from tests.studio.api.whole import HERE, PASSWORD, Person, finished, join, refused, services_of
from tests.studio.three_step_ad import AdHouse, ad_house

PAGE = {"sec-fetch-site": "same-origin"}
HOSTILE = [
    "a\r\nSet-Cookie: x=1.mp4",
    'a"; filename="evil.exe',
    "../../etc/passwd",
    "a\x00b.mp4",
    "Ünïcode “quoted” 時計.mp4",
    "\u202egpj.exe",
]


@dataclass(frozen=True)
class World:
    """An application with two people and a finished ad of the first."""

    client: TestClient
    house: AdHouse
    ada: Person
    bob: Person
    ad: dict[str, Any]


@pytest.fixture(scope="module")
def everybody(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("ways")
    shutil.copy(migrated_sqlite, folder / "studio.db")
    database = connect(f"sqlite:///{folder / 'studio.db'}")
    with ad_house(database, folder) as house:
        app = application(services_of(house), {}, {name: folder / f"{name}.html" for name in DOORS})
        with TestClient(app, base_url=HERE) as client:
            ada, bob = join(client), join(client, "bob")
            yield World(client, house, ada, bob, finished(client, house, ada))
    database.close()


@pytest.fixture
def world(everybody: World) -> World:
    """With a browser that remembers nobody."""
    everybody.client.cookies.clear()
    return everybody


def saved_as(header: str) -> str:
    """As a browser reads it: RFC 5987 before the plain name."""
    found = re.fullmatch(r'attachment; filename="([A-Za-z0-9._()+ -]+)"(?:; filename\*=UTF-8\'\'([A-Za-z0-9%._~-]+))?', header)
    assert found, header
    return unquote(found[2]) if found[2] else found[1]


@given(st.one_of(st.text(max_size=400), st.sampled_from(HOSTILE)))
def test_no_name_gets_out_of_its_header(name: str) -> None:
    header = attachment(name)
    (only,) = [value for key, value in Response(headers={"content-disposition": header}).raw_headers if key == b"content-disposition"]
    assert only.decode("ascii") == header
    read = saved_as(header)
    assert read
    assert not set(read) & set("/\\\r\n\0")
    assert len(read) <= LONGEST + 11


def test_ordinary_names_stay_as_they_are() -> None:
    assert attachment("ad_1.mp4") == 'attachment; filename="ad_1.mp4"'
    assert saved_as(attachment("Zürich 時計.zip")) == "Zürich 時計.zip"
    assert 'filename="Zurich' in attachment("Zürich 時計.zip")


@given(
    st.lists(
        st.sampled_from(["<", ">", "</", "script", "img src=x onerror=alert(1)", "<!--", "-->", "<b>", "style", " ", "/", "x"]), max_size=12
    )
)
def test_no_markup_is_left_in_what_guests_say(parts: list[str]) -> None:
    assert not re.search(r"<(/?[a-z]|!)[^<>]*>", plain_text("".join(parts)), re.IGNORECASE)


def test_pages_never_read_text_as_html() -> None:
    """Whatever is left is shown as text: no script of ours has a way to make elements of a string."""
    ways = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment|DOMParser|setHTML|srcdoc|\beval\(|new Function"
    )
    ui = Path(__file__).parents[3] / "studio" / "ui"
    scripts = [*ui.rglob("*.js"), *ui.rglob("*.html")]
    assert len(scripts) > 50
    assert [path.name for path in scripts if ways.search(path.read_text())] == []


def test_a_session_is_never_one_that_was_there_before(world: World) -> None:
    """Fixation: a token or cookie that somebody put into the browser before its owner signs in is not theirs afterwards."""
    client = world.client
    planted = [
        world.bob.token,
        "a-value-of-my-own",
        client.post("/api/auth/login", json={"username": "bob", "password": PASSWORD}).json()["access_token"],
    ]
    seen = set()
    for value in planted:
        client.cookies.clear()
        client.cookies.set("studio_session", value)
        signed = client.post("/api/session", json={"username": "ada", "password": PASSWORD}, headers=PAGE)
        given = re.match(r"studio_session=([^;]+);", signed.headers["set-cookie"])
        assert given
        seen.add(given[1])
        client.cookies.clear()
        planted_still = client.get("/api/auth/me", headers={"cookie": f"studio_session={value}"})
        assert planted_still.status_code == 401 or planted_still.json()["username"] == "bob"
    assert len(seen) == len(planted)
    assert not seen & set(planted)


GUEST_ROUTES: dict[tuple[str, str], Any] = {
    ("get", ""): None,
    ("get", "/video"): None,
    ("get", "/poster"): None,
    ("post", "/remarks"): {"author": "Marta", "text": "Lovely."},
    ("post", "/decision"): {"author": "Marta", "decision": "approved"},
    ("post", "/unlock"): {"password": "not this one"},
}
LINKS = {
    "open": (200, 200, 200, 201, 201, None),
    "locked": (401, 401, 401, 401, 401, 401),
    "unlocked": (200, 200, 200, 201, 201, None),
    "another one's key": (401, 401, 401, 401, 401, 401),
    "ended": (410, 410, 410, 410, 410, 410),
    "over": (410, 410, 410, 410, 410, 410),
    "never there": (404, 404, 404, 404, 404, 404),
}
"""Status of each route of GUEST_ROUTES by the state of the link; None: whatever an open link says to a wrong password."""


def test_what_guests_may_do_by_the_state_of_their_link(world: World) -> None:
    client, ada, ad = world.client, world.ada, world.ad
    document = {(method, path.removeprefix("/shared/{token}")) for method, path in NOBODY_S if path.startswith("/shared/")}
    assert document == set(GUEST_ROUTES), "a route for guests that this table does not know"
    owner = f"/api/generations/{ad['id']}"

    def link(**wish: Any) -> tuple[str, str]:
        made = client.post(f"{owner}/share", headers=ada.bearer, json=wish).json()
        return made["id"], str(made["url"].rpartition("/")[2])

    (ended, ended_token), (_, over) = link(), link()
    assert client.delete(f"{owner}/links/{ended}", headers=ada.bearer).status_code == 204
    with world.house.database.writing() as session:
        row = session.scalars(select(ReviewLink).where(ReviewLink.token_hash == hashlib.sha256(over.encode()).hexdigest())).one()
        row.expires_at = row.created_at
    tokens = {"open": link()[1], "ended": ended_token, "over": over, "never there": "A" * 43}
    for name in ("locked", "unlocked", "another one's key"):
        tokens[name] = link(password="lumen-2026")[1]
    keys: dict[str, str] = {}
    for name in ("unlocked", "another one's key"):
        opened = client.post(f"/api/shared/{tokens[name]}/unlock", json={"password": "lumen-2026"}, headers=PAGE)
        keys[name] = opened.headers["set-cookie"].partition(";")[0]
    named = keys["another one's key"].partition("=")[0]
    keys["another one's key"] = f"{named}={keys['unlocked'].partition('=')[2]}"
    client.cookies.clear()
    for name, statuses in LINKS.items():
        for ((method, path), body), status in zip(GUEST_ROUTES.items(), statuses, strict=True):
            headers = PAGE | ({"cookie": keys[name]} if name in keys else {})
            reply = client.request(method, f"/api/shared/{tokens[name]}{path}", json=body, headers=headers)
            assert reply.status_code < 500
            assert status is None or reply.status_code == status, (name, method, path, reply.status_code, reply.text[:200])
            client.cookies.clear()
    reviewed = client.get(f"{owner}/review", headers=ada.bearer).json()
    assert len(reviewed["remarks"]) == 2, "only what came through open links is kept"


def test_a_link_opens_no_route_that_asks_who_it_is(world: World) -> None:
    """Guests × every route of the document, with the ad's own ids; the token where programs have theirs, and where browsers have."""
    client, ad = world.client, world.ad
    token = str(client.post(f"/api/generations/{ad['id']}/share", headers=world.ada.bearer, json={}).json()["url"].rpartition("/")[2])
    ways: tuple[dict[str, str], ...] = ({"authorization": f"Bearer {token}"}, {"cookie": f"studio_session={token}", **PAGE})
    ids = Ids(generation_id=ad["id"], media_id=ad["result"]["video_url"].rpartition("/")[2])
    routes = [(method, path) for path, item in described()["paths"].items() for method in item if (method, path) not in NOBODY_S]
    assert len(routes) > 80
    for n, (method, path) in enumerate(routes):
        refused(client.request(method, f"/api{path.format_map(ids)}", json={}, headers=ways[n % 2]), 401, "not_signed_in")


def test_no_request_names_an_address_for_us_to_fetch() -> None:
    """Nothing that is sent here is ever followed: no body, form or query of the whole document has a place for an address."""
    document = described()

    def fields(schema: Any, seen: frozenset[str] = frozenset()) -> Iterator[tuple[str, dict[str, Any]]]:
        if isinstance(schema, list):
            for one in schema:
                yield from fields(one, seen)
        elif isinstance(schema, dict):
            if (name := schema.get("$ref", "").rpartition("/")[2]) and name not in seen:
                yield from fields(document["components"]["schemas"][name], seen | {name})
            yield from (schema.get("properties") or {}).items()
            for inner in schema.values():
                yield from fields(inner, seen)

    taken: list[tuple[str, str, dict[str, Any]]] = []
    for path, item in document["paths"].items():
        for operation in item.values():
            body = [content["schema"] for content in operation.get("requestBody", {}).get("content", {}).values()]
            taken += [(path, name, schema) for name, schema in fields(body)]
            taken += [(path, given["name"], given["schema"]) for given in operation.get("parameters", ())]
    assert len(taken) > 150
    named = re.compile(r"url|uri|href|webhook|callback|endpoint|host$|address", re.IGNORECASE)
    assert [(path, name) for path, name, schema in taken if named.search(name) or schema.get("format") in ("uri", "url", "hostname")] == []


@pytest.mark.parametrize(
    "body", ["[" * 30_000, '{"prompt":' * 5_000 + "1" + "}" * 5_000, '{"prompt": 1e999999999}', '{"prompt": "\\ud800"}']
)
def test_a_body_that_is_deeper_than_any_reader_is_refused(world: World, body: str) -> None:
    headers = world.ada.bearer | {"content-type": "application/json"}
    refused(world.client.post("/api/generate", headers=headers, content=body.encode()), 422, "invalid_request")
