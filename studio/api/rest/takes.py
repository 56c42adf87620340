"""Hero frames set in motion, and what becomes of the attempts (PRD §23.6): order, compare, choose, ask for better, use."""

from typing import Annotated

from fastapi import APIRouter, Query

from pipelines.errors import BriefError
from studio.api.rest.asking import Person, TheServices, concealed
from studio.api.rest.services import Services
from studio.api.rest.shapes.ads import LineReply, OrderedReply
from studio.api.rest.shapes.asked_takes import AskedAdvice, AskedForAd, AskedGroup, AskedMissing, AskedSelection, AskedTakes
from studio.api.rest.shapes.errors import SIGNED_IN, refusals
from studio.api.rest.shapes.take_options import AdAroundReply, TakeOptionsReply, TakesEstimateReply, TakesOrderedReply
from studio.api.rest.shapes.takes import (
    FramesReply,
    GroupReply,
    GroupsReply,
    RemovedReply,
    SuggestionReply,
    SuggestionsReply,
    card_reply,
    group_reply,
)
from studio.services.accounts import Account
from studio.services.takes import TakesAsked
from studio.store.tables import Status
from studio.words.api import REFUSALS

NO_GROUP, NO_ATTEMPT, NO_FRAME = (REFUSALS[name] for name in ("no_group", "no_attempt", "no_frame"))
UNUSABLE = ("invalid_brief", "invalid_input", "invalid_request")
FOUND = (*SIGNED_IN, "not_found")
CHANGED = (*FOUND, "role_refused")

router = APIRouter(tags=["takes"])


@router.get("/image-to-video/options", summary="What can be chosen for takes", responses=refusals(*SIGNED_IN))
def options(account: Person, services: TheServices) -> TakeOptionsReply:
    """Camera moves, paces, templates, what to keep out, and models with what they cost and can."""
    return TakeOptionsReply.model_validate(services.takes.options())


@router.post("/image-to-video/estimate", summary="What takes may cost", responses=refusals(*CHANGED, *UNUSABLE, "not_ready"))
def estimate_takes(asked: AskedTakes, account: Person, services: TheServices) -> TakesEstimateReply:
    """What a set of attempts may cost at most, and one of them. Nothing is ordered."""
    with concealed(NO_FRAME):
        return _estimated(account, services, asked.takes(services.takes.defaults))


@router.post(
    "/image-to-video",
    status_code=202,
    summary="Set a hero frame in motion",
    responses=refusals(*CHANGED, *UNUSABLE, "over_cap", "not_ready"),
)
def image_to_video(asked: AskedTakes, account: Person, services: TheServices) -> TakesOrderedReply:
    """Order an iteration: several attempts with different seeds, measured and compared. With a group, one more of it: nothing is written
    over. 402: a spending cap would be passed; 409: the hero frame is not made yet."""
    with concealed(NO_FRAME):
        return _ordered(account, services, asked.takes(services.takes.defaults))


@router.get("/generation-groups", summary="One's groups of takes", responses=refusals(*SIGNED_IN, "invalid_input", "invalid_request"))
def groups(
    account: Person,
    services: TheServices,
    limit: Annotated[int, Query(description="1 to 100.", json_schema_extra={"minimum": 1, "maximum": 100})] = 20,
    offset: Annotated[int, Query(description="How many to skip.", json_schema_extra={"minimum": 0, "maximum": 2**31 - 1})] = 0,
    tag: Annotated[str, Query(description="Only those with it.")] = "",
    team: Annotated[str, Query(description="One of your teams: everything that it has, whoever made it.")] = "",
) -> GroupsReply:
    """The groups of whoever asks, or of a team of theirs, newest first."""
    page = services.groups.listed(account.id, limit=limit, offset=offset, tag=tag, team=team)
    return GroupsReply(total=page.total, groups=[card_reply(group) for group in page.groups])


@router.get("/generation-groups/{group_id}", summary="A group of takes", responses=refusals(*FOUND))
def group(group_id: str, account: Person, services: TheServices) -> GroupReply:
    """All its iterations and attempts, with their measures, what was marked as best and why, and what was chosen."""
    with concealed(NO_GROUP):
        return group_reply(services.groups.one(account.id, group_id))


@router.patch("/generation-groups/{group_id}", summary="Name a group", responses=refusals(*CHANGED, "invalid_input", "invalid_request"))
def change_group(group_id: str, asked: AskedGroup, account: Person, services: TheServices) -> GroupReply:
    """Its title, its tag, and whether the best of coming iterations is marked."""
    with concealed(NO_GROUP):
        changed = services.groups.change(account.id, group_id, title=asked.title, tag=asked.tag, auto_select=asked.auto_select)
    return group_reply(changed)


@router.delete("/generation-groups/{group_id}", summary="Remove a group", responses=refusals(*CHANGED, "not_ready"))
def delete_group(group_id: str, account: Person, services: TheServices) -> RemovedReply:
    """Remove the group, its iterations and all films of it. 409: one is still being made."""
    with concealed(NO_GROUP):
        services.groups.delete(account.id, group_id)
    return RemovedReply(message="Group deleted successfully")


@router.post(
    "/generation-groups/{group_id}/select",
    summary="Choose the version",
    responses=refusals(*CHANGED, "invalid_input", "invalid_request", "not_ready"),
)
def select(group_id: str, asked: AskedSelection, account: Person, services: TheServices) -> GroupReply:
    """Make an attempt its iteration's choice and the group's final version, which gallery, download, sharing and reports use. That
    another one than the marked one was chosen is written down. 409: it is not made, or not compared yet."""
    with concealed(NO_GROUP):
        return group_reply(services.groups.select(account.id, group_id, asked.attempt_id))


@router.post(
    "/generation-groups/{group_id}/missing/estimate",
    summary="What missing attempts may cost",
    responses=refusals(*CHANGED, *UNUSABLE, "not_ready"),
)
def estimate_missing(group_id: str, asked: AskedMissing, account: Person, services: TheServices) -> TakesEstimateReply:
    """What it may cost at most to make the attempts that failed in an iteration whose others are there. Nothing is ordered."""
    with concealed(NO_GROUP):
        return _estimated(account, services, services.takes.missing(account.id, group_id, asked.iteration))


@router.post(
    "/generation-groups/{group_id}/missing",
    status_code=202,
    summary="Make missing attempts",
    responses=refusals(*CHANGED, *UNUSABLE, "over_cap", "not_ready"),
)
def make_missing(group_id: str, asked: AskedMissing, account: Person, services: TheServices) -> TakesOrderedReply:
    """Order what failed in an iteration once more, as a further iteration with only those attempts and the seeds that were theirs; nothing
    is written over. 409: nothing is missing, it is being made, or it was ordered already."""
    with concealed(NO_GROUP):
        return _ordered(account, services, services.takes.missing(account.id, group_id, asked.iteration))


@router.post(
    "/generation-groups/{group_id}/suggestions",
    summary="What to ask differently",
    responses=refusals(*CHANGED, *UNUSABLE, "over_cap", "not_ready", "model_unavailable"),
)
def suggestions(group_id: str, asked: AskedAdvice, account: Person, services: TheServices) -> SuggestionsReply:
    """What could be asked differently next time, from what was measured and from what you say: one field each, with its value before and
    after."""
    with concealed(NO_GROUP):
        found = services.advice.suggest(account.id, group_id, asked.attempt_id or "", asked.said)
    return SuggestionsReply(suggestions=[SuggestionReply.model_validate(row) for row in found])


@router.post(
    "/generation-groups/{group_id}/use-in-ad/estimate",
    summary="What an ad of the version may cost",
    responses=refusals(*CHANGED, *UNUSABLE, "not_ready"),
)
def estimate_ad(group_id: str, asked: AskedForAd, account: Person, services: TheServices) -> AdAroundReply:
    """What the whole ad may cost at most, without its main scene, which is paid for already; or what the prompt has yet to say. Nothing is
    ordered. 409: no version was chosen yet."""
    left, cap = float(services.spending.budget(account.id).left), float(services.spending.caps.ad)
    try:
        with concealed(NO_GROUP):
            found = services.hero_ads.estimate(account.id, group_id, asked.changes())
    except BriefError as error:
        if error.field != "prompt":
            raise
        return AdAroundReply(missing=str(error), left_this_month=left, cap_per_ad=cap)
    wanted, quote = found.estimate, found.estimate.quote
    return AdAroundReply(
        duration=wanted.duration,
        aspect_ratio=wanted.aspect_ratio,
        cost=float(quote.total),
        lines=[LineReply(model=use.model, cost=float(price)) for use, price in quote.lines],
        notes=list(quote.notes),
        warnings=list(filter(None, (quote.of_stand_ins(services.spending.caps.ad), wanted.warning))),
        left_this_month=left,
        cap_per_ad=cap,
        prompt=found.prompt,
        already_paid=float(found.paid),
    )


@router.post(
    "/generation-groups/{group_id}/use-in-ad",
    status_code=202,
    summary="Make an ad of the version",
    responses=refusals(*CHANGED, *UNUSABLE, "over_cap", "not_ready"),
)
def use_in_ad(group_id: str, asked: AskedForAd, account: Person, services: TheServices) -> OrderedReply:
    """Order a whole ad in which the hero frame and the version are the main scene: neither is made or paid for again, and the other
    scenes take after them. 409: no version was chosen yet."""
    with concealed(NO_GROUP):
        id = services.hero_ads.submit(account.id, group_id, asked.changes())
    return OrderedReply(generation_id=id, status=Status.PENDING, message="Video generation started")


@router.get("/video-attempts/{attempt_id}/frames", summary="An attempt, frame by frame", responses=refusals(*FOUND))
def frames(attempt_id: str, account: Person, services: TheServices) -> FramesReply:
    """What each measure says of each frame."""
    with concealed(NO_ATTEMPT):
        return FramesReply.model_validate(services.groups.frames(account.id, attempt_id))


def _estimated(account: Account, services: Services, asked: TakesAsked) -> TakesEstimateReply:
    found = services.takes.estimate(account.id, asked)
    return TakesEstimateReply(
        cost=float(found.quote.total),
        per_attempt=float(found.per_attempt),
        lines=[LineReply(model=use.model, cost=float(price)) for use, price in found.quote.lines],
        notes=list(found.notes),
        warnings=list(filter(None, (found.quote.of_stand_ins(services.spending.caps.ad),))),
        left_this_month=float(services.spending.budget(account.id).left),
        cap_per_ad=float(services.spending.caps.ad),
    )


def _ordered(account: Account, services: Services, asked: TakesAsked) -> TakesOrderedReply:
    ordered = services.takes.submit(account.id, asked)
    return TakesOrderedReply(
        group_id=ordered.group_id, generation_id=ordered.generation_id, iteration=ordered.iteration, status=Status.PENDING
    )
