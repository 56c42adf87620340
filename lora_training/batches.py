"""Which pictures a batch holds: a pure function of its number, so that a training goes on exactly where it stopped.

Every epoch shows each picture of the subject once (the last batch of a bucket is filled up from the same bucket) and as many of the
class, in turn, as there are of the subject. All pictures of a batch have one size.
"""

import hashlib
import random
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence


class Batches:
    """sizes: (height, width) of each item. priors: which of them are of the class. batch: items in one."""

    def __init__(self, sizes: Sequence[tuple[int, int]], priors: Sequence[bool], batch: int, seed: int) -> None:
        self.sizes, self.batch, self.seed = sizes, batch, seed
        self.subject = [i for i, prior in enumerate(priors) if not prior]
        self.prior = [i for i, prior in enumerate(priors) if prior]
        self.per_epoch = len(self._epoch(0))
        self._starts = [0]
        self._kept: tuple[int, list[list[int]]] = (-1, [])

    def at(self, number: int) -> list[int]:
        """Items of batch `number` = 0, 1, 2, ..."""
        while number >= self._starts[-1]:  # epochs may differ in length: the pictures of the class take turns across buckets
            self._starts.append(self._starts[-1] + len(self._epoch(len(self._starts) - 1)))
        epoch = bisect_right(self._starts, number) - 1
        if self._kept[0] != epoch:
            self._kept = (epoch, self._epoch(epoch))
        return self._kept[1][number - self._starts[epoch]]

    def _epoch(self, epoch: int) -> list[list[int]]:
        draw = random.Random(seed_of(self.seed, "epoch", epoch))
        turn = epoch * len(self.subject)
        shown = self.subject + [self.prior[(turn + i) % len(self.prior)] for i in range(len(self.subject) if self.prior else 0)]
        by_size: dict[tuple[int, int], list[int]] = defaultdict(list)
        for item in shown:
            by_size[self.sizes[item]].append(item)
        found = []
        for size in sorted(by_size):
            items = by_size[size]
            draw.shuffle(items)
            for start in range(0, len(items), self.batch):
                some = items[start : start + self.batch]
                found.append(some + [draw.choice(items) for _ in range(self.batch - len(some))])
        draw.shuffle(found)
        return found


def seed_of(*parts: object) -> int:
    """A seed (0 <= seed < 2**63) from anything printable; the same on every machine."""
    return int.from_bytes(hashlib.sha256(" ".join(map(str, parts)).encode()).digest()[:8], "big") >> 1
