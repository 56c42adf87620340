"""Brands in a real browser: the first one set up, files that are refused, the list, and the chooser on the Generate page."""

import io

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from models.typefaces import FILES
from studio.words import brands
from tests.browser.conftest import BOB, Server, Visit
from tests.browser.generate_tab import WORDS as GENERATE
from tests.browser.generate_tab import detail, id_of, tab
from tests.browser.looking import PHONE, look_at, looks

WORDS = brands.SHARED | brands.WORDS
PROMPT = "Create a luxury watch ad for Instagram"
ANTON = FILES / "anton-400.ttf"


def mine(page: Page) -> Locator:
    return page.locator(".block.island-brands")


def logo() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGBA", (160, 80), (12, 20, 40, 255)).save(buffer, "PNG")
    return buffer.getvalue()


@pytest.fixture(autouse=True)
def no_brands(server: Server) -> None:
    with server.api() as api:
        for one in api.get("brands").json()["brands"]:
            api.delete(f"brands/{one['id']}").raise_for_status()


def kit(server: Server, **values: object) -> str:
    with server.api() as api:
        id: str = api.post("brands", json={"name": "Lumen", "colors": ["#101114", "#F2D23C"], **values}).raise_for_status().json()["id"]
        return id


def kept(page: Page) -> None:
    expect(mine(page).locator(".kept")).to_have_text(WORDS["saved"])


def test_a_first_brand_is_set_up_and_shown_as_it_looks(visit: Visit, server: Server) -> None:
    page = visit.open("#/brands")
    here = mine(page)
    expect(here.get_by_role("heading", level=1)).to_have_text(WORDS["emptyTitle"])
    look_at(visit, "no brand yet", None)
    here.get_by_role("button", name=WORDS["begin"]).click()
    expect(here.get_by_role("alert")).to_have_text(WORDS["needsName"])
    here.get_by_label(WORDS["nameFirst"]).fill("Aurelia")
    page.keyboard.press("Enter")
    page.wait_for_url("**/#/brands/*-*")
    expect(here.get_by_role("heading", level=1)).to_be_focused()
    here.get_by_label(WORDS["tone"], exact=True).fill("Calm and exact.")
    here.get_by_label(WORDS["call"], exact=True).fill("x")
    here.get_by_label(WORDS["name"], exact=True).focus()
    expect(here.locator("#kit-call-fault")).to_contain_text("2 to 28 characters")
    here.get_by_label(WORDS["call"], exact=True).fill("See the watch")
    for text in ("navy", "#0b1a30"):
        here.get_by_role("button", name=WORDS["colorAdd"]).click()
        expect(here.locator(".hex:focus")).to_have_count(1)
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.type(text)
        page.keyboard.press("Enter")
    expect(here.locator(".hex").nth(1)).to_have_value("#0B1A30")
    expect(here.locator(".hex").first).to_have_value("#0A192F")
    expect(here.locator(".palette small").nth(1)).to_contain_text("too faint")
    here.locator(".hex").nth(1).fill("#D4AF37")
    here.locator(".hex").nth(1).blur()
    expect(here.locator(".palette small").nth(1)).to_have_text(WORDS["contrast"].format(ratio="8.4"))
    here.get_by_label("Engraved capitals").check()
    here.locator("#kit-logo").set_input_files({"name": "mark.svg", "mimeType": "image/svg+xml", "buffer": b"<svg/>"})
    expect(here.locator("#kit-logo-fault")).to_have_text(WORDS["logoSvg"].format(name="mark.svg"))
    here.locator("#kit-logo").set_input_files({"name": "mark.png", "mimeType": "image/png", "buffer": logo()})
    expect(here.locator(".face-logo")).to_have_js_property("complete", value=True)
    font = here.locator("#kit-font-display")
    font.set_input_files({"name": "no.ttf", "mimeType": "font/ttf", "buffer": b"wOF2" + bytes(400)})
    expect(here.locator("#kit-font-display-fault")).to_contain_text("no TrueType or OpenType font")
    font.set_input_files(ANTON)
    expect(here.locator(".there-text").last).to_contain_text("Anton Regular")
    kept(page)
    page.wait_for_function("[...document.fonts].some((face) => face.family.includes('own ') && face.status === 'loaded')")
    looks(visit, "a brand set up")
    here.get_by_role("link", name=WORDS["all"]).click()
    card = here.locator(".kit")
    expect(card.get_by_role("heading")).to_have_text("Aurelia")
    assert "own " in card.get_by_role("heading").evaluate("node => getComputedStyle(node).fontFamily")
    expect(card.locator(".face-call")).to_have_text("See the watch")
    expect(card.locator(".color-bar li")).to_have_text(["#0A192F", "#D4AF37"])
    with server.api() as api:
        (told,) = api.get("brands").json()["brands"]
    assert (told["tone"], told["font_style"], [one["title"] for one in told["fonts"]]) == (
        "Calm and exact.",
        "engraved_caps",
        ["Anton Regular"],
    )
    card.get_by_role("link", name=WORDS["editNamed"].format(name="Aurelia")).first.click()
    here.get_by_role("button", name=WORDS["delete"]).click()
    here.get_by_role("button", name=WORDS["deleteYes"]).click()
    expect(here.get_by_role("heading", level=1)).to_have_text(WORDS["emptyTitle"])
    assert visit.outside == []
    assert [text for text in visit.console_errors if "422" not in text] == []


def test_an_ad_is_made_for_a_brand_that_is_forgotten_once_it_is_gone(visit: Visit, server: Server) -> None:
    page = visit.open()
    choice = tab(page).get_by_label(GENERATE["kit"], exact=True)
    expect(tab(page).get_by_role("link", name=GENERATE["variants"])).to_be_visible()
    expect(choice).to_be_hidden()
    id = kit(server)
    page.goto(f"{server.url}#/brands")
    mine(page).get_by_role("link", name=WORDS["useNamed"].format(name="Lumen")).click()
    expect(choice).to_have_value(id)
    tab(page).get_by_label(GENERATE["promptLabel"]).fill(PROMPT)
    page.reload()
    expect(choice).to_have_value(id)
    expect(tab(page).locator("#prompt")).to_have_value(PROMPT)
    look_at(visit, "a prompt for a brand", None)
    with page.expect_request("**/api/generate") as sent:
        tab(page).get_by_role("button", name=GENERATE["make"]).click()
    assert sent.value.post_data_json["kit"] == id
    assert detail(server, id_of(page))["brief"]["brand"] == "Lumen"
    page.goto(f"{server.url}#/")
    choice.select_option(id)
    tab(page).get_by_label(GENERATE["promptLabel"]).fill(PROMPT)
    with server.api() as api:
        api.delete(f"brands/{id}").raise_for_status()
    page.reload()
    expect(tab(page).locator("#prompt")).to_have_value(PROMPT)
    expect(choice).to_be_hidden()
    with page.expect_request("**/api/generate") as sent:
        tab(page).get_by_role("button", name=GENERATE["make"]).click()
    assert "kit" not in sent.value.post_data_json
    id_of(page)
    assert visit.console_errors == []


@pytest.mark.parametrize("visit", [PHONE], indirect=True)
def test_brands_on_a_phone_and_one_that_is_somebody_elses(visit: Visit, server: Server) -> None:
    id = kit(server, tone="Quick and warm.", call="Switch it on", font_style="bold_display")
    page = visit.open("#/brands")
    expect(mine(page).locator(".kit")).to_have_count(1)
    looks(visit, "the list on a phone")
    page.goto(f"{server.url}#/brands/{id}")
    expect(mine(page).locator(".stage .face")).to_contain_text("Lumen")
    look_at(visit, "a brand on a phone", None)
    with server.api(*BOB) as api:
        theirs = api.post("brands", json={"name": "Other"}).json()["id"]
    page.goto(f"{server.url}#/brands/{theirs}")
    expect(mine(page).get_by_role("heading", level=1)).to_have_text(WORDS["goneTitle"])
