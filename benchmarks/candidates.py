"""How long the candidates of a hero frame take, beside a floor measured in the same run.

    python -m benchmarks.candidates [--count 4] [--short-side 720] [--prompt "…"]

    wall      from the order to the last candidate, with an empty cache and rendering processes that have yet to start
    first     from the order to the first candidate
    floor     the CPU seconds of these very photographs in one warm rendering process, one after the other, over the number of cores:
              nothing that renders them all can be quicker

The goal is four candidates in under 30 seconds on two idle cores.
"""

import argparse
import os
import tempfile
import time
from pathlib import Path

from models.backends import BackendConfig
from models.backends.product_studio.lexicon import read
from models.backends.product_studio.probe import variant
from models.backends.product_studio.workers import WorkerPool
from models.context import JobContext
from models.runtime import Runtime
from pipelines.hero import asks_for_frames, read_hero_brief
from pipelines.hero.candidates import make_candidates
from pipelines.hero.fitting import STUDIO_SIDE
from pipelines.hero.hero_brief import HeroBrief
from pipelines.identity import STUDIO
from pipelines.progress import DirectRun, Progress

PROMPT = "A steel wrist watch for a luxury brand"


def main() -> None:
    """Print one row, and what the machine was doing."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=4)
    parser.add_argument("--short-side", type=int, default=STUDIO_SIDE)
    parser.add_argument("--prompt", default=PROMPT)
    args = parser.parse_args()
    brief = read_hero_brief(args.prompt, count=args.count, short_side=args.short_side)
    cores = len(os.sched_getaffinity(0))
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder:
        floor_cpu_s = _floor(brief, Path(folder))
        wall_s, first_s = _made(brief, Path(folder), cores)
    floor_s = floor_cpu_s / cores
    print(f"{args.count} candidates of {args.short_side} pixels, {cores} cores, load {load:.1f} at the start")
    print(f"{'wall s':>8}{'first s':>9}{'floor s':>9}{'x floor':>9}{'CPU s each':>12}")
    print(f"{wall_s:>8.1f}{first_s:>9.1f}{floor_s:>9.1f}{wall_s / floor_s:>9.2f}{floor_cpu_s / args.count:>12.1f}")


def _made(brief: HeroBrief, folder: Path, cores: int) -> tuple[float, float]:
    """(seconds to the last candidate, seconds to the first)."""
    runtime = Runtime(BackendConfig(cache_dir=folder / "cache", workers=cores))
    arrived: list[float] = []
    work = folder / "work"
    work.mkdir()
    began = time.perf_counter()

    def told(progress: Progress) -> None:
        there = len(list(work.glob("still-*.mask.png")))
        arrived.extend([time.perf_counter() - began] * (there - len(arrived)))

    try:
        make_candidates(brief, DirectRun(work, runtime, told, parallel=cores), STUDIO)
        return time.perf_counter() - began, arrived[0]
    finally:
        runtime.close()


def _floor(brief: HeroBrief, folder: Path) -> float:
    """CPU seconds of all photographs, one after the other in one process that has rendered before."""
    pool = WorkerPool(os.cpu_count() or 1, lambda: variant(folder / "probe"))  # so that one worker has one core's threads
    job = JobContext(folder)
    specs = [read(ask)[0] for ask in asks_for_frames(brief)]
    try:
        total = 0.0
        for turn, spec in enumerate([specs[0], *specs]):
            out, scratch = folder / f"floor-{turn}", folder / f"meshes-{turn}"
            out.mkdir()
            scratch.mkdir()
            spent: dict[str, float] = pool.run("make_still", (spec, str(out), str(scratch)), job)
            total += sum(spent.values()) if turn else 0.0  # the first one loads everything
        return total
    finally:
        pool.close()


if __name__ == "__main__":
    main()
