"""Models that stay loaded between jobs, under a memory budget: one job at a time on a device, least recently used leaves first.

    residency = residency_of(device)
    with residency.device_lock(job.check):
        unet = residency.get("sdxl/unet", load_unet, size_of)

Kept by component and not by pipeline, so that what shares a UNet or a text encoder loads it once. It knows keys and bytes, not models.
Whoever gets a component uses it inside the lock and keeps no reference beyond it: a component that left must be able to go.
"""

import gc
import sys
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

from models.devices import Device
from models.errors import OutOfMemory

T = TypeVar("T")
POLL_S = 0.1
SHARE = 0.85
"""Of the device's memory that weights may hold; the rest is for what a job computes."""


@dataclass
class Resident:
    """One loaded component. size: bytes as measured after loading. pins: how many hold it fast."""

    value: Any
    size: int
    pins: int = 0


@dataclass
class Residency:
    """What is loaded on one device. budget_bytes: most that everything in it may weigh together."""

    budget_bytes: int
    _kept: OrderedDict[str, Resident] = field(default_factory=OrderedDict)
    _lock: threading.RLock = field(default_factory=threading.RLock)

    @contextmanager
    def device_lock(self, check: Callable[[], None]) -> Iterator[None]:
        """The device, for this thread alone. Waits for the job before; `check` is called meanwhile and may raise Cancelled."""
        while not self._lock.acquire(timeout=POLL_S):
            check()
        try:
            check()
            yield
        finally:
            self._lock.release()

    def get(self, key: str, load: Callable[[], T], size_of: Callable[[T], int], expected: int = 0) -> T:
        """What is kept under `key`, loaded when it is not there. Call it inside `device_lock`.

        size_of: bytes on the device of what was loaded. expected: bytes to make room for before loading, 0 where nobody knows.
        Raises OutOfMemory when it does not fit and nothing that may leave is left; what `load` raises is passed on.
        """
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key].value
            self._make_room(key, expected)
            value = load()
            size = size_of(value)
            try:
                self._make_room(key, size)
            except OutOfMemory:
                del value
                release_memory()
                raise
            self._kept[key] = Resident(value, size)
            return value

    @contextmanager
    def pin(self, *keys: str) -> Iterator[None]:
        """Nothing under `keys` leaves meanwhile, whatever else is loaded. Keys that are not there are ignored."""
        with self._lock:
            held = [self._kept[key] for key in keys if key in self._kept]
            for one in held:
                one.pins += 1
        try:
            yield
        finally:
            with self._lock:
                for one in held:
                    one.pins -= 1

    def drop(self, key: str) -> None:
        """Let go of one component, pinned or not; nothing happens when it is not there."""
        with self._lock:
            if self._kept.pop(key, None) is not None:
                release_memory()

    def clear(self) -> None:
        """Let go of everything."""
        with self._lock:
            self._kept.clear()
            release_memory()

    @property
    def used_bytes(self) -> int:
        """What everything weighs together."""
        with self._lock:
            return sum(one.size for one in self._kept.values())

    @property
    def keys(self) -> tuple[str, ...]:
        """What is there, least recently used first."""
        with self._lock:
            return tuple(self._kept)

    def _make_room(self, key: str, size: int) -> None:
        while self.used_bytes + size > self.budget_bytes:
            leaving = next((other for other, one in self._kept.items() if not one.pins), None)
            if leaving is None:
                raise OutOfMemory(
                    f"{key} needs {size / 2**30:.1f} GB, and of the {self.budget_bytes / 2**30:.1f} GB for models here "
                    f"{self.used_bytes / 2**30:.1f} are in use; raise VRAM_GB, or choose a smaller model."
                )
            del self._kept[leaving]
            release_memory()


_on_devices: dict[str, Residency] = {}
_guard = threading.Lock()


def residency_of(device: Device) -> Residency:
    """The one residency of `device` in this process: backends share it, because they share the device.

    The latest limit counts; a lower one takes effect with the next component that is loaded.
    """
    with _guard:
        found = _on_devices.setdefault(device.name, Residency(0))
        found.budget_bytes = int(device.limit_bytes * SHARE)
        return found


def weight_of(module: Any) -> int:
    """Bytes of a torch module's parameters and buffers; 0 for what has none (a tokenizer, a scheduler)."""
    if not hasattr(module, "parameters") or not hasattr(module, "buffers"):
        return 0
    return sum(tensor.numel() * tensor.element_size() for tensor in (*module.parameters(), *module.buffers()))


def release_memory() -> None:
    """Hand back what nobody refers to, on the device as well. Does not import torch: where it is not loaded, nothing is held."""
    gc.collect()
    torch = sys.modules.get("torch")
    if torch is None:
        return
    if torch.cuda.is_available():
        torch.cuda.empty_cache()
    elif torch.backends.mps.is_available():
        torch.mps.empty_cache()
