"""The adapter itself: low-rank layers put into the image network (and the text encoders), and their weights taken out and put back."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import torch
import torch.utils.checkpoint

from lora_training.base import Base
from lora_training.recipe import Recipe

LAYERS = {
    "attention": ("to_q", "to_k", "to_v", "to_out.0"),
    "attention+feedforward": ("to_q", "to_k", "to_v", "to_out.0", "ff.net.0.proj", "ff.net.2"),
}
TEXT_LAYERS = ("q_proj", "k_proj", "v_proj", "out_proj")
NAME = "default"
PARTS = ("unet", "text_encoder", "text_encoder_2")


@dataclass
class Student:
    """What learns: `modules` by part, and their trainable weights by name "<part>.<weight>", in a fixed order."""

    modules: dict[str, Any]
    weights: dict[str, torch.nn.Parameter]
    configs: dict[str, Any]

    @property
    def parameters(self) -> list[torch.nn.Parameter]:
        """The trainable weights in that order."""
        return list(self.weights.values())

    def groups(self, recipe: Recipe) -> list[dict[str, Any]]:
        """For the optimiser: the image network's weights, and the text encoders' at their own rate."""
        of_image = [weight for name, weight in self.weights.items() if name.startswith("unet.")]
        of_text = [weight for name, weight in self.weights.items() if not name.startswith("unet.")]
        made = [{"params": of_image, "lr": recipe.learning_rate}]
        return made + ([{"params": of_text, "lr": recipe.text_learning_rate}] if of_text else [])

    def state(self) -> dict[str, dict[str, torch.Tensor]]:
        """part -> {"<module>.lora_A.weight": tensor on the processor}, as peft names them."""
        from peft.utils import get_peft_model_state_dict

        def taken(module: Any) -> dict[str, torch.Tensor]:
            found = get_peft_model_state_dict(module, adapter_name=NAME, save_embedding_layers=False)
            return {key: value.detach().float().cpu().contiguous() for key, value in found.items()}

        return {part: taken(module) for part, module in self.modules.items()}

    def take_as_given(self) -> None:
        """Adapters no longer widen what they are given to their own numbers: autocast would only narrow it again, two copies a layer."""
        for module in self.modules.values():
            for layer in module.modules():
                if hasattr(layer, "cast_input_dtype_enabled"):
                    layer.cast_input_dtype_enabled = False

    def train(self, on: bool) -> None:
        """Training or evaluation mode of all that learns."""
        for module in self.modules.values():
            if module.training != on:  # setting it walks five thousand modules, too much for every step
                module.train(on)


def adopt(base: Base, recipe: Recipe) -> Student:
    """Put fresh adapters into the base model. They begin as nothing: the first picture is the base model's own.

    The first half of an adapter is drawn from torch's global generator, so that is seeded here, and put back as it was.
    """
    from peft import LoraConfig

    trained = PARTS if recipe.text_learning_rate else PARTS[:1]
    student = Student({part: base.parts[part] for part in trained}, {}, {})
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(recipe.seed)
        for part, module in student.modules.items():
            layers = LAYERS[recipe.layers] if part == "unet" else TEXT_LAYERS
            alpha: Any = recipe.alpha  # peft says int, and takes any number
            config = LoraConfig(r=recipe.rank, lora_alpha=alpha, init_lora_weights="gaussian", target_modules=list(layers))
            module.add_adapter(config, adapter_name=NAME)
            student.configs[part] = module.peft_config[NAME]
            for name, weight in module.named_parameters():
                if weight.requires_grad:
                    weight.data = weight.data.float()  # what learns is fp32 whatever the frozen layers are
                    student.weights[f"{part}.{name}"] = weight
    if recipe.checkpointing:
        student.modules["unet"].enable_gradient_checkpointing(_again)
        for part in trained[1:]:
            student.modules[part].activation_checkpointing_enable()
    return student


def _again(module: Any, *args: Any) -> Any:
    """`module` computed now, and once more on the way back. SDXL draws nothing on its way, so the generators' states are left alone: asking
    the card for them would keep a step from being recorded."""
    return torch.utils.checkpoint.checkpoint(module.__call__, *args, use_reentrant=False, preserve_rng_state=False)


@contextmanager
def averaged(student: Student, average: Any | None) -> Iterator[None]:
    """Within, the student has its averaged weights (diffusers' EMAModel); without an average nothing changes."""
    if average is None:
        yield
        return
    average.store(student.parameters)
    average.copy_to(student.parameters)
    try:
        yield
    finally:
        average.restore(student.parameters)
