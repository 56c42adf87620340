"""How much fine detail there is: variance of the Laplacian of luma (Pech-Pacheco et al., ICPR 2000), less noise. `sharpness_v1`.

White noise of deviation sigma adds 20 sigma² to that variance, the sum of the squares of the filter; so much is taken off, with sigma as
`noise_v1` finds it. Range 0 and up, in squared levels; higher is better: sharper. Depends on resolution and on what is shown. Mean over
about eight frames a second, at native size.
"""

import cv2

from eval.film import Frame
from eval.metrics.noise import noise_level
from eval.metrics.sampled import SampledMean
from eval.views import luma

_NOISE_GAIN = 20.0  # 4² + 4 x 1²


class Sharpness(SampledMean):
    """A stand-in for a part of imaging_quality."""

    name = "sharpness_v1"
    range = (0.0, None)

    def measure(self, frame: Frame) -> float:
        detail = cv2.Laplacian(frame.view(luma), cv2.CV_16S)
        # The mean of the squares less the square of the mean, in a tenth of meanStdDev's time.
        variance = cv2.norm(detail, cv2.NORM_L2SQR) / detail.size - (cv2.sumElems(detail)[0] / detail.size) ** 2
        return max(0.0, variance - _NOISE_GAIN * frame.view(noise_level) ** 2)
