"""One film, one decode, every metric.

    score(film, prompt)            -> Scores
    total({name: [Score, …]})      -> one number per VBench dimension over several videos, as VBench adds them up

Memory is bounded by the metrics: a handful of frames and features, whatever the length. There is no total over dimensions: a
VBench total of a subset means nothing, and none is made.
"""

from collections.abc import Callable, Sequence

from eval.degenerate import degenerate
from eval.film import Film, Frame
from eval.metrics import METRICS
from eval.metrics.metric import Asked, Metric, macro, micro
from eval.networks import Networks
from eval.scores import Score, Scores
from models.errors import MediaError

Watcher = Callable[[Frame], None]
_MICRO = ("subject_consistency", "background_consistency")


def score(
    film: Film,
    prompt: str = "",
    *,
    networks: Networks | None = None,
    metrics: Sequence[str] | None = None,
    batch: int = 16,
    watch: Callable[[], Watcher] | None = None,
) -> Scores:
    """Measure a film.

    metrics: names of METRICS, None for all. batch: frames that a network sees at once; it changes speed, not scores. watch: makes
    something else that sees every frame of the same decode; should the decode have to start over, it is made anew.

    Raises MediaError where the film is broken and KeyError for a metric that does not exist.
    """
    asked = Asked(prompt, networks or Networks(), batch)
    for _ in range(2):
        chosen = [METRICS[name](film, asked) for name in (metrics or METRICS)]
        why = {metric.name: metric.why_not() for metric in chosen}
        seen = _see(film, [metric for metric in chosen if not why[metric.name]], watch() if watch else None)
        if seen == film.n_frames:
            break
        film.n_frames = seen  # some files promise another count than they hold, and sampling depends on it: once more
    else:
        raise MediaError(f"{film.name} gives another number of frames each time it is read; export it again.")
    found = {m.name: m.unavailable(why[m.name]) if why[m.name] else m.result() for m in chosen}
    return Scores(film.name, prompt, float(film.fps), film.width, film.height, film.n_frames, found, degenerate(found, float(film.fps)))


def total(name: str, videos: Sequence[Score]) -> float:
    """A dimension over several videos as VBench aggregates it.

    Over all frames for subject and background consistency, else over videos; imaging_quality is divided by 100.

    Raises ValueError when no video has the score.
    """
    scored = [video for video in videos if video.value is not None]
    if not scored:
        raise ValueError(f"No video has a score for {name}.")
    mean = micro(scored) if name in _MICRO else macro(scored)
    return mean / 100.0 if name == "imaging_quality" else mean


def _see(film: Film, metrics: Sequence[Metric], watcher: Watcher | None) -> int:
    seen = 0
    for frame in film.frames():
        for metric in metrics:
            metric.see(frame)
        if watcher:
            watcher(frame)
        seen += 1
    return seen
