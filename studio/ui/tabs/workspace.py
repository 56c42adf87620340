"""The Workspace tab: attempts compared, one chosen, asked for again, and kept as versions. All of it is the island."""

from typing import Any

from studio.ui.islands import island
from studio.words import teams, workspace


def build(page: dict[str, Any]) -> None:
    """Put the tab's content into the open Gradio context. page: studio.words.page()."""
    island("workspace", workspace.page(page["name"]) | {"teams": teams.AD | teams.WHOSE["takes"]})
