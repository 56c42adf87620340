"""What helps while a brief is written: the better prompt, the photo, the models, the draft – in a real browser."""

from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import ADA, BOB, Visit
from tests.browser.generate_tab import PROMPT, WORDS, ask, button, detail, heading, id_of, options, prompt_box, tab

BETTER = "Create a luxury watch ad for Instagram on wet slate, slow macro push-in"
OFFER = {
    "original": PROMPT,
    "improved": BETTER,
    "writer": "built-in copywriter",
    "cost": 0,
    "changes": [
        {"kind": "place", "before": "", "after": "on wet slate", "reason": "A place gives the light something to do."},
        {"kind": "framing", "before": "", "after": "slow macro push-in", "reason": "Says how the camera moves."},
    ],
    "notes": [],
}
DIFF = "([a, b]) => import('/s/words_diff.js').then((m) => m.wordsDiff(a, b))"


def improved(visit: Visit, offer: dict[str, Any] = OFFER) -> Page:
    page = visit.open()
    page.route("**/api/prompts/improve", lambda route: route.fulfill(json=offer))
    prompt_box(page).fill(PROMPT)
    button(page, "improve").click()
    return page


def test_a_better_prompt_stands_beside_the_own_one_with_its_reasons_and_is_taken_declined_or_edited(visit: Visit) -> None:
    page = improved(visit)
    offer = tab(page).get_by_role("region", name=WORDS["improvedTitle"])
    expect(offer.get_by_role("heading", level=2)).to_be_focused()
    expect(offer).to_contain_text("Written by built-in copywriter, free")
    expect(offer.locator(".better ins")).to_have_text(["on wet slate, slow macro push-in"])
    expect(offer.locator(".reasons li")).to_have_count(2)
    expect(offer).to_contain_text("A place gives the light something to do.")
    expect(prompt_box(page)).to_have_value(PROMPT)
    button(page, "accept").click()
    expect(offer).to_be_hidden()
    expect(prompt_box(page)).to_have_value(BETTER)
    expect(button(page, "make")).to_be_focused()
    button(page, "undo").click()
    expect(prompt_box(page)).to_have_value(PROMPT)

    button(page, "improve").click()  # and again, declined by a key
    offer.wait_for()
    page.keyboard.press("Escape")
    expect(tab(page).locator(".improve")).to_be_hidden()
    expect(prompt_box(page)).to_have_value(PROMPT)
    expect(prompt_box(page)).to_be_focused()

    button(page, "improve").click()  # and again, edited before it is used
    button(page, "editImproved").click()
    edited = tab(page).get_by_label(WORDS["editLabel"])
    expect(edited).to_be_focused()
    edited.fill(f"{BETTER} at dusk")
    button(page, "accept").click()
    expect(prompt_box(page)).to_have_value(f"{BETTER} at dusk")
    assert visit.console_errors == []


def test_when_there_is_nothing_to_improve_or_too_little_it_says_so(visit: Visit) -> None:
    page = improved(visit, offer=OFFER | {"improved": PROMPT, "changes": []})
    expect(tab(page).get_by_text(WORDS["nothingToImprove"])).to_be_visible()
    expect(tab(page).locator(".improve")).to_be_hidden()
    prompt_box(page).fill("watch")
    button(page, "improve").click()
    expect(tab(page).locator("#trouble")).to_contain_text("at least 10 characters")


def test_the_studio_s_own_writer_improves_a_prompt(visit: Visit) -> None:
    page = visit.open()
    prompt_box(page).fill(PROMPT)
    button(page, "improve").click()
    offer = tab(page).get_by_role("region", name=WORDS["improvedTitle"])
    offer.wait_for()
    assert offer.locator(".better ins").count() > 0
    assert offer.locator(".reasons li").count() > 0
    button(page, "accept").click()
    ask(page, prompt_box(page).input_value())
    heading(page, WORDS["doneTitle"])
    assert visit.console_errors == []


def test_differences_are_found_by_words(visit: Visit) -> None:
    page = visit.page
    page.goto(f"{visit.server.url}login")  # any page of the studio: the module needs no island
    pieces = page.evaluate(DIFF, ["A red watch, slow.", "A deep red watch; slow."])
    assert pieces == {
        "before": [{"kind": "same", "text": "A red watch"}, {"kind": "gone", "text": ","}, {"kind": "same", "text": " slow."}],
        "after": [
            {"kind": "same", "text": "A "},
            {"kind": "new", "text": "deep"},
            {"kind": "same", "text": " red watch"},
            {"kind": "new", "text": ";"},
            {"kind": "same", "text": " slow."},
        ],
    }
    for before, after in (
        (PROMPT, BETTER),
        ("", "new words"),
        ("all gone ", ""),
        ("  Zürich’s best  ", "Zürich’s  best"),
        ("a b c", "c b a"),
    ):
        pieces = page.evaluate(DIFF, [before, after])
        assert "".join(piece["text"] for piece in pieces["before"]) == before
        assert "".join(piece["text"] for piece in pieces["after"]) == after
    assert page.evaluate(DIFF, [PROMPT, PROMPT])["after"] == [{"kind": "same", "text": PROMPT}]


def photo(folder: Path, name: str = "bottle.png", size: tuple[int, int] = (300, 400)) -> Path:
    Image.new("RGB", size, (190, 90, 60)).save(folder / name)
    return folder / name


def test_a_photo_is_sent_shown_ordered_and_removed(visit: Visit, tmp_path: Path) -> None:
    page = visit.open()
    panel = options(page)
    panel.locator("#photo").set_input_files(photo(tmp_path))
    expect(panel.get_by_text("300 × 400")).to_be_visible()
    expect(panel.get_by_alt_text(WORDS["photoAlt"])).to_be_visible()
    page.wait_for_function("i => i.naturalWidth === 300", arg=panel.get_by_alt_text(WORDS["photoAlt"]).element_handle())
    expect(tab(page).locator(".summary")).to_have_text(WORDS["photo"])
    ask(page)
    heading(page, WORDS["doneTitle"])
    assert detail(visit.server, id_of(page))["brief"]["product_image_id"]
    page.reload()  # so that the page knows of the photo only what the ad's brief says
    heading(page, WORDS["doneTitle"])
    button(page, "edit").click()
    options(page)
    expect(panel.get_by_text(WORDS["photoKept"])).to_be_visible()
    page.wait_for_function("i => i.naturalWidth === 300", arg=panel.get_by_alt_text(WORDS["photoAlt"]).element_handle())
    panel.get_by_role("button", name=WORDS["photoRemove"]).click()
    expect(panel.get_by_text(WORDS["photoAdd"])).to_be_visible()
    expect(tab(page).locator(".summary")).to_have_text(WORDS["optionsAuto"])
    assert visit.console_errors == []


def test_a_photo_may_be_dropped_or_pasted(visit: Visit) -> None:
    page = visit.open()
    for event, field in (("drop", "dataTransfer"), ("paste", "clipboardData")):
        tab(page).locator("form.composer").evaluate(
            """async (form, [event, field]) => {
                const canvas = new OffscreenCanvas(200, 240);
                canvas.getContext("2d").fillRect(0, 0, 200, 240);
                const data = new DataTransfer();
                data.items.add(new File([await canvas.convertToBlob({ type: "image/png" })], `${event}.png`, { type: "image/png" }));
                const kind = event === "drop" ? DragEvent : ClipboardEvent;
                form.dispatchEvent(new kind(event, { [field]: data, bubbles: true, cancelable: true }));
            }""",
            [event, field],
        )
        expect(tab(page).get_by_text(f"{event}.png", exact=True)).to_be_visible()
        expect(tab(page).get_by_text("200 × 240")).to_be_visible()
    assert visit.console_errors == []


def test_what_is_no_photo_is_refused_with_a_sentence(visit: Visit, tmp_path: Path) -> None:
    page = visit.open()
    panel = options(page)
    (tmp_path / "notes.txt").write_text("no picture")
    panel.locator("#photo").set_input_files(tmp_path / "notes.txt")
    expect(panel.get_by_role("alert")).to_contain_text("notes.txt is not a picture")
    assert visit.console_errors == []
    (tmp_path / "fake.png").write_text("no picture either")
    panel.locator("#photo").set_input_files(tmp_path / "fake.png")
    expect(panel.get_by_role("alert")).to_contain_text("cannot be read")
    panel.locator("#photo").set_input_files(photo(tmp_path, "tiny.png", (20, 20)))
    expect(panel.get_by_role("alert")).to_contain_text("20×20")
    expect(panel.get_by_text(WORDS["photoAdd"])).to_be_visible()
    panel.locator("#photo").set_input_files(photo(tmp_path))
    expect(panel.get_by_role("alert")).to_be_hidden()


def test_models_are_offered_where_there_is_a_choice(visit: Visit) -> None:
    page = visit.page
    rows = [
        {"id": "product-studio/v1", "title": "Product studio: path-traced", "ready": True, "why_not": "", "price": "free"},
        {"id": "kling/2", "title": "Kling 2", "ready": True, "why_not": "", "price": "$0.08 a second"},
        {"id": "wan/2", "title": "Wan 2", "ready": False, "why_not": "Needs a GPU with 24 GB.", "price": "free"},
    ]

    def offered(route: Any) -> None:
        card = route.fetch().json()
        route.fulfill(json=card | {"models": card["models"] | {"video": rows}})

    page.route("**/api/capabilities", offered)
    sent: list[Any] = []
    page.on("request", lambda request: sent.append(request.post_data_json) if request.url.endswith("/api/generate") else None)
    visit.open()
    panel = options(page)
    panel.get_by_text(WORDS["finer"]).click()
    motion = panel.get_by_role("group", name="Motion")
    expect(panel.get_by_role("group", name="Music and effects")).to_have_count(0)
    expect(motion.get_by_label("Wan 2")).to_be_disabled()
    expect(motion).to_contain_text("Needs a GPU with 24 GB.")
    motion.get_by_label("Kling 2").check(force=True)
    expect(tab(page).locator(".summary")).to_have_text(WORDS["modelSummary"])
    page.route("**/api/generate", lambda route: route.abort())
    ask(page)
    expect(tab(page).locator("#trouble")).to_be_visible()
    assert sent[-1]["models"] == {"video": "kling/2"}


def test_a_draft_survives_a_reload_and_signing_out_and_in_but_stays_its_writer_s(visit: Visit) -> None:
    page = visit.open()
    prompt_box(page).fill(PROMPT)
    options(page).get_by_label("Luxury").check(force=True)
    page.reload()
    expect(prompt_box(page)).to_have_value(PROMPT)
    expect(tab(page).locator(".summary")).to_have_text("Luxury")
    visit.context.clear_cookies()
    page.goto(f"{visit.server.url}login")
    visit.context.add_cookies(visit.server.cookies(*BOB))
    visit.open()
    expect(prompt_box(page)).to_have_value("")
    visit.context.clear_cookies()
    visit.context.add_cookies(visit.server.cookies(*ADA))
    page.goto(f"{visit.server.url}login")
    visit.open()
    expect(prompt_box(page)).to_have_value(PROMPT)
    expect(options(page).get_by_label("Luxury")).to_be_checked()
