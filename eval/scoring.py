"""One film, one decode, every metric.

    score(film, prompt)            -> Scores
    total({name: [Score, …]})      -> one number per VBench dimension over several videos, as VBench adds them up

Memory is bounded by the metrics: a handful of frames and features, whatever the length. There is no total over dimensions: a
VBench total of a subset means nothing, and none is made.
"""

from collections.abc import Callable, Sequence

from eval.degenerate import degenerate
from eval.film import Film, Frame, Span
from eval.metrics import METRICS
from eval.metrics.metric import Asked, Metric, macro, micro
from eval.networks import Networks
from eval.scenes import SceneSpan
from eval.scores import Score, Scores
from models.errors import MediaError

Watcher = Callable[[Frame], None]
PER_SCENE = ("subject_consistency", "background_consistency", "motion_smoothness", "appearance_drift_v1", "interp_residual_dis_v1")
_MICRO = ("subject_consistency", "background_consistency")


def score(
    film: Film,
    prompt: str = "",
    *,
    networks: Networks | None = None,
    metrics: Sequence[str] | None = None,
    batch: int = 16,
    scenes: Sequence[SceneSpan] = (),
    watch: Callable[[], Watcher] | None = None,
) -> Scores:
    """Measure a film.

    metrics: names of METRICS, None for all. batch: frames that a network sees at once; it changes speed, not scores. scenes: measures
    that compare frames (PER_SCENE) are taken on each scene alone, too, without its transitions. watch: makes something else that
    sees every frame of the same decode; should the decode have to start over, it is made anew.

    Raises MediaError where the film is broken and KeyError for a metric that does not exist.
    """
    asked = Asked(prompt, networks or Networks(), batch)
    for _ in range(2):
        chosen = _Panel(film, asked, metrics or list(METRICS))
        panels = {scene.number: _panel(film, asked, scene, chosen) for scene in scenes}
        watchers = [chosen.see, *(panel.see for panel in panels.values()), *([watch()] if watch else [])]
        seen = 0
        for frame in film.frames():
            for watcher in watchers:
                watcher(frame)
            seen += 1
        if seen == film.n_frames:
            break
        film.n_frames = seen  # some files promise another count than they hold, and sampling depends on it: once more
    else:
        raise MediaError(f"{film.name} gives another number of frames each time it is read; export it again.")
    found, fps = chosen.results(), float(film.fps)
    by_scene = {number: panel.results() for number, panel in panels.items()}
    bad = degenerate(found, fps)
    return Scores(film.name, prompt, fps, film.width, film.height, film.n_frames, found, bad, by_scene)


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


class _Panel:
    """Metrics that look at one film, or at a span of it, together."""

    def __init__(self, film: Film, asked: Asked, names: Sequence[str]) -> None:
        metrics: list[Metric] = [METRICS[name](film, asked) for name in names]
        self._span = film if isinstance(film, Span) else None
        self._able = [metric for metric in metrics if not metric.why_not()]
        self._metrics = metrics
        self.names = [metric.name for metric in self._able]

    def see(self, frame: Frame) -> None:
        """Show a frame of the whole."""
        own = self._span.place(frame) if self._span else frame
        if own is not None:
            for metric in self._able:
                metric.see(own)

    def results(self) -> dict[str, Score]:
        """By metric."""
        return {metric.name: metric.result() if metric in self._able else metric.unavailable(metric.why_not()) for metric in self._metrics}


def _panel(film: Film, asked: Asked, scene: SceneSpan, whole: _Panel) -> _Panel:
    first = scene.first + scene.head
    first += first % 2  # pairs of frames are then those of the whole, and looked at once
    span = Span(film, first, max(first + 1, scene.end - scene.tail))
    return _Panel(span, asked, [name for name in PER_SCENE if name in whole.names])
