"""Media of one's own in a real browser: a picture dropped, made to fit, put into the film, seen on the timeline, undone; refusals said.
And captions, which come with the ad: shown in another way, reworded, hidden; and on their lane, phrase by phrase."""

import re
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from models.media.image_file import write_image
from pipelines.editing.edit import seconds
from studio.words.editor import WORDS
from tests.browser.conftest import Visit
from tests.browser.editor_tab import EditServer, ad, button, clips, edits, opened, tab, visit
from tests.browser.looking import WAYS, looks

__all__ = ["ad", "edits", "visit"]

WAITED_MS = 30_000


def dropped(page: Page, content: bytes, name: str, kind: str) -> None:
    """A file let fall on the zone."""
    carried = page.evaluate_handle(
        """([bytes, name, type]) => {
            const carried = new DataTransfer();
            carried.items.add(new File([new Uint8Array(bytes)], name, { type }));
            return carried;
        }""",
        [list(content), name, kind],
    )
    tab(page).locator(".media-drop").dispatch_event("drop", {"dataTransfer": carried})


def test_a_picture_is_dropped_put_into_the_film_and_taken_out_again(visit: Visit, ad: str, tmp_path: Path) -> None:
    page = opened(visit, ad)
    tab(page).get_by_role("tab", name=WORDS["sides"]["media"]).click()
    expect(tab(page).get_by_text(WORDS["mediaNone"])).to_be_visible()

    dropped(page, b"this is no film", "film.mp4", "video/mp4")
    expect(tab(page).get_by_role("alert").filter(has_text="cannot be read")).to_be_visible()

    picture = write_image(tmp_path / "Shop window.png", np.full((64, 64, 3), (200, 90, 60), np.uint8))
    tab(page).get_by_label(WORDS["mediaSeconds"]).fill("2")
    dropped(page, picture.read_bytes(), picture.name, "image/png")
    row = tab(page).locator(".media-row")
    expect(row.get_by_text("Shop window")).to_be_visible()
    end = row.get_by_role("button", name=WORDS["mediaAs"]["end"])
    expect(end).to_be_visible(timeout=WAITED_MS)
    looks(visit, "a file that was brought")

    clips(page).nth(1).click()
    row.get_by_role("button", name=WORDS["mediaAs"]["after"]).click()
    expect(clips(page)).to_have_count(5)
    expect(clips(page).nth(2)).to_have_attribute("aria-label", re.compile(r"2(\.00)? seconds"))
    expect(row.get_by_text(WORDS["inUse"])).to_be_visible()
    page.keyboard.press("Control+z")
    expect(clips(page)).to_have_count(4)
    expect(row.get_by_role("button", name=WORDS["mediaAs"]["instead"])).to_be_visible()


def test_captions_are_shown_reworded_and_hidden(visit: Visit, edits: EditServer, ad: str) -> None:
    edits.fresh(ad)
    page = opened(visit, ad)
    said = tab(page).locator(".stage .said")
    styles = tab(page).get_by_label(WORDS["captions"], exact=True)
    expect(styles).to_have_value("off")
    styles.select_option("highlight")
    words = tab(page).get_by_label(WORDS["captionAt"].format(time="1.7"))
    expect(words).to_have_value("A dial worth it.")
    clips(page).nth(1).click()
    page.keyboard.press("Home")
    expect(said.locator("p")).to_have_count(0)
    for key in ("ArrowDown", "Shift+ArrowRight"):  # the next cut, and a second on
        page.keyboard.press(key)
    expect(said).to_have_text("A dial worth it.")
    expect(said.locator(".lit")).to_have_text("it.")
    looks(visit, "captions on the stage")
    edl = edits.draft(ad)["edit"]
    assert (edl["captioned"]["style"], len(edl["cues"][0]["pages"])) == ("highlight", 1)
    page.keyboard.press("Escape")  # nothing is chosen: the film
    words.fill("Keep it.")
    words.press("Tab")
    expect(words).to_have_value("Keep it.")
    expect(tab(page).locator(".history [aria-current]")).to_contain_text("Keep it.")  # the studio has it too
    assert edits.draft(ad)["edit"]["cues"][0]["text"] == "Keep it."
    styles.select_option("off")
    expect(words).to_have_count(0)
    assert (visit.console_errors, visit.outside) == ([], [])


@pytest.mark.parametrize("visit", WAYS, indirect=True)
def test_a_phrase_is_chosen_on_its_lane_corrected_and_hidden(visit: Visit, edits: EditServer, ad: str) -> None:
    page = opened(visit, edits.fresh(ad))
    lane = tab(page).get_by_role("listbox", name=WORDS["laneCaptions"])
    said = tab(page).locator(".stage .said")
    expect(lane).to_be_hidden()
    button(page, "showCaptions").click()
    expect(button(page, "showCaptions")).to_have_attribute("aria-pressed", "true")
    phrase = lane.get_by_role("option")
    expect(phrase).to_have_count(1)
    phrase.click()
    expect(phrase).to_have_attribute("aria-selected", "true")
    expect(said).to_have_text("A dial worth it.")  # the playhead is where it is said
    sheet = tab(page).locator(".sheet-bar").get_by_text(WORDS["caption"], exact=True)
    if sheet.is_visible():
        sheet.click()
    times = [word[1:] for word in edits.draft(ad)["edit"]["cues"][0]["words"]]
    words = tab(page).get_by_label(WORDS["phrase"], exact=True)
    words.fill("A dial worth hers.")
    words.press("Tab")
    expect(phrase).to_have_text("A dial worth hers.")
    assert [word[1:] for word in edits.draft(ad)["edit"]["cues"][0]["words"]] == times
    later = button(page, "later")
    later.click()
    expect(tab(page).get_by_label(WORDS["phraseFrom"])).to_have_value("1.79")
    looks(visit, "a caption")
    button(page, "hidePhrase").click()
    expect(phrase).to_have_attribute("data-hidden", "true")
    expect(said).to_have_text("")
    looks(visit, "a hidden caption")
    button(page, "showPhrase").press("Control+z")
    expect(phrase).to_have_attribute("data-hidden", "false")
    phrase.press("Delete")
    expect(lane).to_be_hidden()
    assert (edits.draft(ad)["edit"]["cues"], visit.console_errors) == ([], [])


class Pull:
    """What is pulled sideways, by a finger where the page has been made for one, else by the mouse; in hand until it is let go."""

    def __init__(self, visit: Visit, what: Locator, by: float) -> None:
        what.element_handle().wait_for_element_state("stable")
        box = what.bounding_box()
        assert box
        self.page, x, self.y = visit.page, box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        self.touch = self.page.context.new_cdp_session(self.page) if visit.page.evaluate("navigator.maxTouchPoints > 0") else None
        self.at("touchStart", x)
        for part in (0.25, 0.5, 0.75, 1):
            self.at("touchMove", x + by * part)

    def at(self, kind: str, x: float) -> None:
        if self.touch:
            points = [] if kind == "touchEnd" else [{"x": x, "y": self.y}]
            self.touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        elif kind == "touchEnd":
            self.page.mouse.up()
        else:
            self.page.mouse.move(x, self.y)
            if kind == "touchStart":
                self.page.mouse.down()

    def frames(self) -> int:
        """How long the words would be, as the bubble says."""
        said = tab(self.page).locator(".bubble").text_content() or ""
        return round(float(said.partition(" s")[0]) * 24)

    def let_go(self) -> None:
        self.at("touchEnd", 0)


@pytest.mark.parametrize("visit", WAYS, indirect=True)
def test_an_end_of_a_phrase_is_pulled_as_far_as_there_is_room(visit: Visit, edits: EditServer, ad: str) -> None:
    page = opened(visit, edits.fresh(ad))
    button(page, "showCaptions").click()
    phrase = tab(page).get_by_role("listbox", name=WORDS["laneCaptions"]).get_by_role("option")
    head, tail = (phrase.locator(f".handle.{edge}") for edge in ("head", "tail"))
    phrase.click()
    expect(phrase).to_have_attribute("aria-selected", "true")
    here, steps = tab(page).locator(".history [aria-current]"), tab(page).locator(".history li")
    n_steps = steps.count()

    def said() -> tuple[int, int]:
        """From which frame the studio has the words, and for how many."""
        line = edits.draft(ad)["edit"]["cues"][0]
        return line["start"], sum(line["words"][-1][1:])

    def told(start: int, frames: int) -> str:
        return f"to {seconds(start, 24)}, for {seconds(frames, 24)}"

    start, n = said()
    while (box := phrase.bounding_box()) and box["width"] < 160:  # a finger wants room
        page.keyboard.press("+")
    assert box
    pull = Pull(visit, tail, -box["width"] / 4)
    assert 0 < pull.frames() < n
    page.keyboard.press("Escape")
    expect(tab(page).locator(".bubble")).to_be_hidden()
    pull.let_go()
    expect(phrase).to_have_js_property("offsetWidth", round(box["width"]))

    pull = Pull(visit, tail, -box["width"] / 4)
    shorter = pull.frames()
    looks(visit, "an end of a caption in hand")
    pull.let_go()
    expect(here).to_contain_text(told(start, shorter))
    expect(steps).to_have_count(n_steps + 1)  # what was given up is none
    assert said() == (start, shorter)
    assert shorter < n

    pull = Pull(visit, head, box["width"])
    least = pull.frames()
    pull.let_go()
    expect(here).to_contain_text(told(start + shorter - least, least))
    assert (said(), least) == ((start + shorter - 12, 12), 12), "three frames for each of its words"
    page.keyboard.press("Control+z")
    expect(here).to_contain_text(told(start, shorter))
    assert (said(), visit.console_errors) == ((start, shorter), [])
