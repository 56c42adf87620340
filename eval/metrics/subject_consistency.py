"""Whether the subject keeps its looks, by DINO features (VBench, arXiv 2311.17982).

The shared consistency formula on class tokens of DINO ViT-B/16 (86 M parameters; patch 16, whole frame, short side 224, bilinear, no crop).
Range 0..1, higher is better. Mean over consecutive frames of a video; over several videos VBench takes the mean of all
frames (micro). It runs at the video's own frame rate: the same motion at more frames per second scores higher.
"""

from eval.metrics.consistency import Consistency
from eval.resize import dino_frame


class SubjectConsistency(Consistency):
    """Network: dino."""

    name = "subject_consistency"
    slots = ("dino",)
    slot = "dino"
    picture = staticmethod(dino_frame)
