"""The Gallery tab in a real browser: looking, finding, what happens live, fetching and removing."""

import time
from collections.abc import Iterator, Sequence
from datetime import timedelta

import httpx
import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from sqlalchemy import inspect

from studio.store.tables import Generation, new_id
from studio.words.gallery import WORDS
from tests.browser.conftest import Server, Visit, visiting
from tests.browser.looking import WAYS, looks

PROMPTS = ("Create a luxury watch ad for Instagram", "Make a teapot ad, broken model inside", "Make a water bottle ad for YouTube")
ASPECTS = ("9:16", "16:9", "1:1")


def ordered(api: httpx.Client, prompt: str, **options: object) -> str:
    id: str = api.post("generate", json={"prompt": prompt} | options).raise_for_status().json()["generation_id"]
    return id


def all_ended(api: httpx.Client) -> None:
    while (s := api.get("user/stats").json()["by_status"])["pending"] + s["processing"]:
        time.sleep(0.05)


def copied(server: Server, ad: str, prompts: Sequence[str]) -> None:
    """Write down a finished ad again under each prompt, a second later each, with the same film and picture."""
    with server.house.store.database.writing() as session:
        one = session.get_one(Generation, ad)
        columns = {column.key: getattr(one, column.key) for column in inspect(Generation).column_attrs}
        for i, prompt in enumerate(prompts, start=1):
            own = {"id": new_id(), "prompt": prompt, "prompt_key": prompt.casefold(), "created_at": one.created_at + timedelta(seconds=i)}
            session.add(Generation(**(columns | own)))


@pytest.fixture
def who(server: Server, request: pytest.FixtureRequest) -> tuple[str, str]:
    """A person with no ads, of this test's own."""
    name = f"p{abs(hash(request.node.nodeid)) % 10**9}"
    server.account(name, "correct horse")
    return name, "correct horse"


@pytest.fixture
def api(server: Server, who: tuple[str, str]) -> Iterator[httpx.Client]:
    with server.api(*who) as client:
        yield client


@pytest.fixture
def theirs(browser: Browser, server: Server, who: tuple[str, str], request: pytest.FixtureRequest) -> Iterator[Visit]:
    yield from visiting(browser, server, getattr(request, "param", {}), who)


def gallery(page: Page) -> Locator:
    return page.locator(".island-gallery")


def cards(page: Page) -> Locator:
    return gallery(page).locator(".ad:not([aria-hidden])")


def card(page: Page, prompt: str) -> Locator:
    return cards(page).filter(has_text=prompt)


def test_an_empty_gallery_leads_to_the_first_ad(theirs: Visit) -> None:
    page = theirs.open("#/gallery")
    expect(page).to_have_title("Gallery · Ad Studio")
    expect(gallery(page).get_by_role("heading", name=WORDS["emptyTitle"])).to_be_visible()
    looks(theirs, "empty")
    gallery(page).get_by_role("link", name=WORDS["emptyGo"]).click()
    expect(page.get_by_role("tab", name="Generate")).to_have_attribute("aria-selected", "true")
    assert (theirs.console_errors, theirs.outside) == ([], [])


def test_every_ad_has_its_picture_in_its_shape_and_its_facts(theirs: Visit, api: httpx.Client) -> None:
    for prompt, aspect in zip(PROMPTS, ASPECTS, strict=True):
        ordered(api, prompt, aspect_ratio=aspect)
        all_ended(api)
    page = theirs.open("#/gallery")
    expect(cards(page)).to_have_count(3)
    expect(cards(page).nth(0)).to_contain_text(PROMPTS[2])
    for prompt, aspect in zip(PROMPTS, ASPECTS, strict=True):
        across, up = map(int, aspect.split(":"))
        box = card(page, prompt).locator(".shot").bounding_box()
        assert box
        assert abs(box["width"] / box["height"] - across / up) < 0.02
    finished = card(page, PROMPTS[0])
    for fact in ("Finished", "just now", "15 s", "$0.00"):
        expect(finished).to_contain_text(fact)
    picture = finished.locator("img")
    assert picture.evaluate("i => i.decode().then(() => [i.naturalWidth > 0, i.loading, i.width > 0])") == [True, "lazy", True]
    failed = card(page, PROMPTS[1])
    expect(failed).to_contain_text("Failed")
    expect(failed).to_contain_text("A model stopped halfway.")
    assert theirs.console_errors == []


def test_an_ad_is_seen_growing_failing_and_made_again_and_what_it_says_is_never_run(theirs: Visit, api: httpx.Client) -> None:
    server = theirs.server
    page = theirs.open("#/gallery")
    server.switch("hold-visuals")
    ordered(api, PROMPTS[0])
    mine = card(page, PROMPTS[0])
    expect(mine).to_contain_text("Being made, 20 %")
    expect(mine.locator("img")).to_have_count(0)
    server.switch("hold-visuals", on=False)
    expect(mine).to_contain_text("Finished")
    expect(mine.locator("img")).to_have_count(1)
    ordered(api, PROMPTS[1])
    broken = card(page, PROMPTS[1])
    expect(broken).to_contain_text("A model stopped halfway.")
    server.switch("mended")
    broken.get_by_role("button", name=WORDS["retry"], exact=True).click()
    expect(broken).to_contain_text("Finished")
    server.switch("mended", on=False)
    ordered(api, "Watch ad ${window.hit=2} {{value}} \"'><b>bold</b>")
    expect(cards(page).nth(0)).to_contain_text("${window.hit=2} {{value}}")
    assert page.evaluate("window.hit") is None
    assert theirs.console_errors == []


def test_search_status_and_order_are_in_the_address(theirs: Visit, api: httpx.Client) -> None:
    for prompt in PROMPTS:
        ordered(api, prompt)
    all_ended(api)
    page = theirs.open("#/gallery")
    expect(cards(page)).to_have_count(3)
    box = gallery(page).get_by_role("searchbox")
    box.fill("WATER")
    page.wait_for_url("**/#/gallery?q=WATER")
    expect(cards(page)).to_have_count(1)
    expect(box).to_be_focused()
    box.fill("submarine")
    expect(gallery(page).get_by_role("heading", name=WORDS["nothingTitle"])).to_be_visible()
    looks(theirs, "nothing found")
    gallery(page).get_by_role("button", name=WORDS["nothingGo"]).click()
    expect(cards(page)).to_have_count(3)
    gallery(page).get_by_label(WORDS["statuses"]["failed"], exact=True).check(force=True)
    page.wait_for_url("**/#/gallery?status=failed")
    expect(cards(page)).to_have_count(1)
    page.reload()
    expect(cards(page)).to_have_count(1)
    expect(gallery(page).get_by_label(WORDS["statuses"]["failed"], exact=True)).to_be_checked()
    page.goto(f"{theirs.server.url}#/gallery?sort=created_at_asc")
    expect(cards(page).nth(0)).to_contain_text(PROMPTS[0])
    assert theirs.console_errors == []


def test_show_more_keeps_the_place_and_moves_the_focus_to_what_is_new(theirs: Visit, api: httpx.Client) -> None:
    made = ordered(api, "Make a teapot ad, number 0, for Instagram")
    all_ended(api)
    copied(theirs.server, made, [f"Make a teapot ad, number {i}, for Instagram" for i in range(1, 25)])
    page = theirs.open("#/gallery")
    expect(cards(page)).to_have_count(24)
    expect(gallery(page).get_by_text("24 of 25 ads")).to_be_visible()
    more = gallery(page).get_by_role("button", name=WORDS["more"])
    more.scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    more.focus()
    page.keyboard.press("Enter")
    expect(cards(page)).to_have_count(25)
    expect(cards(page).nth(24).locator("a")).to_be_focused()
    assert page.evaluate("scrollY") == before
    expect(more).to_be_hidden()


def test_a_film_previews_silently_under_a_mouse_and_under_the_keyboard_but_not_under_a_thumb(theirs: Visit, api: httpx.Client) -> None:
    ordered(api, PROMPTS[0])
    all_ended(api)
    page = theirs.open("#/gallery")
    mine = card(page, PROMPTS[0])
    mine.hover()
    preview = mine.locator("video.preview.on")
    expect(preview).to_have_count(1)
    assert preview.evaluate("v => [v.muted, v.controls]") == [True, False]
    page.mouse.move(1, 1)
    expect(mine.locator("video")).to_have_count(0)
    mine.evaluate("e => e.dispatchEvent(new PointerEvent('pointerenter', {pointerType: 'touch'}))")
    page.wait_for_timeout(600)
    expect(mine.locator("video")).to_have_count(0)
    gallery(page).get_by_label(WORDS["sort"]).focus()
    page.keyboard.press("Tab")
    expect(mine.locator("a.open")).to_be_focused()
    expect(mine.locator("video")).to_have_count(1)
    assert theirs.console_errors == []


def test_an_ad_is_deleted_only_after_a_question(theirs: Visit, api: httpx.Client) -> None:
    first, second = ordered(api, PROMPTS[0]), ordered(api, PROMPTS[2])
    all_ended(api)
    page = theirs.open("#/gallery")
    dots = card(page, PROMPTS[0]).get_by_role("button", name="More for")
    dots.focus()
    page.keyboard.press("ArrowDown")
    menu = card(page, PROMPTS[0]).get_by_role("menu")
    expect(menu.get_by_role("menuitem", name=WORDS["open"])).to_be_focused()
    assert menu.get_by_role("menuitem", name=WORDS["download"]).get_attribute("href") == f"/api/video/{first}"
    looks(theirs, "menu")
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name=WORDS["deleteTitle"])
    expect(dialog.get_by_role("button", name=WORDS["deleteNo"])).to_be_focused()
    looks(theirs, "dialog")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(dots).to_be_focused()
    dots.click()
    menu.get_by_role("menuitem", name=WORDS["delete"]).click()
    dialog.get_by_role("button", name=WORDS["deleteYes"]).click()
    expect(cards(page)).to_have_count(1)
    expect(card(page, PROMPTS[2]).locator("a.open")).to_be_focused()
    assert [g["id"] for g in api.get("generations").json()["generations"]] == [second]
    with page.expect_download() as download:
        card(page, PROMPTS[2]).get_by_role("button", name="More for").click()
        page.get_by_role("menuitem", name=WORDS["download"]).click()
    assert download.value.suggested_filename == f"ad_{second}.mp4"
    assert theirs.console_errors == []


def test_when_the_studio_does_not_answer_the_page_says_so_and_tries_again(theirs: Visit, api: httpx.Client) -> None:
    ordered(api, PROMPTS[0])
    all_ended(api)
    theirs.page.route("**/api/generations?*", lambda route: route.abort())
    page = theirs.open("#/gallery")
    expect(gallery(page).get_by_role("heading", name=WORDS["failedTitle"])).to_be_visible()
    looks(theirs, "no answer")
    page.unroute("**/api/generations?*")
    gallery(page).get_by_role("button", name=WORDS["again"]).click()
    expect(cards(page)).to_have_count(1)


@pytest.mark.parametrize("theirs", WAYS, indirect=True)
def test_a_mixed_gallery_fits_is_named_large_enough_and_legible(theirs: Visit, api: httpx.Client) -> None:
    for i, prompt in enumerate(PROMPTS * 2):
        ordered(api, prompt, aspect_ratio=ASPECTS[i % 3])
    all_ended(api)
    theirs.server.switch("hold-visuals")
    ordered(api, PROMPTS[0])
    page = theirs.open("#/gallery")
    expect(cards(page)).to_have_count(7)
    expect(cards(page).nth(0)).to_contain_text("20 %")
    looks(theirs, "mixed")
    for dots in (cards(page).nth(n).get_by_role("button", name="More for") for n in (0, 1, 4)):
        dots.click()
        menu = gallery(page).locator("[role=menu]:not([hidden])")
        box, size = menu.bounding_box(), page.viewport_size
        assert box
        assert size
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= size["width"]
        page.keyboard.press("Escape")
    assert (theirs.console_errors, theirs.outside) == ([], [])
