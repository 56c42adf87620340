"""Reference pictures through an IP-Adapter: several, each as strong as asked, where its mask is white, or for its look alone.

The adapter lives in the denoiser, which every pipeline shares: whoever puts it on takes it off again. Embeddings of pictures are kept,
so that the encoder of pictures is needed only for one that is new.
"""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import cv2

from models.asks import Reference
from models.backends.diffusers_image.kit import Bench, load_model
from models.catalog import ModelRow
from models.errors import ModelUnavailable
from models.media.image_file import read_image
from models.weights import folder_of

KEPT = 128
STYLE_BLOCK = 1
"""Of the first upward block's attentions: the one that carries a picture's look, by the finding called InstantStyle."""


@dataclass
class EmbeddingCache:
    """What the encoder of pictures made of them: (adapter, sha256 of the file) -> (negative, positive), in main memory."""

    _kept: OrderedDict[tuple[str, str], tuple[Any, Any]] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    made: int = 0

    def find(self, key: tuple[str, str]) -> tuple[Any, Any] | None:
        """What is kept, or None."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def put(self, key: tuple[str, str], value: tuple[Any, Any]) -> None:
        """Keep one; the oldest leaves."""
        with self._lock:
            self.made += 1
            self._kept[key] = value
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)


def groups(references: tuple[Reference, ...]) -> list[list[Reference]]:
    """References that count alike, together: they share one adapter, whose scale and mask are theirs."""
    found: dict[tuple[float, Path | None, bool], list[Reference]] = {}
    for one in references:
        found.setdefault((one.scale, one.mask, one.style_only), []).append(one)
    return list(found.values())


@contextmanager
def worn(
    pipe: Any, references: tuple[Reference, ...], row: ModelRow, bench: Bench, cache: EmbeddingCache, size: tuple[int, int], guided: bool
) -> Iterator[dict[str, Any]]:
    """What to call the pipeline with. row: of the adapter. size: (width, height) drawn. After it the denoiser is as it was."""
    if not references:
        yield {}
        return
    together = groups(references)
    state = bench.residency.get(f"{row.id}/adapter", lambda: _read_adapter(row, bench), lambda state: 0)
    name = row.defaults["file"]
    copies = [{part: dict(tensors) for part, tensors in state.items()} for _ in together]
    try:
        pipe.register_modules(feature_extractor=_processor(224))
        pipe.load_ip_adapter(
            copies, subfolder=[""] * len(copies), weight_name=[name] * len(copies), image_encoder_folder=None, local_files_only=True
        )
        pipe.unet.to(bench.home("unet"))
        pipe.set_ip_adapter_scale([_scale(pipe, group[0]) for group in together])
        told: dict[str, Any] = {"ip_adapter_image_embeds": [_embeds(pipe, group, row, bench, cache, guided) for group in together]}
        masks = [_mask(group, size, bench) for group in together]
        if any(mask is not None for mask in masks):
            told["cross_attention_kwargs"] = {"ip_adapter_masks": masks}
        yield told
    finally:
        if getattr(pipe.unet, "encoder_hid_proj", None) is not None:
            pipe.unload_ip_adapter()


def _scale(pipe: Any, reference: Reference) -> float | dict[str, Any]:
    if not reference.style_only:
        return reference.scale
    attentions = len(pipe.unet.up_blocks[0].attentions)
    return {"up": {"block_0": [reference.scale if n == STYLE_BLOCK else 0.0 for n in range(attentions)]}}


def _embeds(pipe: Any, group: list[Reference], row: ModelRow, bench: Bench, cache: EmbeddingCache, guided: bool) -> Any:
    """(2, images, ...) negative before positive; (1, images, ...) where nothing is guided."""
    import torch

    pairs = [_embedded(pipe, one.image, row, bench, cache) for one in group]
    sides = [torch.stack([pair[side] for pair in pairs], 1) for side in (0, 1)]
    return torch.cat(sides if guided else sides[1:]).to(bench.device.name, bench.computing.dtype)


def _embedded(pipe: Any, picture: Path, row: ModelRow, bench: Bench, cache: EmbeddingCache) -> tuple[Any, Any]:
    image = read_image(picture)
    key = (f"{row.id}@{bench.computing.numbers}", hashlib.sha256(image.tobytes() + str(image.shape).encode()).hexdigest())
    found = cache.find(key)
    if found is None:
        import torch
        from diffusers.models.embeddings import ImageProjection
        from PIL import Image

        encoder = bench.keep(f"{row.id}/image_encoder", "image_encoder", lambda: _encoder(row, bench))
        # A resampling adapter listens to the encoder's last layer but one, the plain one to its summary.
        layers = not isinstance(pipe.unet.encoder_hid_proj.image_projection_layers[0], ImageProjection)
        try:
            pipe.image_encoder = encoder.to(bench.device.name)
            pipe.feature_extractor = _processor(encoder.config.image_size)
            with torch.no_grad():
                positive, negative = pipe.encode_image(Image.fromarray(image), bench.device.name, 1, True if layers else None)
        finally:
            pipe.image_encoder = None
            encoder.to(bench.home("image_encoder"))
        found = (negative.cpu(), positive.cpu())
        cache.put(key, found)
    return found


def _mask(group: list[Reference], size: tuple[int, int], bench: Bench) -> Any:
    """(1, images, height, width) of 0 and 1, or None: everywhere."""
    if group[0].mask is None:
        return None
    import torch

    grey = cv2.resize(cv2.cvtColor(read_image(group[0].mask), cv2.COLOR_RGB2GRAY), size, interpolation=cv2.INTER_AREA)
    white = torch.from_numpy(grey > 127).to(bench.device.name, bench.computing.dtype)
    return white.expand(1, len(group), *white.shape).contiguous()


def _read_adapter(row: ModelRow, bench: Bench) -> dict[str, dict[str, Any]]:
    from safetensors import SafetensorError, safe_open

    path = folder_of(row, bench.config) / row.defaults["file"]
    state: dict[str, dict[str, Any]] = {"image_proj": {}, "ip_adapter": {}}
    try:
        with safe_open(path, framework="pt") as tensors:
            for key in tensors.keys():  # noqa: SIM118 – this is no mapping
                part, _, rest = key.partition(".")
                state[part][rest] = tensors.get_tensor(key)
    except (OSError, SafetensorError, KeyError) as error:
        raise ModelUnavailable(f"{row.id} cannot be read from {path}; run `python -m models verify {row.id}`.", model=row.id) from error
    return state


def _encoder(row: ModelRow, bench: Bench) -> Any:
    from transformers import CLIPVisionModelWithProjection

    return load_model(CLIPVisionModelWithProjection, folder_of(row, bench.config), bench, row, row.defaults["encoder"]).eval()


def _processor(side: int) -> Any:
    # By its own name: the general one needs a torchvision that fits this torch, and fails where one is there that does not.
    from transformers.models.clip.image_processing_pil_clip import CLIPImageProcessorPil

    return CLIPImageProcessorPil(size={"shortest_edge": side}, crop_size={"height": side, "width": side})
