"""Whether the scene keeps its looks, by CLIP features (VBench, arXiv 2311.17982).

The shared consistency formula on image features of OpenAI's CLIP ViT-B/32 (short side 224, bicubic, centre crop). Range 0..1,
higher is better. Mean over consecutive frames of a video; over several videos the mean of all frames (micro).
"""

from eval.metrics.consistency import Consistency
from eval.resize import clip_crop


class BackgroundConsistency(Consistency):
    """Network: clip_b32."""

    name = "background_consistency"
    slots = ("clip_b32",)
    slot = "clip_b32"
    picture = staticmethod(clip_crop)
