"""What a correction does to a scene, in words for people. Works on corrections only."""

from pipelines.correction import Correction

_SEEN_LUMA, _SEEN_GAIN, _SEEN_CAST = 2.0, 0.02, 0.8
"""Codes, factor and codes below which a change is not worth a word."""


def matched(scene: int, towards: int, correction: Correction) -> str:
    """ "Scene 3 is matched to scene 2: warmer, 6 % darker." """
    told = ", ".join(_parts(correction)) or "a touch of colour"
    return f"Scene {scene} is matched to scene {towards}: {told}."


def _parts(correction: Correction) -> list[str]:
    parts = []
    warmth, tint = (correction.cr - correction.cb) / 2, (correction.cr + correction.cb) / 2
    if abs(warmth) >= _SEEN_CAST:
        parts.append("warmer" if warmth > 0 else "cooler")
    if abs(tint) >= _SEEN_CAST:
        parts.append("less green" if tint > 0 else "less magenta")
    if abs(correction.offset) >= _SEEN_LUMA:
        parts.append(f"{abs(correction.offset) / 2.19:.0f} % {'lighter' if correction.offset > 0 else 'darker'}")
    if abs(correction.gain - 1) >= _SEEN_GAIN:
        parts.append("more contrast" if correction.gain > 1 else "less contrast")
    return parts
