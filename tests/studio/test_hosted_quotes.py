"""Orders of pictures, takes and sets at Replicate, on loopback: what those add that stand in is said before anything is paid, and holds."""

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from fastapi.testclient import TestClient

from models.backends.replicate import outcome
from models.media.image_file import write_image
from models.runtime import Runtime
from studio import wiring
from studio.api.application import application
from studio.api.doors import DOORS
from studio.cli import main
from studio.services.choices import models_of
from studio.services.prices import Prices
from studio.settings import Settings
from studio.store.database import Database
from tests.models.replicate.shop import TOKEN, Fate, Shop
from tests.studio.api.whole import HERE, PROMPT, join, services_of
from tests.studio.takes_house import a_frame, lite
from tests.studio.test_hosted_ad import IMAGE, VIDEO, Hum, settings, shop
from tests.studio.test_hosted_takes import Shut
from tests.studio.three_step_ad import ad_house

__all__ = ["lite", "shop"]

WATCH = "A steel watch on wet black stone"
PICTURES = "Up to $0.12 where a model fails and another stands in for it."
"""Four at $0.025 and four at $0.003."""
FILMS = "Up to $1.21 where a model fails and another stands in for it."
"""Three of two seconds at $0.026, and three of five, the shortest of the one that stands in, at $0.07."""


@pytest.fixture
def command(shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The command line with a token of the shop's, where nothing on this machine stands in; the folder that it is called in."""
    real = wiring.runtime_of

    def runtime_of(settings: Settings) -> Runtime:
        runtime = real(settings)
        runtime._backends |= {"product_studio": Shut(), "sound_studio": Hum(runtime.config)}  # type: ignore[dict-item]
        return runtime

    monkeypatch.setattr(wiring, "runtime_of", runtime_of)
    monkeypatch.setattr(outcome, "FIRST_POLL_S", 0.05)
    places = {name: str(tmp_path / name.lower()) for name in ("DATA_DIR", "CACHE_DIR", "OUTPUT_DIR")}
    for name, value in {"REPLICATE_API_TOKEN": TOKEN, "REPLICATE_BASE_URL": shop.url, "WORKERS": "1", **places}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_rest_says_of_every_order_what_stand_ins_may_add(shop: Shop, lite: Database, tmp_path: Path) -> None:
    runtime = wiring.runtime_of(settings(tmp_path, shop.url))
    (door := tmp_path / "door.html").write_text("<!doctype html><title>door</title>")
    with (
        ad_house(lite, tmp_path, runtime=runtime, prices=Prices(runtime.catalog), made_by=models_of(runtime)) as house,
        TestClient(application(services_of(house), {}, dict.fromkeys(DOORS, door)), base_url=HERE) as client,
    ):
        ada = join(client)

        def told(path: str, **asked: object) -> tuple[float, list[str]]:
            reply = client.post(f"/api/{path}/estimate", headers=ada.bearer, json=asked)
            assert reply.status_code == 200, reply.text
            return reply.json()["cost"], reply.json()["warnings"]

        assert told("hero-frames", prompt=WATCH, count=4, model=IMAGE) == (0.1, [PICTURES])
        frame = a_frame(house, ada.id)
        film = {"hero_frame_id": frame, "motion_prompt": "slow push-in", "duration": 2, "auto_attempts": 3}
        assert told("image-to-video", **film, model=VIDEO) == (0.156, [FILMS])
        cost, (sentence,) = told("variants", prompt=PROMPT, hooks=["", ""], calls=[""], duration=15)
        worst = Decimal(sentence.removeprefix("Up to $").partition(" ")[0])
        assert cost < worst < 10, "two ads, five dollars at most for each"
        for path, asked in (("hero-frames", {"prompt": WATCH, "count": 4}), ("image-to-video", film)):
            assert told(path, **asked, model="product-studio/v1") == (0, [])
    assert not shop.orders


def test_pictures_of_a_model_that_stands_in_cost_no_more_than_was_said(
    shop: Shop, command: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shop.plan(Fate(end="failed", error="NSFW content detected"), Fate())
    assert main(["hero", WATCH, "--count", "4", "--short-side", "120", "--out", "out"]) == 0
    assert f"These pictures may cost up to $0.10 ({IMAGE}). {PICTURES} Ctrl-C stops it" in capsys.readouterr().err
    frames = json.loads((command / "out" / "hero.json").read_text())["frames"]
    assert sorted(frame["model"] for frame in frames) == [*[IMAGE] * 3, "replicate/flux-schnell"]
    assert sum(Decimal(frame["cost_usd"]) for frame in frames) == 3 * Decimal("0.025") + Decimal("0.003")


def test_takes_of_a_model_that_stands_in_cost_no_more_than_was_said(
    shop: Shop, command: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = write_image(command / "hero.png", np.full((214, 120, 3), 120, np.uint8))
    takes = ["takes", str(picture), "--seconds", "2", "--takes", "1", "--out", "out"]
    shop.plan(Fate(end="failed", error="NSFW content detected"), Fate())
    assert main(takes) == 0
    said = f"These takes may cost up to $0.06 ({VIDEO}). Up to $0.41 where a model fails and another stands in for it."
    assert said in capsys.readouterr().err
    (take,) = json.loads((command / "out" / "takes.json").read_text())["takes"]
    assert (take["model"], Decimal(take["cost_usd"])) == ("replicate/kling-v2.5-turbo-pro", 5 * Decimal("0.07"))
    monkeypatch.setenv("AD_CAP_USD", "0.10")
    shop.plan(Fate(end="failed", error="NSFW content detected"))
    assert main([*takes[:-1], "other"]) == 1
    assert "Up to $0.10 where a model fails" in (err := capsys.readouterr().err)
    assert "These takes may cost up to $0.35, and $0.10 is the most for one order (AD_CAP_USD)" in err
    assert len(shop.orders) == 3, "the one that stands in was not asked"


def test_a_set_of_ads_says_what_it_may_cost_and_each_ad_keeps_its_cap(
    shop: Shop, command: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.plan(Fate(end="failed", error="NSFW content detected"))
    variants = ["variants", PROMPT, "--duration", "15", "--short-side", "120", "--out", "out"]
    assert main(variants) == 1
    first, *_, last = capsys.readouterr().err.strip().splitlines()
    assert first.startswith("These 2 ads may cost up to $0.")
    assert f"{IMAGE}, {VIDEO}). Up to $" in first
    assert last.startswith("Error: ")
    n = len(shop.orders)
    monkeypatch.setenv("AD_CAP_USD", "0.20")
    assert main(variants) == 1
    assert "An ad of this set may cost up to $" in (said := capsys.readouterr().err)
    assert "$0.20 is the most for one order (AD_CAP_USD)" in said
    assert len(shop.orders) == n, "nothing was asked for"
