"""The Quality tab in a real browser: figures, charts with their tables and CSV, one video, what it says when there is little or nothing."""

import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from studio.words.quality import WORDS
from tests.browser.conftest import BOB, Server, Visit, visiting
from tests.browser.looking import WAYS, look_at, looks
from tests.studio.some_takes import Take, ad, video

DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def made(server: Server) -> dict[str, str]:
    """Ada's takes and ads of the last weeks; ids of Ada and of a video with a known course."""
    with server.api() as api:
        ada = api.get("auth/me").json()["id"]
    database, now = server.house.store.database, datetime.now(UTC)
    for n in range(7):
        rough = [Take(0.5 + n / 50, 0.97 + n / 900, 90.0 + 31 * n, marked=True, chosen=n % 3 > 0), Take(0.4, 0.96, 70.0)]
        better = [Take(0.6 + n / 60, 0.985, 310.0, final=n > 0)] if n % 2 else []
        video(
            database,
            ada,
            rough,
            *([better] if better else []),
            at=now - (60 - 6 * n) * DAY,
            model=f"motion/v{n % 2}",
            bill=str(n % 2),
            title=f"Mug {n}",
        )
        ad(database, ada, 150.0 + n * n, at=now - (60 - 6 * n) * DAY)
    takes = [Take(0.5, marked=True), Take(0.6, chosen=True)], [Take(0.75, marked=True, chosen=True, final=True), Take(0.7)]
    return {"ada": ada, "video": video(database, ada, *takes, at=now - DAY, tag="launch", title="Watch on wet slate")}


@pytest.fixture
def bob(browser: Browser, server: Server) -> Iterator[Visit]:
    yield from visiting(browser, server, {}, BOB)


def quality(page: Page) -> Locator:
    return page.locator(".island-dashboard")


def card(page: Page, title: str) -> Locator:
    return quality(page).locator(".chart").filter(has=page.get_by_role("heading", name=title, exact=True)).first


def test_every_chart_is_drawn_and_told_as_a_table_and_as_csv(visit: Visit, made: dict[str, str]) -> None:
    page = visit.open("#/quality")
    expect(page).to_have_title("Quality · Ad Studio")
    with visit.server.api() as api:
        told = api.get("dashboard").json()
    columns = card(page, WORDS["takesTitle"])
    expect(columns.locator(".value")).to_have_text([str(c["groups"]) for c in told["iterations_per_final"]["counts"]])
    rows = columns.get_by_role("row")
    expect(rows).to_have_count(1 + len(told["iterations_per_final"]["counts"]))
    steady = card(page, WORDS["measures"]["temporal_flickering"])
    expect(steady.locator("svg.drawing .all")).to_have_count(sum(bin["attempts"] > 0 for bin in told["distributions"][0]["bins"]))
    expect(steady.locator("code")).to_have_text("vbench.temporal_flickering")
    exact = quality(page).locator(".kind").filter(has=page.get_by_role("heading", name=WORDS["exact"])).first
    expect(exact.locator("code")).to_have_text(["vbench.temporal_flickering"])  # no stand-in among them

    options = steady.get_by_role("button")
    options.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")  # its first entry
    expect(steady.get_by_role("region")).to_be_visible()
    expect(steady.locator("svg.drawing")).to_be_hidden()
    shown = steady.get_by_role("row").count() - 1
    assert shown == len(told["distributions"][0]["bins"])
    options.click()
    with page.expect_download() as coming:
        steady.get_by_role("menuitem", name=WORDS["csv"]).click()
    table = list(csv.DictReader(io.StringIO(coming.value.path().read_text())))
    assert sum(int(row["all"]) for row in table if row["kind"] == "exact") == told["distributions"][0]["n"]
    assert (visit.console_errors, visit.outside) == ([], [])


def test_what_is_looked_at_is_in_the_address(visit: Visit, made: dict[str, str]) -> None:
    page = visit.open("#/quality")
    quality(page).get_by_label(WORDS["tag"], exact=True).select_option("launch")
    page.wait_for_url("**/#/quality?tag=launch")
    expect(quality(page).locator(".count")).to_have_text("4 attempts")
    expect(quality(page).get_by_text(WORDS["adsTagged"])).to_be_visible()
    quality(page).get_by_label(WORDS["spans"]["30"]).check()
    page.wait_for_url("**/#/quality?days=30&tag=launch")
    page.reload()
    expect(quality(page).get_by_label(WORDS["spans"]["30"])).to_be_checked()
    expect(quality(page).locator(".count")).to_have_text("4 attempts")
    page.goto(f"{visit.server.url}#/quality?from=2020-01-01&to=2020-02-01")
    expect(quality(page).get_by_role("heading", name=WORDS["nothingTitle"])).to_be_visible()
    expect(quality(page).get_by_label(WORDS["from"], exact=True)).to_have_value("2020-01-01")
    quality(page).get_by_role("button", name=WORDS["showAll"]).click()
    expect(quality(page).get_by_role("heading", name=WORDS["iterating"])).to_be_visible()
    assert (visit.console_errors, visit.outside) == ([], [])


def test_one_video_shows_which_attempt_became_final_and_why_it_is_better(visit: Visit, made: dict[str, str]) -> None:
    page = visit.open("#/quality")
    quality(page).get_by_role("link", name="Watch on wet slate").click()
    expect(quality(page).get_by_role("heading", name="Watch on wet slate")).to_be_visible()
    expect(quality(page).locator(".lead")).to_have_text(
        "The final version is attempt 2.1. It comes from iteration 2 of 2. It scores 0.150 higher than the first iteration’s."
    )
    every = card(page, WORDS["attemptsTitle"])
    expect(every.locator(".ring")).to_have_count(1)
    expect(every.locator(".program")).to_have_count(2)
    expect(every.get_by_role("row").nth(3)).to_contain_text(f"2.1motion/v10.750{WORDS['final']}, {WORDS['user']}, {WORDS['system']}")
    expect(card(page, WORDS["partsExact"]).locator(".finals")).to_have_count(1)
    expect(quality(page).get_by_role("link", name=WORDS["workspace"])).to_have_attribute("href", f"#/workspace/{made['video']}")
    quality(page).get_by_role("link", name=WORDS["back"]).click()
    expect(quality(page).get_by_role("heading", name=WORDS["iterating"])).to_be_visible()
    page.goto(f"{visit.server.url}#/quality/nowhere")
    expect(quality(page).get_by_role("heading", name=WORDS["videoMissing"])).to_be_visible()


def test_who_has_nothing_yet_is_told_how_to_begin(bob: Visit) -> None:
    page = bob.open("#/quality")
    expect(quality(page).get_by_role("heading", name=WORDS["emptyTitle"])).to_be_visible()
    expect(quality(page).get_by_role("link", name=WORDS["toHero"])).to_have_attribute("href", "#/hero")
    looks(bob, "nothing yet")
    page.route("**/api/dashboard", lambda route: route.abort())
    page.goto(f"{bob.server.url}#/profile")
    page.goto(f"{bob.server.url}#/quality")
    expect(quality(page).get_by_role("heading", name=WORDS["failedTitle"])).to_be_visible()
    page.unroute("**/api/dashboard")
    quality(page).get_by_role("button", name=WORDS["again"]).click()
    expect(quality(page).get_by_role("heading", name=WORDS["emptyTitle"])).to_be_visible()


@pytest.mark.parametrize("visit", WAYS, indirect=True)
def test_it_fits_is_named_large_enough_and_legible(visit: Visit, made: dict[str, str]) -> None:
    page = visit.open("#/quality")
    expect(card(page, WORDS["trendTitle"]).locator(".line")).to_have_count(2)
    looks(visit, "figures")
    page.goto(f"{visit.server.url}#/quality/{made['video']}")
    expect(card(page, WORDS["attemptsTitle"]).locator(".ring")).to_have_count(1)
    look_at(visit, "one video", None)
    assert (visit.console_errors, visit.outside) == ([], [])
