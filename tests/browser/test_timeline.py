"""The timeline alone, in a real browser: its arithmetic, and clips put elsewhere by a finger and by keys. Its draft is kept by the page;
the server's is tested with the Editor (test_editor.py).
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


MODEL = """async () => {
    const m = await import('/s/timeline_model.js');
    const pieces = [
        {id: 'a', start: 0, n_frames: 48, media_in: 12, media_frames: 72, room: [12, 12], gap: false},
        {id: 'b', start: 48, n_frames: 24, room: [0, 0], gap: true},
        {id: 'c', start: 72, n_frames: 36, media_in: 0, media_frames: 36, room: [0, 0], gap: false},
        {id: 'd', start: 108, n_frames: 36, media_in: 0, media_frames: 60, room: [0, 24], gap: false},
    ];
    const captions = [{id: 't', start: 10, n_frames: 30}, {id: 'u', start: 30, n_frames: 20}, {id: 'v', start: 60, n_frames: 10}];
    const edit = {pieces, captions, n_frames: 144, fps: 24};
    const lent = {pieces: [
        {id: 'x', start: 0, n_frames: 30, room: [0, 9], gap: false, transition_frames: 0},
        {id: 'y', start: 30, n_frames: 30, media_in: 20, room: [20, 0], gap: false, transition_frames: 0},
    ]};
    return {
        trims: [[0, 'tail', 99], [0, 'head', 99], [0, 'tail', -99], [1, 'tail', 99]].map(([i, end, by]) => m.trimRoom(pieces[i], end, by)),
        shorter: m.trimmed(edit, 'a', 'tail', -8).pieces.map(p => p.start),
        rolls: [m.rollRoom(edit, 'd', 99), m.rollRoom(edit, 'd', -99), m.rollRoom(edit, 'a', 5), m.rollRoom(edit, 'c', -99)],
        rolled: m.rolled(edit, 'd', -6).pieces.slice(2).map(p => [p.start, p.n_frames, p.media_in]),
        fades: [m.transitionMost(edit, 'a'), m.transitionMost(edit, 'c'), m.transitionMost(lent, 'y')],
        head: m.trimmed(edit, 'a', 'head', 6).pieces[0].media_in,
        rows: m.titles(edit, 2).map(t => t.row),
        snaps: [[50, [], 4], [56, [], 4], [57, [57], -1]].map(([at, beats, reach]) => m.snapped(at, m.snapPoints(edit, beats, 0), reach)),
        drops: [m.dropAt(edit, 'a', 10), m.dropAt(edit, 'a', 100), m.dropAt(edit, 'a', 143), m.dropAt(edit, 'd', 0)],
        ranges: [m.between(edit, 'd', 'b'), m.between(edit, 'a', 'a')],
        merge: [m.neighbours(edit, ['d', 'c']), m.neighbours(edit, ['a', 'c']), m.neighbours(edit, ['a'])],
        at: [0, 47, 48, 143, 200].map(f => m.pieceAt(edit, f).id),
        code: [m.timecode(75, 24), m.timecode(24 * 61 + 1, 24)],
        ticks: [m.ticks(24, 2), m.ticks(24, 12)],
        keys: [
            {key: 'z', ctrlKey: true}, {key: 'Z', metaKey: true, shiftKey: true}, {key: 'S'}, {key: 'Delete', shiftKey: true}, {key: 'z'},
            {key: '?', shiftKey: true},
        ].map(m.meaning),
    };
}"""


def test_the_timeline_s_arithmetic(visit: Visit) -> None:
    page = visit.open("#/editor")
    assert page.evaluate(MODEL) == {
        "trims": [12, 12, -47, 99],
        "shorter": [0, 40, 64, 100],
        "rolls": [0, 0, 0, 0],
        "rolled": [[72, 30, 0], [102, 42, -6]],
        "fades": [0, 0, 18],
        "head": 6,
        "rows": [0, 1, 0],
        "snaps": [50, 60, 57],
        "drops": [None, {"before": "d", "frame": 108}, {"before": None, "frame": 144}, {"before": "a", "frame": 0}],
        "ranges": [["b", "c", "d"], ["a"]],
        "merge": [True, False, False],
        "at": ["a", "a", "b", "d", "d"],
        "code": ["0:03:03", "1:01:01"],
        "ticks": [{"big": 48, "small": 12}, {"big": 10, "small": 1}],
        "keys": ["undo", "redo", "split", "close", "", "keys"],
    }
