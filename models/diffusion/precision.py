"""Number format and attention by device, and the sentence that says so in a result. torch is imported when a function is called."""

from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any, Literal

from models.devices import Device

Numbers = Literal["bfloat16", "float16", "float32"]
WORDS: dict[Numbers, str] = {"bfloat16": "bfloat16", "float16": "half precision", "float32": "full precision"}
AMPERE = (8, 0)
VOLTA = (7, 0)


@dataclass(frozen=True)
class Computing:
    """How a device computes. numbers: of the weights. attention: "sdpa", or "xformers" where its operators load."""

    numbers: Numbers
    attention: Literal["sdpa", "xformers"]

    @property
    def dtype(self) -> Any:
        """As torch names it."""
        import torch

        return getattr(torch, self.numbers)

    def note(self, device: Device) -> str:
        """For the result: what it was computed with."""
        how = "PyTorch's own attention" if self.attention == "sdpa" else "xformers' attention"
        return f"Computed on {device.title or device.name} ({device.name}) in {WORDS[self.numbers]} with {how}."


def computing(device: Device) -> Computing:
    """What suits `device`: 16 bit where its arithmetic has them, the exponent of bfloat16 where it can."""
    return Computing(_numbers(device), _attention(device))


def _numbers(device: Device) -> Numbers:
    if device.kind == "cuda" and device.compute >= AMPERE:
        return "bfloat16"
    if device.kind == "mps" or (device.kind == "cuda" and device.compute >= VOLTA):
        return "float16"
    return "float32"  # a processor, or a card whose 16-bit arithmetic is slower than this


def _attention(device: Device) -> Literal["sdpa", "xformers"]:
    # From Ampere on, PyTorch's own kernels are at least as fast; before, xformers has kernels that it lacks.
    if device.kind == "cuda" and device.compute < AMPERE and xformers_loads(device):
        return "xformers"
    return "sdpa"


def xformers_loads(device: Device) -> bool:
    """Whether xformers' operators really run on `device` with this torch: a build for another one imports, and then has none."""
    if find_spec("xformers") is None:
        return False
    try:
        import torch
        from xformers.ops import memory_efficient_attention

        probe = torch.zeros(1, 8, 1, 16, device=device.name, dtype=torch.float16 if device.kind == "cuda" else torch.float32)
        return bool(memory_efficient_attention(probe, probe, probe).shape == probe.shape)
    except (ImportError, NotImplementedError, RuntimeError, ValueError, OSError):
        return False
