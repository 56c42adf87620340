"""The Quality tab: what attempts, final versions and ads measured, and what iterating came to. All of it is the island."""

from typing import Any

from studio.ui.islands import island
from studio.words.quality import WORDS


def build(page: dict[str, Any]) -> None:
    """Put the tab's content into the open Gradio context. page: studio.words.page()."""
    island("dashboard", {"name": page["name"], "words": WORDS})
