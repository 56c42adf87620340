"""From a motion brief and a still to the asks of its takes: the same motion, performed once more with another seed."""

from collections.abc import Sequence
from zlib import crc32

from models.asks import Still, Subject, VideoAsk
from pipelines.motion.motion_brief import MotionBrief


def asks_for_takes(brief: MotionBrief, still: Still, *, seed: int, subject: Subject | None = None, first: int = 0) -> tuple[VideoAsk, ...]:
    """One VideoAsk per take, `brief.takes` of them. seed: of the whole set. first: how many takes of this hero there are already, so
    that another round never repeats one."""
    width, height = even(still.width), even(still.height)
    return tuple(
        VideoAsk(
            prompt=brief.prompt,
            negative_prompt=brief.negative_prompt,
            width=width,
            height=height,
            n_frames=brief.n_frames,
            fps=brief.fps,
            seed=seed_of(seed, index),
            still=still,
            subject=subject,
            move=brief.move,
            strength=brief.strength,
            variant=index,
        )
        for index in range(first, first + brief.takes)
    )


def seed_of(seed: int, index: int) -> int:
    """The seed of the `index`-th take."""
    return crc32(f"{seed}/take/{index}".encode())


def seeds(asks: Sequence[VideoAsk]) -> tuple[int, ...]:
    """The seed of each."""
    return tuple(ask.seed for ask in asks)


def even(side: int) -> int:
    """The nearest even number below."""
    return side // 2 * 2
