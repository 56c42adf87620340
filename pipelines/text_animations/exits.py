"""How type leaves: pure functions of the seconds that are left, at rest until near the end."""

from collections.abc import Callable

from pipelines.text_animations.pose import REST, Pose, cubic_in, progress, sine_in_out

Exit = Callable[[float], Pose]
LENGTH_S = 0.4


def fade(left_s: float) -> Pose:
    """Out into nothing."""
    return REST if left_s >= LENGTH_S else Pose(alpha=sine_in_out(progress(left_s, 0.0, LENGTH_S)))


def rise(left_s: float) -> Pose:
    """Up and away."""
    gone = 1 - progress(left_s, 0.0, LENGTH_S)
    return REST if gone <= 0 else Pose(alpha=1 - sine_in_out(gone), dy=-0.35 * cubic_in(gone))


def none(left_s: float) -> Pose:
    """Stays to the last frame (the end card, which the ad's own fade takes away)."""
    return REST


EXITS: dict[str, Exit] = {"fade": fade, "rise": rise, "none": none}
