"""Video models that run on this machine's graphics card, in order of preference. What they weigh is counted, or their makers' word; what
they need at least is an estimate (layers wait in main memory then).

Licences as of 2026: Wan 2.2 is under Apache 2.0; LTX-Video 0.9.5 is the version under an OpenRAIL-M licence, which allows commercial use
and names uses that it does not (later ones ask for a licence from a yearly revenue of $10 million on, as LTX-2 does).
"""

from models.backends.diffusers_video.families.ltx import LTX
from models.backends.diffusers_video.families.ltx2 import LTX2
from models.backends.diffusers_video.families.wan import WAN_5B, WAN_A14B
from models.catalog.row import ModelRow, Weights

STUDIO = "product-studio/v1"
PARTS = ("model_index.json", "scheduler/*", "tokenizer/*", "text_encoder/*", "transformer/*", "vae/*")

LOCAL_VIDEOS: tuple[ModelRow, ...] = (
    ModelRow(
        id="wan/2.2-ti2v-5b",
        kinds=("video",),
        backend="diffusers_video",
        title="Wan 2.2 5B, from a still or from words",
        licence="Apache-2.0",
        licence_url="https://huggingface.co/Wan-AI/Wan2.2-TI2V-5B-Diffusers",
        weights=Weights("Wan-AI/Wan2.2-TI2V-5B-Diffusers", "main", PARTS, gigabytes=34.0),
        vram_gb=12,
        fallback=(STUDIO,),
        defaults={"family": WAN_5B},
    ),
    ModelRow(
        id="wan/2.2-i2v-a14b",
        kinds=("video",),
        backend="diffusers_video",
        title="Wan 2.2 14B, from a still, to a last picture; the best and the slowest",
        licence="Apache-2.0",
        licence_url="https://huggingface.co/Wan-AI/Wan2.2-I2V-A14B-Diffusers",
        weights=Weights("Wan-AI/Wan2.2-I2V-A14B-Diffusers", "main", (*PARTS, "transformer_2/*"), gigabytes=126.0),
        vram_gb=24,
        fallback=("wan/2.2-ti2v-5b", STUDIO),
        defaults={"family": WAN_A14B},
    ),
    ModelRow(
        id="lightricks/ltx-video-0.9.5",
        kinds=("video",),
        backend="diffusers_video",
        title="LTX-Video 0.9.5, fast drafts, to a last picture",
        licence="LTX-Video Open RAIL-M",
        licence_url="https://huggingface.co/Lightricks/LTX-Video-0.9.5/blob/main/ltx-video-2b-v0.9.5.license.txt",
        terms="not for the uses that the licence's attachment forbids",
        weights=Weights("Lightricks/LTX-Video-0.9.5", "main", PARTS, gigabytes=27.0),
        vram_gb=8,
        fallback=(STUDIO,),
        defaults={"family": LTX},
    ),
    ModelRow(
        id="lightricks/ltx-2",
        kinds=("video",),
        backend="diffusers_video",
        title="LTX-2, from a still or from words, to a last picture",
        licence="LTX-2 Community License",
        licence_url="https://huggingface.co/Lightricks/LTX-2",
        commercial=False,
        terms="free for companies under $10 million of yearly revenue; others need a licence of its makers",
        weights=Weights("Lightricks/LTX-2", "main", (*PARTS, "audio_vae/*", "connectors/*", "vocoder/*"), gigabytes=68.0),
        vram_gb=24,
        fallback=("wan/2.2-ti2v-5b", STUDIO),
        defaults={"family": LTX2},
    ),
)
