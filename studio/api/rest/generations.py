"""Ads once they are ordered (PRD §14.2, §14.3): follow, stop, try again, list, remove."""

from typing import Annotated

from fastapi import APIRouter, Query

from studio.api.rest.asking import Person, TheServices, concealed
from studio.api.rest.shapes.ads import DeletedReply, ListingReply, StatusReply, listing_reply, status_reply
from studio.api.rest.shapes.detail import DetailReply, detail_reply
from studio.api.rest.shapes.errors import SIGNED_IN, refusals
from studio.words.api import REFUSALS

NO_AD = REFUSALS["no_ad"]
FOUND = (*SIGNED_IN, "not_found")

router = APIRouter(tags=["ads"])


@router.get("/status/{generation_id}", summary="How far an ad is", responses=refusals(*FOUND, "not_yours"))
def status(generation_id: str, account: Person, services: TheServices) -> StatusReply:
    """How far the ad is, as PRD §14.2 has it."""
    return status_reply(services.generations.detail(account.id, generation_id))


@router.get("/generations", summary="One's ads", responses=refusals(*SIGNED_IN, "invalid_input", "invalid_request"))
def listing(
    account: Person,
    services: TheServices,
    limit: Annotated[int, Query(description="1 to 100.", json_schema_extra={"minimum": 1, "maximum": 100})] = 20,
    offset: Annotated[int, Query(description="How many to skip.", json_schema_extra={"minimum": 0, "maximum": 2**31 - 1})] = 0,
    status: Annotated[
        str | None,
        Query(description="Only these.", json_schema_extra={"enum": ["pending", "processing", "completed", "failed", "", None]}),
    ] = None,
    sort: Annotated[str, Query(json_schema_extra={"enum": ["created_at_desc", "created_at_asc"]})] = "created_at_desc",
    q: Annotated[str, Query(description="Part of the prompt, in any capitals.")] = "",
    team: Annotated[str, Query(description="One of your teams: everything that it has, whoever made it.")] = "",
) -> ListingReply:
    """The ads of whoever asks, or of a team of theirs, newest first."""
    page = services.library.gallery(account.id, q=q, status=status, sort=sort, limit=limit, offset=offset, team=team)
    return listing_reply(page)


@router.get("/generations/{generation_id}", summary="Everything about an ad", responses=refusals(*FOUND))
def detail(generation_id: str, account: Person, services: TheServices) -> DetailReply:
    """The ad as it stands: how far it is, what was asked, what came out."""
    with concealed(NO_AD):
        return detail_reply(services.generations.detail(account.id, generation_id))


@router.delete("/generations/{generation_id}", summary="Remove an ad", responses=refusals(*FOUND, "not_yours", "not_ready"))
def delete(generation_id: str, account: Person, services: TheServices) -> DeletedReply:
    """Remove the ad, its files and its links. 409: it is still being made."""
    services.generations.delete(account.id, generation_id)
    return DeletedReply(message="Video deleted successfully", generation_id=generation_id)


@router.post("/generations/{generation_id}/cancel", status_code=202, summary="Stop an ad", responses=refusals(*FOUND))
def cancel(generation_id: str, account: Person, services: TheServices) -> StatusReply:
    """Stop making the ad. Too late, the answer is the completed one; calls of models that are under way may still be billed."""
    with concealed(NO_AD):
        services.generations.cancel(account.id, generation_id)
        return status_reply(services.generations.detail(account.id, generation_id))


@router.post(
    "/generations/{generation_id}/retry",
    status_code=202,
    summary="Try an ad again",
    responses=refusals(*FOUND, "over_cap", "busy", "not_ready"),
)
def retry(generation_id: str, account: Person, services: TheServices) -> StatusReply:
    """Do again what failed or was stopped; what was made before is kept. It counts as one more ad of the hour. 409: nothing failed."""
    with concealed(NO_AD):
        services.generations.retry(account.id, generation_id)
        return status_reply(services.generations.detail(account.id, generation_id))
