"""Stars under a finished ad – in a real browser: given by pointer and by keyboard, and still there after a reload."""

from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.generate_tab import WORDS, ask, heading, tab


def test_stars_are_given_and_kept(visit: Visit) -> None:
    page = visit.open()
    ask(page)
    heading(page, WORDS["doneTitle"])
    group = tab(page).get_by_role("radiogroup", name=WORDS["rate"])
    group.get_by_role("radio", name="3 stars").click()
    expect(tab(page).get_by_text(WORDS["rated"])).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(group.get_by_role("radio", name="4 stars")).to_be_checked()
    expect(group.get_by_role("radio", name="4 stars")).to_be_focused()
    expect(tab(page).get_by_text(WORDS["rated"])).to_be_visible()  # gone while the second was on its way
    page.reload()
    heading(page, WORDS["doneTitle"])
    expect(group.get_by_role("radio", name="4 stars")).to_be_checked()
    expect(group.get_by_role("radio", name="3 stars")).not_to_be_checked()
    assert visit.console_errors == []
