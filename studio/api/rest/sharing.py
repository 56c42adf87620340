"""Links that show a finished ad to people without an account: made, listed, ended by its owner; opened by guests."""

import hashlib

from fastapi import APIRouter, Request, Response
from starlette.responses import StreamingResponse

from studio.api.file_replies import file_reply
from studio.api.rest.asking import Person, Stranger, TheServices, concealed
from studio.api.rest.files import FILM, NO_FILE, PICTURE, sent
from studio.api.rest.generations import FOUND, NO_AD
from studio.api.rest.services import Services
from studio.api.rest.shapes.errors import refusals
from studio.api.rest.shapes.sharing import LinkAsked, LinkReply, LinksReply, SharedReply, UnlockAsked, link_row, shared_reply
from studio.api.session_cookie import is_https
from studio.errors import NotFound
from studio.services.shares import SharedAd

KEY = "review_key_"
"""The cookie with the key to a link has this name and the first digits of the token's hash: one browser may hold several."""

GUESTS = ("not_found", "link_ended", "link_locked")

router = APIRouter(tags=["sharing"])


@router.post("/generations/{generation_id}/share", summary="Share an ad", responses=refusals(*FOUND, "not_ready", "invalid_input"))
def share(generation_id: str, account: Person, services: TheServices, asked: LinkAsked | None = None) -> LinkReply:
    """A new link that shows the finished ad to whoever has it, for 14 days unless said otherwise. Its address is told this once. 409: it
    is not finished."""
    wish = asked or LinkAsked()
    with concealed(NO_AD):
        made = services.shares.share(
            account.id, generation_id, name=wish.name, days=wish.days, password=wish.password, with_versions=wish.with_versions
        )
    return LinkReply(id=made.id, url=f"/r/{made.token}", expires_at=made.expires_at)


@router.get("/generations/{generation_id}/links", summary="Links to an ad", responses=refusals(*FOUND))
def links(generation_id: str, account: Person, services: TheServices) -> LinksReply:
    """All of them, ended ones too."""
    with concealed(NO_AD):
        return LinksReply(links=[link_row(link) for link in services.shares.of(account.id, generation_id)])


@router.delete("/generations/{generation_id}/share", status_code=204, summary="End all links to an ad", responses=refusals(*FOUND))
def end_links(generation_id: str, account: Person, services: TheServices) -> Response:
    """Every link to the ad is over at once."""
    with concealed(NO_AD):
        services.shares.end(account.id, generation_id)
    return Response(status_code=204)


@router.delete("/generations/{generation_id}/links/{link_id}", status_code=204, summary="End a link", responses=refusals(*FOUND))
def end_link(generation_id: str, link_id: str, account: Person, services: TheServices) -> Response:
    """It is over at once; what was said through it stays."""
    with concealed(NO_AD):
        services.shares.end(account.id, generation_id, link_id)
    return Response(status_code=204)


@router.post(
    "/shared/{token}/unlock",
    status_code=204,
    summary="Give a link's password",
    responses=refusals("not_found", "link_ended", "wrong_link_password", "invalid_request", "too_many"),
)
def unlock(token: str, asked: UnlockAsked, request: Request, address: Stranger, services: TheServices) -> Response:
    """The answer sets a cookie with which this browser may look, as long as the link is good. After ten wrong passwords an address has
    to wait."""
    key = services.shares.unlock(token, asked.password, address=address)
    reply = Response(status_code=204)
    reply.set_cookie(_key_name(token), key, path=f"/api/shared/{token}", secure=is_https(request), httponly=True, samesite="lax")
    return reply


@router.get("/shared/{token}", summary="What a link shows", responses=refusals(*GUESTS, "too_many"))
def shared(token: str, request: Request, _: Stranger, services: TheServices) -> SharedReply:
    """The films behind a link and what was said about them; nobody has to sign in. 401: it asks for a password. 410: it has ended."""
    ad = opened(services, request, token)
    services.shares.opened(ad.link_id)
    return shared_reply(token, ad, services.reviews.seen_by(ad))


@router.get(
    "/shared/{token}/video",
    summary="A film behind a link",
    response_class=StreamingResponse,
    responses=sent(FILM, "link_ended", "link_locked"),
)
def shared_video(token: str, request: Request, services: TheServices, version: str | None = None) -> Response:
    """The film; takes Range and HEAD."""
    return file_reply(request, services, opened(services, request, token).film(version).video)


@router.get(
    "/shared/{token}/poster",
    summary="The picture of a film behind a link",
    response_class=StreamingResponse,
    responses=sent(PICTURE, "link_ended", "link_locked"),
)
def shared_poster(token: str, request: Request, services: TheServices, version: str | None = None) -> Response:
    """Its still picture."""
    poster = opened(services, request, token).film(version).poster
    if poster is None:
        raise NotFound(NO_FILE)
    return file_reply(request, services, poster)


for path, route in (("/shared/{token}/video", shared_video), ("/shared/{token}/poster", shared_poster)):
    router.add_api_route(path, route, methods=["HEAD"], include_in_schema=False)


def opened(services: Services, request: Request, token: str) -> SharedAd:
    """What is behind a link, for the browser that asks. Raises NotFound, LinkEnded, LinkLocked."""
    return services.shares.open(token, request.cookies.get(_key_name(token), ""))


def _key_name(token: str) -> str:
    return KEY + hashlib.sha256(token.encode()).hexdigest()[:12]
