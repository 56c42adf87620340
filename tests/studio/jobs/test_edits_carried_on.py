"""Kill -9 while a clip is made again, an edit exported and a set of variants made, all at once: each is finished, nothing is made or paid
twice. And an export that is cancelled stops encoding."""

import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select

from models.media.video_file import VideoReader
from pipelines.brief import read_brief
from studio.jobs.engine import SUCCEEDED
from studio.services.regenerations import RegenerationAsked
from studio.services.variant_asked import VariantsAsked
from studio.store.tables import CallState, Generation, PaidCall, Status
from tests.preloaded import Started, start
from tests.studio.jobs.ad_worker import FILM_ROW, MADE_BY, house_in, lines
from tests.studio.jobs.conftest import PATIENCE_S
from tests.studio.takes_house import person
from tests.studio.three_step_ad import AdHouse

PROMPT = "Create a luxury watch ad for Instagram"


@dataclass
class Works:
    """One installation, its worker process, and Ada's finished ad."""

    house: AdHouse
    folder: Path
    ada: str = ""
    ad: str = ""
    processes: list[Started] = field(default_factory=list)

    def worker(self) -> None:
        log = (self.folder / f"worker-{len(self.processes)}.log").open("w")
        process = start("tests.studio.jobs.ad_worker", str(self.folder), stderr=log)
        self.processes.append(process)
        assert process.stdout.readline().strip() == "at work", self.logs()

    def kill(self) -> None:
        self.processes[-1].kill()
        self.processes[-1].wait(PATIENCE_S)

    def wait(self, what: Callable[[], object]) -> None:
        ends = time.monotonic() + PATIENCE_S
        while not what():
            assert time.monotonic() < ends, self.logs()
            time.sleep(0.03)

    def status(self, id: str) -> Status:
        return self.house.generations.follow(self.ada, id).ad.status

    def ended(self, *ids: str) -> None:
        self.wait(lambda: all(self.status(id).final for id in ids))

    def records(self, *jobs: str) -> dict[str, tuple[float, object]]:
        """When each finished part of these began, and what it gave."""
        found = (one for job in jobs for one in self.house.engine._clerk.list_workflows(workflow_id_prefix=f"{job}:", status=SUCCEEDED))
        return {one.workflow_id: (one.output["began"], one.output["value"]) for one in found}

    def said(self, log: str) -> list[str]:
        return lines(self.folder, log)

    def logs(self) -> str:
        return "\n".join(f"--- {log.name}\n{log.read_text()[-3000:]}" for log in sorted(self.folder.glob("worker-*.log")))


@pytest.fixture(scope="module")
def works(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Works]:
    folder = tmp_path_factory.mktemp("edits")
    shutil.copy(migrated_sqlite, folder / "studio.db")
    with house_in(folder) as house:
        opened = Works(house, folder)
        try:
            opened.worker()
            opened.ada = person(house)
            opened.ad = house.generations.submit(opened.ada, read_brief(PROMPT))
            opened.ended(opened.ad)
            assert opened.status(opened.ad) is Status.COMPLETED, opened.logs()
            yield opened
        finally:
            for process in opened.processes:
                process.close()


@pytest.mark.slow
def test_killed_at_once_all_three_are_carried_on(works: Works) -> None:
    house, ada, ad = works.house, works.ada, works.ad
    hold, slow = works.folder / "hold", works.folder / "slow"
    hold.write_text("1")
    slow.touch()
    draft = house.editor.act(ada, ad, house.editor.open(ada, ad).revision, [{"action": "delete", "clips": ["s3"]}])
    again = house.regenerations.order(ada, ad, draft.revision, RegenerationAsked("s3", model=FILM_ROW.id, attempts=2))
    attempts = lambda: house.regenerated.one(ada, ad, again).attempts  # noqa: E731
    works.wait(lambda: [one.status for one in attempts()].count(Status.COMPLETED) == 1 and len(works.said("begun")) == 2)

    hold.write_text("1 3")
    brief = read_brief(PROMPT, short_side=120, brand="Aurelia", duration=15, coherence={"color_matching": False})
    asked = VariantsAsked(brief.model_copy(update={"models": MADE_BY}), hooks=("",), calls=("", "Try one on"))
    of_set = house.variants.submit(ada, asked)
    lead, heir = (cell.generation_id for cell in house.variants.one(ada, of_set).cells)
    works.wait(lambda: any(":visuals:" in id for id in works.records(lead)) and len(works.said("begun")) >= 4)

    export = house.exports.order(ada, ad, draft.revision, {"fps": 30})
    works.wait(lambda: len(works.said("encoded")) >= 3)
    before, made, killed_at = works.records(again, lead, export), works.said("filmed"), time.time()
    works.kill()
    assert len(made) == 2
    hold.unlink()
    slow.unlink()
    works.worker()
    works.ended(again, lead, heir, export)
    assert [works.status(id) for id in (again, lead, heir, export)] == [Status.COMPLETED] * 4, works.logs()

    after = works.records(again, lead, export)
    assert {id: after[id] for id in before} == before, "what was finished is not made again"
    assert {id for id, (began, _) in after.items() if began > killed_at} == after.keys() - before.keys()
    assert len(works.said("ordered")) == len(set(works.said("ordered"))) == 7  # two attempts, and the five shots that both ads show
    assert Counter(works.said("filmed")) == dict.fromkeys(works.said("ordered"), 1)
    with house.database.reading() as session:
        calls = list(session.scalars(select(PaidCall)))
        rows = session.execute(select(Generation.id, Generation.cost).where(Generation.id.in_([again, lead, heir])))
        costs = {id: cost or Decimal(0) for id, cost in rows}
    assert [call.state for call in calls] == [CallState.SETTLED] * 7
    assert sum((call.cost or Decimal(0) for call in calls), Decimal(0)) == sum(costs.values(), Decimal(0))
    assert costs[heir] == 0 < costs[lead]

    told = house.regenerated.one(ada, ad, again)
    assert [one.status for one in told.attempts] == [Status.COMPLETED] * 2
    assert told.ranking is not None
    (one,) = house.exports.of(ada, ad)
    with house.media.local(house.media.find(one.video_id or "", owner_id=ada)) as film, VideoReader(film) as frames:
        assert sum(1 for _ in frames.planes()) == draft.edit.n_frames * 30 // 24


def test_a_cancelled_export_stops_encoding(works: Works) -> None:
    """How soon is told in docs/LOG.md; here, that it does, and that nothing is left of it."""
    house, ada, ad = works.house, works.ada, works.ad
    (works.folder / "slow").touch()
    draft, known = house.editor.open(ada, ad), len(works.said("encoded"))
    export = house.exports.order(ada, ad, draft.revision, {"fps": 60})
    works.wait(lambda: len(works.said("encoded")) > known + 3)
    works.wait(lambda: house.generations.follow(ada, export).percent > 0)
    house.generations.cancel(ada, export)
    works.wait(lambda: not list((works.folder / "work" / export).glob(".ad-*.part")))
    assert known + 3 < len(works.said("encoded")) < known + 300, "of 360 frames"
    assert works.status(export) is Status.FAILED
    assert house.exports.of(ada, ad)[0].video_id is None
