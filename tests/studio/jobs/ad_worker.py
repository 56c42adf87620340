"""A worker that makes small ads of stub films, in a process of its own that can be killed: `python -m tests.studio.jobs.ad_worker FOLDER`.

The folder holds the database `studio.db` and all files. In it stand logs – `ordered` (a line for each film that the stub's provider took an
order for), `begun` and `filmed` (for each that was waited for, and that was there), `encoded` (for each frame of an export) – and the
switches of whoever tests:

    hold    the numbers of the films that may be filmed, counted as they are begun; the others wait and ask whether they are still wanted
    slow    an export's encoder writes twenty frames a second
"""

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from models.asks import Ask, Result, VideoAsk
from models.backends import BackendConfig
from models.catalog import CATALOG, ModelRow
from models.context import JobContext
from models.media.video_file import VideoWriter
from models.runtime import Runtime
from models.till import place_once
from pipelines.brief import Brief
from pipelines.progress import Run
from studio.jobs.ad_job import HeroShot, Kept, make_ad_job
from studio.services.prices import Prices
from studio.store.database import connect
from tests.plain_films import FILM_ROW, PlainFilms
from tests.plain_pictures import ROW, PlainPictures
from tests.studio.editable_ad import editable_ad
from tests.studio.quick_finish import cut_off
from tests.studio.three_step_ad import AdHouse, ad_house

SOUND_ROW = next(row for row in CATALOG if "sound" in row.kinds and not row.paid)
ROWS = (ROW, replace(FILM_ROW, traceable=True), SOUND_ROW)
MADE_BY = {"image": ROW.id, "video": FILM_ROW.id, "sound": SOUND_ROW.id}
LEASE_S = 3.0


class HeldFilms(PlainFilms):
    """Plain films, ordered at a provider that keeps orders, which can be held."""

    def __init__(self, folder: Path) -> None:
        super().__init__(lambda ask: "pan")
        self.folder = folder
        self.lock = threading.Lock()

    def create(self, key: str) -> str:
        self.note("ordered", key)
        return key

    def find(self, key: str) -> str | None:
        return key if key in lines(self.folder, "ordered") else None

    def answer(self, ask: Ask, row: ModelRow, job: JobContext) -> Result:
        assert isinstance(ask, VideoAsk)
        assert job.bill is not None
        order = place_once(job.bill, self, job.check)
        number = self.note("begun", order)
        while self.held(number):
            job.check()
            time.sleep(0.02)
        made = super().answer(ask, row, job)
        self.note("filmed", order)
        return made

    def held(self, number: int) -> bool:
        hold = self.folder / "hold"
        try:
            return str(number) not in hold.read_text().split()
        except FileNotFoundError:
            return False

    def note(self, log: str, what: str) -> int:
        """How many lines there are then."""
        with self.lock, (self.folder / log).open("a") as file:
            file.write(what + "\n")
        return len(lines(self.folder, log))


def lines(folder: Path, log: str) -> list[str]:
    """What a log holds."""
    return (folder / log).read_text().splitlines() if (folder / log).exists() else []


def some_ad(run: Run, brief: Brief, photo: str = "", hero: HeroShot | None = None, of_a_set: bool = False) -> Kept:
    """An ad to edit, or one of a set."""
    return make_ad_job(run, brief, photo, hero, of_a_set) if of_a_set else editable_ad(run, brief)


@contextmanager
def house_in(folder: Path) -> Iterator[AdHouse]:
    """The same services in every process."""
    database = connect(f"sqlite:///{folder / 'studio.db'}")
    runtime = Runtime(BackendConfig(cache_dir=folder / "cache"), catalog=ROWS)
    runtime._backends |= {"plain": PlainPictures(), "plain_film": HeldFilms(folder)}
    with ad_house(
        database, folder, per_hour=100, runtime=runtime, job=some_ad, made_by=MADE_BY, prices=Prices(ROWS), lease_s=LEASE_S
    ) as house:
        yield house
    database.close()


def slowly(folder: Path) -> None:
    """Films of composed frames are written as slowly as the switch says."""
    write = VideoWriter.write_planes

    def wrapped(self: VideoWriter, *planes: Any, **more: Any) -> None:
        if (folder / "slow").exists():
            with (folder / "encoded").open("a") as file:
                file.write(f"{self.path.name}\n")
            time.sleep(0.05)
        write(self, *planes, **more)

    VideoWriter.write_planes = wrapped  # type: ignore[method-assign]


def main(folder: Path) -> None:
    """Until it is killed."""
    slowly(folder)
    with house_in(folder) as house, house.working():
        print("at work", flush=True)
        threading.Event().wait()


if __name__ == "__main__":
    cut_off(pytest.MonkeyPatch())
    main(Path(sys.argv[1]))
