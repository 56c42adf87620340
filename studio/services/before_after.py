"""A film measured before and after its scenes were matched: each measure twice, findings that are gone, left or new, and what came of it.

found: what `ad_checks.check_ad` says of a film ({"seams", "findings", …}); scores: its rows for the whole film. Knows no database.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

CUTS = (("delta_c", "Colour at cuts"), ("delta_l", "Light at cuts"))
"""What is measured at the cuts, worst first of all, and what people call it."""

TOLD = ("temporal_flickering", "motion_smoothness", "interp_residual_dis_v1", "appearance_drift_v1", "sharpness_v1")
"""Measures of the whole film that a correction of colour could spoil; others say nothing about it."""


@dataclass(frozen=True)
class Measure:
    """One measure, before and after; None where it was not there. direction: "higher" or "lower" is better, or "neither"."""

    measure: str
    name: str
    kind: str
    direction: str
    before: float | None
    after: float | None


def largest(found: Mapping[str, Any]) -> str:
    """How far apart unplanned neighbours are at most, for people."""
    unplanned = [seam["delta_c"] for seam in found["seams"] if not seam["planned"]]
    return f": the largest jump of colour at a cut is ΔE {max(unplanned):.1f}" if unplanned else ""


def measures_of(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Measure, ...]:
    """The worst at the cuts, then what a correction could have spoiled."""
    found = [Measure(key, name, "proxy", "lower", _worst(before["found"], key), _worst(after["found"], key)) for key, name in CUTS]
    was = {row["metric"]: row for row in before["scores"]}
    for row in after["scores"]:
        if row["metric"] in TOLD and (old := was.get(row["metric"])) is not None and old["kind"] == row["kind"]:
            found.append(Measure(row["metric"], row["name"], row["kind"], row["direction"], old["value"], row["value"]))
    return tuple(one for one in found if one.before is not None or one.after is not None)


def _worst(found: Mapping[str, Any], key: str) -> float | None:
    values = [abs(seam[key]) for seam in found.get("seams", ()) if not seam["planned"]]
    return max(values, default=None)


def compared(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[tuple[Any, ...], tuple[Any, ...], tuple[Any, ...]]:
    """Findings that are gone, that stayed, that are new; one is the same where code and scene are. Remarks that ask for nothing, such as
    that two scenes now match so well that their cut cannot be seen, are none."""
    was, now = ({(row["code"], row["scene"]): row for row in one.get("findings", ()) if row["action"] != "keep"} for one in (before, after))
    gone = tuple(row for key, row in was.items() if key not in now)
    return gone, tuple(row for key, row in now.items() if key in was), tuple(row for key, row in now.items() if key not in was)


def verdict(measures: Sequence[Measure], gone: Sequence[Any], new: Sequence[Any]) -> str:
    colour = next((one for one in measures if one.measure == "delta_c"), None)
    light = next((one for one in measures if one.measure == "delta_l"), None)
    closer = [one for one in (colour, light) if one and one.before is not None and one.after is not None and one.after < one.before - 0.5]
    if not closer:
        return "Measured again, the scenes are no closer. The first version is as good; keep the one that you like."
    what = " and ".join({"delta_c": "colour", "delta_l": "light"}[one.measure] for one in closer)
    told = f"The largest jump of {what} at a cut is smaller now."
    if gone and not new:
        return f"{told} What was found before is gone." if len(gone) > 1 else f"{told} What was found there is gone."
    return f"{told} Something else was found; look at both before you choose." if new else told
