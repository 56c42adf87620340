"""Teams in a real browser: made, somebody asked in by name or by a link, roles and limits, joined, ended; on a desk and on a phone."""

import pytest
from playwright.sync_api import Locator, Page, expect

from studio.words.generate import PAGE
from studio.words.teams import AD, GALLERY, ORDERING, WORDS
from tests.browser.conftest import BOB, Visit
from tests.browser.generate_tab import tab
from tests.browser.looking import WAYS, looks


def teams(page: Page) -> Locator:
    return page.locator(".island-profile").get_by_role("region", name=WORDS["title"], exact=True)


def member(page: Page, name: str) -> Locator:
    return teams(page).get_by_role("listitem").filter(has=page.get_by_text(name, exact=True))


def confirmed(page: Page, word: str) -> None:
    page.get_by_role("dialog").get_by_role("button", name=word, exact=True).click()


def test_from_a_name_to_two_people_and_an_end(visit: Visit) -> None:
    page = visit.open("#/profile")
    expect(teams(page).get_by_text(WORDS["none"])).to_be_visible()
    teams(page).get_by_role("button", name=WORDS["make"]).click()
    expect(teams(page).get_by_label(WORDS["name"])).to_be_focused()
    page.keyboard.type("Lumen <b>agency")
    page.keyboard.press("Enter")
    expect(teams(page).locator("summary")).to_have_text("Lumen agencyOwner · 1 person")
    expect(member(page, "ada")).to_contain_text("$0.00 spent this month")

    ask = teams(page).locator("form.ask")
    ask.get_by_label(WORDS["username"]).fill("nobody")
    ask.get_by_role("button", name=WORDS["ask"]).click()
    expect(teams(page).get_by_role("alert")).to_contain_text("Nobody has an account of that name")
    visit.console_errors.clear()  # the browser's own line about 422
    with visit.server.api(*BOB) as bob:
        ask.get_by_label(WORDS["username"]).fill("Bob")
        ask.get_by_label(WORDS["role"]).select_option("reviewer")
        expect(ask).to_contain_text(WORDS["roleHints"]["reviewer"])
        ask.get_by_role("button", name=WORDS["ask"]).click()
        expect(member(page, "bob")).to_contain_text("asked in, until")
        expect(teams(page).get_by_role("alert")).to_be_hidden()
        (asked,) = bob.get("teams").json()["invitations"]
        bob.post(f"invitations/{asked['id']}/accept").raise_for_status()
        page.reload()
        role = member(page, "bob").get_by_label("Role of bob")
        expect(role).to_have_value("reviewer")
        role.select_option("editor")
        expect(teams(page).get_by_label("Role of bob")).to_be_focused()
        limits = teams(page).get_by_role("button", name="Limits of bob")
        limits.click()
        expect(member(page, "bob").get_by_label(WORDS["adsAnHour"])).to_be_focused()
        page.keyboard.type("5")
        member(page, "bob").get_by_label(WORDS["dollarsAMonth"]).fill("20")
        page.keyboard.press("Enter")
        expect(member(page, "bob")).to_contain_text("5 ads an hour · $20.00 a month · $0.00 spent this month")
        expect(limits).to_be_focused()
        (team,) = bob.get("teams").json()["teams"]
        assert team["role"] == "editor"

        teams(page).get_by_label("Role of ada").select_option("reviewer")
        expect(teams(page).get_by_role("alert")).to_contain_text("keeps an owner")
        expect(teams(page).get_by_label("Role of ada")).to_have_value("owner")
        visit.console_errors.clear()  # 409
        teams(page).get_by_role("button", name="Take bob out of the team").click()
        confirmed(page, WORDS["takeOut"])
        expect(member(page, "bob")).to_have_count(0)
        assert bob.get("teams").json()["teams"] == []
    teams(page).get_by_role("button", name=WORDS["end"]).click()
    confirmed(page, WORDS["end"])
    expect(teams(page).get_by_text(WORDS["none"])).to_be_visible()
    assert (visit.console_errors, visit.outside) == ([], [])


def test_a_link_is_made_followed_by_a_newcomer_and_taken_back(visit: Visit, stranger: Visit) -> None:
    with visit.server.api() as ada:
        team = ada.post("teams", json={"name": "Lumen agency"}).json()["id"]
        page = visit.open("#/profile")
        by_link = teams(page).locator(".team-links")
        by_link.get_by_label(WORDS["linkRole"]).select_option("reviewer")
        by_link.get_by_label(WORDS["linkFor"], exact=True).select_option("5")
        by_link.get_by_role("button", name=WORDS["linkMake"]).click()
        address = by_link.get_by_label(WORDS["linkAddress"], exact=True)
        expect(address).to_be_focused()
        expect(by_link.get_by_role("listitem")).to_contain_text("A link, used by 0 of 5")

        guest = stranger.open(address.input_value().removeprefix(stranger.server.url))
        expect(guest.get_by_role("heading", level=1)).to_have_text("Lumen agency asks you to join")
        expect(guest.locator("main")).to_contain_text("You would be a reviewer, who looks, comments and decides.")
        looks(stranger, "an invitation, to a stranger")
        guest.get_by_role("link", name="Log in to join").click()
        guest.locator("main").get_by_role("link", name="Sign up").click()  # no account after all
        guest.get_by_label("Username").fill("newcomer")
        guest.get_by_label("Password", exact=True).fill("long enough")
        guest.locator("form [type=submit]").click()
        guest.get_by_role("button", name="Join as newcomer").click()
        expect(teams(guest).locator("details[open] summary")).to_have_text("Lumen agencyReviewer · 2 people")
        expect(teams(guest).locator(".team-links")).to_have_count(0)

        page.reload()
        expect(member(page, "newcomer")).to_contain_text("$0.00 spent this month")
        expect(by_link.get_by_role("listitem")).to_contain_text("A link, used by 1 of 5")
        by_link.get_by_role("button", name="Take the link for Reviewer back").click()
        expect(by_link.get_by_role("listitem")).to_have_count(0)
        assert (stranger.console_errors, stranger.outside) == ([], [])
        guest.goto(address_of := f"{stranger.server.url}join#{'x' * 43}")
        expect(guest.get_by_role("heading", level=1)).to_have_text("This invitation is not good any more")
        assert guest.url == address_of
        ada.delete(f"teams/{team}").raise_for_status()
    assert (visit.console_errors, visit.outside) == ([], [])


def test_an_ad_is_given_found_by_a_reviewer_and_approved(visit: Visit) -> None:
    with visit.server.api() as ada, visit.server.api(*BOB) as bob:
        team = ada.post("teams", json={"name": "Lumen agency"}).json()["id"]
        asked = ada.post(f"teams/{team}/invitations", json={"username": "bob", "role": "reviewer"}).json()["id"]
        bob.post(f"invitations/{asked}/accept").raise_for_status()
        me = next(one for one in ada.get(f"teams/{team}").json()["members"] if one["username"] == "ada")
        ada.patch(f"teams/{team}/members/{me['user_id']}", json={"ads_per_hour": 2}).raise_for_status()
    page = visit.open()
    tab(page).get_by_label(PAGE["promptLabel"]).fill("Create a luxury watch ad for Instagram")
    tab(page).get_by_label(ORDERING["for"]).select_option(label="For Lumen agency")
    expect(tab(page)).to_contain_text(PAGE["quoteOrders"].format(n=2))
    tab(page).get_by_role("button", name=PAGE["make"], exact=True).click()
    whose = page.locator(".team-of")
    expect(whose.get_by_label(AD["of"])).to_have_value(team)  # it was ordered for the team, and is
    ad = page.url.rpartition("/")[2]
    whose.get_by_label(AD["of"]).select_option(label=AD["nobody"])
    expect(whose.get_by_role("status")).to_have_text(AD["taken"])
    whose.get_by_label(AD["of"]).select_option(label="Lumen agency")
    expect(whose.get_by_role("status")).to_have_text("Lumen agency has it now: its members see it.")
    visit.context.add_cookies(visit.server.cookies(*BOB))
    page.goto(f"{visit.server.url}#/gallery")
    page.reload()
    page.get_by_label(GALLERY["whose"]).select_option(label="Lumen agency")
    page.locator(".island-gallery .ad a").first.click()
    expect(whose.get_by_text("Belongs to Lumen agency.")).to_be_visible()
    result = page.locator(".view.result")
    expect(result.get_by_role("link", name=PAGE["download"])).to_be_visible()
    for word in ("editor", "again", "delete"):
        expect(result.get_by_text(PAGE[word], exact=True)).to_have_count(0)
    whose.get_by_label(AD["note"]).fill("Ship it.")
    whose.get_by_role("button", name=AD["approve"]).click()
    expect(result.get_by_role("region", name=PAGE["reviewTitle"])).to_contain_text("bob")
    expect(result.get_by_role("region", name=PAGE["reviewTitle"])).to_contain_text("“Ship it.”")
    looks(visit, "an ad of a team, to a reviewer")
    page.goto(f"{visit.server.url}#/editor/{ad}")
    expect(page.locator(".block.island-editor")).to_contain_text("ask an owner of its team to make you an editor")
    visit.console_errors.clear()  # the browser's own line about 403
    page.goto(visit.server.url)
    expect(tab(page).get_by_label(PAGE["promptLabel"])).to_be_visible()
    expect(tab(page).get_by_label(ORDERING["for"])).to_be_hidden()  # reviewers order nothing for their team
    with visit.server.api() as ada:
        ada.delete(f"teams/{team}").raise_for_status()
    assert (visit.console_errors, visit.outside) == ([], [])


@pytest.mark.parametrize("visit", WAYS, indirect=True)
def test_it_fits_is_named_large_enough_and_legible(visit: Visit) -> None:
    with visit.server.api(*BOB) as bob, visit.server.api() as ada:
        for who in (ada, bob):
            for one in who.get("teams").json()["teams"]:
                if one["role"] == "owner":
                    who.delete(f"teams/{one['id']}").raise_for_status()
        own = ada.post("teams", json={"name": "Lumen agency"}).json()["id"]
        ada.post(f"teams/{own}/invitations", json={"username": "bob", "role": "editor"}).raise_for_status()
        other = bob.post("teams", json={"name": "Northlight"}).json()["id"]
        bob.post(f"teams/{other}/invitations", json={"username": "ada", "role": "reviewer"}).raise_for_status()
        page = visit.open()
        expect(tab(page).get_by_text("Northlight asks you to join as Reviewer.")).to_be_visible()
        tab(page).get_by_role("link", name=ORDERING["answer"]).click()
        expect(teams(page).get_by_text("Northlight asks you to join as Reviewer.")).to_be_visible()
        teams(page).get_by_role("button", name="Limits of ada").click()
        teams(page).get_by_role("button", name=WORDS["linkMake"]).click()
        address = teams(page).get_by_label(WORDS["linkAddress"], exact=True)
        expect(address).to_be_focused()
        looks(visit, "teams, as an owner, asked into another, with a link")
        link = address.input_value()
        teams(page).get_by_role("button", name="Join Northlight", exact=True).click()
        expect(teams(page).locator("details[open] summary")).to_have_text("NorthlightReviewer · 2 people")
        expect(member(page, "bob")).to_contain_text(WORDS["roles"]["owner"])
        expect(teams(page).locator("details[open]").get_by_role("button", name=WORDS["end"])).to_have_count(0)
        looks(visit, "teams, as a reviewer")
        teams(page).locator("details[open]").get_by_role("button", name=WORDS["leave"]).click()
        confirmed(page, WORDS["leave"])
        expect(teams(page).locator("summary")).to_have_count(1)
        page.goto(link)
        expect(page.get_by_role("link", name="To your teams")).to_be_visible()
        visit.context.add_cookies(visit.server.cookies(*BOB))
        page.reload()
        expect(page.get_by_role("button", name="Join as bob")).to_be_visible()
        looks(visit, "an invitation")
    assert (visit.console_errors, visit.outside) == ([], [])
