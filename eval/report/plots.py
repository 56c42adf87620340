"""Per-frame curves as SVG text: up to four lines over seconds, cuts as ticks. Colours come from the page's CSS."""

from collections.abc import Sequence
from html import escape

from eval.report.numbers import written
from eval.scores import Score

WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 360, 130, 44, 20, 8
_MOST_POINTS = 480


def curves(scores: Sequence[Score], labels: Sequence[str], cuts_s: Sequence[float] = ()) -> str:
    """One SVG with a line per score (at most four). Scores without per-frame values are left out; "" when none is left."""
    lines = [(score, label) for score, label in zip(scores, labels, strict=True) if len(score.per_frame) > 1][:4]
    if not lines:
        return ""
    every = [value for score, _ in lines for value in score.per_frame]
    low, high = min(every), max(every)
    if high - low < 1e-9:
        low, high = low - 0.05, high + 0.05
    end = max(max(score.frames) / score.fps for score, _ in lines) or 1.0
    parts = [*_axes(low, high, end), *(_vertical("cut", _x(at, end)) for at in cuts_s if at < end)]
    for i, (score, _) in enumerate(lines):
        points = " ".join(f"{_x(at, end):.1f},{_y(value, low, high):.1f}" for at, value in _thinned(score))
        parts.append(f'<polyline class="line l{i}" points="{points}"/>')
    told = "; ".join(f"{label} {written(score.value)}" for score, label in lines)
    return f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(told)}, over {end:.1f} seconds">{"".join(parts)}</svg>'


def _thinned(score: Score) -> list[tuple[float, float]]:
    """(seconds, value): all of them, or the lowest and the highest of each stretch."""
    points = [(frame / score.fps, value) for frame, value in zip(score.frames, score.per_frame, strict=True)]
    stretch = -(-len(points) // (_MOST_POINTS // 2))
    if stretch <= 2:
        return points
    kept = []
    for i in range(0, len(points), stretch):
        some = points[i : i + stretch]
        kept += sorted({min(some, key=lambda p: p[1]), max(some, key=lambda p: p[1])})
    return kept


def _axes(low: float, high: float, end: float) -> list[str]:
    bottom = HEIGHT - BOTTOM
    return [
        f'<line class="axis" x1="{LEFT}" x2="{WIDTH}" y1="{bottom}" y2="{bottom}"/>',
        _vertical("axis", LEFT),
        f'<text x="{LEFT - 6}" y="{TOP + 8}" text-anchor="end">{written(high)}</text>',
        f'<text x="{LEFT - 6}" y="{bottom}" text-anchor="end">{written(low)}</text>',
        f'<text x="{LEFT}" y="{HEIGHT - 4}">0 s</text>',
        f'<text x="{WIDTH}" y="{HEIGHT - 4}" text-anchor="end">{end:.1f} s</text>',
    ]


def _vertical(kind: str, x: float) -> str:
    return f'<line class="{kind}" x1="{x:.1f}" x2="{x:.1f}" y1="{TOP}" y2="{HEIGHT - BOTTOM}"/>'


def _x(at: float, end: float) -> float:
    return LEFT + (WIDTH - LEFT - 4) * at / end


def _y(value: float, low: float, high: float) -> float:
    return TOP + (HEIGHT - BOTTOM - TOP) * (high - value) / (high - low)
