"""LoRAs on a pipeline for one job: several, each at its weight, and off again after.

Where there is room they stay on until a job wants others: reading a file and dressing eight hundred layers takes longer than a few-step
picture. What a network wears is known by the network, so nothing can be worn unnoticed.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from models.asks import Lora
from models.backends import BackendConfig
from models.backends.diffusers_image.kit import Bench
from models.errors import AskRefused, ModelFailed, first_line
from models.loras import listed, lora_file

HEAVIEST = 2.0
WEARERS = ("unet", "text_encoder", "text_encoder_2")
Worn = tuple[tuple[Path, int, str], ...]
_worn: WeakKeyDictionary[Any, Worn] = WeakKeyDictionary()
"""Network -> (file, when it was changed, name) of each LoRA it wears, in order."""
_weighed: WeakKeyDictionary[Any, tuple[float, ...]] = WeakKeyDictionary()
"""Network -> what each of them counts. To say it again means a walk through all layers, so it is said when it changes."""


@contextmanager
def loras_on(pipe: Any, loras: tuple[Lora, ...], extra: tuple[Path, float] | None, bench: Bench, model: str) -> Iterator[None]:
    """The LoRAs of an ask, and `extra` (a file and its weight, of the fast profile) put on, and no others; after it the pipeline is as it
    was, or still wears them where the profile is roomy.

    Raises AskRefused for a LoRA that is not there or is for another family, ModelFailed for a file that does not fit the model.
    """
    chosen = [_chosen(lora, bench.config, model) for lora in loras]
    if extra is not None:
        chosen.append((*extra, "the fast profile"))
    wanted = tuple((file, file.stat().st_mtime_ns, name) for file, _, name in chosen)
    wearers = [part for name in WEARERS if (part := getattr(pipe, name, None)) is not None]
    dressed = False
    try:
        if any(worn_by(part) != wanted for part in wearers):
            _take_off(pipe, wearers)
            for n, (file, _, name) in enumerate(chosen):
                _put_on(pipe, file, f"lora{n}", name, model)
        weights = tuple(weight for _, weight, _ in chosen)
        if chosen and any(_weighed.get(part) != weights for part in wearers):
            pipe.set_adapters([f"lora{n}" for n in range(len(chosen))], list(weights))
        _worn.update(dict.fromkeys(wearers, wanted))
        _weighed.update(dict.fromkeys(wearers, weights))
        dressed = True
        yield
    finally:
        if chosen and not (dressed and bench.profile.roomy):
            _take_off(pipe, wearers)


def worn_by(network: Any) -> Worn:
    """What `network` wears now."""
    return _worn.get(network, ())


def _take_off(pipe: Any, wearers: list[Any]) -> None:
    if any(getattr(part, "peft_config", None) for part in wearers):
        pipe.unload_lora_weights()
    for part in wearers:
        _worn.pop(part, None)
        _weighed.pop(part, None)


def _chosen(lora: Lora, config: BackendConfig, model: str) -> tuple[Path, float, str]:
    file = lora_file(lora.name, config)
    card = next((card for card in listed(config) if card.name == lora.name), None)
    if card is None:
        raise AskRefused(f"{lora.name} is no LoRA that can be read; train it again, or leave it out.", model=model)
    if card.base and card.base != "sdxl":
        raise AskRefused(f"The LoRA {lora.name} was trained for {card.base}, not for SDXL; choose another.", model=model)
    if not 0 <= lora.weight <= HEAVIEST:
        raise AskRefused(f"A LoRA counts from 0 to {HEAVIEST:g}; {lora.name} at {lora.weight:g} is outside.", model=model)
    return file, lora.weight * _unread_strength(file, card.alpha, card.rank), lora.name


def _unread_strength(file: Path, alpha: float | None, rank: int) -> float:
    """alpha / rank where the loader would not find it: it reads what diffusers and kohya wrote among the tensors, and else takes 1."""
    from models.loras import read_header

    tensors, said = read_header(file)
    loader_reads = "lora_adapter_metadata" in said or any(key.endswith(".alpha") for key in tensors)
    return 1.0 if loader_reads or alpha is None else alpha / rank


def _put_on(pipe: Any, file: Path, adapter: str, name: str, model: str) -> None:
    try:
        pipe.load_lora_weights(str(file.parent), weight_name=file.name, adapter_name=adapter, local_files_only=True)
    except (ValueError, RuntimeError, KeyError, IndexError, OSError) as error:
        raise ModelFailed(
            f"The LoRA {name} does not fit {model} ({first_line(error)}); leave it out, or choose another.", model=model
        ) from error
    if not any(adapter in names for names in pipe.get_list_adapters().values()):
        raise ModelFailed(f"The LoRA {name} holds nothing that {model} has a place for; leave it out, or choose another.", model=model)
