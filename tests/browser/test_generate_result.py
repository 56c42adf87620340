"""What can be done with a finished ad – in a real browser: made anew, changed, shared, deleted."""

import re

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Visit
from tests.browser.generate_tab import PROMPT, WORDS, ask, button, detail, heading, id_of, options, prompt_box, tab


def finished(visit: Visit) -> Page:
    page = visit.open()
    ask(page)
    heading(page, WORDS["doneTitle"])
    return page


def test_regenerate_takes_the_same_brief_and_the_next_seed_and_edit_opens_it_with_everything_in_it(visit: Visit) -> None:
    page = visit.open()
    options(page).get_by_label("Vibrant").check(force=True)
    options(page).get_by_label("30 s").check(force=True)
    options(page).get_by_label(WORDS["brand"]).fill("Aurelia")
    ask(page)
    heading(page, WORDS["doneTitle"])
    first = id_of(page)
    button(page, "again").click()
    page.wait_for_function("first => !location.hash.endsWith(first)", arg=first)
    second = id_of(page)
    heading(page, WORDS["doneTitle"])
    assert detail(visit.server, second)["brief"] == detail(visit.server, first)["brief"] | {"seed": 1}
    button(page, "edit").click()
    heading(page, WORDS["title"])
    expect(prompt_box(page)).to_have_value(PROMPT)
    expect(tab(page).locator(".summary")).to_have_text("30 s · Vibrant · Aurelia · Seed 1")
    assert visit.console_errors == []


def test_a_link_opens_for_anybody_until_it_is_taken_back(visit: Visit, browser: Browser) -> None:
    page = finished(visit)
    visit.context.grant_permissions(["clipboard-read", "clipboard-write"])
    button(page, "share").click()
    panel = tab(page).get_by_role("region", name=WORDS["shareTitle"])
    link = panel.get_by_label(WORDS["shareLink"]).input_value()
    assert link.startswith(f"{visit.server.url}r/")
    expect(panel).to_contain_text("Until ")
    panel.get_by_role("button", name=WORDS["copy"]).click()
    expect(panel.get_by_role("button", name=WORDS["copied"])).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == link

    guests = browser.new_context()
    guest = guests.new_page()
    guest.goto(link)
    video = guest.locator("video")
    video.evaluate("v => { v.muted = true; return v.play(); }")
    guest.wait_for_function("v => v.videoWidth === 108", arg=video.element_handle())

    panel.get_by_role("button", name=WORDS["shareEnd"]).click()
    expect(tab(page).get_by_text(WORDS["shareEnded"])).to_be_visible()
    reply = guest.goto(link)
    assert reply is not None
    assert reply.status == 410
    guests.close()
    assert (visit.console_errors, visit.outside) == ([], [])


def test_delete_asks_first_and_leads_to_the_gallery(visit: Visit) -> None:
    page = finished(visit)
    id = id_of(page)
    button(page, "delete").click()
    dialog = tab(page).get_by_role("dialog", name=WORDS["deleteTitle"])
    dialog.get_by_role("button", name=WORDS["deleteNo"]).click()
    expect(dialog).to_be_hidden()
    heading(page, WORDS["doneTitle"])
    button(page, "delete").click()
    dialog.get_by_role("button", name=WORDS["deleteYes"]).click()
    page.wait_for_url("**/#/gallery")
    with visit.server.api() as client:
        assert client.get(f"generations/{id}").status_code == 404
    assert visit.console_errors == []


def test_what_was_quoted_stands_beside_what_it_cost_and_a_refusal_to_share_is_a_sentence(visit: Visit) -> None:
    page = finished(visit)
    known = detail(visit.server, id_of(page))
    page.route(f"**/api/generations/{known['id']}", lambda route: route.fulfill(json=known | {"cost": 0.87, "quoted_cost": 1.2}))
    page.reload()
    expect(tab(page).locator("dl.facts")).to_contain_text("$0.87quoted $1.20")
    page.route("**/share", lambda route: route.abort())
    button(page, "share").click()
    expect(tab(page).get_by_role("alert")).to_have_text(WORDS["shareFailed"])


def test_a_browser_that_refuses_to_play_by_itself_shows_the_poster_and_says_nothing(visit: Visit) -> None:
    visit.context.add_init_script("HTMLMediaElement.prototype.play = () => Promise.reject(new DOMException('no', 'NotAllowedError'))")
    page = finished(visit)
    video = tab(page).locator("video")
    expect(video).to_have_attribute("poster", re.compile("^/api/"))
    assert video.evaluate("v => v.paused && v.controls")
    assert visit.console_errors == []
