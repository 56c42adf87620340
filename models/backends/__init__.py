"""One file or folder per backend. `BACKENDS` names each; a backend is imported only when a row of the catalogue needs it.

A backend is a class with

    def __init__(self, config: BackendConfig) -> None      cheap: nothing loaded, nothing probed
    def available(self, row: ModelRow) -> str               "" when that model can run here, else one sentence saying why not
    def capabilities(self, row: ModelRow) -> Capabilities
    def answer(self, ask, row: ModelRow, job: JobContext) -> Result
    def close(self) -> None                                 free processes and memory
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from models.asks import Ask, Result
from models.capabilities import Capabilities
from models.context import JobContext

if TYPE_CHECKING:
    from models.catalog import ModelRow

BACKENDS = {
    "product_studio": "models.backends.product_studio.backend:ProductStudio",
    "diffusers_image": "models.backends.diffusers_image.backend:DiffusersImage",
    "diffusers_video": "models.backends.diffusers_video.backend:DiffusersVideo",
    "sound_studio": "models.backends.sound_studio.backend:SoundStudio",
    "replicate": "models.backends.replicate.backend:Replicate",
    "openai_text": "models.backends.openai_text:OpenAIText",
    "transformers_text": "models.backends.transformers_text:TransformersText",
    "bark_voice": "models.backends.bark_voice:BarkVoice",
    "ace_step_music": "models.backends.ace_step_music:AceStepMusic",
    "openai_voice": "models.backends.openai_voice:OpenAIVoice",
}


@dataclass(frozen=True)
class BackendConfig:
    """What the composition root gives every backend.

    cache_dir, cache_bytes: where a backend may keep what is dear to make, and how much. workers: processes for rendering.
    keys: provider -> secret; base_urls: provider -> URL; models: provider -> model name that replaces the row's;
    prices: provider -> US dollars for a million tokens read and written, in place of the row's.
    weights_dir: downloaded weights; loras_dir: LoRAs, trained here or put there. device: "cuda", "cuda:1", "mps" or "cpu"; "" for the best
    that is there, where a processor alone does not count. vram_gb: device memory to use at most, 0 for all of it.
    accepted: ids of rows whose licence restrictions were accepted (ModelRow.commercial). compile_models: see models/diffusion/compiling.py.
    fast_pictures: pictures in few steps wherever their model has a LoRA for that and no number of steps is asked for.
    """

    cache_dir: Path
    cache_bytes: int = 4 * 2**30
    workers: int = 2
    keys: Mapping[str, str] = field(default_factory=dict, repr=False)
    base_urls: Mapping[str, str] = field(default_factory=dict)
    models: Mapping[str, str] = field(default_factory=dict)
    prices: Mapping[str, tuple[Decimal, Decimal]] = field(default_factory=dict)
    weights_dir: Path = Path("weights")
    loras_dir: Path = Path("loras")
    device: str = ""
    vram_gb: float = 0.0
    accepted: frozenset[str] = frozenset()
    compile_models: bool = False
    fast_pictures: bool = False


class Backend(Protocol):
    """What the runtime asks of a backend."""

    def available(self, row: "ModelRow") -> str: ...
    def capabilities(self, row: "ModelRow") -> Capabilities: ...
    def answer(self, ask: Ask, row: "ModelRow", job: JobContext) -> Result: ...
    def close(self) -> None: ...


def load(name: str, config: BackendConfig) -> Backend:
    """Import and construct the backend called `name` (a key of BACKENDS)."""
    module, _, cls = BACKENDS[name].partition(":")
    backend: Backend = getattr(import_module(module), cls)(config)
    return backend
