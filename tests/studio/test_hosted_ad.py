"""A whole ad through Replicate, on loopback: with the token set and nothing else, its default models make it, and every cent is told."""

import re
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pydantic import SecretStr
from sqlalchemy import select

from models.asks import Ask, Made, Sound, SoundAsk
from models.backends.replicate import outcome
from models.backends.sound_studio.backend import SoundStudio
from models.catalog import ModelRow
from models.context import JobContext
from models.media.audio_file import write_wav
from models.media.image_file import write_image
from models.media.video_file import VideoWriter
from pipelines.brief import Brief, read_brief
from pipelines.progress import Run
from studio import house as houses
from studio.jobs.ad_job import Kept, make_ad_job
from studio.jobs.references import ROOMS
from studio.security import Passwords
from studio.services.capability_card import capability_card
from studio.services.direct_quote import notice, quote_of
from studio.services.doctor import State, examine
from studio.settings import Settings
from studio.store.tables import CallState, PaidCall, Status
from studio.wiring import runtime_of
from tests.models.replicate.shop import TOKEN, File, Shop

IMAGE, VIDEO = "replicate/flux-dev", "replicate/seedance-1.5-pro"


def small_ad(run: Run, brief: Brief, photo: str = "") -> Kept:
    """A real ad, 120 pixels wide."""
    return make_ad_job(run, brief.model_copy(update={"short_side": 120}), photo)


class Hum(SoundStudio):
    """Fifteen seconds of a low note."""

    def answer(self, ask: Ask, row: ModelRow, job: JobContext) -> Sound:
        assert isinstance(ask, SoundAsk)
        note = np.sin(np.arange(round(ask.duration_s * 48000)) * 0.02).astype(np.float32) * 0.2
        write_wav(job.workdir / "hum.wav", np.stack([note, note], 1))
        return Sound(job.workdir / "hum.wav", None, ask.duration_s, 120.0, "A", Made(row.id))


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    """It gives a picture, or a clip of the length that was ordered."""
    made, clips = Shop(), {}

    def give(order: dict[str, object]) -> File:
        seconds = order["input"].get("duration")  # type: ignore[attr-defined]
        if seconds is None:
            noise = np.random.default_rng(1).integers(60, 200, (16, 9, 3), np.uint8)
            picture = np.asarray(Image.fromarray(noise).resize((120, 214)), np.uint8)
            return File(write_image(tmp_path / "given.png", picture).read_bytes(), "image/png")
        if seconds not in clips:
            with VideoWriter(tmp_path / "given.mp4", 120, 214, 12) as writer:
                for n in range(12 * seconds):
                    writer.write_rgb(np.full((214, 120, 3), 60 + n, np.uint8))
            clips[seconds] = File((tmp_path / "given.mp4").read_bytes())
        return clips[seconds]

    made.give = give
    yield made
    made.close()


def settings(folder: Path, url: str, token: str = TOKEN) -> Settings:
    places = {"data_dir": folder / "data", "cache_dir": folder / "cache", "output_dir": folder / "output"}
    values = {"openai_api_key": None, "replicate_api_token": SecretStr(token) if token else None, "replicate_base_url": url, "workers": 1}
    return Settings(_env_file=None, **places, **values)  # type: ignore[arg-type, call-arg]


def test_with_the_token_set_the_same_prompt_goes_through_hosted_models(shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outcome, "FIRST_POLL_S", 0.05)
    held = settings(tmp_path, shop.url)
    runtime = runtime_of(held)
    runtime._backends["sound_studio"] = Hum(runtime.config)  # the music is not what is tested, and takes ten seconds
    house = houses.open_house(held, runtime, job=small_ad, passwords=Passwords(4))
    house.engine.poll_s = 0.05
    worker = house.worker(rooms=("tests", *ROOMS))
    worker.start()
    try:
        ada = house.accounts.register("ada", "correct horse").id
        brief = read_brief("Create a luxury watch ad for Instagram", duration=15)
        quote = house.generations.estimate(brief).quote
        assert {use.model for use, _ in quote.lines} >= {IMAGE, VIDEO}
        assert Decimal("0.5") < quote.total < 2
        assert quote_of(brief, runtime) == quote
        told = notice([quote_of(brief, runtime)], Decimal(5))
        assert f"up to ${quote.total:.2f}" in told
        assert quote.of_stand_ins(Decimal(5)) in told
        id = house.generations.submit(ada, brief)
        ends = time.monotonic() + 400
        while not (now := house.generations.follow(ada, id)).ad.status.final:
            assert time.monotonic() < ends, now
            time.sleep(0.05)
        assert now.ad.status is Status.COMPLETED, now.ad.error_message
        detail = house.generations.detail(ada, id)
        with house.store.database.reading() as session:
            calls = list(session.scalars(select(PaidCall).where(PaidCall.generation_id == id)))
        ordered = list(shop.orders.values())
        seconds = sum(o["input"].get("duration", 0) for o in ordered)
        pictures = sum("duration" not in o["input"] for o in ordered)
        cost = seconds * Decimal("0.026") + pictures * Decimal("0.025")
        assert {c.state for c in calls} == {CallState.SETTLED}
        assert {c.prediction for c in calls} == set(shop.orders)
        assert sum(c.cost or 0 for c in calls) == now.ad.cost == cost <= quote.total
        assert house.spending.budget(ada).spent == cost
        assert detail.result is not None
        assert {IMAGE, VIDEO} <= set(detail.result.models)  # what made it is named
        everything = b"".join(p.read_bytes() for p in (tmp_path / "data").rglob("*") if p.is_file())
        assert TOKEN.encode() not in everything  # neither database, nor logs, nor films hold it
        assert TOKEN not in repr(held) + repr(house.runtime.config)
        assert shop.files == {}
    finally:
        worker.stop()
        house.close()


def test_inputs_that_changed_their_names_are_found_before_anything_is_paid(shop: Shop, tmp_path: Path) -> None:
    names = ("prompt", "num_outputs", "output_format", "num_inference_steps", "guidance", "aspect_ratio", "seed")
    shop.schemas["black-forest-labs/flux-dev"] = {"properties": {name: {} for name in names}, "required": ["prompt"]}
    changed = (
        "prompt",
        "first_frame",
        "duration",
        "resolution",
        "aspect_ratio",
        "seed",
        "generate_audio",
        "camera_fixed",
        "last_frame_image",
    )
    shop.schemas["bytedance/seedance-1.5-pro"] = {"properties": {name: {} for name in changed}, "required": ["prompt", "first_frame"]}
    runtime = runtime_of(settings(tmp_path, shop.url))
    found = [f.said for f in examine(settings(tmp_path, shop.url), runtime).findings if f.name == "Replicate" and f.state is State.WARNING]
    runtime.close()
    assert found == [f"{VIDEO} is asked differently by now (first_frame, image)"]


def test_what_is_missing_is_said_exactly(shop: Shop, tmp_path: Path) -> None:
    for token, state, words in (
        ("", State.NOTE, "REPLICATE_API_TOKEN"),
        ("r8_wrong", State.WARNING, "was refused"),
        (TOKEN, State.OK, "ada"),
    ):
        held = settings(tmp_path, shop.url, token)
        runtime = runtime_of(held)
        finding = next(f for f in examine(held, runtime).findings if f.name == "Replicate")
        assert finding.state is state
        assert words in finding.said + finding.fix
        assert "r8_" not in finding.said + finding.fix
        card = capability_card(runtime).as_text()
        assert bool(re.search(f"off     {VIDEO}, .*: No Replicate token is set", card)) is (not token)
        assert (f"{VIDEO} – Seedance" in card) is bool(token)
        runtime.close()
