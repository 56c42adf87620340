"""Ads while they are made: reloads, windows, restarts, the line, stopping and trying again – in a real browser."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from studio import words
from studio.jobs.queues import GENERATIONS, QUEUES
from tests.browser.conftest import Visit
from tests.browser.generate_tab import ANIMATIONS, PROMPT, WORDS, ask, button, detail, heading, id_of, prompt_box, tab


def bar(page: Page) -> Any:
    return expect(tab(page).get_by_role("progressbar", name=WORDS["makingTitle"]))


def test_a_reload_and_a_second_window_show_the_same_ad_until_it_is_deleted(visit: Visit) -> None:
    page = visit.open()
    visit.server.switch("hold-visuals")
    ask(page)
    bar(page).to_have_attribute("aria-valuenow", "20")
    page.reload()
    expect(tab(page).get_by_text(f"“{PROMPT}”")).to_be_visible()
    bar(page).to_have_attribute("aria-valuenow", "20")
    second = visit.context.new_page()
    second.goto(page.url)
    bar(second).to_have_attribute("aria-valuenow", "20")
    visit.server.switch("hold-visuals", on=False)
    heading(page, WORDS["doneTitle"])
    heading(second, WORDS["doneTitle"])
    page.go_back()
    heading(page, WORDS["title"])
    assert visit.console_errors == []
    with visit.server.api() as client:
        client.delete(f"generations/{id_of(second)}")
    heading(second, WORDS["goneTitle"])


def test_a_restart_of_the_server_is_told_and_the_ad_goes_on(visit: Visit) -> None:
    page = visit.open()
    visit.server.switch("hold-visuals")
    ask(page)
    bar(page).to_have_attribute("aria-valuenow", "20")
    visit.server.stop()
    expect(tab(page).get_by_text(WORDS["reconnecting"])).to_be_visible()
    visit.server.switch("hold-visuals", on=False)
    visit.server.start()
    expect(tab(page).get_by_role("heading", level=1)).to_have_text(WORDS["doneTitle"])
    assert detail(visit.server, id_of(page))["status"] == "completed"


def test_cancel_asks_first_and_keeps_the_prompt(visit: Visit) -> None:
    page = visit.open()
    visit.server.switch("hold-visuals")
    ask(page)
    bar(page).to_have_attribute("aria-valuenow", "20")
    id = id_of(page)
    button(page, "cancel").click()
    dialog = tab(page).get_by_role("dialog", name=WORDS["cancelTitle"])
    expect(dialog.get_by_role("button", name=WORDS["cancelNo"])).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    assert detail(visit.server, id)["status"] == "processing", "nothing was stopped"
    button(page, "cancel").click()
    dialog.get_by_role("button", name=WORDS["cancelYes"]).click()
    expect(tab(page).get_by_text(WORDS["cancelled"])).to_be_visible()
    expect(prompt_box(page)).to_have_value(PROMPT)
    assert page.url.endswith("#/")
    page.goto(f"{visit.server.url}#/ad/{id}")
    heading(page, WORDS["cancelledTitle"])
    assert visit.console_errors == []


def test_those_who_wait_see_their_place(visit: Visit) -> None:
    visit.server.switch()
    with visit.server.api() as client:
        at_once = next(queue.per_worker for queue in QUEUES if queue.name == GENERATIONS)
        before = [client.post("generate", json={"prompt": PROMPT}).json()["generation_id"] for _ in range(at_once + 1)]
        try:
            page = visit.open()
            ask(page)
            heading(page, WORDS["waitingTitle"])
            expect(tab(page).get_by_text("1 ahead of yours")).to_be_visible()
            client.post(f"generations/{before[-1]}/cancel")
            expect(tab(page).get_by_text(WORDS["waitingNext"])).to_be_visible()
        finally:
            for id in before:
                client.post(f"generations/{id}/cancel")
        heading(page, WORDS["makingTitle"])
        visit.server.switch(on=False)
        heading(page, WORDS["doneTitle"])


def test_what_failed_can_be_changed_or_tried_again_from_where_it_stood(visit: Visit) -> None:
    page = visit.open()
    ask(page, "watch ad with a broken model inside")
    heading(page, WORDS["failedTitle"])
    expect(tab(page).get_by_role("alert")).to_have_text(words.ERRORS["model_failed"])
    expect(tab(page).get_by_text(WORDS["retryHint"])).to_be_visible()
    failed = page.url
    button(page, "edit").click()
    expect(prompt_box(page)).to_have_value("watch ad with a broken model inside")
    expect(prompt_box(page)).to_be_focused()
    page.goto(failed)
    heading(page, WORDS["failedTitle"])
    visit.server.switch("mended")
    try:
        visit.server.switch("hold-sound")
        button(page, "retry").click()
        heading(page, WORDS["makingTitle"])
        expect(tab(page).locator(".stages .done")).to_have_count(3)
        visit.server.switch("hold-sound", on=False)
        heading(page, WORDS["doneTitle"])
    finally:
        visit.server.switch("mended", on=False)
    assert visit.console_errors == []


@pytest.mark.parametrize("visit", [{"reduced_motion": "reduce"}], indirect=True)
def test_nothing_moves_for_those_who_asked_for_less(visit: Visit) -> None:
    page = visit.open()
    visit.server.switch("hold-visuals")
    ask(page)
    bar(page).to_have_attribute("aria-valuenow", "20")
    assert page.evaluate(f"{ANIMATIONS}.length") == 0
    page.emulate_media(reduced_motion="no-preference")
    assert page.evaluate(f"{ANIMATIONS}.length") > 0, "or there was nothing to stop"
    page.emulate_media(reduced_motion="reduce")
    visit.server.switch("hold-visuals", on=False)
    heading(page, WORDS["doneTitle"])
    page.wait_for_timeout(300)
    assert tab(page).locator("video").evaluate("v => v.paused && v.currentTime === 0")


def test_a_screen_reader_is_told_of_steps_and_of_the_end_and_the_film_does_not_play_on_behind_another_tab(visit: Visit) -> None:
    page = visit.open()
    visit.server.switch("hold-visuals")
    ask(page)
    live = tab(page).locator(".page > [aria-live=polite]")
    expect(live).to_have_text("20 percent. Filming the shots.")
    visit.server.switch("hold-visuals", on=False)
    expect(live).to_have_text(WORDS["doneTitle"])
    expect(tab(page).get_by_role("heading", level=1)).to_be_focused()
    video = tab(page).locator("video")
    video.evaluate("v => { v.loop = true; return v.play(); }")
    page.goto(f"{visit.server.url}#/gallery")
    page.wait_for_function("v => v.paused", arg=video.element_handle())
