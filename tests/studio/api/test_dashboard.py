"""The Quality page's figures through a client: one's own, a part of them, as JSON and as CSV."""

from fastapi.testclient import TestClient

from tests.studio.api.whole import Person, refused
from tests.studio.some_takes import EXACT, PROXY, Take, ad, video
from tests.studio.three_step_ad import AdHouse


def test_the_dashboard_is_one_s_own(client: TestClient, house: AdHouse, ada: Person, bob: Person) -> None:
    nothing = client.get("/api/dashboard", headers=ada.bearer).json()
    assert nothing["empty"] is True
    assert nothing["agreement"] == {"n": 0, "agreed": 0, "rate": None, "interval": None, "goal": 0.7}
    assert nothing["cost_per_approved_second"]["usd"] is None
    group = video(house.database, ada.id, [Take(0.5), Take(0.6, marked=True, chosen=True, final=True)], tag="spring", bill="1")
    ad(house.database, ada.id, 120.0)
    told = client.get("/api/dashboard", headers=ada.bearer).json()
    assert told["attempts"] == {"n": 2, "videos": 1, "finals": 1}
    assert [(d["name"], d["kind"]) for d in told["distributions"]] == [(EXACT, "exact"), (PROXY, "proxy")]
    assert sum(b["attempts"] for b in told["distributions"][0]["bins"]) == 2
    assert sum(b["finals"] for b in told["distributions"][0]["bins"]) == 1
    assert told["cost_per_approved_second"] == {"usd": 0.2, "spent": 1.0, "seconds": 5.0, "finals": 1}
    assert told["videos"][0]["trend"] == [{"iteration": 1, "overall": 0.6, "final": True}]
    assert told["ads"]["n"] == 1
    one = client.get(f"/api/dashboard/groups/{group}", headers=ada.bearer).json()
    assert [(a["label"], a["final"]) for a in one["attempts"]] == [("1.1", False), ("1.2", True)]
    assert one["trend"] == [{"iteration": 1, "attempt_id": one["final_attempt_id"], "overall": 0.6}]
    assert one["attempts"][0]["parts"][0]["name"] == "steady light"

    assert client.get("/api/dashboard", headers=bob.bearer).json()["empty"] is True
    refused(client.get(f"/api/dashboard/groups/{group}", headers=bob.bearer), 404, "not_found")
    refused(client.get(f"/api/dashboard.csv?chart=video&group={group}", headers=bob.bearer), 404, "not_found")


def test_a_part_of_it_and_its_tables(client: TestClient, house: AdHouse, ada: Person) -> None:
    video(house.database, ada.id, [Take(0.6, final=True)], tag="spring")
    ask = "/api/dashboard.csv?chart=attempts&tag="
    spring = client.get(f"{ask}spring", headers=ada.bearer)
    assert spring.headers["content-type"] == "text/csv; charset=utf-8"
    assert spring.headers["content-disposition"] == 'attachment; filename="quality_attempts.csv"'
    assert spring.text.splitlines()[0] == "measure,kind,better,from,to,all,final_versions"
    assert spring.text.splitlines()[1].startswith(f"{EXACT},exact,higher,")
    assert len(client.get(f"{ask}autumn", headers=ada.bearer).text.splitlines()) == 1
    assert refused(client.get("/api/dashboard?from=yesterday", headers=ada.bearer), 422, "invalid_input")
    assert refused(client.get("/api/dashboard.csv?chart=pie", headers=ada.bearer), 422, "invalid_input")
