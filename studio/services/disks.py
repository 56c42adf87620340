"""How full the disks are on which an installation keeps its folders. Works on folders that need not exist yet."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

SCARCE = 0.8
"""Share of a disk from which somebody should make room (PRD §21.1)."""

FULL = 500_000_000
"""Free bytes below which an ad cannot be relied on to be finished."""


@dataclass(frozen=True)
class Disk:
    """One disk. places: what is kept on it, "data, cache"; total, free: bytes; used: 0..1, of what this user may use."""

    places: str
    total: int
    free: int
    used: float

    @property
    def is_scarce(self) -> bool:
        """Whether it is time to make room."""
        return self.used >= SCARCE

    @property
    def is_full(self) -> bool:
        """Whether nothing more can be relied on to fit."""
        return self.free < FULL


def disks(folders: Mapping[str, Path]) -> tuple[Disk, ...]:
    """The disks below these folders, each once. folders: by what people call them."""
    by_disk: dict[int, list[str]] = {}
    for name, folder in folders.items():
        by_disk.setdefault(existing(folder).stat().st_dev, []).append(name)
    return tuple(_disk(", ".join(names), existing(folders[names[0]])) for names in by_disk.values())


def existing(folder: Path) -> Path:
    """The folder itself, or the nearest above it that is there."""
    absolute = folder.absolute()
    return next(p for p in (absolute, *absolute.parents) if p.exists())


def _disk(places: str, folder: Path) -> Disk:
    usage = shutil.disk_usage(folder)
    return Disk(places, usage.total, usage.free, usage.used / max(1, usage.used + usage.free))
