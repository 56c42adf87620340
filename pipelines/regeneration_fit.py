"""How a new clip fits between its neighbours: how far the colours lie apart at both cuts, and the correction that brings them together.

Looks at the clips themselves at either side of each cut, with the corrections and looks they have; renders nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import numpy as np

from models.media.video_file import VideoReader
from pipelines.color_match import SHORT_SIDE, Samples, between, pixels
from pipelines.correction import UNASKED, Correction, Limits
from pipelines.enhancement import KIN, LIKE_ENOUGH
from pipelines.enhancement_edges import LOOKS, WINDOW_S, Edge, jump
from pipelines.grade_correction import correct
from pipelines.regeneration import Gap, Neighbour

Side = Literal["before", "after"]


@dataclass(frozen=True)
class CutFit:
    """One cut beside the new clip. delta_e: CIELAB distance of the mean colours as it was made; matched: with the correction."""

    side: Side
    delta_e: float
    matched: float


@dataclass(frozen=True)
class Fit:
    """cuts: of the neighbours there are. correction: what draws the clip towards them, Correction() for none. note: why there is none
    although it was asked for, "" otherwise."""

    cuts: tuple[CutFit, ...]
    correction: Correction
    note: str = ""


def fit_of(
    clip: Path,
    gap: Gap,
    root: Path,
    grade: str,
    fps: int,
    *,
    match: bool = True,
    spared: Sequence[str] = (),
    limits: Limits = UNASKED,
) -> Fit:
    """Measure `clip` in its slot, and match it. root: the folder of the neighbours' media. spared: brand colours ("#RRGGBB"), which the
    correction leaves alone. Raises MediaError."""
    window = window_of(gap.n_frames, fps)
    sides: list[tuple[Side, Edge, Edge]] = []
    if gap.before is not None:
        its = neighbour_edge(gap.before, root, grade, fps, at_end=True)
        sides.append(("before", its, edge_at(clip, gap.head, window, fps, (gap.look, grade))))
    if gap.after is not None:
        its = neighbour_edge(gap.after, root, grade, fps, at_end=False)
        sides.append(("after", its, edge_at(clip, gap.head + gap.n_frames - window, window, fps, (gap.look, grade))))
    plain = [jump(theirs, own) for _, theirs, own in sides]
    chosen, note = Correction(), ""
    if match and sides:
        chosen = correction_between([theirs for _, theirs, _ in sides], [own for _, _, own in sides], spared, limits)
        if chosen.unchanging:
            note = "Its colours were left as they were made: they fit, or share too little with the clips beside it to be matched."
    after = [
        jump(theirs, own.corrected(chosen)) if not chosen.unchanging else delta
        for (_, theirs, own), delta in zip(sides, plain, strict=True)
    ]
    cuts = tuple(CutFit(side, round(was, 2), round(now, 2)) for (side, _, _), was, now in zip(sides, plain, after, strict=True))
    return Fit(cuts, chosen, note)


def correction_between(theirs: Sequence[Edge], own: Sequence[Edge], spared: Sequence[str] = (), limits: Limits = UNASKED) -> Correction:
    """What draws `own` edges towards `theirs`, each beside the other; Correction() where it would not bring them nearer together."""
    found = between(
        np.concatenate([edge.pixels for edge in theirs]), np.concatenate([edge.pixels for edge in own]), amount=1.0, limits=limits, kin=KIN
    )
    found = replace(found, spared=tuple(spared)) if not found.unchanging else found
    was = sum(jump(one, other) for one, other in zip(theirs, own, strict=True))
    now = sum(jump(one, other.corrected(found)) for one, other in zip(theirs, own, strict=True))
    return found if not found.unchanging and now < LIKE_ENOUGH * was else Correction()


def window_of(n_frames: int, fps: int) -> int:
    """Frames of a clip of so many that are looked at beside a cut."""
    return max(1, min(round(WINDOW_S * fps), n_frames))


def neighbour_edge(neighbour: Neighbour, root: Path, grade: str, fps: int, *, at_end: bool, media: Path | None = None) -> Edge:
    """The side of a neighbour that meets the slot, as it is corrected. media: its file, where that is not in `root` by its name."""
    window = max(1, round(WINDOW_S * fps))
    first = max(0, neighbour.frame - window + 1) if at_end else neighbour.frame
    edge = edge_at(media or root / neighbour.media, first, window, fps, (neighbour.look, grade))
    y, u, v = edge.pixels.T
    return replace(edge, pixels=np.stack(correct(neighbour.correction, y, u, v), -1).astype(np.float32))


def edge_at(media: Path, first: int, count: int, fps: int, looks: tuple[str, ...]) -> Edge:
    """Small frames of `media` from `first` on, as it was made."""
    with VideoReader(media) as reader:
        scale = SHORT_SIDE / min(reader.width, reader.height)
        size = (2 * max(1, round(reader.width * scale / 2)), 2 * max(1, round(reader.height * scale / 2)))
        every = max(1, count // LOOKS)
        seen: list[Samples] = [pixels(planes) for n, planes in enumerate(reader.planes(first, count, fps=fps, size=size)) if n % every == 0]
    return Edge(np.concatenate(seen), looks)
