"""Picture models at Replicate, in order of preference. Prices: US dollars a picture, as the model's page there says.

    flux-dev, flux-schnell, flux-1.1-pro    $0.025, $0.003, $0.04; seen in price tables of 2025-05 to 2026-04 that agree with each other

Models that are billed by the second of a graphics card (SDXL among them) have no row: what a picture of theirs costs is known only after.
"""

from decimal import Decimal

from models.catalog.hosted import Hosted
from models.catalog.row import ModelRow

TERMS = "Replicate's terms, and those of the model on its page there"
FLUX_ASPECTS = ("1:1", "16:9", "21:9", "3:2", "2:3", "4:5", "5:4", "3:4", "4:3", "9:16", "9:21")


def _flux(name: str, title: str, price: str, fallback: tuple[str, ...], **inputs: object) -> ModelRow:
    hosted = Hosted(f"black-forest-labs/{name}", seed="seed", aspect="aspect_ratio", aspects=FLUX_ASPECTS, **inputs)  # type: ignore[arg-type]
    return ModelRow(
        id=f"replicate/{name}",
        kinds=("image",),
        backend="replicate",
        title=title,
        licence=TERMS,
        licence_url=f"https://replicate.com/black-forest-labs/{name}",
        price_per_image=Decimal(price),
        traceable=True,
        fallback=fallback,
        defaults={"provider": "replicate", "hosted": hosted},
    )


ONE_PNG = {"num_outputs": 1, "output_format": "png"}

HOSTED_IMAGES: tuple[ModelRow, ...] = (
    _flux(
        "flux-dev",
        "FLUX.1 dev at Replicate",
        "0.025",
        ("replicate/flux-schnell", "product-studio/v1"),
        steps="num_inference_steps",
        guidance="guidance",
        fixed=ONE_PNG,
    ),
    _flux(
        "flux-1.1-pro",
        "FLUX1.1 pro at Replicate",
        "0.04",
        ("replicate/flux-dev", "product-studio/v1"),
        fixed={"output_format": "png", "prompt_upsampling": False},
    ),
    _flux("flux-schnell", "FLUX.1 schnell at Replicate, for drafts", "0.003", ("product-studio/v1",), fixed=ONE_PNG),
)
