"""The REST API of hero frames and takes as its pages see it, answered in the browser: for states that a real set passes too quickly.

Sets are kept here and changed by the test; a page is told as by the studio, by asking again. Pictures are the doors' own stills.
"""

import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs
from uuid import NAMESPACE_URL, uuid5

from playwright.sync_api import BrowserContext, Route

from pipelines.hero.terms import TERMS, TITLES
from pipelines.motion.motion_terms import ARTIFACTS, MOVEMENTS, SPEEDS, STABLE, TEMPLATES

WHEN = "2026-01-12T09:{minute:02d}:00Z"
STILLS = {"9:16": "/s/still-watch.webp", "16:9": "/s/still-headphones.webp", "1:1": "/s/still-jar.webp"}
SIZES = {"9:16": (1080, 1920), "16:9": (1920, 1080), "1:1": (1080, 1080)}
PROMPT = "A steel watch on wet black stone"

OPTIONS = {
    "matters": [
        {
            "id": matter,
            "title": TITLES[matter],
            "terms": [{"id": k, "title": t.title, "words": t.words, "why": t.why} for k, t in rows.items()],
        }
        for matter, rows in TERMS.items()
    ],
    "counts": [4, 8],
    "aspects": list(SIZES),
    "models": [
        {"id": "product-studio/v1", "title": "Product studio: path-traced", "price_usd": 0, "why_not": "", "can": ["exact framing"]},
        {"id": "flux/dev", "title": "FLUX", "price_usd": 0.03, "why_not": "Set REPLICATE_API_TOKEN to use it.", "can": ["reference"]},
    ],
    "default_model": "product-studio/v1",
}
TAKES = {
    "cameras": [{"id": k, "title": m.title, "what": m.hint, "directed": len(m.moves) > 1} for k, m in MOVEMENTS.items()],
    "speeds": [{"id": k, "title": title, "what": f"{words}."} for k, (title, words, _) in SPEEDS.items()],
    "fps": [24, 25, 30],
    "intensities": [
        {"id": 0.25, "title": "Barely"},
        {"id": 0.5, "title": "Gently"},
        {"id": 0.75, "title": "Clearly"},
        {"id": 1.0, "title": "Strongly"},
    ],
    "directions": [{"id": "left", "title": "To the left"}, {"id": "right", "title": "To the right"}],
    "templates": [
        {
            "id": k,
            "title": t.title,
            "what": t.hint,
            "motion": {
                "camera": t.movement,
                "speed": t.speed,
                "intensity": t.intensity,
                "motion_prompt": t.words,
                "negative_prompt": t.negative,
            },
        }
        for k, t in TEMPLATES.items()
    ],
    "negatives": [*ARTIFACTS.split(", "), *STABLE.split(", ")],
    "attempts": {"default": 3, "min": 1, "max": 6},
    "models": [
        {
            "id": "parallax/v1",
            "title": "Parallax camera",
            "price_usd": 0,
            "per": "",
            "why_not": "",
            "can": ["exact moves"],
            "seconds": [2, 10],
        },
        {
            "id": "kling/2",
            "title": "Kling",
            "price_usd": 0.07,
            "per": "a second",
            "why_not": "Set REPLICATE_API_TOKEN to use it.",
            "can": ["people"],
            "seconds": [5, 10],
        },
    ],
    "default_model": "parallax/v1",
}
QUOTE = {"cost": 0, "per_attempt": 0, "lines": [], "notes": [], "warnings": [], "left_this_month": 50.0, "cap_per_ad": 5.0}


def named(name: str) -> str:
    """An id that is the same in every run."""
    return str(uuid5(NAMESPACE_URL, name))


class HeroStub:
    """sets: id → SetReply, changed freely by the test. asked: (method, path, body) of everything that changes something."""

    def __init__(self, context: BrowserContext) -> None:
        self.sets: dict[str, dict[str, Any]] = {}
        self.asked: list[tuple[str, str, Any]] = []
        self.replies: dict[str, Callable[[Any], dict[str, Any]]] = {}
        self.quote = dict(QUOTE)
        for pattern in ("hero-frames", "hero-sets", "image-to-video"):
            context.route(re.compile(rf"/api/{pattern}"), self._answer)

    def add(self, name: str = "one", **more: Any) -> dict[str, Any]:
        """A finished set of four, unless `more` says otherwise. made: how many of its frames are there."""
        id, count, aspect = named(name), more.get("count", 4), more.get("aspect_ratio", "9:16")
        made = more.pop("made", count)
        parent = more.get("parent_frame_id")
        root = next((s["root_id"] for s in self.sets.values() if any(f["id"] == parent for f in s["frames"])), id)
        at = WHEN.format(minute=len(self.sets))
        one: dict[str, Any] = {
            "id": id,
            "root_id": root,
            "parent_frame_id": None,
            "change": "new",
            "status": "completed",
            "progress": 100,
            "current_step": "",
            "eta_seconds": None,
            "queue_position": None,
            "prompt": PROMPT,
            "original_prompt": PROMPT,
            "enhanced_prompt": None,
            "words": "",
            "choices": {},
            "negative_prompt": "",
            "aspect_ratio": aspect,
            "model": "product-studio/v1",
            "seed": 7,
            "count": count,
            "quoted_cost": 0,
            "cost": 0,
            "error": None,
            "created_at": at,
            "team_id": None,
            "may": "manage",
            "frames": [],
        } | more
        one["frames"] = [self._frame(one, position, position < made) for position in range(count)]
        self.sets[id] = one
        return one

    def arrive(self, name: str, made: int) -> None:
        """`made` frames of the set are there."""
        one = self.sets[named(name)]
        one["frames"] = [self._frame(one, frame["position"], frame["position"] < made) | ({"id": frame["id"]}) for frame in one["frames"]]
        one["progress"] = 100 * made // one["count"]

    def _frame(self, one: dict[str, Any], position: int, made: bool) -> dict[str, Any]:
        width, height = SIZES[one["aspect_ratio"]]
        still = STILLS[one["aspect_ratio"]] if made else None
        return {
            "id": named(f"{one['id']}/{position}"),
            "set_id": one["id"],
            "root_id": one["root_id"],
            "position": position,
            "parent_id": one["parent_frame_id"],
            "change": one["change"],
            "status": "completed" if made else "pending",
            "prompt": one["prompt"],
            "negative_prompt": "",
            "choices": one["choices"],
            "model": one["model"],
            "seed": 100 + position,
            "aspect_ratio": one["aspect_ratio"],
            "width": width,
            "height": height,
            "image_url": still,
            "thumbnail_url": still,
            "favorite": False,
            "primary": False,
            "made": {"backend": "product studio"},
            "cost": 0,
            "error": None,
            "created_at": one["created_at"],
            "team_id": one["team_id"],
        }

    def _answer(self, route: Route) -> None:
        request = route.request
        path, _, query = request.url.split("/api/", 1)[1].partition("?")
        body = request.post_data_json if request.post_data else None
        if request.method != "GET" and not path.endswith("estimate"):
            self.asked.append((request.method, path, body))
        reply = self._reply(request.method, path, body if body is not None else {k: v for k, (v,) in parse_qs(query).items()})
        if reply is None:
            error = {"error": {"code": "not_found", "message": "There is nothing here.", "field": None}}
            route.fulfill(status=404, content_type="application/json", body=json.dumps(error))
        else:
            route.fulfill(json=reply)

    def _reply(self, method: str, path: str, body: Any) -> dict[str, Any] | None:
        frames = {frame["id"]: frame for one in self.sets.values() for frame in one["frames"]}
        if path in self.replies:
            return self.replies[path](body)
        match path.split("/"):
            case ["hero-frames", "options"]:
                return OPTIONS
            case ["image-to-video", "options"]:
                return TAKES
            case ["hero-frames" | "image-to-video", "estimate"]:
                return self.quote
            case ["image-to-video"]:
                return {"group_id": named("group"), "generation_id": named("take"), "iteration": 1, "status": "pending"}
            case ["hero-sets"]:
                newest = sorted(self.sets.values(), key=lambda one: one["created_at"], reverse=True)
                return {"total": len(newest), "sets": newest}
            case ["hero-sets", id] if method == "DELETE" and id in self.sets:
                del self.sets[id]
                return {"message": "Deleted."}
            case ["hero-sets", id]:
                return self.sets.get(id)
            case ["hero-frames"] if method == "POST":
                return self.add(f"set {len(self.sets)}", **{"made": 0, "status": "processing", "progress": 3} | body_of(body))
            case ["hero-frames"]:
                there = [frame for frame in frames.values() if frame["image_url"]]
                asked = [flag for name, flag in (("favorites", "favorite"), ("primary", "primary")) if name in body]
                kept = [f for f in there if all(f[flag] for flag in asked) and body.get("q", "").lower() in f["prompt"].lower()]
                return {"total": len(kept), "frames": kept, "models": sorted({frame["model"] for frame in there})}
            case ["hero-frames", id, "lineage"] if id in frames:
                root = frames[id]["root_id"]
                return {"root_id": root, "sets": [one for one in self.sets.values() if one["root_id"] == root]}
            case ["hero-frames", id, "favorite"] if id in frames:
                frames[id]["favorite"] = method == "PUT"
                return frames[id]
            case ["hero-frames", id, "select"] if id in frames:
                for frame in frames.values():
                    frame["primary"] = frame["id"] == id if frame["root_id"] == frames[id]["root_id"] else frame["primary"]
                return frames[id]
            case ["hero-frames", id, "again" | "vary" as change] if id in frames:
                parent = self.sets[frames[id]["set_id"]]
                kept = {name: parent[name] for name in ("prompt", "original_prompt", "aspect_ratio", "count")}
                choices = {**parent["choices"], **(body or {}).get("choices", {})}
                said = {"choices": choices, "words": (body or {}).get("words", ""), "change": change, "parent_frame_id": id}
                return self.add(f"set {len(self.sets)}", **kept, **said, made=0, status="pending", progress=0, queue_position=1)
            case ["hero-frames", id]:
                return frames.get(id)
        return None


def body_of(body: dict[str, Any]) -> dict[str, Any]:
    """What an order and the reply to it have in common."""
    return {name: body[name] for name in ("prompt", "choices", "aspect_ratio", "count", "original_prompt") if name in body}
