"""The Brands tab: brand kits as cards, made, changed and removed. All of it is the island."""

from typing import Any

from studio.ui.islands import island
from studio.words import brands


def build(page: dict[str, Any]) -> None:
    """Put the tab's content into the open Gradio context. page: studio.words.page()."""
    island("brands", brands.page(page["name"]))
