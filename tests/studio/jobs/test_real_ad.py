"""A real ad, small, made by `python -m studio worker` on the embedded backends, with its keeper: killed, carried on, cancelled."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest
from PIL import Image, ImageDraw

from models.media.video_file import VideoReader
from pipelines.brief import read_brief
from studio.house import House
from studio.services.accounts import Account
from studio.settings import Settings
from studio.store.tables import Status
from studio.wiring import open_house
from tests.preloaded import ROOT, Started, start
from tests.studio.renderers import rendering

pytestmark = pytest.mark.slow

PATIENCE_S = 240.0
IDLE_S, IDLE_CPU_S = 1.5, 0.75
"""Who does nothing but listen for work computes less than this in that time."""
PROMPT = "Create a luxury watch ad for Instagram"


@dataclass
class Works:
    """One installation on SQLite and its worker process."""

    house: House
    ada: Account
    folder: Path
    settings: dict[str, str]
    processes: list[Started] = field(default_factory=list)

    def worker(self) -> psutil.Process:
        env = {**os.environ, **self.settings, "PYTHONPATH": str(ROOT)}
        with (self.folder / f"worker-{len(self.processes)}.log").open("w") as log:
            self.processes.append(start("studio", "worker", cwd=self.folder, env=env, stderr=log))
        return psutil.Process(self.processes[-1].pid)

    def order(self, photo: str = "") -> str:
        return self.house.generations.submit(self.ada.id, read_brief(PROMPT, short_side=120, seed=7), photo)

    def parts(self, job: str) -> dict[str, str]:
        """The engine's word for the parts of a job: "visuals:0" → "SUCCESS"."""
        return {id.partition(":")[2]: status for id, status in self.house.engine.statuses(prefix=f"{job}:").items()}

    def wait(self, what: Callable[[], object], every_s: float = 0.05) -> None:
        ends = time.monotonic() + PATIENCE_S
        while not what():
            assert time.monotonic() < ends, self.logs()
            time.sleep(every_s)

    def wait_for_end(self, job: str) -> None:
        self.wait(lambda: self.house.generations.follow(self.ada.id, job).ad.status.final, every_s=0.3)

    def logs(self) -> str:
        return "\n".join(f"--- {log.name}\n{log.read_text()[-4000:]}" for log in sorted(self.folder.glob("worker-*.log")))


@pytest.fixture
def works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Works]:
    settings = {"DATA_DIR": str(tmp_path / "data"), "CACHE_DIR": str(tmp_path / "cache"), "WORKERS": "1", "OPENAI_API_KEY": ""}
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    house = open_house(Settings(_env_file=None))  # type: ignore[call-arg]
    opened = Works(house, house.accounts.register("Ada", "a-long-password"), tmp_path, settings)
    try:
        yield opened
    finally:
        for process in opened.processes:
            process.close()
        house.close()


def computed(worker: psutil.Process) -> float:
    """CPU seconds of the worker and of whoever renders for it."""
    return sum(process.cpu_times().user for process in (worker, *rendering(worker)))


def records(works: Works, job: str) -> dict[str, tuple[float, object]]:
    """When each finished part began, and what it gave."""
    found = works.house.engine._clerk.list_workflows(workflow_id_prefix=f"{job}:", status="SUCCESS")
    return {w.workflow_id: (w.output["began"], w.output["value"]) for w in found}


def test_killed_in_the_middle_of_a_clip_it_is_finished_all_the_same(works: Works) -> None:
    photo = works.folder / "photo.png"
    picture = Image.new("RGB", (300, 450), "white")
    ImageDraw.Draw(picture).rectangle((90, 60, 210, 420), fill="#2060a0")
    picture.save(photo)
    with photo.open("rb") as file:
        upload = works.house.uploads.take(works.ada.id, file, "bottle.png")
    worker = works.worker()
    job = works.order(upload.id)

    def one_is_done_and_one_is_not() -> bool:
        shots = [status for name, status in works.parts(job).items() if name.startswith("visuals")]
        return "SUCCESS" in shots and "PENDING" in shots and bool(rendering(worker))

    works.wait(one_is_done_and_one_is_not)
    renderers = rendering(worker)
    worker.suspend()  # so that what is on record now is what was on record when it died
    before, killed_at = records(works, job), time.time()
    worker.kill()
    works.processes[-1].wait(30)
    _, alive = psutil.wait_procs(renderers, timeout=30)
    assert alive == []  # rendering does not outlive its worker

    works.worker()
    works.wait_for_end(job)
    ad = works.house.library.get(works.ada.id, job)
    assert (ad.status, ad.error_message) == (Status.COMPLETED, None), works.logs()
    after = records(works, job)
    assert before
    assert {id: after[id] for id in before} == before  # not rendered again: same files, same times
    again = {id for id, (began, _) in after.items() if began > killed_at}
    assert again == set(after) - set(before)
    assert any(":visuals:" in id for id in again)

    assert ad.video is not None
    with works.house.store.media.local(ad.video) as film, VideoReader(film) as frames:
        assert sum(1 for _ in frames.planes()) == 15 * frames.fps
        assert min(frames.width, frames.height) == 120
    with works.house.store.media.local(ad.thumbnail) as poster, Image.open(poster) as opened:  # type: ignore[arg-type]
        opened.load()
    assert works.house.accounts.profile(works.ada.id).total_generations == 1
    works.wait(lambda: not (works.folder / "data" / "work" / job).exists())  # temporary files go with the end


def test_a_cancelled_ad_stops_rendering_and_encoding(works: Works) -> None:
    """How soon is measured in test_stopping; here, that nothing goes on: no process, no file, no computing."""
    worker = works.worker()
    job = works.order()
    works.wait(lambda: works.house.generations.follow(works.ada.id, job).step == "visuals" and rendering(worker))
    renderers = rendering(worker)
    cancelled(works, job)
    works.wait(lambda: not any(process.is_running() for process in renderers))
    assert film_of(nothing_goes_on(works, worker, job)) == []

    job = works.order()  # the same pictures: those that were finished are there already
    folder = works.folder / "data" / "work" / job
    works.wait(lambda: any(folder.glob(".ad-*.part")) or any(folder.glob("ad.mp4")))
    cancelled(works, job)
    works.wait(lambda: not any(folder.glob(".ad-*.part")))
    for film in film_of(nothing_goes_on(works, worker, job)):  # finished before the worker's next look at the database
        with VideoReader(film) as frames:
            assert sum(1 for _ in frames.planes()) == frames.n_frames == 15 * frames.fps

    works.processes[-1].send_signal(signal.SIGTERM)
    assert works.processes[-1].wait(PATIENCE_S) == 0, works.logs()


def cancelled(works: Works, job: str) -> None:
    ad = works.house.generations.cancel(works.ada.id, job).ad
    assert (ad.status, ad.error_code) == (Status.FAILED, "cancelled")


def film_of(files: list[Path]) -> list[Path]:
    """The finished film and whatever was begun of it."""
    return [path for path in files if path.name.startswith(("ad.", ".ad"))]


def nothing_goes_on(works: Works, worker: psutil.Process, job: str) -> list[Path]:
    """Wait until the engine has no work of the job left and the worker is idle; the files it left, which nobody writes any more."""
    works.wait(lambda: not {"PENDING", "ENQUEUED"} & {*works.parts(job).values(), *works.house.engine.statuses([job]).values()})

    def files() -> dict[Path, int]:
        return {path: path.stat().st_size for path in (works.folder / "data" / "work" / job).rglob("*")}

    def idle() -> bool:
        before, busy = files(), computed(worker)
        time.sleep(IDLE_S)
        return computed(worker) - busy < IDLE_CPU_S and files() == before

    works.wait(idle)
    return sorted(files())
