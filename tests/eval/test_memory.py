"""Memory does not grow with the length of a video, but for thumbnails and features."""

import os
import subprocess
import sys

SCRIPT = """
import sys
from pathlib import Path
import numpy as np, torch
from eval.film import ArrayFilm
from eval.networks import Network, Networks
from eval.review import review

torch.set_num_threads(1)
plain = np.random.default_rng(0).integers(0, 255, (1080, 1930, 3), dtype=np.uint8)

class Reel(ArrayFilm):
    def __init__(self, n):
        self.name, self.fps, self.decoder, self.n_frames, self.height, self.width = "reel", 24, "none", n, 1080, 1920
        self._pictures = self
    def __iter__(self):
        return (np.ascontiguousarray(plain[:, i % 10 : i % 10 + 1920]) for i in range(self.n_frames))

encoder = Network(lambda images: images.mean((2, 3)), "means")
names = ["subject_consistency", "background_consistency", "aesthetic_quality", "temporal_flickering", "appearance_drift_v1"]
head = Network(lambda features: features.sum(1), "sum")
review(Reel(int(sys.argv[1])), networks=Networks(dino=encoder, clip_b32=encoder, clip_l14=encoder, aesthetic=head), metrics=names)
# ru_maxrss would not do: a child that is forked and executed inherits its parent's peak.
print(next(int(line.split()[1]) for line in Path('/proc/self/status').read_text().splitlines() if line.startswith('VmHWM')) / 1024)
"""


def peak_mb(n_frames: int) -> float:
    one_arena = {**os.environ, "MALLOC_ARENA_MAX": "1"}  # what threads leave lying about is not what is kept
    told = subprocess.run([sys.executable, "-c", SCRIPT, str(n_frames)], capture_output=True, text=True, check=True, env=one_arena).stdout
    return float(told.split()[-1])


def test_a_minute_of_full_hd_stays_under_a_gigabyte_and_a_half() -> None:
    few, more = peak_mb(48), peak_mb(144)
    per_frame = max(0.0, more - few) / 96  # a frame is 6 MB, and 25 as floats
    assert few + per_frame * 60 * 24 < 1500
