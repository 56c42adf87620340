"""Where the camera goes during a shot: pure functions of time, eased, and scaled to what the layers can bear.

Nothing stops dead: every path keeps part of its speed at both ends, because the cut borrows those frames.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from models.asks import Move
from models.backends.product_studio.camera import Camera


@dataclass(frozen=True)
class Pose:
    """A camera relative to the still's: see `Camera.moved`."""

    dolly: float = 0.0
    orbit_deg: float = 0.0
    rise_deg: float = 0.0
    truck_x: float = 0.0
    truck_y: float = 0.0

    def times(self, k: float) -> "Pose":
        """The same move, k times as far."""
        return Pose(self.dolly * k, self.orbit_deg * k, self.rise_deg * k, self.truck_x * k, self.truck_y * k)


# Start and end of each move at strength 1. `orbit` is for closed forms (see ORBIT_HOLLOW): about four degrees each way.
MOVES: dict[Move, tuple[Pose, Pose]] = {
    "static": (Pose(-0.004, -0.12), Pose(0.012, 0.12)),
    "push_in": (Pose(-0.035, -0.75), Pose(0.125, 0.75)),
    "pull_out": (Pose(0.120, 0.6), Pose(-0.035, -0.6)),
    "slide_left": (Pose(0.030, 0.9, truck_x=0.020), Pose(0.040, -0.9, truck_x=-0.020)),
    "slide_right": (Pose(0.030, -0.9, truck_x=-0.020), Pose(0.040, 0.9, truck_x=0.020)),
    "rise": (Pose(0.010, -0.4, -1.2, truck_y=-0.018), Pose(0.060, 0.4, 1.2, truck_y=0.018)),
    "orbit_left": (Pose(0.0, 4.0), Pose(0.055, -4.0)),
    "orbit_right": (Pose(0.0, -4.0), Pose(0.055, 4.0)),
    "rack_focus": (Pose(0.0, -0.5), Pose(0.060, 0.5)),
    "light_reveal": (Pose(-0.020, -0.6), Pose(0.080, 0.6)),
}
ORBIT_HOLLOW = 1.5  # degrees each way for forms that hide parts of themselves: beyond that, layers tear


def eased(t: float, speed_at_ends: float = 0.42) -> float:
    """Smoothstep mixed with a straight line; 0..1 to 0..1, never at rest."""
    return (1 - speed_at_ends) * t * t * (3 - 2 * t) + speed_at_ends * t


def path(camera: Camera, move: Move, strength: float, convex: bool, fits: Callable[[Camera], bool]) -> Callable[[float], Camera]:
    """The camera at time 0..1. strength 0..1; fits(camera) says whether the layers reach that far: the move shrinks until so."""
    first, last = MOVES[move]
    reach = 0.55 + 0.75 * float(np.clip(strength, 0, 1)) if move != "static" else 1.0
    limit = 4.5 if convex else ORBIT_HOLLOW
    widest = max(abs(first.orbit_deg), abs(last.orbit_deg)) * reach
    first, last = (_limited(pose.times(reach), min(1.0, limit / max(widest, 1e-6))) for pose in (first, last))
    scale = 1.0
    while scale > 0.05 and not all(fits(_placed(camera, pose.times(scale))) for pose in (first, last)):
        scale *= 0.9

    def at(t: float) -> Camera:
        e = eased(t)
        mixed = Pose(
            *(
                scale * (a + (b - a) * e)
                for a, b in (
                    (first.dolly, last.dolly),
                    (first.orbit_deg, last.orbit_deg),
                    (first.rise_deg, last.rise_deg),
                    (first.truck_x, last.truck_x),
                    (first.truck_y, last.truck_y),
                )
            )
        )
        return _placed(camera, mixed)

    return at


def _limited(pose: Pose, k: float) -> Pose:
    return Pose(pose.dolly, pose.orbit_deg * k, pose.rise_deg * k, pose.truck_x, pose.truck_y)


def _placed(camera: Camera, pose: Pose) -> Camera:
    return camera.moved(pose.dolly, pose.orbit_deg, pose.rise_deg, (pose.truck_x, pose.truck_y))
