"""The Profile tab in a real browser: the person, what was made and spent, how programs get in."""

import json
import subprocess
import time
from datetime import UTC, datetime

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect

from studio.words.profile import WORDS
from tests.browser.conftest import Visit
from tests.browser.looking import WAYS, looks

SPENT = {
    "total": 12,
    "by_status": {"pending": 1, "processing": 1, "completed": 9, "failed": 1},
    "success_rate": 0.9,
    "months": [{"year": 2025, "month": m, "cost": c, "calls": n} for m, c, n in ((11, 4.2, 6), (9, 0.35, 1), (7, 12.0, 30))],
    "budget": {"spent": 4.2, "held": 0.8, "cap": 50.0, "left": 45.0},
}


def profile(page: Page) -> Locator:
    return page.locator(".island-profile")


def has_spent(visit: Visit) -> None:
    """SPENT, in the November it speaks of."""
    visit.page.clock.set_fixed_time(datetime(2025, 11, 20, tzinfo=UTC))
    visit.page.route("**/api/user/stats", lambda route: route.fulfill(json=SPENT))


def figure(page: Page, name: str) -> Locator:
    return profile(page).locator(".figures > div").filter(has_text=name).locator("dd")


def test_the_figures_are_the_accounts_own(visit: Visit) -> None:
    with visit.server.api() as api:
        before = api.get("user/profile").json()["total_generations"]
        api.post("generate", json={"prompt": "Create a luxury watch ad for Instagram"})
        while api.get("user/stats").json()["by_status"]["completed"] < before + 1:
            time.sleep(0.05)
    page = visit.open("#/profile")
    expect(page).to_have_title("Profile · Ad Studio")
    expect(profile(page).get_by_role("heading", name="@ada")).to_be_visible()
    expect(profile(page).locator(".identity")).to_contain_text(datetime.now(UTC).strftime("%Y"))
    expect(profile(page).locator(".identity")).to_contain_text("just now")
    expect(figure(page, WORDS["finished"])).to_have_text(str(before + 1))
    expect(figure(page, WORDS["rate"])).to_contain_text("100 %")
    expect(figure(page, WORDS["cost"])).to_have_text("$0.00")
    expect(profile(page).get_by_text(WORDS["monthsNone"])).to_be_visible()
    expect(profile(page).get_by_text("$50.00 left of $50.00")).to_be_visible()
    expect(profile(page).get_by_text(WORDS["canMake"])).to_be_visible()
    assert (visit.console_errors, visit.outside) == ([], [])


def test_how_long_things_are_kept_is_chosen_and_what_goes_next_is_told(visit: Visit) -> None:
    with visit.server.api() as api:
        ordered = api.post("generate", json={"prompt": "Create an ad for a lamp that goes one day"}).json()["generation_id"]
        while api.get(f"generations/{ordered}").json()["status"] != "completed":
            time.sleep(0.05)
        first = next(one for one in api.get("user/keeping").json()["going"] if one["kind"] == "ad")
    page = visit.open("#/profile")
    choice = profile(page).get_by_label(WORDS["keepingFor"])
    expect(choice).to_have_value("usual")
    expect(choice.locator("option").first).to_have_text("30 days, as usual here")
    profile(page).get_by_role("button", name=f"Keep “{first['title']}”").first.click()
    expect(profile(page).get_by_text(WORDS["keepingKept"])).to_be_visible()
    expect(choice).to_be_focused()
    choice.select_option(label="365 days")
    expect(profile(page).get_by_text(WORDS["keepingSaved"])).to_be_visible()
    choice.select_option(label=WORDS["keepingAll"])
    expect(profile(page).get_by_text(WORDS["keepingNone"])).to_be_visible()
    with visit.server.api() as api:
        assert api.get("user/keeping").json()["days"] is None
        told = api.get(f"generations/{first['id']}/keeping").json()
        assert (told["goes_at"], told["kept"]) == (None, True)
        api.delete("user/keeping")
    assert visit.console_errors == []


def test_money_is_drawn_month_by_month_and_told_as_a_table(visit: Visit) -> None:
    has_spent(visit)
    page = visit.open("#/profile")
    rows = profile(page).get_by_role("table", name=WORDS["months"]).get_by_role("row")
    expect(rows).to_have_count(7)  # its head, and six months without a gap
    expect(rows.nth(2)).to_have_text("July 2025$12.0030")
    expect(rows.nth(5)).to_have_text("October 2025$0.000")
    columns = profile(page).locator(".chart .column")
    expect(columns).to_have_count(3)
    tall = columns.evaluate_all("all => all.map(c => c.getBBox().height)")
    assert tall[0] / tall[2] == pytest.approx(12 / 4.2, rel=0.02)
    meter = profile(page).get_by_role("meter")
    assert (meter.get_attribute("aria-valuenow"), meter.get_attribute("aria-valuetext")) == ("5", "$45.00 left of $50.00")
    expect(profile(page).get_by_text("$0.80 of it is set aside for ads in work.")).to_be_visible()


def test_the_code_samples_are_copied_and_work_as_they_stand(visit: Visit) -> None:
    visit.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = visit.open("#/profile")
    button = profile(page).get_by_role("button", name=f"{WORDS['copy']}: {WORDS['apiOrder']}")
    button.click()
    expect(button).to_contain_text(WORDS["copied"])
    assert "/api/generate" in page.evaluate("navigator.clipboard.readText()")
    samples = profile(page).locator("pre").all_inner_texts()
    get_token = samples[0].split("| jq")[0].removeprefix("TOKEN=$(").replace("…", "correct horse")
    token = json.loads(subprocess.run(["bash", "-c", get_token], capture_output=True, check=True).stdout)["access_token"]
    order = subprocess.run(["bash", "-c", f"TOKEN={token}\n{samples[1]}"], capture_output=True, check=True).stdout
    assert json.loads(order)["status"] == "pending"


def test_without_an_answer_the_page_says_so_and_tries_again_and_logging_out_makes_the_session_worthless(visit: Visit) -> None:
    visit.page.route("**/api/user/stats", lambda route: route.abort())
    page = visit.open("#/profile")
    expect(profile(page).get_by_role("heading", name=WORDS["failedTitle"])).to_be_visible()
    page.unroute("**/api/user/stats")
    profile(page).get_by_role("button", name=WORDS["again"]).click()
    expect(profile(page).get_by_role("heading", name="@ada")).to_be_visible()
    cookies = {c["name"]: c["value"] for c in visit.context.cookies()}
    profile(page).get_by_role("button", name=WORDS["logOut"]).click()
    page.wait_for_url("**/login")
    assert httpx.get(f"{visit.server.url}api/auth/me", cookies=cookies).status_code == 401


@pytest.mark.parametrize("visit", WAYS, indirect=True)
def test_it_fits_is_named_large_enough_and_legible(visit: Visit) -> None:
    has_spent(visit)
    page = visit.open("#/profile")
    expect(profile(page).locator(".chart .column").first).to_be_attached()
    month = profile(page).locator(".chart .month").first
    assert month.evaluate("e => e.getBoundingClientRect().height") >= 12, "the numbers of the chart stay readable"
    looks(visit, "profile")
    assert (visit.console_errors, visit.outside) == ([], [])
