"""A store with many takes of one person, as it looks after a year of iterating. Fast to fill, the same figures each time.

Every video has one to four iterations of three attempts with ten measures each; later iterations score a little higher.
"""

import random
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import insert, text

from studio.store.database import Database
from studio.store.tables import (
    AttemptMetric,
    CallState,
    Generation,
    GenerationGroup,
    GenerationKind,
    Iteration,
    PaidCall,
    QualityMetric,
    Status,
    User,
    VideoAttempt,
    new_id,
)

BEGAN = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
MODELS = ("motion-study/v1", "wan-2.2", "kling-2.1")
TAGS = ("spring", "summer", None)
ATTEMPTS = 3
MEASURES: tuple[tuple[str, str, str, float | None, float | None, str, float, float], ...] = (
    ("temporal_flickering", "vbench.temporal_flickering", "exact", 0.0, 1.0, "higher", 0.982, 0.006),
    ("interp_residual_dis_v1", "proxy.interp_residual_dis_v1", "proxy", 0.0, 1.0, "higher", 0.985, 0.007),
    ("appearance_drift_v1", "proxy.appearance_drift_v1", "proxy", 0.0, 1.0, "lower", 0.09, 0.03),
    ("brightness_flicker_v1", "proxy.brightness_flicker_v1", "proxy", 0.0, 255.0, "lower", 0.6, 0.25),
    ("sharpness_v1", "proxy.sharpness_v1", "proxy", 0.0, None, "higher", 240.0, 80.0),
    ("noise_v1", "proxy.noise_v1", "proxy", 0.0, None, "lower", 1.8, 0.5),
    ("clipping_v1", "proxy.clipping_v1", "proxy", 0.0, 1.0, "lower", 0.012, 0.006),
    ("blockiness_v1", "proxy.blockiness_v1", "proxy", 0.0, None, "lower", 0.2, 0.08),
    ("brightness_v1", "proxy.brightness_v1", "proxy", 0.0, 255.0, "neither", 108.0, 22.0),
    ("motion_amount_dis_v1", "proxy.motion_amount_dis_v1", "proxy", 0.0, None, "neither", 0.7, 0.3),
)
"""metric, name, kind, low, high, direction, middle and spread of what is made up."""

GONE = ("subject_consistency", "vbench.subject_consistency")
"""A measure that nobody here could take."""

Rows = dict[Any, list[dict[str, Any]]]


def person(database: Database, name: str, made: datetime = BEGAN) -> str:
    """Somebody who cannot sign in; the id."""
    with database.writing() as session:
        someone = User(username=name, username_key=name, password_hash="-", total_generations=0, total_cost=Decimal(0), created_at=made)
        session.add(someone)
        session.flush()
        return someone.id


def fill(database: Database, user_id: str, n_videos: int, *, began: datetime = BEGAN, every: timedelta = timedelta(hours=3)) -> list[str]:
    """Make that many videos of the person; the ids of their groups."""
    chance = random.Random(n_videos)
    groups: list[str] = []
    for first in range(0, n_videos, 500):
        rows: Rows = {t: [] for t in (Generation, GenerationGroup, Iteration, VideoAttempt, AttemptMetric, PaidCall)}
        for n in range(first, min(first + 500, n_videos)):
            groups.append(_video(rows, chance, user_id, n, began + n * every))
        _write(database, rows)
    return groups


def fill_ads(database: Database, user_id: str, n_ads: int, *, began: datetime = BEGAN, every: timedelta = timedelta(hours=3)) -> None:
    """Make that many finished ads of the person, measured as a whole and in each of four scenes."""
    chance = random.Random(n_ads)
    for first in range(0, n_ads, 500):
        rows: Rows = {Generation: [], QualityMetric: []}
        for n in range(first, min(first + 500, n_ads)):
            id, at = new_id(), began + n * every
            rows[Generation].append(_generation(id, user_id, GenerationKind.AD, at, "A made-up ad"))
            for scene in range(5):
                rows[QualityMetric] += [{"generation_id": id, "scene": scene} | row for row in _measures(chance, at, 0.0)]
        _write(database, rows)


def analyse(database: Database) -> None:
    """Let the planner know what there is, as an installation of that size does."""
    with database.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text("ANALYZE"))


def _video(rows: Rows, chance: random.Random, user_id: str, n: int, at: datetime) -> str:
    group, best = new_id(), ("", -1.0)
    iterations = chance.choices((1, 2, 3, 4), (30, 40, 20, 10))[0]
    model = chance.choices(MODELS, (60, 25, 15))[0]
    for number in range(1, iterations + 1):
        order, then = new_id(), at + timedelta(minutes=20 * number)
        rows[Generation].append(_generation(order, user_id, GenerationKind.TAKE, then, "A made-up take"))
        rows[Iteration].append({"generation_id": order, "group_id": group, "number": number, "model": model, "created_at": then})
        made = [_attempt(rows, chance, group, order, number, i, model, then) for i in range(ATTEMPTS)]
        selected = max(made, key=lambda row: row["overall"])
        selected["is_system_selected_best"] = True
        chosen = selected if chance.random() < 0.74 else chance.choice(made)
        if number == iterations:
            chosen["is_user_selected_best"] = chance.random() < 0.6
            best = (chosen["id"], chosen["overall"])
        rows[VideoAttempt] += made
        if model != MODELS[0]:
            rows[PaidCall].append(_bill(chance, user_id, order, model, then))
    final = best[0] if chance.random() < 0.8 else None
    rows[GenerationGroup].append(
        {
            "id": group,
            "user_id": user_id,
            "title": f"Made-up video {n + 1}",
            "tag": chance.choice(TAGS),
            "final_attempt_id": final,
            "created_at": at,
        }
    )
    return group


def _attempt(rows: Rows, chance: random.Random, group: str, order: str, number: int, i: int, model: str, at: datetime) -> dict[str, Any]:
    id = new_id()
    rows[AttemptMetric] += [{"attempt_id": id} | row for row in _measures(chance, at, 0.4 * number)]
    return {
        "id": id,
        "group_id": group,
        "generation_id": order,
        "iteration_index": number,
        "position": i,
        "seed": chance.randrange(2**31),
        "model": model,
        "status": Status.COMPLETED,
        "n_frames": 120,
        "fps": 24,
        "width": 1080,
        "height": 1920,
        "overall": min(0.99, max(0.2, chance.gauss(0.62 + 0.03 * number, 0.06))),
        "is_system_selected_best": False,
        "is_user_selected_best": False,
        "created_at": at,
    }


def _measures(chance: random.Random, at: datetime, lift: float) -> list[dict[str, Any]]:
    picture = {"fps": 24.0, "width": 1080, "height": 1920, "decoder": "h264 by PyAV 16.0.1, default swscale", "created_at": at}
    found = []
    for metric, name, kind, low, high, direction, middle, spread in MEASURES:
        better = {"higher": 1, "lower": -1, "neither": 0}[direction]
        value = max(0.0, chance.gauss(middle + better * lift * spread, spread))
        value = value if high is None else min(high, value)
        of = {"metric": metric, "name": name, "kind": kind, "value": value, "low": low, "high": high, "direction": direction}
        found.append(of | {"reason": ""} | picture)
    gone = {"metric": GONE[0], "name": GONE[1], "kind": "unavailable", "value": None, "low": 0.0, "high": 1.0, "direction": "higher"}
    return [*found, gone | {"reason": "This installation has no weights for it."} | picture]


def _generation(id: str, user_id: str, kind: GenerationKind, at: datetime, prompt: str) -> dict[str, Any]:
    what = {
        "id": id,
        "user_id": user_id,
        "kind": kind,
        "listed": kind is GenerationKind.AD,
        "prompt": prompt,
        "prompt_key": prompt.casefold(),
    }
    return what | {"status": Status.COMPLETED, "quoted_cost": Decimal(0), "created_at": at}


def _bill(chance: random.Random, user_id: str, order: str, model: str, at: datetime) -> dict[str, Any]:
    cost = Decimal(chance.choice(("0.7500", "1.0500")))
    of = {"id": new_id(), "key": order, "user_id": user_id, "generation_id": order, "model": model, "created_at": at}
    return of | {"state": CallState.SETTLED, "reserved": cost, "cost": cost}


def _write(database: Database, rows: Rows) -> None:
    with database.writing() as session:
        for table in (Generation, GenerationGroup, Iteration, VideoAttempt, AttemptMetric, QualityMetric, PaidCall):
            if rows.get(table):
                session.execute(insert(table), rows[table])
