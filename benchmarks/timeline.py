"""How soon the Editor's timeline answers, with sixty clips and more: from an input to the picture after it, in a real browser.

    python -m benchmarks.timeline [--rounds 30]

    select   a click on a clip: the ring around it, and the inspector
    trim     a clip's end drawn along: every clip after it moves, the stage shows the frame
    zoom     Ctrl and the wheel: everything is laid out anew
    scroll   the wheel: tiles and ruler that come into sight are drawn
    floor    a pointer over an empty element with an empty handler, on the same page in the same run: what a frame takes by itself

A time runs from the event's own stamp, taken when the browser had it, to the task after the next frame. The goal is less than 50 ms. The
ad is small and real, its timeline split until it has sixty clips; how quickly films are decoded is the browser's and not in the numbers.
"""

import argparse
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page, sync_playwright

from tests.browser.conftest import FLAGS, Server
from tests.studio.editable_ad import editable_ad

CLIPS = 60
KINDS = ("select", "trim", "zoom", "scroll", "floor")
WATCH = """() => {
    window.took = {};
    window.kind = "";
    const note = event => {
        const {kind} = window;
        if (!kind) return;
        requestAnimationFrame(() => {
            const after = new MessageChannel();
            after.port1.onmessage = () => { (window.took[kind] ??= []).push(performance.now() - event.timeStamp); };
            after.port2.postMessage(0);
        });
    };
    const of = {select: "pointerup", trim: "pointermove", floor: "pointermove", zoom: "wheel", scroll: "wheel"};
    for (const type of ["pointerup", "pointermove", "wheel"]) window.addEventListener(type, event => {
        if (of[window.kind] === type) note(event);
    }, {capture: true, passive: true});
    const floor = document.createElement("div");
    floor.id = "floor";
    floor.style.cssText = "position: fixed; left: 400px; top: 2px; width: 400px; height: 40px; z-index: 9999; background: white";
    floor.addEventListener("pointermove", () => {});
    document.body.append(floor);
}"""


def main() -> None:
    """Print a row for each kind of input, and what the machine was doing."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=30, help="inputs of each kind")
    args = parser.parse_args()
    chromium = shutil.which("chromium")
    if not chromium:
        raise SystemExit("Debian's chromium is needed: python -m tests.system_packages")
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder), job=editable_ad)
        server.start()
        try:
            ad, n = _ad(server)
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
                took = _measured(browser.new_context(viewport={"width": 1440, "height": 900}), server, ad, args.rounds)
                browser.close()
        finally:
            server.stop()
    floor = _at(took["floor"], 0.5)
    print(f"{n} clips, {args.rounds} inputs of each kind, load {load:.1f} at the start")
    print(f"{'':<8}{'p50 ms':>9}{'p95 ms':>9}{'x floor':>9}{'n':>6}")
    for kind in KINDS:
        found = took[kind]
        print(f"{kind:<8}{_at(found, 0.5):>9.1f}{_at(found, 0.95):>9.1f}{_at(found, 0.5) / floor:>9.2f}{len(found):>6}")


def _ad(server: Server) -> tuple[str, int]:
    """(a finished ad, the clips that its timeline was split into)."""
    with server.api() as api:
        ad: str = api.post("generate", json={"prompt": "Create a luxury watch ad for Instagram"}).json()["generation_id"]
        while (now := api.get(f"generations/{ad}").json())["status"] != "completed":
            if now["status"] == "failed":
                raise RuntimeError(now["error"])
            time.sleep(0.1)
        draft = api.get(f"generations/{ad}/editor").json()
        actions: list[dict[str, Any]] = [
            {"action": "transition", "clip": piece["id"], "to": "cut"} for piece in draft["edit"]["pieces"] if piece["transition"] != "cut"
        ]
        while len(draft["edit"]["pieces"]) < CLIPS:
            actions += [{"action": "split", "clip": piece["id"], "at": piece["n_frames"] // 2} for piece in draft["edit"]["pieces"]]
            reply = api.post(f"generations/{ad}/editor/actions", json={"revision": draft["revision"], "actions": actions[:50]})
            draft, actions = reply.raise_for_status().json(), []
    return ad, len(draft["edit"]["pieces"])


def _measured(context: BrowserContext, server: Server, ad: str, rounds: int) -> dict[str, list[float]]:
    """Milliseconds by kind, sorted."""
    context.add_cookies(server.cookies())
    page: Page = context.new_page()
    page.goto(f"{server.url}#/editor/{ad}")
    clips = page.locator(".island-editor .clip")
    clips.nth(CLIPS - 1).wait_for(timeout=120_000)
    page.wait_for_timeout(2000)  # thumbnails and scores arrive
    page.evaluate(WATCH)
    x, y = _middle(page)
    places = [clips.nth(i).bounding_box() for i in range(1, CLIPS - 1)]
    for n in range(rounds):
        box = places[(7 * n) % len(places)]
        assert box
        _one(page, "select", partial(page.mouse.click, box["x"] + box["width"] / 2, y))
    _along(page, "floor", 500, 20, rounds)
    page.keyboard.down("Control")
    page.mouse.move(x, y)
    for n in range(rounds):
        _one(page, "zoom", partial(page.mouse.wheel, 0, -100 if n % 8 < 4 else 100))
    for _ in range(4):
        page.mouse.wheel(0, -100)
        page.wait_for_timeout(50)
    page.keyboard.up("Control")
    for n in range(rounds):
        _one(page, "scroll", partial(page.mouse.wheel, 240 if n % 16 < 8 else -240, 0))
    seen = [i for i in range(CLIPS) if (box := clips.nth(i).bounding_box()) and x - 300 < box["x"] < x]
    handle = clips.nth(seen[0]).locator(".handle.tail").bounding_box()
    assert handle
    page.mouse.move(handle["x"] + handle["width"] / 2, y)
    page.mouse.down()
    page.mouse.move(handle["x"] - 8, y, steps=2)
    _along(page, "trim", handle["x"] - 8, y, rounds)
    page.keyboard.press("Escape")
    page.mouse.up()
    found: dict[str, list[float]] = page.evaluate("window.took")
    return {kind: sorted(found[kind]) for kind in KINDS}


def _middle(page: Page) -> tuple[float, float]:
    """(x, y) in the middle of the clips’ lane."""
    box = page.locator(".island-editor .timeline").bounding_box()
    lane = page.locator(".island-editor .lane.video").bounding_box()
    assert box
    assert lane
    return box["x"] + box["width"] / 2, lane["y"] + lane["height"] / 2


def _along(page: Page, kind: str, x: float, y: float, rounds: int) -> None:
    for n in range(rounds):
        _one(page, kind, partial(page.mouse.move, x + 1 + n % 10, y))


def _one(page: Page, kind: str, act: Callable[[], object]) -> None:
    """Do it, and wait until it was seen."""
    before = page.evaluate("kind => { window.kind = kind; return (window.took[kind] ?? []).length; }", kind)
    act()
    page.wait_for_function("([kind, n]) => (window.took[kind] ?? []).length > n", arg=[kind, before])
    page.evaluate("() => { window.kind = ''; }")


def _at(found: list[float], share: float) -> float:
    return found[min(len(found) - 1, int(share * len(found)))]


if __name__ == "__main__":
    main()
