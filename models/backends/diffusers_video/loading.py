"""The pipelines of a row, loaded from its folder and spread between device and main memory. It knows no asks.

What the parts weigh is read from the headers of their files, so that the spread is chosen, and room made, before anything is loaded.
Both pipelines of a family share their parts; nothing is loaded twice.
"""

import inspect
from dataclasses import dataclass, field
from math import prod
from pathlib import Path
from typing import Any, Literal

from models.backends.diffusers_video.family import Family
from models.devices import GIB, Device
from models.diffusion.precision import Computing
from models.errors import ModelUnavailable, first_line
from models.loras import read_header

Offload = Literal["none", "model", "group"]
ORDER: tuple[Offload, ...] = ("none", "model", "group")
WEIGHTS_SHARE = 0.6
"""Of the device's memory that weights may take; frames need more room than pictures do."""

TILED_BELOW_GB = 40
GROUP_BYTES = 3 * GIB
"""About what layers at work take, with the embeddings of a large text encoder, when all others wait."""


@dataclass(frozen=True)
class Spread:
    """offload: "none"; "model": every part but the one at work waits in main memory; "group": every layer but those at work.

    tiles: frames are decoded in tiles. weights: bytes on the device.
    """

    offload: Offload
    tiles: bool
    weights: int

    def note(self) -> str:
        """For the result; "" when it is simply on the device."""
        parts = {"none": "", "model": "parts wait in main memory until they are needed", "group": "layers wait in main memory until needed"}
        said = "; ".join(filter(None, (parts[self.offload], "frames are decoded in tiles" if self.tiles else "")))
        return f"To fit the device, {said}." if said else ""


def spreads(folder: Path, family: Family, device: Device, computing: Computing) -> tuple[Spread, ...]:
    """The spreads that fit `device`, the roomiest first; the last one is tried whether it fits or not."""
    sizes = [weight * (4 if part in family.float32 or computing.numbers == "float32" else 2) for part, weight in parts_of(folder).items()]
    tiles = device.kind != "cpu" and device.limit_gb < TILED_BELOW_GB
    total, largest = sum(sizes), max(sizes, default=0)
    if device.kind == "cpu":
        return (Spread("none", False, total),)
    takes = {"none": total, "model": largest, "group": min(largest, GROUP_BYTES)}
    every = [Spread(offload, tiles or offload != "none", takes[offload]) for offload in ORDER]
    return tuple(one for one in every if one.weights <= device.limit_bytes * WEIGHTS_SHARE or one is every[-1])


def parts_of(folder: Path) -> dict[str, int]:
    """Part -> numbers in its weights, by the headers of the safetensors files. Raises ModelUnavailable when one is broken."""
    found: dict[str, int] = {}
    for path in sorted(folder.glob("*/*.safetensors")):
        try:
            tensors, _ = read_header(path)
        except (OSError, ValueError) as error:
            raise ModelUnavailable(f"{path.parent.name}/{path.name} is damaged; run `python -m models verify`.") from error
        found[path.parent.name] = found.get(path.parent.name, 0) + sum(prod(facts["shape"]) for facts in tensors.values())
    return found


@dataclass
class Loaded:
    """A row, ready to work. Whoever uses it holds the lock of its device."""

    family: Family
    device: Device
    spread: Spread
    with_picture: Any
    _from_words: Any = None
    _placed: list[Any] = field(default_factory=list)

    def pipeline(self, picture: bool) -> Any:
        """The one that begins from a picture, or from words alone; on its device."""
        pipe = self.with_picture
        if not picture and self.family.from_words != self.family.with_picture:
            if self._from_words is None:
                self._from_words = _sharing(self.with_picture, self.family.from_words)
            pipe = self._from_words
        self._place(pipe)
        return pipe

    def free(self) -> None:
        """After an error in the middle of work: parts go back to where they wait."""
        for pipe in self._placed:
            pipe.maybe_free_model_hooks()

    def _place(self, pipe: Any) -> None:
        """Hooks that move whole parts belong to one pipeline at a time; all else stays as it was placed first."""
        if self._placed and (self.spread.offload != "model" or self._placed[-1] is pipe):
            return
        if self.spread.tiles and hasattr(pipe.vae, "enable_tiling"):
            pipe.vae.enable_tiling()
        if self.spread.offload == "model":
            pipe.enable_model_cpu_offload(device=self.device.name)
        elif self.spread.offload == "group":
            import torch

            pipe.enable_group_offload(
                onload_device=torch.device(self.device.name), offload_type="leaf_level", use_stream=self.device.kind == "cuda"
            )
        else:
            pipe.to(self.device.name)
        self._placed = [pipe]


def load(folder: Path, family: Family, device: Device, computing: Computing, spread: Spread) -> Loaded:
    """Load a row, without a hub. Raises ModelUnavailable when its files do not make the pipeline."""
    import diffusers
    import torch
    import transformers

    for library in (diffusers, transformers):  # bars on a server's terminal tell nobody anything
        library.utils.logging.disable_progress_bar()
    cls = getattr(diffusers, family.with_picture)
    full = set(family.float32) | ({"text_encoder"} if computing.numbers == "float16" else set())  # T5 overflows in half precision
    dtypes = {"default": computing.dtype, **dict.fromkeys(full, torch.float32)}
    try:
        pipe = cls.from_pretrained(folder, dtype=dtypes, local_files_only=True, use_safetensors=True)
    except (OSError, ValueError, TypeError, KeyError, AttributeError, ImportError) as error:
        raise ModelUnavailable(
            f"What lies in {folder} cannot be loaded as {family.name} ({first_line(error, 200)}); run `python -m models verify`."
        ) from error
    pipe.set_progress_bar_config(disable=True)
    return Loaded(family, device, spread, pipe)


def _sharing(pipe: Any, name: str) -> Any:
    """A pipeline of class `name` made of the parts and settings of `pipe`."""
    import diffusers

    cls = getattr(diffusers, name)
    takes = inspect.signature(cls.__init__).parameters
    settings = {key: value for key, value in pipe.config.items() if key in takes and key not in pipe.components}
    made = cls(**{key: part for key, part in pipe.components.items() if key in takes}, **settings)
    made.set_progress_bar_config(disable=True)
    return made
