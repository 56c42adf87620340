"""A store with many ads of several people, as it looks after a year: one person has half of them. Fast to fill, and the same each time."""

import random
import uuid
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from sqlalchemy import insert, text

from studio.jobs.tables import jobs, progress
from studio.security import Passwords
from studio.services.library import search_key
from studio.store.database import Database
from studio.store.tables import Blueprint, Generation, MediaFile, Status, User

PASSWORD = "benchmark password"
BATCH = 1000
THINGS = (
    "luxury watch",
    "running shoe",
    "coffee mug",
    "perfume",
    "phone",
    "skin cream",
    "backpack",
    "water bottle",
    "headphones",
    "candle",
)
WAYS = ("for Instagram", "with a calm mood", "in dark water", "for a summer sale", "that feels premium", "on white marble")
BEGAN = datetime(2026, 1, 1, tzinfo=UTC)


def fill(database: Database, n_ads: int, n_people: int = 20) -> list[str]:
    """Make people "person0" … (all with PASSWORD) and their ads; returns the people's ids."""
    chance = random.Random(7)
    people = [_uuid(chance) for _ in range(n_people)]
    hashed = Passwords().hash(PASSWORD)
    with database.writing() as session:
        session.execute(
            insert(User),
            [
                {
                    "id": id,
                    "username": f"person{i}",
                    "username_key": f"person{i}",
                    "password_hash": hashed,
                    "total_generations": 0,
                    "total_cost": Decimal(0),
                    "created_at": BEGAN,
                }
                for i, id in enumerate(people)
            ],
        )
    for first in range(0, n_ads, BATCH):
        _batch(database, [_ad(chance, people, n) for n in range(first, min(first + BATCH, n_ads))])
    with database.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text("ANALYZE"))
    return people


def _ad(chance: random.Random, people: list[str], n: int) -> dict[str, object]:
    made = BEGAN + timedelta(minutes=4 * n)
    owner = people[0] if n % 2 else chance.choice(people[1:])
    status = chance.choices([Status.COMPLETED, Status.FAILED], [95, 5])[0]
    prompt = f"Create a {chance.choice(THINGS)} ad {chance.choice(WAYS)}, number {n}"
    return {"id": _uuid(chance), "owner": owner, "prompt": prompt, "status": status, "at": made, "files": (_uuid(chance), _uuid(chance))}


def _batch(database: Database, ads: list[dict[str, object]]) -> None:
    files, rows, plans, made, told = [], [], [], [], []
    for ad in ads:
        done = ad["status"] is Status.COMPLETED
        video, poster = ad["files"]  # type: ignore[misc]
        for id, kind, mime in ((video, "video", "video/mp4"), (poster, "thumbnail", "image/png")):
            files.append(
                {
                    "id": id,
                    "owner_id": ad["owner"],
                    "sha256": uuid.UUID(id).hex * 2,
                    "kind": kind,
                    "mime": mime,
                    "size": 9_000_000,
                    "made_for": ad["id"],
                    "created_at": ad["at"],
                }
            )
        rows.append(
            {
                "id": ad["id"],
                "user_id": ad["owner"],
                "prompt": ad["prompt"],
                "prompt_key": search_key(str(ad["prompt"])),
                "brief": {"prompt": ad["prompt"], "duration": 15, "aspect": "9:16"},
                "status": ad["status"],
                "models": ["product-studio/v1", "sound-studio/v1"],
                "notes": [],
                "video_id": video if done else None,
                "thumbnail_id": poster if done else None,
                "quoted_cost": Decimal("0"),
                "cost": Decimal("0") if done else None,
                "error_code": None if done else "model_failed",
                "error_message": None if done else "The model could not make this picture; try another prompt.",
                "created_at": ad["at"],
                "completed_at": ad["at"] + timedelta(seconds=90),  # type: ignore[operator]
            }
        )
        plans.append(
            {"generation_id": ad["id"], "report": {"width": 1080, "height": 1920, "fps": 24, "duration_s": 15.0, "rationale": "x" * 300}}
        )
        seconds = ad["at"].timestamp()  # type: ignore[attr-defined]
        made.append(
            {
                "id": ad["id"],
                "owner": ad["owner"],
                "kind": "15 s, 9:16, 1080 px",
                "state": "completed" if done else "failed",
                "attempt": 1,
                "priority": 1,
                "created": seconds,
                "queued": seconds,
                "started": seconds + 1,
                "resumed": False,
                "finished": seconds + 90,
            }
        )
        told.append({"job": ad["id"], "percent": 100.0, "step": "done", "text": "Done", "at": seconds + 90, "revision": 50})
    with database.writing() as session:
        for table, values in ((MediaFile, files), (Generation, rows), (Blueprint, plans)):
            session.execute(insert(table), values)
        session.execute(insert(jobs), made)
        session.execute(insert(progress), told)


def _uuid(chance: random.Random) -> str:
    return str(uuid.UUID(int=chance.getrandbits(128), version=4))
