"""Looking after a denoiser while it works: it can be stopped in the middle of a step, and tells of every step.

The only way that every pipeline understands is an error out of a hook; a pipeline's own way to interrupt still decodes a picture, and
not all have one. After an error the pipeline is whole: the same call gives the same picture.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Any

CHECK_EVERY_S = 0.2


@contextmanager
def watched(
    denoisers: Iterable[Any], check: Callable[[], None], on_call: Callable[[int], None] | None = None, blocks: bool = True
) -> Iterator[None]:
    """`check` is called before every forward of the denoisers and of their blocks, at most five times a second; what it raises (Cancelled)
    ends the work.

    blocks: False leaves the blocks alone, for a forward that must not be broken off in its middle. on_call(n): before the n-th forward,
    from 0, of all denoisers together: progress for pipelines that tell of no steps.
    """
    calls, last = 0, -CHECK_EVERY_S

    def look(module: Any, args: Any) -> None:
        nonlocal last
        if (now := monotonic()) - last >= CHECK_EVERY_S:
            last = now
            check()

    def count(module: Any, args: Any) -> None:
        nonlocal calls
        if on_call is not None:
            on_call(calls)
        calls += 1

    hooks = []
    try:
        for denoiser in denoisers:
            hooks.append(denoiser.register_forward_pre_hook(count))
            for module in (denoiser, *(_blocks(denoiser) if blocks else ())):
                hooks.append(module.register_forward_pre_hook(look))
        yield
    finally:
        for hook in hooks:
            hook.remove()


def step_teller(steps: int, tell: Callable[[float, str], None], text: str = "Step") -> Callable[..., dict[str, Any]]:
    """A `callback_on_step_end` for pipelines that have one: tell(fraction done, "Step 3 of 30"). steps: that will be run."""
    done = 0

    def step(pipe: Any, index: int, timestep: Any, tensors: dict[str, Any]) -> dict[str, Any]:
        nonlocal done
        done = min(done + 1, steps)
        tell(done / steps, f"{text} {done} of {steps}")
        return {}

    return step


def _blocks(denoiser: Any) -> Iterator[Any]:
    """Members of the lists of modules right below `denoiser`: its blocks, whatever it calls them."""
    for child in denoiser.children():
        if type(child).__name__ == "ModuleList":
            yield from child
