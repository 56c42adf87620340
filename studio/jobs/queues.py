"""The queues, and which step goes on which. One table; limits are per queue, priorities are always given.

`everywhere` bounds what runs on all workers together, `per_worker` what runs in one process. A process that owns a GPU
listens to one GPU queue only: the limit counts per queue, and two of them could run two models on one card.
"""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class QueueRow:
    """One queue; None: no limit."""

    name: str
    per_worker: int
    everywhere: int | None = None


GENERATIONS = "generations"

QUEUES = (
    QueueRow(GENERATIONS, per_worker=10, everywhere=10),  # orchestration only: it waits for the others and computes nothing
    QueueRow("clips", per_worker=4),  # stills and clips; backends on the CPU share one pool of rendering processes
    QueueRow("sound", per_worker=1),
    QueueRow("compose", per_worker=1),  # one encoder already uses every core
    QueueRow("gpu_image", per_worker=1),
    QueueRow("gpu_video", per_worker=1),
)

ROUTES = {
    "visuals": "clips",
    "sound": "sound",
    "compose": "compose",
    "check": "compose",
}
"""Steps that run as jobs of their own; every other `step` runs in place, every other `each` or `submit` on SIDE."""

SIDE = "clips"


def queues(ads_at_once: int | None = None) -> tuple[QueueRow, ...]:
    """The table, with that many ads under way on all workers together; None: as the table has it."""
    if ads_at_once is None:
        return QUEUES
    return tuple(replace(row, per_worker=ads_at_once, everywhere=ads_at_once) if row.name == GENERATIONS else row for row in QUEUES)


def needed() -> tuple[str, ...]:
    """Those that work is put on: without a worker for each of them an ad waits for ever."""
    used = {GENERATIONS, SIDE, *ROUTES.values()}
    return tuple(name for name in names() if name in used)


def names() -> tuple[str, ...]:
    """All queues, in the order of the table."""
    return tuple(row.name for row in QUEUES)
