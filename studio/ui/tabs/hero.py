"""The Hero Frames tab: one picture that decides how everything after it looks, chosen among several. All of it is the island."""

from typing import Any

from studio.ui.islands import island
from studio.words import teams
from studio.words.hero import page as words


def build(page: dict[str, Any]) -> None:
    """Put the tab's content into the open Gradio context. page: studio.words.page()."""
    island("hero", words(page["name"]) | {"teams": teams.AD | teams.WHOSE["frames"], "ordering": teams.ORDERING})
