"""The Generate tab: one prompt, one button, then the ad; and beside it sets of variants. All of it is islands; nothing here runs
per request."""

from typing import Any

from studio.ui.islands import island
from studio.words import teams, variants


def build(page: dict[str, Any]) -> None:
    """Put the tab's content into the open Gradio context. page: studio.words.generate.page()."""
    island("generate", page | {"teams": teams.AD, "ordering": teams.ORDERING})
    island("variants", variants.page(page["name"]) | {"teams": teams.AD | teams.WHOSE["variants"]})
