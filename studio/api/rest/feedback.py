"""What people make of their ads: stars, figures, and the weights learned from their choices."""

from fastapi import APIRouter

from studio.api.rest.asking import Person, TheServices, concealed
from studio.api.rest.services import Services
from studio.api.rest.shapes.errors import SIGNED_IN, refusals
from studio.api.rest.shapes.feedback import (
    AgreementReply,
    FeedbackReply,
    FiguresReply,
    ProposalReply,
    StarsAsked,
    StarsReply,
    WeightsAsked,
    WeightsReply,
)
from studio.words.api import REFUSALS

NO_AD = REFUSALS["no_ad"]
RATED = (*SIGNED_IN, "not_found")
SETTING = (*SIGNED_IN, "not_yours")

router = APIRouter(tags=["feedback"])


@router.post(
    "/generations/{generation_id}/rating",
    summary="Rate an ad",
    responses=refusals(*RATED, "not_ready", "invalid_input", "invalid_request"),
)
def rate(generation_id: str, asked: StarsAsked, account: Person, services: TheServices) -> StarsReply:
    """Give a finished ad 1 to 5 stars; again replaces. 409: it is not finished."""
    with concealed(NO_AD):
        services.feedback.rate(account.id, generation_id, asked.stars)
    return StarsReply(generation_id=generation_id, stars=asked.stars)


@router.get("/generations/{generation_id}/rating", summary="An ad's rating", responses=refusals(*RATED))
def rating(generation_id: str, account: Person, services: TheServices) -> StarsReply:
    """The stars that the ad was given."""
    with concealed(NO_AD):
        return StarsReply(generation_id=generation_id, stars=services.feedback.stars(account.id, generation_id))


@router.get("/feedback", summary="What was made of ads", responses=refusals(*SIGNED_IN))
def feedback(account: Person, services: TheServices) -> FeedbackReply:
    """One's own figures; how often people agree with what was selected; the weights in force and what a fit would make of them."""
    return _reply(services, account.id)


@router.put(
    "/feedback/weights", summary="Change the weights", responses=refusals(*SETTING, "not_ready", "invalid_input", "invalid_request")
)
def weigh(asked: WeightsAsked, account: Person, services: TheServices) -> FeedbackReply:
    """Put the proposal in force, or weights of one's own. 403: only the first account may; 409: the proposal is of no use yet."""
    if asked.weights is None:
        services.learned.use_fitted(account.id)
    else:
        services.learned.use(account.id, asked.weights)
    return _reply(services, account.id)


@router.delete("/feedback/weights", summary="Back to the given weights", responses=refusals(*SETTING))
def unweigh(account: Person, services: TheServices) -> FeedbackReply:
    """Rank by what the program came with again."""
    services.learned.reset(account.id)
    return _reply(services, account.id)


def _reply(services: Services, user_id: str) -> FeedbackReply:
    learned = services.learned.shown(user_id)
    return FeedbackReply(
        figures=FiguresReply.model_validate(services.feedback.figures(user_id)),
        agreement=AgreementReply.model_validate(learned.agreement),
        weights=WeightsReply.model_validate(learned.weights),
        proposal=ProposalReply.model_validate(learned.proposal),
    )
