"""The Profile tab: who is here, what was made and spent, with whom one works, what this installation can do. All of it is the island."""

from typing import Any

from studio.ui.islands import island
from studio.words.profile import WORDS
from studio.words.teams import WORDS as TEAMS


def build(page: dict[str, Any]) -> None:
    """Put the tab's content into the open Gradio context. page: studio.words.page()."""
    island("profile", {"name": page["name"], "words": WORDS, "teams": TEAMS})
