"""Links that show a finished ad to people without an account, and what is seen through one."""

from fastapi import APIRouter, Request, Response
from starlette.responses import StreamingResponse

from studio.api.file_replies import file_reply
from studio.api.rest.asking import Person, Stranger, TheServices, concealed
from studio.api.rest.files import FILM, NO_FILE, PICTURE, sent
from studio.api.rest.generations import FOUND, NO_AD
from studio.api.rest.shapes.errors import refusals
from studio.api.rest.shapes.sharing import LinkReply, SharedReply
from studio.errors import NotFound

router = APIRouter(tags=["sharing"])


@router.post("/generations/{generation_id}/share", summary="Share an ad", responses=refusals(*FOUND, "not_ready"))
def share(generation_id: str, account: Person, services: TheServices) -> LinkReply:
    """A new link that shows the finished ad to whoever has it, for 14 days. It is told this once. 409: it is not finished."""
    with concealed(NO_AD):
        made = services.shares.share(account.id, generation_id)
    return LinkReply(url=f"/r/{made.token}", expires_at=made.expires_at)


@router.delete("/generations/{generation_id}/share", status_code=204, summary="End all links to an ad", responses=refusals(*FOUND))
def end_links(generation_id: str, account: Person, services: TheServices) -> Response:
    """Every link to the ad is over at once."""
    with concealed(NO_AD):
        services.shares.end(account.id, generation_id)
    return Response(status_code=204)


@router.get("/shared/{token}", summary="What a link shows", responses=refusals("not_found", "link_ended", "too_many"))
def shared(token: str, _: Stranger, services: TheServices) -> SharedReply:
    """The ad behind a link; nobody has to sign in. 410: the link has ended."""
    ad = services.shares.open(token)
    return SharedReply(
        brand=ad.brand,
        framework=ad.framework,
        duration_s=ad.duration_s,
        aspect_ratio=ad.aspect_ratio,
        created_at=ad.created_at,
        expires_at=ad.expires_at,
        video_url=f"/api/shared/{token}/video",
        poster_url=f"/api/shared/{token}/poster" if ad.poster else None,
    )


@router.get("/shared/{token}/video", summary="The film behind a link", response_class=StreamingResponse, responses=sent(FILM, "link_ended"))
def shared_video(token: str, request: Request, services: TheServices) -> Response:
    """The film; takes Range and HEAD."""
    return file_reply(request, services.media, services.shares.open(token).video)


@router.get(
    "/shared/{token}/poster", summary="The picture behind a link", response_class=StreamingResponse, responses=sent(PICTURE, "link_ended")
)
def shared_poster(token: str, request: Request, services: TheServices) -> Response:
    """The ad's still picture."""
    poster = services.shares.open(token).poster
    if poster is None:
        raise NotFound(NO_FILE)
    return file_reply(request, services.media, poster)


for path, route in (("/shared/{token}/video", shared_video), ("/shared/{token}/poster", shared_poster)):
    router.add_api_route(path, route, methods=["HEAD"], include_in_schema=False)
