"""Text and structured answers from an instruct model on this machine, through transformers. It knows nothing of ads.

The schema is given to the model in words; what it answers is read as JSON here and validated by whoever asked, who may ask again.
"""

import json
import time
from functools import partial
from typing import Any

from models.asks import Ask, Made, Result, Text, TextAsk
from models.backends import BackendConfig
from models.backends.local_model import device_for, expected_bytes, forget, loading, seeded, why_not_here, within_memory
from models.capabilities import Capabilities, check
from models.catalog import ModelRow
from models.context import JobContext
from models.devices import Device
from models.diffusion.precision import computing
from models.errors import ModelFailed
from models.json_answers import json_object
from models.residency import residency_of, weight_of
from models.weights import folder_of

PACKAGES = ("torch", "transformers", "accelerate")
ADVICE = "choose a smaller text model, or the built-in copywriter"


class TransformersText:
    """The backend. A model stays loaded between asks, as long as nothing else needs its memory."""

    def __init__(self, config: BackendConfig) -> None:
        self.config = config

    def available(self, row: ModelRow) -> str:
        return why_not_here(row, self.config, PACKAGES)

    def capabilities(self, row: ModelRow) -> Capabilities:
        return Capabilities(kinds=frozenset({"text"}), schema=True, shows=("words, on this machine",), never=("pictures", "sound"))

    def answer(self, ask: Ask, row: ModelRow, job: JobContext) -> Result:
        """A Text; with a schema, `data` holds the JSON object, or None when the answer was none.

        Raises ModelUnavailable, ModelFailed (cut off, or longer than the model can read), OutOfMemory, AskRefused, Cancelled.
        """
        check(ask, self.capabilities(row), row.id)
        assert isinstance(ask, TextAsk)
        device = device_for(row, self.config, PACKAGES)
        began = time.perf_counter()
        content, read, written = self._written(ask, row, device, job)
        made = Made(row.id, seed=ask.seed, elapsed_s=time.perf_counter() - began, notes=(computing(device).note(device),))
        return Text(content, made, json_object(content) if ask.schema is not None else None, read, written)

    def close(self) -> None:
        forget(self.config, "text/")

    def _written(self, ask: TextAsk, row: ModelRow, device: Device, job: JobContext) -> tuple[str, int, int]:
        """(the answer, tokens read, tokens written). A method of its own, so that nothing of the model is held once it is through."""
        residency = residency_of(device)
        with residency.device_lock(job.check):
            job.progress(0.0, "loading the text model")
            kept = residency.get(f"text/{row.id}", lambda: self._load(row, device), lambda kept: weight_of(kept[0]), expected_bytes(row))
            return within_memory(partial(_write, *kept, ask, row, device, job), row, ADVICE)

    def _load(self, row: ModelRow, device: Device) -> tuple[Any, Any]:
        from transformers import AutoModelForCausalLM, AutoTokenizer

        folder = folder_of(row, self.config)
        how: dict[str, Any] = {"dtype": computing(device).dtype, "local_files_only": True, "use_safetensors": True}
        with loading(row, folder):
            tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
            model: Any = AutoModelForCausalLM.from_pretrained(folder, **how)
        return model.to(device.name).eval(), tokenizer


def messages(ask: TextAsk) -> list[dict[str, str]]:
    """The ask as a chat, with its schema in words."""
    system = ask.system
    if ask.schema is not None:
        schema = json.dumps(ask.schema, separators=(",", ":"))
        system = f"{system}\n\nAnswer with one JSON object that fits this JSON Schema, and with nothing else:\n{schema}"
    return [{"role": "system", "content": system}, {"role": "user", "content": ask.prompt}]


def _write(model: Any, tokenizer: Any, ask: TextAsk, row: ModelRow, device: Device, job: JobContext) -> tuple[str, int, int]:
    """(the answer, tokens read, tokens written)."""
    from transformers import StoppingCriteria, StoppingCriteriaList

    class Watch(StoppingCriteria):
        """Called after every token: tells of it, and lets a cancelled job go."""

        def __call__(self, input_ids: Any, scores: Any, **kwargs: Any) -> Any:
            import torch

            job.check()
            job.progress(min(0.99, (input_ids.shape[1] - read) / ask.max_tokens), "writing")
            return torch.zeros(input_ids.shape[0], dtype=torch.bool, device=input_ids.device)

    inputs = tokenizer.apply_chat_template(messages(ask), add_generation_prompt=True, return_dict=True, return_tensors="pt")
    inputs = inputs.to(device.name)
    read = int(inputs["input_ids"].shape[1])
    most = getattr(model.config, "max_position_embeddings", None)
    if most and read + ask.max_tokens > most:
        raise ModelFailed(f"{row.id} reads and writes {most} tokens at once; this ask needs {read + ask.max_tokens}.", model=row.id)
    sampling = {"do_sample": True, "temperature": ask.temperature} if ask.temperature > 0 else {"do_sample": False}
    with seeded(device, ask.seed):
        out = model.generate(**inputs, max_new_tokens=ask.max_tokens, stopping_criteria=StoppingCriteriaList([Watch()]), **sampling)
    new = out[0, read:].tolist()
    if len(new) >= ask.max_tokens and new[-1] not in _ends(model, tokenizer):
        raise ModelFailed(f"The text model's answer was cut off after {ask.max_tokens} tokens.", model=row.id)
    content = str(tokenizer.decode(new, skip_special_tokens=True)).strip()
    if not content:
        raise ModelFailed("The text model gave an empty answer.", model=row.id)
    return content, read, len(new)


def _ends(model: Any, tokenizer: Any) -> set[int]:
    ends = model.generation_config.eos_token_id
    return {*(ends if isinstance(ends, list) else [ends]), tokenizer.eos_token_id}
