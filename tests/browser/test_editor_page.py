"""The Editor's page in a real browser: how it looks, what it tells of other windows and people, how much it holds."""

import pytest
from playwright.sync_api import expect

from models.typefaces import TYPEFACES
from pipelines.captions.voices import MANNERS
from studio.words.editor import WORDS
from tests.browser.conftest import Visit
from tests.browser.editor_tab import EditServer, ad, button, clips, dragged, edits, opened, tab, visit
from tests.browser.looking import WAYS, looks
from tests.studio.editable_ad import FPS, SHOWN

__all__ = ["ad", "edits", "visit"]


def test_type_on_the_stage_is_set_as_the_film_sets_it(visit: Visit, edits: EditServer, ad: str) -> None:
    page = opened(visit, edits.fresh(ad))
    page.keyboard.press("End")
    page.keyboard.press("Shift+ArrowLeft")
    style = edits.draft(ad)["edit"]["captions"][1]["style"]
    voices = MANNERS[style].voices
    for role in ("brand", "cta"):
        line = tab(page).locator(f".stage p.{role}")
        face = f"type {getattr(TYPEFACES[style], voices[role].face)}"
        expect(line).to_have_css("text-transform", "uppercase" if voices[role].caps else "none")
        short = "e.closest('.screen').getBoundingClientRect().width"
        family, size = line.evaluate(f"e => [getComputedStyle(e).fontFamily, parseFloat(getComputedStyle(e).fontSize) / {short}]")
        assert family.startswith(f'"{face}"')
        assert size == pytest.approx(voices[role].size, rel=0.02), "of the short side, which is the width here"
        page.wait_for_function("face => [...document.fonts].some((one) => one.family.includes(face) && one.status === 'loaded')", arg=face)


def test_two_windows_are_told_of_each_other(visit: Visit, edits: EditServer, ad: str) -> None:
    edits.fresh(ad)
    first = opened(visit, ad)
    second = visit.context.new_page()
    second.goto(f"{edits.url}#/editor/{ad}")
    expect(clips(second)).to_have_count(4)
    first.keyboard.press("Home")
    first.keyboard.press("Shift+ArrowRight")
    first.keyboard.press("s")
    expect(clips(first)).to_have_count(5)
    button(second, "addGap").click()
    expect(tab(second).get_by_role("alert").filter(has_text=WORDS["stale"])).to_be_visible()
    assert len(edits.draft(ad)["edit"]["pieces"]) == 5
    button(second, "reload").click()
    expect(clips(second)).to_have_count(5)
    button(second, "addGap").click()
    expect(clips(second)).to_have_count(6)
    visit.console_errors.clear()  # the browser's own line about the answer 409


@pytest.mark.parametrize("visit", WAYS, indirect=True)
def test_it_fits_is_named_large_enough_and_legible(visit: Visit, edits: EditServer, ad: str) -> None:
    edits.fresh(ad)
    page = visit.open("#/editor")
    expect(tab(page).locator(".card").first).to_be_visible()
    looks(visit, "list of ads")
    opened(visit, ad)
    looks(visit, "film")
    clips(page).first.click()
    sheet = tab(page).locator(".sheet-bar").get_by_text("Clip 1")
    if sheet.is_visible():  # on a phone what is chosen lies in a sheet over the timeline
        sheet.click()
    expect(tab(page).get_by_role("heading", level=2)).to_have_text("Clip 1")
    looks(visit, "clip")


def test_what_a_reviewer_asked_for_stands_at_its_clip_wherever_that_is(visit: Visit, edits: EditServer, ad: str) -> None:
    edits.fresh(ad)
    with edits.api() as api:
        link = api.post(f"generations/{ad}/share", json={}).json()["url"].rpartition("/")[2]
        said = {"author": "Marta", "text": "Hold this longer.", "at_s": 1.5 * SHOWN / FPS}  # in the middle of the second clip
        assert api.post(f"shared/{link}/remarks", json=said).status_code == 201
        draft = api.get(f"generations/{ad}/editor").json()
        first, second = (piece["id"] for piece in draft["edit"]["pieces"][:2])
        moved = {"revision": draft["revision"], "actions": [{"action": "move", "clip": second, "before": first}]}
        assert api.post(f"generations/{ad}/editor/actions", json=moved).status_code == 200
    page = opened(visit, ad)
    tab(page).get_by_role("tab", name=WORDS["sides"]["review"]).click()
    asked = tab(page).get_by_role("tabpanel").get_by_role("listitem").filter(has_text="Hold this longer.")
    expect(asked).to_contain_text("Marta")
    asked.get_by_role("button").click()
    expect(clips(page).first).to_have_attribute("aria-selected", "true")
    asked.get_by_label(WORDS["seenTo"]).check()
    expect(asked).to_have_class("done")
    with edits.api() as api:
        assert [one["done"] for one in api.get(f"generations/{ad}/review").json()["remarks"]] == [True]


def test_an_ad_that_is_not_there(visit: Visit) -> None:
    page = visit.open("#/editor/none")
    expect(tab(page).get_by_role("heading", level=1)).to_have_text(WORDS["goneTitle"])


def test_sixty_clips_are_moved_and_not_made_again(visit: Visit, edits: EditServer, ad: str) -> None:
    edits.fresh(ad)
    with edits.api() as api:
        draft = api.get(f"generations/{ad}/editor").json()
        actions = [{"action": "transition", "clip": draft["edit"]["pieces"][1]["id"], "to": "cut"}]
        for _ in range(4):
            actions += [{"action": "split", "clip": piece["id"], "at": piece["n_frames"] // 2} for piece in draft["edit"]["pieces"]]
            reply = api.post(f"generations/{ad}/editor/actions", json={"revision": draft["revision"], "actions": actions})
            draft, actions = reply.json(), []
    page = opened(visit, ad)
    assert clips(page).count() >= 60
    page.evaluate("""() => {
        const root = [...document.querySelectorAll('.island-editor *')].find(e => e.shadowRoot).shadowRoot;
        window.added = 0;
        const count = changes => { for (const c of changes) window.added += [...c.addedNodes].filter(n => n.className === 'clip').length; };
        new MutationObserver(count)
            .observe(root.querySelector('.lane.video'), {childList: true});
    }""")
    page.keyboard.press("+")
    dragged(page, clips(page).nth(5).locator(".handle.tail"), 20)
    expect(tab(page).locator(".history [aria-current]")).to_be_visible()
    assert page.evaluate("window.added") == 0
