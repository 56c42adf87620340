"""A row on its device: loaded when it is needed, spread thinner when memory runs out. Used by one clip, inside the lock of the device."""

from collections.abc import MutableMapping
from dataclasses import dataclass
from pathlib import Path

from models.backends.diffusers_video.family import Family
from models.backends.diffusers_video.loading import Loaded, Spread, load, spreads
from models.context import JobContext
from models.devices import Device
from models.diffusion.precision import Computing
from models.residency import Residency


@dataclass
class Camera:
    """thinned: key -> how many of its spreads ran out of memory in this process; they are not tried again."""

    key: str
    folder: Path
    family: Family
    device: Device
    how: Computing
    residency: Residency
    thinned: MutableMapping[str, int]
    job: JobContext

    def __post_init__(self) -> None:
        self._ways = spreads(self.folder, self.family, self.device, self.how)

    @property
    def spread(self) -> Spread:
        """How the row is spread now."""
        return self._ways[min(self.thinned.get(self.key, 0), len(self._ways) - 1)]

    def loaded(self) -> Loaded:
        """The row, ready to work. Raises ModelUnavailable, OutOfMemory."""
        if self.key not in self.residency.keys:
            self.job.progress(0.0, "Loading the video model")
        return self.residency.get(self.key, self._anew, lambda one: one.spread.weights, expected=self.spread.weights)

    def sparer(self) -> str:
        """Spread it thinner from now on; the sentence about it, "" when it cannot be."""
        used = self.thinned.get(self.key, 0)
        if used + 1 >= len(self._ways):
            return ""
        self.thinned[self.key] = used + 1
        self.residency.drop(self.key)
        return f"The device ran out of memory, so what had failed was made again, more slowly. {self.spread.note()}"

    def _anew(self) -> Loaded:
        return load(self.folder, self.family, self.device, self.how, self.spread)
