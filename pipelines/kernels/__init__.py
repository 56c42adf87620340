"""The inner loops of composing, on planes with six fractional bits; each twice: compiled, and as plain numpy beside it.

A working plane is uint16, the 8-bit limited-range value times 64: luma black 1024, neutral chroma 8192. Weights and gains are
integers, 32768 for one. The numpy version says what a kernel means and is what the tests hold the compiled one against; it
also composes, slower, where nothing may be compiled.

    grade_luma(y, u, v, table, shade, out)          8-bit planes through a grade's luma table, times a shading plane
    grade_chroma(y, u, v, table, slope, shade, out_u, out_v)
    dissolve(a, b, weight, out)                     luma, mixed as light (values squared)
    mix(a, b, weights, out)                         by a weight per pixel
    ink(plane, coverage, alpha, level, top, left)   lay an even colour over part of a plane, in place
    finish_luma(plane, grain, top, left, gain, out) grain, fade, round to 8 bits
    finish_chroma(plane, gain, out)
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Planes16 = tuple[NDArray[np.uint16], NDArray[np.uint16], NDArray[np.uint16]]
"""(y, u, v) working planes; u and v are half as high and as wide."""

ONE = 32768
UNIT = 64
BLACK = 16 * UNIT
WHITE = 235 * UNIT
NEUTRAL = 128 * UNIT

Kernel = Callable[..., Any]


@dataclass(frozen=True)
class Kernels:
    """One set of inner loops."""

    grade_luma: Kernel
    grade_chroma: Kernel
    dissolve: Kernel
    mix: Kernel
    ink: Kernel
    finish_luma: Kernel
    finish_chroma: Kernel


def load(name: Literal["compiled", "plain"] = "compiled") -> Kernels:
    """The compiled set (first use on a machine compiles for some seconds, then it is cached on disk) or the numpy one."""
    module = import_module(f"pipelines.kernels.{name}")
    return Kernels(*(getattr(module, field) for field in Kernels.__dataclass_fields__))
