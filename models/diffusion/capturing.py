"""Work on a CUDA card recorded as a graph, to be played back as a whole. What is computed and what for is not its matter.

A recording reads and writes the same places of memory for ever, asks the card for nothing while it is made, and holds what it computes in
between for as long as it lives.
"""

from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

R = TypeVar("R")


def captured(run: Callable[[], R], device: Any, warm_ups: int = 0, beside: Any = None) -> tuple[Any, R]:
    """(the graph, what `run` returned while it was recorded: tensors that hold its results after each replay).

    warm_ups: how often `run` is computed before, on a stream of its own: libraries make plans and workspaces at their first calls, which
    cannot be recorded. beside: a graph whose memory may be shared, where nothing that one leaves is read after the other has played.
    Raises RuntimeError (torch.OutOfMemoryError is one) where it cannot be recorded; the card can be worked with as before.
    """
    import torch

    card = torch.device(device)
    with torch.cuda.device(card):
        at_work = torch.cuda.current_stream()
        try:
            if warm_ups:
                aside = torch.cuda.Stream()
                aside.wait_stream(at_work)
                with torch.cuda.stream(aside):
                    for _ in range(warm_ups):
                        run()
                at_work.wait_stream(aside)
            torch.cuda.synchronize()
            graph = torch.cuda.CUDAGraph()
            with torch.cuda.graph(graph, pool=beside.pool() if beside is not None else None, stream=_stream(torch.cuda.current_device())):
                given = run()
        finally:
            torch.cuda.set_stream(at_work)  # a recording that failed leaves its own stream behind
    return graph, given


@cache
def _stream(index: int) -> Any:
    """What is recorded on a card: torch's own stream for it lies on whichever card came first, and memory is shared on one stream only."""
    import torch

    return torch.cuda.Stream(index)
