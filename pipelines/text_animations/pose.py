"""The pose of a piece of type at an instant, and the curves that lead to it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Pose:
    """alpha 0..1; dx, dy: offset in ems of the type, y down; scale around the unit's centre; blur: sigma in ems;
    masked: cut off outside the line's own band; reveal: share of the width shown, growing from `anchor` (0 left, 0.5 middle);
    turn: how far a digit that counts up has come, 0..1."""

    alpha: float = 1.0
    dx: float = 0.0
    dy: float = 0.0
    scale: float = 1.0
    blur: float = 0.0
    masked: bool = False
    reveal: float = 1.0
    anchor: float = 0.5
    turn: float = 1.0

    def then(self, other: "Pose") -> "Pose":
        """Both at once."""
        return Pose(
            self.alpha * other.alpha,
            self.dx + other.dx,
            self.dy + other.dy,
            self.scale * other.scale,
            self.blur + other.blur,
            self.masked or other.masked,
            self.reveal * other.reveal,
            self.anchor,
            self.turn * other.turn,
        )


REST = Pose()
GONE = Pose(alpha=0.0)


def progress(t: float, delay_s: float, length_s: float) -> float:
    """0 before delay_s, 1 from delay_s + length_s on, straight between."""
    return min(1.0, max(0.0, (t - delay_s) / max(length_s, 1e-6)))


def quint_out(p: float) -> float:
    """Fast, then a long soft landing."""
    return 1 - (1 - p) ** 5


def expo_out(p: float) -> float:
    """Faster still; lands on exactly 1."""
    return (1 - 2 ** (-10 * p)) / (1 - 2**-10)


def sine_in_out(p: float) -> float:
    """Smoothstep: gentle at both ends."""
    return p * p * (3 - 2 * p)


def cubic_in(p: float) -> float:
    """Slow, then away."""
    return p**3
