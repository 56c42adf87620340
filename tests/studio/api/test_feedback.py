"""Stars and learned weights through a client."""

from fastapi.testclient import TestClient

from tests.studio.api.whole import Person, finished, order, refused
from tests.studio.three_step_ad import AdHouse


def test_stars_downloads_and_regenerations(client: TestClient, house: AdHouse, ada: Person) -> None:
    ad = finished(client, house, ada)
    path = f"/api/generations/{ad['id']}/rating"
    assert client.get(path, headers=ada.bearer).json() == {"generation_id": ad["id"], "stars": None}
    assert client.post(path, headers=ada.bearer, json={"stars": 4}).json() == {"generation_id": ad["id"], "stars": 4}
    assert refused(client.post(path, headers=ada.bearer, json={"stars": 9}), 422, "invalid_input")["field"] == "stars"
    for wrong in ({"stars": "4"}, {"stars": 4.5}, {}, {"stars": 1, "more": 1}):
        refused(client.post(path, headers=ada.bearer, json=wrong), 422, "invalid_request")
    for method in ("HEAD", "GET", "GET"):
        assert client.request(method, f"/api/video/{ad['id']}", headers=ada.bearer).status_code == 200
    waiting = order(client, ada, seed=3)
    refused(client.post(f"/api/generations/{waiting}/rating", headers=ada.bearer, json={"stars": 4}), 409, "not_ready")
    told = client.get("/api/feedback", headers=ada.bearer).json()
    assert told["figures"] == {
        "ratings": {"1": 0, "2": 0, "3": 0, "4": 1, "5": 0},
        "downloads": 1,
        "regenerations": 1,
        "choices": 0,
        "finished": 1,
    }
    assert (told["agreement"]["share"], told["weights"]["changed"], told["proposal"]["useful"]) == (None, False, False)


def test_the_first_account_weighs(client: TestClient, ada: Person, bob: Person) -> None:
    path = "/api/feedback/weights"
    refused(client.put(path, headers=ada.bearer, json={}), 409, "not_ready")
    refused(client.put(path, headers=bob.bearer, json={"weights": {"noise": 2}}), 403, "not_yours")
    refused(client.delete(path, headers=bob.bearer), 403, "not_yours")
    assert refused(client.put(path, headers=ada.bearer, json={"weights": {"charm": 1}}), 422, "invalid_input")["field"] == "weights"
    refused(client.put(path, headers=ada.bearer, json={"weights": {"noise": "much"}}), 422, "invalid_request")
    set_to = client.put(path, headers=ada.bearer, json={"weights": {"noise": 2}}).json()["weights"]
    assert (set_to["current"]["noise"], set_to["given"]["noise"], set_to["changed"], set_to["can_set"]) == (2.0, 0.5, True, True)
    seen = client.get("/api/feedback", headers=bob.bearer).json()["weights"]
    assert (seen["current"]["noise"], seen["can_set"]) == (2.0, False)
    assert client.delete(path, headers=ada.bearer).json()["weights"]["changed"] is False
