"""Videos that are worthless whatever else they score: black, frozen, or flickering apart. Asked first, before anything is ranked.

Frozen videos win temporal_flickering, and black ones win nearly everything.
"""

from collections.abc import Callable, Mapping

from eval.scores import Degenerate, Score

# Choices: far outside anything that people would show, so that nothing that merely looks poor is thrown out.
BLACK_LEVEL = 12.0  # mean luma of 255
FROZEN_ERROR = 0.1 / 255  # mean difference to the frame before; FFmpeg's freezedetect asks 0.255 / 255
FLICKER_LEVEL = 12.0  # levels of brightness_flicker_v1
MOST = 0.9
ENCODED_STILL, NO_MOTION = 0.75, 0.02
"""An encoder refines a picture that stands still every few frames: so many repeat the one before, and no flow is found in the others."""


def degenerate(scores: Mapping[str, Score], fps: float) -> tuple[Degenerate, ...]:
    """What is wrong, from the per-frame values that were measured anyway; () when nothing is."""
    found = []
    dark = _share(scores, "brightness_v1", lambda level: level < BLACK_LEVEL)
    if dark >= MOST:
        found.append(Degenerate("black", f"{dark:.0%} of the frames are black."))
    still = _share(scores, "temporal_flickering", lambda value: 1 - value < FROZEN_ERROR)
    motion = scores.get("motion_amount_dis_v1")
    nothing_moves = motion is not None and motion.value is not None and motion.value < NO_MOTION
    if still >= MOST or (still >= ENCODED_STILL and nothing_moves):
        found.append(Degenerate("frozen", f"{still:.0%} of the frames repeat the one before: nothing moves."))
    flicker = scores.get("brightness_flicker_v1")
    if flicker and flicker.value is not None and flicker.value > FLICKER_LEVEL:
        found.append(
            Degenerate("flicker", f"Brightness jumps by {flicker.value:.0f} levels from frame to frame, at {fps:.0f} frames a second.")
        )
    return tuple(found)


def _share(scores: Mapping[str, Score], name: str, applies: Callable[[float], bool]) -> float:
    values = scores[name].per_frame if name in scores else ()
    return sum(map(applies, values)) / len(values) if values else 0.0
