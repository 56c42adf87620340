"""How an ask is made by a model that knows only some lengths, rates and sizes. Numbers in, numbers and sentences out; nothing is loaded.

rate      the asked one where the model listens to it, else its own; pictures in between are calculated afterwards
length    rounded up to what the model makes, and cut; towards a last picture it is stretched instead, so that the clip ends there
longer    several stretches, each beginning with the last picture of the one before
size      the asked shape at the area that the model was trained for; scaled to what was asked afterwards
"""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, log, sqrt

from models.asks import VideoAsk
from models.backends.diffusers_video.family import Family

LARGER = Fraction(102, 100)
FASTER = Fraction(102, 100)


@dataclass(frozen=True)
class Shoot:
    """width, height, fps: of what the model makes. stretches: frames in each; of all but the first, the first is not shown.

    positions: for each frame of the clip, which one of those made it is, in between where it is not whole. notes: what to say of it.
    """

    width: int
    height: int
    fps: int
    stretches: tuple[int, ...]
    positions: tuple[Fraction, ...]
    notes: tuple[str, ...]

    @property
    def n_frames(self) -> int:
        """Different frames that are made."""
        return sum(count - 1 for count in self.stretches) + 1


def shoot_of(ask: VideoAsk, family: Family) -> Shoot:
    """The shoot of `ask`."""
    fps = ask.fps if family.rates and family.rates[0] <= ask.fps <= family.rates[1] else family.fps
    width, height = native_size(ask.width, ask.height, family)
    wanted = Fraction((ask.n_frames - 1) * fps, ask.fps)
    stretches = _stretches(ceil(wanted), family)
    made = sum(count - 1 for count in stretches)
    pace = Fraction(fps, ask.fps)
    if ask.last_still is not None and ask.n_frames > 1:
        pace = Fraction(made, ask.n_frames - 1)
    positions = tuple(i * pace for i in range(ask.n_frames))
    notes = (*_of_size(ask, width, height, family), *_of_length(ask, fps, stretches, family), *_of_pace(ask, fps, pace, positions, family))
    return Shoot(width, height, fps, stretches, positions, notes)


def native_size(width: int, height: int, family: Family) -> tuple[int, int]:
    """(width, height) nearest in shape to what was asked, at its area or the nearest that the family was trained for."""
    area = min(max(width * height, family.least_pixels), family.most_pixels)
    step = family.multiple
    ideal = sqrt(area * width / height)

    def distance(size: tuple[int, int]) -> float:
        return abs(log(size[0] / size[1] * height / width)) + 0.2 * abs(log(size[0] * size[1] / area))

    near = range(max(1, int(ideal / step) - 2), int(ideal / step) + 4)
    sizes = [(w * step, max(1, h) * step) for w in near for k in (w * height / width,) for h in {int(k), ceil(k)}]
    fitting = [size for size in sizes if size[0] * size[1] <= family.most_pixels]
    return min(fitting or sizes, key=distance)


def _stretches(intervals: int, family: Family) -> tuple[int, ...]:
    """Frames of each stretch so that at least `intervals` lie between the first and the last of all; as even as the rule allows."""
    longest = (family.most_frames - 1) // family.step
    steps = max(ceil(intervals / family.step), ceil((family.least_frames - 1) / family.step))
    parts = ceil(steps / longest)
    return tuple((steps // parts + (i < steps % parts)) * family.step + 1 for i in range(parts))


def _of_size(ask: VideoAsk, width: int, height: int, family: Family) -> tuple[str, ...]:
    scale = max(Fraction(ask.width, width), Fraction(ask.height, height))
    if scale > LARGER:
        return (f"{family.name} made the clip at {width}x{height}; it was enlarged to {ask.width}x{ask.height}.",)
    if (width, height) != (ask.width, ask.height):
        return (f"{family.name} made the clip at {width}x{height}; it was scaled to {ask.width}x{ask.height}.",)
    return ()


def _of_length(ask: VideoAsk, fps: int, stretches: tuple[int, ...], family: Family) -> tuple[str, ...]:
    notes = []
    if len(stretches) > 1:
        notes.append(
            f"{family.name} makes at most {family.most_frames} frames at once, so the clip was made in {len(stretches)} stretches, "
            f"each beginning with the last picture of the one before."
        )
    made = sum(count - 1 for count in stretches) + 1
    needed = ceil(Fraction((ask.n_frames - 1) * fps, ask.fps)) + 1
    if made != needed and ask.last_still is None:
        unseen = f"the last {made - needed} are" if made - needed > 1 else "the last one is"
        notes.append(f"{family.name} makes {family.step}k + 1 frames, so {made} were made at {fps} frames a second; {unseen} not shown.")
    return tuple(notes)


def _of_pace(ask: VideoAsk, fps: int, pace: Fraction, positions: tuple[Fraction, ...], family: Family) -> tuple[str, ...]:
    notes = []
    faster = pace / Fraction(fps, ask.fps)
    if faster > FASTER:
        notes.append(f"The clip plays {float(faster - 1):.0%} faster than {family.name} made it, so that it ends on the given picture.")
    between = sum(position.denominator > 1 for position in positions)
    if between:
        notes.append(
            f"{family.name} works at {fps} frames a second; {between} of the {ask.n_frames} pictures at {ask.fps} were calculated from the "
            f"motion between their neighbours."
            if fps != ask.fps
            else f"{between} of the {ask.n_frames} pictures were calculated from the motion between their neighbours."
        )
    return tuple(notes)
