"""What an edit shows, worked out without the studio: its timeline read as JSON, films decoded by PyAV, grade and transitions by their
formulas in numpy. A second opinion on exports.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from math import floor
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

from tests.studio.blend_formulas import BLENDS, Field

Shown = tuple[str, int]
"""A file, as the timeline names it, and its frame."""


@dataclass(frozen=True)
class Blend:
    """A frame within a transition: it is the k-th of n. looks: of the two clips."""

    before: Shown
    after: Shown
    name: str
    k: int
    n: int
    looks: tuple[str, str]


def blends(timeline: str) -> dict[int, Blend]:
    """Every blended frame of the film, by its number."""
    wanted, found, at, before, fade = shown(timeline), {}, 0, {}, {}
    for item in _track(timeline)["children"]:
        if item["OTIO_SCHEMA"].startswith("Transition"):
            fade = item
            continue
        if fade:
            n = int(fade["in_offset"]["value"] + fade["out_offset"]["value"])
            looks = _look(before), _look(item)
            for k in range(n):
                frame = at - int(fade["in_offset"]["value"]) + k
                found[frame] = Blend(*wanted[frame], fade["name"], k, n, looks)
        at += int(item["source_range"]["duration"]["value"])
        before, fade = item, {}
    return found


def looks(timeline: str) -> list[str]:
    """For each frame the look of the clip whose slot it is in, "" in a gap."""
    return [
        "" if item["OTIO_SCHEMA"].startswith("Gap") else _look(item)
        for item in _track(timeline)["children"]
        if not item["OTIO_SCHEMA"].startswith("Transition")
        for _ in range(int(item["source_range"]["duration"]["value"]))
    ]


def lettered(timeline: str) -> set[int]:
    """The frames on which some title stands."""
    found: set[int] = set()
    for track in json.loads(timeline)["tracks"]["children"]:
        at = 0
        for item in track["children"] if track["name"].startswith("Text") else ():
            n = int(item["source_range"]["duration"]["value"])
            found |= set(range(at, at + n)) if item["OTIO_SCHEMA"].startswith("Clip") else set()
            at += n
    return found


def shown(timeline: str) -> list[list[Shown]]:
    """For each frame of the film what it shows: one picture, two within a transition, none in a black gap."""
    track = _track(timeline)
    film: list[list[Shown]] = []
    half, before = 0, {}
    for item in track["children"]:
        if item["OTIO_SCHEMA"].startswith("Transition"):
            half = int(item["in_offset"]["value"])
            continue
        n = int(item["source_range"]["duration"]["value"])
        now = [_frame(item, k) for k in range(n)]
        for k in range(half):  # both sides lend what lies beyond the cut
            film[k - half] += _frame(item, k - half)
            now[k] = _frame(before, int(before["source_range"]["duration"]["value"]) + k) + now[k]
        film += now
        half, before = 0, item
    return film


def _track(timeline: str) -> dict[str, Any]:
    (track,) = (one for one in json.loads(timeline)["tracks"]["children"] if one["kind"] == "Video")
    return dict(track)


def _look(item: Mapping[str, Any]) -> str:
    return str(item["metadata"]["ad_studio"]["look"])


def _frame(item: dict[str, Any], k: int) -> list[Shown]:
    """What frame k of a clip shows, counted from its cut."""
    if item["OTIO_SCHEMA"].startswith("Gap"):
        return []
    start = float(item["source_range"]["start_time"]["value"])
    speed = next((effect["time_scalar"] for effect in item["effects"] if effect["OTIO_SCHEMA"].startswith("LinearTimeWarp")), 1.0)
    return [(item["media_references"]["DEFAULT_MEDIA"]["target_url"], floor(round(start + k * speed, 6) + 0.5))]


def pictures(film: Path) -> NDArray[np.float32]:
    """(frames, values): every picture at a quarter of its pixels, without its mean and at unit length, so that a grade counts little."""
    with av.open(str(film)) as container:
        seen = [frame.to_ndarray(format="rgb24")[::2, ::2].reshape(-1) for frame in container.decode(video=0)]
    found = np.stack(seen).astype(np.float32)
    found -= found.mean(axis=1, keepdims=True)
    return found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-6)


def planes(film: Path) -> list[Field]:
    """Every picture as luma and both chromas of one size, 8-bit BT.709 values: (3, height, width)."""
    with av.open(str(film)) as container:
        return [frame.to_ndarray(format="yuv444p").astype(np.float32) for frame in container.decode(video=0)]


def neutral(picture: Field, vignette: float = 0.25) -> Field:
    """The grade "neutral" and the lens: an S of 5 % around 0.42 in R'G'B', and cos^4 over an ellipse, which takes 45 % of its strength off
    the corners."""
    y, u, v = (picture[0] - 16) / 219, (picture[1] - 128) / 224, (picture[2] - 128) / 224
    red, blue = y + 1.5748 * v, y + 1.8556 * u
    green = (y - 0.2126 * red - 0.0722 * blue) / 0.7152
    pivot, power = 0.42, 1.05
    curved = [
        np.where(
            one < pivot, pivot * np.clip(one / pivot, 0, 1) ** power, 1 - (1 - pivot) * np.clip((1 - one) / (1 - pivot), 0, 1) ** power
        )
        for one in (red, green, blue)
    ]
    y = 0.2126 * curved[0] + 0.7152 * curved[1] + 0.0722 * curved[2]
    height, width = y.shape
    half = max(width, height) / 2
    across, down = (0.35 * half + 0.65 * side / 2 for side in (width, height))
    x, z = np.abs(np.arange(width) + 0.5 - width / 2) / across, np.abs(np.arange(height) + 0.5 - height / 2) / down
    away = np.hypot(x[None, :], z[:, None]) / np.hypot(width / 2 / across, height / 2 / down)
    shade = 1 - 0.45 * vignette * (1 - np.cos(away * np.pi / 3) ** 4) / (1 - 0.5**4)
    return np.stack([16 + 219 * y * shade, 128 + 224 * (curved[2] - y) / 1.8556 * shade, 128 + 224 * (curved[0] - y) / 1.5748 * shade])


def blended(blend: Blend, a: Field, b: Field, k: int) -> Field:
    """Frame k of its transition from picture a to b, both graded."""
    return BLENDS[blend.name](a, b, (k + 0.5) / blend.n)


def apart(a: Field, b: Field) -> float:
    """How far two pictures are from each other: the mean difference of their luma in blocks of 4 x 4, where grain is hardly left."""
    height, width = (side // 4 * 4 for side in a[0].shape)
    d = (a[0] - b[0])[:height, :width].reshape(height // 4, 4, width // 4, 4).mean((1, 3))
    return float(np.abs(d).mean())
