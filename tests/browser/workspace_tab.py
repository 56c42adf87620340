"""The Workspace tab as its tests touch it, and a studio whose films are made at once: the hero frame moved a little, as the seed says."""

import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from playwright.sync_api import Browser, Locator, Page

from models.asks import Ask, Clip, Made, Result, VideoAsk
from models.backends import BackendConfig
from models.capabilities import Capabilities
from models.catalog import CATALOG, ModelRow
from models.context import JobContext
from models.errors import ModelFailed
from models.media.image_file import read_image, write_image
from models.media.video_file import VideoWriter
from models.runtime import Runtime
from pipelines.brief import Brief
from pipelines.hero.hero_brief import read_hero_brief
from pipelines.progress import Run
from studio import house as houses
from studio.jobs.ad_job import HeroShot, Kept
from studio.jobs.references import ROOMS
from studio.services.hero_briefs import Pictures, kept
from studio.store.tables import Generation, GenerationKind, HeroFrame, Status, new_id
from studio.store.times import utc_now
from studio.ui.islands import assets
from studio.words import workspace
from tests.browser.conftest import ADA, CHEAP, POLL_S, QUEUES, Server, Visit, visiting
from tests.studio.quick_job import quick_ad

WORDS = workspace.SHARED | workspace.WORDS
ROW = ModelRow("moving/v1", ("video",), "moving", "A moving picture: of the tests", "this project's")
PROMPT = "A steel watch on wet black stone"


def tab(page: Page) -> Locator:
    """The tab's own part of the page."""
    return page.locator(".block.island-workspace")


def button(page: Page, word: str, **values: Any) -> Locator:
    """The button that says WORDS[word]."""
    return tab(page).get_by_role("button", name=WORDS[word].format(**values), exact=True)


def players(page: Page) -> Locator:
    return tab(page).locator(".monitors .player")


def thumb(page: Page, label: str) -> Locator:
    """The picture of an attempt among the versions."""
    return tab(page).locator(".thumb").filter(has_text=label)


def ad_around(run: Run, brief: Brief, photo: str = "", hero: HeroShot | None = None) -> Kept:
    """A quick ad, around a version or not."""
    return quick_ad(run, brief, photo)


class MovingPictures:
    """Put it in `Runtime._backends`. Films wait while a file `hold` lies in the folder, unless `free-…` lets one through; while `broken`
    lies there, they fail, and while `broken-1` does, those with the second seed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def available(self, row: ModelRow) -> str:
        return ""

    def capabilities(self, row: ModelRow) -> Capabilities:
        return Capabilities(kinds=frozenset({"video"}), max_frames=2000)

    def answer(self, ask: Ask, row: ModelRow, job: JobContext) -> Result:
        assert isinstance(ask, VideoAsk)
        assert ask.still
        self._wait(job)
        if (self.folder / "broken").exists() or (self.folder / f"broken-{ask.variant}").exists():
            raise ModelFailed("out of film", model=row.id)
        picture = read_image(ask.still.path)[..., :3]
        path = job.workdir / f"{ask.seed}-{ask.variant}-{id(ask)}.mp4"
        with VideoWriter(path, ask.width, ask.height, ask.fps) as video:
            for n in range(ask.n_frames):
                video.write_rgb(self._frame(picture, ask, n / max(1, ask.n_frames - 1), n))
        return Clip(path, ask.width, ask.height, ask.n_frames, ask.fps, Made(row.id, ask.seed, 0.1))

    def close(self) -> None:
        return None

    def _wait(self, job: JobContext) -> None:
        while (self.folder / "hold").exists():
            job.check()
            for free in self.folder.glob("free-*"):
                try:
                    free.unlink()
                except FileNotFoundError:
                    continue  # another film took it
                return
            time.sleep(0.02)

    @staticmethod
    def _frame(picture: np.ndarray, ask: VideoAsk, t: float, n: int) -> np.ndarray:
        """Of three takes the first is steady; in the others light jumps and the picture turns, ever more."""
        bad = ask.variant % 3
        turned = cv2.getRotationMatrix2D((ask.width / 2, ask.height / 2), 2.0 * bad * t, 1 + (0.12 + 0.1 * ask.strength) * t)
        moved = cv2.warpAffine(picture, turned, (ask.width, ask.height), borderMode=cv2.BORDER_REFLECT)
        return np.clip(moved * (1 + 0.09 * bad * np.sin(n * 1.7)), 0, 255).astype(np.uint8)


class TakesServer(Server):
    """An installation whose one model moves pictures. shape: of hero frames, in pixels."""

    shape = (90, 160)
    patience_s = 120

    def _open(self) -> None:
        runtime = Runtime(BackendConfig(cache_dir=self.settings.cache_dir or self.settings.data_dir), catalog=(ROW, *CATALOG))
        runtime._backends["moving"] = MovingPictures(self.work)  # type: ignore[assignment]
        self.house = houses.open_house(self.settings, runtime, job=self.job, passwords=CHEAP)
        self.house.engine.poll_s = POLL_S
        self.worker = self.house.worker(rooms=("tests", *ROOMS))
        self.worker.start(QUEUES)

    def hero(
        self, prompt: str = PROMPT, still: str = "still-watch.webp", shape: tuple[int, int] | None = None, aspect: str = "9:16"
    ) -> str:
        """Write down a hero frame of Ada's; its id."""
        width, height = shape or self.shape
        with self.api() as api:
            ada = api.get("auth/me").json()["id"]
        picture = cv2.imread(str(assets()[still]))
        scale = max(width / picture.shape[1], height / picture.shape[0])
        larger = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)[..., ::-1]
        top, left = (larger.shape[0] - height) // 2, (larger.shape[1] - width) // 2
        path = write_image(self.work / f"{new_id()}.png", np.ascontiguousarray(larger[top : top + height, left : left + width]))
        store = self.house.store
        now, set_id, frame_id = utc_now(), new_id(), new_id()
        with store.database.writing() as session:
            brief = kept(read_hero_brief(prompt, aspect=aspect), Pictures())
            session.add(
                Generation(
                    id=set_id,
                    user_id=ada,
                    kind=GenerationKind.HERO,
                    listed=False,
                    prompt=prompt,
                    prompt_key=prompt.casefold(),
                    brief=brief,
                    status=Status.COMPLETED,
                    quoted_cost=Decimal(0),
                    created_at=now,
                )
            )
        image = store.media.put(path, owner_id=ada, kind="still", mime="image/png", made_for=set_id)
        thumb = store.media.put(path, owner_id=ada, kind="thumbnail", mime="image/png", made_for=set_id)
        with store.database.writing() as session:
            session.add(
                HeroFrame(
                    id=frame_id,
                    user_id=ada,
                    set_id=set_id,
                    position=0,
                    root_id=set_id,
                    prompt=prompt,
                    original_prompt=prompt,
                    brief=brief,
                    image_id=image.id,
                    thumbnail_id=thumb.id,
                    model="plain/v1",
                    seed=7,
                    aspect_ratio=aspect,
                    width=width,
                    height=height,
                    status=Status.COMPLETED,
                    created_at=now,
                )
            )
        return frame_id

    def order(self, frame: str, group: str = "", **more: Any) -> str:
        """Order an iteration; its group's id. Two seconds and three attempts unless `more` says otherwise."""
        body = {"hero_frame_id": frame, "duration": 2, "auto_attempts": 3, **({"group_id": group} if group else {}), **more}
        with self.api() as api:
            reply = api.post("image-to-video", json=body)
            assert reply.status_code == 202, reply.text
            return str(reply.json()["group_id"])

    def group(self, id: str) -> dict[str, Any]:
        with self.api() as api:
            told: dict[str, Any] = api.get(f"generation-groups/{id}").json()
            return told

    def finished(self, id: str) -> dict[str, Any]:
        """The group, once nothing of it is being made any more."""
        deadline = time.monotonic() + self.patience_s
        with self.api() as api:  # signed in once: who signs in twenty times a second is asked to wait
            while (told := api.get(f"generation-groups/{id}").json())["status"] in ("pending", "processing"):
                assert time.monotonic() < deadline, told
                time.sleep(min(0.05 + self.patience_s / 2000, 0.5))
        found: dict[str, Any] = told
        return found


@pytest.fixture(scope="module")
def takes_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TakesServer]:
    server = TakesServer(tmp_path_factory.mktemp("studio"), ad_around)
    server.start()
    yield server
    server.switch(on=False)
    server.stop()


@pytest.fixture
def takes_visit(browser: Browser, takes_server: TakesServer, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """Ada's visit of that studio; parametrise as `visit`."""
    yield from visiting(
        browser, takes_server, {"reduced_motion": "reduce"} | getattr(request, "param", {}), ADA
    )  # nothing glows while it waits
