"""Fetch the weights of a row: licence, space, files, hashes – and nothing that counts as complete before it is.

While a pull runs, `.pulling.json` stands in the folder and a file on its way lies in `.parts/`, to be continued by whoever pulls next;
a file takes its own name only when its hash is right, and `.manifest.json` replaces `.pulling.json` at the very end.
It knows the catalogue and a hub; what is shown of its progress is the caller's.
"""

import errno
import hashlib
import json
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

from models.backends import BackendConfig
from models.catalog.row import ModelRow, Weights
from models.errors import AskRefused, DiskFull, MediaError, ModelBusy, ModelFailed, ModelUnavailable, ModelUnreachable
from models.hub import Hub, HubFile, Listing
from models.licences import before_use, why_shut
from models.weights import CHUNK, MANIFEST, PULLING, folder_of, hash_of, read_manifest, wanted

PARTS = ".parts"
LOCK = ".lock"
ATTEMPTS = 5
LONGEST_WAIT_S = 60.0
SPARE_BYTES = 2**30

OnBytes = Callable[[str, int, int], None]
"""(file, bytes there, bytes of it in all)"""


def pull(
    row: ModelRow,
    config: BackendConfig,
    hub: Hub,
    on_bytes: OnBytes = lambda name, there, size: None,
    sleep: Callable[[float], None] = time.sleep,
) -> Path:
    """Fetch everything `row` needs that is not there yet; returns its folder. What is there already is hashed, not fetched again.

    Raises ModelUnavailable (licence not accepted, nothing to fetch, no such repository or file), ModelRefused (gated), DiskFull,
    ModelUnreachable or ModelBusy (what has arrived is kept), ModelFailed (a hash is wrong twice), MediaError (the folder is not ours
    to write in).
    """
    if row.weights is None:
        raise AskRefused(f"{row.id} has no weights to download.")
    if shut := why_shut(row, config):
        raise ModelUnavailable(shut, model=row.id)
    folder = folder_of(row, config)
    with _writing(folder), _alone(folder, row):
        before_use(row, config)
        listing = hub.listing(row.weights.repo, _revision(row.weights, folder))
        files = [file for file in listing.files if wanted(file.path, row.weights.files)]
        if not files:
            raise ModelUnavailable(f"{row.weights.repo} at {listing.commit} has no file like {', '.join(row.weights.files)}.", model=row.id)
        for file in files:
            _check_inside(file.path, row.weights.repo)
        missing = [file for file in files if not _is_right(folder / file.path, file)]
        _check_space(folder, missing, row)
        note = _begin(folder, row, listing, files)
        for file in files:
            if file not in missing:
                on_bytes(file.path, file.size, file.size)
        for file in missing:
            _fetch(file, listing, folder, hub, on_bytes, sleep)
        for file in files:
            note["files"][file.path]["sha256"] = hash_of(folder / file.path)
        _write(folder / MANIFEST, note)
        (folder / PULLING).unlink(missing_ok=True)
        shutil.rmtree(folder / PARTS, ignore_errors=True)
    return folder


def _revision(weights: Weights, folder: Path) -> str:
    """The commit that was pulled before, so that a repair brings the same files back and not those of today; else what the row says."""
    for name in (MANIFEST, PULLING):
        before = read_manifest(folder, name)
        if before.get("repo") == weights.repo and before.get("revision"):
            return str(before["revision"])
    return weights.revision


def _begin(folder: Path, row: ModelRow, listing: Listing, files: list[HubFile]) -> dict[str, Any]:
    """Mark the folder as unfinished; parts of another commit are of no use and go. Returns what the manifest will say."""
    note: dict[str, Any] = {
        "row": row.id,
        "repo": listing.repo,
        "revision": listing.commit,
        "files": {file.path: {"size": file.size, "sha256": file.sha256} for file in files},
    }
    before = read_manifest(folder, PULLING)
    if before and before.get("revision") != listing.commit:
        shutil.rmtree(folder / PARTS, ignore_errors=True)
    _write(folder / PULLING, note)
    (folder / MANIFEST).unlink(missing_ok=True)
    return note


def _fetch(file: HubFile, listing: Listing, folder: Path, hub: Hub, on_bytes: OnBytes, sleep: Callable[[float], None]) -> None:
    """One file into its place, continued where it was cut. A wrong hash is fetched once more from the start."""
    part = folder / PARTS / file.path
    part.parent.mkdir(parents=True, exist_ok=True)
    wrong = cuts = 0
    while True:
        arrived = _size(part)
        try:
            _append(file, listing, part, hub, on_bytes)
        except (ModelUnreachable, ModelBusy) as error:
            cuts = cuts + 1 if _size(part) <= arrived else 1  # as long as something arrives, it goes on
            if cuts >= ATTEMPTS:
                raise
            pause = getattr(error, "retry_after", None)
            sleep(min(LONGEST_WAIT_S, 2.0 ** (cuts - 1) if pause is None else pause))
            continue
        if _size(part) < file.size:
            cuts += 1
            if cuts >= ATTEMPTS:
                raise ModelUnreachable(f"{file.path} stops short of its {file.size:,} bytes; run the same command again later.")
            continue
        if _is_right(part, file):
            place = folder / file.path
            place.parent.mkdir(parents=True, exist_ok=True)
            part.replace(place)
            return
        part.unlink()
        wrong += 1
        if wrong == 2:
            raise ModelFailed(
                f"{file.path} of {listing.repo} arrived twice with another hash than the hub names; it was thrown away. "
                "Something between here and the hub changes files; try another network or HF_ENDPOINT."
            )


def _append(file: HubFile, listing: Listing, part: Path, hub: Hub, on_bytes: OnBytes) -> None:
    arrived = _size(part)
    if arrived >= file.size and part.exists():
        return
    with (
        hub.stream(listing.repo, listing.commit, file.path, arrived) as (start, chunks),
        part.open("r+b" if part.exists() else "wb") as out,
    ):
        out.seek(start)
        out.truncate()
        there = start
        for chunk in chunks:
            out.write(chunk)
            there += len(chunk)
            on_bytes(file.path, there, file.size)
            if there > file.size:
                break  # more than the hub said: the hash will not be right either
        out.flush()
        os.fsync(out.fileno())


def _is_right(path: Path, file: HubFile) -> bool:
    """Whether `path` is that file, by size and hash: sha256 for large ones, git's own hash for small ones."""
    if not path.is_file() or path.stat().st_size != file.size:
        return False
    if file.sha256:
        return _sha256(path) == file.sha256
    return not file.git_sha1 or _git_sha1(path) == file.git_sha1


def _sha256(path: Path) -> str:
    return hash_of(path) if PARTS not in path.parts else _digest(path, hashlib.sha256())


def _git_sha1(path: Path) -> str:
    return _digest(path, hashlib.sha1(f"blob {path.stat().st_size}\0".encode(), usedforsecurity=False))


def _digest(path: Path, digest: Any) -> str:
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
    return str(digest.hexdigest())


def _check_inside(path: str, repo: str) -> None:
    pure = PurePosixPath(path)
    if pure.is_absolute() or ".." in pure.parts or "\\" in path:
        raise ModelUnavailable(f"{repo} names a file {path!r} that would lie outside its folder; nothing was fetched.")


def _check_space(folder: Path, missing: list[HubFile], row: ModelRow) -> None:
    needed = sum(file.size - min(_size(folder / PARTS / file.path), file.size) for file in missing)
    free = shutil.disk_usage(folder).free
    if missing and needed + SPARE_BYTES > free:
        raise DiskFull(
            f"{row.id} needs {needed / 1e9:.1f} GB more and {SPARE_BYTES / 1e9:.0f} GB to spare; {free / 1e9:.1f} GB are free at {folder}. "
            "Make room, or set WEIGHTS_DIR to a larger disk."
        )


@contextmanager
def _alone(folder: Path, row: ModelRow) -> Iterator[None]:
    """One pull of a row at a time, across processes."""
    from filelock import FileLock, Timeout

    folder.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(folder / LOCK, timeout=0):
            yield
    except Timeout as error:
        raise ModelUnavailable(f"{row.id} is being downloaded already; wait for that to end.", model=row.id) from error


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull(f"The disk of {folder} is full; make room and run the same command again: what has arrived is kept.") from error
        raise MediaError(f"Nothing can be written in {folder} ({error.strerror}); set WEIGHTS_DIR to a folder of yours.") from error


def _write(path: Path, note: dict[str, Any]) -> None:
    part = path.with_name(path.name + ".part")
    part.write_text(json.dumps(note, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    part.replace(path)


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0
