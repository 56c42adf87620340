"""The whole story in one browser, with nothing replaced: from the first account to a real ad of the embedded backends, watched
through a reload and a restart of the server, played, saved and deleted. Only its size is small."""

from collections.abc import Iterator
from pathlib import Path

import av
import pytest
from playwright.sync_api import Browser, expect

from pipelines.brief import Brief
from pipelines.progress import Run
from studio.jobs.ad_job import Kept, make_ad_job
from tests.browser.conftest import ADA, Server, visiting
from tests.browser.generate_tab import PROMPT, WORDS, ask, button, heading, id_of, tab

pytestmark = pytest.mark.slow

A_WHILE_MS = 300_000


def small_ad(run: Run, brief: Brief, photo: str = "") -> Kept:
    """A real ad, 120 pixels wide."""
    return make_ad_job(run, brief.model_copy(update={"short_side": 120}), photo)


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path, job=small_ad, workers=1)
    server.start()
    yield server
    server.stop()


def test_from_the_first_account_to_a_film_and_its_end(browser: Browser, studio: Server, tmp_path: Path) -> None:
    for visit in visiting(browser, studio, {"accept_downloads": True, "reduced_motion": "reduce"}, None):
        page = visit.open("")
        page.get_by_label("Username").fill(ADA[0])
        page.get_by_label("Password", exact=True).fill(ADA[1])
        page.locator("form [type=submit]").click()
        heading(page, WORDS["title"])

        ask(page)
        id = id_of(page)
        bar = page.get_by_role("progressbar")
        expect(tab(page).locator("[aria-current=step]")).to_have_text("Filming the shots", timeout=A_WHILE_MS)
        page.reload()
        expect(bar).to_be_visible()
        before = int(bar.get_attribute("aria-valuenow") or 0)
        studio.stop()
        studio.start()
        heading(page, WORDS["makingTitle"])
        expect(bar).to_be_visible()
        assert int(bar.get_attribute("aria-valuenow") or 0) >= before >= 20, "what was done before the restart still counts"

        expect(tab(page).get_by_role("heading", level=1)).to_have_text(WORDS["doneTitle"], timeout=A_WHILE_MS)
        video = tab(page).locator("video")
        video.evaluate("v => { v.muted = true; return v.play(); }")
        page.wait_for_function("v => v.currentTime > 0.2 && v.videoWidth === 120", arg=video.element_handle())
        video.evaluate("v => { v.currentTime = 12; }")
        page.wait_for_function("v => !v.seeking && v.currentTime >= 12", arg=video.element_handle())
        with page.expect_download() as download:
            tab(page).get_by_role("link", name=WORDS["download"]).click()
        assert download.value.suggested_filename == f"ad_{id}.mp4"
        download.value.save_as(tmp_path / "ad.mp4")
        with av.open(str(tmp_path / "ad.mp4")) as film:
            assert (film.streams.video[0].frames, film.streams.video[0].width, len(film.streams.audio)) == (360, 120, 1)

        page.goto(f"{studio.url}#/gallery")
        expect(page.locator(".block.island-gallery").get_by_text(PROMPT).first).to_be_visible()
        page.goto(f"{studio.url}#/ad/{id}")
        button(page, "delete").click()
        page.get_by_role("dialog").get_by_role("button", name=WORDS["deleteYes"]).click()
        page.wait_for_url("**/#/gallery*")
        with studio.api() as client:
            assert client.get(f"generations/{id}").status_code == 404
        left = [file for file in (tmp_path / "media").rglob("*") if file.is_file()]
        assert left == [], "film, poster, stills and clips are gone"
        noise = [line for line in visit.console_errors if "ERR_CONNECTION_REFUSED" not in line]  # while the server was away
        assert (noise, visit.outside) == ([], [])
