"""The timeline alone, in a real browser: clips put elsewhere by a finger and by keys. Its draft is kept by the page; the server's is tested
with the Editor (test_editor.py), its arithmetic without a browser (pure/).
"""

import pytest
from playwright.sync_api import Page, expect

from studio.words.editor import WORDS
from tests.browser.conftest import Visit
from tests.browser.looking import PHONE

MOUNT = """async words => {
    const { timelineView } = await import('/s/timeline.js');
    const base = {media: 'm', media_in: 0, media_frames: 48, transition: 'cut', transition_frames: 0, gap: false, group: '', room: [0, 0]};
    const laid = pieces => pieces.map((piece, i) => ({...piece, start: i * 48}));
    let pieces = laid(['a', 'b', 'c', 'd'].map(id => ({...base, id, label: id, n_frames: 48, group: id === 'b' || id === 'c' ? 'g' : ''})));
    const state = {told: null, selection: [], playhead: 0, playing: false, scale: 1.6, snap: true};
    const listeners = [];
    const changed = what => listeners.forEach(listener => listener(state, what));
    const told = () => {
        const film = {captions: [], spoken: [], music: null, effects: null, n_frames: 192, fps: 24, width: 9, height: 16};
        state.told = {edit: {...film, pieces}, media: {}, beats: []};
        changed('told');
    };
    window.asked = [];
    window.scale = () => state.scale;
    const store = {
        state, on: listener => listeners.push(listener), play: () => {}, seek: () => {}, peek: () => {},
        zoom: scale => { state.scale = scale; changed('view'); },
        select: ids => { state.selection = ids; changed('select'); },
        act: async actions => {
            window.asked.push(...actions);
            const [{clip, before}] = actions;
            const {group} = pieces.find(one => one.id === clip);
            const moved = pieces.filter(one => one.id === clip || (group && one.group === group));
            const rest = pieces.filter(one => !moved.includes(one));
            const at = before ? rest.findIndex(one => one.id === before) : rest.length;
            pieces = laid([...rest.slice(0, at), ...moved, ...rest.slice(at)]);
            told();
            return true;
        },
    };
    const host = document.createElement('div');
    host.id = 'alone';
    host.style.cssText = 'position: fixed; inset: 0 0 auto; z-index: 9999; background: white';
    document.body.append(host);
    const root = host.attachShadow({mode: 'open'});
    for (const name of ['base.css', 'timeline.css']) {
        const link = Object.assign(document.createElement('link'), {rel: 'stylesheet', href: `/s/${name}`});
        root.append(link);
        await new Promise(done => { link.onload = done; });
    }
    const view = timelineView(store, words, {say: text => { window.said = text; }, pick: () => {}});
    root.append(view.node);
    told();
}"""
ORDER = "document.querySelector('#alone').shadowRoot.querySelectorAll('.clip .clip-name')"


def alone(visit: Visit) -> Page:
    page = visit.open("#/gallery")
    page.evaluate(MOUNT, WORDS)
    return page


def order(page: Page) -> str:
    names: str = page.evaluate(f"[...{ORDER}].map(e => e.textContent).join('')")
    return names


@pytest.mark.parametrize("visit", [PHONE], indirect=True)
def test_a_finger_that_rests_on_a_clip_lifts_it(visit: Visit) -> None:
    page = alone(visit)
    clip = page.locator("#alone .clip").first
    box = clip.bounding_box()
    assert box
    x, y = box["x"] + 38, box["y"] + 30
    touch = page.context.new_cdp_session(page)
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    expect(page.locator("#alone .clip[data-lifted]")).to_have_count(1)
    expect(clip).to_have_attribute("aria-selected", "true")
    for by in (60, 120, 180, 210):
        touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": x + by, "y": y}]})
    expect(page.locator("#alone .drop-mark")).to_be_visible()
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(page.locator("#alone .clip[data-lifted]")).to_have_count(0)
    page.wait_for_function("window.asked.length > 0")
    assert page.evaluate("window.asked") == [{"action": "move", "clip": "a", "before": "d"}]
    assert order(page) == "bcad"


@pytest.mark.parametrize("visit", [PHONE], indirect=True)
def test_two_fingers_zoom_around_the_point_between_them(visit: Visit) -> None:
    page = alone(visit)
    second = page.locator("#alone .clip").nth(1)
    box = second.bounding_box()
    assert box
    x, y = box["x"], box["y"] + 30  # the cut before it stays between the fingers
    touch = page.context.new_cdp_session(page)
    for kind, apart in (("touchStart", 40), ("touchMove", 60), ("touchMove", 80)):
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x - apart / 2, "y": y}, {"x": x + apart / 2, "y": y}]})
    page.wait_for_function("window.scale() > 3")
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    assert page.evaluate("window.scale()") == pytest.approx(3.2, rel=0.02)  # twice as far apart, twice as large
    assert second.evaluate("e => e.getBoundingClientRect().left") == pytest.approx(x, abs=2)
    assert page.evaluate("window.asked") == []


def test_keys_put_a_clip_elsewhere_and_stay_with_it(visit: Visit) -> None:
    page = alone(visit)
    clip = page.get_by_role("option", name="a, 2.00 seconds")
    clip.focus()
    page.keyboard.press("Alt+Shift+ArrowRight")  # over the whole group
    expect(clip).to_be_focused()
    page.wait_for_function("window.said")
    assert order(page) == "bcad"
    page.keyboard.press("Alt+Shift+ArrowRight")
    expect(clip).to_be_focused()
    page.wait_for_function("window.asked.length === 2")
    assert order(page) == "bcda"
    page.keyboard.press("Alt+Shift+ArrowRight")  # there is no later place
    page.keyboard.press("Alt+Shift+ArrowLeft")
    page.wait_for_function("window.asked.length === 3")
    assert order(page) == "bcad"
