"""How a process that works on pictures gets its memory. Knows no pictures.

Each frame is several arrays of megabytes, made and dropped many times a second. glibc hands blocks of that size back to the system as
soon as they are free, and the next one is fetched and zeroed anew, page by page: measured, a tenth of what it costs to measure a video
and a twentieth of an ad. With higher limits free blocks stay with the process until the next frame asks.
"""

import ctypes

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3  # mallopt's names for them
_STAYS = 256 << 20
"""Bytes that may lie free before some go back."""
_LARGEST = 128 << 20
"""Bytes from which a block is still fetched and given back alone: a whole picture of 8K in floating point, not a frame."""


def keep_freed_memory() -> bool:
    """For the whole process, from now on: call it where a process begins that works on many frames. False where the system's allocator
    is not glibc's, and nothing is changed."""
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):  # macOS, musl, Windows
        return False
    return bool(mallopt(_MMAP_THRESHOLD, _LARGEST) and mallopt(_TRIM_THRESHOLD, _STAYS))
