"""What stands on the studio floor, as plain values: lights by group, and a set of parts with a floor height.

It knows metres-less studio units (a product is about 1.5 high once placed, Y up, front +Z) and linear light. It knows
nothing of the renderer; `scene.py` turns these values into one.
"""

from dataclasses import dataclass

import numpy as np

from models.backends.product_studio.archetypes import Part
from models.backends.product_studio.camera import FAR

Vec3 = tuple[float, float, float]
PRODUCT_SIZE = 1.5  # the main dimension every product is scaled to, so that sets and lights fit all of them


@dataclass(frozen=True)
class AreaLight:
    """A rectangle that shines towards `target`. radiance: linear RGB; soft: falls off to its edges like a real softbox."""

    position: Vec3
    target: Vec3
    width: float
    height: float
    radiance: Vec3
    soft: bool = False


@dataclass(frozen=True, eq=False)
class Projector:
    """A hard lamp behind a slide. slide: (n, n) float32, 1 = light passes; irradiance: linear RGB; fov in degrees."""

    position: Vec3
    target: Vec3
    fov: float
    irradiance: Vec3
    slide: np.ndarray


@dataclass(frozen=True)
class Spot:
    """A lamp too small to be seen: a soft-edged pool of light on whatever it is aimed at. intensity: linear RGB; fov in degrees."""

    position: Vec3
    target: Vec3
    fov: float
    intensity: Vec3


@dataclass(frozen=True)
class Ambient:
    """Light from everywhere. radiance: linear RGB."""

    radiance: Vec3


LAMP = 0.35  # half a tall lamp's width, and what its head leans in; studio units

Light = AreaLight | Projector | Spot | Ambient
LightGroups = dict[str, tuple[Light, ...]]


@dataclass(frozen=True)
class Palette:
    """background and accent as linear RGB; `tint` is the accent scaled to full brightness, for coloured lamps."""

    background: Vec3
    accent: Vec3

    @property
    def encoded(self) -> Vec3:
        """The background as sRGB values 0..1."""
        r, g, b = (12.92 * c if c <= 0.0031308 else 1.055 * c ** (1 / 2.4) - 0.055 for c in self.background)
        return (r, g, b)

    @property
    def glow(self) -> Vec3:
        """A wall that glows in the background's hue when lit from near, and is all but black where it is not."""
        peak = max(max(self.background), 1e-4)
        r, g, b = (0.006 + 0.13 * (c / peak) ** 1.25 for c in self.background)
        return (r, g, b)

    @property
    def tint(self) -> Vec3:
        """The accent at full brightness, half-way to white, so that a coloured lamp still shows form."""
        peak = max(max(self.accent), 1e-3)
        r, g, b = (0.25 + 0.75 * c / peak for c in self.accent)
        return (r, g, b)


@dataclass(frozen=True)
class StudioSet:
    """A built set. floor: height the product stands on; backdrop_z: where the wall behind it is; glossy: reflects it."""

    parts: tuple[Part, ...]
    floor: float
    backdrop_z: float
    glossy: bool = False


@dataclass(frozen=True)
class Aim:
    """What the lights are pointed at: the product's middle, its height, and the set's wall behind it.

    sides: how far to the left (negative) and to the right the canvas sees behind the product. A camera that stands on one side of it
    sees far to the other.
    """

    centre: Vec3
    height: float
    backdrop_z: float
    floor: float
    sides: tuple[float, float] = (-1.6, 1.6)

    def aside(self, x: float) -> float:
        """`x`, or further out where a lamp there would be seen."""
        return min(x, self.sides[0] * 1.08 - LAMP) if x < 0 else max(x, self.sides[1] * 1.08 + LAMP)

    def gain(self, x: float) -> float:
        """What a lamp moved from `x` to `aside(x)` needs to give the same light; none where no place is out of sight."""
        out = self.aside(x)
        return min((out / x) ** 2, 8.0) if abs(out) < FAR else 0.0


@dataclass(frozen=True)
class Options:
    """Readings of the words that change a set or a rig without changing its kind (gobo slide, arch, black marble ...).

    large: what is shown stands on a floor: nothing lifts it up.
    """

    slide: str = "palm"
    arch: bool = False
    black: bool = False
    warm: float = 0.5
    large: bool = False


def sown(rng: np.random.Generator) -> int:
    """A seed for what wants one, drawn from the scene's one generator."""
    return int(rng.integers(1 << 31))


def to_bytes(pixels: np.ndarray) -> np.ndarray:
    """sRGB 0..1 to uint8."""
    return (np.clip(pixels, 0, 1) * 255 + 0.5).astype(np.uint8)
