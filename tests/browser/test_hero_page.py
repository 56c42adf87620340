"""The Hero Frames tab in a real browser, its API answered by a stub: the brief, contact sheets and their tree, the viewer, motion."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.hero_stub import PROMPT, HeroStub, named
from tests.browser.hero_tab import WORDS, button, frame, helper, stubbed, tab, term
from tests.browser.looking import PHONE, WAYS, holds, looks

STILL: dict[str, object] = {"reduced_motion": "reduce"}
"""Somebody who asked for less motion; sketches that run cost a machine without a graphics card much."""
BETTER = f"{PROMPT}, rim light from behind on both sides, deep shadows"
DIRECTED = {
    "original": PROMPT,
    "directed": BETTER,
    "changes": [
        {
            "matter": "light",
            "before": "",
            "after": "rim light from behind on both sides, deep shadows",
            "reason": "It draws the outline.",
        }
    ],
    "writer": "built-in copywriter",
    "notes": [],
    "cost": 0,
}


def tree(stub: HeroStub) -> str:
    """Four sets: the first, a variation of its second frame, that one again (being made), and one that failed. Where it is."""
    first = stub.add("one")
    first["frames"][1] |= {"primary": True, "favorite": True}
    second = stub.add("two", change="vary", parent_frame_id=first["frames"][1]["id"], choices={"light": "golden"}, words="warmer")
    stub.add("three", change="again", parent_frame_id=second["frames"][2]["id"], made=2, status="processing", progress=47, eta_seconds=34)
    trouble = {"code": "model_failed", "message": "A model stopped halfway."}
    stub.add(
        "four", change="vary", parent_frame_id=first["frames"][3]["id"], choices={"mood": "calm"}, made=1, status="failed", error=trouble
    )
    return f"#/hero/{first['id']}"


def id_of(name: str) -> str:
    """Of the frame "1.2" of that tree."""
    number, place = name.split(".")
    of = named(("one", "two", "three", "four")[int(number) - 1])
    return named(f"{of}/{int(place) - 1}")


def at(page: Page, name: str) -> None:
    """The address names that frame."""
    page.wait_for_url(re.compile(f"frame={id_of(name)}"))


def test_a_brief_is_directed_priced_ordered_and_kept_until_then(visit: Visit) -> None:
    stub = stubbed(visit)
    stub.replies["hero-frames/direct"] = lambda body: DIRECTED
    stub.quote |= {"cost": 0.12, "warnings": ["Up to $0.24 where a model fails and another stands in for it."]}
    page = visit.open("#/hero")
    expect(tab(page).get_by_role("heading", name=WORDS["emptyTitle"])).to_be_visible()
    box = tab(page).get_by_label(WORDS["promptLabel"])
    box.fill(PROMPT)
    expect(tab(page).locator(".brief .quote b")).to_have_text("$0.12 at most")
    expect(tab(page).locator(".brief .quote")).to_contain_text("Up to $0.24 where a model fails and another stands in for it.")
    term(page, "Lens", "85 mm portrait")
    page.keyboard.press("Escape")
    expect(helper(page, "Lens")).to_be_focused()
    expect(helper(page, "Lens")).to_have_text("Lens85 mm portrait")
    term(page, "Format", "16:9")

    button(page, "improve").click()
    offer = tab(page).get_by_role("region", name=WORDS["improvedTitle"])
    expect(offer.locator(".better ins")).to_have_text(", rim light from behind on both sides, deep shadows")
    expect(offer).to_contain_text("Light: It draws the outline.")
    button(page, "accept").click()
    expect(box).to_have_value(BETTER)
    button(page, "revert").click()
    expect(box).to_have_value(PROMPT)
    button(page, "improve").click()
    button(page, "accept").click()

    button(page, "more").click()
    tab(page).get_by_role("radio", name="5", exact=True).check(force=True)
    page.reload()
    expect(box).to_have_value(BETTER)
    expect(button(page, "revert")).to_be_visible()
    tab(page).get_by_role("button", name="Make 5 frames").click()
    page.wait_for_url("**/#/hero/*")
    expect(tab(page).locator("[data-state=waiting], [data-state=lit]")).to_have_count(5)
    _, _, body = next(one for one in stub.asked if one[1] == "hero-frames")
    wanted = {"prompt": BETTER, "original_prompt": PROMPT, "choices": {"lens": "85"}, "aspect_ratio": "16:9", "count": 5}
    assert body == wanted
    assert visit.console_errors == []


def test_the_tree_shows_where_a_frame_came_from_and_takes_keys(visit: Visit) -> None:
    stub = stubbed(visit)
    page = visit.open(tree(stub))
    rows = tab(page).locator(".set-of-frames")
    expect(rows.locator("h2")).to_have_text(["1First look", "2Light: Golden hour · warmer", "3Again, new seeds", "4Mood: Calm"])
    nested = tab(page).locator(".branch .branch .set-of-frames h2")
    expect(nested).to_have_text("3Again, new seeds")
    expect(rows.nth(2)).to_contain_text("2 of 4 frames · about 35 s left")
    expect(rows.nth(3)).to_contain_text("A model stopped halfway.")
    expect(frame(page, "1.2")).to_have_accessible_name("Frame 1.2, anchor, favourite")

    frame(page, "1.1").click()
    at(page, "1.1")
    expect(frame(page, "1.1")).to_have_attribute("aria-current", "true")
    page.keyboard.press("ArrowRight")
    expect(frame(page, "1.2")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(frame(page, "2.2")).to_be_focused()
    page.keyboard.press("p")
    expect(frame(page, "2.2")).to_have_accessible_name("Frame 2.2, anchor")
    expect(frame(page, "1.2")).to_have_accessible_name("Frame 1.2, favourite")
    page.keyboard.press("f")
    expect(frame(page, "2.2")).to_have_accessible_name("Frame 2.2, anchor, favourite")

    rows.nth(1).get_by_role("button", name="Go to frame 1.2").click()
    at(page, "1.2")
    expect(button(page, "makeAnchor")).to_be_visible()
    rows.nth(3).get_by_role("button", name=WORDS["retry"]).click()
    rows.nth(2).get_by_role("button", name=WORDS["cancel"]).click()
    tab(page).get_by_role("dialog").get_by_role("button", name=WORDS["cancelYes"]).click()
    expect(tab(page).locator("[role=alert]:visible, [role=status]").first).to_be_attached()
    page.goto(f"{visit.server.url}#/hero")
    expect(tab(page).locator(".strips > li")).to_have_count(4)
    found = tab(page).locator(".found li")
    button(page, "favourites").click()
    page.wait_for_url("**/#/hero?show=favourites")
    expect(found).to_have_count(2)
    button(page, "anchors").click()
    expect(found).to_have_count(1)
    page.reload()
    expect(found).to_have_count(1)
    expect(button(page, "anchors")).to_have_attribute("aria-pressed", "true")
    tab(page).get_by_label(WORDS["find"]).fill("nowhere")
    expect(tab(page).get_by_role("heading", name=WORDS["nothingTitle"])).to_be_visible()
    tab(page).get_by_role("link", name=WORDS["showAll"]).click()
    expect(tab(page).locator(".strips > li")).to_have_count(4)


def test_again_and_vary_make_sets_of_their_own(visit: Visit) -> None:
    stub = stubbed(visit)
    page = visit.open(f"{tree(stub)}?frame={id_of('1.1')}")
    button(page, "vary").click()
    expect(tab(page).get_by_role("button", name="Make 4 variations")).to_be_disabled()
    term(page, "Light", "Rim light")
    tab(page).get_by_label(WORDS["varyWords"]).fill("more steam")
    tab(page).get_by_role("button", name="Make 4 variations").click()
    expect(tab(page).locator(".set-of-frames").last).to_contain_text("Light: Rim light · more steam")
    assert stub.asked[-1] == (
        "POST",
        f"hero-frames/{id_of('1.1')}/vary",
        {"choices": {"light": "rim"}, "words": "more steam"},
    )
    frame(page, "1.3").click()
    button(page, "again").click()
    expect(tab(page).locator(".set-of-frames")).to_have_count(6)
    assert stub.asked[-1][1] == f"hero-frames/{id_of('1.3')}/again"
    assert visit.console_errors == []


def test_the_viewer_zooms_moves_and_goes_from_frame_to_frame(visit: Visit) -> None:
    stub = stubbed(visit)
    page = visit.open(tree(stub))
    frame(page, "1.1").dblclick()
    viewer = tab(page).get_by_role("dialog")
    expect(viewer.get_by_role("heading")).to_contain_text("Frame 1.1")
    percent = viewer.locator(".percent-now")
    expect(percent).to_have_text("100 %")
    for key, told in (("+", "150 %"), ("+", "225 %"), ("-", "150 %"), ("0", "100 %")):
        page.keyboard.press(key)
        expect(percent).to_have_text(told)
    page.mouse.move(600, 400)
    page.mouse.wheel(0, -500)
    expect(percent).not_to_have_text("100 %")
    picture = viewer.locator("img")
    before = picture.evaluate("i => i.style.transform")
    page.mouse.down()
    page.mouse.move(560, 350)
    page.mouse.up()
    assert picture.evaluate("i => i.style.transform") != before
    page.keyboard.press("ArrowRight")
    expect(viewer.get_by_role("heading")).to_contain_text("Frame 1.2")
    expect(percent).to_have_text("100 %")
    page.keyboard.press("f")
    expect(viewer.get_by_role("button", name=WORDS["favouriteDo"], exact=True)).to_be_visible()
    page.keyboard.press("Escape")
    at(page, "1.2")
    expect(frame(page, "1.2")).to_be_focused()
    expect(frame(page, "1.2")).to_have_accessible_name("Frame 1.2, anchor")
    assert visit.console_errors == []


def test_every_dialog_holds_the_focus_and_gives_it_back(visit: Visit) -> None:
    page = visit.open(tree(stubbed(visit)))
    dialog = tab(page).get_by_role("dialog")
    stop = tab(page).locator(".set-of-frames").nth(2).get_by_role("button", name=WORDS["cancel"])
    stop.press("Enter")
    holds(visit, dialog, stop, "a question")
    more = tab(page).get_by_role("button", name=WORDS["menu"].format(n=1))
    more.press("ArrowUp")  # opens at its last entry
    page.keyboard.press("Enter")
    expect(dialog).to_contain_text(WORDS["deleteTitle"])
    holds(visit, dialog, more)
    frame(page, "1.2").press("z")
    holds(visit, dialog, frame(page, "1.2"), "the viewer")
    assert visit.console_errors == []


@pytest.mark.parametrize("visit", [STILL], indirect=True)
def test_a_frame_is_set_in_motion(visit: Visit) -> None:
    stub = stubbed(visit)
    stub.quote |= {"cost": 0.6, "per_attempt": 0.1, "warnings": ["Up to $0.95 where a model fails."]}
    visit.context.add_init_script("window.went = []; addEventListener('hashchange', () => window.went.push(location.hash))")
    page = visit.open(f"{tree(stub)}?frame={id_of('1.2')}")
    button(page, "live").click()
    make = tab(page).get_by_role("button", name="Make 3 films")
    expect(make).to_be_visible()
    tab(page).get_by_role("button", name="Jewel orbit").click()
    expect(tab(page).get_by_role("radio", name="Orbit")).to_be_checked()
    expect(tab(page).get_by_label("What moves")).to_have_value("highlights travel over the surface")
    tab(page).get_by_role("radio", name="To the left").check(force=True)
    tab(page).get_by_role("button", name="watermark").click()
    tab(page).get_by_role("group", name="Attempts").get_by_role("radio", name="6").check(force=True)
    tab(page).get_by_role("switch", name="Mark the best").uncheck(force=True)
    expect(tab(page).locator(".order .quote")).to_contain_text("$0.60 at most")
    expect(tab(page).locator(".order .quote")).to_contain_text("6 × 5 s · $0.10 each")
    expect(tab(page).locator(".order .quote")).to_contain_text("Up to $0.95 where a model fails.")
    tab(page).get_by_role("button", name="Make 6 films").click()
    page.wait_for_function(f"went.includes('#/workspace/{named('group')}')")
    _, _, body = next(one for one in stub.asked if one[1] == "image-to-video")
    assert body["hero_frame_id"] == id_of("1.2")
    motion = {
        "camera": "orbit",
        "speed": "slow_motion",
        "slow_motion": True,
        "fps": 24,
        "intensity": 0.5,
        "direction": "left",
        "template": None,
    }
    assert body["motion"] == motion
    assert (body["auto_attempts"], body["auto_select"], body["duration"], body["model"]) == (6, False, 5, "parallax/v1")
    assert "watermark" not in body["negative_prompt"]
    assert "spinning product" in body["negative_prompt"]


def two_sets(stub: HeroStub) -> str:
    """A set with an anchor, and one of it that is being made. Where they are."""
    first = stub.add("one")
    first["frames"][1] |= {"primary": True, "favorite": True}
    stub.add("two", change="vary", parent_frame_id=first["frames"][1]["id"], choices={"light": "golden"}, made=1, status="processing")
    return f"#/hero/{first['id']}?frame={id_of('1.2')}"


@pytest.mark.parametrize("visit", WAYS, indirect=True)
def test_the_brief_and_a_tree_are_legible_named_and_large_enough(visit: Visit) -> None:
    where = two_sets(stubbed(visit))
    page = visit.open("#/hero")
    tab(page).locator(".strips > li").first.wait_for()
    tab(page).get_by_label(WORDS["promptLabel"]).fill(PROMPT)
    button(page, "more").click()
    helper(page, "Light").click()
    looks(visit, "brief and contact sheets")
    page.evaluate("where => { location.hash = where; }", where)
    button(page, "vary").click()
    tab(page).get_by_text(WORDS["details"]).click()
    looks(visit, "tree")
    assert (visit.console_errors, visit.outside) == ([], [])


@pytest.mark.parametrize("visit", [PHONE | STILL], indirect=True)
def test_the_viewer_and_the_motion_builder_too(visit: Visit) -> None:
    page = visit.open(two_sets(stubbed(visit)))
    frame(page, "1.2").press("z")
    expect(tab(page).get_by_role("dialog")).to_be_visible()
    looks(visit, "viewer")
    fingers = page.context.new_cdp_session(page)
    for kind, xs in (("touchStart", (150, 240)), ("touchMove", (105, 285)), ("touchEnd", ())):
        fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": 400, "id": n} for n, x in enumerate(xs)]})
    expect(tab(page).locator(".percent-now")).to_have_text("200 %")
    button(page, "full").click()
    expect(button(page, "fullNot")).to_be_visible()
    assert tab(page).locator(".lid").evaluate("e => e.matches(':fullscreen')")
    button(page, "fullNot").click()
    expect(button(page, "full")).to_be_visible()
    page.keyboard.press("Escape")
    expect(tab(page).get_by_role("dialog")).to_be_hidden()
    button(page, "live").click()
    tab(page).get_by_role("button", name="Make 3 films").wait_for()
    looks(visit, "motion")
    assert (visit.console_errors, visit.outside) == ([], [])
