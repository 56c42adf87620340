"""Matching the scenes of a finished ad (FR-031): asked for, and what came of it."""

from fastapi import APIRouter

from studio.api.rest.asking import Person, TheServices, concealed
from studio.api.rest.shapes.enhancement import EnhancementReply, EnhancingReply, enhancement_reply
from studio.api.rest.shapes.errors import SIGNED_IN, refusals
from studio.store.tables import Status
from studio.words.api import REFUSALS

NO_AD = REFUSALS["no_ad"]
FOUND = (*SIGNED_IN, "not_found")

router = APIRouter(tags=["ads"])


@router.post(
    "/generations/{generation_id}/enhance",
    status_code=202,
    summary="Match the scenes of an ad",
    responses=refusals(*FOUND, "not_ready", "nothing_to_mend"),
)
def enhance(generation_id: str, account: Person, services: TheServices) -> EnhancingReply:
    """Draw together the scenes whose colours or light were found to jump, cut the film again and measure it again. It becomes an ad of
    its own; brand colours are not moved, and no model is asked. 409: not finished, or its scenes belong together already."""
    with concealed(NO_AD):
        id = services.enhancements.ask(account.id, generation_id)
    return EnhancingReply(generation_id=id, version_of=generation_id, status=Status.PENDING)


@router.get("/generations/{generation_id}/enhancement", summary="What matching its scenes came to", responses=refusals(*FOUND))
def enhancement(generation_id: str, account: Person, services: TheServices) -> EnhancementReply:
    """Of an enhanced version, or of the newest one of an ad: what was changed, each measure before and after, which findings are gone."""
    with concealed(NO_AD):
        return enhancement_reply(services.enhancements.of(account.id, generation_id))
