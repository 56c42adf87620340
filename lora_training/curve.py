"""The loss curve as an SVG: every step faintly, a running mean, and the validations."""

from collections.abc import Sequence

WIDTH, HEIGHT = 900, 260
LEFT, RIGHT, TOP, BOTTOM = 56, 12, 12, 30
MOST_POINTS = 600


def svg(losses: Sequence[tuple[int, float]], validations: Sequence[tuple[int, float]]) -> str:
    """(step, loss) pairs in, an <svg> out; a sentence instead when there is nothing to draw."""
    if not losses:
        return "<p>No step has been trained yet.</p>"
    means = running_mean([loss for _, loss in losses])
    smooth = [(step, mean) for (step, _), mean in zip(losses, means, strict=True)]
    shown = sorted(loss for _, loss in (*losses, *validations))
    low, high = shown[0], max(shown[min(len(shown) - 1, int(len(shown) * 0.99))], shown[0] + 1e-9)
    last = max(losses[-1][0], 1)

    def at(step: int, value: float) -> str:
        x = LEFT + (WIDTH - LEFT - RIGHT) * step / last
        y = TOP + (HEIGHT - TOP - BOTTOM) * (1 - (min(value, high) - low) / (high - low))
        return f"{x:.1f},{y:.1f}"

    def line(points: Sequence[tuple[int, float]], kind: str) -> str:
        stride = max(1, len(points) // MOST_POINTS)
        return f'<polyline class="{kind}" points="{" ".join(at(*point) for point in points[::stride])}"/>'

    marks = "".join(
        f'<circle class="validation" cx="{at(*point).split(",")[0]}" cy="{at(*point).split(",")[1]}" r="3"><title>step {point[0]}: '
        f"{point[1]:.4f}</title></circle>"
        for point in validations
    )
    labels = "".join(
        f'<text x="{LEFT - 6}" y="{at(0, value).split(",")[1]}" text-anchor="end" dominant-baseline="middle">{value:.3g}</text>'
        for value in (low, (low + high) / 2, high)
    ) + "".join(
        f'<text x="{at(step, low).split(",")[0]}" y="{HEIGHT - 8}" text-anchor="middle">{step}</text>'
        for step in sorted({1, last // 2, last} - {0})
    )
    drawn = line(losses, "each") + line(smooth, "mean") + (line(validations, "validation") if len(validations) > 1 else "") + marks
    return f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="Loss by step">{labels}{drawn}</svg>'


def running_mean(values: Sequence[float], decay: float = 0.97) -> list[float]:
    """Exponential running mean without the pull towards 0 at the beginning."""
    found, mean, weight = [], 0.0, 0.0
    for value in values:
        mean = decay * mean + (1 - decay) * value
        weight = decay * weight + (1 - decay)
        found.append(mean / weight)
    return found
