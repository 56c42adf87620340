"""What an edit of a finished film costs beside rendering all of it again, in one run.

    python -m benchmarks.rerender [--seconds 15] [--runs 3] [--width 1080] [--height 1920] [--keep FOLDER]

    whole     the edited film composed from its first frame to its last
    text      one title says something else; the rest is copied
    trim      half a second off the second clip, with a new soundtrack; what follows moves and is copied
    sound     another soundtrack alone; every picture is copied

Each in a process of its own, in turn, all of them on the same sources (benchmarks/compose.py makes them). CPU is user + system seconds
of the work itself, without starting Python; the copied frames are decoded and compared with the film before. Goal for 15 s at full
size: one text edit at no more than 0.3 of the whole, in CPU and in time.
"""

import argparse
import hashlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipelines.edl import Edl

CONTENDERS = ("whole", "text", "trim", "sound")


def main() -> None:
    """Print costs, ratios, and whether the frames are exact."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=15)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--width", type=int, default=1080)
    parser.add_argument("--height", type=int, default=1920)
    parser.add_argument("--keep", type=Path, help="work here and leave everything")
    parser.add_argument("--child", choices=("before", *CONTENDERS), help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.child:
        child(args.child, args.keep)
        return
    with tempfile.TemporaryDirectory() as temporary:
        folder = args.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        from benchmarks.compose import synthesise

        synthesise(folder, args.seconds, args.width, args.height)
        measure("before", folder)
        cores, load = os.cpu_count(), os.getloadavg()[0]
        print(f"{args.seconds} s, {args.width}x{args.height}, {args.runs} runs, {cores} cores, load {load:.2f}", flush=True)
        found = {name: [] for name in CONTENDERS}
        for _ in range(args.runs):
            for name in CONTENDERS:
                found[name].append(measure(name, folder))
        report(found, folder)


def report(found: dict[str, list[dict[str, float]]], folder: Path) -> None:
    """One row a contender."""
    whole = {key: statistics.median(run[key] for run in found["whole"]) for key in ("cpu_s", "wall_s")}
    print("\n| | CPU s median (min-max) | of whole | wall s | of whole | frames rendered | copied equal |\n|---|---|---|---|---|---|---|")
    for name, runs in found.items():
        cpu, wall = [run["cpu_s"] for run in runs], statistics.median(run["wall_s"] for run in runs)
        middle = statistics.median(cpu)
        shares = middle / whole["cpu_s"], wall / whole["wall_s"]
        equal = "–" if name == "whole" else compared(folder, name)
        print(f"| {name} | {middle:.2f} ({min(cpu):.2f}-{max(cpu):.2f}) | {shares[0]:.2f} | {wall:.2f} | {shares[1]:.2f} ", end="")
        print(f"| {runs[-1]['rendered']:.0f} | {equal} |")
    text = statistics.median(run["cpu_s"] for run in found["text"]) / whole["cpu_s"]
    print(f"\none text edit: {text:.2f} of a whole render in CPU (goal 0.30)")


def compared(folder: Path, name: str) -> str:
    """Decode both films and hash every frame."""
    from models.media.video_file import VideoReader

    def hashes(path: Path) -> list[str]:
        with VideoReader(path) as reader:
            return [hashlib.blake2b(b"".join(plane.tobytes() for plane in planes)).hexdigest() for planes in reader.planes()]

    old, new, equal, copied = hashes(folder / "before.mp4"), hashes(folder / f"{name}.mp4"), 0, 0
    for first, count, source in json.loads((folder / f"{name}.json").read_text())["parts"]:
        if source is not None:
            copied += count
            equal += sum(a == b for a, b in zip(new[first : first + count], old[source : source + count], strict=True))
    return f"{equal} of {copied}"


def measure(name: str, folder: Path) -> dict[str, float]:
    """Run one contender to its end."""
    subprocess.run([sys.executable, "-m", "benchmarks.rerender", "--child", name, "--keep", str(folder)], check=True)
    found: dict[str, float] = json.loads((folder / f"{name}.json").read_text())
    return found


def child(name: str, folder: Path) -> None:
    """One contender, once imports and kernels are there."""
    from benchmarks.compose import first_frame
    from pipelines.compose import compose
    from pipelines.edl import Edl
    from pipelines.rerender import rerender

    was = Edl.from_json(json.loads((folder / "edl.json").read_text()))
    first_frame(was)
    now = edited("text" if name == "whole" else name, was, folder)
    cpu, wall = time.process_time(), time.perf_counter()
    if name in ("before", "whole"):
        compose(now, folder / f"{name}.mp4")
        rendered, parts = now.n_frames, []
    else:
        made = rerender(folder / "before.mp4", was, now, folder / f"{name}.mp4")
        if made.why_whole:
            raise SystemExit(f"{name}: {made.why_whole}")
        rendered, parts = made.rendered, [[part.first, part.count, part.source] for part in made.parts]
    told = {"cpu_s": time.process_time() - cpu, "wall_s": time.perf_counter() - wall, "rendered": rendered, "parts": parts}
    (folder / f"{name}.json").write_text(json.dumps(told))


def edited(name: str, was: "Edl", folder: Path) -> "Edl":
    """The edit that a contender renders."""
    from models.media.audio_file import read_audio, write_wav

    other = folder / f"{name}.wav"
    if name == "text":
        line = replace(was.titles[1].lines[0], text="Made this morning")
        title = replace(was.titles[1], lines=(line, *was.titles[1].lines[1:]))
        return replace(was, titles=(was.titles[0], title, *was.titles[2:]))
    if name == "sound":
        write_wav(other, read_audio(Path(was.soundtrack))[::-1])
        return replace(was, soundtrack=str(other))
    if name == "trim":
        off, at = was.fps // 2, 0
        pictures = []
        for i, picture in enumerate(was.pictures):
            pictures.append(replace(picture, start=at, n_frames=picture.n_frames - (off if i == 1 else 0)))
            at += pictures[-1].n_frames
        first, second, *later = was.titles
        titles = (first, replace(second, n_frames=second.n_frames - off), *(replace(title, start=title.start - off) for title in later))
        write_wav(other, read_audio(Path(was.soundtrack))[: at * 48_000 // was.fps])
        return replace(was, n_frames=at, pictures=tuple(pictures), titles=titles, soundtrack=str(other))
    return was


if __name__ == "__main__":
    main()
