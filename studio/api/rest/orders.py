"""Before an ad is made (PRD §14.2): a better prompt, what it may cost, the order."""

from fastapi import APIRouter

from pipelines.brief import Brief
from pipelines.errors import BriefError
from studio.api.rest.asking import Person, TheServices
from studio.api.rest.services import Services
from studio.api.rest.shapes.ads import EstimateReply, LineReply, OrderedReply
from studio.api.rest.shapes.asked import Asked
from studio.api.rest.shapes.errors import SIGNED_IN, refusals
from studio.api.rest.shapes.studio import ImprovedReply
from studio.errors import InputRefused, NotFound
from studio.store.tables import Status

UNUSABLE = ("invalid_brief", "invalid_request", "invalid_input")
ANY_PROMPT = "An ad for a product"
"""Stands in for a prompt that is still being written while everything else is checked."""

router = APIRouter(tags=["orders"])


@router.post("/estimate", summary="What an ad may cost", responses=refusals(*SIGNED_IN, *UNUSABLE))
def estimate(asked: Asked, account: Person, services: TheServices) -> EstimateReply:
    """What the ad may cost at most, by model, and what is left to be spent; or, while a prompt is still being written, what it has
    yet to say. Nothing is ordered."""
    left, cap = float(services.spending.left(account.id, asked.team)), float(services.spending.caps.ad)
    orders_left = services.generations.left_in(account.id, asked.team) if asked.team else None
    try:
        brief = asked.brief()
    except BriefError as error:
        if error.field != "prompt":
            raise
        asked.model_copy(update={"prompt": ANY_PROMPT}).brief()  # an unfinished prompt excuses nothing else
        return EstimateReply(missing=str(error), left_this_month=left, cap_per_ad=cap, team_orders_left=orders_left)
    found = services.generations.estimate(kitted(services, account.id, asked.kit, brief))
    return EstimateReply(
        duration=found.duration,
        aspect_ratio=found.aspect_ratio,
        cost=float(found.quote.total),
        lines=[LineReply(model=use.model, cost=float(price)) for use, price in found.quote.lines],
        notes=list(found.quote.notes),
        warnings=list(filter(None, (found.quote.of_stand_ins(services.spending.caps.ad), found.warning))),
        left_this_month=left,
        cap_per_ad=cap,
        team_orders_left=orders_left,
    )


@router.post(
    "/generate", status_code=202, summary="Order an ad", responses=refusals(*SIGNED_IN, *UNUSABLE, "over_cap", "busy", "role_refused")
)
def generate(asked: Asked, account: Person, services: TheServices) -> OrderedReply:
    """Order an ad; it is made in the background. 402: a spending cap would be passed; 429: too many ads this hour."""
    brief = kitted(services, account.id, asked.kit, asked.brief())
    id = services.generations.submit(account.id, brief, asked.product_image_id or "", team=asked.team, kit=asked.kit or "")
    services.feedback.ordered(account.id, id)
    return OrderedReply(generation_id=id, status=Status.PENDING, message="Video generation started")


@router.post(
    "/prompts/improve",
    summary="Say more in a prompt",
    responses=refusals(*SIGNED_IN, *UNUSABLE, "over_cap", "busy", "model_unavailable"),
)
def improve(asked: Asked, account: Person, services: TheServices) -> ImprovedReply:
    """The prompt as it could be, and every change with its reason. Nothing is ordered; the prompt stays yours to choose."""
    brief = kitted(services, account.id, asked.kit, asked.brief())
    return ImprovedReply.model_validate(services.prompts.improve(account.id, brief))


def kitted(services: Services, user_id: str, kit: str | None, brief: Brief) -> Brief:
    """The brief with the brand kit that was named. Raises InputRefused where there is none of that id."""
    if not kit:
        return brief
    try:
        return services.brands.applied(user_id, kit, brief)
    except NotFound as error:
        raise InputRefused("There is no such brand kit; choose another one, or none.", field="kit") from error
