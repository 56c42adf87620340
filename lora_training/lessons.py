"""What one batch teaches: everything that was drawn for it, as tensors on the device."""

from typing import Any, NamedTuple

import torch


class Lesson(NamedTuple):
    """A batch of n pictures. noisy, target: (n, 4, h, w). timesteps: (n,). states: (n, tokens, width). pooled: (n, width).
    time_ids: (n, 6). weights: (n,) what each picture's error counts.

    A step takes nothing else from outside, so lessons of one form are computed alike.
    """

    noisy: torch.Tensor
    timesteps: torch.Tensor
    states: torch.Tensor
    pooled: torch.Tensor
    time_ids: torch.Tensor
    target: torch.Tensor
    weights: torch.Tensor

    @property
    def form(self) -> tuple[Any, ...]:
        """What lessons of one form have in common: shapes, and kinds of number."""
        return tuple((tuple(part.shape), part.dtype) for part in self)

    @property
    def told(self) -> dict[str, torch.Tensor]:
        """What SDXL's image network is told besides the words."""
        return {"text_embeds": self.pooled, "time_ids": self.time_ids}
