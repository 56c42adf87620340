"""What was found in a finished ad, as lines for a terminal. Works on the plain values of studio.services.ad_checks."""

from collections.abc import Mapping
from typing import Any

SHOWN = ("motion_smoothness", "interp_residual_dis_v1", "temporal_flickering", "subject_consistency", "appearance_drift_v1", "sharpness_v1")
KINDS = {"exact": "VBench's own", "proxy": "stands in"}


def quality_lines(found: Mapping[str, Any]) -> list[str]:
    """Scores of the whole film that there are, then findings with their fixes, then what could not be measured."""
    whole = {row["metric"]: row for row in found["scores"] if row["scene"] == 0 and row["value"] is not None}
    scores = [f"{whole[name]['name']} {whole[name]['value']:.4g} ({KINDS[whole[name]['kind']]})" for name in SHOWN if name in whole]
    lines = [f"  measured  {', '.join(scores)}"] if scores else []
    lines += [f"  degenerate {bad['sentence']}" for bad in found["degenerate"]]
    lines += [f"  finding   {row['sentence']} {row['fix']}" for row in found["findings"]]
    if found["preflight"] is not None:
        lines += preflight_lines(found["preflight"])
    return lines + [f"  note      {sentence}" for sentence in found["troubles"]]


def preflight_lines(found: Mapping[str, Any]) -> list[str]:
    """Whether a film is ready for its platform, and what to do where it is not."""
    ready = "ready" if found["ready"] else "not ready yet"
    lines = [f"  platform  {found['title']}: {ready}; {len(found['passed'])} rules met (as of {found['looked_up']})"]
    for row in found["findings"]:
        when = "" if row["time_s"] is None else f"{row['time_s']:.1f} s: "
        lines.append(f"  {'STOP' if row['weight'] == 'stop' else 'mend':<9} {when}{row['sentence']} ({row['measured']}) {row['fix']}")
    if found["unknown"]:
        lines.append(f"  unknown   {', '.join(found['unknown'])}: the edit of this film is not here, and a file alone does not tell.")
    return lines
