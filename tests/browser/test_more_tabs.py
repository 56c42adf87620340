"""A frame with six tabs: on a phone five entries fit, so the last of them leads to what is beyond. No studio behind it."""

import socket
import threading
import time
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import gradio as gr
import pytest
import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser, expect

from studio.api.assets import asset_router
from studio.ui import islands, shell
from studio.words import shell as words
from tests.browser.looking import PHONE


@pytest.fixture(scope="module")
def six_tabs() -> Iterator[str]:
    """The address of it."""

    def build_extra(page: dict[str, Any]) -> None:
        gr.Markdown("# Extra")

    tabs = [shell.Tab(f"extra{i}", shell.TABS[0].icon, build_extra) for i in range(6)]
    app = FastAPI()
    app.include_router(asset_router(islands.assets(), islands.modules))
    shell.mount(app, shell.build({"name": "Six"}, tabs, {tab.id: f"Extra {i}" for i, tab in enumerate(tabs)}), tabs)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}/"
    server.should_exit = True
    thread.join(60)


def test_a_phone_has_five_entries_the_last_of_which_leads_to_the_rest(browser: Browser, six_tabs: str) -> None:
    page = browser.new_context(**PHONE).new_page()
    page.goto(f"{six_tabs}#/extra0")
    more = page.get_by_role("button", name=words.WORDS["more"])
    expect(more).to_be_visible()
    visible = [tab for tab in page.get_by_role("tab").all() if tab.is_visible()]
    assert [tab.inner_text().strip() for tab in visible] == ["Extra 0", "Extra 1", "Extra 2", "Extra 3"]
    boxes = [entry.bounding_box() for entry in (*visible, more)]
    edges = [(box["x"], box["x"] + box["width"]) for box in boxes if box]
    assert len(edges) == 5
    assert all(left[1] <= right[0] + 1 for left, right in pairwise(edges)), edges
    assert edges[-1][1] <= 390
    more.click()
    page.get_by_role("menuitem", name="Extra 5").click()
    page.wait_for_url("**/#/extra5")
    expect(page.locator("#tab-extra5")).to_be_visible()
    page.context.close()


def test_a_desktop_shows_all_of_them(browser: Browser, six_tabs: str) -> None:
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    page.goto(f"{six_tabs}#/extra5")
    expect(page.get_by_role("tab", name="Extra 5")).to_have_attribute("aria-selected", "true")
    assert all(tab.is_visible() for tab in page.get_by_role("tab").all())
    expect(page.get_by_role("button", name=words.WORDS["more"])).to_be_hidden()
    page.context.close()
