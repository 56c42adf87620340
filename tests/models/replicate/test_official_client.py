"""The official client against the same loopback server: what we read of an answer is what it reads, and where we part from it we
had a reason that still holds."""

import httpx
import pytest
from replicate.client import Client

from models.asks import VideoAsk
from models.backends.replicate.outcome import Waiting
from models.runtime import Runtime
from tests.models.replicate.conftest import CLIP_ROW, Job
from tests.models.replicate.shop import TOKEN, Fate, Shop


@pytest.fixture
def client(shop: Shop) -> Client:
    made = Client(api_token=TOKEN, base_url=shop.url, timeout=httpx.Timeout(5.0))
    made.poll_interval = 0.01
    return made


def test_both_order_the_same_and_read_the_same(client: Client, shop: Shop, runtime: Runtime, job: Job, clip_ask: VideoAsk) -> None:
    runtime.video(clip_ask, job.context())
    ours = shop.orders["order0"]
    theirs = client.models.predictions.create(model="acme/film", input=ours["input"])
    theirs.wait()
    assert shop.orders["order1"]["input"] == ours["input"]
    assert theirs.status == "succeeded"
    waiting = Waiting(runtime._backend("replicate")._open(), theirs.id, CLIP_ROW.id, CLIP_ROW.price_per_second, found=True)  # type: ignore[attr-defined]
    assert waiting.for_end(job.context()) == theirs.output
    assert client.predictions.get("order0").output == ours["output"]
    assert [p.id for p in client.predictions.list().results] == ["order1", "order0"]


def test_both_upload_in_the_same_form(client: Client, shop: Shop, runtime: Runtime, job: Job, clip_ask: VideoAsk) -> None:
    assert clip_ask.still is not None
    with clip_ask.still.path.open("rb") as picture:
        client.files.create(picture, metadata={"order": "theirs"})
    api = runtime._backend("replicate")._open()  # type: ignore[attr-defined]
    api.upload("frame.jpg", b"jpeg", "image/jpeg", "ours", job.check)
    assert [file["metadata"] for file in shop.files.values()] == [{"order": "theirs"}, {"order": "ours"}]


def test_why_it_is_not_used(client: Client, shop: Shop) -> None:
    """Should one of these begin to fail, the client was mended, and could do more for us."""
    shop.plan(Fate(end="aborted"))
    order = client.models.predictions.create(model="acme/film", input={"prompt": "x"}, webhook="https://orders.invalid/x")
    assert not hasattr(order, "webhook")
    with pytest.raises(ValueError, match="aborted"):
        order.wait()
    with pytest.raises(ValueError, match="aborted"):
        client.predictions.list()
