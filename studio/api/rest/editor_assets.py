"""Media of one's own in an ad's edit: files taken in, made to fit, listed, removed. They are used by ordinary actions."""

from fastapi import APIRouter, Request, Response

from studio.api.rest.asking import Person, TheServices, concealed
from studio.api.rest.editor import HERE
from studio.api.rest.generations import FOUND, NO_AD
from studio.api.rest.sent_files import file_form, sent_file
from studio.api.rest.shapes import editor_assets as shapes
from studio.api.rest.shapes.errors import SIGNED_IN, refusals
from studio.words.api import REFUSALS

WHAT = "A PNG, JPEG or WebP picture, an MP4, MOV or WebM film of up to 120 s, or an MP3, WAV, FLAC or M4A sound; at most 500 MB."
FORM = file_form(WHAT)
PLACE = f"{HERE}/assets"

router = APIRouter(tags=["editor"])


@router.post(
    "/uploads/media",
    status_code=201,
    summary="Bring a picture, a film or a sound for an edit",
    openapi_extra=FORM,
    responses=refusals(*SIGNED_IN, "invalid_input"),
)
async def upload_media(request: Request, account: Person, services: TheServices) -> shapes.MediaUploadReply:
    """Known by its content and not by its name, and looked at before much of it is decoded. The original is kept as it came."""
    kept = await sent_file(
        request, lambda file: services.editor_uploads.take(account.id, file.file, file.filename or ""), REFUSALS["upload_form"]
    )
    return shapes.MediaUploadReply(id=kept.id, name=kept.name, kind=kept.kind, width=kept.width, height=kept.height)


@router.post(PLACE, status_code=202, summary="Bring a file to an ad's edit", responses=refusals(*FOUND, "not_ready", "invalid_input"))
def bring_asset(generation_id: str, asked: shapes.AssetAsked, account: Person, services: TheServices) -> shapes.AssetReply:
    """It is made to fit the ad (size, rate, colours) by a job of the same id, free of charge; once ready, `insert`, `replace`, `fill_gap`
    and `sound` take it by its name."""
    with concealed(NO_AD):
        return shapes.asset_reply(services.editor_assets.bring(account.id, generation_id, asked.upload_id, asked.title, asked.seconds))


@router.get(PLACE, summary="Media that were added to an ad's edit", responses=refusals(*FOUND, "not_ready"))
def assets(generation_id: str, account: Person, services: TheServices) -> shapes.AssetsReply:
    """What was brought, and clips that were made again or replaced; the last first."""
    with concealed(NO_AD):
        return shapes.AssetsReply(assets=[shapes.asset_reply(one) for one in services.editor_assets.of(account.id, generation_id)])


@router.delete(f"{PLACE}/{{asset_id}}", status_code=204, summary="Remove a file from an ad's edit", responses=refusals(*FOUND, "not_ready"))
def remove_asset(generation_id: str, asset_id: str, account: Person, services: TheServices) -> Response:
    """Only what was brought. 409: it is still being made, or the edit, its history or a saved version shows it."""
    with concealed(NO_AD):
        services.editor_assets.remove(account.id, generation_id, asset_id)
    return Response(status_code=204)
