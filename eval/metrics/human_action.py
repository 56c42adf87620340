"""Whether a person does what the prompt says (VBench, arXiv 2311.17982): not measured here, and why.

VBench classifies 16 frames by UMT ViT-L/16 fine-tuned on Kinetics-400 and takes the wanted label from the *file name*; the share of
videos whose label is in the top five with sigmoid >= 0.85. An advertisement has no such label.
"""

from eval.film import Frame
from eval.metrics.metric import Metric
from eval.scores import Score


class HumanAction(Metric):
    """Always unavailable."""

    name = "human_action"
    vbench = True

    def why_not(self) -> str:
        return "VBench takes the action from the file name, among 400 of Kinetics; an ad has no such label."

    def take(self, frame: Frame) -> None:
        """There is nothing to look for."""

    def finish(self) -> Score:
        return self.unavailable(self.why_not())
