"""What the measures mean: sentences that name scene, time and measure, each with a fix that can be applied.

The limits are choices, stated here and nowhere else. A fix is data: `action` with its parameters, for whoever makes the ad to carry out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from eval.coherence.cuts import CutList
from eval.coherence.gaps import Stretch
from eval.coherence.palette import PaletteShare
from eval.coherence.seams import Seam
from eval.coherence.sheet import Sheet
from eval.scenes import ScenePlan

Action = Literal["match_color", "level_exposure", "transition", "trim", "regenerate", "keep"]
COLOR_JUMP, LIGHT_JUMP, REVERSAL_DEG, PALETTE_LEAST, EDGE_S = 12.0, 15.0, 135.0, 0.02, 0.6


@dataclass(frozen=True)
class Fix:
    """action: match_color (scene towards `reference`), level_exposure (by `delta_l`), transition (`style` at the cut), trim,
    regenerate, keep. sentence: for people.
    """

    action: Action
    sentence: str
    parameters: Mapping[str, float | str] = field(default_factory=dict)


@dataclass(frozen=True)
class Finding:
    """scene: where to act. measure and value: what was found; limit: what it is held against."""

    code: str
    scene: int
    time_s: float
    measure: str
    value: float
    limit: float
    sentence: str
    fix: Fix


def seam_findings(seams: Sequence[Seam]) -> list[Finding]:
    """Jumps that the plan does not mean."""
    found = []
    for seam in seams:
        where = f"from scene {seam.before} to {seam.after} at {seam.time_s:.1f} s"
        if not seam.planned and seam.delta_c > COLOR_JUMP:
            fix = Fix("match_color", f"Match the colours of scene {seam.after} to scene {seam.before}.", {"reference": seam.before})
            text = f"The colours jump {where} (CIEDE2000 {seam.delta_c:.0f} at equal lightness)."
            found.append(Finding("color_jump", seam.after, seam.time_s, "delta_c", seam.delta_c, COLOR_JUMP, text, fix))
        elif not seam.planned and abs(seam.delta_l) > LIGHT_JUMP:
            way = "lighter" if seam.delta_l > 0 else "darker"
            told = f"Level the exposure of scene {seam.after} towards scene {seam.before}."
            fix = Fix("level_exposure", told, {"reference": seam.before, "delta_l": -seam.delta_l})
            text = f"The picture turns {way} by {abs(seam.delta_l):.0f} L* {where}."
            found.append(Finding("light_jump", seam.after, seam.time_s, "delta_l", seam.delta_l, LIGHT_JUMP, text, fix))
        if seam.turn_deg is not None and seam.turn_deg > REVERSAL_DEG:
            fix = Fix("transition", "Use a dissolve here, or a move in the same direction.", {"style": "crossfade"})
            text = f"The motion turns round {where} ({seam.turn_deg:.0f} degrees)."
            found.append(Finding("motion_reversal", seam.after, seam.time_s, "turn_deg", seam.turn_deg, REVERSAL_DEG, text, fix))
    return found


def cut_findings(cuts: CutList, plan: ScenePlan, sheet: Sheet) -> list[Finding]:
    """Cuts that are not where the plan has them, and shots too short to see."""
    found = []
    for cut in cuts.unplanned:
        time, scene = sheet.time(cut), _scene_at(plan, cut)
        fix = Fix("regenerate", f"Make scene {scene} again with another seed, or cut it before {time:.1f} s.")
        found.append(
            Finding("unplanned_cut", scene, time, "cuts_v1", 1.0, 0.0, f"The picture jumps at {time:.1f} s, inside scene {scene}.", fix)
        )
    for cut in cuts.missed:
        time, scene = sheet.time(cut), _scene_at(plan, cut)
        fix = Fix("keep", "Nothing to do if the match is meant; else choose another framing after the cut.")
        found.append(Finding("invisible_cut", scene, time, "cuts_v1", 0.0, 1.0, f"The cut planned at {time:.1f} s cannot be seen.", fix))
    for first, end in cuts.short_shots:
        time, scene = sheet.time(first), _scene_at(plan, first)
        fix = Fix("trim", "Give the shot at least four frames, or take it out.")
        text = f"A shot at {time:.1f} s lasts {end - first} frames only."
        found.append(Finding("short_shot", scene, time, "frames", end - first, 4, text, fix))
    return found


def gap_findings(black: Sequence[Stretch], frozen: Sequence[Stretch], plan: ScenePlan, sheet: Sheet) -> list[Finding]:
    """Black and frozen stretches; fades at the very beginning and end are left alone, and the black that a planned transition goes
    through."""
    found = []
    last = sheet.times_s[-1]
    for first, end in black:
        start, stop = sheet.time(first), sheet.time(end)
        if (first == 0 and stop <= EDGE_S) or (end >= len(sheet) and last - start <= EDGE_S):
            continue
        if any(opens <= first and end <= closes for opens, closes in plan.dissolves):
            continue
        scene = _scene_at(plan, first)
        fix = Fix("trim", f"Trim scene {scene}, or let the scenes meet in a dissolve.")
        found.append(
            Finding("black", scene, start, "seconds", stop - start, 0.1, f"The picture is black from {start:.1f} to {stop:.1f} s.", fix)
        )
    for first, end in frozen:
        start, stop = sheet.time(first), sheet.time(end)
        scene = _scene_at(plan, first)
        fix = Fix("regenerate", f"Make scene {scene} again with a camera move, or shorten it.")
        text = f"The picture stands still from {start:.1f} to {stop:.1f} s."
        found.append(Finding("frozen", scene, start, "seconds", stop - start, 0.5, text, fix))
    return found


def palette_findings(shares: Mapping[int, PaletteShare], plan: ScenePlan, sheet: Sheet) -> list[Finding]:
    """Ads in which the brand's colours hardly occur; single scenes may well do without."""
    if not shares or max(share.share for share in shares.values()) >= PALETTE_LEAST:
        return []
    scene = plan.scenes[-1]
    value = max(share.share for share in shares.values())
    fix = Fix("regenerate", "Bring the brand's colours into the set or the end card.")
    text = f"The brand's colours cover at most {value:.1%} of any scene."
    return [Finding("palette_absent", scene.number, sheet.time(scene.first), "palette_share", value, PALETTE_LEAST, text, fix)]


def _scene_at(plan: ScenePlan, frame: int) -> int:
    inside = [scene.number for scene in plan.scenes if scene.first <= frame < scene.end]
    return inside[0] if inside else plan.scenes[-1].number
