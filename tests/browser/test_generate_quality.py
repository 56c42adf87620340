"""What a finished ad measured, on its page – in a real browser: tiles, findings that lead to their moment, in both lights and widths."""

from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.generate_tab import WORDS, ask, heading, tab


def test_tiles_and_findings_are_told_as_what_they_are(visit: Visit) -> None:
    page = visit.open()
    ask(page)
    heading(page, WORDS["doneTitle"])
    told = tab(page).get_by_role("region", name=WORDS["quality"], exact=True)
    expect(told.locator(".tiles dt")).to_have_text(
        [WORDS["qSmooth"], WORDS["qSteady"], WORDS["qCuts"], WORDS["qReady"].replace("{platform}", "Instagram Reels")]
    )
    tiles = told.locator(".tiles > div")
    expect(tiles.nth(0)).to_contain_text("0.992" + WORDS["qProxy"])
    expect(tiles.nth(1)).to_contain_text("0.985" + WORDS["qExact"])
    expect(tiles.nth(2)).to_contain_text("ΔE 13.1")
    expect(told.locator(".found li")).to_have_count(2)
    expect(told.locator(".found li").first).to_contain_text("Match the colours of scene 2 to scene 1.")
    told.locator(".found li").first.get_by_role("button").click()
    video = tab(page).locator("video")
    page.wait_for_function("v => v.paused && Math.abs(v.currentTime - 1) < 0.05", arg=video.element_handle())
    told.get_by_text(WORDS["qWhat"]).click()
    expect(told.get_by_text("There are no weights of DINO here.")).to_be_visible()
    assert visit.console_errors == []
