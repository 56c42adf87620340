"""What an order gives, or does not: every ending told and priced, every file distrusted."""

import base64
import logging
from dataclasses import replace
from decimal import Decimal

import pytest

from models.asks import Subject, VideoAsk
from models.backends import BackendConfig
from models.backends.replicate.backend import Replicate
from models.catalog import CATALOG
from models.download import Shelf
from models.errors import ModelError, ModelFailed, ModelRefused, ModelUnavailable, ModelUnreachable
from models.runtime import Runtime
from tests.models.replicate.conftest import PICTURE, PICTURE_ROW, PNG, Job, cut, film, png
from tests.models.replicate.shop import TOKEN, Fate, File, Shop

PRICE = Decimal("0.04")


@pytest.mark.parametrize(
    ("fate", "error", "words", "cost"),
    [
        (Fate(end="failed", error="NSFW content detected. Try another prompt."), ModelRefused, "NSFW content detected", 0),
        (Fate(end="failed", error=f"CUDA error {TOKEN}"), ModelFailed, "CUDA error …", 0),
        (Fate(end="failed"), ModelFailed, "no reason", 0),
        (Fate(end="canceled"), ModelFailed, "cancelled at Replicate", PRICE),
        (Fate(output=None), ModelFailed, "gave nothing", PRICE),
        (Fate(output={"text": "hello"}), ModelFailed, "no video", PRICE),
        (Fate(output="ftp://somewhere/x.mp4"), ModelFailed, "no video", PRICE),
    ],
)
def test_every_ending_has_its_sentence_and_its_price(
    runtime: Runtime, shop: Shop, job: Job, clip_ask: VideoAsk, fate: Fate, error: type[ModelError], words: str, cost: Decimal
) -> None:
    shop.plan(fate)
    with pytest.raises(error, match=words) as caught:
        runtime.video(clip_ask, job.context())
    assert caught.value.cost_usd == cost
    assert caught.value.model == "replicate/film"
    assert len(shop.orders) == 1  # permanent: not tried again


def test_what_never_began_is_ordered_again_at_no_cost(runtime: Runtime, shop: Shop, job: Job, clip_ask: VideoAsk) -> None:
    shop.plan(Fate(end="aborted"), Fate())
    assert runtime.video(clip_ask, job.context()).made.cost_usd == PRICE
    assert len(shop.orders) == 2


def test_what_was_removed_there_was_paid_and_is_ordered_again(runtime: Runtime, shop: Shop, job: Job, clip_ask: VideoAsk) -> None:
    shop.plan(Fate(data_removed=True), Fate())
    assert runtime.video(clip_ask, job.context()).made.cost_usd == 2 * PRICE  # both count
    shop.plan(Fate(), Fate())
    shop.give = lambda order: File(status=404) if order["id"] == "order2" else film(2)
    assert runtime.video(clip_ask, job.context()).made.cost_usd == 2 * PRICE


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (File(b"<html>Not a film</html>", "text/html"), "cannot be used"),
        (cut(film(2), 0.6), "cannot be used"),
        (film(1.0), "lasts 1.00 s where 1.25 s"),
        (film(2, 32, 32), "only 32x32"),
        (File(status=302, headers={"Location": "http://127.0.0.1:9/x"}), "not https"),
        (File(status=302, headers={"Location": "https://evil.example/x"}), "foreign host"),
        (File(status=302, headers={"Location": "/out/order0"}), "leads nowhere"),
        (File(b"x", claims=10**10), "larger than 512 MB"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_and_was_paid(
    runtime: Runtime, shop: Shop, job: Job, clip_ask: VideoAsk, file: File, words: str
) -> None:
    shop.give = lambda order: file
    with pytest.raises(ModelFailed, match=words) as caught:
        runtime.video(clip_ask, job.context())
    assert (caught.value.cost_usd, len(shop.orders)) == (PRICE, 1)
    assert ".fetched" not in str(caught.value)  # a name of ours tells nobody anything
    assert [p.name for p in job.folder.iterdir() if p.suffix == ".mp4" or p.name.startswith(".")] == []


def test_a_download_that_breaks_off_is_begun_again_not_bought_again(runtime: Runtime, shop: Shop, job: Job, clip_ask: VideoAsk) -> None:
    whole = film(2)
    states = iter([File(whole.data[:100], claims=len(whole.data)), File(status=503), whole])

    class Worsening(dict[str, File]):
        """Each fetch finds the next state of the file."""

        def get(self, name: str, default: object = None) -> File:  # type: ignore[override]
            return next(states)

    shop.out = Worsening()
    assert runtime.video(clip_ask, job.context()).made.cost_usd == PRICE
    assert (len(shop.orders), shop.asked("GET", "/out/.*")) == (1, 3)


def test_the_token_goes_nowhere_but_to_the_api(
    runtime: Runtime, shop: Shop, job: Job, clip_ask: VideoAsk, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        clip = runtime.video(clip_ask, job.context())
    fetched = [headers for _, path, headers in shop.log if path.startswith("/out/")]
    assert fetched
    assert all("authorization" not in headers for headers in fetched)
    assert TOKEN not in caplog.text
    assert TOKEN not in repr(clip) + repr(runtime.config) + repr(runtime._backends)


def test_where_results_may_lie() -> None:
    shelf = Shelf(("replicate.delivery", ".replicate.delivery"))
    good = ("https://replicate.delivery/x/out.mp4", "https://pb.replicate.delivery/x", "https://PBXT.replicate.delivery:443/x")
    bad = (
        "http://replicate.delivery/x",
        "https://replicate.delivery.evil.example/x",
        "https://evilreplicate.delivery/x",
        "https://replicate.delivery:8443/x",
        "https://replicate.delivery@evil.example/x",
        "https://127.0.0.1/x",
        "file:///etc/passwd",
    )
    assert [shelf.refuses(url) for url in good] == [""] * 3
    assert all(shelf.refuses(url) for url in bad)


def test_pictures_come_in_lists_as_data_and_in_other_sizes(runtime: Runtime, shop: Shop, job: Job) -> None:
    data = "data:image/png;base64," + base64.b64encode(PNG.data).decode()
    shop.plan(Fate(output=[data]))
    assert runtime.image(PICTURE, job.context()).made.notes == ()
    shop.plan(Fate())
    shop.give = lambda order: png(64, 64)
    notes = runtime.image(PICTURE, job.context()).made.notes
    assert notes == (
        "The picture of replicate/picture was enlarged from 64x64.",
        "The picture of replicate/picture was cropped: 60% of it is shown.",
    )


def test_a_clip_a_little_too_short_is_slowed_and_says_so(runtime: Runtime, shop: Shop, job: Job, clip_ask: VideoAsk) -> None:
    shop.give = lambda order: film(14 / 12)  # 1.17 of 1.25 s
    clip = runtime.video(clip_ask, job.context())
    assert clip.n_frames == 30
    assert "lasts 1.17 s and plays 7.1% slower to fill 1.25 s" in clip.made.notes[0]


def test_the_customers_photo_is_never_repainted(runtime: Runtime, shop: Shop, job: Job) -> None:
    ask = replace(PICTURE, subject=Subject("bottle", photo=job.folder / "photo.png"))
    with pytest.raises(ModelUnavailable, match="product photo"):
        runtime.image(ask, job.context())
    assert shop.orders == {}


def test_pictures_of_hosted_rows_always_have_somebody_who_can_show_a_photo() -> None:
    for row in CATALOG:
        if row.backend == "replicate":
            assert row.fallback[-1] == "product-studio/v1"
            assert row.id not in row.fallback


def test_an_api_that_is_not_there(job: Job) -> None:
    off = Replicate(BackendConfig(cache_dir=job.folder, keys={"replicate": TOKEN}, base_urls={"replicate": "http://127.0.0.1:9"}))
    with pytest.raises(ModelUnreachable, match="could not be reached") as caught:
        off.answer(PICTURE, PICTURE_ROW, job.context())
    assert caught.value.cost_usd == 0
    off.close()
