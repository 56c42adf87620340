"""LTX-Video: fast drafts from words, from a first frame, and towards a last one.

8k + 1 frames, sides in multiples of 32, any rate that it is told (it was trained around 25 to 30). Pictures are given as conditions at
frames; its decoder takes the last denoising step itself, for which its makers name the two numbers below.
"""

from collections.abc import Mapping
from typing import Any

from models.backends.diffusers_video.family import Family, Stretch

DECODE_TIMESTEP = 0.05
IMAGE_NOISE = 0.025
AVOID = "worst quality, inconsistent motion, jitter, blur, warping shapes, morphing objects"


def _call(stretch: Stretch) -> Mapping[str, Any]:
    from diffusers.pipelines.ltx.pipeline_ltx_condition import LTXVideoCondition

    at = ((0, stretch.first), (stretch.n_frames - 1, stretch.last))
    conditions = [LTXVideoCondition(image=picture, frame_index=index) for index, picture in at if picture is not None]
    return {
        "frame_rate": stretch.fps,
        "decode_timestep": DECODE_TIMESTEP,
        "image_cond_noise_scale": IMAGE_NOISE,
        **({"conditions": conditions} if conditions else {}),
    }


LTX = Family(
    name="LTX-Video",
    with_picture="LTXConditionPipeline",
    from_words="LTXConditionPipeline",
    call=_call,
    step=8,
    least_frames=9,
    most_frames=161,
    fps=25,
    rates=(24, 30),
    multiple=32,
    least_pixels=512 * 704,
    most_pixels=704 * 1216,
    steps=40,
    guidance=3.0,
    last_still=True,
    negative=AVOID,
)
