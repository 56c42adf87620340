"""How numbers and names are written in reports."""

from eval.scores import Score

_BETTER = {"higher": "higher is better", "lower": "lower is better", "neither": "neither way is better"}


def written(value: float | None) -> str:
    """Four significant digits; "–" for none."""
    if value is None:
        return "–"
    return f"{value:.4f}" if abs(value) < 10 else f"{value:.4g}"


def span(score: Score) -> str:
    """The range and the good direction."""
    low, high = ("" if end is None else f"{end:g}" for end in score.range)
    return f"{low} to {high}, {_BETTER[score.direction]}" if high else f"from {low}, {_BETTER[score.direction]}"


def title(score: Score) -> str:
    """A name as a heading: "Temporal flickering", "Sharpness"."""
    words = score.name.split(".", 1)[1].split("@")[0].replace("_v1", "").replace("_dis", "").replace("interp_", "interpolation_")
    return words.replace("_", " ").capitalize()
