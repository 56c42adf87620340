"""A denoiser's forward recorded once as a CUDA graph and played back at every further step.

A step of SDXL is thousands of small kernels, and a fast card is done with each before Python has asked for the next. A recording asks for
all of them at once; what is computed is the same. It reads the same places of the card's memory for ever: it is good for as long as every
weight lies where it lay, and what else a job puts on a network is as it was.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary

from models.diffusion.capturing import captured
from models.diffusion.ladder import is_out_of_memory
from models.errors import first_line
from models.modules import tensors_of

PLAIN = (bool, int, float, str, type(None))
MOST = 4
"""Kinds of call of one network whose recordings are kept between jobs: each holds all that a step computes in between."""


@dataclass(frozen=True)
class Recording:
    """One graph. taken: the tensors it reads, in the order of the arguments. given: what it leaves behind, as the forward returns it."""

    graph: Any
    taken: list[Any]
    given: Any


@dataclass
class Replayed:
    """Stands in for `forward`. The first call of a kind (shapes and settings) is computed as ever, which warms it up; the second is
    recorded. why_not: first line of what kept it from being recorded, and from then on every call is computed as ever."""

    forward: Callable[..., Any]
    device: Any
    recordings: dict[Any, Recording] = field(default_factory=dict)
    why_not: str = ""
    _met: set[Any] = field(default_factory=set)

    def __call__(self, *args: Any, **told: Any) -> Any:
        import torch
        from torch.utils._pytree import tree_flatten, tree_map

        leaves, spec = tree_flatten((args, told))
        if self.why_not or not all(isinstance(leaf, (torch.Tensor, *PLAIN)) for leaf in leaves):
            return self.forward(*args, **told)
        kind = (repr(spec), *(_kind(leaf) for leaf in leaves))
        if kind not in self.recordings:
            if kind not in self._met:
                self._met.add(kind)
                return self.forward(*args, **told)
            made = self._record(leaves, spec)
            if made is None:
                return self.forward(*args, **told)
            self.recordings[kind] = made
        recording = self.recordings[kind]
        for place, tensor in zip(recording.taken, (leaf for leaf in leaves if isinstance(leaf, torch.Tensor)), strict=True):
            place.copy_(tensor, non_blocking=True)
        recording.graph.replay()
        return tree_map(lambda leaf: leaf.clone() if isinstance(leaf, torch.Tensor) else leaf, recording.given)

    def forget(self, but: int = 0) -> None:
        """Hand back the memory of all recordings but the `but` newest."""
        for kind in list(self.recordings)[: max(0, len(self.recordings) - but)]:
            self.recordings.pop(kind).graph.reset()

    def _record(self, leaves: list[Any], spec: Any) -> Recording | None:
        import torch
        from torch.utils._pytree import tree_unflatten

        # A graph can only read what lies on the card, and always from the same place.
        places = [leaf.detach().clone().to(self.device) if isinstance(leaf, torch.Tensor) else leaf for leaf in leaves]
        args, told = tree_unflatten(places, spec)
        try:
            graph, given = captured(lambda: self.forward(*args, **told), self.device)
        except RuntimeError as error:
            if is_out_of_memory(error):
                raise
            self.why_not = first_line(error)
            return None
        return Recording(graph, [place for place in places if isinstance(place, torch.Tensor)], given)


_kept: WeakKeyDictionary[Any, tuple[Hashable, dict[Any, Recording]]] = WeakKeyDictionary()


@contextmanager
def replayed(modules: Iterable[Any], device: str, on: bool, keep: Hashable = None) -> Iterator[list[Replayed]]:
    """Meanwhile the forwards of `modules` are recorded and played back, where `on`; after it they are as they were.

    keep: what the answers depend on besides the arguments and the modules' own tensors; the recordings are then kept for the next job
    with the same. None: they end here. However a job ends by an error, its recordings end with it. Meanwhile no tensor may move.

    What a forward draws or decides anew at every call would be played back as it was: only for networks whose answer depends on their
    arguments alone, as denoisers and ControlNets do.
    """
    import torch

    standing: list[tuple[Any, Replayed, Any, int]] = []
    whole = False
    try:
        for module in modules if on else ():
            own = vars(module).get("forward")  # of a hook, say; a class's own is found again by itself
            token, recordings = _kept.pop(module, (None, {}))
            stand_in = Replayed(module.forward, torch.device(device), recordings)
            places = 0 if keep is None else _places(module)
            if keep is None or token != (keep, places):
                stand_in.forget()
            module.forward = stand_in
            standing.append((module, stand_in, own, places))
        yield [stand_in for _, stand_in, _, _ in standing]
        whole = True
    finally:
        for module, stand_in, own, places in standing:
            del module.forward
            if own is not None:
                module.forward = own
            stand_in.forget(but=MOST if whole and keep is not None else 0)
            if stand_in.recordings:
                _kept[module] = (keep, places), stand_in.recordings


def _places(module: Any) -> int:
    """Where all of a network's tensors lie, as one number."""
    return hash(tuple(tensor.data_ptr() for tensor in tensors_of(module)))


def _kind(leaf: Any) -> Any:
    """What a recording cannot vary in: of a tensor its form, of everything else the value."""
    import torch

    if isinstance(leaf, torch.Tensor):
        return tuple(leaf.shape), leaf.dtype, leaf.stride() if leaf.ndim else ()
    return leaf
