"""Where the weights of a local model lie on disk, whether they are all there, and what they hash to.

    WEIGHTS_DIR/<row id with "/" as "--">/    laid out as the hub repository is; a folder put there by hand counts as well
        .pulling.json                         there while `python -m models pull` is not through (models/pulling.py)
        .manifest.json                        what a finished pull fetched: {"repo", "revision", "files": {path: {"size", "sha256"}}}

Nothing here downloads or loads anything: files are looked at, never opened, except for their small JSON indexes.
"""

import hashlib
import json
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from models.backends import BackendConfig
from models.catalog.row import ModelRow, Weights
from models.licences import why_shut

MANIFEST = ".manifest.json"
PULLING = ".pulling.json"
CHUNK = 8 * 2**20

_hashes: dict[tuple[str, int, int], str] = {}


def folder_of(row: ModelRow, config: BackendConfig) -> Path:
    """Where the weights of `row` lie, or would."""
    return config.weights_dir / row.id.replace("/", "--")


def why_missing(row: ModelRow, config: BackendConfig) -> str:
    """ "" when `row` has all its weights and may be used here, else one sentence that says what to do.

    Cheap (a few file looks), so that every probe may ask. What the weights go on top of (`Weights.base`) must be there too.
    """
    if shut := why_shut(row, config):
        return shut
    if row.weights is None:
        return ""
    if lacking := what_lacks(row.weights, folder_of(row, config)):
        again = "to fetch the rest" if folder_of(row, config).is_dir() else "to download it"
        return f"{row.id} is not downloaded{lacking}; run `python -m models pull {row.id}` {again}."
    if row.weights.base:
        from models.catalog import row as row_of

        if below := why_missing(row_of(row.weights.base), config):
            return f"{row.id} goes on top of {row.weights.base}: {below}"
    return ""


def what_lacks(weights: Weights, folder: Path) -> str:
    """ "" when `folder` holds everything, else what does not, as a bracket to put into a sentence: " (unet/x.safetensors is missing)"."""
    if not folder.is_dir():
        return f" (nothing lies at {folder})"
    if (folder / PULLING).exists():
        return " to the end"
    if manifest := read_manifest(folder):
        for name, facts in manifest["files"].items():
            path = folder / name
            if not path.is_file():
                return f" in full ({name} is missing)"
            if path.stat().st_size != facts["size"]:
                return f" in full ({name} has {path.stat().st_size:,} bytes instead of {facts['size']:,})"
        return ""
    return _lacks_by_look(weights, folder)


def read_manifest(folder: Path, name: str = MANIFEST) -> dict[str, Any]:
    """What a pull wrote down in `folder`; {} when there is nothing, or nothing readable."""
    try:
        found = json.loads((folder / name).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) and isinstance(found.get("files"), dict) else {}


def wanted(path: str, patterns: tuple[str, ...]) -> bool:
    """Whether a file of the repository is one that the row needs; "*" matches across folders, hidden files are never needed."""
    return not any(part.startswith(".") for part in path.split("/")) and any(fnmatchcase(path, pattern) for pattern in patterns)


def files_in(folder: Path) -> Iterator[str]:
    """Paths of the files in `folder`, relative, with "/"; hidden ones left out."""
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if path.is_file() and not any(part.startswith(".") for part in inside.parts):
            yield inside.as_posix()


def hash_of(path: Path, fresh: bool = False) -> str:
    """sha256 of a file in hex. Kept beside it as `.<name>.sha256` together with its size and time, so that it is read once only.

    fresh: read it whatever was kept. Raises OSError.
    """
    state = path.stat()
    key = (str(path), state.st_size, state.st_mtime_ns)
    if key in _hashes and not fresh:
        return _hashes[key]
    beside = path.with_name(f".{path.name}.sha256")
    stamp = f"{state.st_size} {state.st_mtime_ns}"
    try:
        kept, _, kept_stamp = beside.read_text(encoding="ascii").strip().partition(" ")
    except (OSError, ValueError):
        kept, kept_stamp = "", ""
    if fresh or kept_stamp != stamp or len(kept) != 64:
        with path.open("rb") as stream:
            kept = hashlib.file_digest(stream, "sha256").hexdigest()
        _keep(beside, f"{kept} {stamp}\n")
    _hashes[key] = kept
    return kept


def _keep(beside: Path, text: str) -> None:
    try:
        part = beside.with_name(beside.name + ".part")
        part.write_text(text, encoding="ascii")
        part.replace(beside)
    except OSError:
        return  # a folder that only root may write to: the hash is right all the same, and counted again next time


def _lacks_by_look(weights: Weights, folder: Path) -> str:
    """For a folder put there by hand: every pattern must match something, every index's shards and every component must exist."""
    names = list(files_in(folder))
    for pattern in weights.files:
        if not any(fnmatchcase(name, pattern) for name in names):
            return f" in full (no {pattern} in {folder})"
    for name in names:
        if name.endswith(".index.json"):
            shards = set(_read_json(folder / name).get("weight_map", {}).values())
            inside = Path(name).parent
            if gone := sorted(shard for shard in shards if not (folder / inside / shard).is_file()):
                return f" in full ({(inside / gone[0]).as_posix()} is missing)"
    for part, made_of in _read_json(folder / "model_index.json").items():
        is_component = not part.startswith("_") and isinstance(made_of, list) and made_of[:1] != [None]
        if is_component and not (folder / part).is_dir():
            return f" in full (the folder {part} is missing)"
    return ""


def _read_json(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
