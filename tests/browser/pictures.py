"""The pictures of the pages in docs/pictures, taken in a real browser from real ads: `python -m tests.browser.pictures` (minutes), or only
those that are named: `python -m tests.browser.pictures review`.

Not a test: it asserts nothing and writes into docs/. The watch is made at full size, the others at half.
"""

import io
import sys
import tempfile
import time
from collections.abc import Callable, Collection
from functools import partial
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from models.media.video_file import VideoReader
from pipelines.brief import Brief
from pipelines.progress import Run
from studio.jobs.ad_job import Kept, make_ad_job
from tests.browser.conftest import ADA, FLAGS, Server
from tests.browser.generate_tab import PROMPT, WORDS, tab

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
ORDERS = (
    {"prompt": "Make a 15-second eco-friendly water bottle ad for YouTube", "brand": "Rill", "brand_colors": ["#DDE5D0", "#2F5D50"]},
    {"prompt": "Make a minimalist skincare product ad, square", "brand": "Alba"},
    {"prompt": "Our new headphones for commuters, on TikTok", "brand": "Nordlys", "style": "tech"},
    {"prompt": PROMPT},
)
MOMENTS = (3.5, 4.95, 6.2, 8.8, 13.5)
"""Seconds into the watch's film: one of each shot, and the light that sweeps from the first to the second."""


def sized_ad(run: Run, brief: Brief, photo: str = "") -> Kept:
    """The watch at full size, everything else at half."""
    return make_ad_job(run, brief if brief.prompt == PROMPT else brief.model_copy(update={"short_side": 540}), photo)


def main(wanted: Collection[str]) -> None:
    """Make the ads, then take the pictures that are wanted; all of them if none is named."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        studio = Server(Path(folder), job=sized_ad)
        studio.start()
        try:
            watch = [made(studio, order) for order in ORDERS][-1]
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
            for name, picture in pages(browser, studio, watch).items():
                if not wanted or name in wanted:
                    picture(name)
            browser.close()
        finally:
            studio.stop()


def pages(browser: Browser, studio: Server, watch: str) -> dict[str, Callable[[str], None]]:
    """What takes each picture, by the picture's name. watch: the ad's id."""
    at = partial(take, browser, studio)
    return {
        "luxury-watch": partial(strip, studio, watch),
        "generate": partial(at, path="", act=typed),
        "improve": partial(at, path="", act=improved),
        "result": partial(at, path=f"#/ad/{watch}", act=shown),
        "gallery": partial(at, path="#/gallery"),
        "gallery-phone": partial(at, path="#/gallery", width=390, height=844, dark=True),
        "editor": partial(at, path=f"#/editor/{watch}", act=chosen),
        "editor-dark": partial(at, path=f"#/editor/{watch}", act=chosen, dark=True),
        "review": lambda name: at(name, path=reviewed(studio, watch), act=paused),
    }


def made(studio: Server, order: dict[str, object]) -> str:
    """Order an ad and wait for it; its id."""
    with studio.api() as client:
        id = str(client.post("generate", json=order).raise_for_status().json()["generation_id"])
        while (ad := client.get(f"generations/{id}").json())["status"] in ("pending", "processing"):
            time.sleep(1)
    print(ad["status"], order["prompt"], ad["error"] or "", flush=True)
    return id


def take(
    browser: Browser,
    studio: Server,
    name: str,
    path: str,
    act: Callable[[Page], None] = lambda page: None,
    *,
    width: int = 1440,
    height: int = 900,
    dark: bool = False,
) -> None:
    """One picture of a page, as a JPEG."""
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light")
    context.add_cookies(studio.cookies(*ADA))  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(studio.url + path)
    page.get_by_role("heading", level=1).first.wait_for()
    page.wait_for_load_state("networkidle")
    act(page)
    page.wait_for_timeout(1200)
    Image.open(io.BytesIO(page.screenshot())).convert("RGB").save(PICTURES / f"{name}.jpg", quality=88, optimize=True)
    context.close()


def strip(studio: Server, ad: str, name: str) -> None:
    """The film itself: MOMENTS of it side by side, 1920 pixels wide."""
    with studio.api() as client, tempfile.NamedTemporaryFile(suffix=".mp4") as file:
        file.write(client.get(f"video/{ad}").raise_for_status().content)
        file.flush()
        with VideoReader(Path(file.name)) as film:
            frames = [Image.fromarray(film.frame(round(at_s * film.info.fps))) for at_s in MOMENTS]
    width, height = 1920 // len(frames), round(1920 / len(frames) * frames[0].height / frames[0].width)
    row = Image.new("RGB", (width * len(frames), height))
    for n, frame in enumerate(frames):
        row.paste(frame.resize((width, height), Image.Resampling.LANCZOS), (n * width, 0))
    row.save(PICTURES / f"{name}.jpg", quality=88, optimize=True)


def typed(page: Page) -> None:
    """A prompt with its quote below it."""
    tab(page).get_by_label(WORDS["promptLabel"]).fill("Luxury watch ad for Instagram, 20% off this week")
    tab(page).get_by_text(WORDS["quoteFree"].split("{cost}")[1].strip(" –")).wait_for()


def improved(page: Page) -> None:
    """The same prompt, and a better one beside it."""
    tab(page).get_by_label(WORDS["promptLabel"]).fill(PROMPT)
    tab(page).get_by_role("button", name=WORDS["improve"]).click()
    tab(page).get_by_text(WORDS["why"]).wait_for()


def shown(page: Page) -> None:
    """The film at its last scene, standing still."""
    video = tab(page).locator("video")
    video.evaluate("v => { v.pause(); v.currentTime = 13.2; }")
    page.wait_for_function("v => !v.seeking && v.readyState >= 2", arg=video.element_handle())


def chosen(page: Page) -> None:
    """A clip of the edit, in the middle of the film, and its strips drawn."""
    editor = page.locator(".block.island-editor")
    editor.locator(".clip").nth(2).click()
    page.keyboard.press("Home")
    for _ in range(6):
        page.keyboard.press("Shift+ArrowRight")
    page.wait_for_timeout(2500)


def reviewed(studio: Server, ad: str) -> str:
    """The address of a link through which something was said."""
    with studio.api() as client:
        url = str(client.post(f"generations/{ad}/share", json={"name": "Marta, Lumen agency"}).raise_for_status().json()["url"])
        here = f"shared/{url.rpartition('/')[2]}"
        for said, at in (
            ("The light on the bezel is lovely. Half a second longer, please.", 6.2),
            ("Could the name be larger here?", 12.6),
        ):
            client.post(f"{here}/remarks", json={"author": "Marta", "text": said, "at_s": at}).raise_for_status()
        client.post(f"generations/{ad}/remarks", json={"text": "Done in the version of today."}).raise_for_status()
    return url.lstrip("/")


def paused(page: Page) -> None:
    """The film where the first remark is."""
    page.get_by_role("button", name="Show 0:06.2").click()
    page.wait_for_timeout(1500)


if __name__ == "__main__":
    from tests.browser import pictures  # by its name, under which the worker finds the job

    pictures.main(sys.argv[1:])
