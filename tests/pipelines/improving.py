"""Prompts as the tests of improving them ask for it."""

from typing import Any

from pipelines.brief import Brief, read_brief
from pipelines.enhance import Improved, improve_prompt
from pipelines.hints import read_hints

PROMPT = "Create a luxury watch ad for Instagram"


def brief_of(prompt: str, **fields: Any) -> Brief:
    return read_brief(prompt, **{"seed": len(prompt) % 5, **fields})


def improved(brief: Brief, model: Any = None) -> Improved:
    return improve_prompt(brief, read_hints(brief.prompt), model)
