"""Variants over HTTP: proposed, quoted, ordered, listed, fetched as a zip, somebody else's unseen."""

import csv
import io
import zipfile

from fastapi.testclient import TestClient

from studio.store.tables import Generation, Status
from tests.studio.api.whole import PROMPT, Person
from tests.studio.quick_ads import tiny_ad
from tests.studio.three_step_ad import AdHouse

ASKED = {"prompt": PROMPT, "brand": "Aurelia", "hooks": ["", "Look again."], "calls": ["", ""], "frameworks": ["PAS"]}


def test_from_proposals_to_a_zip(client: TestClient, ada: Person, bob: Person, house: AdHouse) -> None:
    offered = client.post("/api/variants/options", headers=ada.bearer, json={"prompt": PROMPT}).json()
    assert offered["hooks"]["PAS"][0] == "You check the time."
    assert offered["framework"] in offered["hooks"]
    unfinished = client.post("/api/variants/estimate", headers=ada.bearer, json=ASKED | {"prompt": "Hi"}).json()
    assert unfinished["missing"]
    assert unfinished["cost"] is None
    quoted = client.post("/api/variants/estimate", headers=ada.bearer, json=ASKED).json()
    assert (quoted["orders"], quoted["orders_left"], quoted["clips"], quoted["clips_made"]) == (4, 8, 16, 5)
    assert [clip["made_by"] for clip in quoted["cells"][3]["clips"]] == [2, 0, 0, 0]
    refused = client.post("/api/variants", headers=ada.bearer, json=ASKED | {"aspects": ["4:3"]})
    assert refused.status_code == 422
    assert refused.json()["error"]["field"] == "aspects"
    ordered = client.post("/api/variants", headers=ada.bearer, json=ASKED)
    assert ordered.status_code == 202
    set_id = ordered.json()["id"]
    told = client.get(f"/api/variants/{set_id}", headers=ada.bearer).json()
    assert told["status"] == "pending"
    assert [cell["ad"]["queue_position"] for cell in told["cells"]] == [1, 2, 3, 4]
    assert client.get(f"/api/variants/{set_id}", headers=bob.bearer).status_code == 404
    assert client.get("/api/variants", headers=bob.bearer).json()["total"] == 0
    _finish(house, told["cells"][0]["ad"]["id"])
    stopped = client.post(f"/api/variants/{set_id}/cancel", headers=ada.bearer).json()
    assert [cell["ad"]["status"] for cell in stopped["cells"]] == ["completed", "failed", "failed", "failed"]
    assert (stopped["status"], stopped["done"]) == ("failed", 1)
    rows = list(csv.DictReader(io.StringIO(client.get(f"/api/variants/{set_id}/manifest.csv", headers=ada.bearer).text)))
    assert [row["status"] for row in rows] == ["completed", "cancelled", "cancelled", "cancelled"]
    assert rows[1]["hook_text"] != rows[2]["hook_text"] == "Look again."
    packed = zipfile.ZipFile(io.BytesIO(client.get(f"/api/variants/{set_id}/films.zip", headers=ada.bearer).content))
    assert packed.testzip() is None
    assert [name.rpartition("/")[2] for name in packed.namelist()] == [
        "manifest.csv",
        f"{told['cells'][0]['name']}.mp4",
        "licences.csv",
        "disclosure.txt",
    ]
    assert client.delete(f"/api/variants/{set_id}", headers=ada.bearer).status_code == 200
    assert client.get(f"/api/variants/{set_id}", headers=ada.bearer).status_code == 404


def test_nobody_asks_without_signing_in(client: TestClient) -> None:
    assert client.get("/api/variants").status_code == 401


def _finish(house: AdHouse, id: str) -> None:
    """As if this ad had been made."""
    with house.database.reading() as session:
        owner = session.get_one(Generation, id).user_id
    film = house.media.put(tiny_ad(house.work, "made").path, owner_id=owner, kind="video", mime="video/mp4").id
    house.desk.cancel(id)
    with house.database.writing() as session:
        ad = session.get_one(Generation, id)
        ad.status, ad.error_code, ad.error_message, ad.video_id = Status.COMPLETED, None, None, film
