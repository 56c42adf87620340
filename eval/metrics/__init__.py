"""Every metric, one file each. Adding one is a file and a line.

The ten dimensions that VBench accepts for one's own videos come first, then the stand-ins that need no weights.
"""

from eval.metrics.aesthetic_quality import AestheticQuality
from eval.metrics.appearance_drift import AppearanceDrift
from eval.metrics.background_consistency import BackgroundConsistency
from eval.metrics.blockiness import Blockiness
from eval.metrics.brightness import Brightness
from eval.metrics.brightness_flicker import BrightnessFlicker
from eval.metrics.clipping import Clipping
from eval.metrics.dynamic_degree import DynamicDegree
from eval.metrics.human_action import HumanAction
from eval.metrics.imaging_quality import ImagingQuality
from eval.metrics.interp_residual import InterpResidual
from eval.metrics.metric import Metric
from eval.metrics.motion_amount import MotionAmount
from eval.metrics.motion_smoothness import MotionSmoothness
from eval.metrics.noise import Noise
from eval.metrics.overall_consistency import OverallConsistency
from eval.metrics.sharpness import Sharpness
from eval.metrics.subject_consistency import SubjectConsistency
from eval.metrics.temporal_flickering import TemporalFlickering
from eval.metrics.temporal_style import TemporalStyle

METRICS: dict[str, type[Metric]] = {
    metric.name: metric
    for metric in (
        SubjectConsistency,
        BackgroundConsistency,
        TemporalFlickering,
        MotionSmoothness,
        DynamicDegree,
        AestheticQuality,
        ImagingQuality,
        OverallConsistency,
        TemporalStyle,
        HumanAction,
        MotionAmount,
        InterpResidual,
        AppearanceDrift,
        BrightnessFlicker,
        Brightness,
        Sharpness,
        Noise,
        Clipping,
        Blockiness,
    )
}
