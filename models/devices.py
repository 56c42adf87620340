"""What this machine computes with, found out without loading anything heavy: the driver's own library is asked."""

import ctypes
import ctypes.util
import os


def cores() -> int:
    """Processor cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def cuda_devices() -> tuple[tuple[str, ...], str]:
    """(names of the CUDA devices, why there are none: "" when there are)."""
    try:
        driver = ctypes.CDLL(ctypes.util.find_library("cuda") or "libcuda.so.1")
    except OSError:
        return (), "the NVIDIA driver is not installed"
    if code := driver.cuInit(0):
        return (), f"the NVIDIA driver answers with error {code}"
    count = ctypes.c_int()
    if driver.cuDeviceGetCount(ctypes.byref(count)) or count.value == 0:
        return (), "the NVIDIA driver sees no device"
    names = []
    for index in range(count.value):
        device, name = ctypes.c_int(), ctypes.create_string_buffer(128)
        driver.cuDeviceGet(ctypes.byref(device), index)
        driver.cuDeviceGetName(name, len(name), device)
        names.append(name.value.decode(errors="replace"))
    return tuple(names), ""
