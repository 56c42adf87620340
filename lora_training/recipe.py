"""Everything that can be chosen of a training, with its customary value, as one frozen value.

The fields are also the options of the command line (`help` in their metadata). What they mean for the result stands in docs/MODELS.md.
"""

import hashlib
import json
from dataclasses import asdict, dataclass, field, fields
from importlib.util import find_spec
from typing import Any, Literal

from models.errors import AskRefused

Optimiser = Literal["adamw", "adamw8bit"]
Schedule = Literal["constant", "cosine"]
Precision = Literal["auto", "bf16", "fp32"]
Layers = Literal["attention", "attention+feedforward"]
FREE_TO_CHANGE = {"steps", "save_every", "preview_every", "preview_steps", "validate_every", "patience", "keep", "checkpointing", "record"}
"""Fields that may differ when a training goes on: they change when it stops and what is shown, not what a step does."""


def _said(text: str, choices: tuple[str, ...] = ()) -> dict[str, Any]:
    return {"help": text, "choices": choices}


@dataclass(frozen=True)
class Recipe:
    """One training. Learning rates are per optimiser step; `every` counts optimiser steps, 0 = never."""

    steps: int = field(default=1000, metadata=_said("optimiser steps"))
    resolution: int = field(default=1024, metadata=_said("side of a square of the area that pictures are trained at, in pixels"))
    bucket_step: int = field(default=64, metadata=_said("sizes of pictures are multiples of this, in pixels"))
    batch: int = field(default=1, metadata=_said("pictures per step and graphics card"))
    accumulate: int = field(default=1, metadata=_said("batches added up to one optimiser step"))
    rank: int = field(default=16, metadata=_said("rank of the adapter: 16 suits a product, 32 a face"))
    alpha: float = field(default=16.0, metadata=_said("scale of the adapter; alpha / rank is the strength it is trained at"))
    layers: Layers = field(default="attention", metadata=_said("which layers get an adapter", ("attention", "attention+feedforward")))
    learning_rate: float = field(default=1e-4, metadata=_said("learning rate of the image network"))
    text_learning_rate: float = field(
        default=0.0, metadata=_said("learning rate of the text encoders, e.g. 5e-6; 0 leaves them as they are")
    )
    schedule: Schedule = field(
        default="constant", metadata=_said("how the learning rate goes on after the warm-up", ("constant", "cosine"))
    )
    warmup: int = field(default=20, metadata=_said("steps over which the learning rate rises"))
    optimiser: Optimiser = field(
        default="adamw", metadata=_said("adamw8bit needs an NVIDIA card and the bitsandbytes package", ("adamw", "adamw8bit"))
    )
    weight_decay: float = field(default=1e-2, metadata=_said("weight decay"))
    clip: float = field(default=1.0, metadata=_said("largest norm of the gradient"))
    min_snr: float = field(
        default=5.0, metadata=_said("min-SNR gamma, which evens out what different noise levels count; 0 switches it off")
    )
    noise_offset: float = field(default=0.0, metadata=_said("noise common to a whole picture, e.g. 0.03 for very dark or bright ones"))
    caption_dropout: float = field(default=0.05, metadata=_said("share of steps that see no caption"))
    flip: bool = field(default=False, metadata=_said("also train on mirrored pictures; never for lettering or logos"))
    prior_weight: float = field(default=1.0, metadata=_said("what pictures of the class count against those of the subject"))
    ema: float = field(default=0.99, metadata=_said("decay of the averaged weights, which are what is published; 0 switches averaging off"))
    checkpointing: bool = field(default=True, metadata=_said("recompute instead of keeping activations: less memory, same result, slower"))
    record: bool = field(
        default=True, metadata=_said("record each step once and play it back, on an NVIDIA card of 24 GB and more: faster, same result")
    )
    precision: Precision = field(
        default="auto", metadata=_said("numbers of the frozen networks; auto: bf16 where the card has it", ("auto", "bf16", "fp32"))
    )
    seed: int = field(default=0, metadata=_said("seed of everything drawn"))
    hold_out: float = field(default=0.1, metadata=_said("share of the pictures kept apart to validate on, from 10 pictures on; 0 = none"))
    validate_every: int = field(default=100, metadata=_said("steps between validations"))
    patience: int = field(default=5, metadata=_said("validations without a better loss before training stops early; 0 = never"))
    preview_every: int = field(default=200, metadata=_said("steps between previews with fixed seeds"))
    preview_steps: int = field(default=25, metadata=_said("denoising steps of a preview"))
    save_every: int = field(default=200, metadata=_said("steps between checkpoints"))
    keep: int = field(default=2, metadata=_said("checkpoints kept"))

    def check(self) -> None:
        """Raise AskRefused with one sentence when a value makes no sense."""
        for name in ("steps", "batch", "accumulate", "rank", "save_every", "keep", "preview_steps"):
            if getattr(self, name) < 1:
                raise AskRefused(f"--{name.replace('_', '-')} must be at least 1; {getattr(self, name)} is not.")
        for name in ("warmup", "preview_every", "validate_every", "patience", "min_snr", "noise_offset", "prior_weight", "weight_decay"):
            if getattr(self, name) < 0:
                raise AskRefused(f"--{name.replace('_', '-')} cannot be negative.")
        for name in ("alpha", "learning_rate", "clip"):
            if getattr(self, name) <= 0:
                raise AskRefused(f"--{name.replace('_', '-')} must be above 0.")
        if self.bucket_step % 8 or self.bucket_step < 8 or self.resolution < self.bucket_step:
            raise AskRefused("--bucket-step is a multiple of 8, and --resolution at least as large.")
        for name in ("caption_dropout", "hold_out", "ema"):
            if not 0 <= getattr(self, name) < 1:
                raise AskRefused(f"--{name.replace('_', '-')} lies between 0 and 1.")
        if self.text_learning_rate < 0:
            raise AskRefused("--text-learning-rate cannot be negative.")
        if not 0 <= self.seed < 2**32:
            raise AskRefused(f"--seed lies between 0 and {2**32 - 1}.")

    def as_json(self) -> dict[str, Any]:
        """Every field by name."""
        return asdict(self)

    def binding(self) -> dict[str, Any]:
        """The fields that must stay as they are when a training goes on."""
        free = FREE_TO_CHANGE - ({"steps"} if self.schedule == "cosine" else set())  # a cosine ends where the steps do
        return {f.name: getattr(self, f.name) for f in fields(self) if f.name not in free}


def why_not_8bit(device: str) -> str:
    """ "" when the 8-bit optimiser can be used on that kind of device ("cuda"), else why not."""
    if device != "cuda":
        return "it needs an NVIDIA card"
    return "" if find_spec("bitsandbytes") else "the bitsandbytes package is missing; pip install it"


def fingerprint(**parts: Any) -> str:
    """A short hash of anything that JSON can hold."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()[:16]
