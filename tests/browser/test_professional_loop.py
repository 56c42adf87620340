"""PRD §23.2 from one line to a final version and the ad around it, in one browser on the embedded backends, with nothing lost on reload.

Pictures, films and measures are real and small. Of the ad at the end only music, mix and finish are cut off.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from pipelines.brief import Brief
from pipelines.progress import Run
from studio import house as houses
from studio.jobs.ad_job import HeroShot, Kept, make_ad_job
from studio.jobs.references import ROOMS
from studio.wiring import runtime_of
from studio.words import generate, hero, workspace
from tests.browser.conftest import ADA, CHEAP, POLL_S, QUEUES, Server, Visit, visiting
from tests.browser.hero_tab import frame
from tests.browser.workspace_tab import players
from tests.studio.quick_finish import cut_off

pytestmark = pytest.mark.slow

HERO, WORK = hero.SHARED | hero.WORDS, workspace.SHARED | workspace.WORDS
PROMPT = "A steel watch on wet black stone"
A_WHILE_MS = 300_000
SIDE = 120


def small_ad(run: Run, brief: Brief, photo: str = "", hero: HeroShot | None = None) -> Kept:
    """A real ad, 120 pixels wide."""
    return make_ad_job(run, brief.model_copy(update={"short_side": SIDE}), photo, hero)


class SmallStudio(Server):
    """The studio as it comes, with small hero frames."""

    def _open(self) -> None:
        self.house = houses.open_house(self.settings, runtime_of(self.settings), job=self.job, passwords=CHEAP)
        self.house.hero_orders._side = SIDE
        self.house.engine.poll_s = POLL_S
        self.worker = self.house.worker(rooms=("tests", *ROOMS))
        self.worker.start(QUEUES)


@pytest.fixture
def visit(browser: Browser, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Visit]:
    cut_off(monkeypatch)
    studio = SmallStudio(tmp_path_factory.mktemp("studio"), job=small_ad)
    studio.start()
    yield from visiting(browser, studio, {"reduced_motion": "reduce"}, ADA)
    studio.stop()


def island(page: Page, name: str) -> Locator:
    return page.locator(f".block.island-{name}")


def again(page: Page, there: Locator) -> None:
    """Reload; what was there still is."""
    page.reload()
    expect(there).to_be_visible()


def test_from_one_line_to_a_final_version_and_an_ad_around_it(visit: Visit) -> None:
    page = visit.open("#/hero")
    here = island(page, "hero")
    here.get_by_label(HERO["promptLabel"]).fill(PROMPT)
    here.get_by_role("button", name=HERO["improve"], exact=True).click()
    expect(here.get_by_role("region", name=HERO["improvedTitle"]).locator(".better ins")).to_contain_text("light")
    here.get_by_role("button", name=HERO["accept"], exact=True).click()
    here.get_by_role("button", name="Make 4 frames").click()
    page.wait_for_url("**/#/hero/*")
    expect(here.locator(".tile")).to_have_count(4)
    again(page, here.locator(".tile").last)
    expect(here.locator("[data-state=made]")).to_have_count(4, timeout=A_WHILE_MS)
    frame(page, "1.2").click()
    here.get_by_role("button", name=HERO["makeAnchor"], exact=True).click()
    expect(frame(page, "1.2")).to_have_accessible_name("Frame 1.2, anchor")
    again(page, here.get_by_role("heading", level=1, name=PROMPT))
    expect(frame(page, "1.2")).to_have_accessible_name("Frame 1.2, anchor")

    here.get_by_role("button", name=HERO["live"], exact=True).click()
    here.get_by_role("button", name="Jewel orbit").click()
    here.get_by_role("group", name="Length").get_by_role("radio", name="2 s").check(force=True)
    here.get_by_role("button", name="Make 3 films").click()
    page.wait_for_url("**/#/workspace/*")
    here, group = island(page, "workspace"), page.url.split("/workspace/")[1].partition("?")[0]
    expect(players(page)).to_have_count(3)
    again(page, players(page).last)
    expect(here.locator(".player[data-state='']")).to_have_count(3, timeout=A_WHILE_MS)
    expect(players(page).first.locator(".take")).to_be_enabled(timeout=A_WHILE_MS)
    told = _group(visit, group)
    first = told["iterations"][0]
    assert all(attempt["overall"] is not None for attempt in first["attempts"])
    marked = next((one["label"] for one in first["attempts"] if one["is_system_selected_best"]), "")
    expect(here.locator(".mark.system")).to_have_count(int(bool(marked)))  # or too close to call, and it says so
    expect(here.get_by_text(first["ranking"]["sentence"])).to_be_visible()

    mine = next(one["label"] for one in first["attempts"] if not one["is_system_selected_best"])
    here.get_by_role("button", name=WORK["chooseLong"].format(label=mine), exact=True).last.click()
    expect(here.locator(".final-line")).to_have_text(WORK["finalIs"].format(label=mine))
    here.get_by_role("button", name=re.compile(f"attempt {re.escape(mine)}: ")).click()
    if marked:
        expect(here.get_by_text(WORK["overridden"].format(yours=mine, selected=marked))).to_be_visible()

    here.get_by_role("tab", name=WORK["change"]).click()
    here.get_by_role("button", name="Too chaotic").click()
    advice = here.locator(".advice-list li", has_text="too chaotic").first
    advice.get_by_role("button", name=WORK["accept"]).click()
    here.get_by_role("group", name="Attempts").get_by_role("radio", name="1", exact=True).check(force=True)
    differs = here.locator(".differing li")
    expect(differs).to_have_count(2)
    again(page, here.get_by_role("tab", name=WORK["change"]))
    here.get_by_role("tab", name=WORK["change"]).click()
    expect(differs).to_have_count(2)
    here.get_by_role("button", name=WORK["makeOne"].format(number=2)).click()
    second = here.locator(".iterations > li").nth(1)
    expect(second.locator("[data-state=done]")).to_have_count(1, timeout=A_WHILE_MS)
    here.get_by_role("button", name=WORK["compareWith"].format(label=mine), exact=True).click()
    expect(players(page)).to_have_count(2)
    expect(players(page).last).to_have_accessible_name("Attempt 2.1")
    expect(here.locator(".news")).to_be_hidden()
    expect(here.locator(".trend text")).to_have_count(2)
    here.get_by_role("button", name=WORK["chooseLong"].format(label="2.1"), exact=True).last.click()
    expect(here.locator(".final-line")).to_have_text(WORK["finalIs"].format(label="2.1"))
    again(page, second.locator(".flag.final"))
    expect(here.locator(".final-line")).to_have_text(WORK["finalIs"].format(label="2.1"))

    here.get_by_role("link", name=WORK["cut"]).click()
    page.wait_for_url("**/#/editor/*")
    expect(island(page, "editor").locator(".lane.video .clip")).to_have_count(1)
    page.goto(f"{visit.server.url}#/gallery")
    island(page, "gallery").get_by_role("link", name=PROMPT).click()
    made = island(page, "generate")
    expect(made.get_by_role("heading", level=1)).to_have_text(generate.PAGE["takeTitle"])
    expect(made.get_by_role("link", name=generate.PAGE["toWorkspace"])).to_have_attribute("href", f"#/workspace/{group}")
    page.goto(f"{visit.server.url}#/quality/{group}")
    expect(island(page, "dashboard").locator(".lead")).to_contain_text("attempt 2.1")

    page.goto(f"{visit.server.url}#/workspace/{group}")
    here.get_by_role("button", name=WORK["useInAd"], exact=True).click()
    here.get_by_role("dialog").get_by_role("button", name=WORK["adMake"]).click()
    page.wait_for_url("**/#/ad/*")
    again(page, made.get_by_role("heading", level=1))
    expect(made.get_by_role("heading", level=1)).to_have_text(generate.PAGE["doneTitle"], timeout=A_WHILE_MS)
    expect(made.get_by_text(re.compile("hero clip", re.IGNORECASE)).first).to_be_attached()
    assert (visit.console_errors, visit.outside) == ([], [])


def _group(visit: Visit, id: str) -> dict[str, Any]:
    with visit.server.api() as api:
        return dict(api.get(f"generation-groups/{id}").json())
