"""A review in a real browser: a link with a password, a remark at a moment, the owner's answer, an approval."""

import time

import pytest
from playwright.sync_api import Page, expect

from studio.words.generate import PAGE
from tests.browser.conftest import ADA, Visit
from tests.browser.looking import WAYS, looks

PROMPT = "Create a luxury watch ad for Instagram"


def finished(visit: Visit) -> str:
    with visit.server.api() as api:
        id: str = api.post("generate", json={"prompt": PROMPT, "brand": "Meridian"}).json()["generation_id"]
        while api.get(f"generations/{id}").json()["status"] != "completed":
            time.sleep(0.05)
    return id


def link(visit: Visit, ad: str, **wish: object) -> str:
    with visit.server.api() as api:
        url: str = api.post(f"generations/{ad}/share", json=wish).json()["url"]
    return url.removeprefix("/")


def say(page: Page, text: str) -> None:
    page.get_by_label("Your name").fill("Marta")
    page.get_by_label("Your remark").fill(text)
    page.get_by_role("button", name="Send").click()


def test_from_a_password_to_an_approval(stranger: Visit) -> None:
    ad = finished(stranger)
    page = stranger.open(link(stranger, ad, name="Lumen agency", password="lumen-2026"))
    expect(page.get_by_role("heading", level=1)).to_have_text("A film, and a password")
    page.get_by_label("Password").fill("wrong one")
    page.get_by_role("button", name="Watch").click()
    expect(page.get_by_role("alert")).to_contain_text("not the password")
    page.get_by_label("Password").fill("lumen-2026")
    page.get_by_role("button", name="Watch").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Meridian")
    page.locator("video").evaluate("v => new Promise(done => { v.onseeked = done; v.currentTime = 1; })")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("alert")).to_contain_text("Say who you are")
    say(page, "The dial <b>is cut off</b> here.")
    expect(page.locator(".remark")).to_contain_text("The dial is cut off here.")
    expect(page.locator(".remark .time")).to_have_text("0:01.0")
    expect(page.locator(".mark")).to_have_count(1)
    page.reload()
    expect(page.get_by_label("Your name")).to_have_value("Marta")
    stranger.console_errors.clear()  # the browser's own lines about 401

    stranger.context.add_cookies(stranger.server.cookies(*ADA))
    owner = stranger.context.new_page()
    owner.goto(f"{stranger.server.url}#/ad/{ad}")
    review = owner.locator(".block.island-generate").get_by_role("region", name=PAGE["reviewTitle"])
    expect(review).to_contain_text("The dial is cut off here.")
    review.get_by_label(PAGE["reviewDone"]).check()
    review.get_by_label(PAGE["reviewAnswer"]).fill("Done.")
    review.get_by_role("button", name=PAGE["reviewSend"]).click()
    expect(review.locator(".remarks li")).to_have_count(2)

    page.reload()
    expect(page.get_by_text("seen to")).to_be_visible()
    expect(page.locator(".remark.own")).to_contain_text("Done.")
    expect(page.locator(".verdict")).to_have_text("Ask for changesApprove")  # nothing is said of what nobody decided
    page.get_by_role("button", name="Approve").click()
    expect(page.locator(".decided.approved")).to_contain_text("Marta approved this film")
    owner.reload()
    expect(review.locator(".decisions .approved")).to_contain_text("Marta approved this")
    assert (stranger.console_errors, stranger.outside) == ([], [])


@pytest.mark.parametrize("stranger", WAYS, indirect=True)
def test_it_fits_is_named_large_enough_and_legible(stranger: Visit) -> None:
    ad = finished(stranger)
    page = stranger.open(link(stranger, ad))
    say(page, "Lovely.")
    expect(page.locator(".remark")).to_be_visible()
    page.get_by_role("button", name="Approve").click()
    expect(page.locator(".decided")).to_be_visible()
    looks(stranger, "review")
    stranger.open(link(stranger, ad, password="lumen"))
    looks(stranger, "locked")
