"""How finished ads are encoded: one row per profile. Everything is yuv420p, BT.709, closed GOPs of 48 frames; H.264 High unless the row
says HEVC or AV1, which are smaller at the same look and are only encoded when somebody asks for them.

aq-mode 3 gives dark, smooth areas the bits that keep their gradients from banding. mbtree stays off, so that the same frames give
the same file. Hardware encoders are left out: none could be tried, and theirs is another look at the same size.
"""

from models.media.video_file import Encoding

_STEADY = ("mbtree=0", "aq-mode=3")

PROFILES: dict[str, Encoding] = {
    "draft": Encoding("superfast", 23, gop=48, x264=_STEADY),
    "standard": Encoding("veryfast", 19, gop=48, x264=_STEADY),
    "high": Encoding("medium", 17, gop=48, x264=_STEADY),
    "draft-hevc": Encoding("ultrafast", 27, gop=48, codec="hevc"),
    "standard-hevc": Encoding("fast", 22, gop=48, codec="hevc"),
    "high-hevc": Encoding("medium", 19, gop=48, codec="hevc"),
    "draft-av1": Encoding("9", 40, gop=48, codec="av1"),
    "standard-av1": Encoding("8", 30, gop=48, codec="av1"),
    "high-av1": Encoding("6", 24, gop=48, codec="av1"),
}
