"""PRD §14 through a client: paths, fields, status codes, and one shape for every error."""

from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.exc import OperationalError

from models.backends import BackendConfig
from models.runtime import Runtime
from studio.services.capability_card import capability_card
from studio.services.choices import choices
from studio.services.limits import requests
from studio.store.tables import new_id
from tests.studio.api.whole import PASSWORD, PROMPT, Person, finished, join, order, refused
from tests.studio.three_step_ad import AdHouse


def test_accounts(client: TestClient, ada: Person) -> None:
    me = client.get("/api/auth/me", headers=ada.bearer).json()
    of_the_account = ["id", "username", "email", "total_generations", "total_cost", "created_at", "last_login"]
    assert list(me) == [*of_the_account, "terms_version", "terms_accepted_at"]
    assert (me["username"], me["total_cost"], me["created_at"][-1]) == ("ada", 0.0, "Z")
    assert client.get("/api/user/profile", headers=ada.bearer).json() == me
    signed = client.post("/api/auth/login", json={"username": "ADA", "password": PASSWORD}).json()
    assert list(signed) == ["access_token", "token_type", "user"]
    assert signed["user"] == {"id": ada.id, "username": "ada", "total_generations": 0, "total_cost": 0.0}
    refused(client.post("/api/auth/register", json={"username": "ADA", "password": PASSWORD}), 400, "username_taken")
    refused(client.post("/api/auth/login", json={"username": "ada", "password": "wrong horse"}), 401, "wrong_credentials")
    assert refused(client.post("/api/auth/register", json={"username": "bob", "password": "short"}), 422, "invalid_input")["field"]


def test_every_error_has_one_shape(client: TestClient, ada: Person, house: AdHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    refused(client.get("/api/nowhere"), 404, "not_found")
    refused(client.put("/api/generate"), 405, "method_not_allowed")
    refused(client.post("/api/generate", json={"prompt": PROMPT}), 401, "not_signed_in")
    refused(client.get("/api/generations?limit=101", headers=ada.bearer), 422, "invalid_input")
    refused(client.get("/api/generations?limit=many", headers=ada.bearer), 422, "invalid_request")
    monkeypatch.setattr(house.library, "gallery", lambda *_, **__: 1 / 0)
    reply = client.get("/api/generations", headers=ada.bearer)
    assert "division" not in refused(reply, 500, "broken")["message"]


@pytest.mark.parametrize(
    ("asked", "code", "field"),
    [
        ({"prompt": "watch"}, "invalid_brief", "prompt"),
        ({"prompt": "a watch " * 100}, "invalid_brief", "prompt"),
        ({"prompt": "<script>" + "x" * 600 + "</script>a watch"}, "invalid_brief", "prompt"),
        ({"prompt": "a luxury watch \u0007 bell"}, "invalid_brief", "prompt"),
        ({"prompt": "a luxury watch \u202e backwards"}, "invalid_brief", "prompt"),
        ({"prompt": PROMPT, "duration": 16}, "invalid_brief", "duration"),
        ({"prompt": PROMPT, "duration": "15"}, "invalid_request", "duration"),
        ({"prompt": PROMPT, "aspect_ratio": "4:3"}, "invalid_brief", "aspect_ratio"),
        ({"prompt": PROMPT, "framework": "XYZ"}, "invalid_brief", "framework"),
        ({"prompt": PROMPT, "style": "baroque"}, "invalid_brief", "style"),
        ({"prompt": PROMPT, "captions": "neon"}, "invalid_brief", "captions"),
        ({"prompt": PROMPT, "brand": "x" * 41}, "invalid_brief", "brand"),
        ({"prompt": PROMPT, "brand_colors": ["reddish"]}, "invalid_brief", "brand_colors"),
        ({"prompt": PROMPT, "brand_colors": ["#102030"] * 6}, "invalid_brief", "brand_colors"),
        ({"prompt": PROMPT, "seed": -1}, "invalid_brief", "seed"),
        ({"prompt": PROMPT, "models": {"image": "nobody/none"}}, "invalid_brief", "models"),
        ({"prompt": PROMPT, "models": {"smell": "product-studio/v1"}}, "invalid_brief", "models"),
        ({"prompt": PROMPT, "coherence": {"colour": True}}, "invalid_brief", "coherence"),
        ({"prompt": PROMPT, "product_image_id": "/etc/hostname"}, "invalid_input", "product_image_id"),
        ({"prompt": PROMPT, "product_image": "/etc/hostname"}, "invalid_request", "product_image"),
        ({"prompt": 12}, "invalid_request", "prompt"),
        ({}, "invalid_request", "prompt"),
    ],
)
def test_unusable_input_is_named_in_one_sentence(
    client: TestClient, ada: Person, house: AdHouse, asked: dict[str, Any], code: str, field: str
) -> None:
    assert refused(client.post("/api/generate", headers=ada.bearer, json=asked), 422, code)["field"] == field
    assert house.library.gallery(ada.id).total == 0


def test_markup_goes_and_every_script_stays(client: TestClient, ada: Person) -> None:
    id = order(client, ada, prompt="<b>Anúncio</b> of a 高級 watch <script>alert(1)</script>for Zürich ⌚")
    kept = client.get(f"/api/generations/{id}", headers=ada.bearer).json()["brief"]["prompt"]
    assert kept == "Anúncio of a 高級 watch for Zürich ⌚"


def test_all_that_can_be_asked_is_told_again(client: TestClient, ada: Person) -> None:
    asked = {
        "prompt": PROMPT,
        "duration": 30,
        "aspect_ratio": "16:9",
        "framework": "BAB",
        "style": "minimal",
        "brand": "Aurelia",
        "brand_colors": ["#0A192F", "#D4AF37"],
        "seed": 7,
        "voice": "off",
        "captions": "word",
        "models": {"text": "built-in"},
        "coherence": {"seed_control": True, "color_matching": False, "reference": True, "layout_control": False},
        "lora": "watch",
        "lora_weight": 0.8,
        "grade": "noir",
        "product_image_id": None,
        "rating": "4.8 from 2,300 reviews",
        "features": ["Sapphire glass", "Waterproof to 100 m"],
        "kit": None,
    }
    ad = client.get(f"/api/generations/{order(client, ada, **asked)}", headers=ada.bearer).json()
    assert ad["brief"] == asked
    assert (ad["status"], ad["progress"], ad["queue_position"], ad["result"], ad["error"]) == ("pending", 0, 1, None, None)


def test_half_a_sentence_is_no_mistake_where_only_the_price_is_asked(client: TestClient, ada: Person) -> None:
    reply = client.post("/api/estimate", headers=ada.bearer, json={"prompt": "Make a 30-second "})
    assert reply.status_code == 200
    asked = reply.json()
    assert (asked["duration"], asked["aspect_ratio"], asked["cost"], asked["lines"]) == (None, None, None, [])
    assert "names no product" in asked["missing"]
    assert (asked["cap_per_ad"], asked["left_this_month"]) == (5.0, 50.0)
    refused(client.post("/api/generate", headers=ada.bearer, json={"prompt": "Make a 30-second "}), 422, "invalid_brief")
    whole = client.post("/api/estimate", headers=ada.bearer, json={"prompt": PROMPT}).json()
    assert (whole["missing"], whole["duration"]) == ("", 15)
    for prompt in ("Make a 30-second ", PROMPT):
        refused(client.post("/api/estimate", headers=ada.bearer, json={"prompt": prompt, "aspect_ratio": "5:9"}), 422, "invalid_brief")
    unset = client.post("/api/estimate", headers=ada.bearer, json={"prompt": PROMPT, "brand": "𒀀𒁀"}).json()
    assert [told for told in unset["warnings"] if told.startswith("No typeface here has the letters 𒀀𒁀")]
    assert whole["warnings"] == []
    wrong = {"prompt": PROMPT, "framework": "XYZ"}
    assert client.post("/api/estimate", headers=ada.bearer, json=wrong).status_code == 422


def test_an_ad_from_order_to_file(client: TestClient, house: AdHouse, ada: Person) -> None:
    quote = client.post("/api/estimate", headers=ada.bearer, json={"prompt": PROMPT}).json()
    assert (quote["duration"], quote["aspect_ratio"], quote["cost"] > 0) == (15, "9:16", True)
    assert (quote["cap_per_ad"], quote["left_this_month"], quote["lines"][0]["model"]) == (5.0, 50.0, "openai/gpt-4o")
    ad = finished(client, house, ada)
    now = client.get(f"/api/status/{ad['id']}", headers=ada.bearer).json()
    assert (now["status"], now["progress"], now["current_step"], now["error"]) == ("completed", 100, "Complete", None)
    film = client.get(now["video_url"], headers=ada.bearer)
    assert (film.status_code, film.headers["content-type"]) == (200, "video/mp4")
    assert film.headers["content-disposition"] == f'attachment; filename="ad_{ad["id"]}.mp4"'
    page = client.get("/api/generations?q=LUXURY&status=completed", headers=ada.bearer).json()
    assert (page["total"], page["limit"], page["offset"], page["generations"][0]["id"]) == (1, 20, 0, ad["id"])
    assert client.get(page["generations"][0]["thumbnail_url"], headers=ada.bearer).headers["content-type"] == "image/png"
    stats = client.get("/api/user/stats", headers=ada.bearer).json()
    assert (stats["total"], stats["by_status"]["completed"], stats["success_rate"]) == (1, 1, 1.0)
    assert stats["budget"]["left"] == pytest.approx(50 - stats["budget"]["spent"] - stats["budget"]["held"])
    assert client.delete(f"/api/generations/{ad['id']}", headers=ada.bearer).json() == {
        "message": "Video deleted successfully",
        "generation_id": ad["id"],
    }
    refused(client.get(now["video_url"], headers=ada.bearer), 404, "not_found")
    refused(client.get(ad["result"]["video_url"], headers=ada.bearer), 404, "not_found")


def test_an_ad_that_is_not_there_yet(client: TestClient, ada: Person) -> None:
    id = order(client, ada)
    refused(client.get(f"/api/status/{new_id()}", headers=ada.bearer), 404, "not_found")
    refused(client.get("/api/status/x", headers=ada.bearer), 404, "not_found")
    refused(client.get(f"/api/video/{id}", headers=ada.bearer), 400, "not_finished")
    refused(client.get(f"/api/thumbnail/{id}", headers=ada.bearer), 404, "not_found")
    refused(client.delete(f"/api/generations/{id}", headers=ada.bearer), 409, "not_ready")
    refused(client.post(f"/api/generations/{id}/share", headers=ada.bearer), 409, "not_ready")
    cancelled = client.post(f"/api/generations/{id}/cancel", headers=ada.bearer)
    assert cancelled.status_code == 202
    told = {name: cancelled.json()[name] for name in ("status", "progress", "current_step", "video_url", "cost", "error")}
    assert tuple(told.values()) == ("failed", 100, "Cancelled", None, 0.0, "Cancelled by user")
    assert client.get(f"/api/generations/{id}", headers=ada.bearer).json()["cancelled"] is True
    assert client.post(f"/api/generations/{id}/retry", headers=ada.bearer).json()["status"] == "pending"


def test_limits(client: TestClient, ada: Person) -> None:
    for _ in range(8):
        order(client, ada)
    late = client.post("/api/generate", headers=ada.bearer, json={"prompt": PROMPT})
    refused(late, 429, "too_many")
    assert int(late.headers["retry-after"]) > 0


def test_a_full_line_and_a_database_that_is_away_ask_for_patience(
    client: TestClient, ada: Person, house: AdHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(house.generations._orders, "_most_waiting", 1)
    order(client, ada)
    full = client.post("/api/generate", headers=ada.bearer, json={"prompt": PROMPT})
    assert (
        refused(full, 503, "busy")["message"] == "One order is waiting, and no more are taken for the moment; try again in a few minutes."
    )
    assert int(full.headers["retry-after"]) >= 1
    assert len(house.generations.unfinished(ada.id)) == 1

    def away(*_: object, **__: object) -> None:
        raise OperationalError("SELECT", {}, ConnectionResetError())

    monkeypatch.setattr(house.library, "gallery", away)
    reply = client.get("/api/generations", headers=ada.bearer)
    assert "try again" in refused(reply, 503, "store_error")["message"]
    assert int(reply.headers["retry-after"]) >= 1


def test_requests_are_counted_but_not_those_of_a_player(client: TestClient, app: Any, house: AdHouse, ada: Person) -> None:
    ad = finished(client, house, ada)
    object.__setattr__(app.state.services, "rule", requests(5))
    bob = join(client, "bob")
    for _ in range(30):
        assert client.get(ad["result"]["video_url"], headers=ada.bearer | {"range": "bytes=0-9"}).status_code == 206
    replies = [client.get("/api/auth/me", headers=bob.bearer) for _ in range(6)]
    assert [reply.status_code for reply in replies] == [200] * 5 + [429]
    assert 0 < int(replies[-1].headers["retry-after"]) <= 60


def test_strangers_are_counted_by_address(client: TestClient) -> None:
    replies = [client.get("/api/auth/doors") for _ in range(101)]
    assert replies[-2].status_code == 200
    refused(replies[-1], 429, "too_many")
    refused(client.post("/api/session", json={"username": "ada", "password": PASSWORD}), 429, "too_many")


def test_a_prompt_is_improved_beside_the_typed_one(client: TestClient, ada: Person, house: AdHouse) -> None:
    better = client.post("/api/prompts/improve", headers=ada.bearer, json={"prompt": PROMPT}).json()
    assert list(better) == ["original", "improved", "writer", "cost", "changes", "notes"]
    assert (better["original"], better["writer"], better["cost"]) == (PROMPT, "built-in copywriter", 0.0)
    assert len(better["improved"]) > len(PROMPT)
    assert all(set(change) == {"kind", "before", "after", "reason"} and change["reason"] for change in better["changes"])
    assert house.library.gallery(ada.id).total == 0


def test_the_capabilities_are_those_of_the_runtime(client: TestClient, ada: Person, app: Any, tmp_path: Path) -> None:
    runtime = Runtime(BackendConfig(cache_dir=tmp_path))
    card = capability_card(runtime).as_json() | choices(runtime)
    object.__setattr__(app.state.services, "capabilities", lambda: card)
    told = client.get("/api/capabilities", headers=ada.bearer).json()
    assert set(told) == {"can_make_ads", "abilities", "models", "styles", "coherence", "loras", "voices"}
    assert [style["name"] for style in told["styles"]] == ["luxury", "minimal", "vibrant", "tech"]
    assert {"id": "built-in", "title": "Built-in copywriter", "ready": True, "why_not": "", "price": "free"} in told["models"]["text"]
    chosen = {kind: next(model["id"] for model in models if model["ready"]) for kind, models in told["models"].items() if kind != "voice"}
    assert [(voice["name"], voice["ready"]) for voice in told["voices"]][:1] == [("auto", False)]
    assert "OPENAI_API_KEY" in told["voices"][0]["why_not"]  # nobody speaks here, and it says why
    switched = {switch["name"]: False for switch in told["coherence"]}
    id = order(client, ada, models=chosen, style=told["styles"][0]["name"], coherence=switched)
    brief = client.get(f"/api/generations/{id}", headers=ada.bearer).json()["brief"]
    assert (brief["models"], brief["coherence"]) == (chosen, switched)


def test_health(client: TestClient) -> None:
    told = client.get("/api/health").json()
    assert told["status"] in ("ok", "degraded")  # nobody works here
    assert told["checks"] is None
