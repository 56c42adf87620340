"""Out of device memory: one documented step down, told in the result, then an error that says what to change."""

from collections.abc import Callable
from typing import TypeVar

from models.errors import OutOfMemory, first_line
from models.residency import release_memory

R = TypeVar("R")
WORDS = ("out of memory", "can't allocate memory", "not enough memory", "alloc_failed")


def is_out_of_memory(error: BaseException) -> bool:
    """Whether torch, or the residency, ran out of memory; every device words it differently."""
    if isinstance(error, OutOfMemory | MemoryError):
        return True
    return isinstance(error, RuntimeError) and any(words in str(error).lower() for words in WORDS)


def with_step_down(run: Callable[[], R], down: Callable[[], str], advice: str, model: str) -> tuple[R, str]:
    """(what `run` returns, the note of the step down, "" where none was needed).

    down: makes the next try need less and returns the sentence about it for the result; "" where nothing is left to do.
    advice: what to change, for the error ("ask for a smaller picture, or set VRAM_GB"). Raises OutOfMemory; other errors pass.
    """
    try:
        return run(), ""
    except (RuntimeError, MemoryError, OutOfMemory) as error:
        if not is_out_of_memory(error):
            raise
        first = first_line(error, 200)
    # Out of the except clause: the error held the frames, and with them every tensor of the failed try.
    release_memory()
    note = down()
    if not note:
        raise OutOfMemory(f"The device ran out of memory ({first}); {advice}.", model=model)
    try:
        return run(), note
    except (RuntimeError, MemoryError, OutOfMemory) as error:
        if not is_out_of_memory(error):
            raise
        message = f"The device ran out of memory, and once more after this: {note} Now {advice}."
    release_memory()
    raise OutOfMemory(message, model=model)
