"""How good a finished ad measured (FR-040): scores, findings, readiness for its platform."""

from fastapi import APIRouter

from studio.api.rest.asking import Person, TheServices, concealed
from studio.api.rest.shapes.errors import SIGNED_IN, refusals
from studio.api.rest.shapes.quality import QualityReply, quality_reply
from studio.words.api import REFUSALS

NO_AD = REFUSALS["no_ad"]

router = APIRouter(tags=["ads"])


@router.get("/generations/{generation_id}/quality", summary="How good an ad measured", responses=refusals(*SIGNED_IN, "not_found"))
def quality(generation_id: str, account: Person, services: TheServices) -> QualityReply:
    """Every score with what is needed to believe it, what was found at its cuts, and what its platform asks. Empty until it is finished,
    and for ads of earlier releases."""
    with concealed(NO_AD):
        return quality_reply(services.quality.of(account.id, generation_id))
