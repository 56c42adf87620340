"""LAION's linear aesthetic head on unit features of CLIP ViT-L/14 (LAION-AI/aesthetic-predictor, MIT)."""

from pathlib import Path
from typing import TYPE_CHECKING

from eval.networks import Network

if TYPE_CHECKING:
    from torch import Tensor


def load(folder: Path, device: str) -> Network:
    """A state dict of Linear(768, 1)."""
    import torch

    from eval.adapters import only_file, sha256

    weights = only_file(folder, ".pth")
    head = torch.nn.Linear(768, 1)
    head.load_state_dict(torch.load(weights, map_location="cpu", weights_only=True))
    head = head.eval().to(device)

    def rated(features: "Tensor") -> "Tensor":
        found: Tensor = head(features.to(device))
        return found.cpu()

    return Network(rated, "laion_sa_0_4_vit_l_14_linear", sha256(weights), "MIT")
