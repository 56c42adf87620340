"""Hero frames (PRD §23.6): one picture in words, seen in several ways; then the one that decides how the rest looks."""

from typing import Annotated, Any

from fastapi import APIRouter, Query

from pipelines.errors import BriefError
from studio.api.rest.asking import Person, TheServices, concealed
from studio.api.rest.shapes.asked_hero import AskedAgain, AskedDirection, AskedHero, AskedVariation
from studio.api.rest.shapes.errors import SIGNED_IN, refusals
from studio.api.rest.shapes.hero import (
    DirectedReply,
    FrameReply,
    FramesReply,
    HeroEstimateLine,
    HeroEstimateReply,
    HeroOptionsReply,
    LineageReply,
    SetRemovedReply,
    SetReply,
    SetsReply,
    directed_reply,
    frame_reply,
    set_reply,
)
from studio.services.hero_options import hero_options
from studio.services.hero_sets import FramesWanted
from studio.services.plain_text import plain_text
from studio.words.api import REFUSALS

NO_FRAME, NO_SET = REFUSALS["no_frame"], REFUSALS["no_set"]
UNUSABLE = ("invalid_brief", "invalid_input", "invalid_request")
FOUND = (*SIGNED_IN, "not_found")
CHANGED = (*FOUND, "role_refused")
Limit = Annotated[int, Query(description="1 to 100.", json_schema_extra={"minimum": 1, "maximum": 100})]
OfTeam = Annotated[str, Query(description="One of your teams: everything that it has, whoever made it.")]
Offset = Annotated[int, Query(description="How many to skip.", json_schema_extra={"minimum": 0, "maximum": 2**31 - 1})]

router = APIRouter(tags=["hero frames"])


@router.get("/hero-frames/options", summary="What can be chosen for hero frames", responses=refusals(*SIGNED_IN))
def hero_frame_options(account: Person, services: TheServices) -> HeroOptionsReply:
    """What a photographer decides, with the usual answers; picture models with what they cost and can."""
    return HeroOptionsReply.model_validate(hero_options(services.hero_orders.runtime))


@router.post(
    "/hero-frames/direct",
    summary="Complete a prompt as a cinematographer",
    responses=refusals(*SIGNED_IN, "invalid_brief", "invalid_request", "over_cap", "busy", "model_unavailable"),
)
def direct(asked: AskedDirection, account: Person, services: TheServices) -> DirectedReply:
    """Camera and lens, light, composition, film, mood and format where the prompt does not speak of them, each with its reason. Nothing is
    ordered; what a language model costs is counted."""
    return directed_reply(services.hero_orders.direct(account.id, asked.brief()))


@router.post("/hero-frames/estimate", summary="What hero frames may cost", responses=refusals(*SIGNED_IN, *UNUSABLE))
def estimate_hero_frames(asked: AskedHero, account: Person, services: TheServices) -> HeroEstimateReply:
    """What a set may cost at most, and what its model cannot follow; or, while a prompt is still being written, what it has yet to say.
    Nothing is ordered."""
    money: dict[str, Any] = {
        "left_this_month": float(services.spending.left(account.id, asked.team)),
        "cap_per_ad": float(services.spending.caps.ad),
    }
    try:
        hero = asked.hero()
    except BriefError as error:
        if error.field != "prompt":
            raise
        return HeroEstimateReply(missing=str(error), **money)
    quote = services.hero_orders.estimate(hero)
    lines = [HeroEstimateLine(model=use.model, cost=float(price)) for use, price in quote.lines]
    dearer = list(filter(None, (quote.of_stand_ins(services.spending.caps.ad),)))
    return HeroEstimateReply(cost=float(quote.total), lines=lines, notes=list(quote.notes), warnings=dearer, **money)


@router.post(
    "/hero-frames",
    status_code=202,
    summary="Order hero frames",
    responses=refusals(*SIGNED_IN, *UNUSABLE, "over_cap", "busy", "role_refused"),
)
def order_hero_frames(asked: AskedHero, account: Person, services: TheServices) -> SetReply:
    """Order a set of candidates; they are made in the background and arrive one by one. 402: a spending cap would be passed; 429: too many
    orders this hour."""
    id = services.hero_orders.submit(account.id, asked.hero())
    return set_reply(services.hero_sets.one(account.id, id))


@router.get("/hero-frames", summary="One's hero frames", responses=refusals(*SIGNED_IN, "invalid_input", "invalid_request"))
def hero_frames(
    account: Person,
    services: TheServices,
    favorites: Annotated[bool, Query(description="Only favourites.")] = False,
    primary: Annotated[bool, Query(description="Only anchors.")] = False,
    filmed: Annotated[bool, Query(description="Only those a film was made of.")] = False,
    model: Annotated[str, Query(description="Made by this model.", examples=["product-studio/v1"])] = "",
    q: Annotated[str, Query(description="Part of a prompt, in any capitals.")] = "",
    team: OfTeam = "",
    limit: Limit = 20,
    offset: Offset = 0,
) -> FramesReply:
    """The finished frames of whoever asks, or of a team of theirs, newest first; what is asked for holds together."""
    wanted = FramesWanted(favorites, primary, filmed, model, q, team)
    page = services.hero_sets.frames(account.id, wanted, limit=limit, offset=offset)
    return FramesReply(total=page.total, frames=[frame_reply(frame) for frame in page.frames], models=list(page.models))


@router.get("/hero-frames/{frame_id}", summary="A hero frame", responses=refusals(*FOUND))
def hero_frame(frame_id: str, account: Person, services: TheServices) -> FrameReply:
    """One frame with all that is known of it."""
    with concealed(NO_FRAME):
        return frame_reply(services.hero_sets.frame(account.id, frame_id))


@router.post(
    "/hero-frames/{frame_id}/again",
    status_code=202,
    summary="The same hero frames once more",
    responses=refusals(*CHANGED, *UNUSABLE, "over_cap", "busy", "not_ready"),
)
def again(frame_id: str, asked: AskedAgain, account: Person, services: TheServices) -> SetReply:
    """The frame's prompt again, with seeds and readings that were not made yet. 409: the frame is not made yet."""
    with concealed(NO_FRAME):
        id = services.hero_orders.again(account.id, frame_id)
    return set_reply(services.hero_sets.one(account.id, id))


@router.post(
    "/hero-frames/{frame_id}/vary",
    status_code=202,
    summary="Vary a hero frame",
    responses=refusals(*CHANGED, *UNUSABLE, "over_cap", "busy", "not_ready"),
)
def vary(frame_id: str, asked: AskedVariation, account: Person, services: TheServices) -> SetReply:
    """The frame with another light, composition, mood, lens or film, or whatever the words say; the rest stays. 409: it is not made yet."""
    with concealed(NO_FRAME):
        id = services.hero_orders.vary(account.id, frame_id, asked.choices, plain_text(asked.words or ""))
    return set_reply(services.hero_sets.one(account.id, id))


@router.get("/hero-frames/{frame_id}/lineage", summary="Where a hero frame comes from", responses=refusals(*FOUND))
def lineage(frame_id: str, account: Person, services: TheServices) -> LineageReply:
    """Every set of the frame's tree, oldest first: prompts, models, settings, seeds, and which came from which frame."""
    with concealed(NO_FRAME):
        root_id, sets = services.hero_sets.lineage(account.id, frame_id)
    return LineageReply(root_id=root_id, sets=[set_reply(one) for one in sets])


@router.post("/hero-frames/{frame_id}/select", summary="Make a hero frame the primary one", responses=refusals(*CHANGED, "not_ready"))
def select_hero_frame(frame_id: str, account: Person, services: TheServices) -> FrameReply:
    """The anchor of what is made next; its tree has one at most. 409: it is not made yet."""
    with concealed(NO_FRAME):
        return frame_reply(services.hero_sets.select(account.id, frame_id))


@router.put("/hero-frames/{frame_id}/favorite", summary="Keep a hero frame", responses=refusals(*CHANGED, "not_ready"))
def favorite(frame_id: str, account: Person, services: TheServices) -> FrameReply:
    """Among the favourites from now on. 409: it is not made yet."""
    with concealed(NO_FRAME):
        return frame_reply(services.hero_sets.favor(account.id, frame_id, True))


@router.delete("/hero-frames/{frame_id}/favorite", summary="Keep a hero frame no more", responses=refusals(*CHANGED, "not_ready"))
def unfavorite(frame_id: str, account: Person, services: TheServices) -> FrameReply:
    """Not among the favourites any more."""
    with concealed(NO_FRAME):
        return frame_reply(services.hero_sets.favor(account.id, frame_id, False))


@router.get("/hero-sets", summary="One's sets of hero frames", responses=refusals(*SIGNED_IN, "invalid_input", "invalid_request"))
def hero_sets(account: Person, services: TheServices, limit: Limit = 20, offset: Offset = 0, team: OfTeam = "") -> SetsReply:
    """The sets of whoever asks, or of a team of theirs, newest first, each with its frames."""
    page = services.hero_sets.listed(account.id, limit=limit, offset=offset, team=team)
    return SetsReply(total=page.total, sets=[set_reply(one) for one in page.sets])


@router.get("/hero-sets/{set_id}", summary="A set of hero frames", responses=refusals(*FOUND))
def hero_set(set_id: str, account: Person, services: TheServices) -> SetReply:
    """How far the set is, what was asked, and its frames. It is cancelled and tried again as every generation is."""
    with concealed(NO_SET):
        return set_reply(services.hero_sets.one(account.id, set_id))


@router.delete("/hero-sets/{set_id}", summary="Remove a set of hero frames", responses=refusals(*CHANGED, "not_ready"))
def delete_hero_set(set_id: str, account: Person, services: TheServices) -> SetRemovedReply:
    """Remove the set, its frames and their files; sets that came from it stay. 409: it is being made, or takes begin at a frame of it."""
    with concealed(NO_SET):
        services.hero_sets.delete(account.id, set_id)
    return SetRemovedReply(message="Hero frames deleted successfully")
