"""How far apart the Workspace's players are while they play as one, counted in pictures that a real browser presented.

    python -m benchmarks.sync [--films 3] [--seconds 20] [--side 1080] [--length 4]

    ours      takes of a group on the Workspace's bench, over and over, held together by islands/compare_sync.js
    floor     the same films as plain <video> elements on an empty page of the same studio, started in one go and left alone

At every frame of the page each film's last presented picture is looked at (requestVideoFrameCallback), and how many pictures lie between
the first of them and the last: 0 is the same picture everywhere. Frames in which a film stands, because the others wait for it or a round
begins, are counted apart. apart: of the films' clocks. skipped: pictures that were decoded too late to be shown. The goal is never more
than one picture at 1080p on an idle machine; what floor and ours have in common is the machine's.
"""

import argparse
import os
import re
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

from tests.browser.conftest import BROWSERS, FLAGS
from tests.browser.workspace_tab import TakesServer, ad_around, button, players, tab

FPS = 24
WATCH = """async ([ours, seconds, fps]) => {
    const shadow = () => [...document.querySelectorAll('.island-workspace *')].find(e => e.shadowRoot).shadowRoot;
    const films = [...(ours ? shadow().querySelectorAll('.monitors video') : document.querySelectorAll('video'))];
    const shown = new Map(films.map(film => [film, null]));
    const note = film => film.requestVideoFrameCallback((now, {mediaTime}) => {
        shown.set(film, Math.round(mediaTime * fps));
        note(film);
    });
    films.forEach(note);
    const stands = film => film.paused || film.ended || film.seeking || film.readyState < 3 || shown.get(film) === null;
    const quality = film => film.getVideoPlaybackQuality();
    const before = films.map(quality);
    const found = {pictures: [], clocks: [], standing: 0};
    const began = performance.now();
    while (performance.now() - began < seconds * 1000) {
        await new Promise(requestAnimationFrame);
        if (films.some(stands)) { found.standing += 1; continue; }
        const [at, times] = [[...shown.values()], films.map(film => film.currentTime)];
        found.pictures.push(Math.max(...at) - Math.min(...at));
        found.clocks.push((Math.max(...times) - Math.min(...times)) * 1000);
    }
    const counted = name => films.reduce((sum, film, i) => sum + quality(film)[name] - before[i][name], 0);
    found.skipped = counted('droppedVideoFrames');
    found.decoded = counted('totalVideoFrames');
    return found;
}"""
ALONE = """async addresses => {
    const films = addresses.map(src => Object.assign(document.createElement('video'), {src, muted: true, preload: 'auto'}));
    for (const film of films) film.style.cssText = `width: ${90 / films.length}vw`;
    document.body.replaceChildren(...films);
    await Promise.all(films.map(film => new Promise(ready => film.addEventListener('canplaythrough', ready, {once: true}))));
    for (const film of films) film.loop = true;
    films.forEach(film => film.play());
}"""


@dataclass(frozen=True)
class Found:
    """pictures: how many lay between the films, at each frame of the page, sorted; clocks: milliseconds, sorted. standing: frames of the
    page in which a film stood. skipped, decoded: pictures of all films."""

    pictures: list[int]
    clocks: list[float]
    standing: int
    skipped: int
    decoded: int

    def row(self, name: str) -> str:
        """One line of the table."""
        n = max(1, len(self.pictures))
        shares = (sum(apart <= most for apart in self.pictures) / n for most in (0, 1))
        same, one = (f"{share:>10.1%}" for share in shares)
        worst = f"{self.pictures[-1]:>7}" if self.pictures else f"{'–':>7}"
        clocks = "".join(f"{_at(self.clocks, share):>9.1f}" for share in (0.5, 0.99, 1.0))
        return f"{name:<8}{same}{one}{worst}{clocks}{self.skipped / max(1, self.decoded):>10.1%}{len(self.pictures):>8}{self.standing:>10}"


def main() -> None:
    """Print a row for our players and one for the floor, and what the machine was doing."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--films", type=int, default=3, choices=(2, 3, 4), help="players side by side")
    parser.add_argument("--seconds", type=float, default=20, help="how long each is watched")
    parser.add_argument("--side", type=int, default=1080, help="pixels of a film's shorter side")
    parser.add_argument("--length", type=float, default=4, help="seconds of a film")
    args = parser.parse_args()
    chromium = next(filter(None, map(shutil.which, BROWSERS)), None)
    if not chromium:
        raise SystemExit("Debian's chromium is needed: python -m tests.system_packages")
    with tempfile.TemporaryDirectory() as folder:
        server = TakesServer(Path(folder), ad_around)
        server.shape = (args.side, args.side * 16 // 9)
        server.patience_s = 900
        server.start()
        try:
            group = server.finished(server.order(server.hero(), auto_attempts=args.films, duration=args.length))
            films = [attempt["video_url"] for attempt in group["iterations"][0]["attempts"]]
            load = os.getloadavg()[0]
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
                floor = _floor(browser.new_context(viewport={"width": 1440, "height": 900}), server, films[:2], args.seconds)
                ours = _ours(browser.new_context(viewport={"width": 1440, "height": 900}), server, group["id"], args.films, args.seconds)
                browser.close()
        finally:
            server.stop()
    cores = len(os.sched_getaffinity(0))
    print(f"{args.films} films of {server.shape[0]} × {server.shape[1]}, {FPS} fps, {cores} cores, load {load:.1f} before they play")
    print(f"{'':<8}{'same':>10}{'within 1':>10}{'worst':>7}{'p50 ms':>9}{'p99':>9}{'max':>9}{'skipped':>10}{'frames':>8}{'standing':>10}")
    print(ours.row("ours"))
    print(floor.row("floor"))


def _ours(context: BrowserContext, server: TakesServer, group: str, n: int, seconds: float) -> Found:
    """The bench of the Workspace, its films repeated."""
    page = _page(context, server, f"#/workspace/{group}")
    expect(players(page).locator("visible=true")).to_have_count(n)
    expect(tab(page).locator(".clock")).to_have_text(re.compile(r"1/\d+$"))
    page.keyboard.press("l")
    page.keyboard.press(" ")
    expect(button(page, "pause")).to_be_visible()
    return _watched(page, True, seconds)


def _floor(context: BrowserContext, server: TakesServer, films: list[str], seconds: float) -> Found:
    """Two films that nobody holds together."""
    page = _page(context, server, "healthz")
    page.evaluate(ALONE, films)
    return _watched(page, False, seconds)


def _page(context: BrowserContext, server: TakesServer, path: str) -> Page:
    context.add_cookies(server.cookies())
    page = context.new_page()
    page.goto(server.url + path)
    return page


def _watched(page: Page, ours: bool, seconds: float) -> Found:
    found: dict[str, Any] = page.evaluate(WATCH, [ours, seconds, FPS])
    page.context.close()
    return Found(sorted(found["pictures"]), sorted(found["clocks"]), found["standing"], found["skipped"], found["decoded"])


def _at(found: list[float], share: float) -> float:
    return found[min(len(found) - 1, int(share * len(found)))] if found else float("nan")


if __name__ == "__main__":
    main()
