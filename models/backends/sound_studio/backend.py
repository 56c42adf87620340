"""The sound studio as a backend: a SoundAsk in, a Sound on disk out. Pure Python on the CPU; safe beside other threads."""

import time
from importlib.util import find_spec

from models.asks import Ask, Sound, SoundAsk
from models.backends import BackendConfig
from models.backends.sound_studio.arrange import plan
from models.backends.sound_studio.moods import MOODS
from models.capabilities import Capabilities, check
from models.catalog import ModelRow
from models.context import JobContext

MAX_DURATION_S = 180.0


class SoundStudio:
    """Music and effects from code. `defaults` of a row: stems (bool, True) also writes drums, bass, harmony and lead."""

    def __init__(self, config: BackendConfig) -> None:
        self._config = config

    def available(self, row: ModelRow) -> str:
        missing = [name for name in ("numpy", "scipy", "mido", "av") if find_spec(name) is None]
        return f"The sound studio needs {' and '.join(missing)}; install the packages in requirements.txt." if missing else ""

    def capabilities(self, row: ModelRow) -> Capabilities:
        return Capabilities(
            kinds=frozenset({"sound"}),
            moods=frozenset(MOODS),
            max_duration_s=MAX_DURATION_S,
            shows=("background music in eight moods, in time with the cuts", "whooshes, risers, hits and pings on the cuts"),
            never=("singing or speech", "a tune that nobody could resemble"),
        )

    def answer(self, ask: Ask, row: ModelRow, job: JobContext) -> Sound:
        """Compose, play, master and write. Raises AskRefused, Cancelled, DiskFull or MediaError."""
        check(ask, self.capabilities(row), row.id)
        assert isinstance(ask, SoundAsk)
        from models.backends.sound_studio.session import record_sound  # scipy and PyAV load only when there is work

        started = time.perf_counter()
        job.progress(0.0, "composing")
        return record_sound(plan(ask), row, job, started)

    def close(self) -> None:
        return None
