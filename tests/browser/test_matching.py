"""Matching the scenes of a finished ad from its page, in a real browser: asked for, watched, compared with the first version."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import ADA, Server, Visit, visiting
from tests.browser.generate_tab import WORDS, ask, heading, id_of, tab
from tests.studio.mismatched_ad import mismatched_ad


@pytest.fixture(scope="module")
def matching(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("matching"), mismatched_ad)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def seen(browser: Browser, matching: Server) -> Iterator[Visit]:
    yield from visiting(browser, matching, {}, ADA)


def test_scenes_are_matched_and_both_versions_can_be_watched(seen: Visit) -> None:
    page = seen.open()
    ask(page)
    heading(page, WORDS["doneTitle"])
    first = id_of(page)
    tab(page).get_by_role("button", name=WORDS["mAsk"]).click()
    page.wait_for_url(lambda url: "#/ad/" in url and first not in url)
    heading(page, WORDS["doneTitle"])
    told = tab(page).get_by_role("region", name=WORDS["mTitle"], exact=True)
    expect(told).to_contain_text("The largest jump of colour")
    expect(told.locator(".changed li").first).to_contain_text("is matched to scene")
    expect(told.get_by_role("row", name=WORDS["mNames"]["delta_c"])).to_contain_text("ΔE")
    assert [one for one in seen.violations() if "matching" in one] == []
    told.get_by_role("link", name=WORDS["mFirst"]).click()
    page.wait_for_url(f"**/#/ad/{first}")
    expect(tab(page).get_by_role("link", name=WORDS["mWatch"])).to_be_visible()
    assert seen.console_errors == []
