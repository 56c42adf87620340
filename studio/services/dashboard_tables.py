"""Every chart of the dashboard as a table, for CSV: what is drawn can be taken along and counted again."""

import csv
import io
from collections.abc import Callable, Sequence
from typing import Any

from studio.services.dashboard import Figures
from studio.services.dashboard_measures import Measure
from studio.services.dashboard_takes import Share
from studio.services.dashboard_video import Video

Row = Sequence[Any]
FORMULAS = ("=", "+", "-", "@", "\t", "\r")
"""What makes a spreadsheet compute a text instead of showing it."""


def _spread(measures: Sequence[Measure]) -> list[Row]:
    head = ("measure", "kind", "better", "from", "to", "all", "final_versions")
    return [head, *((m.name, m.kind, m.direction, b.lo, b.hi, b.n, b.n_finals) for m in measures for b in m.bins)]


def _share(share: Share) -> Row:
    return (share.n, share.met, share.rate, *(share.interval or (None, None)))


def _iterations(f: Figures) -> list[Row]:
    return [("iterations", "videos"), *f.iterations.counts]


def _agreement(f: Figures) -> list[Row]:
    return [("choices", "same_as_the_program", "rate", "low_95", "high_95"), _share(f.agreement)]


def _adoption(f: Figures) -> list[Row]:
    return [("finished_ads", "around_a_hero_frame", "rate", "low_95", "high_95"), _share(f.adoption)]


def _rising(f: Figures) -> list[Row]:
    head = ("videos_with_two_iterations_or_more", "scored_higher_at_the_end", "rate", "low_95", "high_95", "mean_change")
    return [head, (*_share(f.rising.share), f.rising.mean_change)]


def _cost(f: Figures) -> list[Row]:
    return [("spent_usd", "seconds_of_final_versions", "usd_per_second"), (f.spent, f.seconds, f.per_second)]


def _models(f: Figures) -> list[Row]:
    head = ("model", "attempts", "final_versions", "ranking_score", "ranking_score_finals", "spent_usd", "seconds_of_final_versions")
    return [head, *((m.model, m.attempts, m.finals, m.overall, m.overall_finals, m.spent, m.seconds) for m in f.by_model)]


def _trend(f: Figures) -> list[Row]:
    head = ("week", "attempts", "ranking_score", "final_versions", "ranking_score_finals")
    return [head, *((w.week, w.attempts, w.overall, w.finals, w.overall_finals) for w in f.by_week)]


def _videos(f: Figures) -> list[Row]:
    head = ("video", "title", "tag", "iteration", "best_ranking_score", "final_version")
    rows = ((v.id, v.title, v.tag, s.iteration, s.overall, v.final if s.final else None) for v in f.lines for s in v.steps)
    return [head, *rows]


CHARTS: dict[str, Callable[[Figures], list[Row]]] = {
    "attempts": lambda f: _spread(f.measures),
    "iterations": _iterations,
    "agreement": _agreement,
    "rising": _rising,
    "adoption": _adoption,
    "cost": _cost,
    "models": _models,
    "trend": _trend,
    "videos": _videos,
    "ads": lambda f: _spread(f.ad_measures),
}
"""By the name in `?chart=`."""


def chart_csv(figures: Figures, chart: str) -> str:
    """chart: one of CHARTS."""
    return _csv(CHARTS[chart](figures))


def video_csv(video: Video) -> str:
    """A row for each attempt, a column for each measure of any of them."""
    names = sorted({value.name for attempt in video.attempts for value in attempt.values})
    head = ("attempt", "iteration", "model", "ranking_score", "marked_by_the_program", "chosen", "final_version", *names)
    rows: list[Row] = [head]
    for a in video.attempts:
        by_name = {value.name: value.value for value in a.values}
        rows.append((a.label, a.iteration, a.model, a.overall, a.system, a.user, a.final, *(by_name.get(name) for name in names)))
    return _csv(rows)


def _csv(rows: Sequence[Row]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows([[_plain(value) for value in row] for row in rows])
    return out.getvalue()


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        return f"{value:.7g}"
    if isinstance(value, bool):
        return "yes" if value else ""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULAS) else value
