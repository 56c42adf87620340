"""Draws the clips of one ad together: what the hero shot's set looks like, what each other clip's looks like, and the small
correction between them. It looks at each clip where its light is on, and knows nothing of grades and cuts.

Only what looks like the hero's own set counts (pixels of about its colour): a macro of a red shoe is red because of the shoe,
and must not be cooled for it. A clip that shows little of the set is corrected less, and so is one from much nearer or further,
which sees something else. Grey "before" scenes are the story's and are left alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.asks import ShotSize
from models.media.video_file import VideoReader
from pipelines.clips import ShotMedia
from pipelines.correction import UNASKED, Correction, Limits
from pipelines.grade_correction import MID, window
from pipelines.scene_plan import ScenePlan, Shot

Samples = NDArray[np.float32]

AMOUNT = 0.6  # of the difference between shots of one size: what is left is the shot's own
SIZES: tuple[ShotSize, ...] = ("wide", "full", "medium", "close", "macro")
BY_DISTANCE = (1.0, 0.75, 0.5, 0.25, 0.1)  # of that, by how many sizes lie between the shots
ALIKE = 12.0  # codes of chroma: how far casts of one set lie apart when nothing went wrong
ENOUGH = 0.25  # of the picture must be the set for a whole correction
LEAST = 0.04  # with less of it to be seen nothing is known of the set
USUAL_LUMA, USUAL_CAST = 5.0, 1.2  # codes by which two pictures of one set differ anyway
LOOKED_AT = (0.7,)  # of the shot, when the light is on; decoding is what measuring costs, and within a shot the set hardly changes
UNSEEN = Correction(0.5, 1.01, 0.4, 0.4)  # no more than this cannot be seen, and is not worth a table
SHORT_SIDE = 48  # pixels are averaged down to this


@dataclass(frozen=True)
class Cast:
    """What a clip's set looks like: mean and spread of luma, mean chroma (limited-range codes), and its share of the picture."""

    luma: float
    spread: float
    cb: float
    cr: float
    share: float


def match_clips(plan: ScenePlan, media: Sequence[ShotMedia]) -> dict[str, Correction]:
    """The correction of each shot that needs one, by its id. Raises MediaError when a clip cannot be read."""
    lit = [(shot, made.clip.path) for shot, made in zip(plan.shots, media, strict=True) if shot.look == "none"]
    hero = next((i for i, (shot, _) in enumerate(lit) if shot.start >= plan.hero_frame), None)
    if hero is None or len(lit) < 2:
        return {}
    samples = [look_at(path, shot) for shot, path in lit]
    size = SIZES.index(lit[hero][0].framing.size)
    near = {shot.id: BY_DISTANCE[abs(SIZES.index(shot.framing.size) - size)] for shot, _ in lit}
    found = {shot.id: between(samples[hero], own, near[shot.id]) for (shot, _), own in zip(lit, samples, strict=True)}
    return {id: correction for id, correction in found.items() if correction != Correction()}


def look_at(path: Path, shot: Shot) -> Samples:
    """(n, 3) y, u, v of small frames of the clip's shown part, at LOOKED_AT."""
    with VideoReader(path) as reader:
        scale = SHORT_SIDE / min(reader.width, reader.height)
        size = (2 * round(reader.width * scale / 2), 2 * round(reader.height * scale / 2))
        frames = [shot.head + int(part * (shot.n_frames - 1)) for part in LOOKED_AT]
        return np.concatenate([pixels(planes) for planes in reader.glimpses(frames, size=size)])


def between(
    hero: Samples, clip: Samples, alike: float = 1.0, amount: float = AMOUNT, limits: Limits = UNASKED, kin: float = ALIKE
) -> Correction:
    """What draws `clip` towards `hero`: `amount` of the difference beyond the usual, times `alike` (0..1), within `limits`; nothing
    where there is no such difference. kin: codes of chroma within which a colour may be the same set under another cast."""
    set_colour = np.median(hero[:, 1:], axis=0)
    wanted, own = _cast(hero, set_colour, kin), _cast(clip, set_colour, kin)
    amount = amount * alike * min(1.0, own.share / ENOUGH, wanted.share / ENOUGH)
    if not amount:
        return Correction()
    luma = amount * _beyond(wanted.luma - own.luma, USUAL_LUMA)
    spread = amount * _beyond(wanted.spread - own.spread, USUAL_LUMA)
    gain = Correction(gain=1 + spread / max(own.spread, 1.0)).bounded(limits).gain
    reach = max(float(window(np.array(own.luma))), 0.25)
    offset = luma / reach - (gain - 1) * (own.luma - MID)
    cb, cr = (amount * _beyond(difference, USUAL_CAST) for difference in (wanted.cb - own.cb, wanted.cr - own.cr))
    found = Correction(offset, gain, cb, cr).bounded(limits)
    unseen = abs(found.offset) < UNSEEN.offset and abs(found.gain - 1) < UNSEEN.gain - 1
    return Correction() if unseen and max(abs(found.cb), abs(found.cr)) < UNSEEN.cb else found


def _beyond(difference: float, usual: float) -> float:
    """What of a difference is more than usual, with its sign."""
    return float(np.sign(difference)) * max(0.0, abs(difference) - usual)


def _cast(samples: Samples, set_colour: NDArray[np.float32], kin: float) -> Cast:
    """The part of the picture whose colour is about `set_colour`, found by walking towards the middle of its own kind."""
    centre, share = set_colour, 0.0
    weight = np.ones(len(samples), np.float32)
    for step in range(4):
        weight = np.exp(-((samples[:, 1:] - centre) ** 2).sum(1) / (2 * kin**2))
        share = float(weight.mean()) if step == 0 else share  # later steps may have walked to something else
        if share < LEAST:
            return Cast(0.0, 0.0, 0.0, 0.0, 0.0)
        centre = (weight[:, None] * samples[:, 1:]).sum(0) / weight.sum()
    luma = float((weight * samples[:, 0]).sum() / weight.sum())
    spread = float(np.sqrt((weight * (samples[:, 0] - luma) ** 2).sum() / weight.sum()))
    return Cast(luma, spread, float(centre[0]), float(centre[1]), share)


def pixels(planes: tuple[NDArray[np.uint8], NDArray[np.uint8], NDArray[np.uint8]]) -> Samples:
    """One row per chroma sample, with the luma of its four pixels averaged."""
    y, u, v = planes
    small = y.reshape(u.shape[0], 2, u.shape[1], 2).mean((1, 3))
    return np.stack([small, u, v], -1).reshape(-1, 3).astype(np.float32)
