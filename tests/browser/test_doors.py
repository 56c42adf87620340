"""The doors in a real browser: the first account, in and out, what is refused and how it is said, the shared ad."""

import re
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from studio.words import shell as words
from tests.browser.conftest import ADA, Server, Visit, visiting
from tests.browser.looking import WAYS, looks

PROMPT = "Create a luxury watch ad for Instagram"


@pytest.fixture
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A studio nobody has joined, closed to strangers."""
    server = Server(tmp_path_factory.mktemp("fresh"), registration="closed")
    server.start()
    yield server
    server.stop()


def type_in(page: Page, name: str, password: str) -> None:
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password", exact=True).fill(password)
    page.locator("form [type=submit]").click()


def fault(page: Page, field: str) -> str:
    expect(page.locator(f"#{field}-fault")).to_be_visible()
    expect(page.locator(f"#{field}")).to_have_attribute("aria-invalid", "true")
    expect(page.locator(f"#{field}")).to_be_focused()
    return page.locator(f"#{field}-fault").inner_text()


def test_the_first_person_makes_the_first_account_and_is_in(browser: Browser, fresh: Server) -> None:
    for visit in visiting(browser, fresh, {}, None):
        page = visit.page
        page.goto(fresh.url)
        page.wait_for_url(re.compile("/welcome"))
        expect(page.get_by_role("heading", level=1)).to_have_text("Your studio is ready.")
        looks(visit, "welcome")
        type_in(page, "grace", "short")
        assert fault(page, "password") == "A password has at least 8 characters; this one has 5."
        assert len(visit.console_errors) == 1, "the browser's own line about the 422"
        page.get_by_label("Password", exact=True).fill("long enough")
        page.locator("form [type=submit]").click()
        expect(page.get_by_role("button", name="Account of grace")).to_be_visible()
        assert page.url == f"{fresh.url}"
    for visit in visiting(browser, fresh, {}, None):  # now it has one, and takes no more
        page = visit.page
        page.goto(f"{fresh.url}welcome")
        page.wait_for_url(re.compile("/login"))
        expect(page.get_by_role("heading", name="Log in")).to_be_visible()
        page.wait_for_load_state("networkidle")
        expect(page.get_by_role("link", name="Sign up")).to_have_count(0)
        page.goto(f"{fresh.url}register")
        page.wait_for_url(re.compile("/login"))
        assert visit.outside == []


def test_who_logs_in_comes_to_where_they_were_going(stranger: Visit) -> None:
    server, page = stranger.server, stranger.page
    server.account(*ADA)
    page.goto(f"{server.url}#/gallery?status=failed")
    page.wait_for_url(re.compile("/login"))
    type_in(page, *ADA)
    page.wait_for_url("**/#/gallery?status=failed")
    expect(page.get_by_role("tab", name="Gallery")).to_have_attribute("aria-selected", "true")
    assert (stranger.console_errors, stranger.outside) == ([], [])


def test_nobody_is_sent_elsewhere_after_logging_in(stranger: Visit) -> None:
    server, page = stranger.server, stranger.page
    server.account(*ADA)
    arrived: list[str] = []
    stranger.context.route(server.url, lambda route: route.fulfill(body="<h1>The studio</h1>", content_type="text/html"))
    page.on("framenavigated", lambda frame: arrived.append(frame.url))
    for elsewhere in ("https://example.com/", "//example.com/", "/\\example.com", "javascript:alert(1)"):
        page.goto(f"{server.url}login?next={quote(elsewhere)}")
        type_in(page, *ADA)
        expect(page.get_by_role("heading", level=1)).to_have_text("The studio")
        assert arrived[-1] == page.url == server.url, elsewhere
        stranger.context.clear_cookies()
    assert stranger.outside == []


def test_what_is_wrong_is_said_where_it_is_wrong(stranger: Visit) -> None:
    page = stranger.open("login")
    page.locator("form [type=submit]").click()
    assert page.locator("#password-fault").inner_text() == "Type your password."
    assert fault(page, "username") == "Type your username."
    stranger.server.account(*ADA)
    type_in(page, ADA[0], "not this one")
    expect(page.locator("form > .trouble")).to_be_visible()
    expect(page.locator("form > .trouble")).to_contain_text("password")
    expect(page.get_by_label("Username")).to_have_value(ADA[0])
    expect(page.locator("form [type=submit]")).to_be_enabled()
    page.goto(f"{stranger.server.url}register")
    type_in(page, "ab", "long enough")
    assert fault(page, "username") == "A username has 3 to 50 characters; this one has 2."
    type_in(page, ADA[0], "long enough")
    assert fault(page, "username") == "That username already exists; choose another one."


def test_newcomers_accept_the_terms_of_whoever_runs_the_studio(stranger: Visit, tmp_path: Path) -> None:
    stranger.server.account(*ADA)
    terms = stranger.server.house.terms
    terms.file = tmp_path / "terms.md"
    try:
        terms.file.write_text("# Terms of Lumen Studio\n\nYour films are yours.\n\n## Costs\n- None <b>at all</b>\n- ever\n")
        page = stranger.open("register")
        box = page.get_by_role("checkbox", name="I accept the terms of this studio")
        expect(box).to_be_visible()
        type_in(page, "reader", "long enough")
        assert fault(page, "terms") == "Read the terms and accept them to go on."
        looks(stranger, "register, with terms")
        with stranger.context.expect_page() as opened:
            page.get_by_role("link", name="terms of this studio").click()
        text = opened.value
        expect(text.get_by_role("heading", level=1)).to_have_text("Terms of Lumen Studio")
        expect(text.get_by_role("listitem")).to_have_text(["None <b>at all</b>", "ever"])
        text.close()
        box.check()
        terms.file.write_text("They are another text by now.")
        page.locator("form [type=submit]").click()
        assert "hold now" in fault(page, "terms")
        expect(box).not_to_be_checked()
        assert len(stranger.console_errors) == 1, "the browser's own line about the 422"
        box.check()
        page.locator("form [type=submit]").click()
        expect(page.get_by_role("button", name="Account of reader")).to_be_visible()
        page.goto(f"{stranger.server.url}#/profile")
        address = page.get_by_role("definition").get_by_role("link").get_attribute("href") or ""
        expect(stranger.open(address.removeprefix("/")).locator("main")).to_contain_text("Terms of this studio")
        expect(page.get_by_text("They are another text by now.")).to_be_visible()
        looks(stranger, "terms")
    finally:
        terms.file = None


def test_too_many_attempts_say_when_to_come_back(stranger: Visit) -> None:
    page = stranger.open("login")
    refusal = {"error": {"code": "too_many", "message": "Too many wrong passwords. Wait, then try again."}}
    page.route("**/api/session", lambda route: route.fulfill(status=429, json=refusal, headers={"retry-after": "2"}))
    type_in(page, *ADA)
    expect(page.locator("form > .trouble")).to_have_text(refusal["error"]["message"])
    submit = page.locator("form [type=submit]")
    expect(submit).to_have_text("Try again in 2 s")
    expect(submit).to_be_disabled()
    expect(submit).to_be_enabled()
    expect(submit).to_have_text("Log in")


def test_a_password_can_be_seen_and_caps_lock_is_said(stranger: Visit) -> None:
    page = stranger.open("login")
    field = page.locator("#password")
    toggle = page.get_by_role("button", name="Show password")
    assert field.get_attribute("autocomplete") == "current-password"
    toggle.click()
    expect(field).to_have_attribute("type", "text")
    expect(toggle).to_have_attribute("aria-pressed", "true")
    expect(field).to_be_focused()
    toggle.click()
    expect(field).to_have_attribute("type", "password")
    field.evaluate(
        """e => { const key = new KeyboardEvent("keydown", {key: "A", bubbles: true, modifierCapsLock: true}); e.dispatchEvent(key); }"""
    )
    expect(page.get_by_text("Caps Lock is on.")).to_be_visible()


def log_out(page: Page) -> None:
    page.get_by_role("button", name="Account of ada").click()
    page.get_by_role("menuitem", name="Log out").click()


ASKS = """async () => {
    let passed = false;
    (await import("/s/pages.js")).load("gate.js").passing().then(() => { passed = true; });
    await new Promise((resolve) => setTimeout(resolve));
    return passed;
}"""
"""Whether a window would ask the studio now, rather than wait."""


def test_who_logs_out_is_out_in_every_window(visit: Visit) -> None:
    page = visit.open()
    second = visit.context.new_page()
    second.goto(f"{visit.server.url}#/gallery")
    expect(second.get_by_role("button", name="Account of ada")).to_be_visible()
    assert visit.console_errors == []
    for window in (page, second):
        window.route(re.compile("/login"), lambda route: route.fulfill(status=204))  # a page that is sent nowhere stays
    with page.expect_response(re.compile("/login$")), second.expect_response(re.compile("/login")):
        log_out(page)
    for window in (page, second):
        assert not window.evaluate(ASKS), "on its way to the door a window asks nothing any more"
        window.unroute(re.compile("/login"))
    page.goto(visit.server.url)
    page.wait_for_url(re.compile("/login"))
    # What was under way while the session ended may have come too late for it: the browser writes that down, nobody can keep it from it.
    assert [line for line in visit.console_errors if "401 (Unauthorized)" not in line] == []


def test_who_could_not_be_logged_out_stays_in_every_window(visit: Visit) -> None:
    page = visit.open()
    second = visit.context.new_page()
    second.goto(f"{visit.server.url}#/gallery")
    expect(second.get_by_role("button", name="Account of ada")).to_be_visible()
    asked: list[Route] = []
    with page.expect_request(re.compile("/api/session")):
        page.route("**/api/session", lambda route: asked.append(route))
        log_out(page)
    for window in (page, second):
        window.wait_for_function(f"async () => !(await ({ASKS})())")
    asked[0].abort()
    expect(page.get_by_text(words.WORDS["logOutFailed"])).to_be_visible()
    for window in (page, second):
        window.wait_for_function(ASKS)
    expect(second.get_by_role("heading", level=1)).to_be_visible()


def test_a_shared_ad_plays_for_whoever_has_the_link_until_it_is_taken_back(stranger: Visit) -> None:
    with stranger.server.api() as api:
        id = api.post("generate", json={"prompt": PROMPT, "brand": "Meridian"}).json()["generation_id"]
        while api.get(f"generations/{id}").json()["status"] != "completed":
            time.sleep(0.05)
        url = api.post(f"generations/{id}/share").json()["url"]
        page = stranger.open(url.removeprefix("/"))
        expect(page.get_by_role("heading", level=1)).to_have_text("Meridian")
        page.locator("video").evaluate("v => { v.muted = true; return v.play(); }")
        page.wait_for_function("() => document.querySelector('video').currentTime > 0.1")
        assert PROMPT not in page.content()
        looks(stranger, "shared")
        assert (stranger.console_errors, stranger.outside) == ([], [])
        api.delete(f"generations/{id}/share")
        page.reload()
        expect(page.get_by_role("heading", level=1)).to_have_text("This film is not here any more")
        looks(stranger, "shared no more")


@pytest.mark.parametrize("stranger", WAYS, indirect=True)
@pytest.mark.parametrize("door", ["login", "register"])
def test_the_doors_fit_are_named_large_enough_and_legible(stranger: Visit, door: str) -> None:
    stranger.server.account(*ADA)
    page = stranger.open(door)
    page.wait_for_load_state("networkidle")
    looks(stranger, "empty")
    page.locator("form [type=submit]").click()
    looks(stranger, "faults")
    assert (stranger.console_errors, stranger.outside) == ([], [])
    assert page.evaluate("[...document.images].every(i => i.complete && i.naturalWidth > 0)")
