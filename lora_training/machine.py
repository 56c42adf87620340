"""What a training computes on: the device, how many of them, and in which numbers."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch

from lora_training.errors import TrainingError
from lora_training.recipe import Recipe
from models.errors import OutOfMemory


class Machine:
    """One process of a training. device: "cuda", "cuda:1", "mps", "cpu"; "" for a graphics card. Under `accelerate launch` each process
    takes its own card. Raises TrainingError when there is none."""

    def __init__(self, device: str, precision: str, text_trained: bool = False) -> None:
        from accelerate import Accelerator, DistributedDataParallelKwargs

        unused = DistributedDataParallelKwargs(find_unused_parameters=text_trained)  # the first encoder's last layer is not listened to
        self.accelerator = Accelerator(mixed_precision="no", cpu=device == "cpu", kwargs_handlers=[unused])
        self.processes: int = self.accelerator.num_processes
        self.index: int = self.accelerator.process_index
        self.main: bool = self.accelerator.is_main_process
        self.device = self.accelerator.device if self.processes > 1 else _device(device)
        has_bf16 = self.device.type == "cuda" and torch.cuda.is_bf16_supported(including_emulation=False)
        if precision == "bf16" and not has_bf16:
            raise TrainingError(f"{self.device} has no bf16; train with --precision fp32.")
        self.precision = torch.bfloat16 if has_bf16 and precision != "fp32" else torch.float32

    def shared(self, module: Any) -> Any:
        """The module with its gradients averaged over all processes."""
        return self.accelerator.prepare_model(module, device_placement=False) if self.processes > 1 else module

    def mean(self, value: torch.Tensor) -> float:
        """The mean over all processes, the same number in each."""
        if self.processes > 1:
            value = self.accelerator.reduce(value, reduction="mean")
        return float(value)

    def any(self, yes: bool) -> bool:
        """Whether it is so in any process, the same answer in each."""
        if self.processes == 1:
            return yes
        return float(self.accelerator.reduce(torch.tensor(float(yes), device=self.device), reduction="sum")) > 0

    def wait(self) -> None:
        """Until all processes are here."""
        self.accelerator.wait_for_everyone()

    def casting(self) -> Any:
        """Within, sums are done in `precision`."""
        return torch.autocast(self.device.type, dtype=torch.bfloat16, enabled=self.precision == torch.bfloat16)

    def free(self) -> None:
        """Give memory nobody holds back to the card."""
        if self.device.type == "cuda":
            torch.cuda.empty_cache()

    def memory_gb(self) -> float:
        """What the card has in all, in gigabytes; 0 on a processor."""
        return torch.cuda.get_device_properties(self.device).total_memory / 1e9 if self.device.type == "cuda" else 0.0

    def peak_gb(self) -> float | None:
        """Most memory of the card that was held, in gigabytes; None on a processor."""
        return torch.cuda.max_memory_allocated(self.device) / 1e9 if self.device.type == "cuda" else None


@contextmanager
def within_memory(recipe: Recipe) -> Iterator[None]:
    """Running out of the card's memory becomes OutOfMemory with what to change."""
    try:
        yield
    except torch.OutOfMemoryError as error:
        ways = [
            *([] if recipe.checkpointing else ["--checkpointing"]),
            *(["--batch 1 with --accumulate"] if recipe.batch > 1 else []),
            *(["--text-learning-rate 0"] if recipe.text_learning_rate else []),
            *(["--optimiser adamw8bit"] if recipe.optimiser == "adamw" else []),
            *(["--resolution 768"] if recipe.resolution > 768 else []),
            *(["--rank 8"] if recipe.rank > 8 else []),
        ]
        raise OutOfMemory(f"The graphics card ran out of memory; try {', then '.join(ways) or 'a larger card'}.") from error


def _device(asked: str) -> torch.device:
    if asked:
        device = torch.device(asked)
        if device.type == "cuda" and (not torch.cuda.is_available() or (device.index or 0) >= torch.cuda.device_count()):
            raise TrainingError(f"DEVICE is {asked}, which this machine does not have.")
        if device.type == "mps" and not torch.backends.mps.is_available():
            raise TrainingError("DEVICE is mps, which this machine does not have.")
        return device
    if torch.cuda.is_available():
        return torch.device("cuda")
    if torch.backends.mps.is_available():
        return torch.device("mps")
    raise TrainingError(
        "No graphics card was found. On a processor SDXL takes minutes for one step; set DEVICE=cpu to train there all the same."
    )
