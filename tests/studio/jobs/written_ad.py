"""An ad whose story a language model writes, for money, and a worker for it in a process of its own that can be killed.

python -m tests.studio.jobs.written_ad <database> <folder> <address of the language model>      prints a line when it takes work
"""

import logging
import sys
import time
from pathlib import Path

from models.backends import BackendConfig
from models.runtime import Runtime
from pipelines.ad import draft_spec
from pipelines.brief import Brief
from pipelines.progress import Run, Tools
from studio.jobs.ad_job import Kept
from studio.jobs.worker import Worker, serve
from studio.store.database import connect
from tests.studio.three_step_ad import ad_house, film, keep


def written_ad(run: Run, brief: Brief, photo: str = "") -> Kept:
    writer = run.step("spec", write, brief)
    path = run.step("film", film, writer)
    run.report(100, "done", "Done")
    return run.step("keep", keep, path)


def write(tools: Tools, brief: Brief) -> str:
    """The main path's own step; a file `hold-written` keeps it from being recorded."""
    draft = draft_spec(tools, brief)
    (tools.workdir.parent / "written").touch()
    while (tools.workdir.parent / "hold-written").exists():
        tools.check()
        time.sleep(0.02)
    return draft.writer


def models_at(address: str, folder: Path) -> Runtime:
    """The catalogue with GPT-4o at `address`."""
    return Runtime(BackendConfig(folder, keys={"openai": "sk-test"}, base_urls={"openai": address}))


def main(address: str, folder: str, llm: str) -> int:
    logging.basicConfig(level=logging.INFO, format="%(name)s %(levelname)s %(message)s")
    database = connect(address)
    runtime = models_at(llm, Path(folder))
    with ad_house(database, Path(folder), runtime=runtime, job=written_ad, lease_s=3.0) as house:
        worker = Worker(house.engine, database.engine, house.work, runtime, keeper=house.desk.keeper, rooms=("tests",))
        return serve(worker, (), started=lambda id: print(id, flush=True), close=runtime.close)


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
