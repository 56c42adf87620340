"""How long a whole ad takes, stage by stage, beside a floor measured in the same run.

    python -m benchmarks.ad [--prompt …] [--duration 15] [--runs 1]

Each run makes the ad in a fresh process with an empty cache. The floor is what no implementation can avoid on this
machine: encoding the finished frames once with the same encoder settings. Goals for 15 s on two idle cores: the ad
in under 120 s, its pictures (the `visuals` stage) in under 90 s. The film lies there whole before it is measured (`check`), so both
moments are printed.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

CHILD = """
import json, sys
from pathlib import Path
from pipelines.brief import read_brief
from studio.settings import Settings
from studio.wiring import build
folder = Path(sys.argv[1])
studio = build(Settings(output_dir=folder, cache_dir=folder / "cache"))
ad = studio.make(read_brief(sys.argv[2], duration=sys.argv[3]), folder / "ad.mp4")
studio.close()
print(json.dumps({"stages": {s.name: s.seconds for s in ad.stages}, "frames": ad.n_frames, "models": ad.models}))
"""


def make_once(prompt: str, duration: str, folder: Path) -> dict[str, object]:
    """One ad in a fresh process: wall and CPU seconds (children included), and its stages."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    answer = subprocess.run([sys.executable, "-c", CHILD, str(folder), prompt, duration], check=True, capture_output=True, text=True)
    wall = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"wall": wall, "cpu": cpu, **json.loads(answer.stdout.splitlines()[-1])}


def encode_floor(ad: Path) -> float:
    """CPU seconds to encode the ad's own frames once, decoded beforehand."""
    from models.media.video_file import VideoReader, VideoWriter
    from pipelines.profiles import PROFILES

    with VideoReader(ad) as source:
        frames = list(source.planes())
        width, height, fps = source.width, source.height, source.fps
    began = resource.getrusage(resource.RUSAGE_SELF)
    with (
        tempfile.TemporaryDirectory() as folder,
        VideoWriter(Path(folder) / "floor.mp4", width, height, fps, PROFILES["standard"]) as writer,
    ):
        for y, u, v in frames:
            writer.write_planes(y, u, v)
    ended = resource.getrusage(resource.RUSAGE_SELF)
    return ended.ru_utime + ended.ru_stime - began.ru_utime - began.ru_stime


def main() -> None:
    """Print one table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--prompt", default="Create a luxury watch ad for Instagram")
    parser.add_argument("--duration", default="15")
    parser.add_argument("--runs", type=int, default=1)
    args = parser.parse_args()
    print(f"{args.prompt!r}, {args.duration} s, {os.cpu_count()} cores, load {os.getloadavg()[0]:.2f}")
    for run in range(args.runs):
        with tempfile.TemporaryDirectory() as folder:
            result = make_once(args.prompt, args.duration, Path(folder))
            floor = encode_floor(Path(folder) / "ad.mp4")
        stages = result["stages"]
        assert isinstance(stages, dict)
        ratio = f"{result['cpu'] / floor:.1f} x the encode floor ({floor:.1f} CPU s)"
        whole = float(str(result["wall"])) - stages.get("check", 0.0)
        print(f"run {run + 1}: film after {whole:.1f} s, measured after {result['wall']:.1f} s, CPU {result['cpu']:.1f} s = {ratio}")
        for name, seconds in stages.items():
            print(f"    {name:<10} {seconds:7.1f} s")


if __name__ == "__main__":
    main()
