"""What a button does once it stands: one slow breath, again after a while. A pure function of time; at rest in between, so that nothing is
drawn anew most of the time."""

import math

from pipelines.text_animations.pose import REST, Pose, progress, sine_in_out

FIRST_S, EVERY_S, BREATH_S = 1.2, 2.6, 0.9
SWELL = 0.035


def breath(t: float) -> Pose:
    """t: seconds since the button's entrance began. Swells by SWELL and settles on exactly its size."""
    if t < FIRST_S:
        return REST
    p = progress((t - FIRST_S) % EVERY_S, 0.0, BREATH_S)
    return REST if p in (0.0, 1.0) else Pose(scale=1 + SWELL * math.sin(math.pi * sine_in_out(p)))
