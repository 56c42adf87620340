"""PRD §23.6 as it is written: the addresses, what is asked and told under which names, which status answers."""

import re
from typing import Any

from fastapi.testclient import TestClient

from tests.studio.api.document import described
from tests.studio.api.whole import Person, everything, refused
from tests.studio.three_step_ad import AdHouse

ADDRESSES = {
    ("post", "/hero-frames"): "202",
    ("get", "/hero-frames/{}"): "200",
    ("post", "/hero-frames/{}/select"): "200",
    ("post", "/image-to-video"): "202",
    ("get", "/generation-groups/{}"): "200",
    ("post", "/generation-groups/{}/select"): "200",
}


def test_the_addresses_and_bodies_of_the_requirements_are_there() -> None:
    document = described()
    every = ((path, method, how) for path, methods in document["paths"].items() for method, how in methods.items())
    found = {(method, re.sub(r"\{\w+\}", "{}", path)): how for path, method, how in every}
    for address, status in ADDRESSES.items():
        assert status in found[address]["responses"], address

    def asked(path: str) -> dict[str, Any]:
        body = found["post", path]["requestBody"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
        shape: dict[str, Any] = document["components"]["schemas"][body]
        return shape

    hero, film = asked("/hero-frames"), asked("/image-to-video")
    assert {"prompt", "enhance_with_llm"} <= set(hero["properties"])
    assert hero["required"] == ["prompt"]
    assert {"hero_frame_id", "motion_prompt", "negative_prompt", "auto_attempts"} <= set(film["properties"])
    assert film["required"] == ["hero_frame_id"]


def test_the_loop_by_these_addresses_alone(client: TestClient, house: AdHouse, ada: Person, bob: Person) -> None:
    def post(path: str, **body: Any) -> dict[str, Any]:
        reply = client.post(f"/api{path}", headers=ada.bearer, json=body)
        assert reply.is_success, reply.text
        told: dict[str, Any] = reply.json()
        return told

    _, hero, group = everything(client, house, ada)
    frame = client.get(f"/api/hero-frames/{hero['frames'][0]['id']}", headers=ada.bearer).json()
    assert 4 <= len(hero["frames"]) <= 8
    assert {"id", "image_url", "thumbnail_url", "prompt", "model", "seed", "aspect_ratio", "created_at"} <= set(frame)
    assert client.get(frame["image_url"], headers=ada.bearer).headers["content-type"] == "image/png"
    assert post(f"/hero-frames/{frame['id']}/select")["primary"] is True
    assert group["hero_frame"]["id"] == frame["id"]
    (attempt,) = group["iterations"][0]["attempts"]
    assert {"vbench_score_overall", "scores", "is_system_selected_best", "is_user_selected_best", "status"} <= set(attempt)
    assert attempt["is_system_selected_best"] is True  # the only one there is
    chosen = post(f"/generation-groups/{group['id']}/select", attempt_id=attempt["id"])
    assert (chosen["final_attempt_id"], chosen["iterations"][0]["attempts"][0]["is_user_selected_best"]) == (attempt["id"], True)
    more = post("/image-to-video", hero_frame_id=frame["id"], motion_prompt="light glides", negative_prompt="flicker", model="plain/film")
    assert set(more) == {"group_id", "generation_id", "iteration", "status"}
    assert more["status"] == "pending"
    waiting = client.get(f"/api/generation-groups/{more['group_id']}", headers=ada.bearer).json()
    assert len(waiting["iterations"][0]["attempts"]) == house.takes.defaults.attempts == 3
    for path in (f"/hero-frames/{frame['id']}", f"/generation-groups/{group['id']}"):
        refused(client.get(f"/api{path}", headers=bob.bearer), 404, "not_found")
        assert client.get(f"/api{path}").status_code == 401
    refused(client.post("/api/image-to-video", headers=bob.bearer, json={"hero_frame_id": frame["id"]}), 404, "not_found")
