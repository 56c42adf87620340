"""A set of variants in a real browser: from the Generate page's brief to a wall of films that play as one, and the zip."""

import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from studio.words import results, variants
from tests.browser.conftest import ADA, Server, Visit, visiting
from tests.browser.generate_tab import tab
from tests.browser.looking import PHONE, WAYS, holds, look_at, looks

WORDS = variants.SHARED | variants.WORDS
PROMPT = "Create a luxury watch ad for Instagram"


@pytest.fixture
def phone(browser: Browser, server: Server) -> Iterator[Visit]:
    yield from visiting(browser, server, PHONE, ADA)


def set_page(page: Page) -> Locator:
    return page.locator(".block.island-variants")


def button(page: Page, word: str, **values: Any) -> Locator:
    return set_page(page).get_by_role("button", name=WORDS[word].format(**values), exact=True)


def with_stand_ins(route: Route) -> None:
    """The server's own answer, as if its models cost something and others stood in for them."""
    reply = route.fetch()
    route.fulfill(response=reply, json=reply.json() | {"warnings": ["Up to $0.95 where a model fails."]})


def test_from_a_brief_to_a_wall_of_films(visit: Visit, server: Server) -> None:
    page = visit.open()
    page.route("**/api/variants/estimate", with_stand_ins)
    tab(page).locator("#prompt").fill(PROMPT)
    tab(page).get_by_role("link", name="Make variants").click()
    mine = set_page(page)
    expect(mine.get_by_role("heading", level=1)).to_have_text(WORDS["title"])
    expect(mine.locator("#v-prompt")).to_have_value(PROMPT)
    expect(button(page, "make", n=4)).to_be_enabled()
    mine.get_by_label(WORDS["hook"].format(letter="B"), exact=True).fill("Look again.")
    button(page, "remove", what=WORDS["call"].format(letter="B")).click()
    expect(mine.locator(".sheet tbody th").nth(1)).to_contain_text("Look again.")
    expect(mine.locator(".bill")).to_contain_text(WORDS["clips"].format(made=7, all=10))
    expect(mine.locator(".bill")).to_contain_text("Up to $0.95 where a model fails.")
    looks(visit, "a set being put together")
    server.switch()
    button(page, "make", n=2).click()
    page.wait_for_url("**/#/variants/*-*")
    expect(mine.locator(".card-ad")).to_have_count(2)
    expect(mine.locator(".wait").first).to_contain_text("Reading the brief")
    look_at(visit, "a set being made", None)
    server.switch(on=False)
    expect(mine.locator(".card-ad[data-status=completed]")).to_have_count(2)
    page.reload()
    expect(mine.locator(".card-ad[data-status=completed]")).to_have_count(2)
    looks(visit, "a set on the wall")
    films = mine.locator(".card-ad video")
    button(page, "playAll").click()
    for film in films.all():
        expect(film).to_have_js_property("paused", value=False)
    mine.get_by_label(WORDS["seek"]).fill("1")
    for film in films.all():
        page.wait_for_function("film => film.currentTime >= 0.9", arg=film.element_handle())
    with page.expect_download() as saved:
        mine.get_by_role("link", name=WORDS["zip"]).click()
    names = zipfile.ZipFile(saved.value.path()).namelist()
    assert [name.rpartition("_hook")[2][:1] for name in names if name.endswith(".mp4")] == ["A", "B"]
    assert visit.console_errors == []
    button(page, "delete").press("Enter")
    holds(visit, mine.get_by_role("dialog"), button(page, "delete"), "a question")
    button(page, "delete").click()
    button(page, "deleteYes").click()
    expect(mine.locator("#v-prompt")).to_be_visible()


def test_a_set_that_is_not_there_and_the_page_on_a_phone(phone: Visit) -> None:
    page = phone.open("#/variants/00000000-0000-0000-0000-000000000000")
    expect(set_page(page).get_by_role("heading", level=1)).to_have_text(WORDS["goneTitle"])
    set_page(page).get_by_role("link", name=WORDS["all"]).click()
    set_page(page).locator("#v-prompt").fill(PROMPT)
    expect(button(page, "make", n=4)).to_be_enabled()
    look_at(phone, "a set being put together, phone", None)


RESULTS = results.WORDS
NAMES = "aurelia_wrist-watch_hook{hook}_cta{call}_9x16_PAS_15s_v1"


def platform_csv() -> bytes:
    """As Meta would export it: hook A is far better, the calls are not apart; one line is nonsense."""
    clicks = {("A", "A"): 640, ("A", "B"): 610, ("B", "A"): 300, ("B", "B"): 310}
    rows = [f"{NAMES.format(hook=hook, call=call)},20000,{n}" for (hook, call), n in clicks.items()]
    return "\n".join(["Ad name,Impressions,Link clicks", *rows, "aurelia_x,many,3"]).encode()


@pytest.mark.parametrize("visit", WAYS, indirect=True)
def test_a_platform_s_results_say_what_is_decided_and_what_to_test_next(visit: Visit) -> None:
    page = visit.open("#/variants")
    mine = set_page(page)
    mine.get_by_role("link", name=RESULTS["open"]).click()
    expect(mine.get_by_role("heading", name=RESULTS["emptyTitle"])).to_be_visible()
    looks(visit, "no results yet")
    mine.locator("#results-file").set_input_files({"name": "november.csv", "mimeType": "text/csv", "buffer": platform_csv()})
    page.wait_for_url("**/#/variants?results=*-*")
    hooks, calls = (
        mine.locator(".results-factor").filter(has=page.get_by_role("heading", name=RESULTS["factors"][f])) for f in ("hook", "call")
    )
    expect(hooks.locator(".results-verdict")).to_have_text(RESULTS["verdicts"]["decided"])
    expect(calls.locator(".results-verdict")).to_have_text(RESULTS["verdicts"]["undecided"])
    expect(hooks.locator("tbody tr").first).to_contain_text("3.1 %")
    expect(hooks.locator("tbody tr").first).to_contain_text(RESULTS["between"].format(low="3.0", high="3.3"))
    expect(mine.locator(".results-next")).to_contain_text("Go on with the call")
    expect(mine.get_by_text(RESULTS["problems"][0])).to_be_visible()
    page.reload()
    expect(hooks.locator("tbody tr")).to_have_count(2)
    looks(visit, "results")
    remove = mine.get_by_role("button", name=RESULTS["remove"].format(name="november.csv"))
    remove.press("Enter")
    holds(visit, mine.get_by_role("dialog"), remove, "a question")
    remove.click()
    mine.get_by_role("dialog").get_by_role("button", name=RESULTS["removeYes"]).click()
    expect(mine.get_by_role("heading", name=RESULTS["emptyTitle"])).to_be_visible()
    mine.locator("#results-file").set_input_files({"name": "x.csv", "mimeType": "text/csv", "buffer": b"a,b\n1,2\n"})
    expect(mine.get_by_role("alert")).to_be_visible()
