"""RAFT (Teed and Deng, ECCV 2020) as torchvision has it, 20 updates. Identical to VBench's copy with the same weights.

torchvision's C_T_V1 weights are ported from the authors' FlyingChairs + FlyingThings training (raft-things.pth); that these are
the same numbers as in VBench's file has not been verified. At 1080p one pair takes 5.5 TFLOP and 5.3 GiB.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from eval.known_weights import recognised
from eval.networks import Network

if TYPE_CHECKING:
    from torch import Tensor

UPDATES = 20


def load(folder: Path, device: str) -> Network:
    """A state dict of torchvision's raft_large."""
    import torch
    from torchvision.models.optical_flow import raft_large

    from eval.adapters import only_file, sha256

    weights = only_file(folder, ".pth")
    model: Any = raft_large(weights=None, progress=False)
    model.load_state_dict(torch.load(weights, map_location="cpu", weights_only=True))
    digest = sha256(weights)
    name = "raft_things" if recognised("raft_things", digest) else f"raft_large:{weights.stem}"
    return Network(flow_of(model.eval().to(device), device), name, digest, "BSD-3-Clause", least_side=128)


def flow_of(model: Any, device: str) -> Any:
    """(before, after) 0..255 -> flow after the last update."""

    def flow(before: "Tensor", after: "Tensor") -> "Tensor":
        scaled = [2 * (image.to(device) / 255.0) - 1.0 for image in (before, after)]
        found: Tensor = model(*scaled, num_flow_updates=UPDATES)[-1]
        return found.cpu()

    return flow
