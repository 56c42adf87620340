"""What guests, the owner and their team say about a finished ad, and what guests and members decide."""

from fastapi import APIRouter, Request, Response

from studio.api.rest.asking import Person, Stranger, TheServices, concealed
from studio.api.rest.generations import FOUND, NO_AD
from studio.api.rest.shapes import sharing as shapes
from studio.api.rest.shapes.errors import refusals
from studio.api.rest.sharing import GUESTS, opened
from studio.store.tables import Decision

SAID = refusals(*GUESTS, "invalid_input", "invalid_request", "too_many")
OWNED = refusals(*FOUND, "invalid_input", "invalid_request")

router = APIRouter(tags=["sharing"])


@router.post("/shared/{token}/remarks", status_code=201, summary="Say something through a link", responses=SAID)
def remark(token: str, asked: shapes.RemarkAsked, request: Request, _: Stranger, services: TheServices) -> shapes.RemarkReply:
    """A remark about a film, at a moment of it or about the whole. At most 30 in ten minutes."""
    ad = opened(services, request, token)
    made = services.reviews.remark(ad, author=asked.author, text=asked.text, at_s=asked.at_s, version_id=asked.version)
    return shapes.remark_reply(made, ad.ad_id)


@router.post("/shared/{token}/decision", status_code=201, summary="Approve a film, or ask for changes", responses=SAID)
def decide(token: str, asked: shapes.DecisionAsked, request: Request, _: Stranger, services: TheServices) -> shapes.DecisionReply:
    """It is recorded on the version; a later decision through the same link takes its place."""
    ad = opened(services, request, token)
    made = services.reviews.decide(ad, author=asked.author, decision=Decision(asked.decision), note=asked.note, version_id=asked.version)
    return shapes.decision_reply(made, ad.ad_id)


@router.get("/generations/{generation_id}/review", summary="What was said about an ad", responses=refusals(*FOUND))
def review(generation_id: str, account: Person, services: TheServices) -> shapes.ReviewReply:
    """All remarks about the ad and its versions, each with the clip that it is about, and the decisions that count."""
    with concealed(NO_AD):
        return shapes.review_reply(services.reviews.of(account.id, generation_id), generation_id)


@router.post("/generations/{generation_id}/remarks", status_code=201, summary="Answer guests", responses=OWNED)
def answer(generation_id: str, asked: shapes.AnswerAsked, account: Person, services: TheServices) -> shapes.OwnRemarkReply:
    """A remark of the owner, or of a member of its team; every guest of the ad sees it, unless it is a reviewer's."""
    with concealed(NO_AD):
        made = services.reviews.answer(
            account.id, generation_id, author=account.username, text=asked.text, at_s=asked.at_s, version_id=asked.version
        )
    return shapes.own_remark_reply(made, generation_id)


@router.post(
    "/generations/{generation_id}/decision",
    status_code=201,
    summary="Approve a team's ad, or ask for changes",
    responses=OWNED | refusals("not_ready"),
)
def decide_as_member(generation_id: str, asked: shapes.OwnDecisionAsked, account: Person, services: TheServices) -> shapes.OwnDecisionReply:
    """For every member of its team; a later decision of theirs takes its place. 409: the ad is in no team, or not finished."""
    with concealed(NO_AD):
        made = services.reviews.decide_as_member(
            account.id,
            generation_id,
            author=account.username,
            decision=Decision(asked.decision),
            note=asked.note,
            version_id=asked.version,
        )
    return shapes.own_decision_reply(made, generation_id)


@router.put("/generations/{generation_id}/remarks/{remark_id}", status_code=204, summary="Tick a remark off", responses=OWNED)
def tick(generation_id: str, remark_id: str, asked: shapes.DoneAsked, account: Person, services: TheServices) -> Response:
    """Or take that back; guests see it, too."""
    with concealed(NO_AD):
        services.reviews.done(account.id, generation_id, remark_id, asked.done)
    return Response(status_code=204)


@router.delete(
    "/generations/{generation_id}/remarks/{remark_id}", status_code=204, summary="Take a remark away", responses=refusals(*FOUND)
)
def remove(generation_id: str, remark_id: str, account: Person, services: TheServices) -> Response:
    """It is gone for guests as well."""
    with concealed(NO_AD):
        services.reviews.remove(account.id, generation_id, remark_id)
    return Response(status_code=204)
