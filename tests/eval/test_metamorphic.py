"""What must stay, fall or rise when a video is changed in a known way."""

import re
from datetime import date

import numpy as np
import pytest
import torch

from eval.film import ArrayFilm
from eval.known_weights import known_weights, recognised
from eval.metrics.dynamic_degree import longest
from eval.networks import VBENCH, Network, Networks, VideoText
from eval.scores import Score
from eval.scoring import score
from tests.eval.footage import Rgb, pan, texture

HASH = "0" * 64


class Encoder(torch.nn.Module):
    def __init__(self) -> None:
        super().__init__()
        torch.manual_seed(5)
        self.see = torch.nn.Sequential(torch.nn.Conv2d(3, 8, 16, 16), torch.nn.ReLU(), torch.nn.AdaptiveAvgPool2d(4), torch.nn.Flatten())

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        features = self.see(images)
        return features - features.mean(1, keepdim=True)


ENCODER = Encoder().eval()
STUBS = Networks(dino=Network(ENCODER, "stub"), clip_b32=Network(ENCODER, "stub"))


def measured(frames: list[Rgb], *names: str, **more: object) -> list[Score]:
    found = score(ArrayFilm(frames), metrics=names, networks=STUBS, **more)  # type: ignore[arg-type]
    return [found[name] for name in names]


def value(frames: list[Rgb], name: str) -> float:
    found = measured(frames, name)[0].value
    assert found is not None
    return found


def test_identical_frames_are_perfect() -> None:
    frames = pan(1, 0, 160, 120) * 9
    for name in ("subject_consistency", "background_consistency", "temporal_flickering", "interp_residual_dis_v1"):
        assert value(frames, name) == pytest.approx(1.0, abs=1e-6), name
    for name in ("appearance_drift_v1", "brightness_flicker_v1", "motion_amount_dis_v1"):
        assert value(frames, name) == pytest.approx(0.0, abs=1e-6), name


def test_reversing_time_leaves_flicker_alone() -> None:
    frames = pan(12, 2.5, 160, 120, noise=4)
    assert value(frames, "temporal_flickering") == pytest.approx(value(frames[::-1], "temporal_flickering"), abs=1e-12)
    assert value(frames, "brightness_flicker_v1") == pytest.approx(value(frames[::-1], "brightness_flicker_v1"), abs=1e-6)


def test_more_noise_means_a_lower_flicker_score() -> None:
    values = [value(pan(8, 1.0, 160, 120, noise=sigma), "temporal_flickering") for sigma in (0, 2, 6, 12)]
    assert values == sorted(values, reverse=True)
    assert len(set(values)) == 4


def test_upscaling_leaves_the_dynamic_rule_alone() -> None:
    """With flow that scales with the picture, as flow does, decisions are the same at twice the size."""

    def decided(frames: list[Rgb], speed: float) -> float | None:
        def flow(before: torch.Tensor, _: torch.Tensor) -> torch.Tensor:
            return torch.full((1, 2, *before.shape[-2:]), speed)

        return score(ArrayFilm(frames), metrics=["dynamic_degree"], networks=Networks(flow=Network(flow, "stub")))["dynamic_degree"].value

    small = pan(25, 0, 64, 48)
    large = [np.repeat(np.repeat(frame, 2, 0), 2, 1) for frame in small]
    answers = [decided(small, speed) for speed in (0.5, 0.79, 0.80, 3.0)]  # the threshold is 1.125 px along the diagonal
    assert answers == [decided(large, 2 * speed) for speed in (0.5, 0.79, 0.80, 3.0)]
    assert set(answers) == {0.0, 1.0}


def test_the_stand_in_for_motion_does_not_depend_on_size_either() -> None:
    import cv2

    frames = pan(13, 6.0, 320, 180)
    double = [cv2.resize(frame, (640, 360), interpolation=cv2.INTER_LINEAR) for frame in frames]
    assert value(double, "motion_amount_dis_v1") == pytest.approx(value(frames, "motion_amount_dis_v1"), rel=0.08)


def test_two_scenes_in_one_lower_consistency_and_scenes_alone_do_not() -> None:
    from eval.scenes import spans

    one, other = pan(10, 1.0, 160, 120, seed=1), [255 - frame for frame in pan(10, 1.0, 160, 120, seed=9)]
    for name in ("subject_consistency", "background_consistency"):
        assert value(one + other, name) < min(value(one, name), value(other, name)) - 0.01
    assert value(one + other, "appearance_drift_v1") > max(value(one, "appearance_drift_v1"), value(other, "appearance_drift_v1")) + 0.05
    film = ArrayFilm(one + other)
    found = score(film, networks=STUBS, metrics=["subject_consistency", "appearance_drift_v1"], scenes=spans([10], 20).scenes)
    assert found.by_scene[1]["subject_consistency"].value == pytest.approx(value(one, "subject_consistency"), abs=1e-6)
    assert found.by_scene[2]["appearance_drift_v1"].value == pytest.approx(value(other, "appearance_drift_v1"), abs=1e-12)


@pytest.mark.parametrize("batch", [1, 2, 5, 64])
def test_splitting_a_batch_does_not_change_a_score(batch: int) -> None:
    frames = pan(11, 2.0, 160, 120, noise=3)
    found, whole = (measured(frames, "subject_consistency", "background_consistency", batch=size) for size in (batch, 11))
    for one, other in zip(found, whole, strict=True):
        assert one.value == pytest.approx(other.value, abs=1e-6)
        assert len(one.per_frame) == 10


def test_names_have_to_be_earned() -> None:
    frames = pan(4, 1.0, 64, 48)

    def named(model: str, sha256: str) -> Score:
        return score(ArrayFilm(frames), networks=Networks(dino=Network(ENCODER, model, sha256)), metrics=["subject_consistency"])[
            "subject_consistency"
        ]

    known = next(row.sha256 for row in known_weights() if row.model == "dino_vitb16")
    genuine = named("dino_vitb16", known)
    assert (genuine.name, genuine.kind, genuine.model, genuine.sha256) == ("vbench.subject_consistency", "exact", "dino_vitb16", known)
    assert genuine.reason == ""
    others = {
        ("dino_vitb16", ""): ("@dino_vitb16", "without a hash"),
        ("dino_vitb16", HASH): ("@dino_vitb16:00000000", "not known to be VBench's"),
        ("dino_vitb16", known[:-1] + ("0" if known[-1] != "0" else "1")): (f"@dino_vitb16:{known[:8]}", "not known to be VBench's"),
        ("dinov2", known): (f"@dinov2:{known[:8]}", "another network"),
    }
    for (model, sha256), (ending, why) in others.items():
        other = named(model, sha256)
        assert (other.name, other.kind) == (f"proxy.subject_consistency{ending}", "proxy")
        assert why in other.reason
    missing = score(ArrayFilm(frames), metrics=["subject_consistency"])["subject_consistency"]
    assert (missing.name, missing.kind, missing.value) == ("vbench.subject_consistency", "unavailable", None)
    assert "no weights" in missing.reason


def test_every_network_of_a_score_has_to_be_vbenchs() -> None:
    clip, head = (next(r.sha256 for r in known_weights() if r.model == m) for m in ("clip_vitl14_openai", "laion_sa_0_4_vit_l_14_linear"))

    def rated(head_hash: str) -> Score:
        networks = Networks(
            clip_l14=Network(ENCODER, "clip_vitl14_openai", clip),
            aesthetic=Network(lambda features: features.mean(1) + 5, "laion_sa_0_4_vit_l_14_linear", head_hash),
        )
        return score(ArrayFilm(pan(2, 1.0, 64, 48)), networks=networks, metrics=["aesthetic_quality"])["aesthetic_quality"]

    assert rated(head).name == "vbench.aesthetic_quality"
    assert rated(HASH).name == "proxy.aesthetic_quality@laion_sa_0_4_vit_l_14_linear:00000000"


def test_a_prefix_is_compared_and_told() -> None:
    def flow(before: torch.Tensor, _: torch.Tensor) -> torch.Tensor:
        return torch.zeros(1, 2, *before.shape[-2:])

    prefix = next(row for row in known_weights() if row.known_from == "prefix")
    networks = Networks(flow=Network(flow, "raft_things", prefix.sha256 + "0" * (64 - len(prefix.sha256))))
    found = score(ArrayFilm(pan(4, 1.0, 64, 48)), networks=networks, metrics=["dynamic_degree"])["dynamic_degree"]
    assert (found.name, found.reason) == (
        "vbench.dynamic_degree",
        f"Of the hash of {prefix.file} only the first 8 digits are published; those agree.",
    )
    assert recognised("raft_things", prefix.sha256) is None  # eight digits are no hash


def test_the_table_of_known_weights_is_well_formed() -> None:
    for row in known_weights():
        assert row.model in VBENCH.values()
        assert re.fullmatch("[0-9a-f]{64}", row.sha256) if row.known_from != "prefix" else re.fullmatch("[0-9a-f]{8,}", row.sha256)
        assert row.known_from in ("publisher", "observed", "prefix")
        assert row.source
        assert date.fromisoformat(row.seen)
    assert len({row.sha256 for row in known_weights()}) == len(known_weights())


def test_a_prompt_is_needed_to_compare_with_one() -> None:
    network = Network(VideoText(lambda frames: ENCODER(frames[0]).mean(0, keepdim=True), lambda text: torch.ones(1, 128)), "stub")
    frames = pan(3, 1.0, 64, 48)
    found = score(ArrayFilm(frames), networks=Networks(video_text=network), metrics=["overall_consistency"])["overall_consistency"]
    assert found.reason == "It compares the video with a prompt, and none was given."
    found = score(ArrayFilm(frames), "stone", networks=Networks(video_text=network), metrics=["overall_consistency"])["overall_consistency"]
    assert found.value is not None


def test_longest_of_few_is_none() -> None:
    assert longest(np.ones(19)) == 0.0
    assert longest(np.arange(40.0)) == 38.5
    assert texture(24, 24).shape == (24, 24, 3)
