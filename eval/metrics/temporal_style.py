"""Whether the video moves the way the prompt says: camera and style over time (VBench, arXiv 2311.17982).

The shared video-text formula with the prompt; VBench's own prompts for it speak of camera moves. For your own videos it is therefore
the same number as overall_consistency unless the prompt is another one. Over several videos the mean of videos (macro).
"""

from eval.metrics.video_text import VideoTextMatch


class TemporalStyle(VideoTextMatch):
    """Network: video_text."""

    name = "temporal_style"
