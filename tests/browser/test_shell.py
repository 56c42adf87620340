"""The frame in a real browser: tabs by address, the bar at the top, the keyboard, and one connection for all windows."""

import re

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect

from studio.ui.shell import BAR, TABS, tabs_for
from studio.words import shell as words
from tests.browser.conftest import Server, Visit
from tests.browser.looking import PHONE, looks

PROMPT = "Create a luxury watch ad for Instagram"
SIZES: tuple[tuple[str, ViewportSize], ...] = (
    ("left", {"width": 1440, "height": 900}),
    ("bottom", {"width": 820, "height": 1180}),
    ("bottom", {"width": 390, "height": 844}),
)
"""Where navigation is, by the size of the window."""


def tab(page: Page, name: str) -> Locator:
    return page.get_by_role("tab", name=name)


def shown(page: Page, name: str) -> None:
    expect(tab(page, name)).to_have_attribute("aria-selected", "true")


def ordered(server: Server) -> str:
    with server.api() as api:
        id: str = api.post("generate", json={"prompt": PROMPT}).json()["generation_id"]
        return id


def test_the_address_decides_the_tab_and_the_tab_changes_the_address(visit: Visit) -> None:
    page = visit.open()
    shown(page, "Generate")
    expect(page).to_have_title("Ad Studio")
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.locator(".island-gallery").count() == 0, "a tab is built when it is opened first"
    tab(page, "Gallery").click()
    page.wait_for_url("**/#/gallery")
    expect(page).to_have_title("Gallery · Ad Studio")
    page.evaluate("location.hash = '#/profile'")
    shown(page, "Profile")
    page.go_back()
    shown(page, "Gallery")
    page.reload()
    shown(page, "Gallery")
    expect(page).to_have_title("Gallery · Ad Studio")
    page.goto(f"{visit.server.url}#/no-such-page")
    page.wait_for_url("**/#/")
    shown(page, "Generate")

    page.goto(f"{visit.server.url}#/gallery?q=watch")  # a tab comes back as it was left
    tab(page, "Profile").click()
    shown(page, "Profile")
    tab(page, "Gallery").click()
    page.wait_for_url("**/#/gallery?q=watch")
    tab(page, "Gallery").click()
    page.wait_for_url("**/#/gallery")
    assert (visit.console_errors, visit.outside) == ([], [])


def test_the_keyboard_reaches_everything(visit: Visit) -> None:
    page = visit.open("#/profile")
    expect(page.get_by_role("button", name="Account of ada")).to_be_visible()
    expect(page.get_by_role("button", name="Log out")).to_be_visible()
    page.keyboard.press("Tab")
    skip = page.get_by_role("button", name=words.WORDS["skip"])
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Log out")).to_be_focused()
    before, last = (words.TABS[one.id] for one in TABS[-2:])
    tab(page, before).focus()
    page.keyboard.press("ArrowDown")
    expect(tab(page, last)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(tab(page, "Generate")).to_be_focused()
    page.keyboard.press("Enter")
    shown(page, "Generate")
    account = page.get_by_role("button", name="Account of ada")
    account.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("menuitem", name="Profile")).to_be_focused()
    looks(visit, "menu")
    page.keyboard.press("Escape")
    expect(account).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("menuitem", name="Log out")).to_be_focused()


def test_the_ads_being_made_are_counted_and_the_end_is_told_elsewhere(visit: Visit) -> None:
    server = visit.server
    page = visit.open("#/profile")
    chip = page.locator(".chip-making")
    expect(chip).to_be_hidden()
    server.switch("hold-visuals")
    first = ordered(server)
    expect(chip).to_have_text("1 ad · 20 %")
    second = ordered(server)
    expect(chip).to_have_text("2 ads · 20 %")
    expect(chip).to_have_accessible_name(re.compile("2 ads are being made; the first is at 20 percent"))
    looks(visit, "two ads")
    server.switch("hold-visuals", on=False)
    expect(chip).to_have_text(words.WORDS["ready"])
    expect(page.locator(".island-topbar [aria-live=polite]")).to_have_text(words.WORDS["readyLong"])
    looks(visit, "ready")
    chip.click()
    page.wait_for_url(re.compile(f"#/ad/({first}|{second})$"))
    shown(page, "Generate")
    expect(chip).to_be_hidden()
    assert (visit.console_errors, visit.outside) == ([], [])


def test_all_windows_share_one_connection_and_it_is_taken_over(visit: Visit) -> None:
    streams: list[str] = []
    visit.context.on("request", lambda request: streams.append(request.url) if request.url.endswith("/api/events") else None)
    page = visit.open("#/profile")
    visit.server.switch("hold-visuals")
    ordered(visit.server)
    expect(page.locator(".chip-making")).to_have_text("1 ad · 20 %")
    others = [visit.context.new_page() for _ in range(2)]
    for other in others:
        other.goto(f"{visit.server.url}#/profile")
        expect(other.locator(".chip-making")).to_have_text("1 ad · 20 %")
    assert len(streams) == 1
    page.close()
    visit.server.switch("hold-visuals", on=False)
    for other in others:
        expect(other.locator(".chip-making")).to_have_text(words.WORDS["ready"])
    assert len(streams) == 2


def test_an_outage_is_said_and_what_ended_meanwhile_is_told(visit: Visit) -> None:
    server = visit.server
    page = visit.open("#/profile")
    server.switch("hold-visuals")
    ordered(server)
    chip = page.locator(".chip-making")
    expect(chip).to_have_text("1 ad · 20 %")
    server.stop()
    expect(chip).to_have_text(words.WORDS["lost"])
    server.switch("hold-visuals", on=False)
    server.start()
    expect(chip).to_have_text(words.WORDS["ready"])


def test_without_web_locks_each_window_has_its_own_connection(visit: Visit) -> None:
    visit.context.add_init_script("Object.defineProperty(Navigator.prototype, 'locks', {value: undefined})")
    page = visit.open("#/profile")
    visit.server.switch("hold-visuals")
    ordered(visit.server)
    expect(page.locator(".chip-making")).to_have_text("1 ad · 20 %")


def test_navigation_is_at_the_left_or_at_the_bottom_and_nothing_of_gradio_shows(visit: Visit) -> None:
    page = visit.open("#/gallery")
    for where, size in SIZES:
        page.set_viewport_size(size)
        names = [words.TABS[one.id] for one in TABS]
        if where == "bottom" and len(names) > BAR:
            names = names[: BAR - 1]  # the rest is in "More"; see test_more_tabs
        boxes = [tab(page, name).bounding_box() for name in names]
        assert all(box and box["height"] >= 44 and box["width"] >= 44 for box in boxes), size
        if where == "left":
            assert all(box and box["x"] + box["width"] <= 96 for box in boxes), size
        else:
            assert all(box and box["y"] > size["height"] - 72 for box in boxes), size
        heading = page.locator(".island-gallery h1").bounding_box()
        assert heading
        assert heading["y"] < 120, size
    assert page.evaluate("getComputedStyle(document.querySelector('footer') ?? document.createElement('i')).display") in ("none", "")


@pytest.mark.parametrize("visit", [{}, PHONE], indirect=True)
@pytest.mark.parametrize("path", ["", "#/gallery", "#/profile"])
def test_nothing_jumps_while_a_page_loads(visit: Visit, path: str) -> None:
    visit.page.add_init_script(
        """window.shift = 0; new PerformanceObserver(list => { for (const e of list.getEntries()) window.shift += e.value; })
        .observe({type: "layout-shift", buffered: true});"""
    )
    page = visit.open(path)
    expect(page.get_by_role("button", name="Account of ada")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.shift") < 0.1, "the limit of what counts as good"


def test_an_installation_may_do_without_the_professional_pages() -> None:
    assert tabs_for(professional=True) == TABS
    left = [tab.id for tab in tabs_for(professional=False)]
    assert left == [tab.id for tab in TABS if tab.id not in ("hero", "workspace", "quality")]
