"""A house in which hero frames are made of plain pictures that can be held, and fail; and what its tests ask of it."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from models.asks import Ask, ImageAsk, Result, Text, TextAsk
from models.backends import BackendConfig
from models.capabilities import Capabilities
from models.catalog import ModelRow
from models.context import JobContext
from models.errors import ModelFailed
from models.runtime import Runtime
from pipelines.hero import read_hero_brief
from studio.services.hero_briefs import Pictures
from studio.services.hero_orders import HeroAsked
from studio.services.hero_sets import HeroSet
from studio.services.prices import Prices
from studio.store.database import Database
from studio.store.tables import Generation, GenerationGroup, GenerationKind, HeroFrame, Status, VideoAttempt, new_id
from studio.store.times import utc_now
from tests.plain_pictures import ROW, PlainPictures
from tests.studio.three_step_ad import AdHouse, ad_house

PROMPT = "A steel watch on wet black stone"
PAID = replace(ROW, price_per_image=Decimal("0.03"))
WRITER = ModelRow("house/llm", ("text",), "writer", "A writer", "this project's", price_per_million_out=Decimal(10))


class Studio(PlainPictures):
    """Plain pictures that can be held, and fail for some seeds; files beside the jobs' folders are the switches."""

    def __init__(self, work: Path, references: int = 0) -> None:
        self.work, self.references, self.asked = work, references, []  # type: ignore[var-annotated]

    def capabilities(self, row: ModelRow) -> Capabilities:
        return replace(super().capabilities(row), references=self.references)

    def answer(self, ask: Ask, row: ModelRow, job: JobContext) -> Result:
        assert isinstance(ask, ImageAsk)
        self.asked.append(ask)
        job.progress(0.5, "Half")
        while (self.work / "hold").exists() and not (self.work / f"free-{ask.seed}").exists():
            job.check()
            time.sleep(0.02)
        if (self.work / f"fail-{ask.seed}").exists():
            raise ModelFailed("kernel 0x7f", model=row.id)
        still = super().answer(ask, row, job)
        return replace(still, made=replace(still.made, seed=ask.seed, cost_usd=row.price_per_image))


class Writer:
    """A language model that adds a light."""

    def available(self, row: ModelRow) -> str:
        return ""

    def capabilities(self, row: ModelRow) -> Capabilities:
        return Capabilities(kinds=frozenset({"text"}), schema=True)

    def answer(self, ask: Ask, row: ModelRow, job: JobContext) -> Result:
        from models.asks import Made

        assert isinstance(ask, TextAsk)
        said = "rim light from behind"
        data = {
            "prompt": f"{PROMPT}, {said}",
            "changes": [{"matter": "light", "before": "", "after": said, "reason": "It draws the outline."}],
        }
        return Text("{}", Made(row.id, cost_usd=Decimal("0.004")), data=data)

    def close(self) -> None:
        return None


@contextmanager
def hero_house(
    database: Database, folder: Path, row: ModelRow = ROW, references: int = 0, **options: Any
) -> Iterator[tuple[AdHouse, Studio]]:
    studio = Studio(folder / "work", references)
    runtime = Runtime(BackendConfig(cache_dir=folder / "cache"), catalog=(row, WRITER) if options.pop("writer", False) else (row,))
    runtime._backends |= {"plain": studio, "writer": Writer()}  # type: ignore[dict-item]
    with ad_house(database, folder, runtime=runtime, prices=Prices(runtime.catalog), **options) as house:
        yield house, studio


def asked(prompt: str = PROMPT, *, seed: int = 7, **more: Any) -> HeroAsked:
    pictures, direct, original = (
        more.pop(name, default) for name, default in (("pictures", Pictures()), ("direct", False), ("original", ""))
    )
    return HeroAsked(read_hero_brief(prompt, seed=seed, **more), pictures, seeded=True, direct=direct, original=original)


def until(house: AdHouse, user: str, id: str, true: Callable[[HeroSet], bool]) -> HeroSet:
    deadline = time.monotonic() + 30
    while not true(now := house.hero_sets.one(user, id)):
        assert time.monotonic() < deadline, now.detail
        time.sleep(0.02)
    return now


def ended(house: AdHouse, user: str, id: str) -> HeroSet:
    return until(house, user, id, lambda now: now.detail.status.final)


def filmed(house: AdHouse, user: str, frame: HeroFrame) -> None:
    """Write down that a film was made of the frame; nothing else goes on from it."""
    id, now = new_id(), utc_now()
    group = GenerationGroup(id=new_id(), user_id=user, title="Films", created_at=now)
    order = Generation(id=id, user_id=user, kind=GenerationKind.TAKE, listed=False, prompt="", prompt_key="", quoted_cost=Decimal(0))
    order.brief, order.status, order.created_at = {"hero_frame_id": frame.id}, Status.COMPLETED, now
    with house.database.writing() as session:
        session.add_all([group, order])
        session.flush()
        take = VideoAttempt(id=new_id(), group_id=group.id, generation_id=id, iteration_index=1, position=0, created_at=now)
        take.video_id = frame.image_id
        session.add(take)
