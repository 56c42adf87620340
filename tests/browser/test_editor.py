"""The Editor in a real browser, on a real small ad: from the finished film to an export that is compared picture by picture."""

import io
import zipfile
from pathlib import Path

from playwright.sync_api import expect

from studio.words.editor import WORDS
from studio.words.generate import PAGE as GENERATE
from tests.browser.conftest import Visit
from tests.browser.editor_tab import EditServer, ad, button, clips, dragged, edits, opened, tab, visit
from tests.browser.exported_film import shows_its_draft
from tests.browser.looking import looks
from tests.studio.editable_ad import SHOWN

__all__ = ["ad", "edits", "visit"]


def test_from_the_finished_film_to_an_exported_edit(visit: Visit, ad: str, tmp_path: Path) -> None:
    server = visit.server
    assert isinstance(server, EditServer)
    server.fresh(ad)
    page = visit.open(f"#/ad/{ad}")
    page.locator(".block.island-generate").get_by_role("link", name=GENERATE["editor"]).click()
    expect(clips(page)).to_have_count(4)
    scale = clips(page).first.evaluate("e => e.getBoundingClientRect().width") / SHOWN

    dragged(page, clips(page).nth(0).locator(".handle.tail"), -6 * scale)  # trim
    expect(tab(page).locator(".history [aria-current]")).to_contain_text("clip 1")
    assert [piece["n_frames"] for piece in server.draft(ad)["edit"]["pieces"]] == [SHOWN - 6, SHOWN, SHOWN, SHOWN]

    clips(page).nth(2).click()  # split
    page.keyboard.press("Home")
    for _ in range(3):
        page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("s")
    expect(clips(page)).to_have_count(5)
    button(page, "undo").click()
    expect(clips(page)).to_have_count(4)
    button(page, "redo").click()
    expect(clips(page)).to_have_count(5)
    clips(page).nth(2).click()
    clips(page).nth(3).click(modifiers=["Shift"])
    page.keyboard.press("m")  # merge: one clip again
    expect(clips(page)).to_have_count(4)

    box = clips(page).nth(3).bounding_box()
    assert box
    dragged(page, clips(page).nth(3).locator(".clip-length"), -(box["x"] - 60))  # reorder: to the front
    expect(tab(page).locator(".history [aria-current]")).to_contain_text("Moved")
    order = [piece["name"] for piece in server.draft(ad)["edit"]["pieces"]]
    assert order[0] == "s4"

    chip = tab(page).get_by_role("option", name="Most hours pass")
    chip.click()
    words = tab(page).get_by_label(WORDS["roles"]["headline"])
    words.fill("Some hours stay")
    words.press("Tab")
    expect(tab(page).get_by_role("option", name="Some hours stay")).to_be_visible()

    clips(page).nth(2).click()
    page.keyboard.press("Delete")  # a gap
    expect(tab(page).locator(".clip[data-gap=true]")).to_have_count(1)

    button(page, "save").click()
    tab(page).get_by_label(WORDS["versionName"]).fill("Front to back")
    tab(page).get_by_role("dialog").get_by_role("button", name=WORDS["save"]).click()
    expect(tab(page).locator(".kept")).to_have_text(WORDS["keptSaved"])
    page.reload()
    expect(tab(page).locator(".clip[data-gap=true]")).to_have_count(1)
    tab(page).get_by_role("tab", name=WORDS["sides"]["versions"]).click()
    expect(tab(page).get_by_text("Front to back")).to_be_visible()

    button(page, "export").click()
    tab(page).get_by_role("dialog").get_by_role("button", name=WORDS["exportGo"]).click()
    expect(tab(page).get_by_role("link", name=WORDS["watch"])).to_be_visible()
    shows_its_draft(server, ad, tmp_path)
    assert (visit.console_errors, visit.outside) == ([], [])


def test_an_export_is_looked_at_before_and_a_timeline_comes_back(visit: Visit, edits: EditServer, ad: str) -> None:
    edits.fresh(ad)
    with edits.api() as api, zipfile.ZipFile(io.BytesIO(api.get(f"generations/{ad}/editor/handoff.zip").content)) as parcel:
        (name,) = (name for name in parcel.namelist() if name.endswith(".otio"))
        timeline = parcel.read(name)
    page = opened(visit, ad)
    button(page, "export").click()
    dialog = tab(page).get_by_role("dialog")
    expect(dialog.get_by_role("listitem").filter(has_text="720 pixels")).to_contain_text("1080")  # what is wrong, and what to do
    dialog.get_by_label(WORDS["size"]).select_option(index=2)
    expect(dialog.get_by_text("720 pixels")).to_have_count(0)
    expect(dialog.get_by_role("button", name=WORDS["exportGo"])).to_be_enabled()
    pictures = dialog.get_by_label(WORDS["framing"])
    expect(pictures).to_be_hidden()
    dialog.get_by_label(WORDS["shape"]).select_option("1:1")
    expect(dialog.get_by_text(WORDS["framingCropText"])).to_be_visible()
    with page.expect_request(lambda sent: sent.url.endswith("/preflight")) as sent:
        pictures.select_option(label=WORDS["framingAll"].format(of=4))
    assert sent.value.post_data_json["framing"] == "rerender"
    expect(dialog.get_by_text(WORDS["framingText"])).to_be_visible()
    page.keyboard.press("Escape")

    button(page, "handoff").click()
    file = dialog.locator("input[type=file]")
    go = dialog.get_by_role("button", name=WORDS["backGo"])
    go.click()
    expect(dialog.get_by_role("alert")).to_have_text(WORDS["backFirst"])
    file.set_input_files({"name": "timeline.otio", "mimeType": "application/json", "buffer": b"not a timeline"})
    go.click()
    expect(dialog.get_by_role("alert")).to_have_text(WORDS["backUnread"])
    file.set_input_files({"name": "timeline.otio", "mimeType": "application/json", "buffer": timeline.replace(ad.encode(), b"another")})
    go.click()
    expect(dialog.get_by_role("alert")).to_contain_text("another ad")
    file.set_input_files({"name": "timeline.otio", "mimeType": "application/json", "buffer": timeline})
    go.click()
    expect(dialog).to_have_count(0)
    expect(tab(page).locator(".history button")).to_have_count(2)
    visit.console_errors.clear()  # the browser's own line about the answer 422


def test_a_gap_is_filled_by_a_clip_made_for_it_and_a_finding_is_mended(visit: Visit, edits: EditServer, ad: str) -> None:
    edits.fresh(ad)
    page = opened(visit, ad)
    tab(page).get_by_role("tab", name=WORDS["sides"]["findings"]).click()
    jumps = tab(page).locator(".finding").filter(has_text="scene 3 to 4")
    jumps.get_by_role("button", name="Match").click()
    tab(page).get_by_role("tab", name=WORDS["sides"]["history"]).click()
    expect(tab(page).locator(".history button")).to_have_count(2)

    clips(page).nth(1).click()
    page.keyboard.press("Delete")
    gap = tab(page).locator(".clip[data-gap=true]")
    expect(gap).to_have_count(1)
    gap.click()
    button(page, "againFill").click()
    dialog = tab(page).get_by_role("dialog")
    dialog.get_by_role("group", name=WORDS["againKnown"]).get_by_role("button", name="Scene 2").click()
    expect(dialog.get_by_label(WORDS["againPrompt"])).to_have_value("picture 2")
    dialog.get_by_label(WORDS["againModel"], exact=True).select_option("product-studio/v1")
    dialog.get_by_label(WORDS["againAttempts"]).select_option("1")
    expect(dialog.locator(".price")).to_contain_text(WORDS["free"])
    dialog.get_by_role("button", name=WORDS["againGo"]).click()
    tab(page).get_by_role("button", name=WORDS["take"], exact=True).click()
    expect(gap).to_have_count(0)
    edit = edits.draft(ad)["edit"]
    assert [(piece["n_frames"], piece["gap"]) for piece in edit["pieces"]] == [(SHOWN, False)] * 4
    button(page, "undo").click()
    expect(gap).to_have_count(1)
    gap.click()
    tab(page).get_by_role("button", name=WORDS["putNamed"].split("“")[0].strip()).first.click()  # out of the bin, where it is kept
    expect(gap).to_have_count(0)
    assert (visit.console_errors, visit.outside) == ([], [])


def test_what_is_dragged_on_a_cut_can_be_typed_and_every_edit_is_said(visit: Visit, edits: EditServer, ad: str) -> None:
    edits.fresh(ad)
    page = opened(visit, ad)
    scale = clips(page).first.evaluate("e => e.getBoundingClientRect().width") / SHOWN
    said = tab(page).locator("p.sr[role=status]")
    dragged(page, tab(page).locator(".joint b").first, 2.2 * scale)  # two frames on both sides
    expect(said).to_contain_text("transition into clip 2")
    assert edits.draft(ad)["edit"]["pieces"][1]["transition_frames"] == 12

    page.keyboard.down("Shift")
    dragged(page, tab(page).locator(".joint b").first, 3.2 * scale)
    page.keyboard.up("Shift")
    expect(said).to_contain_text("Moved the cut")
    first, second = edits.draft(ad)["edit"]["pieces"][:2]
    assert (first["n_frames"], second["n_frames"]) == (SHOWN + 3, SHOWN - 3)
    clips(page).nth(1).click()
    cut = tab(page).get_by_label(WORDS["cutAt"])
    cut.fill("1.5")
    cut.press("Tab")
    expect(said).to_contain_text("earlier")
    slip = tab(page).get_by_label(WORDS["slipBy"])
    slip.fill("0.125")
    slip.press("Tab")
    expect(said).to_contain_text("Slipped clip 2")
    head = tab(page).get_by_label(WORDS["trimHead"])
    head.fill("0.75")
    head.press("Tab")
    expect(said).to_contain_text("start of clip 2")
    second = edits.draft(ad)["edit"]["pieces"][1]
    assert (second["media_in"], second["n_frames"]) == (18, SHOWN - 3)

    button(page, "later").click()
    expect(said).to_contain_text("Moved")
    assert [piece["name"] for piece in edits.draft(ad)["edit"]["pieces"]] == ["s1", "s3", "s2", "s4"]
    expect(button(page, "later")).to_be_focused()
    button(page, "undo").click()
    expect(said).to_contain_text(WORDS["saidUndone"].split("{")[0])
    assert (visit.console_errors, visit.outside) == ([], [])


def test_a_speed_a_volume_for_a_while_and_a_title_a_little_later(visit: Visit, edits: EditServer, ad: str) -> None:
    edits.fresh(ad)
    page = opened(visit, ad)
    said = tab(page).locator("p.sr[role=status]")
    clips(page).nth(2).click()
    speed = tab(page).get_by_label(WORDS["speed"])
    speed.fill("2")
    speed.press("Tab")
    expect(said).to_contain_text("2× speed")
    expect(clips(page).nth(2).locator(".clip-length")).to_have_text("0.75 s · 2×")
    tab(page).get_by_label(WORDS["length"]).press("ArrowUp")  # by one frame
    expect(clips(page).nth(2).locator(".clip-length")).to_have_text("0.79 s · 2×")
    third = edits.draft(ad)["edit"]["pieces"][2]
    assert (third["n_frames"], third["speed"], third["media_in"]) == (SHOWN // 2 + 1, 200, 6)

    clips(page).nth(2).click(modifiers=["Control"])  # nothing is chosen: the film
    page.keyboard.press("Home")
    tab(page).get_by_text(WORDS["spans"].format(track=WORDS["music"]), exact=True).click()
    button(page, "spanAdd").click()
    expect(tab(page).locator(".lane.music .loud span")).to_have_count(1)
    end = tab(page).get_by_label(WORDS["spanTo"])
    end.fill("1")
    end.press("Tab")
    expect(said).to_contain_text("for 1 s")
    tab(page).get_by_label(WORDS["spanLoud"]).fill("0")
    expect(tab(page).locator(".lane.music .loud span")).to_have_text("0 %")
    assert edits.draft(ad)["edit"]["music_spans"] == [[0, 24, 0.0]]
    button(page, "spanRemove").click()
    expect(tab(page).locator(".lane.music .loud span")).to_have_count(0)
    tab(page).locator("#f-music").press("ArrowRight")  # a slider's own key, not the playhead's
    expect(tab(page).locator("output[for=f-music]")).to_have_text("31 %")
    expect(tab(page).locator(".time")).to_contain_text("0:00:00 /")

    tab(page).get_by_role("option", name="Most hours pass").click()
    tab(page).get_by_label(WORDS["exit"]).select_option("rise")
    expect(said).to_contain_text("exit animation")
    assert edits.draft(ad)["edit"]["captions"][0]["exit_animation"] == "rise"
    button(page, "later").click()
    expect(tab(page).get_by_label(WORDS["at"], exact=True)).to_have_value("0.42")  # a quarter of a second after its fourth frame
    expect(button(page, "later")).to_be_focused()
    button(page, "earlier").click()
    expect(tab(page).get_by_label(WORDS["at"], exact=True)).to_have_value("0.17")
    assert (visit.console_errors, visit.outside) == ([], [])


def test_a_clip_is_corrected_and_a_gap_holds_the_picture_before_it(visit: Visit, edits: EditServer, ad: str) -> None:
    edits.fresh(ad)
    page = opened(visit, ad)
    clips(page).nth(1).click()
    tab(page).get_by_text(WORDS["correction"], exact=True).click()
    tab(page).get_by_label(WORDS["brightness"]).fill("6")
    expect(tab(page).locator(".history [aria-current]")).to_contain_text("Corrected")
    assert edits.draft(ad)["edit"]["pieces"][1]["correction"]["offset"] == 6
    button(page, "uncorrect").click()
    expect(button(page, "uncorrect")).to_have_count(0)
    assert edits.draft(ad)["edit"]["pieces"][1]["correction"] is None

    page.keyboard.press("Delete")
    gap = tab(page).locator(".clip[data-gap=true]")
    expect(gap).to_have_count(1)
    gap.click()
    tab(page).get_by_label(WORDS["gapShows"]).select_option("hold")
    expect(tab(page).locator(".history [aria-current]")).to_contain_text("held")
    before, held = edits.draft(ad)["edit"]["pieces"][:2]
    page.keyboard.press("Home")
    tab(page).get_by_role("heading", level=1).focus()
    for _ in range(2):
        page.keyboard.press("Shift+ArrowRight")  # into the gap
    assert held["start"] <= 48 < held["start"] + held["n_frames"]
    shown = tab(page).locator(f'video[aria-label="{before["media"]}"]')
    expect(shown).to_have_css("opacity", "1")
    last = (before["media_in"] + before["n_frames"] - 0.5) / 24
    assert abs(shown.evaluate("v => v.currentTime") - last) < 0.5 / 24
    expect(tab(page).locator(".blind")).to_have_css("opacity", "0")

    button(page, "soundOff").click()
    expect(button(page, "soundOn")).to_be_visible()
    assert (visit.console_errors, visit.outside) == ([], [])


def test_hands_that_know_other_editors_find_their_keys(visit: Visit, edits: EditServer, ad: str) -> None:
    edits.fresh(ad)
    page = opened(visit, ad)
    for key in ("Home", "ArrowDown", "ArrowDown"):
        page.keyboard.press(key)
    expect(tab(page).locator(".time")).to_contain_text("0:03:00 /")  # the third clip's first frame
    page.keyboard.press("Shift+ArrowLeft")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("i")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("o")
    stretch = tab(page).get_by_role("heading", level=2, name=WORDS["stretch"], exact=True)
    expect(stretch).to_be_visible()
    expect(tab(page).get_by_label(WORDS["spanTo"])).to_have_value("3.08")
    page.keyboard.press("Delete")
    gap = tab(page).locator(".clip[data-gap=true]")
    expect(gap).to_have_attribute("aria-selected", "true")
    assert [(one["start"], one["n_frames"], one["gap"]) for one in edits.draft(ad)["edit"]["pieces"]] == [
        *((0, SHOWN, False), (SHOWN, 11, False), (47, 27, True)),
        *((74, SHOWN - 2, False), (3 * SHOWN, SHOWN, False)),
    ]
    page.keyboard.press("Control+z")
    expect(gap).to_have_count(0)

    page.keyboard.press("x")  # the clip under the playhead
    button(page, "close").last.click()
    expect(clips(page)).to_have_count(3)
    page.keyboard.press("Control+z")
    expect(clips(page)).to_have_count(4)
    clips(page).nth(1).click()
    page.keyboard.press("Control+c")
    page.keyboard.press("End")
    page.keyboard.press("Control+v")
    expect(clips(page)).to_have_count(5)
    assert [one["name"] for one in edits.draft(ad)["edit"]["pieces"]] == ["s1", "s2", "s3", "s4", "s2"]
    page.keyboard.press("Control+z")
    expect(clips(page)).to_have_count(4)
    page.keyboard.press("Control+a")
    expect(tab(page).locator(".clip[aria-selected=true]")).to_have_count(4)
    page.keyboard.press("Escape")
    expect(tab(page).locator(".clip[aria-selected=true]")).to_have_count(0)

    page.keyboard.press("End")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(tab(page).locator(".time")).to_contain_text("−2×")
    page.keyboard.press("k")
    expect(tab(page).locator(".time")).not_to_contain_text("×")
    expect(button(page, "play")).to_be_visible()

    page.keyboard.press("Home")
    page.keyboard.press("?")
    sheet = tab(page).get_by_role("dialog")
    expect(sheet.get_by_text("Trim start, end to the playhead")).to_be_visible()
    looks(visit, "keys")
    page.keyboard.press("Escape")
    expect(sheet).to_have_count(0)
    assert (visit.console_errors, visit.outside) == ([], [])
