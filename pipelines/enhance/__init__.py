"""Prompt optimisation: a person's sentence, completed so that more of it can be seen, with one reason for every change.

improve.py         who improves it, and what happens when a model fails
improved.py        the values
built_in.py        the built-in copywriter as a director; words.py has what it says
language_model.py  what a language model is asked, and how its answer is checked
effects.py         what a change of the prompt does to the ad
"""

from pipelines.enhance.improve import improve_prompt
from pipelines.enhance.improved import Change, Improved

__all__ = ["Change", "Improved", "improve_prompt"]
