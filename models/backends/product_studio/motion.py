"""A still set in motion: its layers seen by a moving camera, frame after frame, straight into an H.264 file.

Frames are made as the planes the encoder wants (4:2:0): half the work of RGB, and blending is linear either way. Every
position is sub-pixel; the move is fitted to the canvas beforehand, so no frame ever sees past its edge.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from models.asks import Move
from models.backends.product_studio.camera import Camera
from models.backends.product_studio.falling import Falling
from models.backends.product_studio.focus import Defocus
from models.backends.product_studio.keyframe import SOFT
from models.backends.product_studio.layers import Layers
from models.backends.product_studio.parallax import Grid, Warp, pixel_maps
from models.backends.product_studio.paths import path
from models.backends.product_studio.relight import Reveal
from models.backends.product_studio.shimmer import WET, Shimmer
from models.backends.product_studio.spec import Air
from models.media.planes import Planes, rgb_to_planes
from models.media.video_file import VideoWriter

Plane = NDArray[Any]
Report = Callable[[float, str], None]
SOFT_REACH = 3.0
"""A picture that is out of focus has no detail to lose and little to look at: the camera comes that much nearer."""


@dataclass(frozen=True, eq=False)
class Sheet:
    """One layer ready to be warped: luma, chroma (u and v side by side), coverage of both (None: it covers everything)."""

    luma: Plane
    chroma: Plane
    alpha: Plane | None = None
    alpha_half: Plane | None = None

    @staticmethod
    def of(picture: NDArray[Any], alpha: Plane | None = None) -> "Sheet":
        """From (H, W, 3) sRGB with even sides, and coverage (H, W)."""
        y, u, v = rgb_to_planes(picture)
        half = None if alpha is None else cv2.resize(alpha, (u.shape[1], u.shape[0]), interpolation=cv2.INTER_AREA)
        return Sheet(y, np.dstack([u, v]), alpha, half)

    def mixed(self, other: "Sheet", amount: float) -> "Sheet":
        """Between this sheet (0) and another of the same size (1)."""

        def mix(a: Plane, b: Plane) -> Plane:
            return cv2.addWeighted(a, 1 - amount, b, amount, 0)

        both = self.alpha is not None and other.alpha is not None
        return Sheet(
            mix(self.luma, other.luma),
            mix(self.chroma, other.chroma),
            mix(self.alpha, other.alpha) if both else None,  # type: ignore[arg-type]
            mix(self.alpha_half, other.alpha_half) if both else None,  # type: ignore[arg-type]
        )


def film(
    layers: Layers,
    move: Move,
    strength: float,
    n_frames: int,
    fps: int,
    file: Path,
    report: Report,
    reveal: Reveal | None = None,
    variant: int = 0,
    air: Air = "",
) -> None:
    """Write exactly `n_frames` of the camera move over `layers`. reveal: how the lights come up, for a light reveal. variant: which
    performance of the move. air: what drifts through the picture; water moves by itself."""
    background, product = Warp(layers.camera, layers.canvas, layers.plate_depth), Warp(layers.camera, layers.canvas, layers.product_depth)
    x0, y0, x1, y1 = layers.box
    cropped = x1 > x0 and (x0 <= 0 or y0 <= 0 or x1 >= layers.canvas.size[0] or y1 >= layers.canvas.size[1])

    def fits(camera: Camera) -> bool:  # a product that runs off the canvas must not show where it was cut off
        return background.reaches(camera) and (not cropped or product.reaches(camera))

    further = SOFT_REACH if layers.spec.framing.focus_blur > SOFT else 1.0
    camera_at = path(layers.camera, move, strength, layers.convex, fits, seconds=n_frames / fps, variant=variant, further=further)
    stack = _Stack(layers, Defocus(layers) if move == "rack_focus" else None)
    stack.water = Shimmer(layers) if layers.spec.set in WET else None
    stack.air = Falling(air, layers, n_frames / fps) if air else None
    with VideoWriter(file, layers.canvas.width, layers.canvas.height, fps, "intermediate", threads=1) as writer:
        for k in range(n_frames):
            if k % 8 == 0:
                report(k / n_frames, f"Moving the camera {k}/{n_frames}")
            t = k / max(n_frames - 1, 1)
            writer.write_planes(*stack.frame(camera_at(t), t, background, product, reveal, k / fps))


class _Stack:
    """The two sheets of a still, and how they are laid over each other in a moved camera's frame."""

    water: Shimmer | None = None
    air: Falling | None = None

    def __init__(self, layers: Layers, defocus: Defocus | None) -> None:
        self._canvas, self._box, self._defocus = layers.canvas, layers.box, defocus
        x0, _, x1, _ = layers.box
        self._has_product = x1 > x0
        if defocus is None:
            self._backs = [Sheet.of(layers.background)]
            self._fronts = [Sheet.of(layers.product, layers.alpha)] if self._has_product else []
        else:
            self._backs = [Sheet.of(picture) for picture in defocus.backgrounds]
            self._fronts = [Sheet.of(*pair) for pair in defocus.products] if self._has_product else []

    def frame(self, camera: Camera, t: float, background: Warp, product: Warp, reveal: Reveal | None, seconds: float) -> Planes:
        """(y, u, v) of one frame, at share t of the shot."""
        behind = background.grid(camera)
        if self.water is not None:
            behind = self.water.moved(behind, seconds)
        y, uv = self._warped(self._sheet(self._backs, t), behind)
        light = 1.0
        if reveal is not None:
            gain = reveal.background_gain(t)
            light = float(gain.mean())
            _shade(y, uv, gain, self._at(behind))
        if self.air is not None:
            self.air.lay_over(y, uv, seconds, behind=True, light=light)
        if self._has_product:
            ahead = product.grid(camera)
            part = self._part(ahead)
            if part is not None:
                self._lay_over(y, uv, self._sheet(self._fronts, t), ahead, part, reveal, t)
        if self.air is not None:
            self.air.lay_over(y, uv, seconds, behind=False, light=light)
        return y, np.ascontiguousarray(uv[..., 0]), np.ascontiguousarray(uv[..., 1])

    def _sheet(self, levels: list[Sheet], t: float) -> Sheet:
        if self._defocus is None:
            return levels[0]
        level, between = self._defocus.level(t)
        return levels[level] if between < 0.004 else levels[level].mixed(levels[level + 1], between)

    def _warped(self, sheet: Sheet, grid: tuple[Grid, Grid]) -> tuple[Plane, Plane]:
        y = cv2.remap(sheet.luma, *pixel_maps(grid, self._canvas), cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        uv = cv2.remap(sheet.chroma, *pixel_maps(grid, self._canvas, 2), cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        return y, uv

    def _lay_over(
        self, y: Plane, uv: Plane, sheet: Sheet, grid: tuple[Grid, Grid], part: tuple[int, int, int, int], reveal: Reveal | None, t: float
    ) -> None:
        assert sheet.alpha is not None
        assert sheet.alpha_half is not None
        x0, y0, x1, y1 = part
        corner = (self._box[0], self._box[1])
        full = pixel_maps(grid, self._canvas, 1, corner, part)
        half_part = (x0 // 2, y0 // 2, x1 // 2, y1 // 2)
        half = pixel_maps(grid, self._canvas, 2, corner, half_part)
        luma = cv2.remap(sheet.luma, *full, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        chroma = cv2.remap(sheet.chroma, *half, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        alpha = cv2.remap(sheet.alpha, *full, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=0)
        alpha_half = cv2.remap(sheet.alpha_half, *half, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=0)
        if reveal is not None:
            _shade(luma, chroma, reveal.product_gain(t), self._at(grid), part, (self._canvas.width, self._canvas.height))
        _blend(y[y0:y1, x0:x1], luma, alpha)
        _blend(uv[half_part[1] : half_part[3], half_part[0] : half_part[2]], chroma, cv2.merge([alpha_half, alpha_half]))

    def _part(self, grid: tuple[Grid, Grid]) -> tuple[int, int, int, int] | None:
        """Frame pixels (even) that can show the product."""
        canvas, (x0, y0, x1, y1) = self._canvas, self._box
        rows, columns = grid[0].shape[0] - 2, grid[0].shape[1] - 2
        at_x, at_y = grid[0] * canvas.width + canvas.left, grid[1] * canvas.height + canvas.top
        seen = (at_x >= x0 - 1) & (at_x <= x1 + 1) & (at_y >= y0 - 1) & (at_y <= y1 + 1)
        if not seen.any():
            return None
        lines, pillars = np.flatnonzero(seen.any(1)), np.flatnonzero(seen.any(0))
        left, right = ((pillars[k] + d - 0.5) * canvas.width / columns for k, d in ((0, -1.5), (-1, 1.5)))
        top, bottom = ((lines[k] + d - 0.5) * canvas.height / rows for k, d in ((0, -1.5), (-1, 1.5)))
        return (
            max(int(left) // 2 * 2, 0),
            max(int(top) // 2 * 2, 0),
            min(int(right + 2) // 2 * 2, canvas.width),
            min(int(bottom + 2) // 2 * 2, canvas.height),
        )

    def _at(self, grid: tuple[Grid, Grid]) -> tuple[Grid, Grid]:
        """The grid in canvas shares 0..1, for looking up coarse gains."""
        canvas = self._canvas
        return (
            (grid[0] * np.float32(canvas.width) + canvas.left) / np.float32(canvas.size[0]),
            (grid[1] * np.float32(canvas.height) + canvas.top) / np.float32(canvas.size[1]),
        )


def _blend(under: Plane, over: Plane, alpha: Plane) -> None:
    """`over` laid on `under` in place."""
    shown = cv2.multiply(over, alpha, scale=1 / 255)
    kept = cv2.multiply(under, cv2.bitwise_not(alpha), scale=1 / 255)
    under[...] = cv2.add(shown, kept)


def _shade(
    y: Plane,
    uv: Plane,
    gain: Grid,
    at: tuple[Grid, Grid],
    part: tuple[int, int, int, int] | None = None,
    frame: tuple[int, int] | None = None,
) -> None:
    """Dim planes in place by a coarse gain (0..1, over the canvas) looked up where each frame pixel comes from."""
    rows, columns = gain.shape
    finer = [cv2.resize(g, None, fx=2, fy=2, interpolation=cv2.INTER_LINEAR) for g in at]
    coarse = cv2.remap(
        gain, finer[0] * columns - np.float32(0.5), finer[1] * rows - np.float32(0.5), cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    inner = coarse[2:-2, 2:-2]
    h, w = y.shape
    if part is not None and frame is not None:
        whole = cv2.resize(inner, frame, interpolation=cv2.INTER_LINEAR)
        field = whole[part[1] : part[3], part[0] : part[2]]
    else:
        field = cv2.resize(inner, (w, h), interpolation=cv2.INTER_LINEAR)
    strength = (np.clip(field, 0, 1) * 255 + 0.5).astype(np.uint8)
    y[...] = cv2.multiply(np.maximum(y, 16) - np.uint8(16), strength, scale=1 / 255) + np.uint8(16)
    half = cv2.resize(field, (uv.shape[1], uv.shape[0]), interpolation=cv2.INTER_AREA)[..., None]
    uv[...] = np.clip((uv.astype(np.float32) - 128) * half + 128.5, 0, 255).astype(np.uint8)
