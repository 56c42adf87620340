"""The one shape of an error, and which refusals a route documents."""

from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class Problem(BaseModel):
    """What went wrong."""

    code: str = Field(description="Stable; for programs.", examples=["invalid_brief"])
    message: str = Field(description="One sentence that says what to do; for people.", examples=["Describe the ad in one sentence."])
    field: str | None = Field(None, description="The input that has to change, where it is one.", examples=["prompt"])


class ErrorReply(BaseModel):
    """Every error, whatever went wrong."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"error": {"code": "not_found", "message": "There is no such ad."}}]})

    error: Problem


REFUSALS: dict[str, tuple[int, str]] = {
    "not_finished": (400, "This ad is not finished yet."),
    "username_taken": (400, "That username already exists; choose another one."),
    "not_signed_in": (401, "Sign in first."),
    "wrong_credentials": (401, "That username and password do not match; check both and try again."),
    "link_locked": (401, "This link asks for a password; whoever sent it knows it."),
    "wrong_link_password": (401, "That is not the password of this link; check it and try again."),
    "over_cap": (402, "This ad may cost up to $6.00, and $5.00 is the most for one ad; choose a shorter one or cheaper models."),
    "not_yours": (403, "This ad belongs to somebody else."),
    "role_refused": (403, "You may look at this, comment and decide; to change it, ask an owner of its team to make you an editor."),
    "cross_site": (403, "Requests from other sites are refused."),
    "registration_closed": (403, "New accounts cannot be made here; ask whoever runs this studio for one."),
    "not_found": (404, "There is no such ad."),
    "not_ready": (409, "This ad is still being made; cancel it first."),
    "nothing_to_mend": (409, "The scenes belong together already: the largest jump of colour at a cut is ΔE 4.2. Nothing was changed."),
    "edited_elsewhere": (409, "This ad was changed in another window; reload it and go on from there. Nothing was overwritten."),
    "link_ended": (410, "This link has ended; ask whoever sent it for a new one."),
    "too_large": (413, "That is more than is taken at once."),
    "no_such_range": (416, "That part of the file does not exist; ask for the whole of it."),
    "unknown_host": (421, "This studio is not served under that name; whoever runs it can add it to ALLOWED_HOSTS."),
    "invalid_brief": (422, "The prompt has 5 characters; use 10 to 500, for example “Luxury watch ad for Instagram”."),
    "invalid_input": (422, "A password has at least 8 characters; this one has 5."),
    "edit_refused": (422, "Between these clips is room for a transition of 8 frames; trim them inwards to make more."),
    "invalid_request": (422, "“seed” cannot be read. Leave it out, or correct it."),
    "too_many": (429, "100 requests a minute is the limit; try again in 12 seconds."),
    "broken": (500, "Something broke; the log has the details. Try again."),
    "store_error": (503, "The database does not answer; start it, or correct DATABASE_URL."),
    "busy": (503, "500 orders are waiting, and no more are taken for the moment; try again in a few minutes."),
    "model_unavailable": (503, "A model this ad needs is not ready on this installation."),
}
"""Code → status and what it sounds like."""

ALWAYS = ("unknown_host", "broken", "store_error")
"""What any route may answer."""

WRITING = ("cross_site", "too_large")
"""What any route that changes something may answer."""

SIGNED_IN = ("not_signed_in", "too_many")
"""What a route answers to somebody who is not known, or asks too often."""

WAIT = {"retry-after": {"description": "Seconds after which the same request is let through.", "schema": {"type": "integer"}}}


def refusals(*codes: str) -> dict[int | str, dict[str, Any]]:
    """These refusals, as FastAPI's `responses`."""
    return _described(codes, {"model": ErrorReply})


def described_refusals(codes: Iterable[str], schema: str) -> dict[str, dict[str, Any]]:
    """The same as OpenAPI has it. schema: where ErrorReply is described."""
    found = _described(codes, {})
    for reply in found.values():
        reply["content"]["application/json"]["schema"] = {"$ref": schema}
    return {str(status): reply for status, reply in found.items()}


def _described(codes: Iterable[str], more: dict[str, Any]) -> dict[int | str, dict[str, Any]]:
    replies: dict[int | str, dict[str, Any]] = {}
    for code in codes:
        status, sentence = REFUSALS[code]
        reply = replies.setdefault(status, more | {"description": "", "content": {"application/json": {"examples": {}}}})
        reply["description"] = ", ".join(filter(None, (reply["description"], f"`{code}`")))
        reply["content"]["application/json"]["examples"][code] = {"value": {"error": {"code": code, "message": sentence}}}
        if code in ("too_many", "busy"):
            reply["headers"] = WAIT
    return replies
