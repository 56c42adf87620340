"""The Editor tab: an ad on its timeline. All of it is the island."""

from typing import Any

from studio.ui.islands import island
from studio.words import editor


def build(page: dict[str, Any]) -> None:
    """Put the tab's content into the open Gradio context. page: studio.words.page()."""
    island("editor", editor.page(page["name"]))
