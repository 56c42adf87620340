"""Whether weights on disk are still what they were: every file read again and compared with the hashes written down when they came."""

import json
from collections.abc import Callable
from dataclasses import dataclass

from models.backends import BackendConfig
from models.catalog.row import ModelRow
from models.errors import MediaError
from models.weights import MANIFEST, files_in, folder_of, hash_of, read_manifest, what_lacks

BY_HAND = "put there by hand"


@dataclass(frozen=True)
class Verified:
    """right: nothing is missing or other than written down. compared: there was something to compare with."""

    right: bool
    compared: bool
    sentences: tuple[str, ...]


def verify(row: ModelRow, config: BackendConfig, on_bytes: Callable[[str, int, int], None] = lambda name, there, size: None) -> Verified:
    """Read the weights of `row` and compare. A folder put there by hand has nothing to compare with; its hashes are said instead.

    on_bytes(file, bytes read, bytes in all), once a file is read. Raises MediaError when a file cannot be read.
    """
    if row.weights is None:
        return Verified(True, False, (f"{row.id} has no weights.",))
    folder = folder_of(row, config)
    if lacks := what_lacks(row.weights, folder):
        return Verified(False, False, (f"{row.id} is not downloaded{lacks}; run `python -m models pull {row.id}`.",))
    manifest = read_manifest(folder)
    known, came = manifest.get("files", {}), "written down" if manifest.get("revision") == BY_HAND else "downloaded"
    found: list[str] = []
    for name in known or list(files_in(folder)):
        path = folder / name
        try:
            digest = hash_of(path, fresh=True)
        except OSError as error:
            raise MediaError(f"{path} cannot be read ({error.strerror}); the disk may be failing.") from error
        on_bytes(name, path.stat().st_size, path.stat().st_size)
        if not known:
            found.append(f"{digest}  {row.id}/{name}")
        elif digest != known[name]["sha256"]:
            found.append(f"{row.id}: {name} is not what was {came} (sha256 {digest[:12]}… instead of {known[name]['sha256'][:12]}…).")
    if known and found:
        found.append(f"Run `python -m models pull {row.id}` to fetch what differs again.")
        return Verified(False, True, tuple(found))
    if known:
        return Verified(True, True, (f"{row.id}: all {len(known)} files are what was {came}.",))
    found.append(f"{row.id} was put there by hand: nothing to compare with.")
    return Verified(True, False, tuple(found))


def remember(row: ModelRow, config: BackendConfig) -> str:
    """Write down the hashes of a folder put there by hand; returns where. Raises MediaError."""
    folder = folder_of(row, config)
    files = {name: {"size": (folder / name).stat().st_size, "sha256": hash_of(folder / name)} for name in files_in(folder)}
    note = {"row": row.id, "repo": "", "revision": BY_HAND, "files": files}
    path = folder / MANIFEST
    try:
        part = path.with_name(path.name + ".part")
        part.write_text(json.dumps(note, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        part.replace(path)
    except OSError as error:
        raise MediaError(f"{path} cannot be written ({error.strerror}).") from error
    return str(path)
