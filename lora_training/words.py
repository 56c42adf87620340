"""SDXL's two text encoders: captions to what the image network listens to. The same code fills the cache and trains them."""

from collections.abc import Sequence
from typing import Any

import torch


class Words:
    """tokenizers, encoders: SDXL's first and second, in that order."""

    def __init__(self, tokenizers: Sequence[Any], encoders: Sequence[Any]) -> None:
        self.tokenizers, self.encoders = tuple(tokenizers), tuple(encoders)

    def encode(self, captions: Sequence[str]) -> tuple[torch.Tensor, torch.Tensor]:
        """((captions, 77, width of both), (captions, pooled width)). With gradients where the caller allows them."""
        states = []
        pooled = None
        for tokenizer, encoder in zip(self.tokenizers, self.encoders, strict=True):
            tokens = tokenizer(
                list(captions), padding="max_length", max_length=tokenizer.model_max_length, truncation=True, return_tensors="pt"
            ).input_ids
            answer = encoder(tokens.to(encoder.device), output_hidden_states=True)
            states.append(answer.hidden_states[-2])
            pooled = answer[0]  # of the second encoder, the projected one
        assert pooled is not None
        return torch.cat(states, dim=-1), pooled

    def to(self, device: torch.device | str) -> None:
        """Move both encoders."""
        for encoder in self.encoders:
            encoder.to(device)
