"""The Workspace from the first attempt to an ad, on the whole application; only the films are small, so that they are made at once."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from benchmarks.sync import WATCH
from tests.browser.conftest import Visit
from tests.browser.looking import WAYS, holds, looks
from tests.browser.workspace_tab import WORDS, TakesServer, button, players, tab, takes_server, takes_visit, thumb

__all__ = ["takes_server", "takes_visit"]

TIMES = """() => [...[...document.querySelectorAll('.island-workspace *')].find(e => e.shadowRoot).shadowRoot
    .querySelectorAll('.monitors video')].map(film => Math.round(film.currentTime * 1000) / 1000)"""
FPS = 24


@pytest.fixture(scope="module")
def compared(takes_server: TakesServer) -> str:
    """A group with one finished iteration, in which the first attempt is the best by far."""
    group = takes_server.order(takes_server.hero(), motion={"camera": "orbit", "intensity": 0.75}, motion_prompt="light glides")
    told = takes_server.finished(group)
    assert told["iterations"][0]["selected_attempt_id"] == told["iterations"][0]["attempts"][0]["id"], told["iterations"][0]["ranking"]
    return group


def opened(visit: Visit, group: str, query: str = "") -> Page:
    page = visit.open(f"#/workspace/{group}{query}")
    expect(tab(page).locator(".player[data-state='']").first).to_be_visible()
    return page


def test_attempts_arrive_one_by_one_and_a_choice_is_kept(takes_visit: Visit) -> None:
    server, page = takes_visit.server, takes_visit.page
    assert isinstance(server, TakesServer)
    server.switch()
    group = server.order(server.hero())
    takes_visit.open(f"#/workspace/{group}")
    there = tab(page).locator(".player[data-state='']")
    expect(players(page)).to_have_count(3)
    expect(there).to_have_count(0)
    server.switch("free-1")
    expect(there).to_have_count(1)
    expect(tab(page).locator("[role=status].sr")).to_have_text(WORDS["arrived"].format(number=1, n=1, count=3))
    expect(tab(page).get_by_role("heading", name=WORDS["notYet"])).to_be_visible()
    page.reload()
    expect(there).to_have_count(1)
    server.switch(on=False)
    expect(there).to_have_count(3)

    expect(tab(page).get_by_role("heading", name="Recommended: 1.1")).to_be_visible()
    expect(players(page).first.locator(".mark.system")).to_have_text(WORDS["markSystem"])
    page.keyboard.press("3")
    expect(button(page, "chooseLong", label="1.3").last).to_be_enabled()
    page.keyboard.press("w")
    expect(tab(page).get_by_text(WORDS["overridden"].format(yours="1.3", selected="1.1"))).to_be_visible()
    expect(tab(page).locator(".final-line")).to_have_text(WORDS["finalIs"].format(label="1.3"))
    page.reload()
    expect(players(page).nth(2).locator(".mark.final")).to_have_text(WORDS["markFinal"])
    expect(players(page).nth(2)).to_have_attribute("data-focused", "true")
    told = server.group(group)
    assert told["final_attempt_id"] == told["iterations"][0]["attempts"][2]["id"]
    assert (takes_visit.console_errors, takes_visit.outside) == ([], [])


def test_what_is_pressed_before_the_films_are_there_is_done_when_they_are(takes_visit: Visit, compared: str) -> None:
    page, held, free = takes_visit.page, list[Route](), list[bool]()

    def hold(route: Route) -> None:
        if route.request.resource_type == "media" and not free:
            held.append(route)
        else:
            route.continue_()

    page.route("**/api/media/*", hold)
    takes_visit.open(f"#/workspace/{compared}")
    expect(button(page, "play")).to_be_visible()
    page.keyboard.press("l")
    page.keyboard.press(" ")
    expect(button(page, "pause")).to_be_visible()
    free.append(True)
    for route in held:
        route.continue_()
    clock = tab(page).get_by_role("group", name=WORDS["transport"]).locator("output")
    expect(clock).to_have_text(re.compile(r"([2-9]|\d\d)/48$"))
    expect(button(page, "loop")).to_have_attribute("aria-pressed", "false")
    page.keyboard.press(" ")
    expect(button(page, "play")).to_be_visible()


def test_films_play_as_one(takes_visit: Visit, compared: str) -> None:
    page = opened(takes_visit, compared)
    transport = tab(page).get_by_role("group", name=WORDS["transport"])
    clock = transport.locator("output")
    position = tab(page).get_by_role("slider", name=WORDS["position"])
    expect(clock).to_have_text(re.compile(r"1/48$"))

    page.keyboard.press(".")
    page.keyboard.press("Shift+ArrowRight")
    expect(clock).to_have_text(re.compile(r"12/48$"))
    page.keyboard.press(",")
    expect(clock).to_have_text(re.compile(r"11/48$"))
    assert page.evaluate(TIMES) == [round(10.5 / FPS, 3)] * 3

    page.keyboard.press("i")  # a stretch, so that they go on for as long as this machine needs
    transport.get_by_role("slider", name=WORDS["loopTo"]).press("ArrowLeft")
    expect(transport.get_by_role("slider", name=WORDS["loopTo"])).to_have_attribute("aria-valuenow", "47")
    expect(transport.get_by_role("slider", name=WORDS["loopFrom"])).to_have_attribute("aria-valuenow", "10")
    button(page, "play").click()
    expect(button(page, "pause")).to_be_visible()
    apart = page.evaluate(WATCH, [True, 1.5, FPS])["pictures"]
    assert apart, "they play"
    assert sum(n <= 1 for n in apart) >= 0.8 * len(apart), f"of the pictures presented one lies between them at most; {max(apart)} did"
    button(page, "pause").click()
    expect(button(page, "play")).to_be_visible()

    strip = tab(page).get_by_role("slider", name=re.compile("of each frame, attempt 1.2"))
    box = strip.bounding_box()
    assert box
    strip.click(position={"x": box["width"] * 0.5, "y": 20})
    expect(clock).to_have_text(re.compile(r"2[45]/48$"))
    strip.press("Home")
    strip.press("PageDown")
    strip.press("ArrowRight")
    expect(strip).to_have_attribute("aria-valuenow", re.compile(r"^(1|0)$"))
    position.press("End")
    expect(clock).to_have_text(re.compile(r"4[78]/48$"))


def test_two_are_laid_over_each_other_and_others_take_their_places(takes_visit: Visit, compared: str) -> None:
    page = opened(takes_visit, compared)
    wall = tab(page).locator(".monitors")
    tab(page).locator(".views label").nth(1).click()
    expect(wall).to_have_attribute("data-view", "wipe")
    edge = tab(page).get_by_role("slider", name=WORDS["edge"].format(left="1.1", right="1.2"))
    edge.press("PageDown")
    expect(edge).to_have_attribute("aria-valuenow", "40")
    clip = wall.locator("[data-side=right] .screen").evaluate("e => getComputedStyle(e).clipPath")
    assert "40%" in clip
    page.keyboard.press("3")  # the one in focus and the first of the others
    expect(tab(page).get_by_role("slider", name=WORDS["edge"].format(left="1.1", right="1.3"))).to_be_visible()
    page.keyboard.press("d")
    expect(wall).to_have_attribute("data-view", "difference")
    page.keyboard.press("d")
    expect(wall).to_have_attribute("data-view", "sides")

    button(page, "close", label="1.2").click()
    expect(players(page)).to_have_count(2)
    page.wait_for_url(re.compile(r"show=1\.1,1\.3"))
    tab(page).get_by_label(WORDS["which"].format(n=1)).select_option(label="1.2")
    expect(players(page).first).to_have_accessible_name("Attempt 1.2")
    tab(page).get_by_label(WORDS["which"].format(n=1)).select_option(label=WORDS["swapWith"].format(label="1.3"))
    expect(players(page).first).to_have_accessible_name("Attempt 1.3")
    page.wait_for_url(re.compile(r"show=1\.3,1\.2"))
    players(page).first.locator(".screen").click()
    page.keyboard.press("s")
    page.wait_for_url(re.compile(r"show=1\.2,1\.3"))
    thumb(page, "1.1").click()
    expect(players(page)).to_have_count(3)
    page.reload()
    expect(players(page)).to_have_count(3)
    expect(players(page).last).to_have_accessible_name("Attempt 1.1")


def test_a_remark_fills_the_form_and_is_kept(takes_visit: Visit, compared: str) -> None:
    page = opened(takes_visit, compared)
    tab(page).get_by_role("tab", name=WORDS["change"]).click()
    tab(page).get_by_role("button", name="Too chaotic").click()
    remark = tab(page).locator(".advice-list li", has_text="too chaotic")
    slower = remark.filter(has=page.locator("b", has_text=WORDS["fields"]["speed"]))
    slower.get_by_role("button", name=WORDS["accept"]).click()
    calmer = remark.filter(has=page.locator("b", has_text=WORDS["fields"]["motion_prompt"]))
    expect(calmer.locator("ins").first).to_contain_text("steady")
    calmer.get_by_role("button", name=WORDS["accept"]).click()
    expect(tab(page).get_by_role("textbox", name="What moves")).to_have_value(re.compile("^light glides, .*steady"))
    differs = tab(page).locator(".differing li")
    expect(differs).to_have_count(2)
    calmer.get_by_role("button", name=WORDS["accepted"]).click()
    expect(tab(page).get_by_role("textbox", name="What moves")).to_have_value("light glides")
    expect(tab(page).locator(".go .quote")).to_contain_text("$0.00, free on this machine")
    tab(page).get_by_label(WORDS["note"]).fill("calmer")
    page.reload()
    tab(page).get_by_role("tab", name=WORDS["change"]).click()
    expect(differs).to_have_count(1)
    expect(tab(page).get_by_label(WORDS["note"])).to_have_value("calmer")
    assert (takes_visit.console_errors, takes_visit.outside) == ([], [])


def test_what_failed_is_said_and_made_again(takes_visit: Visit) -> None:
    server = takes_visit.server
    assert isinstance(server, TakesServer)
    server.switch("broken")
    group = server.order(server.hero(), auto_attempts=1)
    server.finished(group)
    page = takes_visit.open(f"#/workspace/{group}")
    expect(players(page).locator("[class=wait]")).to_contain_text("model")
    server.switch("broken", on=False)
    tab(page).locator(".ended").get_by_role("button", name=WORDS["retry"]).click()
    expect(tab(page).locator(".player[data-state='']")).to_have_count(1)
    server.finished(group)

    button(page, "rename").click()
    dialog = tab(page).get_by_role("dialog", name=WORDS["nameTitle"])
    dialog.get_by_label(WORDS["nameLabel"]).fill("Watch, closer")
    dialog.get_by_label(WORDS["tagLabel"]).fill("spring")
    dialog.get_by_role("button", name=WORDS["save"]).click()
    expect(tab(page).get_by_role("heading", level=1)).to_have_text("Watch, closer")
    tab(page).get_by_role("link", name="spring").click()
    card = tab(page).locator(".group")
    expect(card).to_have_count(1)
    card.get_by_role("link", name="Watch, closer").click()
    button(page, "menu").click()
    tab(page).get_by_role("menuitem", name=WORDS["delete"]).click()
    tab(page).get_by_role("dialog").get_by_role("button", name=WORDS["deleteYes"]).click()
    page.wait_for_url(re.compile("#/workspace$"))
    expect(tab(page).get_by_role("heading", level=1)).to_have_text(WORDS["title"])
    expect(card.filter(has_text="Watch, closer")).to_have_count(0)


def test_what_is_missing_is_quoted_and_made_as_an_iteration_of_its_own(takes_visit: Visit) -> None:
    server = takes_visit.server
    assert isinstance(server, TakesServer)
    server.switch("broken-1")
    group = server.order(server.hero(), auto_attempts=2)
    server.finished(group)
    server.switch("broken-1", on=False)
    page = opened(takes_visit, group)
    first, second = (tab(page).locator(".iterations > li").nth(n) for n in (0, 1))
    expect(first.locator(".fault")).to_have_text(WORDS["partlyOne"].format(all=2))
    make = first.get_by_role("button", name=WORDS["missingMake"])
    dialog = tab(page).get_by_role("dialog", name=WORDS["missingTitleOne"])
    make.press("Enter")
    expect(dialog.locator(".quote")).to_contain_text("$0.00, free on this machine")
    holds(takes_visit, dialog, make, "what is missing")
    make.press("Enter")
    dialog.get_by_role("button", name=WORDS["missingMake"]).click()
    expect(second.locator("[data-state=done]")).to_have_count(1)
    expect(first.locator(".fault")).to_contain_text(WORDS["missingIn"].format(n=2))
    expect(make).to_be_hidden()
    assert takes_visit.console_errors == []


@pytest.mark.parametrize("takes_visit", WAYS, indirect=True)
def test_every_window_holds_the_focus_and_gives_it_back(takes_visit: Visit, compared: str) -> None:
    server = takes_visit.server
    assert isinstance(server, TakesServer)
    with server.api() as api:
        best = api.get(f"generation-groups/{compared}").json()["iterations"][0]["attempts"][0]["id"]
        api.post(f"generation-groups/{compared}/select", json={"attempt_id": best}).raise_for_status()
    page = opened(takes_visit, compared)
    dialog = tab(page).get_by_role("dialog")
    wide = (page.viewport_size or {"width": 0})["width"] > 600
    for word, state in (("useInAd", "an ad"), ("rename", "" if wide else "a name")):  # what is seen of both is made of the same parts
        button(page, word).press("Enter")
        holds(takes_visit, dialog, button(page, word), state)
    focused = tab(page).get_by_role("tab", name=WORDS["scores"])
    focused.focus()
    page.keyboard.press("?")
    holds(takes_visit, dialog, focused, "keys" if wide else "")
    more = button(page, "menu")
    more.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(dialog).to_contain_text(WORDS["deleteTitle"])
    holds(takes_visit, dialog, more)


@pytest.mark.parametrize("takes_visit", WAYS, indirect=True)
def test_it_looks_right(takes_visit: Visit, compared: str) -> None:
    page = opened(takes_visit, compared)
    expect(tab(page).locator(".strip .trace").first).to_be_attached()
    looks(takes_visit, "bench")
    tab(page).get_by_role("tab", name=WORDS["change"]).click()
    expect(tab(page).locator(".advice-list li, .advice .small:not(:empty)").first).to_be_visible()
    looks(takes_visit, "change")
    takes_visit.open("#/workspace")
    expect(tab(page).locator(".group").first).to_be_visible()
    looks(takes_visit, "list")
