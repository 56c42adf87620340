"""The noise that pictures begin with: a seed's own, or akin to another seed's.

Drawn on the processor whatever the device, so that a seed means the same picture on every card (to the device's own rounding).
"""

from typing import Any


def generators(seeds: tuple[int, ...]) -> list[Any]:
    """One generator a picture: each picture of a batch is then the one that its seed gives alone."""
    import torch

    return [torch.Generator("cpu").manual_seed(seed) for seed in seeds]


def akin(pipe: Any, width: int, height: int, own: list[Any], kin_seed: int, change: float, device: str) -> Any:
    """Starting latents (n, channels, height/f, width/f): the kin's, of which `change` (0..1) is replaced by each picture's own.

    At 0 all are the kin's, at 1 they are those of the pictures' seeds exactly. The generators in `own` move on as the pipeline would
    move them.
    """
    import torch
    from diffusers.utils.torch_utils import randn_tensor

    shape = (1, pipe.unet.config.in_channels, height // pipe.vae_scale_factor, width // pipe.vae_scale_factor)
    at = {"device": torch.device(device), "dtype": pipe.unet.dtype}
    kin = randn_tensor(shape, generator=torch.Generator("cpu").manual_seed(kin_seed), **at)
    # Variances add up to one, so that the mix is noise of the strength that the model knows.
    return torch.cat([kin * (1 - change) ** 0.5 + randn_tensor(shape, generator=one, **at) * change**0.5 for one in own])
