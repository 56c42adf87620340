"""Real networks from a local folder, loaded when they are first needed. Nothing is downloaded here.

    weights/
      dino/        dino_vitbase16_pretrain.pth of facebookresearch/dino; or facebook/dino-vitb16 of the hub: config.json, model.safetensors
      clip_b32/    ViT-B-32.pt of OpenAI; or openai/clip-vit-base-patch32 of the hub: config.json and pytorch_model.bin or model.safetensors
      clip_l14/    ViT-L-14.pt of OpenAI; or openai/clip-vit-large-patch14 of the hub, likewise
      aesthetic/   sa_0_4_vit_l_14_linear.pth of LAION-AI/aesthetic-predictor
      raft/        raft_large_C_T_V1-*.pth of torchvision

Whether the weights are VBench's is told by their hash (`eval.known_weights`). What the folder lacks stays None, and the scores
that need it say so. MUSIQ (pyiqa: PolyForm Noncommercial), AMT (CC BY-NC 4.0) and ViCLIP (no package) have no adapter: who may use
them injects them. Checked with small random weights through the real classes; with real weights, features have not been compared with
VBench's yet.
"""

import hashlib
from collections.abc import Callable
from pathlib import Path

from eval.networks import Network, Networks
from models.errors import ModelUnavailable, first_line


def load_networks(folder: Path, device: str = "cpu") -> Networks:
    """What can be loaded from the folder. Raises ModelUnavailable when weights are there and cannot be used."""
    from eval.adapters import aesthetic, clip, dino, raft

    if not folder.is_dir():
        raise ModelUnavailable(f"There is no folder {folder.name} with weights for scoring; create it or leave the option out.")
    loaders: dict[str, tuple[str, Callable[[Path, str], Network]]] = {
        "dino": ("dino", dino.load),
        "clip_b32": ("clip_b32", clip.load_b32),
        "clip_l14": ("clip_l14", clip.load_l14),
        "aesthetic": ("aesthetic", aesthetic.load),
        "flow": ("raft", raft.load),
    }
    found: dict[str, Network] = {}
    for slot, (name, load) in loaders.items():
        place = folder / name
        if not place.is_dir():
            continue
        try:
            found[slot] = load(place, device)
        except ImportError as error:
            raise ModelUnavailable(f"{name}: the package {error.name} is missing; install it or remove the weights.") from error
        except (OSError, ValueError, KeyError, RuntimeError) as error:
            raise ModelUnavailable(f"{name}: these weights cannot be loaded ({first_line(error)}).") from error
    return Networks(**found)


def only_file(folder: Path, *endings: str) -> Path:
    """The one weights file of a folder; of several endings the first that is there. Raises ValueError without, or with two of it."""
    found = next((files for ending in endings if (files := sorted(folder.glob(f"*{ending}")))), [])
    if len(found) != 1:
        raise ValueError(f"{folder.name} should hold one file {' or '.join(endings)}, and holds {len(found)}")
    return found[0]


def sha256(path: Path) -> str:
    """Of the file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
