"""Every view of the Generate tab, light and dark, at a desk and on a phone: fits, is named, large enough and legible."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.generate_tab import PROMPT, WORDS, ask, button, heading, options, prompt_box, tab
from tests.browser.looking import WAYS, looks
from tests.browser.test_generate_prompt import OFFER, photo


@pytest.mark.parametrize("visit", WAYS, indirect=True)
def test_writing_a_brief(visit: Visit, tmp_path: Path) -> None:
    page = visit.open()
    looks(visit, "empty")
    ask(page, "watch")
    tab(page).locator("#trouble").wait_for()
    looks(visit, "trouble")
    prompt_box(page).fill(PROMPT)
    expect(tab(page).locator(".quote")).to_contain_text("$0.00")
    panel = options(page)
    panel.get_by_label("Add ground colour").fill("#0a192f")
    panel.get_by_label("Minimal").check(force=True)
    panel.get_by_text(WORDS["finer"]).click()
    looks(visit, "options")
    panel.locator("#photo").set_input_files(photo(tmp_path))
    expect(panel.get_by_text("300 × 400")).to_be_visible()
    tab(page).locator(".card-line").click()
    looks(visit, "photo and card")
    page.route("**/api/prompts/improve", lambda route: route.fulfill(json=OFFER))
    button(page, "improve").click()
    tab(page).get_by_role("region", name=WORDS["improvedTitle"]).wait_for()
    looks(visit, "improved")
    assert (visit.console_errors, visit.outside) == ([], [])


@pytest.mark.parametrize("visit", WAYS, indirect=True)
def test_an_ad_from_the_line_to_its_end(visit: Visit) -> None:
    page = visit.open()
    visit.server.switch("hold-visuals")
    ask(page)
    tab(page).locator("[aria-current=step]").wait_for()
    looks(visit, "making")
    button(page, "cancel").click()
    dialog = tab(page).get_by_role("dialog")
    dialog.wait_for()
    looks(visit, "cancelling")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    visit.server.switch("hold-visuals", on=False)
    heading(page, WORDS["doneTitle"])
    tab(page).get_by_text(WORDS["details"]).click()
    button(page, "share").click()
    tab(page).get_by_role("region", name=WORDS["shareTitle"]).wait_for()
    looks(visit, "done")
    page.goto(f"{visit.server.url}#/")
    tab(page).locator(".recent li").first.wait_for()
    looks(visit, "recent ads")
    assert (visit.console_errors, visit.outside) == ([], [])


@pytest.mark.parametrize("visit", WAYS, indirect=True)
def test_an_ad_that_is_none(visit: Visit) -> None:
    page = visit.open()
    ask(page, "watch ad with a broken model inside")
    heading(page, WORDS["failedTitle"])
    looks(visit, "failed")
    page.goto(f"{visit.server.url}#/ad/none")
    heading(page, WORDS["goneTitle"])
    looks(visit, "gone")
