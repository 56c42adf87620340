"""Whether the scenes of an ad belong together: colour and light at the seams, motion, cuts, brand colours, gaps.

sheet = Sheet()                                   a watcher of the one decode
report = coherence(sheet, plan, fps, steps)       -> Coherence, whose findings carry their fixes
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from eval.coherence.cuts import CutList, compare, find_cuts
from eval.coherence.findings import Finding, Fix, cut_findings, gap_findings, palette_findings, seam_findings
from eval.coherence.gaps import Stretch, black, frozen
from eval.coherence.palette import PaletteShare, palette_share
from eval.coherence.seams import Seam, seams
from eval.coherence.sheet import Sheet
from eval.scenes import ScenePlan, spans

__all__ = ["Coherence", "Finding", "Fix", "Seam", "Sheet", "coherence"]


@dataclass(frozen=True)
class Coherence:
    """plan: the scenes that were measured: the given ones, or those between the cuts that were found (`planned` False)."""

    plan: ScenePlan
    planned: bool
    cuts: CutList
    seams: tuple[Seam, ...]
    palette: Mapping[int, PaletteShare] = field(default_factory=dict)
    black: tuple[Stretch, ...] = ()
    frozen: tuple[Stretch, ...] = ()
    findings: tuple[Finding, ...] = ()


def coherence(sheet: Sheet, plan: ScenePlan | None, fps: float, steps: Sequence[float]) -> Coherence:
    """Compare the scenes.

    plan: None takes what is between cuts for scenes. steps: mean difference of each frame from the one before, in levels, from
    frame 1 on (from `temporal_flickering`). Raises ValueError when the plan names frames that the video does not have.
    """
    n_frames = len(sheet)
    found = find_cuts(sheet.changes())
    if plan is not None and plan.scenes[-1].end > n_frames:
        raise ValueError(f"The plan has {plan.scenes[-1].end} frames, and the video {n_frames}: they do not belong together.")
    cuts = compare(found, n_frames, plan)
    used = plan or spans(found, n_frames)
    at_seams = seams(sheet, used.scenes, fps)
    shares = {scene.number: palette_share(sheet, scene, used.palette, fps) for scene in used.scenes} if used.palette else {}
    dark, still = black(sheet, fps), frozen(steps, fps)
    findings = [
        *(seam_findings(at_seams) if plan else []),  # without a plan every cut may be meant
        *cut_findings(cuts, used, sheet),
        *gap_findings(dark, still, used, sheet),
        *palette_findings(shares, used, sheet),
    ]
    findings.sort(key=lambda finding: finding.time_s)
    return Coherence(used, plan is not None, cuts, tuple(at_seams), shares, tuple(dark), tuple(still), tuple(findings))
