"""What measuring costs without networks: this product in one decode, against reading the video anew for every dimension, in one run.

    python -m benchmarks.eval [--seconds 5] [--runs 3] [--width 1920] [--height 1080] [--keep FOLDER]

    ours            everything eval measures without weights: flicker and all stand-ins, in one decode
    ours, shared    decoding once and making every network's input (short side 224 twice, longest 512), and flicker
    per dimension   the same inputs and flicker as VBench makes them: three decodes by OpenCV into lists, four into float32 stacks of
                    the whole video, resized whole

    start           a process that imports torch and what both need, and ends

Networks are left out on both sides; what is compared is reading, sampling, resizing and the one dimension without a network. Each
contender runs in a process of its own, in turn. The table holds whole processes; the ratios of reading are told with the start of the
process in both sides and without it (`start` taken from both), because a longer clip pays it once. CPU is user + system seconds; RSS is
the peak. Goals for 5 s of 1080p on an idle machine: `ours, shared` at least 10 times less CPU than `per dimension` without the start,
and `ours` under 5 CPU s with it.
"""

import argparse
import itertools
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from models.media.allocation import keep_freed_memory

FPS = 24
CONTENDERS = ("ours", "ours, shared", "per dimension", "start")


def main() -> None:
    """Print costs and ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--width", type=int, default=1920)
    parser.add_argument("--height", type=int, default=1080)
    parser.add_argument("--keep", type=Path, help="work here and leave everything")
    parser.add_argument("--child", choices=CONTENDERS, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.child:
        if args.child.startswith("ours"):
            keep_freed_memory()  # as `python -m eval` begins
        _CHILDREN[args.child](args.keep / "clip.mp4")
        return
    with tempfile.TemporaryDirectory() as temporary:
        folder = args.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        synthesise(folder / "clip.mp4", round(args.seconds * FPS), args.width, args.height)
        print(f"{args.seconds:g} s, {args.width}x{args.height}, {args.runs} runs, {os.cpu_count()} cores, load {os.getloadavg()[0]:.2f}")
        costs: dict[str, list[tuple[float, float, float]]] = {name: [] for name in CONTENDERS}
        for _ in range(args.runs):
            for name in CONTENDERS:
                costs[name].append(measure(name, folder))
    print(f"\n{'':<16}{'CPU s':>8}{'min':>8}{'max':>8}{'wall s':>8}{'RSS MB':>8}")
    cpu = {name: statistics.median(cost[0] for cost in found) for name, found in costs.items()}
    for name, found in costs.items():
        spread = [cost[0] for cost in found]
        wall, rss = min(cost[1] for cost in found), max(cost[2] for cost in found)
        print(f"{name:<16}{cpu[name]:>8.2f}{min(spread):>8.2f}{max(spread):>8.2f}{wall:>8.2f}{rss:>8.0f}")
    wall = {name: min(cost[1] for cost in found) for name, found in costs.items()}
    for unit, of in (("CPU", cpu), ("wall", wall)):
        whole, read = of["per dimension"] / of["ours, shared"], (of["per dimension"] - of["start"]) / (of["ours, shared"] - of["start"])
        print(f"{unit:<5} per dimension / ours, shared   {whole:.1f} with the start, {read:.1f} without   goal >= 10 without")
    print(f"CPU   ours                           {cpu['ours']:.1f} CPU s   goal < 5 at 5 s of 1080p")


def measure(name: str, folder: Path) -> tuple[float, float, float]:
    """Run one contender to its end -> (CPU s, wall s, peak RSS MB)."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    command = [sys.executable, "-m", "benchmarks.eval", "--child", name, "--keep", str(folder)]
    peak = float(subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()[-1])
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, time.perf_counter() - began, peak


def synthesise(path: Path, n_frames: int, width: int, height: int) -> None:
    """A slow pan over texture with sensor noise, at some 30 Mbps."""
    import cv2
    import numpy as np

    from models.media.video_file import Encoding, VideoWriter

    random = np.random.default_rng(0)
    texture = cv2.GaussianBlur(random.normal(0, 60, (height, width + 2 * n_frames)).astype(np.float32), (0, 0), 2.2)
    broad = cv2.resize(random.random((9, 16, 3)).astype(np.float32), (width + 2 * n_frames, height), interpolation=cv2.INTER_CUBIC)
    noise = random.normal(0, 3, (height + 64, width + 64)).astype(np.float32)
    with VideoWriter(path, width, height, FPS, Encoding("veryfast", 18, gop=24)) as writer:
        for i in range(n_frames):
            y, x = random.integers(0, 64, 2)
            frame = 40 + 150 * broad[:, 2 * i : 2 * i + width] + 2.2 * texture[:, 2 * i : 2 * i + width, None]
            writer.write_rgb(np.clip(frame + noise[y : y + height, x : x + width, None], 0, 255).astype(np.uint8))


def _ours(path: Path) -> None:
    from eval import score_video

    score_video(path)
    _peak()


def _shared(path: Path) -> None:
    from eval.film import FileFilm
    from eval.resize import clip_crop, dino_frame, longest_512
    from eval.scoring import score

    def watch():  # type: ignore[no-untyped-def]
        return lambda frame: (frame.view(dino_frame), frame.view(clip_crop), frame.view(longest_512))

    score(FileFilm(path), metrics=["temporal_flickering"], watch=watch)
    _peak()


def _per_dimension(path: Path) -> None:
    """What flicker, smoothness and degree read by OpenCV; subject, background, aesthetic and imaging as float stacks."""
    import cv2
    import numpy as np
    import torch
    from torch.nn.functional import interpolate

    def frames() -> list[np.ndarray]:
        video, found = cv2.VideoCapture(str(path)), []
        while (read := video.read())[0]:
            found.append(read[1])
        return found

    flicker = frames()
    np.mean([np.mean(cv2.absdiff(np.array(a, np.float32), np.array(b, np.float32))) for a, b in itertools.pairwise(flicker)])
    del flicker
    _ = [torch.tensor(cv2.cvtColor(frame, cv2.COLOR_BGR2RGB)).permute(2, 0, 1)[None] / 255.0 for frame in frames()[::2]]
    _ = [torch.from_numpy(cv2.cvtColor(frame, cv2.COLOR_BGR2RGB)).permute(2, 0, 1).float()[None] for frame in frames()][::3]
    del _
    for mode, short, long in (("bilinear", 224, 0), ("bicubic", 224, 0), ("bicubic", 224, 0), ("bilinear", 0, 512)):
        stack = torch.Tensor(np.stack([frame[..., ::-1] for frame in frames()])).permute(0, 3, 1, 2)
        height, width = stack.shape[-2:]
        scale = short / min(height, width) if short else long / max(height, width)
        interpolate(stack, (int(scale * height), int(scale * width)), mode=mode, align_corners=False).div(255.0)
        del stack
    _peak()


def _start(path: Path) -> None:
    """What is paid before the first frame: both sides import these."""
    import cv2  # noqa: F401
    import torch  # noqa: F401

    import eval.scoring  # noqa: F401

    _peak()


def _peak() -> None:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


_CHILDREN = {"ours": _ours, "ours, shared": _shared, "per dimension": _per_dimension, "start": _start}

if __name__ == "__main__":
    main()
