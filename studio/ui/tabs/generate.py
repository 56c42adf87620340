"""The Generate tab: one prompt, one button, then the ad. All of it is the island; nothing here runs per request."""

from typing import Any

from studio.ui.islands import island


def build(page: dict[str, Any]) -> None:
    """Put the tab's content into the open Gradio context. page: studio.words.generate.page()."""
    island("generate", page)
