"""Wan 2.2: the small model that takes pictures and words alike, and the large pair of models that takes pictures only.

4k + 1 frames. The small one compresses sides by 16 and looks at patches of two, so that they are multiples of 32; it cannot be told
where to end. The large one hands over from a coarse to a fine transformer on the way (`boundary_ratio` in its model_index.json).
Both decode best in full precision.
"""

from collections.abc import Mapping
from typing import Any

from models.backends.diffusers_video.family import Family, Stretch

AVOID = "blurred, overexposed, frozen picture, flicker, warping shapes, morphing objects, extra objects, low quality, compression artefacts"


def _small(stretch: Stretch) -> Mapping[str, Any]:
    return {"image": stretch.first} if stretch.first else {}


def _large(stretch: Stretch) -> Mapping[str, Any]:
    pictures = {"image": stretch.first} | ({"last_image": stretch.last} if stretch.last else {})
    return {**pictures, "guidance_scale_2": stretch.guidance}


WAN_5B = Family(
    name="Wan 2.2 5B",
    with_picture="WanImageToVideoPipeline",
    from_words="WanPipeline",
    call=_small,
    step=4,
    most_frames=121,
    fps=24,
    multiple=32,
    least_pixels=480 * 832,
    most_pixels=704 * 1280,
    steps=50,
    guidance=5.0,
    negative=AVOID,
    float32=frozenset({"vae"}),
)

WAN_A14B = Family(
    name="Wan 2.2 14B",
    with_picture="WanImageToVideoPipeline",
    from_words="",
    call=_large,
    step=4,
    most_frames=81,
    fps=16,
    multiple=16,
    least_pixels=480 * 832,
    most_pixels=720 * 1280,
    steps=40,
    guidance=3.5,
    last_still=True,
    negative=AVOID,
    float32=frozenset({"vae"}),
    denoisers=("transformer", "transformer_2"),
)
