"""What composing costs: this product, MoviePy the plain way, and the floor that nobody can go under, in one run.

    python -m benchmarks.compose [--seconds 15] [--runs 3] [--width 1080] [--height 1920] [--keep FOLDER]

    ours            pipelines.compose: grade, vignette, grain, transitions, animated type, sound; in a process of its own
    ours, warm      the same in a process that has begun already, as a worker's has; like the floor, without starting Python
    moviepy         the same with MoviePy (benchmarks/moviepy_peer.py); its type is a plain sprite, its transitions are crossfades
    moviepy bare    the same without grade, vignette and grain
    floor           decoding the source frames once, and encoding our composed frames (raw, from disk) once, same settings

Every contender runs in a process of its own, in turn. CPU is user + system seconds with all children; RSS is the peak of the whole tree.
Sources are synthesised here: moving texture and noise at some 30 Mbps. Goals for 15 s at full size on an idle machine:
ours within 1.25 x the floor, and MoviePy at least 5 x ours.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipelines.edl import Edl

FPS, OVERLAP, HEAD = 24, 12, 12
CONTENDERS = ("ours", "ours, warm", "moviepy", "moviepy bare", "floor")


@dataclass(frozen=True)
class Cost:
    """Of one process tree."""

    cpu_s: float
    wall_s: float
    rss_mb: float


def main() -> None:
    """Print the costs, the ratios, and what each file is like."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=15)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--width", type=int, default=1080)
    parser.add_argument("--height", type=int, default=1920)
    parser.add_argument("--keep", type=Path, help="work here and leave everything")
    parser.add_argument("--child", choices=("dump", *CONTENDERS), help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.child:
        _child(args.child, args.keep)
        return
    with tempfile.TemporaryDirectory() as temporary:
        folder = args.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        synthesise(folder, args.seconds, args.width, args.height)
        print(
            f"{args.seconds} s, {args.width}x{args.height}, {args.runs} runs, {os.cpu_count()} cores, load {os.getloadavg()[0]:.2f}",
            flush=True,
        )
        measure("dump", folder)  # also compiles the kernels, as installing does
        costs: dict[str, list[Cost]] = {name: [] for name in CONTENDERS}
        for _ in range(args.runs):
            for name in CONTENDERS:
                costs[name].append(measure(name, folder))
        report(costs, folder)


def report(costs: dict[str, list[Cost]], folder: Path) -> None:
    """Two tables and two ratios."""
    parts = json.loads((folder / "floor.json").read_text())
    cpu = {name: statistics.median(cost.cpu_s for cost in found) for name, found in costs.items()}
    cpu["ours, warm"] = json.loads((folder / "warm.json").read_text())
    cpu["floor"] = parts["decode"] + parts["encode"]  # without starting Python and reading raw frames
    print(f"\n{'':<14}{'CPU s':>8}{'min':>8}{'max':>8}{'wall s':>8}{'RSS MB':>8}{'x floor':>9}{'x ours':>8}")
    for name, found in costs.items():
        spread = [cost.cpu_s for cost in found]
        wall, rss = min(cost.wall_s for cost in found), max(cost.rss_mb for cost in found)
        line = f"{name:<14}{cpu[name]:>8.1f}{min(spread):>8.1f}{max(spread):>8.1f}{wall:>8.1f}{rss:>8.0f}"
        print(f"{line}{cpu[name] / cpu['floor']:>9.2f}{cpu[name] / cpu['ours']:>8.2f}")
    print(f"floor: decode {parts['decode']:.1f} + encode {parts['encode']:.1f} CPU s, last run; spreads are of whole processes")
    print(f"\n{'':<14}{'frames':>7}{'size':>11}{'colour tags':>13}{'MB':>7}{'A-V length ms':>15}{'LUFS':>7}{'dBTP':>7}")
    for name in ("ours", "moviepy", "moviepy bare"):
        print(f"{name:<14}{_described(folder / f'{name}.mp4')}")
    cold = cpu["ours"] / cpu["floor"]
    print(f"\nours, warm / floor {cpu['ours, warm'] / cpu['floor']:.2f}   goal <= 1.25   (with starting Python: {cold:.2f})")
    print(f"moviepy / ours     {cpu['moviepy'] / cpu['ours']:.2f}   goal >= 5   (bare: {cpu['moviepy bare'] / cpu['ours']:.2f})")


def measure(name: str, folder: Path) -> Cost:
    """Run one contender to its end."""
    import psutil

    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    child = subprocess.Popen([sys.executable, "-m", "benchmarks.compose", "--child", name, "--keep", str(folder)])
    peak = 0.0
    ended = threading.Event()

    def watch() -> None:
        nonlocal peak
        while not ended.wait(0.1):
            try:
                tree = [psutil.Process(child.pid), *psutil.Process(child.pid).children(recursive=True)]
                peak = max(peak, sum(process.memory_info().rss for process in tree) / 2**20)
            except psutil.Error:
                continue  # it ended between two looks

    watcher = threading.Thread(target=watch)
    watcher.start()
    code = child.wait()
    ended.set()
    watcher.join()
    if code:
        raise SystemExit(f"{name} failed with code {code}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(cpu, time.perf_counter() - began, peak)


def synthesise(folder: Path, seconds: int, width: int, height: int) -> None:
    """Four clips of moving texture with sensor noise, music, and edl.json."""
    import cv2
    import numpy as np

    from models.media.audio_file import write_wav
    from models.media.video_file import Encoding, VideoWriter
    from pipelines.edl import Edl, Picture, Title, TitleLine

    slot = seconds * FPS // 4
    for k in range(4):
        rng = np.random.default_rng(k)
        texture = cv2.GaussianBlur(rng.normal(0, 60, (height + 400, width + 400)).astype(np.float32), (0, 0), 2.2)
        broad = cv2.resize(rng.random((14, 9, 3)).astype(np.float32), (width + 400, height + 400), interpolation=cv2.INTER_CUBIC)
        noise = rng.normal(0, 3, (height + 128, width + 128)).astype(np.float32)
        with VideoWriter(folder / f"clip{k}.mp4", width, height, FPS, Encoding("veryfast", 16, gop=24)) as writer:
            for i in range(slot + 2 * HEAD):
                dx, dy = int(200 + 150 * np.sin(i / 34)), min(390, 60 + 2 * i)
                frame = 40 + 150 * broad[dy : dy + height, dx : dx + width] + 2.2 * texture[dx : dx + height, dy : dy + width, None]
                oy, ox = rng.integers(0, 128, 2)
                writer.write_rgb(np.clip(frame + noise[oy : oy + height, ox : ox + width, None], 0, 255).astype(np.uint8))
    t = np.arange(4 * slot * 2000) / 48_000
    chord = sum(0.1 * np.sin(2 * np.pi * f * t) for f in (110, 220, 277.2, 329.6)) * (0.6 + 0.4 * np.exp(-4 * (2 * t % 1)))
    write_wav(folder / "music.wav", np.stack([chord, np.roll(chord, 200)], 1).astype(np.float32))
    pictures, titles = [], []
    words = (
        ("Morning light", "brewed by hand"),
        ("Crafted slowly", "every single day"),
        ("Ready in minutes", "take it anywhere"),
        ("Shop now", "twenty per cent off"),
    )
    for k, (headline, body) in enumerate(words):
        pictures.append(Picture(str(folder / f"clip{k}.mp4"), k * slot, slot, HEAD, "crossfade" if k else "cut", OVERLAP if k else 0))
        lines = TitleLine(headline, "headline", "rise"), TitleLine(body, "body", "fade", 6)
        titles.append(Title(lines, k * slot + 6, slot - 12, "bottom"))
    edl = Edl(width, height, FPS, 4 * slot, tuple(pictures), tuple(titles), soundtrack=str(folder / "music.wav"))
    (folder / "edl.json").write_text(json.dumps(edl.as_json()))


def _child(name: str, folder: Path) -> None:
    from pipelines.edl import Edl
    from pipelines.profiles import PROFILES

    edl, encoding = Edl.from_json(json.loads((folder / "edl.json").read_text())), PROFILES["standard"]
    if name == "ours":
        from pipelines.compose import compose

        compose(edl, folder / "ours.mp4")
    elif name == "ours, warm":
        from pipelines.compose import compose

        first_frame(edl)
        began = time.process_time()
        compose(edl, folder / "warm.mp4")
        (folder / "warm.json").write_text(json.dumps(time.process_time() - began))
    elif name == "dump":
        _dump(edl, folder / "frames.raw")
    elif name == "floor":
        (folder / "floor.json").write_text(json.dumps({"decode": _decode_floor(edl), "encode": _encode_floor(edl, folder)}))
    else:
        from benchmarks import moviepy_peer

        moviepy_peer.make(
            edl, folder / f"{name}.mp4", folder / "music.wav", preset=encoding.preset, crf=encoding.crf, bare=name == "moviepy bare"
        )


def first_frame(edl: "Edl") -> None:
    """Everything that is done once in a process: imports, and loading the compiled kernels."""
    from pipelines import kernels
    from pipelines.frames import Composer, composed
    from pipelines.sources import Sources

    sources = Sources(edl)
    next(composed(Composer(edl, sources, kernels.load()), sources))


def _dump(edl: "Edl", path: Path) -> None:
    from pipelines import kernels
    from pipelines.frames import Composer, composed
    from pipelines.sources import Sources

    sources = Sources(edl)
    with path.open("wb") as file:
        for planes in composed(Composer(edl, sources, kernels.load()), sources):
            for plane in planes:
                file.write(plane)


def _decode_floor(edl: "Edl") -> float:
    """CPU seconds to decode what the edit needs."""
    from models.media.video_file import VideoReader
    from pipelines.sources import Sources

    sources = Sources(edl)
    began = time.process_time()
    for i, picture in enumerate(edl.pictures):
        for _ in VideoReader(Path(picture.media)).planes(*sources.needs(i)):
            pass
    return time.process_time() - began


def _encode_floor(edl: "Edl", folder: Path) -> float:
    """CPU seconds to encode the composed frames. The encoder's threads work on while the next frame is read, so the clock of the
    process runs through, and what the reading itself took is taken off."""
    import numpy as np

    from models.media.video_file import VideoWriter
    from pipelines.profiles import PROFILES

    w, h, reading = edl.width, edl.height, 0.0
    with (folder / "frames.raw").open("rb") as file, VideoWriter(folder / "floor.mp4", w, h, edl.fps, PROFILES["standard"]) as writer:
        began = time.process_time()
        for _ in range(edl.n_frames):
            before = time.thread_time()
            raw = np.frombuffer(file.read(w * h * 3 // 2), np.uint8)
            reading += time.thread_time() - before
            y, u, v = np.split(raw, [w * h, w * h * 5 // 4])
            writer.write_planes(y.reshape(h, w), u.reshape(h // 2, w // 2), v.reshape(h // 2, w // 2))
    return time.process_time() - began - reading


def _described(path: Path) -> str:
    import av

    from models.media.audio_file import read_audio
    from models.media.loudness import integrated_lufs, true_peak_dbtp
    from models.media.video_file import probe

    info = probe(path)
    with av.open(str(path)) as container:
        picture, voice = container.streams.video[0], container.streams.audio[0]
        context = picture.codec_context
        tags = "bt709 tv" if (context.colorspace, context.color_range) == (1, 1) else "none"
        lag = float((voice.duration or 0) * voice.time_base - (picture.duration or 0) * picture.time_base) * 1000
    heard, megabytes = read_audio(path), path.stat().st_size / 1e6
    size = f"{info.width}x{info.height}"
    return f"{info.n_frames:>7}{size:>11}{tags:>13}{megabytes:>7.1f}{lag:>15.1f}{integrated_lufs(heard):>7.1f}{true_peak_dbtp(heard):>7.1f}"


if __name__ == "__main__":
    main()
