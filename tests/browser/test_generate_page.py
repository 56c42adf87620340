"""The Generate page in a real browser, from the prompt to the download; the server makes tiny ads quickly."""

from pathlib import Path

import av
import pytest
from playwright.sync_api import Page, expect

from studio import words
from tests.browser.conftest import Visit

PROMPT = "Create a luxury watch ad for Instagram"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
WORDS = words.PAGE
ANIMATIONS = "[...document.querySelectorAll('*')].find(e => e.shadowRoot).shadowRoot.getAnimations()"


def ask(page: Page, prompt: str = PROMPT) -> None:
    page.get_by_label(WORDS["promptLabel"]).fill(prompt)
    page.get_by_role("button", name=WORDS["make"]).click()


def heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def test_from_prompt_to_a_playing_video_and_its_file(visit: Visit, tmp_path: Path) -> None:
    page = visit.open()
    visit.server.make.gate.clear()
    ask(page)
    bar = page.get_by_role("progressbar")
    expect(bar).to_have_attribute("aria-valuenow", "2")
    expect(bar).to_have_attribute("aria-valuetext", "2 percent. Writing the story.")
    expect(page.locator("[aria-current=step]")).to_have_text("Writing the story")
    expect(page).to_have_title("2 % · Ad Studio")
    visit.server.make.gate.set()

    heading(page, WORDS["doneTitle"])
    video = page.locator("video")
    video.evaluate("v => { v.muted = true; return v.play(); }")
    page.wait_for_function("v => v.currentTime > 0.2 && v.videoWidth === 108", arg=video.element_handle())
    assert page.get_by_role("link", name=WORDS["download"]).get_attribute("href") == f"/api/ads/{page.url.split('=')[1]}/video?download=1"
    with page.expect_download() as download:
        page.get_by_role("link", name=WORDS["download"]).click()
    assert download.value.suggested_filename == f"ad_{page.url.split('=')[1]}.mp4"
    download.value.save_as(tmp_path / "ad.mp4")
    with av.open(str(tmp_path / "ad.mp4")) as file:
        assert file.streams.video[0].frames == 24
    expect(page.locator("dl")).to_contain_text("$0.00")
    page.get_by_text(WORDS["details"]).click()
    expect(page.get_by_role("row", name="Filming the shots")).to_contain_text("61.4 s")
    assert (visit.console_errors, visit.outside) == ([], [])


def test_cancel_returns_to_the_prompt_and_keeps_it(visit: Visit) -> None:
    page = visit.open()
    visit.server.make.gate.clear()
    ask(page)
    page.get_by_role("button", name=WORDS["cancel"]).click()
    expect(page.get_by_text(WORDS["cancelled"])).to_be_visible()
    expect(page.get_by_label(WORDS["promptLabel"])).to_have_value(PROMPT)
    assert "#" not in page.url
    assert visit.console_errors == []


def test_a_reload_and_a_second_window_show_the_same_ad(visit: Visit) -> None:
    page = visit.open()
    visit.server.make.gate.clear()
    ask(page)
    expect(page.get_by_role("progressbar")).to_have_attribute("aria-valuenow", "2")
    page.reload()
    expect(page.get_by_text(f"“{PROMPT}”")).to_be_visible()
    second = page.context.new_page()
    second.goto(page.url)
    expect(second.get_by_role("progressbar")).to_have_attribute("aria-valuenow", "2")
    visit.server.make.gate.set()
    heading(page, WORDS["doneTitle"])
    heading(second, WORDS["doneTitle"])
    page.go_back()
    heading(page, WORDS["title"])
    assert visit.console_errors == []


def test_those_who_wait_see_their_place(visit: Visit) -> None:
    visit.server.make.gate.clear()
    running = visit.server.making.start(_brief())
    waiting = visit.server.making.start(_brief())
    page = visit.open()
    ask(page)
    heading(page, WORDS["waitingTitle"])
    expect(page.get_by_text("1 ahead of yours")).to_be_visible()
    visit.server.making.cancel(waiting)
    expect(page.get_by_text(WORDS["waitingNext"])).to_be_visible()
    visit.server.making.cancel(running)
    heading(page, WORDS["makingTitle"])
    visit.server.make.gate.set()
    heading(page, WORDS["doneTitle"])


def test_errors_are_sentences_beside_the_kept_prompt(visit: Visit) -> None:
    page = visit.open()
    prompt = page.get_by_label(WORDS["promptLabel"])
    alert = page.get_by_role("alert")
    ask(page, "watch")
    expect(alert).to_have_text("A few more words, please: at least 10 characters.")
    ask(page, "a watch " * 70)
    expect(alert).to_have_text("Please shorten the prompt to 500 characters.")
    prompt.fill("watch ad with a broken model inside")
    prompt.press("Control+Enter")
    expect(alert).to_have_text(words.ERRORS["model_failed"])
    expect(prompt).to_have_value("watch ad with a broken model inside")
    expect(prompt).to_have_attribute("aria-invalid", "true")
    assert visit.console_errors == []
    ask(page, "Something cool, please")
    expect(alert).to_contain_text("names no product")
    assert len(visit.console_errors) == 1, "the browser's own line about the 422"


def test_an_ad_nobody_knows_any_more_is_said_so(visit: Visit) -> None:
    page = visit.open()
    page.goto(f"{visit.server.url}#ad={'0' * 32}")
    expect(page.get_by_role("alert")).to_have_text(words.ERRORS["unknown_ad"])


def test_what_is_typed_is_never_run(visit: Visit) -> None:
    page = visit.open()
    evil = "Watch ad <img src=x onerror='window.hit=1'> ${window.hit=2} {{value}}"
    ask(page, evil)
    heading(page, WORDS["doneTitle"])
    expect(page.get_by_text(f"“{evil}”")).to_be_visible()
    page.reload()
    expect(page.get_by_text(f"“{evil}”")).to_be_visible()
    assert page.evaluate("window.hit") is None
    assert visit.console_errors == []


def test_options_reach_the_maker_and_shape_the_frame(visit: Visit) -> None:
    page = visit.open()
    opener = page.get_by_role("button", name=WORDS["options"])
    assert opener.get_attribute("aria-expanded") == "false"
    opener.click()
    assert opener.get_attribute("aria-expanded") == "true"
    page.get_by_role("group", name=WORDS["length"]).get_by_label("30 s").check(force=True)
    page.get_by_label("16:9").check(force=True)
    page.get_by_label("BAB").check(force=True)
    expect(page.get_by_text(words.FRAMEWORKS[words.Framework.BAB])).to_be_visible()
    page.get_by_label(WORDS["brand"]).fill("Aurelia")
    page.get_by_label("Add ground colour").fill("#0a192f")
    page.get_by_label("Add accent colour").fill("#d4af37")
    page.get_by_label("Seed", exact=True).fill("41")
    frame = page.get_by_role("complementary", name=WORDS["frame"])
    expect(frame).to_contain_text("1920 × 1080")
    page.wait_for_function("f => Math.abs(f.offsetWidth / f.offsetHeight - 16 / 9) < 0.02", arg=page.locator(".frame").element_handle())
    ask(page)
    heading(page, WORDS["doneTitle"])
    made = visit.server.make.made[-1]
    assert (made.duration, made.aspect, made.framework, made.brand) == (30, "16:9", "BAB", "Aurelia")
    assert (made.colors, made.seed) == (("#0A192F", "#D4AF37"), 41)

    page.get_by_role("button", name=WORDS["take"]).click()
    page.wait_for_function("() => document.title.includes('%')")
    heading(page, WORDS["doneTitle"])
    assert visit.server.make.made[-1] == made.model_copy(update={"seed": 42})
    page.get_by_role("button", name=WORDS["another"]).click()
    expect(page.get_by_label(WORDS["promptLabel"])).to_have_value(PROMPT)
    expect(page.get_by_label(WORDS["promptLabel"])).to_be_focused()


def test_examples_fill_the_prompt_and_the_counter(visit: Visit) -> None:
    page = visit.open()
    page.get_by_role("button", name=words.EXAMPLES[1]).click()
    expect(page.get_by_label(WORDS["promptLabel"])).to_have_value(words.EXAMPLES[1])
    expect(page.locator("#counter")).to_have_text(f"{len(words.EXAMPLES[1])} / 500")


@pytest.mark.parametrize("visit", [PHONE, PHONE | {"color_scheme": "dark"}, {"color_scheme": "dark"}, {}], indirect=True)
def test_every_state_fits_is_named_large_enough_and_legible(visit: Visit) -> None:
    page = visit.open()
    looks(page, "idle")
    page.get_by_role("button", name=WORDS["options"]).click()
    page.get_by_label("Add ground colour").fill("#0a192f")
    looks(page, "options")
    visit.server.make.gate.clear()
    ask(page)
    page.get_by_role("progressbar").wait_for()
    looks(page, "making")
    visit.server.make.gate.set()
    heading(page, WORDS["doneTitle"])
    page.get_by_text(WORDS["details"]).click()
    looks(page, "done")
    page.get_by_role("button", name=WORDS["another"]).click()
    ask(page, "watch")
    page.get_by_role("alert").wait_for()
    looks(page, "trouble")
    assert (visit.console_errors, visit.outside) == ([], [])


@pytest.mark.parametrize("visit", [{"reduced_motion": "reduce"}], indirect=True)
def test_nothing_moves_for_those_who_asked_for_less(visit: Visit) -> None:
    page = visit.open()
    visit.server.make.gate.clear()
    ask(page)
    page.get_by_role("progressbar").wait_for()
    assert page.evaluate(f"{ANIMATIONS}.length") == 0
    page.emulate_media(reduced_motion="no-preference")
    assert page.evaluate(f"{ANIMATIONS}.length") > 0, "or there was nothing to stop"


def test_a_screen_reader_is_told_of_steps_and_of_the_end(visit: Visit) -> None:
    page = visit.open()
    visit.server.make.gate.clear()
    ask(page)
    live = page.locator(".page > [aria-live=polite]")
    expect(live).to_have_text("2 percent. Writing the story.")
    visit.server.make.gate.set()
    expect(live).to_have_text(WORDS["doneTitle"])
    expect(page.get_by_role("heading", level=1)).to_be_focused()


def looks(page: Page, state: str) -> None:
    """No sideways scroll; one h1; names, sizes and contrast of everything that can be seen."""
    page.evaluate(f"Promise.allSettled({ANIMATIONS}.filter(a => a.effect.getTiming().iterations === 1).map(a => a.finished))")
    found = page.evaluate(Path(__file__).with_name("looks.js").read_text())
    assert found == {"scroll": 0, "headings": 1, "unnamed": [], "small": [], "faint": []}, state


def _brief() -> object:
    from pipelines.brief import read_brief

    return read_brief(PROMPT)
