"""Walking through a network's modules fast. torch's own walk names everything on its way: through SDXL with a LoRA it takes as long as a
step of drawing. No torch is imported here."""

from collections.abc import Iterator
from typing import Any


def tensors_of(network: Any) -> Iterator[Any]:
    """Every parameter and buffer, in an order that is the same every time; what two modules share comes twice."""
    waiting = [network]
    while waiting:
        module = waiting.pop()
        for held in (module._parameters, module._buffers):
            yield from (tensor for tensor in held.values() if tensor is not None)
        waiting.extend(child for child in module._modules.values() if child is not None)


def first_tensor(network: Any, backwards: bool = False) -> Any | None:
    """The first parameter in the order of definition, or the last; None where there is none. Looks no further than needed."""
    children = [child for child in network._modules.values() if child is not None]
    own = [tensor for tensor in network._parameters.values() if tensor is not None]
    if not backwards and own:
        return own[0]
    for child in reversed(children) if backwards else children:
        if (found := first_tensor(child, backwards)) is not None:
            return found
    return own[-1] if own else None
