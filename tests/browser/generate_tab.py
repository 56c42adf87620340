"""The Generate tab as its tests touch it: what is asked there, what it shows."""

from typing import Any

from playwright.sync_api import Locator, Page, expect

from studio.words import generate
from tests.browser.conftest import Server

PROMPT = "Create a luxury watch ad for Instagram"
WORDS = generate.PAGE
ANIMATIONS = "[...document.querySelectorAll('*')].filter(e => e.shadowRoot).flatMap(e => e.shadowRoot.getAnimations())"


def tab(page: Page) -> Locator:
    """The tab's own part of the page."""
    return page.locator(".block.island-generate")


def ask(page: Page, prompt: str = PROMPT) -> None:
    tab(page).get_by_label(WORDS["promptLabel"]).fill(prompt)
    tab(page).get_by_role("button", name=WORDS["make"]).click()


def heading(page: Page, text: str) -> None:
    expect(tab(page).get_by_role("heading", level=1)).to_have_text(text)


def prompt_box(page: Page) -> Locator:
    return tab(page).get_by_label(WORDS["promptLabel"])


def button(page: Page, word: str) -> Locator:
    """The button that says WORDS[word]."""
    return tab(page).get_by_role("button", name=WORDS[word], exact=True)


def options(page: Page) -> Locator:
    """The options, opened."""
    opener = tab(page).get_by_role("button", name=WORDS["options"])
    if opener.get_attribute("aria-expanded") == "false":
        opener.click()
    return tab(page).locator("#options")


def id_of(page: Page) -> str:
    """Of the ad that the address names."""
    page.wait_for_url("**/#/ad/*")
    return page.url.rsplit("/", 1)[1]


def detail(server: Server, id: str) -> dict[str, Any]:
    """The ad as Ada's API tells it."""
    with server.api() as client:
        ad: dict[str, Any] = client.get(f"generations/{id}").raise_for_status().json()
        return ad
