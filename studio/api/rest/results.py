"""Results of ads: a platform's CSV brought, what it says, removed."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.concurrency import run_in_threadpool

from studio.api.rest.asking import Person, TheServices, concealed
from studio.api.rest.shapes.ads import DeletedReply
from studio.api.rest.shapes.errors import SIGNED_IN, refusals
from studio.api.rest.shapes.results import ResultsListReply, ResultsReply, ResultsRow, results_reply
from studio.services.results import Counted

NONE = "There are no such results."
FOUND = (*SIGNED_IN, "not_found")
LINES = """Ad name,Impressions,Link clicks
aurelia_wrist-watch_hookA_ctaA_9x16_PAS_15s_v1,10000,300
aurelia_wrist-watch_hookB_ctaA_9x16_PAS_15s_v1,10000,150
"""
CSV = {
    "requestBody": {
        "required": True,
        "description": "As a platform exports it: each ad's name (or an address with utm_content), impressions, clicks. At most 5 MB.",
        "content": {"text/csv": {"schema": {"type": "string"}, "example": LINES}},
    }
}

router = APIRouter(tags=["results"])


@router.post(
    "/results", status_code=201, summary="Bring results of ads", openapi_extra=CSV, responses=refusals(*SIGNED_IN, "invalid_input")
)
async def bring_results(
    request: Request,
    account: Person,
    services: TheServices,
    name: Annotated[str, Query(description="What the file is called.", examples=["november.csv"])] = "",
) -> ResultsReply:
    """Every ad is found by the name it was uploaded with. Lines that cannot be read are named and left out. A file that was brought before
    is told again."""
    data = await request.body()
    return results_reply(await run_in_threadpool(services.results.bring, account.id, data, name))


@router.get("/results", summary="Results that were brought", responses=refusals(*SIGNED_IN))
def results(account: Person, services: TheServices) -> ResultsListReply:
    """Those of whoever asks, newest first."""
    return ResultsListReply(results=[ResultsRow.model_validate(one) for one in services.results.listed(account.id)])


@router.get("/results/{import_id}", summary="What results say", responses=refusals(*FOUND, "invalid_request"))
def results_of(
    import_id: str,
    account: Person,
    services: TheServices,
    counted: Annotated[Counted, Query(description="What is counted of the impressions.")] = "clicks",
) -> ResultsReply:
    """By hook, call to action, shape and story, with 95 % intervals; what that allows to say, and what to test next."""
    with concealed(NONE):
        return results_reply(services.results.one(account.id, import_id, counted))


@router.delete("/results/{import_id}", summary="Remove results", responses=refusals(*FOUND))
def remove_results(import_id: str, account: Person, services: TheServices) -> DeletedReply:
    """Remove a file's figures; ads stay."""
    with concealed(NONE):
        services.results.remove(account.id, import_id)
    return DeletedReply(message="Results deleted successfully", generation_id=import_id)
