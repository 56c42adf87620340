"""VBench's formulas against a plain re-derivation: all frames in memory, another decoder, one frame at a time, the same stub networks."""

from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch
import torch.nn.functional as F

from eval import score_video
from eval.metrics.dynamic_degree import MotionRule
from eval.metrics.video_text import middles
from eval.networks import Network, Networks, VideoText
from eval.scoring import total
from tests.eval.footage import opencv_frames, pan, write

CLIP = (torch.tensor([0.48145466, 0.4578275, 0.40821073]), torch.tensor([0.26862954, 0.26130258, 0.27577711]))
IMAGENET = (torch.tensor([0.485, 0.456, 0.406]), torch.tensor([0.229, 0.224, 0.225]))
PROMPT = "a slow pan over rough stone"


class Encoder(torch.nn.Module):
    """A random projection of single pixels, their mean taken off: it notices another crop, interpolation or normalisation."""

    def __init__(self, features: int, seed: int) -> None:
        super().__init__()
        torch.manual_seed(seed)
        self.say = torch.nn.Linear(3 * 20 * 20, features, bias=False)

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        rows, columns = (torch.linspace(0, side - 1, 20).long() for side in images.shape[-2:])
        pixels = images[:, :, rows][..., columns].flatten(1)
        return self.say(pixels - 0.9 * pixels.mean(1, keepdim=True))


def stub_flow(strength: float):
    def flow(before: torch.Tensor, after: torch.Tensor) -> torch.Tensor:
        assert before.shape[-1] % 8 == 0
        assert before.shape[-2] % 8 == 0
        change = F.avg_pool2d((after - before).mean(1, keepdim=True), 9, 1, 4)
        return torch.cat([strength * change, -0.4 * strength * change], 1)

    return flow


def stub_middle(before: torch.Tensor, after: torch.Tensor) -> torch.Tensor:
    assert before.shape[-1] % 16 == 0
    return 0.56 * before + 0.47 * after  # leaves 0..1 here and there


def stub_text(sentence: str) -> torch.Tensor:
    return torch.sin(torch.arange(24).float() * len(sentence))[None]


DINO, B32, L14, VIDEO = (Encoder(n, seed).eval().requires_grad_(False) for seed, n in enumerate((32, 32, 768, 24)))
HEAD = torch.nn.Linear(768, 1).eval().requires_grad_(False)


def stub_musiq(images: torch.Tensor) -> torch.Tensor:
    return 50 + 40 * torch.tanh(images.var((1, 2, 3)) * 9 - images.mean((1, 2, 3)))


def networks(strength: float = 0.3) -> Networks:
    return Networks(
        dino=Network(DINO, "stub"),
        clip_b32=Network(B32, "stub"),
        clip_l14=Network(L14, "stub"),
        aesthetic=Network(HEAD, "stub"),
        musiq=Network(stub_musiq, "stub"),
        interpolator=Network(stub_middle, "stub"),
        flow=Network(stub_flow(strength), "stub"),
        video_text=Network(VideoText(lambda frames: VIDEO(frames[0]).mean(0, keepdim=True), stub_text), "stub"),
    )


# --- the plain re-derivation -----------------------------------------------------------------------------------------------------


def floats(frames):
    return torch.from_numpy(np.stack(frames)).permute(0, 3, 1, 2).float()


def to_224(images, mode):
    height, width = images.shape[-2:]
    size = (224, int(224 * width / height)) if height <= width else (int(224 * height / width), 224)
    return F.interpolate(images, size, mode=mode, align_corners=False)


def middle_224(images):
    top, left = round((images.shape[-2] - 224) / 2), round((images.shape[-1] - 224) / 2)
    return images[:, :, top : top + 224, left : left + 224]


def normed(images, stats):
    return (images / 255 - stats[0][:, None, None]) / stats[1][:, None, None]


def chain(encoder, images):
    features = [F.normalize(encoder(image[None]), dim=-1)[0].double() for image in images]
    return [
        (max(0.0, float(features[i] @ features[i - 1])) + max(0.0, float(features[i] @ features[0]))) / 2 for i in range(1, len(features))
    ]


def expected(frames, strength):
    images = floats(frames)
    found = {
        "subject_consistency": np.mean(chain(DINO, normed(to_224(images, "bilinear"), IMAGENET))),
        "background_consistency": np.mean(chain(B32, normed(middle_224(to_224(images, "bicubic")), CLIP))),
        "temporal_flickering": 1 - np.mean([np.abs(a.astype(float) - b).mean() for a, b in pairwise(frames)]) / 255,
        "aesthetic_quality": float(HEAD(F.normalize(L14(normed(middle_224(to_224(images, "bicubic")), CLIP)), dim=-1)).mean() / 10),
        "dynamic_degree": float(moves(frames, strength)),
    }
    height, width = images.shape[-2:]
    small = images
    if max(height, width) > 512:
        scale = 512 / max(height, width)
        small = F.interpolate(images, (int(scale * height), int(scale * width)), mode="bilinear", align_corners=False)
    found["imaging_quality"] = float(stub_musiq(small / 255).double().mean())
    errors = []
    for i in range(1, len(frames) - 1, 2):
        high, wide = -height % 16, -width % 16
        before, after = (
            F.pad(images[j][None] / 255, (wide // 2, wide - wide // 2, high // 2, high - high // 2), mode="replicate")
            for j in (i - 1, i + 1)
        )
        made = stub_middle(before, after)[0, :, high // 2 : high // 2 + height, wide // 2 : wide // 2 + width]
        made = (made * 255).permute(1, 2, 0).numpy().clip(0, 255).astype(np.uint8)  # truncates
        errors.append(np.abs(made.astype(float) - frames[i]).mean())
    if errors:
        found["motion_smoothness"] = 1 - np.mean(errors) / 255
    n = len(frames)
    edges = np.linspace(0, n, min(8, n) + 1).astype(int)
    picks = [(edges[i] + edges[i + 1] - 1) // 2 for i in range(min(8, n))]
    picks += [picks[-1]] * (8 - len(picks))
    seen = normed(middle_224(to_224(images[picks], "bicubic").clamp(0, 255).round()), CLIP)
    video, text = VIDEO(seen).mean(0).double(), stub_text(PROMPT)[0].double()
    found["overall_consistency"] = found["temporal_style"] = float(video @ text / video.norm() / text.norm())
    return found


def moves(frames, strength, fps=24):
    sampled = [floats([frame]) for frame in frames[:: max(1, round(fps / 8))]]
    height, width = frames[0].shape[:2]
    limit, needed, hits = 6 * min(height, width) / 256, round(4 * len(sampled) / 16), 0
    for before, after in pairwise(sampled):
        high, wide = -height % 8, -width % 8
        sides = (wide // 2, wide - wide // 2, high // 2, high - high // 2)
        flow = stub_flow(strength)(F.pad(before, sides, mode="replicate"), F.pad(after, sides, mode="replicate"))[0]
        lengths = np.sort(flow.norm(dim=0).numpy().ravel())[::-1]
        hits += lengths[: int(0.05 * lengths.size)].mean() > limit
        if hits >= needed:
            return True
    return False


SHAPES = {
    "wide": (320, 240, 25, 2.0),
    "tall": (240, 426, 12, 5.0),
    "square": (226, 226, 9, 0.0),
    "large": (854, 480, 6, 3.0),
    "small": (178, 130, 21, 3.0),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_dimension_meets_the_plain_formula(tmp_path: Path, shape: str) -> None:
    width, height, n, speed = SHAPES[shape]
    path = write(tmp_path / "clip.mp4", pan(n, speed, width, height, noise=3, seed=len(shape)))
    frames = opencv_frames(path)
    for strength in (0.05, 0.4, 2.0):
        found = score_video(path, networks=networks(strength), metrics=["dynamic_degree"])
        assert found["dynamic_degree"].value == float(moves(frames, strength))
    with torch.no_grad():
        wanted = expected(frames, 0.4)
    found = score_video(path, PROMPT, networks=networks(0.4), metrics=list(wanted), batch=7)
    for name, value in wanted.items():
        assert found[name].value == pytest.approx(value, abs=1e-6), name


def test_odd_sizes_and_other_pixel_formats(tmp_path: Path) -> None:
    path = write(tmp_path / "odd.mp4", pan(9, 2.0, 321, 243, noise=2), pixel_format="yuv444p")
    with torch.no_grad():
        wanted = expected(opencv_frames(path), 0.4)
    found = score_video(path, PROMPT, networks=networks(0.4), metrics=list(wanted))
    for name, value in wanted.items():
        assert found[name].value == pytest.approx(value, abs=1e-6), name


def test_the_stub_would_notice_the_wrong_resizing(tmp_path: Path) -> None:
    """Otherwise the comparison above would prove nothing of it."""
    images = floats(opencv_frames(write(tmp_path / "clip.mp4", pan(6, 3.0, 426, 240, noise=3))))
    right = np.mean(chain(B32, normed(middle_224(to_224(images, "bicubic")), CLIP)))
    smooth = F.interpolate(images, (224, 397), mode="bicubic", antialias=True)
    others = middle_224(to_224(images, "bilinear")), to_224(images, "bicubic"), middle_224(smooth)
    for other in others:
        assert abs(np.mean(chain(B32, normed(other, CLIP))) - right) > 1e-5
    assert abs(np.mean(chain(B32, normed(middle_224(to_224(images, "bicubic")), IMAGENET))) - right) > 1e-5


def test_the_stub_makes_both_answers_possible(tmp_path: Path) -> None:
    """Otherwise the comparison above would prove nothing of the threshold."""
    frames = opencv_frames(write(tmp_path / "clip.mp4", pan(25, 2.0, noise=3)))
    assert {moves(frames, strength) for strength in (0.05, 0.4, 2.0)} == {True, False}


def test_several_videos_are_added_up_as_vbench_does(tmp_path: Path) -> None:
    paths = [write(tmp_path / f"{n}.mp4", pan(n, 2.0, noise=2, seed=n)) for n in (4, 15)]
    names = ["subject_consistency", "temporal_flickering", "imaging_quality"]
    videos = [score_video(path, networks=networks(), metrics=names) for path in paths]
    with torch.no_grad():
        chains = [chain(DINO, normed(to_224(floats(opencv_frames(path)), "bilinear"), IMAGENET)) for path in paths]
    over_frames = np.mean([value for row in chains for value in row])
    assert total("subject_consistency", [v["subject_consistency"] for v in videos]) == pytest.approx(over_frames, abs=1e-6)
    over_videos = np.mean([v["temporal_flickering"].value for v in videos])
    assert total("temporal_flickering", [v["temporal_flickering"] for v in videos]) == pytest.approx(over_videos, abs=1e-9)
    quality = np.mean([v["imaging_quality"].value for v in videos]) / 100
    assert total("imaging_quality", [v["imaging_quality"] for v in videos]) == pytest.approx(quality, abs=1e-9)
    assert abs(over_frames - np.mean([np.mean(row) for row in chains])) > 1e-4  # micro and macro differ here
    with pytest.raises(ValueError, match="No video has a score"):
        total("subject_consistency", [score_video(paths[0], metrics=names)["subject_consistency"]])


@pytest.mark.parametrize(
    ("n_sampled", "moving", "dynamic"),
    [
        (1, 0, False),
        (2, 0, True),
        (3, 0, False),
        (3, 1, True),
        (6, 1, False),
        (6, 2, True),
        (10, 1, False),
        (10, 2, True),
        (14, 3, False),
        (14, 4, True),
    ],
)
def test_the_count_rounds_halves_to_even(n_sampled: int, moving: int, dynamic: bool) -> None:
    """4 n / 16 of 2, 6, 10, 14 sampled frames is 0.5, 1.5, 2.5, 3.5: rounded to 0, 2, 2, 4."""
    rule = MotionRule(24.0, 256, 3 * n_sampled)
    assert rule.samples == n_sampled
    for i in range(n_sampled - 1):
        rule.add(6.1 if i >= n_sampled - 1 - moving else 6.0)  # 6.0 is the threshold itself: strictly more is asked
    assert rule.dynamic is dynamic


def test_flow_stops_when_the_answer_is_settled(tmp_path: Path) -> None:
    calls = []

    def flow(before: torch.Tensor, after: torch.Tensor) -> torch.Tensor:
        calls.append(1)
        return torch.full((1, 2, *before.shape[-2:]), lengths[-1])

    path = write(tmp_path / "clip.mp4", pan(72, 1.0, 64, 64))  # 24 sampled frames, 6 of 23 pairs needed
    lengths = []
    for length, value, n_calls in ((9.0, 1.0, 6), (0.0, 0.0, 18)):
        calls.clear()
        lengths.append(length)
        found = score_video(path, networks=Networks(flow=Network(flow, "stub")), metrics=["dynamic_degree"])
        assert (found["dynamic_degree"].value, len(calls)) == (value, n_calls)


def test_middles_by_hand() -> None:
    assert middles(16, 8) == [0, 2, 4, 6, 8, 10, 12, 14]
    assert middles(24, 8) == [1, 4, 7, 10, 13, 16, 19, 22]
    assert middles(3, 8) == [0, 1, 2, 2, 2, 2, 2, 2]
    assert middles(1, 8) == [0] * 8


@pytest.mark.parametrize("size", [(1080, 1920), (1920, 1080), (224, 398), (225, 224), (101, 333), (500, 701)])
def test_the_middle_of_a_picture_is_resized_as_if_all_of_it_were(size: tuple[int, int]) -> None:
    from eval.resize import SIDE, centre, middle, short_side, tensor

    noise = tensor(np.random.default_rng(5).integers(0, 256, (*size, 3), np.uint8))
    assert torch.equal(middle(noise, SIDE), centre(short_side(noise, SIDE, "bicubic"), SIDE))


def test_resizing_as_bytes_differs_from_resizing_as_floats() -> None:
    """The two CLIP inputs are not interchangeable; a mix-up would pass unnoticed on soft pictures."""
    from eval.resize import clip_crop, clip_crop_rounded, tensor

    board = np.kron(np.indices((40, 60)).sum(0) % 2, np.ones((7, 7)))[..., None].repeat(3, -1).astype(np.uint8) * 255
    assert float((clip_crop(tensor(board)) - clip_crop_rounded(tensor(board))).abs().max()) > 0.1


def test_frames_are_what_other_decoders_see(tmp_path: Path) -> None:
    from eval.film import FileFilm

    path = write(tmp_path / "clip.mp4", pan(6, 3.0, noise=4))
    ours = [frame.rgb for frame in FileFilm(path).frames()]
    assert np.array_equal(ours, opencv_frames(path))
    assert cv2.VideoCapture(str(path)).get(cv2.CAP_PROP_FPS) == float(FileFilm(path).fps)
