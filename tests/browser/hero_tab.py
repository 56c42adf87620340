"""The Hero Frames tab as its tests touch it: its own part of the page, its frames, and a studio whose pictures are made at once."""

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page

from models.asks import Ask, ImageAsk, Result
from models.backends import BackendConfig
from models.catalog import CATALOG, ModelRow
from models.context import JobContext
from models.runtime import Runtime
from studio import house as houses
from studio.jobs.references import ROOMS
from studio.words import hero
from tests.browser.conftest import ADA, CHEAP, POLL_S, QUEUES, Server, Visit, visiting
from tests.browser.hero_stub import HeroStub
from tests.plain_pictures import ROW, PlainPictures

WORDS = hero.SHARED | hero.WORDS


def tab(page: Page) -> Locator:
    """The tab's own part of the page."""
    return page.locator(".block.island-hero")


def button(page: Page, word: str) -> Locator:
    """The button that says WORDS[word]."""
    return tab(page).get_by_role("button", name=WORDS[word], exact=True)


def frame(page: Page, name: str) -> Locator:
    """The frame called `name` ("1.2"), whatever it is besides."""
    return tab(page).get_by_role("button", name=re.compile(rf"^Frame {re.escape(name)}(,|$)"))


def helper(page: Page, matter: str) -> Locator:
    """The button of a matter, in the part of the page that is open."""
    return tab(page).locator(".helper", has_text=matter).locator("visible=true").last


def term(page: Page, matter: str, title: str) -> None:
    """Choose one of its terms."""
    helper(page, matter).click()
    tab(page).get_by_role("radio", name=re.compile(rf"^{re.escape(title)}")).check(force=True)


def stubbed(visit: Visit) -> HeroStub:
    """The visit with a stub in front of the server."""
    return HeroStub(visit.context)


class Held(PlainPictures):
    """Plain pictures; each waits while a file `hold` lies in the folder, unless one is let through."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def answer(self, ask: Ask, row: ModelRow, job: JobContext) -> Result:
        if not isinstance(ask, ImageAsk):
            return super().answer(ask, row, job)
        while (self.folder / "hold").exists():
            job.check()
            for free in self.folder.glob("free-*"):
                try:
                    free.unlink()
                except FileNotFoundError:
                    continue  # another candidate took it
                return super().answer(ask, row, job)
            time.sleep(0.02)
        return super().answer(ask, row, job)


class HeroServer(Server):
    """An installation whose first model paints plain surfaces of 120 pixels."""

    def _open(self) -> None:
        runtime = Runtime(BackendConfig(cache_dir=self.settings.cache_dir or self.settings.data_dir), catalog=(ROW, *CATALOG))
        self.pictures = Held(self.work)
        runtime._backends["plain"] = self.pictures  # type: ignore[assignment]
        self.house = houses.open_house(self.settings, runtime, job=self.job, passwords=CHEAP)
        self.house.hero_orders._side = 120
        self.house.engine.poll_s = POLL_S
        self.worker = self.house.worker(rooms=("tests", *ROOMS))
        self.worker.start(QUEUES)


@pytest.fixture(scope="module")
def hero_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HeroServer]:
    server = HeroServer(tmp_path_factory.mktemp("studio"))
    server.start()
    yield server
    server.switch(on=False)
    server.stop()


@pytest.fixture
def hero_visit(browser: Browser, hero_server: HeroServer) -> Iterator[Visit]:
    """Ada's visit of that studio."""
    yield from visiting(browser, hero_server, {}, ADA)
