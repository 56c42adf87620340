"""Somebody who buys one clip at a loopback Replicate, in a process of its own that can be killed; the ledger is a file.

python -m tests.models.replicate.buyer <database> <API's address> <folder> <user>
"""

import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from models.asks import Made, Still, VideoAsk
from models.backends.replicate import orders, outcome
from models.context import JobContext
from models.runtime import Runtime
from studio.services.prices import Prices
from studio.services.spending import Caps, Spending
from studio.services.till import UserTill
from studio.store.database import connect
from tests.models.replicate.conftest import CLIP_ROW, config_at


def main(address: str, url: str, folder: str, user: str) -> int:
    orders.LOOKS_AFTER_S, outcome.FIRST_POLL_S = (0.0, 0.05), 0.02
    place = Path(folder)
    till = UserTill(Spending(connect(address), Prices((CLIP_ROW,)), Caps(Decimal(5), Decimal(50))), user, "job/visuals/0")
    ask = VideoAsk("slow push-in", 96, 160, n_frames=30, seed=7, still=Still(place / "still.png", 96, 160, Made("test")))
    runtime = Runtime(config_at(url, place), (CLIP_ROW,))
    clip = runtime.video(ask, replace(JobContext(place), till=till))
    print(clip.made.cost_usd, flush=True)
    runtime.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
