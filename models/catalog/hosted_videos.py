"""Video models at Replicate, in order of preference: the first keeps an ad of 30 seconds below $2. Prices: US dollars a second of the
clip that the model makes, at the resolution that is fixed here, without sound. Where sources disagree, the higher price.

    2026-10, pages read one by one     seedance-1.5-pro, kling-v2.5-turbo-pro, veo-3.1-lite, wan-2.2-i2v-fast ($0.11 a clip)
    2026, lists that name the tier     seedance-1-pro, seedance-1-lite, kling-v2.1 (standard), veo-3.1 ($0.40 with sound)
    2025                               kling-v1.6-pro, hailuo-02 (768p), video-01 ($0.50 a clip)
    Runway's own list                  gen4-turbo (five credits a second)

Models that are billed by the clip stand here with one length, and the price of a second of it. Inputs: see `Hosted`.
"""

from decimal import Decimal

from models.catalog.hosted import Hosted
from models.catalog.hosted_images import TERMS
from models.catalog.row import ModelRow

WIDE_OR_TALL = ("16:9", "9:16")
THREE = ("16:9", "9:16", "1:1")
SEVEN = ("16:9", "4:3", "1:1", "3:4", "9:16", "21:9")
STUDIO = "product-studio/v1"
KLING = "replicate/kling-v2.5-turbo-pro"
SEEDANCE = "replicate/seedance-1.5-pro"


def _video(title: str, price: str, durations_s: tuple[int, ...], hosted: Hosted, *fallback: str, tier: str = "") -> ModelRow:
    name = hosted.model.partition("/")[2]
    return ModelRow(
        id=f"replicate/{name}{tier and '-' + tier}",
        kinds=("video",),
        backend="replicate",
        title=f"{title} at Replicate",
        licence=TERMS,
        licence_url=f"https://replicate.com/{hosted.model}",
        price_per_second=Decimal(price),
        durations_s=durations_s,
        traceable=True,
        fallback=fallback,
        defaults={"provider": "replicate", "hosted": hosted},
    )


def _seedance(version: str, resolution: str, **fixed: object) -> Hosted:
    return Hosted(
        f"bytedance/seedance-{version}",
        image="image",
        last="last_frame_image",
        duration="duration",
        seed="seed",
        aspect="aspect_ratio",
        aspects=SEVEN,
        locked="camera_fixed",
        fixed={"resolution": resolution, **fixed},
        short_side=int(resolution.removesuffix("p")),
    )


def _kling(version: str, *, last: bool = True, needs_image: bool = False, **fixed: object) -> Hosted:
    return Hosted(
        f"kwaivgi/kling-{version}",
        image="start_image",
        last="end_image" if last else "",
        duration="duration",
        negative="negative_prompt",
        aspect="" if needs_image else "aspect_ratio",
        aspects=() if needs_image else THREE,
        needs_image=needs_image,
        fixed=fixed,
    )


def _veo(version: str, *, whole: bool, **fixed: object) -> Hosted:
    """whole: the big model, which takes more than the light one."""
    return Hosted(
        f"google/veo-{version}",
        image="image",
        last="last_frame" if whole else "",
        duration="duration",
        seed="seed" if whole else "",
        negative="negative_prompt" if whole else "",
        aspect="aspect_ratio",
        aspects=WIDE_OR_TALL,
        aspect_with_image=True,
        fixed={"resolution": "720p", **fixed},
    )


GEN4 = Hosted(
    "runwayml/gen4-turbo",
    image="image",
    duration="duration",
    seed="seed",
    aspect="aspect_ratio",
    aspects=SEVEN,
    aspect_with_image=True,
    needs_image=True,
)
HAILUO = Hosted(
    "minimax/hailuo-02", image="first_frame_image", duration="duration", fixed={"resolution": "768p", "prompt_optimizer": False}
)
VIDEO_01 = Hosted("minimax/video-01", image="first_frame_image", fixed={"prompt_optimizer": False})
WAN = Hosted(
    "wan-video/wan-2.2-i2v-fast",
    image="image",
    seed="seed",
    needs_image=True,
    fixed={"resolution": "720p", "num_frames": 81, "frames_per_second": 16},
)

HOSTED_VIDEOS: tuple[ModelRow, ...] = (
    _video("Seedance 1.5 pro, 720p,", "0.026", tuple(range(2, 13)), _seedance("1.5-pro", "720p", generate_audio=False), KLING, STUDIO),
    _video(
        "Seedance 1.5 pro, 1080p,",
        "0.06",
        tuple(range(2, 13)),
        _seedance("1.5-pro", "1080p", generate_audio=False),
        SEEDANCE,
        KLING,
        STUDIO,
        tier="1080p",
    ),
    _video("Kling 2.5 turbo pro", "0.07", (5, 10), _kling("v2.5-turbo-pro"), SEEDANCE, STUDIO),
    _video("Seedance 1 pro, 720p,", "0.06", tuple(range(2, 13)), _seedance("1-pro", "720p"), SEEDANCE, STUDIO),
    _video("Seedance 1 lite, 720p,", "0.039", tuple(range(4, 13)), _seedance("1-lite", "720p"), SEEDANCE, STUDIO),
    _video("Veo 3.1 lite, 720p,", "0.05", (4, 6, 8), _veo("3.1-lite", whole=False), SEEDANCE, STUDIO),
    _video("Veo 3.1, 720p,", "0.20", (4, 6, 8), _veo("3.1", whole=True, generate_audio=False), SEEDANCE, STUDIO),
    _video("Runway Gen-4 turbo", "0.05", (5, 10), GEN4, SEEDANCE, STUDIO),
    _video("Kling 2.1 standard", "0.05", (5, 10), _kling("v2.1", last=False, needs_image=True, mode="standard"), SEEDANCE, STUDIO),
    _video("Kling 1.6 pro", "0.098", (5, 10), _kling("v1.6-pro"), KLING, STUDIO),
    _video("MiniMax Hailuo 02, 768p,", "0.045", (6, 10), HAILUO, SEEDANCE, STUDIO),
    _video("MiniMax video-01", "0.10", (5,), VIDEO_01, "replicate/hailuo-02", SEEDANCE, STUDIO),
    _video("Wan 2.2 fast, 720p,", "0.022", (5,), WAN, SEEDANCE, STUDIO),
)
