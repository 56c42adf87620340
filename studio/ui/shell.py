"""The frame every page shares: Gradio Blocks with our tabs, mounted on the application with everything else switched off.

A new tab is one file in tabs/ and one line in TABS. It knows no services.
"""

from collections.abc import Callable
from typing import Any

import gradio as gr
from fastapi import FastAPI

from studio.ui.islands import assets
from studio.ui.tabs import generate
from studio.ui.theme import GROUND_DARK, GROUND_LIGHT, theme

TABS: tuple[tuple[str, Callable[[dict[str, Any]], None]], ...] = (("Generate", generate.build),)
"""Name and builder, in order."""

HEAD = "".join(
    (
        '<link rel="stylesheet" href="/s/tokens.css"><link rel="stylesheet" href="/s/shell.css">',
        *(f'<link rel="modulepreload" href="/s/{name}">' for name in sorted(assets()) if name.endswith(".js")),
        f'<meta name="theme-color" media="(prefers-color-scheme: light)" content="{GROUND_LIGHT}">',
        f'<meta name="theme-color" media="(prefers-color-scheme: dark)" content="{GROUND_DARK}">',
    )
)


def build(page: dict[str, Any]) -> gr.Blocks:
    """The page as Gradio Blocks; with a single tab there is no tab bar. page: studio.words.page()."""
    with gr.Blocks(title=page["name"], fill_width=True, analytics_enabled=False) as blocks:
        if len(TABS) == 1:
            TABS[0][1](page)
        else:
            with gr.Tabs(elem_id="tabs", overflow_behavior="wrap"):
                for name, build_tab in TABS:
                    with gr.Tab(name, id=name.lower()):
                        build_tab(page)
    return blocks


def mount(app: FastAPI, blocks: gr.Blocks) -> None:
    """Serve `blocks` at "/" of `app`, without footer, API pages, run history, monitoring, uploads or error details."""
    gr.mount_gradio_app(
        app,
        blocks,
        path="/",
        theme=theme(),
        head=HEAD,
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
    # Only launch() sets this. Without it Gradio takes any path in an event's file input and copies that file to its cache.
    blocks.has_launched = True
