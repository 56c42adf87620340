"""A hero frame set in motion: what the camera does, how fast, and what must not happen (FR-039).

motion_terms.py   moves, speeds, templates and what to keep out, as people choose them
motion_brief.py   what a person asks for, checked
hero_still.py     the hero frame as the still that a take begins with
takes.py          the asks of one to six takes of the same motion
changes.py        what tells one round of takes from the one before
proposals.py      what could be asked differently, field by field
remarks.py        what people say of a clip, and what to do about it
advisor.py        the same by a language model, and how its answer is checked
"""

from pipelines.motion.motion_brief import MotionBrief, read_motion_brief
from pipelines.motion.takes import asks_for_takes

__all__ = ["MotionBrief", "asks_for_takes", "read_motion_brief"]
