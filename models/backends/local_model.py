"""What backends of local language, voice and music models share: whether one can run here, its device, and what happens to a seed.

torch is imported when a function is called. It knows no particular model.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TypeVar

from models.backends import BackendConfig
from models.catalog import ModelRow
from models.devices import INSTALL, Device, choose
from models.diffusion.ladder import is_out_of_memory
from models.errors import ModelError, ModelUnavailable, OutOfMemory, first_line
from models.residency import release_memory, residency_of
from models.weights import why_missing

R = TypeVar("R")


def why_not_here(row: ModelRow, config: BackendConfig, packages: Sequence[str]) -> str:
    """ "" when `row` can run here, else one sentence: a package, a device, memory or weights are missing."""
    if missing := [name for name in packages if find_spec(name) is None]:
        return f"{row.id} needs {' and '.join(missing)}; {INSTALL}."
    device = choose(config)
    if not device.name:
        return device.why_not
    if device.kind != "cpu" and device.limit_gb < row.vram_gb:
        return f"{row.id} needs {row.vram_gb:g} GB of graphics memory, and {device.limit_gb:.1f} may be used here; choose a smaller model."
    return why_missing(row, config)


def device_for(row: ModelRow, config: BackendConfig, packages: Sequence[str]) -> Device:
    """The device `row` runs on. Raises ModelUnavailable."""
    if why_not := why_not_here(row, config, packages):
        raise ModelUnavailable(why_not, model=row.id)
    return choose(config)


def expected_bytes(row: ModelRow) -> int:
    """What its weights may take, by the catalogue; 0 where that does not say."""
    return int(row.weights.gigabytes * 1e9) if row.weights else 0


@contextmanager
def loading(row: ModelRow, folder: Path) -> Iterator[None]:
    """What is loaded inside may be damaged, of another model, or half there: whatever a library says to that becomes ModelUnavailable, so
    that another model stands in. Want of memory passes."""
    try:
        yield
    except ModelError:
        raise
    except Exception as error:
        if is_out_of_memory(error):
            raise
        told = f"What lies in {folder} cannot be loaded as {row.id} ({first_line(error, 200)}); run `python -m models verify {row.id}`."
        raise ModelUnavailable(told, model=row.id) from error


def forget(config: BackendConfig, kind: str) -> None:
    """Let go of every loaded model whose key begins with `kind` ("text/"). Waits for the job that uses the device."""
    device = choose(config)
    residency = residency_of(device) if device.name else None
    for key in residency.keys if residency else ():
        if residency and key.startswith(kind):
            residency.drop(key)


@contextmanager
def seeded(device: Device, seed: int) -> Iterator[None]:
    """torch's own dice thrown from `seed`, for models that take no generator; afterwards they lie as they lay before."""
    import torch

    with torch.random.fork_rng(devices=[device.name] if device.kind == "cuda" else []), torch.inference_mode():
        torch.manual_seed(seed)
        yield


def within_memory(run: Callable[[], R], row: ModelRow, advice: str) -> R:
    """What `run` returns. Raises OutOfMemory with `advice` where the device has too little; other errors pass."""
    try:
        return run()
    except (RuntimeError, MemoryError, OutOfMemory) as error:
        if not is_out_of_memory(error):
            raise
        told = first_line(error, 200)
    release_memory()  # out of the except clause, which held the frames and their tensors
    raise OutOfMemory(f"The device ran out of memory ({told}); {advice}.", model=row.id)
