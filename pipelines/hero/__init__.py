"""Hero frames: one picture that decides how everything after it looks (FR-036..038).

hero_brief.py       what a person asks for, checked
terms.py            lenses, lights, compositions, film stocks and moods, as photographers name them
hero_frames.py      the asks of four to eight candidates, each another reading of the same brief
cinematographer.py  a plain sentence completed as a cinematographer would, with one reason for every change
language_model.py   the same by a language model, and how its answer is checked
variations.py       one thing changed at a time: another light, another lens
"""

from pipelines.hero.cinematographer import direct_frame
from pipelines.hero.hero_brief import HeroBrief, read_hero_brief
from pipelines.hero.hero_frames import asks_for_frames
from pipelines.hero.variations import vary

__all__ = ["HeroBrief", "asks_for_frames", "direct_frame", "read_hero_brief", "vary"]
