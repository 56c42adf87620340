"""What this machine computes with, found out without loading anything heavy: the driver's own library is asked.

torch is imported only where a device is there, or the processor was asked for by name. It knows no models.
"""

import ctypes
import ctypes.util
import os
import platform
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from typing import Literal

from models.backends import BackendConfig
from models.errors import first_line

DeviceKind = Literal["cuda", "mps", "cpu", ""]
GIB = 2**30
INSTALL = "run `pip install -r requirements-gpu.txt`"
_COMPUTE_MAJOR, _COMPUTE_MINOR = 75, 76  # numbers of the driver's attributes
_NO_DEVICE = "the NVIDIA driver shows no device: none is there, or CUDA_VISIBLE_DEVICES hides it"
_DRIVER_ERRORS = {
    100: _NO_DEVICE,
    803: "the NVIDIA driver and its library are of different versions; restart the machine",
    804: "the NVIDIA driver is older than what computes with it needs; update it",
}


@dataclass(frozen=True)
class Card:
    """A CUDA device as the driver tells of it. compute: its capability, e.g. (8, 9)."""

    title: str
    total_bytes: int
    compute: tuple[int, int]


@dataclass(frozen=True)
class Device:
    """What local models compute on. name: as torch takes it ("cuda:0", "mps", "cpu"), "" where there is nothing; then why_not says why.

    total_bytes: its memory. limit_bytes: how much of that may be used here (VRAM_GB). compute: of a CUDA device, else (0, 0).
    """

    name: str
    kind: DeviceKind
    title: str = ""
    total_bytes: int = 0
    limit_bytes: int = 0
    compute: tuple[int, int] = (0, 0)
    why_not: str = ""

    @property
    def limit_gb(self) -> float:
        """`limit_bytes` in GiB, which is what card makers call GB."""
        return self.limit_bytes / GIB


def cores() -> int:
    """Processor cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def cuda_devices() -> tuple[tuple[str, ...], str]:
    """(names of the CUDA devices, why there are none: "" when there are)."""
    cards, why_not = cuda_cards()
    return tuple(card.title for card in cards), why_not


def cuda_cards() -> tuple[tuple[Card, ...], str]:
    """(the CUDA devices in the driver's order, why there are none: "" when there are)."""
    try:
        driver = ctypes.CDLL(ctypes.util.find_library("cuda") or "libcuda.so.1")
    except OSError:
        return (), "the NVIDIA driver is not installed"
    try:
        if code := driver.cuInit(0):
            return (), _DRIVER_ERRORS.get(code, f"the NVIDIA driver answers with error {code}")
        count = ctypes.c_int()
        if driver.cuDeviceGetCount(ctypes.byref(count)) or count.value == 0:
            return (), _NO_DEVICE
        return tuple(_card(driver, index) for index in range(count.value)), ""
    except AttributeError:  # the library of a toolkit to link with, which has nothing behind it
        return (), "what lies there as the NVIDIA driver is none; install the driver"


def choose(config: BackendConfig) -> Device:
    """The device that `config` asks for, or the best that is there; a processor counts only when it is asked for by name.

    Never raises and never guesses: a Device without a name says in `why_not` what to do.
    """
    wanted = config.device.strip().lower()
    found = _choose(wanted)
    if not found.name or not config.vram_gb:
        return found
    limit = min(found.total_bytes, int(config.vram_gb * GIB))
    return Device(found.name, found.kind, found.title, found.total_bytes, limit, found.compute)


@lru_cache(maxsize=8)
def _choose(wanted: str) -> Device:
    if wanted == "cpu":
        return _processor()
    if wanted == "mps" or (wanted == "" and platform.system() == "Darwin"):
        return _apple()
    kind, _, number = wanted.partition(":")
    if kind not in ("", "cuda") or not (number == "" or number.isdecimal()):
        return Device("", "", why_not=f"DEVICE is {wanted!r}; set it to cuda, cuda:1, mps or cpu, or leave it empty.")
    cards, why_not = cuda_cards()
    if not cards:
        return Device("", "", why_not=f"There is no graphics card here ({why_not}); DEVICE=cpu makes do with the processor, very slowly.")
    best = max(range(len(cards)), key=lambda n: (cards[n].total_bytes, -n))
    index = int(number) if number else best
    if index >= len(cards):
        return Device("", "", why_not=f"DEVICE is {wanted!r}, but the cards here are numbered 0 to {len(cards) - 1}.")
    if why_not := _torch_without("cuda"):
        return Device("", "", why_not=f"There is {cards[index].title}, but {why_not}.")
    card = cards[index]
    return Device(f"cuda:{index}", "cuda", card.title, card.total_bytes, card.total_bytes, card.compute)


def _processor() -> Device:
    if why_not := _torch_without(""):
        return Device("", "", why_not=f"{why_not[:1].upper()}{why_not[1:]}.")
    memory = _memory()
    return Device("cpu", "cpu", platform.processor() or platform.machine(), memory, memory)


def _apple() -> Device:
    if platform.system() != "Darwin":
        return Device("", "", why_not="DEVICE is 'mps', which is the graphics of Apple computers; this is none.")
    if why_not := _torch_without("mps"):
        return Device("", "", why_not=f"{why_not[:1].upper()}{why_not[1:]}.")
    memory = _memory()
    # The graphics shares the memory with everything else; Metal recommends to leave a quarter of it.
    return Device("mps", "mps", platform.machine(), memory, memory * 3 // 4)


def _torch_without(kind: Literal["cuda", "mps", ""]) -> str:
    """Why this torch cannot use the device that is there ("": the processor); "" when it can."""
    if find_spec("torch") is None:
        return f"torch is not installed; {INSTALL}"
    try:
        import torch

        there = torch.cuda.is_available() if kind == "cuda" else torch.backends.mps.is_available() if kind == "mps" else bool(torch.tensor)
    except (ImportError, OSError, AttributeError, RuntimeError, ValueError) as error:
        return f"torch is damaged and cannot be loaded ({first_line(error)}); {INSTALL}"
    return "" if there else f"torch {torch.__version__} cannot use it; {INSTALL}"


def _card(driver: ctypes.CDLL, index: int) -> Card:
    device, name, size = ctypes.c_int(), ctypes.create_string_buffer(128), ctypes.c_size_t()
    driver.cuDeviceGet(ctypes.byref(device), index)
    driver.cuDeviceGetName(name, len(name), device)
    driver.cuDeviceTotalMem_v2(ctypes.byref(size), device)
    major, minor = ctypes.c_int(), ctypes.c_int()
    driver.cuDeviceGetAttribute(ctypes.byref(major), _COMPUTE_MAJOR, device)
    driver.cuDeviceGetAttribute(ctypes.byref(minor), _COMPUTE_MINOR, device)
    return Card(name.value.decode(errors="replace"), size.value, (major.value, minor.value))


def _memory() -> int:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
