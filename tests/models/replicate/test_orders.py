"""One order for each ask, whatever breaks: refused, lost on the way, hanging, cancelled."""

import time
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import httpx
import pytest

from models.asks import VideoAsk
from models.backends.replicate import api as api_module
from models.backends.replicate.orders import tag_of
from models.errors import Cancelled, ModelBusy, ModelFailed, ModelRefused, ModelUnavailable, ModelUnreachable
from models.media.image_file import read_image
from models.media.video_file import VideoReader
from models.runtime import Runtime
from models.till import Uncounted
from tests.models.replicate.conftest import CLIP_ROW, PICTURE, Job, config_at
from tests.models.replicate.shop import TOKEN, Fate, Shop

PRICE = Decimal("0.04")  # two seconds, of which 1.25 are used
OUT_OF_ORDER = (500, {"detail": "boom"}, {})


def test_a_clip_is_made_cut_and_paid_as_the_provider_bills(runtime: Runtime, shop: Shop, job: Job, clip_ask: VideoAsk) -> None:
    shop.plan(Fate(polls=3))
    clip = runtime.video(clip_ask, job.context())
    with VideoReader(clip.path) as video:
        assert (video.width, video.height, video.fps, sum(1 for _ in video.planes())) == (96, 160, 24, 30)
    assert (clip.made.model, clip.made.cost_usd, clip.made.notes) == ("replicate/film", PRICE, ())
    order = shop.orders["order0"]
    assert order["input"] | {"start_image": ""} == {"prompt": "slow push-in", "duration": 2, "seed": 7, "sound": False, "start_image": ""}
    assert order["input"]["start_image"].startswith(f"{shop.url}/v1/files/")
    assert shop.files == {}  # our picture was removed there
    assert [p.name for p in job.folder.iterdir() if p.name.startswith(".")] == []
    assert (0.0, "Waiting for its turn at Replicate") not in job.told
    assert any(0.1 < part < 0.9 for part, _ in job.told)


def test_a_picture_in_the_asked_size(runtime: Runtime, shop: Shop, job: Job) -> None:
    still = runtime.image(PICTURE, job.context())
    assert read_image(still.path).shape == (160, 96, 3)
    assert still.made.cost_usd == Decimal("0.03")
    assert shop.orders["order0"]["input"] == {"prompt": "a watch on slate", "seed": 5, "aspect_ratio": "9:16"}


@pytest.mark.parametrize("keeps_webhook", [True, False])
@pytest.mark.parametrize("answer", [OUT_OF_ORDER, (201, b"<html>", {})])
def test_an_order_whose_answer_was_lost_is_found_not_placed_again(
    runtime: Runtime, shop: Shop, job: Job, clip_ask: VideoAsk, keeps_webhook: bool, answer: tuple[int, object, dict[str, str]]
) -> None:
    shop.keeps_webhook = keeps_webhook
    for n in range(7):  # other people's orders, so that the list has a second page
        shop.take("acme/film", {"input": {"prompt": "slow push-in", "duration": 2, "seed": 7, "sound": False, "n": n}}, Fate())
    shop.plan(Fate(answer=answer, taken=True), Fate())
    clip = runtime.video(clip_ask, job.context())
    assert shop.asked("POST", "/v1/models/.*") == 1
    assert clip.made.cost_usd == PRICE  # once
    assert [id for id, order in shop.orders.items() if order["output"]] == ["order7"]


def test_an_order_that_was_lost_before_it_was_taken_is_placed_anew(runtime: Runtime, shop: Shop, job: Job, clip_ask: VideoAsk) -> None:
    shop.plan(Fate(answer=OUT_OF_ORDER), Fate())
    clip = runtime.video(clip_ask, job.context())
    assert (list(shop.orders), clip.made.cost_usd) == (["order0"], PRICE)


def test_a_server_that_hangs_is_not_waited_for_for_ever(
    runtime: Runtime, shop: Shop, job: Job, clip_ask: VideoAsk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api_module, "TIMEOUT", httpx.Timeout(1.0))
    shop.plan(Fate(hang=2.5), Fate())
    assert runtime.video(clip_ask, job.context()).made.cost_usd == PRICE
    assert len(shop.orders) == 1


@pytest.mark.parametrize(
    "answer",
    [
        (429, {"detail": "busy"}, {"Retry-After": "0.2"}),
        (429, {"detail": "Request was throttled. Your rate limit resets in ~200ms."}, {}),
    ],
)
def test_too_many_requests_are_waited_out_as_asked(
    runtime: Runtime, shop: Shop, job: Job, answer: tuple[int, object, dict[str, str]]
) -> None:
    shop.plan(Fate(answer=answer), Fate())  # type: ignore[arg-type]
    began = time.monotonic()
    runtime.image(PICTURE, job.context())
    assert time.monotonic() - began >= 0.2
    assert (shop.asked("POST", "/v1/models/.*"), len(shop.orders)) == (2, 1)


def test_a_provider_that_stays_busy_says_when(runtime: Runtime, shop: Shop, job: Job) -> None:
    shop.plan(Fate(answer=(429, {"detail": "Your rate limit resets in ~30s."}, {})))
    with pytest.raises(ModelBusy) as caught:
        runtime._backend("replicate").answer(PICTURE, runtime.catalog[1], job.context())
    assert (caught.value.retry_after, caught.value.cost_usd) == (30.0, 0)


@pytest.mark.parametrize(
    ("status", "detail", "error", "words"),
    [
        (401, "no", ModelUnavailable, "REPLICATE_API_TOKEN"),
        (402, "You have run out of credit", ModelUnavailable, "no credit left"),
        (403, "no", ModelUnavailable, "may not use"),
        (404, "no", ModelUnavailable, "no such model"),
        (422, f"- input.duration: must be 5 or 10 ({TOKEN})", ModelFailed, "must be 5 or 10 \\(…\\)"),
        (400, "The prompt was flagged as sensitive (E005)", ModelRefused, "flagged as sensitive"),
    ],
)
def test_what_is_refused_costs_nothing_and_says_why(
    runtime: Runtime, shop: Shop, job: Job, status: int, detail: str, error: type[Exception], words: str
) -> None:
    shop.plan(Fate(answer=(status, {"detail": detail, "status": status}, {})))
    bill = Uncounted("key")
    with pytest.raises(error, match=words) as caught:
        runtime._backend("replicate").answer(PICTURE, runtime.catalog[1], job.context(bill=bill))
    assert caught.value.cost_usd == 0  # type: ignore[attr-defined]
    assert TOKEN not in str(caught.value)
    assert bill.prediction is None


def test_an_address_that_is_not_taken_is_left_out(runtime: Runtime, shop: Shop, job: Job) -> None:
    shop.plan(Fate(answer=(422, {"detail": "- webhook: must be a valid HTTPS address"}, {})), Fate())
    runtime.image(PICTURE, job.context())
    assert [order["webhook"] for order in shop.orders.values()] == [None]


def test_an_outage_of_questions_is_sat_out(runtime: Runtime, shop: Shop, job: Job, clip_ask: VideoAsk) -> None:
    shop.plan(Fate(polls=2))
    shop.on_order = lambda order: shop.outages.extend([OUT_OF_ORDER, (429, {}, {"Retry-After": "0.01"}), (502, b"", {})])
    assert runtime.video(clip_ask, job.context()).made.cost_usd == PRICE
    assert len(shop.orders) == 1


@pytest.mark.parametrize("outage", [OUT_OF_ORDER, (401, {"detail": "revoked"}, {}), (429, {"detail": "resets in ~9s"}, {})])
def test_a_long_outage_leaves_the_order_on_record(
    runtime: Runtime, shop: Shop, job: Job, clip_ask: VideoAsk, outage: tuple[int, object, dict[str, str]]
) -> None:
    shop.on_order = lambda order: shop.outages.extend([outage] * 60)  # type: ignore[list-item]
    backend, bill = runtime._backend("replicate"), Uncounted("key")
    with pytest.raises(ModelUnreachable) as caught:
        backend.answer(clip_ask, CLIP_ROW, job.context(bill=bill))
    assert caught.value.cost_usd is None  # nobody knows, so it does not count as free
    shop.outages.clear()
    again = Uncounted("key", prior=True, prediction=bill.prediction)
    assert backend.answer(clip_ask, CLIP_ROW, job.context(bill=again)).made.cost_usd == PRICE
    assert len(shop.orders) == 1


def test_the_first_looks_may_find_nothing(runtime: Runtime, shop: Shop, job: Job) -> None:
    shop.plan(Fate(misses=2))
    runtime.image(PICTURE, job.context())
    assert len(shop.orders) == 1


def test_who_cancels_cancels_the_order(runtime: Runtime, shop: Shop, job: Job, clip_ask: VideoAsk) -> None:
    shop.plan(Fate(polls=999))
    shop.on_order = lambda order: setattr(job, "cancel", Cancelled("Cancelled."))
    with pytest.raises(Cancelled) as caught:
        runtime.video(clip_ask, job.context())
    wait_until(lambda: shop.orders["order0"]["status"] == "canceled")
    assert caught.value.cost_usd is None  # what had begun may be billed


def test_the_picture_of_a_cancelled_order_does_not_stay_at_the_provider(runtime: Runtime, shop: Shop, job: Job, clip_ask: VideoAsk) -> None:
    shop.plan(Fate(polls=999))
    looked = shop.look

    def cancelled_when_looked_at(order: dict[str, Any]) -> None:
        job.cancel = Cancelled("Cancelled.")
        looked(order)

    shop.look = cancelled_when_looked_at  # type: ignore[method-assign]
    with pytest.raises(Cancelled):
        runtime.video(clip_ask, job.context())
    assert shop.orders["order0"]["status"] == "canceled"
    assert shop.files == {}


def test_a_process_that_stops_leaves_the_order_alone(runtime: Runtime, shop: Shop, job: Job, clip_ask: VideoAsk) -> None:
    """As on a deployment: what is raised then is no Exception (studio.jobs.failures.Abandoned)."""

    class Abandoned(BaseException):
        pass

    shop.plan(Fate(polls=999))
    shop.on_order = lambda order: setattr(job, "cancel", Abandoned())
    with pytest.raises(Abandoned):
        runtime.video(clip_ask, job.context())
    assert shop.asked("POST", ".*/cancel") == 0
    assert shop.orders["order0"]["status"] in ("starting", "processing")


def test_cancelled_while_the_order_goes_out_it_is_cancelled_when_it_arrives(
    runtime: Runtime, shop: Shop, job: Job, clip_ask: VideoAsk
) -> None:
    shop.plan(Fate(hang=0.5, polls=999))
    shop.on_order = lambda order: setattr(job, "cancel", Cancelled("Cancelled."))
    with pytest.raises(Cancelled):
        runtime.video(clip_ask, job.context())
    assert shop.orders["order0"]["status"] == "starting"
    wait_until(lambda: shop.orders["order0"]["status"] == "canceled")


def test_cancelled_just_before_nothing_is_ordered(runtime: Runtime, shop: Shop, job: Job) -> None:
    job.cancel = Cancelled("Cancelled.")
    with pytest.raises(Cancelled) as caught:
        runtime._backend("replicate").answer(PICTURE, runtime.catalog[1], job.context(bill=Uncounted("key")))
    assert (shop.orders, caught.value.cost_usd) == ({}, 0)


def test_a_job_that_is_wanted_again_after_its_cancel_orders_anew(runtime: Runtime, shop: Shop, job: Job) -> None:
    order = shop.take("acme/picture", {"input": {}, "webhook": f"https://orders.invalid/{tag_of('key')}"}, Fate())
    order["status"] = "canceled"
    with pytest.raises(ModelUnreachable, match="earlier order") as caught:
        runtime._backend("replicate").answer(PICTURE, runtime.catalog[1], job.context(bill=Uncounted("key", prior=True)))
    assert caught.value.cost_usd == Decimal("0.03")  # known: the till closes this one, and the next try is another


def test_without_a_token_nothing_is_sent(shop: Shop, job: Job) -> None:
    made = Runtime(config_at(shop.url, job.folder, token=""), (CLIP_ROW,))
    assert "REPLICATE_API_TOKEN" in made.why_not("video", CLIP_ROW.id)
    assert made.default_model("video") is None
    assert shop.log == []


def wait_until(true: Callable[[], bool]) -> None:
    ends = time.monotonic() + 120
    while not true():
        assert time.monotonic() < ends
        time.sleep(0.02)
