"""Whether the video shows what the prompt says, content and style (VBench, arXiv 2311.17982).

The shared video-text formula with the prompt. Over several videos the mean of videos (macro).
"""

from eval.metrics.video_text import VideoTextMatch


class OverallConsistency(VideoTextMatch):
    """Network: video_text."""

    name = "overall_consistency"
