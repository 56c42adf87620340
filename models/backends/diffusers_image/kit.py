"""The parts of a model, loaded from its folder one by one and kept in the residency; pipelines are put together from them for each job.

A folder is laid out as diffusers does it: model_index.json names every part's class. Nothing is fetched, and only safetensors count.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from models.backends import BackendConfig
from models.catalog import ModelRow
from models.catalog import row as row_of
from models.devices import Device
from models.diffusion.compiling import compiled
from models.diffusion.precision import Computing
from models.diffusion.profiles import Profile
from models.diffusion.quicker import quicken
from models.errors import ModelUnavailable, first_line
from models.modules import first_tensor
from models.residency import Residency, weight_of
from models.weights import folder_of, why_missing

LIBRARIES = ("diffusers", "transformers")
ENCODERS = ("text_encoder", "text_encoder_2", "text_encoder_3", "image_encoder")
DENOISERS = ("unet", "transformer")


@dataclass(frozen=True)
class Bench:
    """Where a job works: the device, how it computes, how it makes room, and what is loaded there."""

    config: BackendConfig
    device: Device
    computing: Computing
    profile: Profile
    residency: Residency

    @property
    def plays(self) -> bool:
        """Whether steps are recorded and played back."""
        return self.profile.roomy and self.device.kind == "cuda"

    @property
    def compiles(self) -> bool:
        """Whether denoisers are compiled: where nothing moves between two steps."""
        return self.plays and self.config.compile_models

    def home(self, part: str) -> str:
        """Where a part rests while it is not at work."""
        offload = self.profile.offload
        return "cpu" if offload in ("model", "group") or (offload == "text" and part in ENCODERS) else self.device.name

    def keep(self, key: str, part: str, load: Callable[[], Any]) -> Any:
        """A part out of the residency, or loaded into it. What rests in main memory weighs nothing on the device, the denoiser apart:
        at work it is there as a whole."""
        on_device = self.home(part) == self.device.name or (part in DENOISERS and self.profile.offload == "model")
        found = self.residency.get(f"{key}@{self.computing.numbers}", load, weight_of if on_device else _nothing)
        if hasattr(found, "to") and hasattr(found, "parameters"):
            self.settle(found, part)
        return found

    def settle(self, network: Any, part: str) -> None:
        """Move a network to where it rests. Where nothing ever leaves the device, its first and its last tensor are asked whether it is
        there, for they move in order: asking all of them takes as long as a step of drawing."""
        import torch

        place = torch.device(self.home(part))
        ends = [tensor.device for tensor in (first_tensor(network), first_tensor(network, backwards=True)) if tensor is not None]
        there = all(end.type == place.type and place.index in (None, end.index) for end in ends)
        if self.profile.offload != "none" or not there:
            network.to(place)


@dataclass(frozen=True)
class Change:
    """What is done to a denoiser as soon as it is read. The changed one is kept under a `name` of its own, beside the plain one."""

    name: str
    make: Callable[[Any, Bench], None]


def parts_of(row: ModelRow, bench: Bench, change: Change | None = None) -> tuple[type, dict[str, Any]]:
    """(class of the pipeline, its parts and settings by name). change: of its denoiser.

    Raises ModelUnavailable when a file is broken, OutOfMemory when there is no room.
    """
    import diffusers

    _quietly()
    folder = folder_of(row, bench.config)
    index = _index(folder, row)
    parts: dict[str, Any] = {}
    for name, made_of in index.items():
        if name.startswith("_"):
            continue
        if not isinstance(made_of, list):
            parts[name] = made_of
        elif made_of[:1] == [None] or made_of[0] not in LIBRARIES:
            parts[name] = None
        else:
            parts[name] = _part(row, bench, folder, name, made_of, change if name in DENOISERS else None)
    vae = row.defaults.get("vae", "")
    if vae and not why_missing(row_of(vae), bench.config):
        where = folder_of(row_of(vae), bench.config)
        parts["vae"] = bench.keep(
            vae, "vae", lambda: _at_speed(load_model(diffusers.AutoencoderKL, where, bench, row_of(vae)), "vae", bench)
        )
    return getattr(diffusers, index["_class_name"]), parts


def load_model(cls: Any, folder: Path, bench: Bench, row: ModelRow, subfolder: str = "") -> Any:
    """One network of `cls` out of a folder, on no device yet. Raises ModelUnavailable when it cannot be read."""
    where = folder / subfolder if subfolder else folder
    names = [path.name for path in where.glob("*.safetensors*")]
    half = any(".fp16." in name for name in names) and (bench.computing.numbers != "float32" or all(".fp16." in name for name in names))
    told: dict[str, Any] = {"local_files_only": True, "use_safetensors": True, "dtype": bench.computing.dtype}
    told |= {"subfolder": subfolder} if subfolder else {}
    told |= {"variant": "fp16"} if half else {}
    try:
        return cls.from_pretrained(str(folder), **told)
    except (OSError, ValueError, KeyError, RuntimeError, ImportError) as error:
        from models.diffusion.ladder import is_out_of_memory

        if is_out_of_memory(error):
            raise
        raise ModelUnavailable(
            f"{row.id} cannot be loaded from {where} ({first_line(error)}); run `python -m models verify {row.id}`.", model=row.id
        ) from error


def _part(row: ModelRow, bench: Bench, folder: Path, name: str, made_of: list[str], change: Change | None) -> Any:
    library, cls_name = made_of

    def load() -> Any:
        cls = getattr(import_module(library), cls_name, None)
        if cls is None:
            raise ModelUnavailable(
                f"{row.id} needs {library}.{cls_name}, which this version of {library} lacks; run `pip install -r requirements-gpu.txt`."
            )
        if hasattr(cls, "load_state_dict"):
            found = load_model(cls, folder, bench, row, name)
            if change is not None:
                change.make(found, bench)
            return _at_speed(found.eval(), name, bench)
        try:
            return cls.from_pretrained(str(folder / name), local_files_only=True)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ModelUnavailable(
                f"{row.id} cannot be loaded: {name} is broken; run `python -m models verify {row.id}`.", model=row.id
            ) from error

    return bench.keep(f"{row.id}/{name}{f'/{change.name}' if change else ''}", name, load)


def _at_speed(network: Any, part: str, bench: Bench) -> Any:
    """On a card a denoiser is compiled, where that is wanted, and it and the decoder are computed in ways that suit it."""
    if bench.compiles and part in DENOISERS:
        return compiled(network)  # the compiler finds its own ways
    return quicken(network) if bench.device.kind == "cuda" and part in (*DENOISERS, "vae") else network


def _narrow(denoiser: Any, bench: Bench) -> None:
    import torch

    denoiser.enable_layerwise_casting(storage_dtype=torch.float8_e4m3fn, compute_dtype=bench.computing.dtype)


NARROWED = Change("8bit", _narrow)
"""Weights in 8 bit, widened layer by layer as they are needed."""


def _index(folder: Path, row: ModelRow) -> dict[str, Any]:
    import diffusers

    try:
        index = json.loads((folder / "model_index.json").read_text(encoding="utf-8"))
        named = index["_class_name"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelUnavailable(
            f"{row.id} has no readable model_index.json in {folder}; run `python -m models pull {row.id}`.", model=row.id
        ) from error
    if not hasattr(diffusers, named):
        raise ModelUnavailable(
            f"{row.id} needs diffusers.{named}, which this version lacks; run `pip install -r requirements-gpu.txt`.", model=row.id
        )
    return dict(index)


def _quietly() -> None:
    """The libraries tell of every file and every layer they do not find; what matters is said in results and errors."""
    import diffusers
    import transformers

    for library in (diffusers, transformers):
        library.utils.logging.set_verbosity_error()
        library.utils.logging.disable_progress_bar()


def _nothing(part: Any) -> int:
    return 0
