"""What a finished ad measured and where it comes from, on its page – in a real browser: findings that lead to their moment, licences."""

from dataclasses import asdict
from typing import Any

from playwright.sync_api import expect

from pipelines.credentials import Credentials
from pipelines.disclosure import disclosures
from pipelines.licence_ledger import ledger_of
from pipelines.origins import described
from studio.api.rest.shapes.provenance import ProvenanceReply
from studio.services.provenance import Made, ProvenanceTold
from studio.words.provenance import PROVENANCE
from tests.browser.conftest import Visit
from tests.browser.generate_tab import WORDS, ask, heading, tab
from tests.browser.looking import looks
from tests.clock import HandClock
from tests.studio.test_provenance import RECIPE


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


def test_where_an_ad_comes_from_is_told_when_asked(visit: Visit) -> None:
    page = visit.open()
    ask(page)
    heading(page, WORDS["doneTitle"])
    panel = tab(page).locator("details", has=page.get_by_text(PROVENANCE["title"], exact=True))
    panel.locator("summary").click()
    expect(panel.locator(".seal h3")).to_have_text(PROVENANCE["unsigned"])  # a quick film keeps no recipe, so none is signed
    expect(panel).to_contain_text(PROVENANCE["none"])
    page.route("**/provenance", lambda route: route.fulfill(json=signed()))
    page.reload()
    panel.locator("summary").click()
    expect(panel.locator(".seal h3")).to_have_text(PROVENANCE["signed"])
    expect(panel.locator(".seal")).to_contain_text(PROVENANCE["development"])
    expect(panel).to_contain_text("product-studio/v1seed 7")
    expect(panel).to_contain_text("Manrope · SIL OFL 1.1")
    panel.get_by_label(PROVENANCE["platform"]).select_option("tiktok")
    expect(panel.get_by_role("link", name="Read it at TikTok")).to_be_visible()
    visit.context.grant_permissions(["clipboard-read", "clipboard-write"])
    panel.get_by_role("button", name=PROVENANCE["copy"]).click()
    expect(panel.get_by_role("button", name=PROVENANCE["copied"])).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()").startswith("The pictures in this film are computer renderings")
    looks(visit, "provenance")
    assert visit.console_errors == []


def signed() -> dict[str, Any]:
    """What the API tells of a film that was signed here."""
    told = ProvenanceTold(
        "signed",
        "",
        Credentials("Ad Studio", "DEVELOPMENT, not trusted", True, True, True, "algorithmicMedia", ("c2pa.created",), (), "urn:c2pa:0"),
        "algorithmicMedia",
        f"{described('algorithmicMedia')}.",
        True,
        tuple(Made(f"s{n}", "product-studio/v1", "product-studio/v1", 7) for n in (1, 2, 3)),
        tuple(asdict(row) for row in ledger_of(RECIPE)),
        HandClock()(),
        disclosures(RECIPE),
    )
    return ProvenanceReply.model_validate(told).model_dump(mode="json")
