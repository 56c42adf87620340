"""The terms of service of whoever runs this studio."""

from fastapi import APIRouter

from studio.api.rest.asking import Stranger, TheServices
from studio.api.rest.shapes import people
from studio.api.rest.shapes.errors import refusals
from studio.errors import NotFound

router = APIRouter(tags=["accounts"])


@router.get("/terms", summary="The terms of service", responses=refusals("not_found", "too_many"))
def terms(_: Stranger, services: TheServices, version: str | None = None) -> people.TermsReply:
    """The text that newcomers accept here, or an earlier one that somebody accepted. 404: there is none."""
    found = services.terms.now() if version is None else services.terms.of(version)
    if found is None:
        raise NotFound("This studio has no terms of its own.")
    return people.TermsReply(version=found.version, text=found.text)
