"""Real networks from a local folder, loaded when they are first needed. Nothing is downloaded here.

    weights/
      dino/        facebook/dino-vitb16 as transformers saves it: config.json, model.safetensors
      clip_b32/    openai/clip-vit-base-patch32, likewise
      clip_l14/    openai/clip-vit-large-patch14, likewise
      aesthetic/   sa_0_4_vit_l_14_linear.pth of LAION-AI/aesthetic-predictor
      raft/        raft_large_C_T_V1-*.pth of torchvision

What the folder lacks stays None, and the scores that need it say so. MUSIQ (pyiqa: PolyForm
Noncommercial), AMT (CC BY-NC 4.0) and ViCLIP (no package) have no adapter: who may use them injects them. Checked with small random
weights through the real classes; with real weights, features have not been compared with VBench's yet.
"""

import hashlib
from collections.abc import Callable
from pathlib import Path

from eval.networks import Network, Networks
from models.errors import ModelUnavailable


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
            raise ModelUnavailable(f"{name}: these weights cannot be loaded ({str(error).splitlines()[0]}).") from error
    return Networks(**found)


def only_file(folder: Path, *endings: str) -> Path:
    """The one weights file of a folder. Raises ValueError when there is none or more than one."""
    found = [path for ending in endings for path in sorted(folder.glob(f"*{ending}"))]
    if len(found) != 1:
        raise ValueError(f"{folder.name} should hold one file {' or '.join(endings)}, and holds {len(found)}")
    return found[0]


def sha256(path: Path) -> str:
    """Of the file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
