"""The pictures a LoRA is trained on: found, opened, measured and captioned, with everything wrong about them named at once.

Needs no torch and no weights, so that bad data is known within a second.
"""

import hashlib
import warnings as python_warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lora_training.buckets import buckets, crop_for, lost
from lora_training.captions import captions, named
from lora_training.errors import BadData

ENDINGS = {".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff"}
FOREIGN = {".heic", ".heif", ".avif", ".jxl", ".gif", ".svg", ".psd", ".dng", ".cr2", ".cr3", ".nef", ".arw"}
"""Endings of pictures that are not read here; leaving them out in silence would train on half of what was meant."""
FEWEST = 3
ADVISED = 8
MUCH_LOST = 0.35


@dataclass(frozen=True)
class Picture:
    """One picture. width, height: pixels as it is looked at (its EXIF orientation applied). prior: of the class, not of the subject."""

    path: Path
    sha256: str
    width: int
    height: int
    caption: str
    prior: bool = False


@dataclass(frozen=True)
class Dataset:
    """pictures: to train on. held_out: to validate on. warnings: sentences about what is allowed but not good."""

    pictures: tuple[Picture, ...]
    held_out: tuple[Picture, ...]
    warnings: tuple[str, ...]


def read(
    folder: Path, subject: str, resolution: int, step: int, templates: Sequence[str] = (), hold_out: float = 0.0, seed: int = 0
) -> Dataset:
    """Every picture of `folder`. Raises BadData with everything that must be put right, in sentences.

    subject: the words that will call it up. hold_out: the share to validate on, from 10 pictures on; which ones depends on their
    content and `seed` alone, so that it is the same in every run.
    """
    faults: list[str] = [] if subject.strip() else ["--subject is empty; name the subject, e.g. a rare word and what it is: zrx watch."]
    if not folder.is_dir():
        raise BadData([*faults, f"{folder} is no folder."])
    paths = sorted(path for path in folder.iterdir() if path.suffix.lower() in ENDINGS and not path.name.startswith("."))
    if foreign := sorted(path.name for path in folder.iterdir() if path.suffix.lower() in FOREIGN):
        faults.append(f"{named(foreign)} cannot be read here; save as JPEG or PNG, or take away from {folder}.")
    found, bad = _opened(paths, resolution)
    faults += bad
    words, more, warnings = captions([path for path, *_ in found], subject, templates)
    faults += more
    if len(found) < FEWEST:
        faults.append(
            f"{folder} has {len(found)} usable picture{'' if len(found) == 1 else 's'}; at least {FEWEST} are needed, "
            f"{ADVISED} to 30 from different sides are good."
        )
    if faults:
        raise BadData(faults)
    pictures = [Picture(path, digest, width, height, caption) for (path, digest, width, height), caption in zip(found, words, strict=True)]
    warnings += _warnings(pictures, resolution, step)
    kept, apart = _held_out(pictures, hold_out, seed)
    return Dataset(tuple(kept), tuple(apart), tuple(warnings))


def read_prior(folder: Path, caption: str, resolution: int) -> tuple[Picture, ...]:
    """Pictures of the class; each has its own caption beside it, or `caption`. Raises BadData."""
    if not folder.is_dir():
        raise BadData([f"{folder} is no folder."])
    paths = sorted(path for path in folder.iterdir() if path.suffix.lower() in ENDINGS and not path.name.startswith("."))
    found, faults = _opened(paths, resolution)
    words, more, _ = captions([path for path, *_ in found], caption, ["{subject}"])
    if not found:
        faults.append(f"{folder} has no usable pictures of the class.")
    if faults or more:
        raise BadData([*faults, *more])
    return tuple(Picture(*facts, caption, prior=True) for facts, caption in zip(found, words, strict=True))


def _opened(paths: Sequence[Path], resolution: int) -> tuple[list[tuple[Path, str, int, int]], list[str]]:
    """((path, sha256, width, height) of those that can be used, faults of the others)."""
    from PIL import Image, UnidentifiedImageError

    found: list[tuple[Path, str, int, int]] = []
    faults: list[str] = []
    seen: dict[str, str] = {}
    smallest = resolution // 2
    for path in paths:
        try:
            digest = _digest(path)
            with python_warnings.catch_warnings(), Image.open(path) as picture:
                python_warnings.simplefilter("error", Image.DecompressionBombWarning)
                turned = picture.getexif().get(0x0112, 1) in (5, 6, 7, 8)
                picture.load()  # a truncated file fails here, not in the middle of the training
                width, height = (picture.height, picture.width) if turned else picture.size
        except UnidentifiedImageError:
            faults.append(f"{path.name} cannot be opened (it is no picture); remove it.")
            continue
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
            faults.append(f"{path.name} cannot be opened ({error}); remove it or save it again.")
            continue
        if min(width, height) < smallest:
            faults.append(
                f"{path.name} is {width} x {height}; training at {resolution} needs at least {smallest} pixels on the shorter side."
            )
            continue
        if digest in seen:
            faults.append(f"{path.name} is the same picture as {seen[digest]}; remove one.")
            continue
        seen[digest] = path.name
        found.append((path, digest, width, height))
    return found, faults


def _warnings(pictures: Sequence[Picture], resolution: int, step: int) -> list[str]:
    sizes = buckets(resolution, step)
    said = []
    if len(pictures) < ADVISED:
        said.append(f"{len(pictures)} pictures are few; {ADVISED} to 30 from different sides, in different light, make a better LoRA.")
    crops = [(picture, crop_for(picture.width, picture.height, sizes)) for picture in pictures]
    if small := [p.path.name for p, crop in crops if p.width * p.height < 0.9 * crop.scaled_width * crop.scaled_height]:
        said.append(f"{named(small)} are smaller than they are trained at and will be enlarged; the LoRA learns their softness too.")
    if long := [p.path.name for p, crop in crops if lost(p.width, p.height, crop) > MUCH_LOST]:
        said.append(f"{named(long)} are very long; more than {MUCH_LOST:.0%} of each is cut away. Crop them yourself.")
    return said


def _held_out(pictures: list[Picture], share: float, seed: int) -> tuple[list[Picture], list[Picture]]:
    count = round(len(pictures) * share) if len(pictures) >= 10 else 0
    order = sorted(pictures, key=lambda picture: hash_text(f"{seed} {picture.sha256}"))
    apart = {picture.sha256 for picture in order[:count]}
    return [p for p in pictures if p.sha256 not in apart], [p for p in pictures if p.sha256 in apart]


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def hash_text(text: str) -> str:
    """sha256 of a text, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()
