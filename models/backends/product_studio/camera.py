"""A view camera as a value: where it stands, how it frames, how it may move. Plain geometry, no renderer.

The picture plane is measured in frame units: x and y run from 0 to 1 across the finished frame, y downwards; values below 0
or above 1 lie on the overscan canvas around it. Framing shifts the lens like an architectural photographer does, instead of
tilting the camera: uprights stay upright and the product stays in one perspective wherever it is placed.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.asks import Framing

Points = NDArray[Any]

OVERSCAN = 1.10  # the canvas is this much larger than the frame, so that a moving camera never sees its edge
NEAR_CLIP = 0.05

# How much of the frame the product's box takes: (of the height, of the width); the smaller picture wins.
FILL = {"wide": (0.30, 0.50), "full": (0.44, 0.68), "medium": (0.56, 0.84), "close": (0.86, 1.30)}
LYING = {"wide": 0.22, "full": 0.20, "medium": 0.05}  # so much more of an upright frame's width for what lies: a loaf, a shoe, a name
MACRO_FILL = 2.3  # a macro shows the product this many times wider (or taller) than the frame …
MACRO_BESIDE_TYPE = 1.55  # … and this many where type stands on it: its detail is seen whole beside the lines
DEFOCUS = {"wide": 0.022, "full": 0.028, "medium": 0.030, "close": 0.030, "macro": 0.034}  # blur per unit of relative depth
# Where the product's middle stands in the frame, by the side kept calm.
PLACE = {"none": (0.50, 0.53), "top": (0.50, 0.63), "bottom": (0.50, 0.365), "left": (0.66, 0.53), "right": (0.34, 0.53)}

FAR = 9.0  # studio units; further out a lamp is no lamp any more
MACRO_GIVES = 0.2  # a macro moves this far to keep clear of type; what is larger than that is ground for it
TYPE_LINE = 0.235  # a line or two of type stand above it
CLEAR = 0.02  # between the product and what is kept calm, shares of the frame's height
NEARER = 0.085  # a camera that comes nearer shows the product this share of its height taller, upwards and downwards
CUT_OFF = 1.3  # a close picture may show a product this many times as tall as there is room for
EDGE = {"top": 0.95, "bottom": 0.05}  # where the product ends on the other side


@dataclass(frozen=True)
class Camera:
    """origin, target: studio units. fov_y: vertical angle of the finished frame, degrees. aspect: width / height.

    shift: how far the picture is moved on the frame, frame units. aperture: lens radius, studio units; focus: distance of
    the sharp plane along the view axis.
    """

    origin: tuple[float, float, float]
    target: tuple[float, float, float]
    fov_y: float
    aspect: float
    shift: tuple[float, float] = (0.0, 0.0)
    aperture: float = 0.0
    focus: float = 5.0

    def axes(self) -> Points:
        """Rows: right, up, forward; (3, 3)."""
        forward = np.subtract(self.target, self.origin)
        forward /= np.linalg.norm(forward)
        right = np.cross(forward, (0.0, 1.0, 0.0))
        right /= np.linalg.norm(right)
        return np.stack([right, np.cross(right, forward), forward])

    def half_height(self) -> float:
        """Half the frame's height at distance 1."""
        return float(np.tan(np.radians(self.fov_y / 2)))

    def project(self, points: Points) -> Points:
        """World points (N, 3) to frame units (N, 2)."""
        local = (points - np.asarray(self.origin)) @ self.axes().T
        depth = np.maximum(local[:, 2], 1e-6)
        half = self.half_height()
        x = local[:, 0] / (depth * half * self.aspect) * 0.5 + 0.5 + self.shift[0]
        y = 0.5 - local[:, 1] / (depth * half) * 0.5 + self.shift[1]
        return np.stack([x, y], 1)

    def sides(self, z: float) -> tuple[float, float]:
        """Where the canvas's left and right edges are on a wall at depth `z`, as x; at most FAR, where an edge runs along the wall."""
        right, _, forward = self.axes()
        found = []
        for way in (-1, 1):
            along = forward + right * (way * OVERSCAN - 2 * self.shift[0]) * self.half_height() * self.aspect
            reached = self.origin[0] + (z - self.origin[2]) / along[2] * along[0] if along[2] < -1e-3 else way * FAR
            found.append(float(np.clip(reached, -FAR, FAR)))
        return min(found[0], 0.0), max(found[1], 0.0)

    def distance(self) -> float:
        """From the camera to what it looks at."""
        return float(np.linalg.norm(np.subtract(self.target, self.origin)))

    def moved(
        self,
        dolly: float = 0.0,
        orbit_deg: float = 0.0,
        rise_deg: float = 0.0,
        truck: tuple[float, float] = (0.0, 0.0),
        pan_deg: float = 0.0,
    ) -> "Camera":
        """The camera after a move: dolly nearer by that share of the distance, swung around the target, carried sideways, turned
        on its own foot (pan_deg, to the right).

        truck: right and up, as shares of the distance; camera and target go together.
        """
        right, up, forward = self.axes()
        span = self.distance()
        turn = _about((0.0, 1.0, 0.0), orbit_deg) @ _about(tuple(right), -rise_deg)
        carried = right * truck[0] * span + up * truck[1] * span
        target = np.asarray(self.target) + carried
        origin = target - (turn @ forward) * span * (1 - dolly)
        if pan_deg:
            target = origin + _about((0.0, 1.0, 0.0), -pan_deg) @ (target - origin)
        return replace(self, origin=_vec(origin), target=_vec(target), focus=self.focus - span * dolly)


def frame(
    framing: Framing,
    points: Points,
    focus: tuple[float, float, float],
    detail: tuple[float, float, float],
    aspect: float,
    fill: float = 1.0,
) -> Camera:
    """The camera that shows `points` (the product's vertices, (N, 3)) as `framing` asks.

    focus: where to be sharp; detail: what a macro looks at. aspect: width / height of the frame.
    """
    low, high = points.min(0), points.max(0)
    macro = framing.size == "macro"
    centre = np.asarray(detail) if macro else (low + high) / 2
    sharp = np.asarray(detail if macro else focus)
    long_side = 2 * np.degrees(np.arctan(18.0 / np.clip(framing.lens_mm, 14, 200)))
    fov_y = float(long_side if aspect <= 1 else 2 * np.degrees(np.arctan(np.tan(np.radians(long_side / 2)) / aspect)))
    azimuth, elevation = np.radians(framing.azimuth_deg), np.radians(framing.elevation_deg)
    toward = np.array([np.sin(azimuth) * np.cos(elevation), np.sin(elevation), np.cos(azimuth) * np.cos(elevation)])
    place = np.asarray(_place(framing))
    camera = Camera((0, 0, 0), _vec(centre), fov_y, aspect)
    distance = float(np.linalg.norm(high - low)) / (2 * camera.half_height())
    for _ in range(4):  # size depends on perspective and perspective on distance: settle
        camera = replace(camera, origin=_vec(centre + toward * distance), shift=(0.0, 0.0))
        box = camera.project(points)
        distance *= _too_large(np.ptp(box[:, 0]), np.ptp(box[:, 1]), framing, fill, aspect)
    camera = replace(camera, origin=_vec(centre + toward * distance))
    box = camera.project(points)
    middle = camera.project(centre[None])[0] if macro else (box.min(0) + box.max(0)) / 2
    if framing.size == "close":
        middle = 0.6 * middle + 0.4 * camera.project(sharp[None])[0]
    down = _down(framing, float(place[1] - middle[1]), float(box[:, 1].min()), float(box[:, 1].max()))
    camera = replace(camera, shift=(float(place[0] - middle[0]), down))
    return _focused(camera, framing, float((sharp - np.asarray(camera.origin)) @ camera.axes()[2]))


def frame_set(framing: Framing, floor: float, aspect: float) -> Camera:
    """A camera for the set alone: it looks where a product would stand."""
    stand_in = np.array([[x, y + floor, z] for x in (-0.7, 0.7) for y in (0.0, 1.5) for z in (-0.3, 0.3)])
    size = "medium" if framing.size == "macro" else framing.size
    return frame(replace(framing, size=size), stand_in, (0.0, floor + 0.7, 0.0), (0.0, floor + 0.7, 0.0), aspect)


def _place(framing: Framing) -> tuple[float, float]:
    """Where the product's middle stands; a macro's detail in the middle of what is left free."""
    x, y = PLACE[framing.room]
    if framing.size != "macro" or not framing.calm or framing.room not in EDGE:
        return x, y
    return x, framing.calm + 0.5 * (1 - framing.calm) if framing.room == "top" else 0.48 * (1 - framing.calm)


def _down(framing: Framing, wanted: float, top: float, bottom: float) -> float:
    """How far the picture is moved down, so that a product between `top` and `bottom` keeps clear of what is to stay calm."""
    if framing.room not in EDGE:
        return wanted
    if not framing.calm:  # rather cut off below than written across
        return max(wanted, TYPE_LINE - top) if (framing.room, framing.size) == ("top", "close") else wanted
    clear = framing.calm + CLEAR + NEARER * (bottom - top)
    needed = max(wanted, clear - top) if framing.room == "top" else min(wanted, 1 - clear - bottom)
    return needed if framing.size != "macro" or abs(needed - wanted) < MACRO_GIVES else wanted


def _too_large(width: float, height: float, framing: Framing, fill: float, aspect: float) -> float:
    """How many times larger than asked the product shows."""
    if framing.size == "macro":
        return min(width, height / 0.75) / ((MACRO_BESIDE_TYPE if framing.calm else MACRO_FILL) * fill)
    tall, broad = FILL[framing.size]
    if aspect < 1:
        lying = float(np.clip(width * aspect / max(height, 1e-6) - 1, 0, 1))
        broad *= 1 + LYING.get(framing.size, 0.0) * lying
    if framing.room in ("left", "right"):
        broad = min(broad, 0.60)
    if framing.room == "top" and framing.size != "close":
        tall = min(tall, 0.50)
    if framing.room == "bottom" and framing.size != "close":
        tall = min(tall, 0.43)  # an end card sets three lines and a button below
    if framing.calm and framing.room in EDGE:
        free = abs(EDGE[framing.room] - (framing.calm if framing.room == "top" else 1 - framing.calm)) - CLEAR
        tall = min(tall, (CUT_OFF if framing.size == "close" else 1.0) * free / (1 + 2 * NEARER))
    return max(width / broad, height / tall) / fill


def _focused(camera: Camera, framing: Framing, depth: float) -> Camera:
    """Lens radius and sharp plane. What is to be thrown out of focus is photographed sharp and blurred afterwards, as layers."""
    aperture = 0.0 if framing.focus_blur > 0 else DEFOCUS[framing.size] * 2 * camera.half_height() * camera.aspect * depth
    return replace(camera, aperture=aperture, focus=depth)


def _about(axis: tuple[float, ...], degrees: float) -> Points:
    x, y, z = axis
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    cross = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    return np.eye(3) + s * cross + (1 - c) * cross @ cross


def _vec(v: Points) -> tuple[float, float, float]:
    x, y, z = (float(c) for c in v)
    return (x, y, z)
