"""The Generate tab in a real browser, from the prompt to the film; the server makes tiny ads quickly."""

from pathlib import Path

import av
from playwright.sync_api import expect

from pipelines.grades import GRADES
from studio.services.capability_card import KINDS
from studio.words import generate
from tests.browser.conftest import Visit
from tests.browser.generate_tab import PROMPT, WORDS, ask, button, detail, heading, id_of, options, prompt_box, tab


def test_from_prompt_to_a_playing_video_and_its_file(visit: Visit, tmp_path: Path) -> None:
    page = visit.open()
    visit.server.switch()
    ask(page)
    bar = tab(page).get_by_role("progressbar", name=WORDS["makingTitle"])
    expect(bar).to_have_attribute("aria-valuenow", "2")
    expect(bar).to_have_attribute("aria-valuetext", "2 percent. Writing the story.")
    expect(tab(page).locator("[aria-current=step]")).to_have_text("Writing the story")
    expect(page).to_have_title("2 % · Ad Studio")
    visit.server.switch(on=False)

    heading(page, WORDS["doneTitle"])
    video = tab(page).locator("video")
    page.wait_for_function("v => v.currentTime > 0.2 && v.videoWidth === 108", arg=video.element_handle())
    with page.expect_download() as download:
        tab(page).get_by_role("link", name=WORDS["download"]).click()
    assert download.value.suggested_filename == f"ad_{id_of(page)}.mp4"
    download.value.save_as(tmp_path / "ad.mp4")
    with av.open(str(tmp_path / "ad.mp4")) as file:
        assert file.streams.video[0].frames == 24
    expect(tab(page).locator("dl.facts")).to_contain_text("$0.00")
    expect(tab(page)).to_contain_text("so desire comes before the offer")
    tab(page).get_by_text(WORDS["details"]).click()
    expect(tab(page).get_by_role("row", name="Filming the shots")).to_contain_text("61.4 s")
    assert (visit.console_errors, visit.outside) == ([], [])


def test_after_an_order_the_box_is_empty_and_the_ad_is_among_the_recent_ones(visit: Visit) -> None:
    page = visit.open()
    visit.server.switch("hold-visuals")
    ask(page, "Make a ceramic teapot ad for Pinterest")
    id = id_of(page)
    page.goto(f"{visit.server.url}#/")
    expect(prompt_box(page)).to_have_value("")
    card = tab(page).locator(f'a[href="#/ad/{id}"]')
    expect(card).to_have_accessible_name("20 % : Make a ceramic teapot ad for Pinterest")
    visit.server.switch("hold-visuals", on=False)
    expect(card).to_have_accessible_name("15 s : Make a ceramic teapot ad for Pinterest")
    card.click()
    heading(page, WORDS["doneTitle"])
    page.go_back()
    tab(page).get_by_role("link", name=WORDS["all"]).click()
    page.wait_for_url("**/#/gallery")
    assert visit.console_errors == []


def test_errors_are_sentences_beside_the_kept_prompt(visit: Visit) -> None:
    page = visit.open()
    alert = tab(page).locator("#trouble")
    ask(page, "watch")
    expect(alert).to_have_text("A few more words, please: at least 10 characters.")
    expect(prompt_box(page)).to_have_attribute("aria-invalid", "true")
    expect(prompt_box(page)).to_be_focused()
    ask(page, "a watch " * 70)
    expect(alert).to_have_text("Please shorten the prompt to 500 characters.")
    assert visit.console_errors == []
    ask(page, "Something cool, please")
    expect(alert).to_contain_text("names no product")
    expect(prompt_box(page)).to_have_value("Something cool, please")
    assert all("422" in line for line in visit.console_errors), "the browser's own lines about the refusal, and nothing else"
    sentence = "This ad may cost up to $6.00, and $5.00 is the most for one ad; choose a shorter one or cheaper models."
    page.route("**/api/generate", lambda route: route.fulfill(status=402, json={"error": {"code": "over_cap", "message": sentence}}))
    ask(page)
    expect(alert).to_have_text(sentence)
    expect(prompt_box(page)).to_have_value(PROMPT)
    page.unroute("**/api/generate")
    page.route("**/api/generate", lambda route: route.abort())
    ask(page)
    expect(alert).to_have_text(WORDS["offline"])
    expect(prompt_box(page)).to_have_value(PROMPT)
    expect(button(page, "make")).to_be_enabled()


def test_what_is_typed_is_never_run(visit: Visit) -> None:
    page = visit.open()
    evil = "Watch ad </p>${window.hit=2} {{value}} & \"'><svg onload=window.hit=1"
    ask(page, evil)
    heading(page, WORDS["doneTitle"])
    page.reload()
    heading(page, WORDS["doneTitle"])
    page.goto(f"{visit.server.url}#/")
    tab(page).locator(".recent li").first.wait_for()
    assert page.evaluate("window.hit") is None
    assert visit.console_errors == []


def test_options_reach_the_order_and_shape_the_frame(visit: Visit) -> None:
    page = visit.open()
    panel = options(page)
    panel.get_by_role("group", name=WORDS["length"]).get_by_label("30 s").check(force=True)
    panel.get_by_label("16:9").check(force=True)
    panel.get_by_label("BAB").check(force=True)
    expect(panel.get_by_text(generate.FRAMEWORKS[generate.Framework.BAB])).to_be_visible()
    panel.get_by_label("Vibrant").check(force=True)
    expect(panel.get_by_text("Saturated and quick")).to_be_visible()
    panel.get_by_label("Pastel").check(force=True)
    expect(panel.get_by_text(GRADES["pastel"].hint)).to_be_visible()
    panel.get_by_label(WORDS["brand"]).fill("Aurelia")
    for name, colour in (("ground", "#0a192f"), ("accent", "#d4af37"), ("detail", "#ffffff")):
        panel.get_by_label(f"Add {name} colour").fill(colour)
    panel.get_by_text(WORDS["finer"]).click()
    panel.get_by_role("switch", name="Match colours").uncheck(force=True)
    panel.get_by_label(WORDS["seed"], exact=True).fill("41")
    summary = tab(page).locator(".summary")
    expect(summary).to_have_text("30 s · 16:9 · BAB · Vibrant · Pastel · Aurelia · 3 colours · Match colours between shots: off · Seed 41")
    expect(tab(page).get_by_role("complementary", name=WORDS["frame"])).to_contain_text("1920 × 1080")
    page.wait_for_function(
        "f => Math.abs(f.offsetWidth / f.offsetHeight - 16 / 9) < 0.02", arg=tab(page).locator(".frame").element_handle()
    )
    ask(page)
    heading(page, WORDS["doneTitle"])
    made = detail(visit.server, id_of(page))["brief"]
    assert (made["duration"], made["aspect_ratio"], made["framework"], made["style"]) == (30, "16:9", "BAB", "vibrant")
    assert made["grade"] == "pastel"
    assert (made["brand"], made["brand_colors"], made["seed"]) == ("Aurelia", ["#0A192F", "#D4AF37", "#FFFFFF"], 41)
    assert made["coherence"] == {"seed_control": True, "color_matching": False, "reference": True, "layout_control": True}
    assert visit.console_errors == []


def test_samples_fill_the_prompt_and_a_removed_colour_lets_those_behind_it_move_up(visit: Visit) -> None:
    page = visit.open()
    for title, text in generate.EXAMPLES.items():
        tab(page).get_by_role("button", name=title).click()
        expect(prompt_box(page)).to_have_value(text)
        expect(tab(page).locator("#counter")).to_have_text(f"{len(text)} / 500")
    panel = options(page)
    expect(panel.get_by_label("Add accent colour")).to_be_hidden()
    panel.get_by_label("Add ground colour").fill("#0a192f")
    panel.get_by_label("Add accent colour").fill("#d4af37")
    panel.get_by_role("button", name="Remove ground colour").click()
    expect(panel.locator(".swatch.chosen")).to_have_count(1)
    expect(panel.locator(".swatch.chosen")).to_have_text("#D4AF37")
    expect(tab(page).locator(".summary")).to_have_text("1 colour")


def test_an_ad_nobody_knows_is_said_so_and_those_of_others_look_like_none(visit: Visit) -> None:
    with visit.server.api("bob", "battery staple") as bob:
        id = bob.post("generate", json={"prompt": PROMPT}).json()["generation_id"]
    page = visit.open(f"#/ad/{id}")
    heading(page, WORDS["goneTitle"])
    page.goto(f"{visit.server.url}#/ad/00000000-0000-4000-8000-000000000000")
    heading(page, WORDS["goneTitle"])
    page.goto(f"{visit.server.url}#/ad/..%2Fauth%2Fme")
    heading(page, WORDS["goneTitle"])
    tab(page).get_by_role("link", name=WORDS["newAd"]).click()
    heading(page, WORDS["title"])
    assert [line for line in visit.console_errors if "404" not in line] == []


def test_the_quote_stands_there_before_the_click_and_what_is_made_here_with_what(visit: Visit) -> None:
    page = visit.open()
    quote = tab(page).locator(".quote")
    expect(quote).to_have_text(WORDS["quoteNone"])
    with page.expect_response("**/api/estimate") as half:
        prompt_box(page).fill("Make a 30-second ")
    assert (half.value.status, half.value.json()["cost"]) == (200, None), "half a sentence is no mistake"
    assert "names no product" in half.value.json()["missing"]
    expect(quote).to_have_text(WORDS["quoteNone"])
    prompt_box(page).fill("Make a 30-second water bottle ad for YouTube")
    expect(quote).to_contain_text("$0.00 – free on this machine")
    expect(quote).to_contain_text("30 s, 16:9")
    page.route("**/api/estimate", lambda route: route.fulfill(json=quoted(cost=1.2)))
    options(page).get_by_label("15 s").check(force=True)
    expect(quote).to_have_text("Up to $1.2015 s, 9:16 · $12.50 left this month")
    page.unroute("**/api/estimate")
    page.route("**/api/estimate", lambda route: route.fulfill(json=quoted(cost=7.0)))
    options(page).get_by_label("60 s").check(force=True)
    expect(quote).to_contain_text("Up to $7.00, more than the $5.00 one ad may cost here")
    page.unroute("**/api/estimate")
    page.route("**/api/estimate", lambda route: route.fulfill(json=quoted(cost=4.0) | {"left_this_month": 3.5}))
    options(page).get_by_label("30 s").check(force=True)
    expect(quote).to_contain_text("Up to $4.00, more than the $3.50 left this month")
    page.unroute("**/api/estimate")
    note = "The price of the language model is not known here, so what it writes is not counted."
    unset = "No typeface here has the letters 時計; words in them are left out of the picture."
    page.route("**/api/estimate", lambda route: route.fulfill(json=quoted(cost=0.0) | {"notes": [note], "warnings": [unset]}))
    options(page).get_by_label("15 s").check(force=True)
    expect(quote).to_contain_text("$0.00 and more")
    expect(quote).to_contain_text(note)
    expect(quote).to_contain_text(unset)
    line = tab(page).locator(".card-line")
    expect(line).to_have_text("Product studio · built-in writer · sound studio – products and sets; no people, no voice")
    line.click()
    whole = tab(page).locator(".card-whole")
    expect(whole).to_contain_text("OPENAI_API_KEY")
    expect(whole.get_by_text("No Replicate token is set")).to_have_count(2)  # for pictures and for clips, not for each of their models
    expect(whole.get_by_role("heading", level=2)).to_have_count(len(KINDS))
    assert visit.console_errors == []


def quoted(cost: float) -> dict[str, object]:
    return {"duration": 15, "aspect_ratio": "9:16", "cost": cost, "lines": [], "notes": [], "left_this_month": 12.5, "cap_per_ad": 5.0}
