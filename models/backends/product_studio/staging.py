"""From a spec to a built studio: set, product (or the user's photo as a card), lights and camera, all as plain values."""

from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.backends.product_studio import photo
from models.backends.product_studio.archetypes import ARCHETYPES, Look, Part, Product
from models.backends.product_studio.camera import Camera, frame, frame_set
from models.backends.product_studio.materials import srgb_to_linear
from models.backends.product_studio.rigs import RIGS
from models.backends.product_studio.sets import SETS
from models.backends.product_studio.spec import SceneSpec, drawn, drawn_by_look
from models.backends.product_studio.stage import PRODUCT_SIZE, Aim, LightGroups, Options, Palette, StudioSet, Vec3

LAMPS_Z = -2.0  # no rig puts a lamp that could be seen further behind the product
TURN = 0.85  # not all the way: a label seen exactly from the front is a drawing of a label


@dataclass(frozen=True, eq=False)
class Studio:
    """Everything in place. product: placed and scaled parts, () for an empty set; points: their vertices, (N, 3).

    card: the corners of the user's photo in the room, (4, 3), clockwise from top left; None without one.
    """

    product: tuple[Part, ...]
    set: StudioSet
    lights: LightGroups
    camera: Camera
    points: NDArray[Any]
    convex: bool
    card: NDArray[Any] | None = None


def stage(spec: SceneSpec) -> Studio:
    """Build what `spec` describes. Raises MediaError when its photo cannot be read."""
    palette = Palette(_vec(srgb_to_linear(spec.background)), _vec(srgb_to_linear(spec.accent)))
    built = _built_set(spec.set, palette, spec.options, spec.seed)
    card = None
    if spec.photo:
        product, card = photo.card(Path(spec.photo), PRODUCT_SIZE)
    elif spec.look is not None:
        product = _built_product(_turned(spec.look, spec.framing.azimuth_deg), spec.look)
    else:
        product = Product((), PRODUCT_SIZE, (0.0, 0.75, 0.0), ((0.0, 0.75, 0.0),))
    scale, lift = _placing(product, built.floor)
    at = placed(product, built.floor)
    if card is not None:
        card = card * scale + lift
    camera = aimed(spec, at, built.floor)
    if at.parts:
        centre, height = (at.points.min(0) + at.points.max(0)) / 2, float(np.ptp(at.points[:, 1]))
    else:
        centre, height = np.array([0.0, built.floor + 0.7, 0.0]), PRODUCT_SIZE
    aim = Aim(_vec(centre), height, built.backdrop_z, built.floor, camera.sides(LAMPS_Z))
    lights = RIGS[spec.rig](aim, palette, spec.options, spec.rng("rig"))
    convex = card is None and spec.look is not None and ARCHETYPES[spec.look.archetype].convex
    return Studio(at.parts, built, lights, camera, at.points, convex, card)


@dataclass(frozen=True, eq=False)
class Placed:
    """A product on a floor. parts, points: as in Studio; focus: where it is looked at; detail: what a macro looks at."""

    parts: tuple[Part, ...]
    points: NDArray[Any]
    focus: Vec3
    detail: Vec3


def placed(product: Product, floor: float) -> Placed:
    """`product` at its size in the room, standing on `floor`."""
    scale, lift = _placing(product, floor)
    parts = tuple(Part(p.mesh.moved(translation=lift, scale=scale), p.material, p.thin, p.emission) for p in product.parts)
    points = np.concatenate([p.mesh.vertices[:: max(len(p.mesh.vertices) // 4000, 1)] for p in parts]) if parts else np.zeros((0, 3))
    focus, detail = (_vec(np.asarray(point) * scale + lift) for point in (product.focus, product.details[0]))
    return Placed(parts, points, focus, detail)


def aimed(spec: SceneSpec, at: Placed, floor: float) -> Camera:
    """The camera that sees it as `spec` asks; with nothing there, the set alone."""
    aspect = spec.width / spec.height
    if not at.parts:
        return frame_set(spec.framing, floor, aspect)
    return frame(spec.framing, at.points, at.focus, at.detail, aspect, spec.fill)


# The shots of an ad show one product in one set: what a worker built for the last of them serves the next. Both are functions of their
# arguments, and nothing that reads a part writes to it.
@lru_cache(maxsize=2)
def _built_set(name: str, palette: Palette, options: Options, seed: int) -> StudioSet:
    return SETS[name](palette, options, drawn(seed, "set"))


@lru_cache(maxsize=2)
def _built_product(turned: Look, look: Look) -> Product:
    """`turned` is what is built; the chance in it is `look`'s, so that it is the same thing from every side."""
    return ARCHETYPES[turned.archetype].build(turned, drawn_by_look(look))


def _turned(look: Look, azimuth_deg: float) -> Look:
    """A photographer turns a round thing until its label can be read; the rest of it does not care."""
    if not ARCHETYPES[look.archetype].round:
        return look
    return replace(look, spin_deg=look.spin_deg + TURN * azimuth_deg)


def _placing(product: Product, floor: float) -> tuple[float, NDArray[Any]]:
    if not product.parts:
        return 1.0, np.array([0.0, floor, 0.0])
    low = np.min([p.mesh.bounds()[0] for p in product.parts], axis=0)
    high = np.max([p.mesh.bounds()[1] for p in product.parts], axis=0)
    scale = PRODUCT_SIZE / float((high - low)[:2].max())
    middle = (low + high) / 2 * scale
    return scale, np.array([-middle[0], floor - low[1] * scale + 0.001, -middle[2] * 0.5])


def _vec(v: NDArray[Any]) -> Vec3:
    x, y, z = (float(c) for c in v)
    return (x, y, z)
