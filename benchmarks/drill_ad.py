"""The ad of a drill: the main path's shape at the speed of a stub. Its clips are bought from a shop that runs in a process of its own and
counts what it sold; its film is a real little one, kept as any other."""

import os
import time
from decimal import Decimal

from models.pricing import Use
from models.till import place_once
from pipelines.brief import Brief
from pipelines.progress import Run, Tools
from studio.jobs.ad_job import Kept
from tests.studio.jobs.provider import RemoteShop
from tests.studio.quick_job import keep

SHOP = "DRILL_SHOP"
"""The environment variable that says at which port the shop is."""

MODEL, PRICE, CLIPS = "replicate/flux-dev", Decimal("0.025"), 3
STEP_S = 0.15


def drill_ad(run: Run, brief: Brief, photo: str = "", hero: None = None, of_a_set: bool = False) -> Kept:
    """Words, clips side by side, sound beside them, the cut, and kept."""
    run.report(5, "spec", "Reading the brief")
    words = run.step("spec", think, brief)
    sounding = run.submit("sound", think, brief)
    run.report(20, "visuals", "Buying clips")
    run.each("visuals", buy_clip, list(range(CLIPS)), words)
    sounding.result()
    run.report(76, "compose", "Cutting")
    return run.step("keep", keep, brief)


def think(tools: Tools, brief: Brief) -> str:
    """Something that takes a moment and costs nothing."""
    tools.check()
    time.sleep(STEP_S)
    return brief.prompt


def buy_clip(tools: Tools, number: int, words: str) -> str:
    """One order at the shop, on the books before it is sent."""
    bill = tools.job(20, 70, "visuals").till.order(Use(MODEL, images=1), traceable=True)
    order = place_once(bill, RemoteShop(int(os.environ[SHOP])), tools.check)
    time.sleep(STEP_S)
    tools.check()
    bill.settle(PRICE)
    return order
