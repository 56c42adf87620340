"""The Editor's tab as its tests touch it: its own part of the page, its clips, and a studio whose ads can be edited."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from studio.words.editor import WORDS
from tests.browser.conftest import ADA, Server, Visit, visiting
from tests.studio.editable_ad import editable_ad

PROMPT = "Create a luxury watch ad for Instagram"


class EditServer(Server):
    """With ads that can be edited."""

    def ad(self) -> str:
        """A finished one of Ada's."""
        with self.api() as api:
            id: str = api.post("generate", json={"prompt": PROMPT, "brand": "Aurelia"}).json()["generation_id"]
            self.wait(api, id)
        return id

    def wait(self, api: Any, id: str) -> None:
        while (now := api.get(f"generations/{id}").json())["status"] not in ("completed", "failed"):
            time.sleep(0.05)
        assert now["status"] == "completed", now["error"]

    def fresh(self, ad: str) -> str:
        """The ad with nothing done to it."""
        revision = self.draft(ad)["revision"]
        with self.api() as api:
            assert api.delete(f"generations/{ad}/editor/draft", params={"revision": revision}).status_code == 204
        return ad

    def draft(self, ad: str) -> dict[str, Any]:
        with self.api() as api:
            found: dict[str, Any] = api.get(f"generations/{ad}/editor").json()
            return found


@pytest.fixture(scope="module")
def edits(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EditServer]:
    server = EditServer(tmp_path_factory.mktemp("edits"), job=editable_ad)
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def ad(edits: EditServer) -> str:
    return edits.ad()


@pytest.fixture
def visit(browser: Browser, edits: EditServer, request: pytest.FixtureRequest) -> Iterator[Visit]:
    yield from visiting(browser, edits, getattr(request, "param", {}), ADA)


def tab(page: Page) -> Locator:
    return page.locator(".block.island-editor")


def clips(page: Page) -> Locator:
    return tab(page).locator(".clip")


def button(page: Page, word: str) -> Locator:
    return tab(page).get_by_role("button", name=WORDS[word], exact=True)


def opened(visit: Visit, ad: str) -> Page:
    page = visit.open(f"#/editor/{ad}")
    expect(tab(page).locator("p.sr[role=status]")).to_contain_text(WORDS["saidOpened"].split("{")[0])  # fitted to the page by now
    expect(clips(page).first).to_be_visible()
    return page


def dragged(page: Page, what: Locator, by: float) -> None:
    what.element_handle().wait_for_element_state("stable")
    box = what.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + by / 2, y, steps=4)
    page.mouse.move(x + by, y, steps=4)
    page.mouse.up()
