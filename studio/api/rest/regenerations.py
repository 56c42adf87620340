"""Clips of an edit made again, gaps filled (FR-036), and the measured scores under a draft with their fixes."""

from fastapi import APIRouter, Response

from studio.api.rest.asking import Person, TheServices, concealed
from studio.api.rest.editor import CHANGED, HERE
from studio.api.rest.generations import FOUND, NO_AD
from studio.api.rest.shapes import regenerations as shapes
from studio.api.rest.shapes.editor import DraftReply
from studio.api.rest.shapes.errors import refusals
from studio.services.editor_told import told

ASKED = CHANGED | refusals("not_ready")
PLACE = f"{HERE}/regenerations"

router = APIRouter(tags=["editor"])


@router.post(f"{PLACE}/estimate", summary="What making a clip again may cost", responses=ASKED)
def estimate_regeneration(
    generation_id: str, asked: shapes.AskedRegeneration, account: Person, services: TheServices
) -> shapes.RegenerationEstimateReply:
    """At most, all attempts together; and which words, model and frames would be used, and why. Nothing is ordered."""
    with concealed(NO_AD):
        found = services.regenerations.estimate(account.id, generation_id, asked.revision, asked.asked())
    left, cap = services.spending.budget(account.id).left, services.spending.caps.ad
    return shapes.regeneration_estimate(found, left, cap)


@router.post(PLACE, status_code=202, summary="Make a clip again, or fill a gap", responses=ASKED | refusals("over_cap", "busy", "too_many"))
def order_regeneration(
    generation_id: str, asked: shapes.AskedRegeneration, account: Person, services: TheServices
) -> shapes.RegenerationReply:
    """Several attempts for exactly the slot's frames, matched to its neighbours, measured and compared. Nothing of the draft changes
    until one is accepted. 402: a spending cap would be passed."""
    with concealed(NO_AD):
        id = services.regenerations.order(account.id, generation_id, asked.revision, asked.asked())
        return shapes.regeneration_reply(services.regenerated.one(account.id, generation_id, id))


@router.get(PLACE, summary="Clips that were made again", responses=refusals(*FOUND))
def list_regenerations(generation_id: str, account: Person, services: TheServices) -> shapes.RegenerationsReply:
    """All of this ad, newest first."""
    with concealed(NO_AD):
        found = services.regenerated.of(account.id, generation_id)
    return shapes.RegenerationsReply(regenerations=[shapes.regeneration_reply(one) for one in found])


@router.get(f"{PLACE}/{{regeneration_id}}", summary="One clip that is made again", responses=refusals(*FOUND))
def one_regeneration(generation_id: str, regeneration_id: str, account: Person, services: TheServices) -> shapes.RegenerationReply:
    """How far it is, and its attempts."""
    with concealed(NO_AD):
        return shapes.regeneration_reply(services.regenerated.one(account.id, generation_id, regeneration_id))


@router.post(f"{PLACE}/{{regeneration_id}}/accept", summary="Put an attempt into the draft", responses=ASKED)
def accept_regeneration(
    generation_id: str, regeneration_id: str, asked: shapes.AskedAcceptance, account: Person, services: TheServices
) -> DraftReply:
    """An edit like any other, which can be undone; what lay there before stays in the bin."""
    with concealed(NO_AD):
        draft = services.regenerated.accept(account.id, generation_id, regeneration_id, asked.revision, asked.attempt_id)
    return DraftReply(**told(draft, lambda id: f"/api/media/{id}", services.proxies.of(draft)))


@router.post(f"{PLACE}/{{regeneration_id}}/cancel", status_code=202, summary="Stop making a clip", responses=refusals(*FOUND))
def cancel_regeneration(generation_id: str, regeneration_id: str, account: Person, services: TheServices) -> shapes.RegenerationReply:
    """Attempts that are made stay."""
    with concealed(NO_AD):
        return shapes.regeneration_reply(services.regenerated.cancel(account.id, generation_id, regeneration_id))


@router.delete(
    f"{PLACE}/{{regeneration_id}}", status_code=204, summary="Remove a clip that was made again", responses=refusals(*FOUND, "not_ready")
)
def remove_regeneration(generation_id: str, regeneration_id: str, account: Person, services: TheServices) -> Response:
    """With its attempts; one that was accepted stays with the ad. 409: it is still being made."""
    with concealed(NO_AD):
        services.regenerated.remove(account.id, generation_id, regeneration_id)
    return Response(status_code=204)


@router.get(f"{HERE}/scores", summary="What a draft's clips and cuts measured", responses=refusals(*FOUND, "not_ready"))
def editor_scores(generation_id: str, account: Person, services: TheServices) -> shapes.ScoresReply:
    """Measured on the ad's film and mapped to the draft; what differs by now is stale. Findings come with edits that mend them."""
    with concealed(NO_AD):
        return shapes.ScoresReply.model_validate(services.editor_scores.of(account.id, generation_id))
