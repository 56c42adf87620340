"""The finished LoRA as files: one for Diffusers, one for kohya-style tools, each with its scale and what it was trained with.

Two traps are dealt with here: without adapter metadata Diffusers takes the rank for alpha, and its converter to kohya's layout
writes the rank as alpha. Both would load, and count for too much or too little.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import torch

from lora_training.recipe import Recipe
from models.weights import hash_of

State = Mapping[str, Mapping[str, torch.Tensor]]
KOHYA_TEXT = {"text_encoder": "lora_te1", "text_encoder_2": "lora_te2"}


@dataclass(frozen=True)
class Story:
    """What the files say of their making. began: ISO time."""

    name: str
    subject: str
    base: str
    pictures: int
    steps: int
    began: str
    velocity: bool = False


def write(state: State, configs: Mapping[str, Any], layers_per_block: int, recipe: Recipe, story: Story, folder: Path) -> tuple[Path, Path]:
    """(Diffusers file, kohya file) in `folder`, each whole or not there. state: adapters.Student.state(); configs: its peft configs."""
    from diffusers.loaders.lora_base import LORA_ADAPTER_METADATA_KEY
    from safetensors.torch import save_file

    folder.mkdir(parents=True, exist_ok=True)
    said = metadata(recipe, story)
    ours = {_with_text_model(f"{part}.{key}"): value for part, weights in state.items() for key, value in weights.items()}
    scales = {f"{part}.{key}": value for part, config in configs.items() for key, value in _plain(config).items()}
    files = {
        folder / f"{story.name}.safetensors": (ours, {LORA_ADAPTER_METADATA_KEY: json.dumps(scales, sort_keys=True)}),
        folder / f"{story.name}_kohya.safetensors": (kohya(state, layers_per_block, recipe.alpha), {}),
    }
    for path, (tensors, more) in files.items():
        part = path.with_suffix(".part")
        save_file(tensors, part, metadata={"format": "pt", **said, **more})
        part.replace(path)
    first, second = files
    return first, second


def kohya(state: State, layers_per_block: int, alpha: float) -> dict[str, torch.Tensor]:
    """The same weights as kohya's trainer names them for SDXL, with the alpha that was trained with."""
    made = {}
    for part, weights in state.items():
        for key, value in weights.items():
            module, half = re.fullmatch(r"(.+)\.lora_([AB])\.weight", key).groups()  # type: ignore[union-attr]
            if part == "unet":
                name = "lora_unet_" + sgm_name(module, layers_per_block).replace(".", "_")
            else:
                name = KOHYA_TEXT[part] + "_" + _with_text_model(f"{part}.{module}").removeprefix(f"{part}.").replace(".", "_")
            made[f"{name}.lora_{'down' if half == 'A' else 'up'}.weight"] = value
            made[f"{name}.alpha"] = torch.tensor(float(alpha))
    return made


def sgm_name(module: str, layers_per_block: int) -> str:
    """An attention module of the image network by its name in the original SDXL code, which kohya-style tools expect."""
    if found := re.fullmatch(r"mid_block\.attentions\.0\.(.+)", module):
        return f"middle_block.1.{found[1]}"
    if found := re.fullmatch(r"down_blocks\.(\d+)\.attentions\.(\d+)\.(.+)", module):
        return f"input_blocks.{1 + int(found[1]) * (layers_per_block + 1) + int(found[2])}.1.{found[3]}"
    if found := re.fullmatch(r"up_blocks\.(\d+)\.attentions\.(\d+)\.(.+)", module):
        return f"output_blocks.{int(found[1]) * (layers_per_block + 1) + int(found[2])}.1.{found[3]}"
    raise ValueError(f"{module} is no attention module of SDXL")


def metadata(recipe: Recipe, story: Story) -> dict[str, str]:
    """What the files say of themselves, in the words of kohya's trainer (ss_*) and of the model specification (modelspec.*)."""
    size = f"{recipe.resolution}x{recipe.resolution}"
    return {
        "ss_network_module": "networks.lora",
        "ss_network_dim": str(recipe.rank),
        "ss_network_alpha": str(float(recipe.alpha)),
        "ss_base_model_version": "sdxl_base_v1-0",
        "ss_sd_model_name": story.base,
        "ss_output_name": story.name,
        "ss_steps": str(story.steps),
        "ss_max_train_steps": str(recipe.steps),
        "ss_num_train_images": str(story.pictures),
        "ss_resolution": f"({recipe.resolution}, {recipe.resolution})",
        "ss_unet_lr": str(recipe.learning_rate),
        "ss_text_encoder_lr": str(recipe.text_learning_rate),
        "ss_optimizer": recipe.optimiser,
        "ss_lr_scheduler": recipe.schedule,
        "ss_min_snr_gamma": str(recipe.min_snr or None),
        "ss_caption_dropout_rate": str(recipe.caption_dropout),
        "ss_seed": str(recipe.seed),
        "ss_v2": "False",
        "modelspec.sai_model_spec": "1.0.0",
        "modelspec.architecture": "stable-diffusion-xl-v1-base/lora",
        "modelspec.implementation": "diffusers",
        "modelspec.title": story.name,
        "modelspec.trigger_phrase": story.subject,
        "modelspec.resolution": size,
        "modelspec.prediction_type": "v" if story.velocity else "epsilon",
        "modelspec.date": datetime.now(UTC).isoformat(timespec="seconds"),
        "studio.subject": story.subject,
        "studio.began": story.began,
        "studio.recipe": json.dumps(recipe.as_json(), sort_keys=True),
    }


def card(files: tuple[Path, Path], recipe: Recipe, story: Story, folder: Path) -> Path:
    """card.json: what the folder holds, for people and programs."""
    said = {
        "name": story.name,
        "subject": story.subject,
        "trigger": story.subject,
        "base": story.base,
        "rank": recipe.rank,
        "alpha": recipe.alpha,
        "steps": story.steps,
        "pictures": story.pictures,
        "files": {path.name: hash_of(path) for path in files},
        "recipe": recipe.as_json(),
    }
    path = folder / "card.json"
    part = path.with_suffix(".part")
    part.write_text(json.dumps(said, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    part.replace(path)
    return path


def _with_text_model(key: str) -> str:
    """Newer transformers dropped "text_model." from the first encoder's names; the files keep it, as every reader expects."""
    part, _, rest = key.partition(".")
    return f"{part}.text_model.{rest}" if part in KOHYA_TEXT and not rest.startswith("text_model.") else key


def _plain(config: Any) -> dict[str, Any]:
    return {key: sorted(value) if isinstance(value, set) else value for key, value in config.to_dict().items()}
