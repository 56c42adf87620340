"""The rows of hosted models: what each is sent, for how long, and that a quote is never less than what is billed."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from models.asks import ImageAsk, Made, Still, Subject, VideoAsk
from models.backends.replicate.backend import Replicate
from models.backends.replicate.inputs import hosted_of, nearest_aspect, of_clip, of_picture
from models.capabilities import check
from models.catalog import CATALOG, ModelRow, row
from models.context import JobContext
from models.errors import AskRefused
from models.media.video_file import VideoReader
from models.pricing import billed_seconds, price_of, use_of
from models.runtime import Runtime
from pipelines.clips import make_clip, pieces
from pipelines.scene_plan import ScenePlan, Shot
from studio.services.choices import price_of as price_in_words
from studio.services.prices import Prices, most_billed, uses_of_ad
from tests.models.replicate.conftest import CLIP_ROW, Job, config_at
from tests.models.replicate.shop import Fate, Shop

HOSTED = [row for row in CATALOG if row.backend == "replicate"]
VIDEOS = [row for row in HOSTED if "video" in row.kinds]
STILL = Still(Path("still.png"), 1080, 1920, Made("test"))


def film(n_frames: int = 100, **values: object) -> VideoAsk:
    return VideoAsk("slow push-in", 1080, 1920, n_frames, seed=5, negative_prompt="text", **values)  # type: ignore[arg-type]


@pytest.mark.parametrize("model", HOSTED, ids=lambda r: r.id)
def test_every_row_is_paid_traceable_and_says_where_it_is_from(model: ModelRow) -> None:
    assert model.paid
    assert model.traceable
    assert model.price_known
    assert model.licence_url == f"https://replicate.com/{hosted_of(model).model}"
    assert list(model.durations_s) == sorted(set(model.durations_s))
    assert bool(model.durations_s) is ("video" in model.kinds)
    assert all(set(row(other).kinds) >= set(model.kinds) for other in model.fallback)


@pytest.mark.parametrize("model", VIDEOS, ids=lambda r: r.id)
def test_a_still_goes_to_the_input_that_takes_it(model: ModelRow) -> None:
    hosted, can = hosted_of(model), Replicate(config_at("http://x", Path("x"))).capabilities(model)
    ask = film(still=STILL)
    check(ask, can, model.id)
    inputs = of_clip(ask, model)
    assert inputs.pictures == {hosted.image: STILL.path}
    assert inputs.values["prompt"] == "slow push-in"
    if hosted.duration:
        assert inputs.values[hosted.duration] == next(s for s in model.durations_s if s * 24 >= 100)
    assert (hosted.aspect in inputs.values) is hosted.aspect_with_image
    if hosted.needs_image:
        with pytest.raises(AskRefused):
            check(film(), can, model.id)
    with pytest.raises(AskRefused, match="makes up to"):
        check(film(24 * model.durations_s[-1] + 1, still=STILL), can, model.id)


def test_the_inputs_by_which_models_are_known() -> None:
    seedance = of_clip(film(still=STILL, last_still=STILL, move="static"), row("replicate/seedance-1.5-pro"))
    assert set(seedance.pictures) == {"image", "last_frame_image"}
    assert seedance.values == {
        "prompt": "slow push-in",
        "duration": 5,
        "seed": 5,
        "resolution": "720p",
        "generate_audio": False,  # sound would cost twice as much, and is thrown away
        "camera_fixed": True,
    }
    assert of_clip(film(), row("replicate/kling-v2.5-turbo-pro")).values["negative_prompt"] == "text"
    assert of_clip(film(200, still=STILL), row("replicate/kling-v2.1")).values == {
        "prompt": "slow push-in",
        "duration": 10,
        "mode": "standard",
    } | {"negative_prompt": "text"}
    words = ImageAsk("a can", 1080, 1920, subject=Subject("can", label="ZEST", description="matt"), palette=("#101010", "#FF0000"), steps=9)
    flux = of_picture(words, row("replicate/flux-dev"))
    assert flux.values["prompt"] == "a can, matt, the lettering “ZEST” on it, background #101010, accents #FF0000"
    assert (flux.values["aspect_ratio"], flux.values["num_inference_steps"]) == ("9:16", 9)
    assert "takes no number of steps" in of_picture(words, row("replicate/flux-1.1-pro")).notes[0]


@pytest.mark.parametrize(
    ("size", "aspect"), [((1080, 1920), "9:16"), ((1920, 1080), "16:9"), ((1080, 1080), "16:9"), ((1080, 1350), "9:16")]
)
def test_the_nearest_shape(size: tuple[int, int], aspect: str) -> None:
    assert nearest_aspect(*size, ("16:9", "9:16")) == aspect


def test_what_is_billed_is_the_models_own_length() -> None:
    kling = row("replicate/kling-v2.5-turbo-pro")
    for n_frames, seconds in ((24, 5), (120, 5), (121, 10), (240, 10)):
        use = use_of(film(n_frames), kling.id, kling.durations_s)
        assert (use.seconds, price_of(kling, use)) == (seconds, seconds * Decimal("0.07"))
    assert billed_seconds(Decimal("3.2"), ()) == Decimal("3.2")


@settings(max_examples=150, deadline=None)
@given(st.lists(st.integers(48, 192), min_size=1, max_size=10), st.sampled_from([v.durations_s for v in VIDEOS]))
def test_no_plan_is_billed_for_more_than_its_quote(shots: list[int], lengths: tuple[int, ...]) -> None:
    """shots: frames of each clip that is made, 2 to 8 seconds at 24."""
    billed = sum(billed_seconds(Decimal(n) / 24, lengths) for shot in shots for n in pieces(shot, lengths[-1] * 24))
    assert billed <= most_billed(-(-sum(shots) // 24), len(shots), lengths)


def test_an_ad_of_the_default_rows_stays_below_two_dollars() -> None:
    prices = Prices(CATALOG)
    for seconds in (15, 30):
        models = {"image": "replicate/flux-dev", "video": "replicate/seedance-1.5-pro"}
        assert prices.quote(uses_of_ad(seconds, models, lengths=prices.lengths())).total < 2  # type: ignore[arg-type]


def test_prices_are_told_to_the_last_digit() -> None:
    assert price_in_words(row("replicate/seedance-1.5-pro")) == "$0.026 a second"
    assert price_in_words(row("replicate/flux-schnell")) == "$0.003 a picture"
    assert price_in_words(row("replicate/veo-3.1")) == "$0.20 a second"


def test_pieces_follow_each_other_by_one_picture() -> None:
    assert pieces(120, 120) == [120]
    assert pieces(181, 120) == [91, 91]
    for n_frames in range(121, 600):
        lengths = pieces(n_frames, 120)
        assert sum(lengths) - (len(lengths) - 1) == n_frames
        assert max(lengths) <= 120


def test_a_shot_longer_than_the_model_makes_goes_on_from_its_last_picture(shop: Shop, runtime: Runtime, job: Job) -> None:
    Image.new("RGB", (96, 160), "#405060").save(job.folder / "still.png")
    still = Still(job.folder / "still.png", 96, 160, Made("test"))
    shot = Shot("s1a", 1, 0, 110, 4, 4, "", "slow push-in", None, "push_in")  # type: ignore[arg-type]
    plan = ScenePlan(96, 160, 24, 360, Subject("watch"), (), (), (), (), "", "", 0, 0, 0.0, (0, 0, 0, 0))
    clip = make_clip(plan, shot, still, runtime, JobContext(job.folder), CLIP_ROW.id)  # 118 frames; the model makes 96
    with VideoReader(clip.path) as video:
        assert sum(1 for _ in video.planes()) == clip.n_frames == 118
    assert [order["input"]["duration"] for order in shop.orders.values()] == [4, 4]
    assert clip.made.cost_usd == Decimal("0.16")
    assert "2 were made, each going on from the last picture" in clip.made.notes[0]


def test_the_next_model_of_the_chain_is_named_with_what_it_cost(shop: Shop, job: Job) -> None:
    shop.plan(Fate(end="failed", error="The input was flagged as sensitive."), Fate())
    Image.new("RGB", (96, 160), "#405060").save(job.folder / "still.png")
    ask = VideoAsk("slow push-in", 96, 160, 30, still=Still(job.folder / "still.png", 96, 160, Made("test")))
    runtime = Runtime(config_at(shop.url, job.folder), tuple(VIDEOS))
    made = runtime.video(ask, job.context()).made
    runtime.close()
    assert [order["model"] for order in shop.orders.values()] == ["bytedance/seedance-1.5-pro", "kwaivgi/kling-v2.5-turbo-pro"]
    assert (made.model, made.fallback_from) == ("replicate/kling-v2.5-turbo-pro", ("replicate/seedance-1.5-pro",))
    assert made.cost_usd == Decimal("0.35")  # what failed cost nothing, and five seconds are the least Kling makes
    assert "flagged as sensitive.); replicate/kling-v2.5-turbo-pro was used instead." in made.notes[-1]
