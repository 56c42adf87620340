"""The Gallery tab: every ad of the person, to look through, find, fetch and remove. All of it is the island."""

from typing import Any

from studio.ui.islands import island
from studio.words import teams
from studio.words.gallery import WORDS


def build(page: dict[str, Any]) -> None:
    """Put the tab's content into the open Gradio context. page: studio.words.page()."""
    island("gallery", {"name": page["name"], "words": WORDS, "teams": teams.GALLERY})
