"""Memory that stays with the process: counted in pages that had to be fetched, not in time."""

import platform
import subprocess
import sys

import pytest

FRAMES = """
import resource, sys
import numpy as np
from models.media.allocation import keep_freed_memory
if sys.argv[1] == "keep":
    assert keep_freed_memory()
def frame():
    picture = np.ones(24_000_000, np.uint8)
    return picture + picture
frame()
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
for _ in range(20):
    frame()
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


def faults(how: str) -> int:
    return int(subprocess.run([sys.executable, "-c", FRAMES, how], check=True, capture_output=True, text=True).stdout)


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc's allocator is asked")
def test_a_frame_s_memory_serves_the_next_frame() -> None:
    assert faults("keep") < 100
    assert faults("not") > 400, "what would happen without; if this fails, the call is no longer needed"
