"""What never changes during a training, computed once and kept on disk: latents of pictures, and what the encoders make of captions.

Of a picture the posterior's mean and spread are kept, not one sample, so that every epoch draws a fresh one without the VAE.
Files are named by what they were computed from, so that a changed picture, size or base model never finds an old one.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from lora_training.buckets import Crop, crop_for, cut
from lora_training.dataset import Picture, hash_text
from lora_training.words import Words

OnItem = Callable[[int, int], None]
"""(done, of)"""


@dataclass(frozen=True)
class Latent:
    """mean, std: (4, height / 8, width / 8) fp32 on the processor. time_ids: (6,) original size, crop, bucket, as SDXL is told."""

    mean: torch.Tensor
    std: torch.Tensor
    time_ids: torch.Tensor
    crop: Crop
    picture: Picture


def latents(
    pictures: Sequence[Picture],
    sizes: tuple[tuple[int, int], ...],
    flip: bool,
    vae: Any,
    identity: str,
    folder: Path,
    on_item: OnItem = lambda done, of: None,
) -> list[Latent]:
    """One for each picture, and with `flip` one more, mirrored. vae: on the device to compute with."""
    folder.mkdir(parents=True, exist_ok=True)
    todo = [(picture, mirrored) for picture in pictures for mirrored in ((False, True) if flip else (False,))]
    found = []
    for number, (picture, mirrored) in enumerate(todo):
        crop = crop_for(picture.width, picture.height, sizes)
        path = folder / f"{hash_text(f'latent {picture.sha256} {crop} {mirrored} {identity}')[:32]}.safetensors"
        kept = _kept(path, "mean", "std")
        if kept is None:
            mean, std = _encode(picture, crop, mirrored, vae)
            _keep(path, {"mean": mean, "std": std})
        else:
            mean, std = kept
        ids = torch.tensor([picture.height, picture.width, crop.top, crop.left, crop.height, crop.width], dtype=torch.float32)
        found.append(Latent(mean, std, ids, crop, picture))
        on_item(number + 1, len(todo))
    return found


def texts(
    captions: Sequence[str], words: Words, identity: str, folder: Path, on_item: OnItem = lambda done, of: None
) -> dict[str, tuple[torch.Tensor, torch.Tensor]]:
    """caption -> ((77, width), (pooled width)) on the processor. words: on the device to compute with."""
    folder.mkdir(parents=True, exist_ok=True)
    found = {}
    todo = sorted(set(captions))
    precision = next(words.encoders[0].parameters()).dtype
    for number, caption in enumerate(todo):
        path = folder / f"{hash_text(f'text {caption} {precision} {identity}')[:32]}.safetensors"
        kept = _kept(path, "states", "pooled")
        if kept is None:
            with torch.no_grad():
                states, pooled = words.encode([caption])
            kept = states[0].cpu().contiguous(), pooled[0].cpu().contiguous()
            _keep(path, {"states": kept[0], "pooled": kept[1]})
        found[caption] = kept
        on_item(number + 1, len(todo))
    return found


def opened(picture: Picture) -> Any:
    """The picture as RGB, upright, what is transparent on white."""
    from PIL import Image, ImageOps

    with Image.open(picture.path) as raw:
        upright = ImageOps.exif_transpose(raw)
        if "A" in upright.getbands() or "transparency" in upright.info:
            upright = upright.convert("RGBA")
            white = Image.new("RGBA", upright.size, "white")
            return Image.alpha_composite(white, upright).convert("RGB")
        return upright.convert("RGB")


def _encode(picture: Picture, crop: Crop, mirrored: bool, vae: Any) -> tuple[torch.Tensor, torch.Tensor]:
    import numpy as np
    from PIL import ImageOps

    image = cut(opened(picture), crop)
    pixels = torch.from_numpy(np.asarray(ImageOps.mirror(image) if mirrored else image).copy()).permute(2, 0, 1)
    with torch.no_grad():
        posterior = vae.encode((pixels.float() / 127.5 - 1)[None].to(vae.device, vae.dtype)).latent_dist
    return posterior.mean[0].float().cpu().contiguous(), posterior.std[0].float().cpu().contiguous()


def _kept(path: Path, *names: str) -> tuple[torch.Tensor, torch.Tensor] | None:
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    if not path.is_file():
        return None
    try:
        held = load_file(path)
        return held[names[0]], held[names[1]]
    except (SafetensorError, OSError, KeyError):
        return None  # cut short by a crash long ago: it is computed again and written over


def _keep(path: Path, tensors: dict[str, torch.Tensor]) -> None:
    from safetensors.torch import save_file

    part = path.with_suffix(".part")
    save_file(tensors, part)
    part.replace(path)
