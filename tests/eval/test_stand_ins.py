"""The stand-ins against footage whose answer is known."""

from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import pytest

from eval.dis_flow import DisFlow
from eval.film import ArrayFilm
from eval.metrics.dynamic_degree import longest
from eval.scores import Score
from eval.scoring import score
from tests.eval.footage import Rgb, pan, texture


def one(frames: list[Rgb], name: str, fps: int = 24) -> Score:
    return score(ArrayFilm(frames, fps), metrics=[name])[name]


def value(frames: list[Rgb], name: str) -> float:
    found = one(frames, name).value
    assert found is not None
    return found


@pytest.mark.parametrize("times", [0.5, 1.5, 3.0])
def test_motion_of_known_size_comes_back(times: float) -> None:
    threshold = 6 * 180 / 256  # pixels between sampled frames, three apart at 24
    found = one(pan(13, times * threshold / 3, 320, 180), "motion_amount_dis_v1")
    assert found.value == pytest.approx(times, rel=0.1)
    assert found.details["dynamic"] == (times > 1)
    assert found.per_frame == pytest.approx([times] * 4, rel=0.2)
    assert list(found.frames) == [3, 6, 9, 12]


def test_noise_on_a_flat_ground_is_no_motion() -> None:
    """Ungated, flow on noise reaches several thresholds here."""
    random = np.random.default_rng(0)
    frames = [np.clip(128 + random.normal(0, 10, (180, 320, 1)).repeat(3, 2), 0, 255).astype(np.uint8) for _ in range(13)]
    grey = [frame[..., 0].copy() for frame in frames[::3]]
    ungated = [longest(np.linalg.norm(DisFlow()(a, b), axis=-1)) for a, b in pairwise(grey)]
    assert min(ungated) > 6 * 180 / 256
    assert value(frames, "motion_amount_dis_v1") < 0.1


def test_a_pulse_of_light_is_no_motion() -> None:
    still = texture(180, 320)
    frames = [np.clip(still + (15 if i % 6 < 3 else 0), 0, 255).astype(np.uint8) for i in range(13)]
    assert value(frames, "motion_amount_dis_v1") < 0.1


def test_steady_pans_go_before_jitter_and_judder_and_random_motion() -> None:
    steady = [value(pan(13, speed, 240, 160), "interp_residual_dis_v1") for speed in (2, 6)]
    shaky = value(pan(13, 2, 240, 160, jitter=3), "interp_residual_dis_v1")
    doubled = pan(13, 4, 240, 160)
    judder = value([doubled[i - i % 2 + (i % 4 == 3)] for i in range(13)], "interp_residual_dis_v1")
    random = np.random.default_rng(2)
    wide = texture(160, 340)
    chaos = value([wide[:, a : a + 240].astype(np.uint8) for a in random.integers(0, 100, 13)], "interp_residual_dis_v1")
    assert min(steady) > 0.98
    assert min(steady) > shaky > chaos
    assert min(steady) > judder > chaos


@pytest.mark.parametrize("sigma", [2.0, 6.0, 12.0])
def test_noise_is_found_at_its_size(sigma: float) -> None:
    ground = cv2.GaussianBlur(texture(160, 240), (0, 0), 4)
    random = np.random.default_rng(0)
    frames = [np.clip(ground + random.normal(0, sigma, (160, 240, 1)), 0, 255).astype(np.uint8) for _ in range(6)]
    assert value(frames, "noise_v1") == pytest.approx(sigma, rel=0.12)


def test_blur_lowers_sharpness_and_noise_does_not_raise_it_much() -> None:
    sharp = texture(160, 240)
    random = np.random.default_rng(0)

    def of(picture: np.ndarray) -> float:
        return value([np.clip(picture, 0, 255).astype(np.uint8)], "sharpness_v1")

    levels = [of(cv2.GaussianBlur(sharp, (0, 0), sigma)) for sigma in (0.5, 1.0, 2.0)]
    assert levels == sorted(levels, reverse=True)
    soft = cv2.GaussianBlur(sharp, (0, 0), 3)
    noisy = soft + random.normal(0, 8, (160, 240, 1))
    grey = cv2.cvtColor(np.clip(noisy, 0, 255).astype(np.uint8), cv2.COLOR_RGB2GRAY)
    assert of(noisy) < 0.15 * cv2.Laplacian(grey, cv2.CV_64F).var()  # which would have called it sharper than any


def test_clipping_is_a_share_of_pixels() -> None:
    frame = np.full((100, 100, 3), 128, np.uint8)
    frame[:10, :, 0] = 255  # one channel lost
    frame[10:15] = 0
    frame[15:20, :, 0] = 0  # one dark channel is a colour, not a loss
    assert value([frame], "clipping_v1") == pytest.approx(0.15)


def test_blocks_of_strong_compression_are_seen() -> None:
    picture = np.clip(texture(160, 240), 0, 255).astype(np.uint8)
    values = []
    for quality in (95, 30, 5):
        _, coded = cv2.imencode(".jpg", picture[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])
        values.append(value([np.ascontiguousarray(cv2.imdecode(coded, cv2.IMREAD_COLOR)[..., ::-1])], "blockiness_v1"))
    assert values == sorted(values)
    assert values[0] < 0.1
    assert values[2] > 0.5


def test_brightness_flicker_measures_zigzag_and_spares_fades() -> None:
    still = texture(120, 160)
    pumping = [np.clip(still + (5 if i % 2 else -5), 0, 255).astype(np.uint8) for i in range(12)]
    fading = [np.clip(still * (0.4 + 0.05 * i), 0, 255).astype(np.uint8) for i in range(12)]
    assert value(pumping, "brightness_flicker_v1") == pytest.approx(10, abs=0.3)
    assert value(fading, "brightness_flicker_v1") < 0.3


def test_a_still_that_an_encoder_refines_is_frozen_and_a_slow_move_is_not(tmp_path: Path) -> None:
    from eval import score_video
    from models.media.video_file import VideoWriter

    def codes(speed: float) -> set[str]:
        path = tmp_path / f"{speed}.mp4"
        with VideoWriter(path, 320, 180, 24) as writer:
            for frame in pan(49, speed, 320, 180):
                writer.write_rgb(frame)
        found = score_video(path, metrics=["temporal_flickering", "motion_amount_dis_v1"])
        return {row.code for row in found.degenerate}

    assert codes(0) == {"frozen"}
    assert codes(0.1) == set()


def test_degenerate_videos_are_caught() -> None:
    def caught(frames: list[Rgb]) -> list[str]:
        return [bad.code for bad in score(ArrayFilm(frames)).degenerate]

    good = pan(12, 1.0, 160, 120, noise=1)
    assert caught(good) == []
    assert caught([frame // 30 for frame in good]) == ["black"]
    assert caught(good[:1] * 12) == ["frozen"]
    assert caught([np.clip(frame.astype(int) + (60 if i % 2 else -60), 0, 255).astype(np.uint8) for i, frame in enumerate(good)]) == [
        "flicker"
    ]
    slow = pan(12, 0.15, 160, 120)
    assert caught([frame // 3 for frame in slow]) == []  # dark and slow is not degenerate
