"""A small ad in the shape of the real one, for the tests of the job engine: same order of steps, same kinds of values.

Everything a step does is written to `calls` in the ad's control folder, one line each. A file there decides what happens:

    hold-<point>   the step says "at <point>" and waits, asking every few milliseconds whether it is still wanted
    fail-<point>   the model refuses
    bug-<point>    an error nobody foresaw
    away-<point>   the database goes away, once
"""

import os
import time
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel, ConfigDict
from sqlalchemy.exc import OperationalError

from models.errors import Cancelled, ModelRefused
from models.pricing import Use
from models.till import place_once
from pipelines.progress import Run, Tools
from studio.jobs.failures import Abandoned
from tests.studio.jobs.provider import RemoteShop


class Shape(StrEnum):
    TALL = "9:16"
    WIDE = "16:9"


class Wish(BaseModel):
    """What was asked for. control: the folder of switches and of the call log."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    control: Path
    shots: int = 3
    shape: Shape = Shape.TALL
    colors: tuple[str, ...] = ("#102030",)


@dataclass(frozen=True)
class FakeShot:
    id: str
    lens_mm: float
    safe: tuple[float, float] = (0.1, 0.9)


@dataclass(frozen=True)
class FakePlan:
    wish: Wish
    shots: tuple[FakeShot, ...]
    extras: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class FakeMedia:
    shot_id: str
    path: Path
    cost: Decimal
    layers: dict[str, Path]


@dataclass(frozen=True)
class FakeAd:
    path: Path
    media: tuple[FakeMedia, ...]
    music: Path
    cost: Decimal
    stages: tuple[str, ...]


@dataclass(frozen=True)
class FakeRuntime:
    """What the tests' workers hand to steps: a shop in another process (None: nothing is bought)."""

    shop: RemoteShop | None


def fake_ad(run: Run, wish: Wish) -> FakeAd:
    """The order of the steps."""
    run.report(2, "spec", "Reading the brief")
    plan = run.step("plan", make_plan, wish)
    run.report(20, "visuals", "Photographing")
    point(run, wish, "planned")
    sounding = run.submit("sound", make_sound, plan)
    media = run.each("visuals", make_shot, plan.shots, plan)
    point(run, wish, "photographed")
    music = sounding.result()
    path = run.step("compose", finish, tuple(media), music, wish)
    point(run, wish, "composed")
    run.report(100, "done", "Done")
    stages = tuple(stage.name for stage in getattr(run, "stages", ()))
    return FakeAd(path, tuple(media), music, sum((m.cost for m in media), Decimal(0)), stages)


def make_plan(tools: Tools, wish: Wish) -> FakePlan:
    called(wish, "plan")
    point(tools, wish, "plan")
    return FakePlan(wish, tuple(FakeShot(f"s{i}", 35.5 + i) for i in range(wish.shots)), {"mood": "calm"})


def make_shot(tools: Tools, shot: FakeShot, plan: FakePlan) -> FakeMedia:
    job = tools.job(20, 70, "visuals")
    job.progress(0.0, f"Shot {shot.id}")
    called(plan.wish, shot.id)
    point(tools, plan.wish, shot.id)
    cost = buy(tools, plan.wish, shot) if tools.runtime.shop else Decimal(0)
    path = job.workdir / f"{shot.id}.txt"
    path.write_text(shot.id)
    job.progress(1.0, f"Shot {shot.id} is there")
    done(plan.wish, shot.id)
    return FakeMedia(shot.id, path, cost, {"depth": path.with_suffix(".png")})


def make_sound(tools: Tools, plan: FakePlan) -> Path:
    called(plan.wish, "sound")
    point(tools, plan.wish, "sound")
    done(plan.wish, "sound")
    return tools.workdir / "music.wav"


def finish(tools: Tools, media: tuple[FakeMedia, ...], music: Path, wish: Wish) -> Path:
    called(wish, "compose")
    tools.job(76, 99, "compose").progress(0.5, "Finishing")
    point(tools, wish, "compose")
    out = tools.workdir / "ad.txt"
    out.write_text("".join(m.path.read_text() for m in media))
    return out


def buy(tools: Tools, wish: Wish, shot: FakeShot) -> Decimal:
    """A clip from the shop in another process: ordered once, then waited for; cancelled there only when the person cancels."""
    runtime: FakeRuntime = tools.runtime
    assert runtime.shop is not None
    bill = tools.job(20, 70, "visuals").till.order(Use("remote-video", images=1), traceable=True)
    order = place_once(bill, runtime.shop, tools.check)
    try:
        while (wish.control / "hold-delivery").exists():
            tools.check()
            time.sleep(0.02)
    except Cancelled:
        runtime.shop.cancel(order)
        raise
    bill.settle(Decimal("0.20"))
    return Decimal("0.20")


def point(tools: Tools, wish: Wish, name: str) -> None:
    """A place where a test may interfere."""
    if (wish.control / f"fail-{name}").exists():
        raise ModelRefused(f"{name} was declined.", model="fake")
    if (wish.control / f"bug-{name}").exists():
        raise KeyError(name)
    if (wish.control / f"away-{name}").exists():
        (wish.control / f"away-{name}").unlink()
        raise OperationalError("SELECT", {}, ConnectionResetError())
    if (wish.control / f"hold-{name}").exists():
        called(wish, f"at {name}")
    try:
        while (wish.control / f"hold-{name}").exists():
            tools.check()
            time.sleep(0.02)
    except (Cancelled, Abandoned):
        called(wish, f"stopped {name}")
        raise


def called(wish: Wish, what: str) -> None:
    """One line in the log of calls: what, which process, when (monotonic, the same clock in every process)."""
    with (wish.control / "calls").open("a") as log:
        log.write(f"{what}|{os.getpid()}|{time.monotonic()}\n")


def done(wish: Wish, what: str) -> None:
    called(wish, f"done {what}")
