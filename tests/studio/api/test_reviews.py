"""Reviews through a link: a password, remarks at a moment, decisions, answers, and what guests cannot do."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from studio.services import reviews
from tests.studio.api.whole import Person, finished, refused
from tests.studio.three_step_ad import AdHouse

PAGE = {"sec-fetch-site": "same-origin"}


@pytest.fixture
def ad(client: TestClient, house: AdHouse, ada: Person) -> dict[str, Any]:
    return finished(client, house, ada)


def link(client: TestClient, ad: dict[str, Any], who: Person, **wish: Any) -> str:
    made = client.post(f"/api/generations/{ad['id']}/share", headers=who.bearer, json=wish)
    assert made.status_code == 200, made.text
    return str(made.json()["url"].rpartition("/")[2])


def test_a_review_from_remark_to_approval(client: TestClient, ada: Person, bob: Person, ad: dict[str, Any]) -> None:
    token, other = link(client, ad, ada, name="Marta, Lumen"), link(client, ad, ada, name="Jo")
    here, owner = f"/api/shared/{token}", f"/api/generations/{ad['id']}"
    said = client.post(f"{here}/remarks", json={"author": " Marta <b>", "text": "The <i>dial</i> is cut\noff.", "at_s": 4.25}, headers=PAGE)
    assert said.status_code == 201, said.text
    remark = said.json()
    assert (remark["author"], remark["text"], remark["at_s"], remark["by_owner"]) == ("Marta", "The dial is cut\noff.", 4.25, False)
    assert client.post(f"{here}/decision", json={"author": "Marta", "decision": "changes"}, headers=PAGE).status_code == 201

    told = client.get(f"{owner}/review", headers=ada.bearer).json()
    assert [(one["id"], one["link"], one["done"]) for one in told["remarks"]] == [(remark["id"], "Marta, Lumen", False)]
    assert [(one["decision"], one["link"], one["version"]) for one in told["decisions"]] == [("changes", "Marta, Lumen", None)]
    assert client.post(f"{owner}/remarks", json={"text": "Done."}, headers=ada.bearer).json()["author"] == "ada"
    assert client.put(f"{owner}/remarks/{remark['id']}", json={"done": True}, headers=ada.bearer).status_code == 204
    refused(client.put(f"{owner}/remarks/{remark['id']}", json={"done": True}, headers=bob.bearer), 404, "not_found")

    seen = client.get(here).json()
    assert seen["name"] == "Marta, Lumen"
    assert [(one["text"], one["by_owner"], one["done"]) for one in seen["remarks"]] == [
        ("The dial is cut\noff.", False, True),
        ("Done.", True, False),
    ]
    elsewhere = client.get(f"/api/shared/{other}").json()  # another guest: the owner's answers, and nothing of Marta's
    assert ([one["text"] for one in elsewhere["remarks"]], elsewhere["decisions"]) == (["Done."], [])

    client.post(f"{here}/decision", json={"author": "Marta", "decision": "approved", "note": "Ship it."}, headers=PAGE)
    (decided,) = client.get(f"{owner}/review", headers=ada.bearer).json()["decisions"]
    assert (decided["decision"], decided["note"]) == ("approved", "Ship it.")

    (first, second) = client.get(f"{owner}/links", headers=ada.bearer).json()["links"]
    assert (first["name"], second["name"], bool(second["opened_at"]), first["ended"]) == ("Jo", "Marta, Lumen", True, False)
    assert client.delete(f"{owner}/links/{second['id']}", headers=ada.bearer).status_code == 204
    refused(client.post(f"{here}/remarks", json={"author": "M", "text": "Late."}, headers=PAGE), 410, "link_ended")
    assert client.get(f"/api/shared/{other}").status_code == 200
    assert len(client.get(f"{owner}/review", headers=ada.bearer).json()["remarks"]) == 2
    assert client.delete(f"{owner}/remarks/{remark['id']}", headers=ada.bearer).status_code == 204
    assert len(client.get(f"{owner}/review", headers=ada.bearer).json()["remarks"]) == 1


def test_a_password_guards_film_and_remarks(client: TestClient, ada: Person, ad: dict[str, Any]) -> None:
    token = link(client, ad, ada, password="lumen-2026")
    here = f"/api/shared/{token}"
    asks = [client.get(f"{here}{path}") for path in ("", "/video", "/poster")]
    asks.append(client.post(f"{here}/remarks", json={"author": "M", "text": "Hello."}, headers=PAGE))
    for reply in asks:
        refused(reply, 401, "link_locked")
    refused(client.post(f"{here}/unlock", json={"password": "lumen"}, headers=PAGE), 401, "wrong_link_password")
    assert client.post(f"{here}/unlock", json={"password": "lumen-2026"}, headers=PAGE).status_code == 204
    (cookie,) = client.cookies.jar
    assert (cookie.path, cookie.has_nonstandard_attr("HttpOnly"), "lumen" in str(cookie.value)) == (here, True, False)
    assert client.get(f"{here}/video", headers={"range": "bytes=4-7"}).content == b"ftyp"
    assert client.post(f"{here}/remarks", json={"author": "M", "text": "Hello."}, headers=PAGE).status_code == 201
    client.cookies.clear()
    for n in range(11):
        reply = client.post(f"{here}/unlock", json={"password": f"guess {n}"}, headers=PAGE)
    refused(reply, 429, "too_many")
    refused(client.post(f"{here}/unlock", json={"password": "lumen-2026"}, headers=PAGE), 429, "too_many")


def test_what_cannot_be_said(client: TestClient, ada: Person, ad: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    token = link(client, ad, ada)
    here, fine = f"/api/shared/{token}", {"author": "Marta", "text": "Lovely."}
    for wrong, field in (
        ({"author": ""}, "author"),
        ({"author": "<script>x</script>"}, "author"),
        ({"author": "m" * 61}, "author"),
        ({"text": "<br>"}, "text"),
        ({"text": "t" * 2001}, "text"),
        ({"at_s": -1}, "at_s"),
        ({"at_s": 1e9}, "at_s"),
    ):
        assert refused(client.post(f"{here}/remarks", json=fine | wrong, headers=PAGE), 422, "invalid_input")["field"] == field
    refused(client.post(f"{here}/remarks", json=fine | {"version": ad["id"][::-1]}, headers=PAGE), 404, "not_found")
    refused(client.post(f"{here}/decision", json={"author": "M", "decision": "perhaps"}, headers=PAGE), 422, "invalid_request")
    refused(client.post(f"{here}/remarks", json=fine, headers={"origin": "https://evil.example"}), 403, "cross_site")
    monkeypatch.setattr(reviews, "MOST_RECENT", 3)
    for _ in range(3):
        assert client.post(f"{here}/remarks", json=fine, headers=PAGE).status_code == 201
    assert int(client.post(f"{here}/decision", json={"author": "M", "decision": "approved"}, headers=PAGE).headers["retry-after"]) > 500
    owner = f"/api/generations/{ad['id']}"
    for wish in ({"days": 0}, {"days": 91}, {"password": "abc"}, {"name": "n" * 81}):
        refused(client.post(f"{owner}/share", json=wish, headers=ada.bearer), 422, "invalid_input")
    refused(client.post(f"{owner}/remarks", json={"text": "Hm.", "version": ad["id"][::-1]}, headers=ada.bearer), 404, "not_found")
