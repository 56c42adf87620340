"""The LoRAs of this installation: what lies in LORAS_DIR, read from the files' own headers.

    LORAS_DIR/<name>/<name>.safetensors    as `python -m lora_training` publishes it, beside its card and report
    LORAS_DIR/<name>.safetensors           put there by hand (diffusers or kohya layout)

Only safetensors count: the older formats run code when they are loaded. Reads headers, never tensors; needs no torch.
"""

import json
import re
import struct
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from models.backends import BackendConfig
from models.errors import AskRefused
from models.weights import hash_of

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
LONGEST_HEADER = 64 * 2**20
CROSS_WIDTH = {2048: "sdxl", 768: "sd-1.5", 1024: "sd-2"}
"""Width of what a model's cross attention listens to -> the family that has it."""


@dataclass(frozen=True)
class LoraCard:
    """One LoRA. subject: what it shows, in words; trigger: the words that call it up in a prompt; "" where the file does not say.

    base: "sdxl", another family, or "" when it cannot be told. alpha / rank is the strength it was trained at; alpha None: unknown.
    created: ISO date and time, UTC.
    """

    name: str
    subject: str
    trigger: str
    base: str
    rank: int
    alpha: float | None
    file: Path
    sha256: str
    created: str


def lora_file(name: str, config: BackendConfig) -> Path:
    """The file of the LoRA called `name`. Raises AskRefused that names what lies there instead."""
    found = _files(config)
    if name in found:
        return found[name]
    there = f"there are {', '.join(found)}" if found else f"none lies in {config.loras_dir}"
    raise AskRefused(f"There is no LoRA {name!r}; {there}.")


def listed(config: BackendConfig) -> tuple[LoraCard, ...]:
    """Every LoRA, by name. A file that is not a LoRA is left out; `unreadable` says so."""
    return tuple(card for name, path in _files(config).items() if (card := _card(name, path)) is not None)


def unreadable(config: BackendConfig) -> tuple[str, ...]:
    """Names of the safetensors files there that are no LoRA, or broken."""
    return tuple(name for name, path in _files(config).items() if _card(name, path) is None)


def read_header(path: Path) -> tuple[dict[str, Any], dict[str, str]]:
    """({tensor name: {"dtype", "shape", "data_offsets"}}, metadata) of a safetensors file. Raises ValueError when it is none."""
    with path.open("rb") as stream:
        start = stream.read(8)
        length = struct.unpack("<Q", start)[0] if len(start) == 8 else 0
        if not 2 <= length <= min(LONGEST_HEADER, path.stat().st_size - 8):
            raise ValueError(f"{path.name} is not a safetensors file")
        header = json.loads(stream.read(length))
    if not isinstance(header, dict):
        raise ValueError(f"{path.name} is not a safetensors file")
    said = header.pop("__metadata__", None) or {}
    end = max((facts["data_offsets"][1] for facts in header.values()), default=0)
    if path.stat().st_size != 8 + length + end:
        raise ValueError(f"{path.name} is cut short")
    return header, said


def _files(config: BackendConfig) -> dict[str, Path]:
    """name -> file, by name; what was trained here wins over a loose file of the same name."""
    found: dict[str, Path] = {}
    for path in sorted(config.loras_dir.glob("*.safetensors")):
        if NAME.fullmatch(path.stem) and path.is_file():
            found[path.stem] = path
    for folder in sorted(config.loras_dir.glob("*/")):
        path = folder / f"{folder.name}.safetensors"
        if NAME.fullmatch(folder.name) and path.is_file():
            found[folder.name] = path
    return dict(sorted(found.items()))


def _card(name: str, path: Path) -> LoraCard | None:
    """None when the file is no LoRA."""
    try:
        tensors, said = read_header(path)
        downs = {key: facts["shape"] for key, facts in tensors.items() if "lora_A" in key or "lora_down" in key}
        if not downs:
            return None
        adapter = json.loads(said.get("lora_adapter_metadata", "{}"))
        rank = next(iter(downs.values()))[0]
        created = said.get("modelspec.date") or datetime.fromtimestamp(path.stat().st_mtime, UTC).isoformat(timespec="seconds")
        return LoraCard(
            name=name,
            subject=said.get("studio.subject", "") or said.get("modelspec.title", ""),
            trigger=said.get("modelspec.trigger_phrase", ""),
            base=_base(said, downs),
            rank=rank,
            alpha=_alpha(said, adapter, tensors, path),
            file=path,
            sha256=hash_of(path),
            created=created,
        )
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError, struct.error):
        return None  # somebody else's file, in whatever state it is: it is left out, and `unreadable` names it


def _base(said: dict[str, str], downs: dict[str, list[int]]) -> str:
    told = (said.get("modelspec.architecture", "") + " " + said.get("ss_base_model_version", "")).lower()
    if "xl" in told:
        return "sdxl"
    for key, shape in downs.items():
        if "attn2" in key and re.search(r"to_[kv]\b|to_[kv]_?", key):
            return CROSS_WIDTH.get(shape[1], "")
    return ""


def _alpha(said: dict[str, str], adapter: dict[str, Any], tensors: dict[str, Any], path: Path) -> float | None:
    for key, value in adapter.items():
        if key.endswith("lora_alpha"):
            return float(value)
    if "ss_network_alpha" in said:
        return float(said["ss_network_alpha"])
    for key, facts in tensors.items():
        if key.endswith(".alpha"):
            return _scalar(path, facts)
    return None


def _scalar(path: Path, facts: dict[str, Any]) -> float | None:
    """One number out of the file, for the number formats that alphas come in."""
    with path.open("rb") as stream:
        (length,) = struct.unpack("<Q", stream.read(8))
        stream.seek(8 + length + facts["data_offsets"][0])
        raw = stream.read(facts["data_offsets"][1] - facts["data_offsets"][0])
    if facts["dtype"] == "BF16":
        return float(struct.unpack("<f", b"\0\0" + raw)[0])
    form = {"F64": "<d", "F32": "<f", "F16": "<e", "I64": "<q"}.get(facts["dtype"])
    return float(struct.unpack(form, raw)[0]) if form else None
