"""Browser sessions and the doors: the cookie, who is sent where, and that signing out is the end of it."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from studio.api.application import application
from studio.api.doors import local
from studio.store.times import utc_now
from tests.studio.api.whole import HERE, PASSWORD, Person, join, refused, services_of
from tests.studio.three_step_ad import AdHouse

ADA = {"username": "ada", "password": PASSWORD}
OWN = {"origin": HERE, "sec-fetch-site": "same-origin"}
HTML = {"accept": "text/html"}


def sent_to(client: TestClient, path: str, **headers: str) -> tuple[int, str]:
    reply = client.get(path, headers=HTML | headers, follow_redirects=False)
    return reply.status_code, reply.headers.get("location", "")


def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(client: TestClient, ada: Person) -> None:
    reply = client.post("/api/session", json=ADA)
    assert reply.json() == {"user": {"id": ada.id, "username": "ada", "total_generations": 0, "total_cost": 0.0}}
    name, _, rest = reply.headers["set-cookie"].partition("=")
    flags = {flag.strip().lower() for flag in rest.split(";")[1:]}
    assert name == "studio_session"
    assert flags == {"httponly", "samesite=lax", "path=/", f"max-age={7 * 24 * 3600}"}
    assert rest.split(";")[0] not in reply.text
    assert client.get("/api/auth/me").json()["username"] == "ada"


def test_over_https_the_cookie_belongs_to_this_name_alone(client: TestClient, ada: Person) -> None:
    reply = client.post(f"{HERE.replace('http', 'https')}/api/session", json=ADA)
    name, _, rest = reply.headers["set-cookie"].partition("=")
    assert name == "__Host-studio_session"
    assert {"secure", "httponly", "path=/"} <= {flag.strip().lower() for flag in rest.split(";")[1:]}
    assert "domain" not in rest.lower()
    plain = {"cookie": f"studio_session={ada.token}"}  # another name of the domain could have set this one
    refused(client.get("https://127.0.0.1/api/auth/me", headers=plain), 401, "not_signed_in")


def test_wrong_passwords_set_no_cookie_and_wait_after_ten(client: TestClient, ada: Person) -> None:
    for _ in range(10):
        reply = client.post("/api/session", json=ADA | {"password": "wrong horse"})
        refused(reply, 401, "wrong_credentials")
        assert "set-cookie" not in reply.headers
    late = client.post("/api/session", json=ADA)
    refused(late, 429, "too_many")
    assert int(late.headers["retry-after"]) > 0


@pytest.mark.parametrize(("method", "path", "status"), [("DELETE", "/api/session", 204), ("POST", "/api/auth/logout", 200)])
def test_signing_out_ends_cookie_and_token_alike(client: TestClient, ada: Person, method: str, path: str, status: int) -> None:
    token = client.post("/api/session", json=ADA).headers["set-cookie"].split(";")[0].partition("=")[2]
    reply = client.request(method, path, headers=OWN)
    assert reply.status_code == status
    assert "studio_session" not in client.cookies
    assert "max-age=0" in reply.headers["set-cookie"].lower()
    refused(client.get("/api/auth/me", headers={"cookie": f"studio_session={token}"}), 401, "not_signed_in")
    refused(client.get("/api/auth/me", headers={"authorization": f"Bearer {token}"}), 401, "not_signed_in")
    assert client.get("/api/auth/me", headers=ada.bearer).status_code == 200  # another session of the same person
    refused(client.delete("/api/session", headers=OWN), 401, "not_signed_in")


def test_a_token_in_the_header_counts_before_the_cookie(client: TestClient, ada: Person, bob: Person) -> None:
    client.post("/api/session", json=ADA)
    assert client.get("/api/auth/me", headers=bob.bearer).json()["username"] == "bob"
    refused(client.get("/api/auth/me", headers={"authorization": "Bearer forged"}), 401, "not_signed_in")
    assert client.get("/api/auth/me", headers={"authorization": "Basic YWRhOng="}).json()["username"] == "ada"  # a proxy's own


def test_a_session_ends_after_seven_days(client: TestClient, ada: Person, house: AdHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    client.post("/api/session", json=ADA)
    assert client.get("/api/auth/me").status_code == 200
    monkeypatch.setattr(house.accounts._tokens, "_clock", lambda: utc_now() + timedelta(days=7))
    refused(client.get("/api/auth/me"), 401, "token_expired")
    assert sent_to(client, "/") == (303, "/login?next=%2F")


def test_the_doors_before_there_is_an_account_and_after(client: TestClient) -> None:
    assert client.get("/api/auth/doors").json() == {"registration": "open", "first_run": True, "terms": None}
    assert sent_to(client, "/") == (303, "/login?next=%2F")
    assert sent_to(client, "/login?next=%2F") == (303, "/welcome")
    assert sent_to(client, "/register") == (303, "/welcome")
    assert "<title>welcome" in client.get("/welcome").text
    join(client)
    assert client.get("/api/auth/doors").json() == {"registration": "open", "first_run": False, "terms": None}
    assert sent_to(client, "/welcome") == (303, "/login")
    assert "<title>login" in client.get("/login").text
    assert "<title>register" in client.get("/register").text


def test_where_registration_is_closed_only_the_first_may_join(house: AdHouse, doors: dict[str, Path]) -> None:
    with TestClient(application(services_of(house, registration_open=False), {}, doors), base_url=HERE) as client:
        assert client.get("/api/auth/doors").json() == {"registration": "open", "first_run": True, "terms": None}
        join(client)
        assert client.get("/api/auth/doors").json() == {"registration": "closed", "first_run": False, "terms": None}
        refused(client.post("/api/auth/register", json=ADA | {"username": "eve"}), 403, "registration_closed")
        assert sent_to(client, "/register") == (303, "/login")


def test_whoever_is_signed_in_needs_no_door(client: TestClient, ada: Person) -> None:
    client.post("/api/session", json=ADA)
    for door in ("/login", "/register", "/welcome"):
        assert sent_to(client, door) == (303, "/")
    assert sent_to(client, "/login?next=%2F%3Fa%3D1") == (303, "/?a=1")


ELSEWHERE = (
    *("https://evil.example", "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)"),
    *("http:evil.example", " /x", "evil.example", "", "/\t/evil.example", "/\n/evil.example", "/login", "/login?next=/login"),
)


@pytest.mark.parametrize("place", ELSEWHERE)
def test_nobody_is_sent_to_another_site(client: TestClient, ada: Person, place: str) -> None:
    client.post("/api/session", json=ADA)
    reply = client.get("/login", params={"next": place}, follow_redirects=False)
    assert (reply.status_code, reply.headers["location"]) == (303, "/")


@given(st.text(max_size=12).map(lambda text: "/" + text))
def test_every_place_that_is_kept_is_a_path_of_ours(place: str) -> None:
    kept = local(place)
    assert kept.startswith("/")
    assert kept[1:2] not in ("/", "\\")
    assert kept.isprintable()


def test_the_doors_run_no_inline_scripts(client: TestClient, ada: Person) -> None:
    for path in ("/login", "/register", "/r/x"):
        policy = client.get(path).headers["content-security-policy"]
        assert "unsafe" not in policy
        assert "script-src 'self'" in policy
        assert "default-src 'none'" in policy


def test_nothing_at_the_doors_depends_on_what_was_asked(client: TestClient, ada: Person) -> None:
    plain = client.get("/login").content
    assert client.get("/login", params={"next": "<script>alert(1)</script>", "error": "<b>"}).content == plain
    refused(client.post("/login", data=ADA, headers=OWN), 405, "method_not_allowed")


def test_the_log_names_no_secret(client: TestClient, caplog: Any) -> None:
    caplog.set_level("DEBUG")
    ada = join(client)
    client.post("/api/session", json=ADA)
    client.post("/api/session", json=ADA | {"password": "hunter2 hunter2"})
    client.get("/api/generations?q=private", headers=ada.bearer)
    written = "\n".join(f"{record.getMessage()} {vars(record)}" for record in caplog.records if record.name.startswith("studio"))
    assert "/api/session" in written
    for secret in (PASSWORD, ada.token, "hunter2", "private"):
        assert secret not in written
