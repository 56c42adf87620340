"""What an ad measured, through a client: kept with it, told to its owner only, gone with it."""

from fastapi.testclient import TestClient
from sqlalchemy import func, select

from studio.store.tables import QualityMetric, QualityReport
from tests.studio.api.whole import Person, finished, order, refused
from tests.studio.some_quality import SOME_QUALITY
from tests.studio.three_step_ad import AdHouse


def rows(house: AdHouse) -> tuple[int, int]:
    with house.database.reading() as session:
        counted = [session.scalar(select(func.count()).select_from(table)) or 0 for table in (QualityMetric, QualityReport)]
    return counted[0], counted[1]


def test_a_finished_ad_tells_what_it_measured(client: TestClient, house: AdHouse, ada: Person, bob: Person) -> None:
    ad = finished(client, house, ada)
    path = f"/api/generations/{ad['id']}/quality"
    told = client.get(path, headers=ada.bearer).json()
    assert told["scores"] == SOME_QUALITY["scores"]
    for part in ("findings", "seams", "preflight", "degenerate", "troubles", "took_s", "version"):
        assert told[part] == SOME_QUALITY[part], part
    assert told["measured_at"] is not None
    for score in told["scores"]:
        assert (score["value"] is None) == (score["kind"] == "unavailable")
        assert score["kind"] != "proxy" or score["name"].startswith("proxy.")
    refused(client.get(path, headers=bob.bearer), 404, "not_found")
    refused(client.get(path), 401, "not_signed_in")
    assert rows(house) == (len(SOME_QUALITY["scores"]), 1)
    client.delete(f"/api/generations/{ad['id']}", headers=ada.bearer)
    assert rows(house) == (0, 0)


def test_an_ad_that_was_not_measured_says_so(client: TestClient, house: AdHouse, ada: Person) -> None:
    waiting = order(client, ada)
    told = client.get(f"/api/generations/{waiting}/quality", headers=ada.bearer).json()
    assert (told["measured_at"], told["scores"], told["findings"], told["preflight"]) == (None, [], [], None)
