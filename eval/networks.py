"""The networks that metrics need, injected: what each takes and gives, and when a score may carry VBench's name.

A `Network` is a callable with papers. Its tensors live on the CPU at this boundary; where it computes is its own business. Real ones
are loaded by `eval.adapters`; tests inject anything that fits.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from eval.known_weights import recognised

if TYPE_CHECKING:
    from torch import Tensor

# What VBench uses in each slot; see the docstrings of `Networks`.
VBENCH = {
    "dino": "dino_vitb16",
    "clip_b32": "clip_vitb32_openai",
    "clip_l14": "clip_vitl14_openai",
    "aesthetic": "laion_sa_0_4_vit_l_14_linear",
    "musiq": "musiq_spaq",
    "interpolator": "amt_s",
    "flow": "raft_things",
    "video_text": "viclip_l14_internvid_10m_flt",
}

# Why an installation may have no network, where it is not just that nobody put the weights there.
WHY_NOT = {
    "musiq": "MUSIQ's only package, pyiqa, is licensed for noncommercial use; who may use it injects it.",
    "interpolator": "AMT is CC BY-NC 4.0, not for commercial use; who may use it injects it.",
    "video_text": "ViCLIP has no package; who has its code and weights injects them.",
}


@dataclass(frozen=True)
class Network:
    """call: see `Networks`. model: its name, one of VBENCH's values only if it is that network. sha256: of its weights file.

    least_side: of pictures, in pixels.
    """

    call: Any
    model: str
    sha256: str = ""
    licence: str = ""
    least_side: int = 0

    def is_vbench(self, slot: str) -> bool:
        """Whether this is the network of VBench's slot, with weights that are known to be VBench's (`eval.known_weights`)."""
        return self.model == VBENCH[slot] and recognised(self.model, self.sha256) is not None

    def why_another(self, slot: str) -> str:
        """Why a score made with this network does not carry VBench's name, as a sentence; "" when it does."""
        if self.model != VBENCH[slot]:
            return f"VBench's formula on another network than VBench's ({self.model})."
        if not self.sha256:
            return f"VBench's formula on {self.model}, whose weights came without a hash: nobody can tell whether they are VBench's."
        if self.is_vbench(slot):
            return ""
        return f"VBench's formula on {self.model} with weights that are not known to be VBench's (their hash begins {self.sha256[:8]})."

    @property
    def caution(self) -> str:
        """What a reader should know of genuine weights, or ""."""
        row = recognised(self.model, self.sha256)
        if row is None or row.whole:
            return ""
        return f"Of the hash of {row.file} only the first {len(row.sha256)} digits are published; those agree."

    @property
    def called(self) -> str:
        """The model, and the first digits of its weights' hash where there is one: two trainings of one network do not compare."""
        return f"{self.model}:{self.sha256[:8]}" if self.sha256 else self.model


@dataclass(frozen=True)
class VideoText:
    """video: (1, 8, 3, 224, 224) CLIP-normalised frames -> (1, D) features. text: a sentence -> (1, D). Neither is normalised."""

    video: "Callable[[Tensor], Tensor]"
    text: "Callable[[str], Tensor]"


@dataclass(frozen=True)
class Networks:
    """One field per slot; None where there is none. float32 in, float32 out; B is the batch.

    dino          (B, 3, h, w) ImageNet-normalised, short side 224 -> (B, D) class tokens
    clip_b32      (B, 3, 224, 224) CLIP-normalised -> (B, D) image features
    clip_l14      the same
    aesthetic     (B, D) unit features of clip_l14 -> (B,) or (B, 1), 0..10
    musiq         (B, 3, h, w) 0..1 -> (B,) or (B, 1), 0..100
    interpolator  (1, 3, H, W) 0..1 before and after, sides multiples of 16 -> the picture half-way
    flow          (1, 3, H, W) 0..255 before and after, sides multiples of 8 -> (1, 2, H, W) pixels from the first to the second
    video_text    its `call` is a `VideoText`
    """

    dino: Network | None = None
    clip_b32: Network | None = None
    clip_l14: Network | None = None
    aesthetic: Network | None = None
    musiq: Network | None = None
    interpolator: Network | None = None
    flow: Network | None = None
    video_text: Network | None = None

    def slot(self, name: str) -> Network | None:
        """The network in a slot."""
        found: Network | None = getattr(self, name)
        return found


class Batches:
    """Runs a network on whole batches of a stream. A result never depends on how the stream was split.

    Rows are copied into one block that is used again and again: kept one by one among the large temporaries of each frame, they
    would leave holes in memory that grow with the length of the video.
    """

    def __init__(self, call: "Callable[[Tensor], Tensor]", size: int, take: "Callable[[Tensor], None]") -> None:
        """take: gets every row (1, …) of the results, in order."""
        self._call, self._size, self._take = call, size, take
        self._block: Tensor | None = None
        self._waiting = 0

    def add(self, row: "Tensor") -> None:
        """One (1, …) input; all inputs of a video have one shape."""
        import torch

        if self._block is None:  # in the row's own layout: torch chooses kernels by it
            self._block = torch.empty_like(row.expand(self._size, *row.shape[1:]), memory_format=torch.channels_last)
        self._block[self._waiting] = row[0]
        self._waiting += 1
        if self._waiting == self._size:
            self.flush()

    def flush(self) -> None:
        """Run what waits."""
        if self._block is None or not self._waiting:
            return
        import torch

        with torch.inference_mode():
            rows = self._call(self._block[: self._waiting])
        self._waiting = 0
        for row in rows.float().split(1):
            self._take(row)
