"""Where the camera goes during a shot: pure functions of time, eased, and scaled to what the layers can bear.

Nothing stops dead: every path keeps part of its speed at both ends, because the cut borrows those frames. One move can be performed
in several ways: further, steadier, with a little drift.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

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
    pan_deg: float = 0.0

    def times(self, k: float) -> "Pose":
        """The same move, k times as far."""
        return Pose(*(k * value for value in self.values()))

    def plus(self, other: "Pose") -> "Pose":
        """Both moves at once."""
        return Pose(*(a + b for a, b in zip(self.values(), other.values(), strict=True)))

    def values(self) -> tuple[float, ...]:
        """In the order of the fields."""
        return self.dolly, self.orbit_deg, self.rise_deg, self.truck_x, self.truck_y, self.pan_deg


# Start and end of each move at strength 1. `orbit` is for closed forms (see ORBIT_HOLLOW): about four degrees each way.
MOVES: dict[Move, tuple[Pose, Pose]] = {
    "static": (Pose(-0.004, -0.12), Pose(0.012, 0.12)),
    "push_in": (Pose(-0.035, -0.75), Pose(0.125, 0.75)),
    "pull_out": (Pose(0.120, 0.6), Pose(-0.035, -0.6)),
    "slide_left": (Pose(0.030, 0.9, truck_x=0.020), Pose(0.040, -0.9, truck_x=-0.020)),
    "slide_right": (Pose(0.030, -0.9, truck_x=-0.020), Pose(0.040, 0.9, truck_x=0.020)),
    "pan_left": (Pose(0.015, pan_deg=2.4), Pose(0.030, pan_deg=-2.4)),
    "pan_right": (Pose(0.015, pan_deg=-2.4), Pose(0.030, pan_deg=2.4)),
    "rise": (Pose(0.010, -0.4, -1.2, truck_y=-0.018), Pose(0.060, 0.4, 1.2, truck_y=0.018)),
    "orbit_left": (Pose(0.0, 4.0), Pose(0.055, -4.0)),
    "orbit_right": (Pose(0.0, -4.0), Pose(0.055, 4.0)),
    "handheld": (Pose(0.015, -0.3), Pose(0.045, 0.3)),
    "rack_focus": (Pose(0.0, -0.5), Pose(0.060, 0.5)),
    "light_reveal": (Pose(-0.020, -0.6), Pose(0.080, 0.6)),
}
ORBIT_HOLLOW = 1.5  # degrees each way for forms that hide parts of themselves: beyond that, layers tear


@dataclass(frozen=True)
class Performance:
    """One way to perform a move. reach: how far, 1 = as the table says. speed_at_ends: see `eased`. drift: added from start to end."""

    reach: float = 1.0
    speed_at_ends: float = 0.42
    drift: Pose = Pose()


# The first is the move itself; the others are what an operator tries next.
PERFORMANCES = (
    Performance(),
    Performance(0.62, 0.70, Pose(rise_deg=0.5, truck_y=0.006)),
    Performance(1.22, 0.25, Pose(orbit_deg=-0.5, truck_x=-0.006)),
    Performance(0.85, 0.95, Pose(dolly=-0.012, rise_deg=-0.4)),
    Performance(1.10, 0.55, Pose(orbit_deg=0.6, truck_y=-0.005)),
    Performance(0.45, 0.42, Pose(dolly=0.015, truck_x=0.008)),
)

FURTHER_REACH, FURTHER_SPEED = (0.55, 1.15), (0.25, 0.95)

# Hands breathe: (cycles a second, phase, share) of each axis, slow ones large and quick ones small.
SWAY = (
    ("truck_x", 0.0050, ((0.31, 0.0, 0.6), (0.83, 1.3, 0.3), (1.9, 0.4, 0.1))),
    ("truck_y", 0.0040, ((0.27, 2.1, 0.6), (0.71, 0.2, 0.3), (2.2, 1.7, 0.1))),
    ("pan_deg", 0.28, ((0.23, 0.9, 0.6), (0.67, 2.6, 0.3), (1.7, 0.1, 0.1))),
    ("rise_deg", 0.22, ((0.37, 1.8, 0.7), (1.1, 0.6, 0.3))),
)


def performance(variant: int) -> Performance:
    """The `variant`-th way to perform a move, the same every time: those of the table, then as many as anybody wants."""
    if variant < len(PERFORMANCES):
        return PERFORMANCES[variant]
    draw = np.random.default_rng(variant)
    reach, speed = (float(draw.uniform(*span)) for span in (FURTHER_REACH, FURTHER_SPEED))
    return Performance(reach, speed, Pose(*(float(v) for v in draw.uniform(-1, 1, 5) * (0.012, 0.5, 0.5, 0.007, 0.006))))


def eased(t: float, speed_at_ends: float = 0.42) -> float:
    """Smoothstep mixed with a straight line; 0..1 to 0..1, never at rest."""
    return (1 - speed_at_ends) * t * t * (3 - 2 * t) + speed_at_ends * t


def swayed(seconds: float) -> Pose:
    """How far a hand-held camera is off its path at that time."""
    waves = {axis: size * sum(share * np.sin(2 * np.pi * hz * seconds + at) for hz, at, share in parts) for axis, size, parts in SWAY}
    return Pose(**{axis: float(value) for axis, value in waves.items()})


def path(
    camera: Camera,
    move: Move,
    strength: float,
    convex: bool,
    fits: Callable[[Camera], bool],
    *,
    seconds: float = 4.0,
    variant: int = 0,
    further: float = 1.0,
) -> Callable[[float], Camera]:
    """The camera at time 0..1 of `seconds`. strength 0..1; fits(camera) says whether the layers reach that far: the move shrinks until
    so. variant: which performance of the move; see PERFORMANCES. further: how many times as near it ends as the table says."""
    way = performance(variant)
    first, last = MOVES[move]
    reach = (0.55 + 0.75 * float(np.clip(strength, 0, 1)) if move != "static" else 1.0) * way.reach
    limit = 4.5 if convex else ORBIT_HOLLOW
    widest = max(abs(first.orbit_deg), abs(last.orbit_deg)) * reach
    first, last = (_limited(pose.times(reach), min(1.0, limit / max(widest, 1e-6))) for pose in (first, last))
    last = last.plus(way.drift).plus(Pose(dolly=max(0.0, last.dolly) * (further - 1)))

    def pose(t: float) -> Pose:
        e = eased(t, way.speed_at_ends)
        on_path = first.times(1 - e).plus(last.times(e))
        return on_path.plus(swayed(t * seconds).times(reach)) if move == "handheld" else on_path

    looked_at = np.linspace(0, 1, 25) if move == "handheld" else (0.0, 1.0)
    scale = 1.0
    while scale > 0.05 and not all(fits(_placed(camera, pose(t).times(scale))) for t in looked_at):
        scale *= 0.9
    return lambda t: _placed(camera, pose(t).times(scale))


def _limited(pose: Pose, k: float) -> Pose:
    return replace(pose, orbit_deg=pose.orbit_deg * k)


def _placed(camera: Camera, pose: Pose) -> Camera:
    return camera.moved(pose.dolly, pose.orbit_deg, pose.rise_deg, (pose.truck_x, pose.truck_y), pose.pan_deg)
