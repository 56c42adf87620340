"""How much fine detail there is: variance of the Laplacian of luma at native size (Pech-Pacheco et al., ICPR 2000). `sharpness_v1`.

Range 0 and up, in squared levels; higher is sharper, and noisier: read it beside `noise_v1`. Depends on resolution and on
what is shown. Mean over about eight frames a second.
"""

import cv2

from eval.film import Frame
from eval.metrics.sampled import SampledMean
from eval.views import luma


class Sharpness(SampledMean):
    """A stand-in for a part of imaging_quality."""

    name = "sharpness_v1"
    range = (0.0, None)

    def measure(self, frame: Frame) -> float:
        _, deviation = cv2.meanStdDev(cv2.Laplacian(frame.view(luma), cv2.CV_16S))
        return float(deviation[0, 0] ** 2)
