"""The effects of a piece that was composed before, put at other moments: the music stays, and they sound in its key and chords."""

from collections.abc import Callable
from dataclasses import replace

from models.asks import SoundAsk
from models.backends.sound_studio.arrange import plan
from models.backends.sound_studio.cues import effects_stem, find_cues
from models.backends.sound_studio.signals import Sound


def moved_effects(
    composed: SoundAsk,
    duration_s: float,
    cuts_s: tuple[float, ...],
    hero_s: float | None,
    final_s: float | None,
    check: Callable[[], None] = lambda: None,
) -> Sound:
    """The effects stem, (round(duration_s * 48000), 2), of a picture whose cuts are elsewhere now.

    composed: what the music was made for. A moment that is None is not there any more. What did not move sounds as it did. check() is
    called before each effect and may raise. Raises KeyError for an unknown mood.
    """
    score = plan(composed)
    ask = replace(composed, duration_s=duration_s, cuts_s=cuts_s, hero_s=hero_s, final_s=final_s)
    moved = replace(score, ask=ask, hero_s=hero_s, final_s=duration_s if final_s is None else final_s)
    return effects_stem(moved, find_cues(moved), check)
