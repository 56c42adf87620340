"""What a review finds, for ads of the tests that nobody looks at: an exact score, a stand-in, one that cannot be had, and findings."""

from typing import Any


def _score(scene: int, metric: str, name: str, kind: str, value: float | None, **more: Any) -> dict[str, Any]:
    of = {"low": 0.0, "high": 1.0, "direction": "higher", "model": "", "sha256": "", "reason": ""}
    picture = {"fps": 12.0, "width": 108, "height": 192, "decoder": "h264"}
    return {"scene": scene, "metric": metric, "name": name, "kind": kind, "value": value} | of | picture | more


SOME_QUALITY: dict[str, Any] = {
    "version": 1,
    "scores": [
        _score(0, "temporal_flickering", "vbench.temporal_flickering", "exact", 0.985),
        _score(0, "subject_consistency", "vbench.subject_consistency", "unavailable", None, reason="There are no weights of DINO here."),
        _score(0, "interp_residual_dis_v1", "proxy.interp_residual_dis_v1", "proxy", 0.992),
        _score(0, "sharpness_v1", "proxy.sharpness_v1", "proxy", 210.0, low=0.0, high=None),
        _score(0, "appearance_drift_v1", "proxy.appearance_drift_v1", "proxy", 0.08, direction="lower", high=None),
        _score(1, "interp_residual_dis_v1", "proxy.interp_residual_dis_v1", "proxy", 0.995),
        _score(2, "interp_residual_dis_v1", "proxy.interp_residual_dis_v1", "proxy", 0.981),
    ],
    "degenerate": [],
    "seams": [{"before": 1, "after": 2, "time_s": 1.0, "delta_e": 15.2, "delta_c": 13.1, "delta_l": 2.0, "planned": False}],
    "findings": [
        {
            "code": "color_jump",
            "scene": 2,
            "time_s": 1.0,
            "measure": "delta_c",
            "value": 13.1,
            "limit": 12.0,
            "sentence": "The colours jump from scene 1 to 2 at 1.0 s (CIEDE2000 13 at equal lightness).",
            "fix": "Match the colours of scene 2 to scene 1.",
            "action": "match_color",
        }
    ],
    "preflight": {
        "platform": "reels",
        "title": "Instagram Reels",
        "ready": True,
        "looked_up": "2026-11",
        "passed": ["length", "shape"],
        "unknown": [],
        "findings": [
            {
                "rule": "brand",
                "weight": "mend",
                "scene": 2,
                "time_s": 1.5,
                "sentence": "Who leaves early never reads whose ad it was; only the product's own label tells.",
                "measured": "first at 11.0 s",
                "fix": "Show the name within 5 seconds.",
            }
        ],
    },
    "troubles": [],
    "took_s": 0.8,
}
