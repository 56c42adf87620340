"""The frame every page shares: Gradio Blocks with a top bar and our tabs, mounted on the application with everything else
switched off.

A new tab is one file in tabs/, its name in studio/words/shell.py and one line in TABS. It knows no services. Which tab is open
is decided by the address (islands/shell.js); Gradio builds a tab's content when it is opened first.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import gradio as gr
from fastapi import FastAPI

from studio.api.assets import frozen_router
from studio.ui.islands import assets, island
from studio.ui.tabs import brands, editor, gallery, generate, hero, profile, quality, workspace
from studio.ui.theme import GROUND_DARK, GROUND_LIGHT, theme
from studio.words import shell as words

FRAME = Path(gr.__file__).parent / "templates" / "frontend" / "assets"
"""Gradio's own scripts, styles and fonts."""

BAR = 5
"""Entries in the bar at the bottom of a phone; with more tabs, the last of them is "More"."""

LOOK_S = 0.25
"""How often Gradio looks for events of its components."""


@dataclass(frozen=True)
class Tab:
    """One tab. id: its address (#/id) and its name's key in words.TABS; icon: an SVG path in 24 × 24, drawn as a line.
    professional: of the loop from hero frames to a final version, which an installation may do without."""

    id: str
    icon: str
    build: Callable[[dict[str, Any]], None]
    professional: bool = False


TABS = (
    Tab(
        "generate",
        "M12 3.5l1.9 5.6L19.5 11l-5.6 1.9L12 18.5l-1.9-5.6L4.5 11l5.6-1.9zM18.5 16v4M16.5 18h4",
        generate.build,
    ),
    Tab("hero", "M4.5 5h15v14h-15zM9.5 5v14M4.5 12h5M14.5 10a2 2 0 1 1 0 4 2 2 0 0 1 0-4", hero.build, professional=True),
    Tab("workspace", "M3.500 5h7.500v8h-7.500zM13 5h7.500v8h-7.500zM3.500 17.500h17M9.500 15.500v4", workspace.build, professional=True),
    Tab("gallery", "M4.5 4.5h6v9h-6zM13.5 4.5h6v5h-6zM4.5 16.5h6v3h-6zM13.5 12.5h6v7h-6z", gallery.build),
    Tab("editor", "M3.500 7h17M3.500 17h17M3.500 11h6v3h-6zM11.500 11h9v3h-9zM14 4v16", editor.build),
    Tab("quality", "M4 20h16M6.5 16.500v-5M12 16.500V5M17.500 16.500v-8", quality.build, professional=True),
    Tab("brands", "M4.500 4.500h7.500l8 8-7.500 7.500-8-8zM8.800 8.700v.1", brands.build),
    Tab("profile", "M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8M4.5 20.5c.6-4 3.6-6 7.5-6s6.9 2 7.5 6", profile.build),
)
"""In order."""


def tabs_for(*, professional: bool) -> tuple[Tab, ...]:
    """Those of an installation."""
    return tuple(tab for tab in TABS if professional or not tab.professional)


def head(tabs: Sequence[Tab] = TABS) -> str:
    """What the page's <head> needs besides Gradio's."""
    icons = "".join(f'#tab-{tab.id}-button{{--icon:url("{_drawn(tab.icon)}")}}' for tab in tabs)
    return "".join(
        (
            '<link rel="stylesheet" href="/s/tokens.css"><link rel="stylesheet" href="/s/shell.css">',
            f"<style>{icons}</style>",
            # Until islands/shell.js has opened the addressed tab, the first one is not to be seen.
            "<script>if(!/^#?\\/?($|ad\\/|\\?)/.test(location.hash))document.documentElement.classList.add('elsewhere')</script>",
            '<link rel="modulepreload" href="/s/pages.js">',
            f'<meta name="theme-color" media="(prefers-color-scheme: light)" content="{GROUND_LIGHT}">',
            f'<meta name="theme-color" media="(prefers-color-scheme: dark)" content="{GROUND_DARK}">',
        )
    )


def build(page: dict[str, Any], tabs: Sequence[Tab] = TABS, names: dict[str, str] = words.TABS) -> gr.Blocks:
    """The pages as Gradio Blocks. page: studio.words.page(); names: the tabs' names by id."""
    told = [{"id": tab.id, "name": names[tab.id]} for tab in tabs]
    with gr.Blocks(title=page["name"], fill_width=True, analytics_enabled=False) as blocks:
        island("topbar", {"name": page["name"], "words": words.WORDS, "tabs": told, "bar": BAR}, elem_id="topbar")
        with gr.Tabs(elem_id="tabs", overflow_behavior="wrap"):
            for tab in tabs:
                with gr.Tab(names[tab.id], id=tab.id, elem_id=f"tab-{tab.id}"):
                    tab.build(page)
    return blocks


def mount(app: FastAPI, blocks: gr.Blocks, tabs: Sequence[Tab] = TABS) -> None:
    """Serve `blocks` (built with `tabs`) at "/" of `app`, without footer, API pages, run history, monitoring, uploads or error details."""
    app.include_router(frozen_router("/assets", FRAME))  # before Gradio, which sends them unpacked and lets no browser keep them
    gr.mount_gradio_app(
        app,
        blocks,
        path="/",
        theme=theme(),
        head=head(tabs),
        footer_links=[],
        favicon_path=str(assets()["mark.svg"]),
        run_history=False,
        ssr_mode=False,
        show_error=False,
        mcp_server=False,
        enable_monitoring=False,
        pwa=False,
        max_file_size="1kb",
        app_kwargs={"docs_url": None, "redoc_url": None, "openapi_url": None},
    )
    # Gradio looks a thousand times a second for events of its components, which ours have none of.
    blocks._queue.sleep_when_free = blocks._queue.progress_update_sleep_when_free = LOOK_S
    # Only launch() sets this. Without it Gradio takes any path in an event's file input and copies that file to its cache.
    blocks.has_launched = True


def _drawn(icon: str) -> str:
    """`icon` as an SVG in a data address, to be used as a mask."""
    svg = (
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24' fill='none' stroke='#000' stroke-width='1.75'"
        f" stroke-linecap='round' stroke-linejoin='round'><path d='{icon}'/></svg>"
    )
    return "data:image/svg+xml," + quote(svg, safe=" ='/:")
