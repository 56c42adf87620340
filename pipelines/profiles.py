"""How finished ads are encoded: one row per profile. Everything is H.264 High, yuv420p, BT.709, closed GOPs of two seconds.

aq-mode 3 gives dark, smooth areas the bits that keep their gradients from banding. mbtree stays off, so that the same frames give
the same file. Hardware encoders are left out: none could be tried, and theirs is another look at the same size.
"""

from models.media.video_file import Encoding

_STEADY = ("mbtree=0", "aq-mode=3")

PROFILES: dict[str, Encoding] = {
    "draft": Encoding("superfast", 23, gop=48, x264=_STEADY),
    "standard": Encoding("veryfast", 19, gop=48, x264=_STEADY),
    "high": Encoding("medium", 17, gop=48, x264=_STEADY),
}
