"""How an ad came to be: its Content Credentials, its licences, and what to say of it."""

from fastapi import APIRouter

from studio.api.rest.asking import Person, TheServices, concealed
from studio.api.rest.shapes.errors import SIGNED_IN, refusals
from studio.api.rest.shapes.provenance import ProvenanceReply
from studio.words.api import REFUSALS

NO_AD = REFUSALS["no_ad"]

router = APIRouter(tags=["ads"])


@router.get(
    "/generations/{generation_id}/provenance", summary="How an ad came to be", responses=refusals(*SIGNED_IN, "not_found", "not_ready")
)
def provenance(generation_id: str, account: Person, services: TheServices) -> ProvenanceReply:
    """What the film bears, read and checked just now; models, seeds, typefaces and sound with their licences as they were named when it was
    made; a text for each platform to say so with. 409: not finished."""
    with concealed(NO_AD):
        return ProvenanceReply.model_validate(services.provenances.told(account.id, generation_id))
