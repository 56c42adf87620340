"""The Editor (FR-024 to FR-029): drafts, actions, versions, exports, the hand-off to other editors."""

import tempfile
from pathlib import Path

from fastapi import APIRouter, Request, Response
from starlette.background import BackgroundTask
from starlette.responses import FileResponse

from pipelines.editing import actions
from studio.api.rest.asking import Person, TheServices, Viewer, concealed
from studio.api.rest.files import BYTES, FILM, NO_FILE
from studio.api.rest.generations import FOUND, NO_AD
from studio.api.rest.services import Services
from studio.api.rest.shapes import editor as shapes
from studio.api.rest.shapes.errors import SIGNED_IN, refusals
from studio.api.rest.shapes.quality import PreflightReply
from studio.errors import MediaMissing
from studio.services.drafts import Draft
from studio.services.editor_assets_keeper import ORIGIN
from studio.services.editor_told import told
from studio.services.provenance_papers import put_into

CHANGED = refusals(*FOUND, "edited_elsewhere", "edit_refused", "invalid_input", "invalid_request")
HERE = "/generations/{generation_id}/editor"

router = APIRouter(tags=["editor"])


@router.get("/editor/actions", summary="What can be done to a timeline", responses=refusals(*SIGNED_IN))
def all_actions(_: Person) -> shapes.ActionsReply:
    """Every edit by its name, with the schema of its arguments."""
    return shapes.ActionsReply(
        actions=[shapes.ActionRow(name=one.name, title=one.title, what=one.what, arguments=one.schema) for one in actions()]
    )


@router.get("/editor/drafts", summary="Edits that are not finished", responses=refusals(*SIGNED_IN))
def drafts(account: Person, services: TheServices) -> shapes.DraftsReply:
    """The ads that were changed in the Editor, the last one first."""
    return shapes.DraftsReply(drafts=[shapes.draft_row(card) for card in services.editor.drafts(account.id)])


@router.get(HERE, summary="Open an ad in the Editor", responses=refusals(*FOUND, "not_ready"))
def open_draft(generation_id: str, account: Person, services: TheServices) -> shapes.DraftReply:
    """The draft as it was left, or the ad's own timeline. 409: the ad is not finished, or its parts were not kept."""
    with concealed(NO_AD):
        return _reply(services, services.editor.open(account.id, generation_id))


@router.post(f"{HERE}/actions", summary="Edit", responses=CHANGED)
def act(generation_id: str, asked: shapes.ActionsAsked, account: Person, services: TheServices) -> shapes.DraftReply:
    """Do all of these edits, or none. Each can be undone. 409: the draft was changed since it was seen; nothing is overwritten."""
    with concealed(NO_AD):
        return _reply(services, services.editor.act(account.id, generation_id, asked.revision, asked.actions))


@router.post(f"{HERE}/undo", summary="Undo", responses=CHANGED)
def undo(generation_id: str, asked: shapes.StepsAsked, account: Person, services: TheServices) -> shapes.DraftReply:
    """As before the last edits."""
    with concealed(NO_AD):
        return _reply(services, services.editor.undo(account.id, generation_id, asked.revision, asked.steps))


@router.post(f"{HERE}/redo", summary="Do again", responses=CHANGED)
def redo(generation_id: str, asked: shapes.StepsAsked, account: Person, services: TheServices) -> shapes.DraftReply:
    """With what was undone last."""
    with concealed(NO_AD):
        return _reply(services, services.editor.redo(account.id, generation_id, asked.revision, asked.steps))


@router.post(f"{HERE}/save", summary="Save a version of an edit", responses=CHANGED)
def save(generation_id: str, asked: shapes.SaveAsked, account: Person, services: TheServices) -> shapes.DraftReply:
    """It can be opened again with everything in it. Nothing is rendered."""
    with concealed(NO_AD):
        return _reply(services, services.editor.save(account.id, generation_id, asked.revision, asked.title))


@router.post(f"{HERE}/open", summary="Go on from a saved version", responses=CHANGED)
def open_version(generation_id: str, asked: shapes.OpenAsked, account: Person, services: TheServices) -> shapes.DraftReply:
    """Or from the ad as it was made. It is an edit like any other and can be undone."""
    with concealed(NO_AD):
        return _reply(services, services.editor.open_version(account.id, generation_id, asked.revision, asked.version_id))


@router.post(f"{HERE}/import", summary="Take a timeline back", responses=CHANGED)
def bring(generation_id: str, asked: shapes.ImportAsked, account: Person, services: TheServices) -> shapes.DraftReply:
    """The timeline.otio of this ad's hand-off, changed elsewhere. It becomes a version and an edit that can be undone; its media are the
    ad's own."""
    with concealed(NO_AD):
        return _reply(services, services.editor.bring(account.id, generation_id, asked.revision, asked.timeline))


@router.delete(
    f"{HERE}/draft", status_code=204, summary="Throw a draft away", responses=refusals(*FOUND, "edited_elsewhere", "invalid_request")
)
def discard(generation_id: str, revision: int, account: Person, services: TheServices) -> Response:
    """Saved versions, exports and media stay."""
    with concealed(NO_AD):
        services.editor.discard(account.id, generation_id, revision)
    return Response(status_code=204)


@router.get(f"{HERE}/export", summary="What an export can be", responses=refusals(*FOUND, "not_ready"))
def export_options(generation_id: str, account: Person, services: TheServices) -> shapes.ExportOptionsReply:
    """Shapes, sizes, rates, codecs; what cannot be had says why not."""
    with concealed(NO_AD):
        return shapes.ExportOptionsReply(**services.exports.options(services.editor.open(account.id, generation_id)))


@router.post(f"{HERE}/preflight", summary="What a platform would say of an export", responses=CHANGED | refusals("not_ready"))
def preflight(generation_id: str, asked: shapes.ExportAsked, account: Person, services: TheServices) -> PreflightReply:
    """Looked at before anything is rendered: shape, length, size, and where and how long type stands. Contrast, loudness and the file are
    measured on the finished export."""
    wish = asked.model_dump(exclude={"revision"}, exclude_none=True)
    with concealed(NO_AD):
        return PreflightReply.model_validate(services.exports.preflight(account.id, generation_id, asked.revision, wish))


@router.post(f"{HERE}/exports", status_code=202, summary="Export an edit", responses=CHANGED | refusals("not_ready", "too_many"))
def export(generation_id: str, asked: shapes.ExportAsked, account: Person, services: TheServices) -> shapes.ExportingReply:
    """A new film beside the ad and its earlier exports; none is overwritten. It is free, and what the edit did not change is copied."""
    wish = asked.model_dump(exclude={"revision"}, exclude_none=True)
    with concealed(NO_AD):
        return shapes.ExportingReply(generation_id=services.exports.order(account.id, generation_id, asked.revision, wish))


@router.get(f"{HERE}/exports", summary="Exports of an ad", responses=refusals(*FOUND))
def exports(generation_id: str, account: Person, services: TheServices) -> shapes.ExportsReply:
    """Newest first."""
    with concealed(NO_AD):
        return shapes.ExportsReply(exports=[shapes.export_row(one) for one in services.exports.of(account.id, generation_id)])


@router.get(
    f"{HERE}/handoff.zip",
    summary="An edit for another editor",
    response_class=FileResponse,
    responses=refusals(*FOUND, "not_ready", "edited_elsewhere") | {200: {"description": "The zip.", "content": {"application/zip": BYTES}}},
)
def handoff(generation_id: str, account: Person, services: TheServices) -> Response:
    """OpenTimelineIO, FCPXML, CMX 3600, subtitles, every clip and stem, licences, and words to disclose, in one zip."""
    folder = tempfile.TemporaryDirectory(prefix="adstudio-handoff-")
    try:
        with concealed(NO_AD):
            made = services.exports.hand_off(account.id, generation_id, Path(folder.name))
            brought = [one.title for one in services.editor.open(account.id, generation_id).assets if one.origin == ORIGIN]
            put_into(made, services.provenances.papers(account.id, {generation_id: "timeline"}, brought))
    except Exception:
        folder.cleanup()
        raise
    return FileResponse(made, filename=f"ad_{generation_id}.zip", media_type="application/zip", background=BackgroundTask(folder.cleanup))


@router.get(
    "/media/{media_id}/strip",
    summary="Small pictures of a film",
    response_class=FileResponse,
    responses=refusals("not_signed_in", "not_found") | {200: {"description": "Tiles in a row.", "content": {"image/jpeg": BYTES}}},
)
def strip(media_id: str, request: Request, account: Viewer, services: TheServices) -> Response:
    """Two for each second, side by side, 90 pixels high."""
    with concealed(NO_FILE):
        return _kept(services.strips.strip(account.id, media_id), "image/jpeg")


@router.get(
    "/media/{media_id}/proxy",
    summary="A clip, small",
    response_class=FileResponse,
    responses=refusals("not_signed_in", "not_found") | {200: {"description": "540 pixels on its shorter side.", "content": FILM}},
)
def proxy(media_id: str, request: Request, account: Viewer, services: TheServices) -> Response:
    """The same frames at the same times, quick to seek in, without sound; made in the background once an ad is opened in the Editor, and
    named there when it is there. Takes Range."""
    with concealed(NO_FILE):
        return _kept(services.proxies.file(account.id, media_id), "video/mp4")


@router.get(
    "/media/{media_id}/wave",
    summary="How loud a sound is",
    response_class=FileResponse,
    responses=refusals("not_signed_in", "not_found") | {200: {"description": "50 values a second.", "content": {"application/json": {}}}},
)
def wave(media_id: str, request: Request, account: Viewer, services: TheServices) -> Response:
    """For drawing it under a timeline."""
    with concealed(NO_FILE):
        return _kept(services.strips.wave(account.id, media_id), "application/json")


def _kept(place: Path, mime: str) -> Response:
    if not place.is_file():
        raise MediaMissing(NO_FILE)
    return FileResponse(place, media_type=mime, headers={"cache-control": "private, max-age=86400"})


def _reply(services: Services, draft: Draft) -> shapes.DraftReply:
    return shapes.DraftReply(**told(draft, lambda id: f"/api/media/{id}", services.proxies.of(draft)))
