"""The REST API as one sub-application: `app.mount("/api", rest_api(services))`. Its errors have one shape, whatever went wrong."""

import re
from functools import cache
from typing import Any

from fastapi import FastAPI
from starlette.routing import BaseRoute

from studio.api.error_replies import install_error_replies
from studio.api.rest import (
    auth,
    brands,
    dashboard,
    editor,
    editor_assets,
    enhancement,
    events,
    feedback,
    files,
    generations,
    hero,
    orders,
    people,
    provenance,
    quality,
    regenerations,
    results,
    retention,
    reviews,
    sessions,
    sharing,
    takes,
    team_links,
    teams,
    terms,
    variants,
)
from studio.api.rest.services import Services
from studio.api.rest.shapes.errors import ALWAYS, WRITING, ErrorReply, described_refusals
from studio.api.rest.shapes.examples import WHOLE

VERSION = "1"
ABOUT = """Everything the pages do can be done over HTTP. Bodies and answers are JSON, times are ISO 8601 in UTC, money is in US dollars,
ids are UUIDs. Every error is `{"error": {"code", "message"[, "field"]}}`. Each person may send 100 requests a minute (films and the
stream of news are not counted) and order 10 ads an hour."""
TAGS = [
    {"name": "accounts", "description": "Joining, signing in and out, and one's own figures."},
    {"name": "orders", "description": "Before an ad is made: a better prompt, its price, the order."},
    {"name": "ads", "description": "Ads once they are ordered: follow, stop, try again, list, remove."},
    {"name": "hero frames", "description": "One picture in words, seen in several ways; the one that decides how the rest looks."},
    {"name": "takes", "description": "A hero frame set in motion, several times; compared, chosen from, made better, used."},
    {"name": "variants", "description": "Ads that differ in a line, a shape or a story; clips they share are made once."},
    {"name": "brands", "description": "How a brand looks and speaks, kept once: name, logo, colours, own fonts, tone, call to action."},
    {"name": "teams", "description": "People who work on the same ads and brand kits: roles, invitations by name and by link, quotas."},
    {"name": "editor", "description": "A finished ad's timeline: edits by name, undone and done again, saved, exported, handed on."},
    {"name": "files", "description": "Films and pictures; uploads."},
    {"name": "quality", "description": "What all of one's work measured, and what iterating came to."},
    {"name": "results", "description": "What became of ads where they were shown, and what to test next."},
    {"name": "feedback", "description": "What people make of their ads, and what is learned from it."},
    {"name": "sharing", "description": "Links that show a finished ad to people without an account; what they say, and what they decide."},
    {"name": "studio", "description": "What this installation can do, and whether it is well."},
]
TEAMS, TEAMS_OWN = ("role_refused",), {"generation_id", "kit_id"}
"""What may be answered of everything that can belong to a team, and how such things are called in addresses."""

ERROR = "#/components/schemas/ErrorReply"


def rest_api(services: Services) -> FastAPI:
    """The sub-application."""
    api = _routes()
    api.state.services = services
    return api


def described() -> dict[str, Any]:
    """The OpenAPI document, as it is served at /api/openapi.json."""
    return _routes().openapi()


def _routes() -> FastAPI:
    api = _bare()
    install_error_replies(api)
    api.router.routes.extend(_parts())
    written = api.openapi

    def complete() -> dict[str, Any]:
        if api.openapi_schema is None:
            api.openapi_schema = _completed(written())
        return api.openapi_schema

    api.openapi = complete  # type: ignore[method-assign]
    return api


def _bare() -> FastAPI:
    """Without a route of ours."""
    return FastAPI(
        title="Ad Studio",
        version=VERSION,
        description=ABOUT,
        openapi_tags=TAGS,
        openapi_url="/openapi.json",
        docs_url=None,
        redoc_url=None,
        generate_unique_id_function=lambda route: route.name,
    )


@cache
def _parts() -> tuple[BaseRoute, ...]:
    """The routes, the same ones in every application of this process: what FastAPI works out of each when it is asked first, which takes
    long, stays with it."""
    api = _bare()
    given = len(api.routes)
    for part in (
        auth,
        sessions,
        terms,
        orders,
        generations,
        hero,
        takes,
        variants,
        brands,
        teams,
        team_links,
        quality,
        enhancement,
        provenance,
        editor,
        editor_assets,
        regenerations,
        dashboard,
        results,
        feedback,
        files,
        sharing,
        reviews,
        events,
        people,
        retention,
    ):
        api.include_router(part.router)
    return tuple(api.routes[given:])


def _completed(document: dict[str, Any]) -> dict[str, Any]:
    """What every route may answer is added once, here, instead of in each of them."""
    document["components"]["schemas"].setdefault("ErrorReply", ErrorReply.model_json_schema())
    document["servers"] = [{"url": "/api"}]
    document["security"] = [{"bearer": []}, {"cookie": []}]
    for unused in ("HTTPValidationError", "ValidationError"):  # FastAPI's shape of an error; ours is another
        document["components"]["schemas"].pop(unused, None)
    for name, examples in WHOLE.items():
        document["components"]["schemas"][name]["examples"] = examples
    for path, item in document["paths"].items():
        for method, operation in item.items():
            operation.setdefault("security", [])
            if "HTTPValidationError" in str(operation["responses"].get("422")):
                del operation["responses"]["422"]  # an id is any text; one that cannot be is answered with 404
            codes = ALWAYS + (() if method == "get" else WRITING) + (TEAMS if TEAMS_OWN & set(re.findall(r"{(\w+)}", path)) else ())
            for status, reply in described_refusals(codes, ERROR).items():
                there = operation["responses"].setdefault(status, reply)
                if there is not reply:
                    there["description"] = f"{there['description']}, {reply['description']}"
                    there["content"]["application/json"].setdefault("examples", {}).update(reply["content"]["application/json"]["examples"])
    return document
