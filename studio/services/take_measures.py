"""How good one take measures, with what this installation has: VBench's networks where they lie here, stand-ins else.

Never fails a take: one that cannot be measured is kept, comes last, and says why.
"""

import logging
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.context import JobContext
from models.errors import Cancelled, ModelError
from studio.services.measuring import StoppableFilm, networks_of

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Measures:
    """scores: eval.scores.Scores as JSON text, "" where there are none; troubles: sentences about what could not be measured."""

    scores: str
    troubles: tuple[str, ...] = ()
    took_s: float = 0.0


def measure_take(path: Path, prompt: str, runtime: Any, job: JobContext) -> Measures:
    """Measure the film at `path` of what `prompt` says. Raises only what stops the job."""
    from eval.scoring import score

    began, troubles = time.monotonic(), list[str]()
    networks = networks_of(runtime, troubles)
    try:
        film = StoppableFilm(path, job.check)
        seen = 0

        def watch() -> Any:
            def see(frame: Any) -> None:
                nonlocal seen
                seen = frame.index + 1
                job.progress(seen / max(film.n_frames, seen), "Measuring")

            return see

        found = score(film, prompt, networks=networks, watch=watch).to_json()
    except Cancelled:
        raise
    except (ModelError, ValueError) as error:
        log.warning("A take could not be measured: %s", error)
        found, troubles = "", [*troubles, f"It could not be measured, because this went wrong: {error}"]
    except Exception:  # a fault of ours must not cost anybody the take
        log.exception("A take could not be measured.")
        found, troubles = "", [*troubles, "It could not be measured, because something broke; the log has the details."]
    return Measures(found, tuple(troubles), round(time.monotonic() - began, 2))
