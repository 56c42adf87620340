"""Hero frames from the first word to an anchor on the whole application; only the pictures are plain, so that they are made at once."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.hero_stub import PROMPT
from tests.browser.hero_tab import WORDS, button, frame, hero_server, hero_visit, tab, term

__all__ = ["hero_server", "hero_visit"]


def order(page: Page) -> None:
    tab(page).get_by_label(WORDS["promptLabel"]).fill(PROMPT)
    tab(page).get_by_role("button", name="Make 4 frames").click()
    page.wait_for_url("**/#/hero/*")


def test_frames_arrive_one_by_one_and_one_becomes_the_anchor_of_a_tree(hero_visit: Visit) -> None:
    server, page = hero_visit.server, hero_visit.open("#/hero")
    made = tab(page).locator("[data-state=made]")
    expect(tab(page).get_by_role("heading", name=WORDS["emptyTitle"])).to_be_visible()
    button(page, "improve").wait_for()
    tab(page).get_by_label(WORDS["promptLabel"]).fill(PROMPT)
    button(page, "improve").click()
    button(page, "accept").click()
    expect(tab(page).locator(".brief .quote")).to_contain_text("$0.00, free on this machine")

    server.switch()
    tab(page).get_by_role("button", name="Make 4 frames").click()
    page.wait_for_url("**/#/hero/*")
    expect(tab(page).get_by_role("heading", level=1)).to_have_text(PROMPT)
    expect(tab(page).locator(".tile")).to_have_count(4)
    server.switch("free-1")
    expect(made).to_have_count(1)
    expect(tab(page).locator(".going")).to_contain_text("1 of 4 frames")
    server.switch("free-2")
    expect(made).to_have_count(2)
    page.reload()
    expect(made).to_have_count(2)
    expect(page.locator(".chip-making")).to_contain_text("Frames")
    server.switch(on=False)
    expect(made).to_have_count(4)

    frame(page, "1.3").click()
    button(page, "makeAnchor").click()
    expect(frame(page, "1.3")).to_have_accessible_name("Frame 1.3, anchor")
    button(page, "favouriteDo").click()
    expect(frame(page, "1.3")).to_have_accessible_name("Frame 1.3, anchor, favourite")
    button(page, "vary").click()
    term(page, "Light", "Golden hour")
    tab(page).get_by_role("button", name="Make 4 variations").click()
    expect(tab(page).locator(".branch h2")).to_have_text("2Light: Golden hour")
    expect(made).to_have_count(8)
    expect(tab(page).locator(".branch header")).to_contain_text("from 1.3")
    assert (hero_visit.console_errors, hero_visit.outside) == ([], [])


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
