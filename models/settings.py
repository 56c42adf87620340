"""What can be set from outside about local models, read from the environment (and `.env`).

studio/settings.py inherits these fields, so that the studio, `python -m models` and `python -m lora_training` read the same names.
"""

from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from models.backends import BackendConfig


class ModelSettings(BaseSettings):
    """Field names in capitals are the environment variables, e.g. WEIGHTS_DIR."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", frozen=True)

    weights_dir: Path = Field(Path("weights"), description="Downloaded model weights (python -m models pull).")
    loras_dir: Path = Field(Path("loras"), description="Trained LoRAs; the studio lists what lies there.")
    device: str = Field("", description="What local models compute on: cuda, cuda:1, mps or cpu; empty: a graphics card if there is one.")
    vram_gb: float = Field(0.0, ge=0, description="Most graphics memory that models may hold, in gigabytes; 0 means all of it.")
    compile_models: bool = Field(
        False,
        description="Compile image models for an NVIDIA card of 24 GB or more: the first picture of each size takes a minute or two, "
        "each after it about an eighth less time.",
    )
    fast_pictures: bool = Field(
        False,
        description="Draw with a LoRA for few steps where an image model has one (SDXL: python -m models pull sdxl/lightning): "
        "about a third of the time, a little less faithful; the result says so.",
    )
    accepted_licences: str = Field(
        "", description="Ids of models whose licence restrictions you accept, with commas between; see python -m models list."
    )
    hf_endpoint: str = Field(
        "https://huggingface.co", description="Hub that python -m models pull fetches weights from; a mirror's address."
    )
    hf_token: SecretStr | None = Field(None, description="Key of that hub, for weights whose licence must be accepted there; empty: none.")

    @property
    def accepted(self) -> frozenset[str]:
        """Ids of the rows that `accepted_licences` names."""
        return frozenset(filter(None, map(str.strip, self.accepted_licences.split(","))))


def config_of(settings: ModelSettings, cache_dir: Path = Path("cache")) -> BackendConfig:
    """What local models need to know, for commands that have no studio around them."""
    return BackendConfig(
        cache_dir=cache_dir.absolute(),
        weights_dir=settings.weights_dir.absolute(),
        loras_dir=settings.loras_dir.absolute(),
        device=settings.device,
        vram_gb=settings.vram_gb,
        accepted=settings.accepted,
        compile_models=settings.compile_models,
        fast_pictures=settings.fast_pictures,
    )
