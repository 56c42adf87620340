"""What an edit shows, worked out without the studio: its timeline read as JSON, films decoded by PyAV. A second opinion on exports."""

import json
from math import floor
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

Shown = tuple[str, int]
"""A file, as the timeline names it, and its frame."""


def shown(timeline: str) -> list[list[Shown]]:
    """For each frame of the film what it shows: one picture, two within a transition, none in a black gap."""
    (track,) = (one for one in json.loads(timeline)["tracks"]["children"] if one["kind"] == "Video")
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
