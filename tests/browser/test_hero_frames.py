"""A set of hero frames that is stopped, tried again and removed, on the whole application; only the pictures are plain."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.hero_stub import PROMPT
from tests.browser.hero_tab import WORDS, button, hero_server, hero_visit, tab

__all__ = ["hero_server", "hero_visit"]


def order(page: Page) -> None:
    tab(page).get_by_label(WORDS["promptLabel"]).fill(PROMPT)
    tab(page).get_by_role("button", name="Make 4 frames").click()
    page.wait_for_url("**/#/hero/*")


def test_a_set_is_stopped_tried_again_and_deleted(hero_visit: Visit) -> None:
    server, page = hero_visit.server, hero_visit.open("#/hero")
    made = tab(page).locator("[data-state=made]")
    server.switch()
    order(page)
    server.switch("free-1")
    expect(made).to_have_count(1)
    button(page, "cancel").click()
    tab(page).get_by_role("dialog").get_by_role("button", name=WORDS["cancelYes"]).click()
    expect(tab(page).get_by_text(WORDS["cancelled"])).to_be_visible()
    expect(made).to_have_count(1)
    server.switch(on=False)
    tab(page).locator(".ended-set").get_by_role("button", name=WORDS["retry"]).click()
    expect(made).to_have_count(4)
    expect(button(page, "cancel")).to_have_count(0)  # while it is being made there is nothing to delete
    tab(page).get_by_role("button", name="More for set 1").click()
    tab(page).get_by_role("menuitem", name=WORDS["delete"]).click()
    tab(page).get_by_role("dialog").get_by_role("button", name=WORDS["deleteYes"]).click()
    expect(tab(page).get_by_role("heading", level=1)).to_have_text(WORDS["title"])
    assert hero_visit.console_errors == []
