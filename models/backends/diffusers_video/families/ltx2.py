"""LTX-2: picture and sound made together; the sound is not kept, for an ad has its own.

8k + 1 frames, sides in multiples of 32. Pictures are conditions at places of the compressed film (0 is its first, -1 its last).
What its makers call guidance by skipped blocks and between picture and sound stays off: it would double the work for the sound's sake.
"""

from collections.abc import Mapping
from typing import Any

from models.backends.diffusers_video.families.ltx import AVOID
from models.backends.diffusers_video.family import Family, Stretch


def _call(stretch: Stretch) -> Mapping[str, Any]:
    from diffusers.pipelines.ltx2.pipeline_ltx2_condition import LTX2VideoCondition

    at = ((0, stretch.first), (-1, stretch.last))
    conditions = [LTX2VideoCondition(frames=picture, index=index) for index, picture in at if picture is not None]
    return {
        "frame_rate": float(stretch.fps),
        **{f"{of}stg_scale": 0.0 for of in ("", "audio_")},
        **{f"{of}modality_scale": 1.0 for of in ("", "audio_")},
        **{f"{of}guidance_rescale": 0.0 for of in ("", "audio_")},
        "audio_guidance_scale": stretch.guidance,
        "use_cross_timestep": False,
        **({"conditions": conditions} if conditions else {}),
    }


LTX2 = Family(
    name="LTX-2",
    with_picture="LTX2ConditionPipeline",
    from_words="LTX2ConditionPipeline",
    call=_call,
    step=8,
    least_frames=9,
    most_frames=121,
    fps=24,
    rates=(24, 50),
    multiple=32,
    least_pixels=512 * 768,
    most_pixels=704 * 1280,
    steps=40,
    guidance=4.0,
    last_still=True,
    negative=AVOID,
    says=("LTX-2 makes sound with its pictures; it was left out.",),
)
