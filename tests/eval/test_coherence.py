"""Colour differences against published pairs; scenes that were made to jump, turn, freeze and go dark."""

import cv2
import numpy as np
import pytest

from eval.coherence import Coherence, Sheet, coherence
from eval.coherence.color import delta_e, hex_lab, hue_distance, lab, light_distance
from eval.coherence.gaps import frozen
from eval.film import ArrayFilm
from eval.scenes import ScenePlan, plan_from, read_plan
from eval.scoring import score
from tests.eval.footage import Rgb, pan

# Sharma, Wu and Dalal (2005), table 1: two colours and their CIEDE2000.
PUBLISHED = """
50 2.6772 -79.7751 50 0 -82.7485 2.0425   50 3.1571 -77.2803 50 0 -82.7485 2.8615   50 2.8361 -74.0200 50 0 -82.7485 3.4412
50 -1.3802 -84.2814 50 0 -82.7485 1.0000   50 -1.1848 -84.8006 50 0 -82.7485 1.0000   50 -0.9009 -85.5211 50 0 -82.7485 1.0000
50 0 0 50 -1 2 2.3669   50 -1 2 50 0 0 2.3669   50 2.49 -0.001 50 -2.49 0.0009 7.1792   50 2.49 -0.001 50 -2.49 0.001 7.1792
50 2.49 -0.001 50 -2.49 0.0011 7.2195   50 2.49 -0.001 50 -2.49 0.0012 7.2195   50 -0.001 2.49 50 0.0009 -2.49 4.8045
50 -0.001 2.49 50 0.001 -2.49 4.8045   50 -0.001 2.49 50 0.0011 -2.49 4.7461   50 2.5 0 50 0 -2.5 4.3065
50 2.5 0 73 25 -18 27.1492   50 2.5 0 61 -5 29 22.8977   50 2.5 0 56 -27 -3 31.9030   50 2.5 0 58 24 15 19.4535
50 2.5 0 50 3.1736 0.5854 1.0000   50 2.5 0 50 3.2972 0 1.0000   50 2.5 0 50 1.8634 0.5757 1.0000   50 2.5 0 50 3.2592 0.3350 1.0000
60.2574 -34.0099 36.2677 60.4626 -34.1751 39.4387 1.2644   63.0109 -31.0961 -5.8663 62.8187 -29.7946 -4.0864 1.2630
61.2901 3.7196 -5.3901 61.4292 2.2480 -4.9620 1.8731   35.0831 -44.1164 3.7933 35.0232 -40.0716 1.5901 1.8645
22.7233 20.0904 -46.6940 23.0331 14.9730 -42.5619 2.0373   36.4612 47.8580 18.3852 36.2715 50.5065 21.2231 1.4146
90.8027 -2.0831 1.4410 91.1528 -1.6435 0.0447 1.4441   90.9257 -0.5406 -0.9208 88.6381 -0.8985 -0.7239 1.5381
6.7747 -0.2908 -2.4247 5.8714 -0.0985 -2.2286 0.6377   2.0776 0.0795 -1.1350 0.9033 -0.0636 -0.5514 0.9082
"""
SHARMA = np.array(PUBLISHED.split(), np.float64).reshape(-1, 7)


def report(frames: list[Rgb], plan: ScenePlan | None) -> Coherence:
    sheet = Sheet()
    found = score(ArrayFilm(frames), metrics=["temporal_flickering"], watch=lambda: sheet)
    return coherence(sheet, plan, 24.0, [(1 - value) * 255 for value in found["temporal_flickering"].per_frame])


def scenes(*lengths: int, **more: object) -> ScenePlan:
    rows, start = [], 0
    for i, n in enumerate(lengths):
        rows.append({"number": i + 1, "start": start, "n_frames": n})
        start += n
    return plan_from({"scenes": rows, **more})


def codes(found: Coherence) -> list[str]:
    return [finding.code for finding in found.findings]


def test_ciede2000_meets_sharmas_pairs() -> None:
    assert len(SHARMA) == 34
    assert delta_e(SHARMA[:, :3], SHARMA[:, 3:6]) == pytest.approx(SHARMA[:, 6], abs=5e-5)
    assert delta_e(SHARMA[:, 3:6], SHARMA[:, :3]) == pytest.approx(SHARMA[:, 6], abs=5e-5)


def test_lab_of_known_colours() -> None:
    assert hex_lab("#FFFFFF") == pytest.approx([100, 0, 0], abs=0.02)
    assert hex_lab("#FF0000") == pytest.approx([53.24, 80.09, 67.20], abs=0.1)
    assert hex_lab("#0000FF") == pytest.approx([32.30, 79.19, -107.86], abs=0.1)
    with pytest.raises(ValueError, match="not a colour like"):
        hex_lab("teal")


def test_distances_of_distributions() -> None:
    one = lab(pan(1, 0, 64, 48)[0])
    assert (hue_distance(one, one), light_distance(one, one)) == (pytest.approx(0, abs=1e-6), 0)
    lighter = one + np.array([7.5, 0, 0])
    assert light_distance(one, lighter) == pytest.approx(7.5)
    assert hue_distance(one, lighter) == pytest.approx(0, abs=1e-6)
    assert hue_distance(
        lab(np.full((4, 4, 3), [200, 40, 40], np.uint8)), lab(np.full((4, 4, 3), [40, 40, 200], np.uint8))
    ) == pytest.approx(1)


def test_scenes_that_belong_together_have_no_findings() -> None:
    found = report(pan(24, 2, 160, 90, seed=1) + pan(24, 2, 160, 90, seed=2), scenes(24, 24))
    assert codes(found) == []
    assert found.cuts.found == (24,)
    assert (found.cuts.precision, found.cuts.recall) == (1.0, 1.0)
    assert found.seams[0].turn_deg == pytest.approx(0, abs=25)


def test_a_jump_of_light_names_scene_time_and_the_fix() -> None:
    dark = [(frame * 0.45).astype(np.uint8) for frame in pan(24, 2, 160, 90, seed=2)]
    found = report(pan(24, 2, 160, 90, seed=1) + dark, scenes(24, 24))
    assert codes(found) == ["light_jump"]
    finding = found.findings[0]
    assert (finding.scene, finding.time_s) == (2, 1.0)
    assert finding.fix.action == "level_exposure"
    assert finding.fix.parameters == {"reference": 1, "delta_l": -finding.value}
    assert finding.value == found.seams[0].delta_l < -15
    assert "darker" in finding.sentence


def test_a_jump_of_colour_asks_for_matching_and_a_planned_one_does_not() -> None:
    one, other = pan(24, 2, 160, 90, seed=1), [np.ascontiguousarray(f // [1, 2, 3]).astype(np.uint8) for f in pan(24, 2, 160, 90, seed=2)]
    found = report(one + other, scenes(24, 24))
    assert codes(found) == ["color_jump"]
    assert (found.findings[0].fix.action, found.findings[0].fix.parameters) == ("match_color", {"reference": 1})
    meant = plan_from({"scenes": [{"number": 1, "start": 0, "n_frames": 24}, {"number": 2, "start": 24, "n_frames": 24, "change": True}]})
    again = report(one + other, meant)
    assert codes(again) == []
    assert again.seams[0].planned
    assert again.seams[0].delta_e == found.seams[0].delta_e


def test_matching_the_colours_lowers_what_the_seam_measures() -> None:
    one, other = pan(24, 2, 160, 90, seed=1), [np.clip(f * [1.25, 1.0, 0.6], 0, 255).astype(np.uint8) for f in pan(24, 2, 160, 90, seed=2)]
    before = report(one + other, scenes(24, 24)).seams[0]
    target, source = np.mean(one, axis=(0, 1, 2)), np.mean(other, axis=(0, 1, 2))
    matched = [np.clip(f * (target / source), 0, 255).astype(np.uint8) for f in other]
    after = report(one + matched, scenes(24, 24)).seams[0]
    assert after.delta_e < 0.3 * before.delta_e
    assert after.hues < before.hues


def test_motion_that_turns_round_is_seen() -> None:
    found = report(pan(24, 2, 160, 90, seed=1) + pan(24, -2, 160, 90, seed=2), scenes(24, 24))
    assert codes(found) == ["motion_reversal"]
    assert found.findings[0].fix.action == "transition"
    still = report(pan(24, 2, 160, 90, seed=1) + pan(24, 0, 160, 90, noise=1, seed=2), scenes(24, 24))
    assert still.seams[0].turn_deg is None


def test_cuts_against_the_edit_list() -> None:
    a, b, c = (pan(24, 1, 160, 90, seed=seed, noise=1) for seed in (1, 2, 3))
    b = [255 - frame for frame in b]
    unplanned = report(a + b + c, scenes(48, 24))
    assert unplanned.cuts.found == (24, 48)
    assert unplanned.cuts.unplanned == (24,)
    assert unplanned.cuts.precision == 0.5
    jump = next(finding for finding in unplanned.findings if finding.code == "unplanned_cut")
    assert (jump.scene, jump.time_s) == (1, 1.0)
    invisible = report(a + c, scenes(12, 12, 24))
    assert invisible.cuts.missed == (12,)
    assert invisible.cuts.recall == 0.5
    short = report([*a, *b[:3], *c], scenes(24, 3, 24))
    assert short.cuts.short_shots == ((24, 27),)
    assert "short_shot" in codes(short)


def test_a_dissolve_is_no_cut() -> None:
    a, b = pan(30, 1, 160, 90, seed=1), [255 - frame for frame in pan(30, 1, 160, 90, seed=2)]
    mix = [cv2.addWeighted(a[20 + i], 1 - (i + 1) / 11, b[i], (i + 1) / 11, 0) for i in range(10)]
    rows = [{"number": 1, "start": 0, "n_frames": 25}, {"number": 2, "start": 25, "n_frames": 25, "transition_frames": 10}]
    plan = plan_from({"scenes": rows})
    assert plan.dissolves == ((20, 30),)
    assert (plan.scenes[0].tail, plan.scenes[1].head) == (5, 5)
    found = report(a[:20] + mix + b[10:], plan)
    assert (found.cuts.unplanned, found.cuts.missed, found.cuts.recall) == ((), (), None)


def test_black_and_frozen_stretches() -> None:
    moving = pan(60, 2, 160, 90, seed=1, noise=1)
    gap = [np.full((90, 160, 3), 3, np.uint8)] * 6
    found = report(moving[:24] + gap + moving[24:36] + [moving[36]] * 20 + moving[37:], scenes(24 + 6 + 12 + 20 + 23))
    assert found.black == ((24, 30),)
    assert found.frozen == ((42, 62),)
    assert {"black", "frozen"} <= set(codes(found))
    faded = report(gap + moving + gap, scenes(72))
    assert "black" not in codes(faded)  # it begins and ends in black, as films do
    assert frozen([0.0] * 11, 24) == []
    assert frozen([0.0] * 12, 24) == [(0, 13)]


def test_the_black_that_a_planned_transition_goes_through_is_meant() -> None:
    moving = pan(40, 2, 160, 90, seed=1, noise=1)
    frames = moving[:20] + [np.full((90, 160, 3), 3, np.uint8)] * 6 + moving[20:]

    def told(overlap: int) -> list[str]:
        rows = [{"number": 1, "start": 0, "n_frames": 23}, {"number": 2, "start": 23, "n_frames": 23}]
        rows[1]["shots"] = [{"start": 23, "transition_in": "dip_to_black", "transition_frames": overlap}]  # type: ignore[assignment]
        return codes(report(frames, plan_from({"scenes": rows})))

    assert "black" not in told(12)
    assert "black" in told(4), "it is black for longer than the transition lasts"
    assert "black" in told(0)


def test_brand_colours_are_weighed() -> None:
    frame = np.zeros((90, 160, 3), np.uint8)
    frame[:, :40] = (0xD4, 0xAF, 0x37)
    frame[:, 40:] = (0x0A, 0x19, 0x2F)
    found = report([frame] * 6, scenes(6, palette=["#D4AF37", "#FFFFFF", "#0A192F"]))
    share = found.palette[1]
    assert share.share == pytest.approx(1)
    assert share.by_color == pytest.approx({"#D4AF37": 0.25, "#FFFFFF": 0.0, "#0A192F": 0.75}, abs=0.01)
    absent = report(pan(6, 1, 160, 90), scenes(6, palette=["#00FF00"]))
    assert "palette_absent" in codes(absent)


def test_without_a_plan_scenes_are_found_and_nothing_is_judged_as_meant() -> None:
    dark = [(frame * 0.4).astype(np.uint8) for frame in pan(24, 1, 160, 90, seed=2)]
    found = report(pan(24, 1, 160, 90, seed=1) + dark, None)
    assert [(scene.first, scene.end) for scene in found.plan.scenes] == [(0, 24), (24, 48)]
    assert not found.planned
    assert codes(found) == []
    assert found.seams[0].delta_l < -15


def test_plans_are_read_and_checked(tmp_path) -> None:
    from pathlib import Path

    plan = read_plan(Path("tests/golden/plan_luxury_watch.json"))
    assert [(scene.number, scene.first, scene.end, scene.change) for scene in plan.scenes] == [
        (1, 0, 120, False),
        (2, 120, 240, True),
        (3, 240, 360, False),
    ]
    assert plan.palette[1] == "#D4AF37"
    assert plan.characters == {"product": (1, 2, 3), "set:hero": (2, 3), "set:shadow": (1,)}
    for text, told in (
        ("{", "not JSON"),
        ('{"a": 1}', "not a scene plan"),
        ('{"scenes": [{"number": 1, "start": 0, "n_frames": 0}]}', "no frames"),
    ):
        (tmp_path / "plan.json").write_text(text)
        with pytest.raises(ValueError, match=told):
            read_plan(tmp_path / "plan.json")
    with pytest.raises(ValueError, match="no scene plan at"):
        read_plan(tmp_path / "none.json")
    with pytest.raises(ValueError, match="do not belong together"):
        report(pan(6, 1, 64, 48), scenes(12))
