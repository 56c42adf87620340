"""A denoiser compiled for its card, where the installation wants it: an eighth faster, after a minute and a half for the first picture of
each size and number.

What a job hangs on a network – LoRAs of its own, references, controls – would be compiled anew each time, so such jobs go without.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Any


def why_not() -> str:
    """ "" when networks can be compiled here, else what is missing and what to do."""
    if find_spec("triton") is None:
        return "COMPILE_MODELS needs the package triton, which comes with torch for CUDA; install it, or set COMPILE_MODELS=false."
    if not any(shutil.which(name) for name in ("cc", "gcc", "clang")):
        return "COMPILE_MODELS needs a C compiler; install gcc, or set COMPILE_MODELS=false."
    return ""


def compiled(network: Any) -> Any:
    """`network` with its forward compiled at the first call of each shape; torch keeps what it compiled for the next start."""
    import torch

    network.forward = torch.compile(network.forward, dynamic=False)  # a size that varies would be compiled for every size, and slower
    return network


@contextmanager
def as_written(on: bool) -> Iterator[None]:
    """Meanwhile nothing compiled is used, where `on`."""
    import torch

    if not on:
        yield
        return
    with torch.compiler.set_stance("force_eager"):
        yield
