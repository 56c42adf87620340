"""The processes in which the product studio renders for another one."""

from contextlib import suppress

import psutil


def rendering(process: psutil.Process) -> list[psutil.Process]:
    """Those that render for `process`; what it starts besides, to look at the machine, is not among them."""
    found = []
    for child in process.children(recursive=True):
        with suppress(psutil.NoSuchProcess):  # it may end between the two looks
            found += [child] if "product_studio" in " ".join(child.cmdline()) else []
    return found
