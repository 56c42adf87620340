"""Films and pictures: fetched with ranges by their owners, brought along as uploads."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response
from starlette.responses import StreamingResponse

from studio.api.error_replies import Refused
from studio.api.file_replies import file_reply
from studio.api.rest.asking import Person, TheServices, Viewer, concealed
from studio.api.rest.sent_files import file_form, sent_file
from studio.api.rest.shapes.errors import SIGNED_IN, refusals
from studio.api.rest.shapes.sharing import UploadReply
from studio.errors import NotFound
from studio.store.tables import Status
from studio.words.api import REFUSALS

NO_FILE = REFUSALS["not_there"]
BYTES: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}
FILM = {"video/mp4": BYTES}
PICTURE = {"image/png": BYTES, "image/jpeg": BYTES, "image/webp": BYTES}
FORM = file_form("A PNG, JPEG or WebP picture of at most 100 MB; each side 64 to 12,000 pixels.")

router = APIRouter(tags=["files"])


def sent(content: dict[str, Any], *refused: str) -> dict[int | str, dict[str, Any]]:
    """The answers of a route that sends a file of these types."""
    return refusals("not_signed_in", "not_found", "no_such_range", *refused) | {
        200: {"description": "The whole file.", "content": content},
        206: {"description": "The part that the Range header asks for.", "content": content},
        304: {"description": "The browser's copy is still good (If-None-Match)."},
    }


@router.get(
    "/media/{media_id}",
    summary="A film or picture, to be shown",
    response_class=StreamingResponse,
    responses=sent({**FILM, **PICTURE, "audio/wav": BYTES, "application/json": {}}),
)
def media(media_id: Annotated[str, Path()], request: Request, account: Viewer, services: TheServices) -> Response:
    """One of one's own files; other people's do not exist. Takes Range, If-Range, If-None-Match and HEAD."""
    with concealed(NO_FILE):
        file = services.media.find(media_id, owner_id=account.id)
    return file_reply(request, services, file)


@router.get(
    "/video/{generation_id}", summary="A finished ad, to be saved", response_class=StreamingResponse, responses=sent(FILM, "not_finished")
)
def video(generation_id: str, request: Request, account: Viewer, services: TheServices) -> Response:
    """The finished MP4 as `ad_{id}.mp4`. 400: it is not ready yet. Takes Range and HEAD."""
    with concealed(REFUSALS["no_ad"]):
        ad = services.generations.follow(account.id, generation_id).ad
    if ad.status is not Status.COMPLETED:
        raise Refused(400, "not_finished")
    if ad.video is None:
        raise NotFound(NO_FILE)
    if request.method == "GET":
        services.feedback.downloaded(account.id, ad.id)
    return file_reply(request, services, ad.video, save_as=f"ad_{ad.id}.mp4")


@router.get("/thumbnail/{generation_id}", summary="An ad's poster", response_class=StreamingResponse, responses=sent(PICTURE))
def thumbnail(generation_id: str, request: Request, account: Viewer, services: TheServices) -> Response:
    """The ad's still picture, once there is one."""
    with concealed(REFUSALS["no_ad"]):
        ad = services.generations.follow(account.id, generation_id).ad
    if ad.thumbnail is None:
        raise NotFound(NO_FILE)
    return file_reply(request, services, ad.thumbnail)


@router.get("/uploads/{upload_id}", summary="A picture that was brought", response_class=StreamingResponse, responses=sent(PICTURE))
def uploaded(upload_id: str, request: Request, account: Viewer, services: TheServices) -> Response:
    """One of one's own uploads, by the id that a brief's `product_image_id` names; other people's do not exist."""
    with concealed(NO_FILE):
        file = services.media.find(services.uploads.find(account.id, upload_id).file_id, owner_id=account.id)
    return file_reply(request, services, file)


for path, route in (
    ("/media/{media_id}", media),
    ("/video/{generation_id}", video),
    ("/thumbnail/{generation_id}", thumbnail),
    ("/uploads/{upload_id}", uploaded),
):
    router.add_api_route(path, route, methods=["HEAD"], include_in_schema=False)


@router.post(
    "/uploads",
    status_code=201,
    summary="Bring a picture of the product",
    openapi_extra=FORM,
    responses=refusals(*SIGNED_IN, "invalid_input"),
)
async def upload(request: Request, account: Person, services: TheServices) -> UploadReply:
    """Keep a picture, known by its content and not by its name: upright, and without whatever else its file carried."""
    kept = await sent_file(request, lambda file: services.uploads.take(account.id, file.file, file.filename or ""), REFUSALS["upload_form"])
    return UploadReply(id=kept.id, name=kept.name, width=kept.width, height=kept.height, url=f"/api/media/{kept.file_id}")
