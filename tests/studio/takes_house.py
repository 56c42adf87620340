"""An installation that films takes of plain surfaces, and hero frames as if they had been made."""

import shutil
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from models.asks import VideoAsk
from models.media.image_file import write_image
from pipelines.hero import read_hero_brief
from pipelines.hero.hero_frames import ask_for_frame
from pipelines.motion import read_motion_brief
from studio.services.group_told import GroupTold
from studio.services.hero_briefs import Pictures, kept, kept_ask
from studio.services.takes import Ordered, TakesAsked
from studio.store.database import Database, connect
from studio.store.tables import Generation, GenerationKind, HeroFrame, Status, new_id
from studio.store.times import utc_now
from tests.studio.three_step_ad import AdHouse, ad_house

PROMPT = "A steel watch on wet black stone"


@pytest.fixture
def lite(migrated_sqlite: Path, tmp_path: Path) -> Iterator[Database]:
    shutil.copy(migrated_sqlite, tmp_path / "studio.db")
    database = connect(f"sqlite:///{tmp_path / 'studio.db'}")
    yield database
    database.close()


@pytest.fixture
def house(lite: Database, tmp_path: Path) -> Iterator[AdHouse]:
    with ad_house(lite, tmp_path, per_hour=50) as opened:
        yield opened


def person(house: AdHouse, name: str = "ada") -> str:
    return house.accounts.register(name, "correct horse").id


def a_frame(house: AdHouse, user: str, root: str = "", *, status: Status = Status.COMPLETED) -> str:
    """A hero frame as if it had been made."""
    brief = read_hero_brief(PROMPT, seed=7, short_side=120, brand="Aurelia")
    ask, at = ask_for_frame(brief, 0), utc_now()
    path = write_image(house.work / f"{new_id()}.png", np.full((128, 72, 3), 90, np.uint8))
    file = house.media.put(path, owner_id=user, kind="still", mime="image/png").id
    with house.database.writing() as session:
        made = Generation(
            id=new_id(),
            user_id=user,
            kind=GenerationKind.HERO,
            listed=False,
            prompt=PROMPT,
            prompt_key=PROMPT.lower(),
            status=status,
            quoted_cost=Decimal(0),
            created_at=at,
        )
        session.add(made)
        session.flush()
        frame = HeroFrame(
            id=new_id(),
            user_id=user,
            set_id=made.id,
            position=0,
            root_id=root or made.id,
            prompt=PROMPT,
            original_prompt=PROMPT,
            brief=kept(brief, Pictures()) | {"ask": kept_ask(ask)},
            image_id=file if status is Status.COMPLETED else None,
            thumbnail_id=file,
            model="plain/v1",
            seed=ask.seed,
            aspect_ratio="9:16",
            width=72,
            height=128,
            status=status,
            created_at=at,
        )
        session.add(frame)
        return frame.id


def asked(frame: str, takes: int = 2, group: str = "", **more: Any) -> TakesAsked:
    names = ("model", "seed", "auto_select", "note")
    own = {name: more.pop(name) for name in names if name in more}
    motion = read_motion_brief(more.pop("words", ""), seconds=2, takes=takes, **more)
    return TakesAsked(frame, motion, group_id=group, **{"model": "plain/film"} | own)


def acting(house: AdHouse, *acts: str) -> list[VideoAsk]:
    """What happens to the first take, the second … of a hero frame; what is asked is noted."""
    films = house.runtime._backends["plain_film"]
    films.act = lambda ask: acts[ask.variant] if ask.variant < len(acts) else "pan"
    noted: list[VideoAsk] = films.asked
    return noted


def until(house: AdHouse, user: str, group: str, true: Callable[[GroupTold], bool]) -> GroupTold:
    deadline = time.monotonic() + 60
    while not true(now := house.groups.one(user, group)):
        assert time.monotonic() < deadline, now
        time.sleep(0.1)
    return now


def made(house: AdHouse, user: str, ordered: Ordered) -> GroupTold:
    house.ended(user, ordered.generation_id)
    return house.groups.one(user, ordered.group_id)
