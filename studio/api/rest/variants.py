"""Sets of ads that differ in a line, a shape or a story: proposed, quoted, ordered, followed, fetched, removed."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Query, Response
from starlette.responses import StreamingResponse

from pipelines.alternatives import calls_for, hooks_for
from pipelines.aspect import Aspect
from pipelines.copywriter.choices import category, choose_framework
from pipelines.errors import BriefError
from pipelines.frameworks import Framework
from pipelines.hints import read_hints
from studio.api.download_names import attachment
from studio.api.rest.asking import Person, TheServices, Viewer, concealed
from studio.api.rest.files import BYTES
from studio.api.rest.orders import ANY_PROMPT, kitted
from studio.api.rest.services import Services
from studio.api.rest.shapes.ads import DeletedReply, LineReply
from studio.api.rest.shapes.asked_variants import AskedVariants
from studio.api.rest.shapes.errors import SIGNED_IN, refusals
from studio.api.rest.shapes.variants import (
    ProposalsReply,
    SetOrderedReply,
    SetReply,
    SetsReply,
    VariantsEstimateReply,
    manifest_rows,
    planned_cells,
    set_reply,
)
from studio.services.variant_asked import MOST_CELLS
from studio.services.variant_manifest import manifest
from studio.services.variant_names import safe
from studio.services.variant_zip import zipped
from studio.services.variants import SetTold
from studio.words.api import REFUSALS

NO_SET = REFUSALS["no_variants"]
UNUSABLE = ("invalid_brief", "invalid_input", "invalid_request")
FOUND = (*SIGNED_IN, "not_found")
CHANGED = (*FOUND, "role_refused")

router = APIRouter(tags=["variants"])


@router.post("/variants/options", summary="What the copywriter proposes", responses=refusals(*SIGNED_IN, *UNUSABLE))
def proposals(asked: AskedVariants, account: Person, services: TheServices) -> ProposalsReply:
    """First lines for each story and calls to action that fit the brief, to be taken, changed or left."""
    brief = kitted(services, account.id, asked.kit, asked.brief())
    hints = read_hints(brief.prompt)
    return ProposalsReply(
        hooks={framework.value: list(hooks_for(brief, framework)) for framework in Framework},
        calls=list(calls_for(brief)),
        aspects=[aspect.value for aspect in Aspect],
        framework=choose_framework(brief, hints, category(hints))[0].value,
        aspect_ratio=str(brief.aspect or hints.aspect or Aspect.VERTICAL),
        most_ads=MOST_CELLS,
    )


@router.post("/variants/estimate", summary="What a set of variants may cost", responses=refusals(*SIGNED_IN, *UNUSABLE))
def estimate_variants(asked: AskedVariants, account: Person, services: TheServices) -> VariantsEstimateReply:
    """Every ad of the set with its clips, which of them are the same, and one quote in which each is paid once. Nothing is ordered."""
    left = float(services.spending.left(account.id, asked.team))
    orders_left = services.variants.orders_left(account.id, asked.team or "")
    try:
        wanted = asked.variants()
    except BriefError as error:
        if error.field != "prompt":
            raise
        asked.model_copy(update={"prompt": ANY_PROMPT}).variants()
        return VariantsEstimateReply(missing=str(error), orders_left=orders_left, left_this_month=left)
    found = services.variants.estimate(account.id, replace(wanted, brief=kitted(services, account.id, asked.kit, wanted.brief)))
    return VariantsEstimateReply(
        cells=planned_cells(found),
        clips=found.n_shots,
        clips_made=found.n_made,
        cost=float(found.quote.total),
        cost_one_by_one=float(found.unshared),
        lines=[LineReply(model=use.model, cost=float(price)) for use, price in found.quote.lines],
        notes=list(found.quote.notes),
        warnings=list(filter(None, (found.of_stand_ins(services.spending.caps.ad),))),
        orders=len(found.cells),
        orders_left=orders_left,
        left_this_month=left,
    )


@router.post(
    "/variants",
    status_code=202,
    summary="Order a set of variants",
    responses=refusals(*SIGNED_IN, *UNUSABLE, "over_cap", "busy", "role_refused"),
)
def order_variants(asked: AskedVariants, account: Person, services: TheServices) -> SetOrderedReply:
    """Order all ads of the set, or none. Each counts as one of the hour. 402: a spending cap would be passed; 429: too many this hour."""
    wanted = asked.variants()
    id = services.variants.submit(account.id, replace(wanted, brief=kitted(services, account.id, asked.kit, wanted.brief)))
    return SetOrderedReply(id=id, ads=len(services.variants.one(account.id, id).cells))


@router.get("/variants", summary="One's sets of variants", responses=refusals(*SIGNED_IN, "invalid_input", "invalid_request"))
def variant_sets(
    account: Person,
    services: TheServices,
    limit: Annotated[int, Query(description="1 to 100.", json_schema_extra={"minimum": 1, "maximum": 100})] = 20,
    offset: Annotated[int, Query(description="How many to skip.", json_schema_extra={"minimum": 0, "maximum": 2**31 - 1})] = 0,
    team: Annotated[str, Query(description="One of your teams: everything that it has, whoever made it.")] = "",
) -> SetsReply:
    """The sets of whoever asks, or of a team of theirs, newest first."""
    page = services.variants.listed(account.id, limit=limit, offset=offset, team=team)
    return SetsReply(total=page.total, sets=[set_reply(told) for told in page.sets])


@router.get("/variants/{set_id}", summary="A set of variants", responses=refusals(*FOUND))
def variant_set(set_id: str, account: Person, services: TheServices) -> SetReply:
    """Each ad of the set as it stands, under the name it is uploaded with."""
    with concealed(NO_SET):
        return set_reply(services.variants.one(account.id, set_id))


@router.post("/variants/{set_id}/cancel", status_code=202, summary="Stop a set of variants", responses=refusals(*CHANGED))
def cancel_variants(set_id: str, account: Person, services: TheServices) -> SetReply:
    """Stop every ad of the set that is not made yet; finished ones stay."""
    with concealed(NO_SET):
        return set_reply(services.variants.cancel(account.id, set_id))


@router.delete("/variants/{set_id}", summary="Remove a set of variants", responses=refusals(*CHANGED, "not_ready"))
def delete_variants(set_id: str, account: Person, services: TheServices) -> DeletedReply:
    """Remove the set with all its ads and their files. 409: one is still being made."""
    with concealed(NO_SET):
        services.variants.delete(account.id, set_id)
    return DeletedReply(message="Variants deleted successfully", generation_id=set_id)


@router.get(
    "/variants/{set_id}/manifest.csv",
    summary="A set's list, for upload",
    response_class=Response,
    responses=refusals(*FOUND) | {200: {"description": "A row for each ad.", "content": {"text/csv": {"schema": {"type": "string"}}}}},
)
def variants_manifest(set_id: str, account: Person, services: TheServices) -> Response:
    """File name, hook, call to action, shape, story, length, cost, utm fields and link of each ad, as CSV."""
    with concealed(NO_SET):
        told = services.variants.one(account.id, set_id)
    return Response(_manifest(told), media_type="text/csv", headers=_as_file(f"{_campaign(told)}.csv"))


@router.get(
    "/variants/{set_id}/films.zip",
    summary="A set's films, for upload",
    response_class=StreamingResponse,
    responses=refusals(*FOUND, "not_ready") | {200: {"description": "The zip.", "content": {"application/zip": BYTES}}},
)
def variants_zip(set_id: str, account: Viewer, services: TheServices) -> StreamingResponse:
    """Every finished film under its name, the manifest, licences, and words to disclose, as a zip that is put together while it is sent."""
    with concealed(NO_SET):
        told = services.variants.one(account.id, set_id)
    name = _campaign(told)
    return StreamingResponse(
        zipped(_files(services, account.id, told), name), media_type="application/zip", headers=_as_file(f"{name}.zip")
    )


def _files(services: Services, user_id: str, told: SetTold) -> Iterator[tuple[str, Iterator[bytes]]]:
    yield "manifest.csv", iter([_manifest(told).encode()])
    films: dict[str, str] = {}
    for cell in told.cells:
        film = services.generations.follow(user_id, cell.generation_id).ad.video
        if film is not None:
            services.feedback.downloaded(user_id, cell.generation_id)
            films[cell.generation_id] = f"{cell.name}.mp4"
            yield films[cell.generation_id], services.media.read(film)
    for name, text in services.provenances.papers(user_id, films).items():
        yield name, iter([text.encode()])


def _manifest(told: SetTold) -> str:
    return manifest(manifest_rows(told), told.row.links.get("landing", ""), told.row.links.get("utm", {}), _campaign(told))


def _campaign(told: SetTold) -> str:
    """What all names of the set begin with, and its version: "aurelia_wrist-watch_v1"."""
    first = told.cells[0].name if told.cells else safe(told.row.title)
    return f"{first.partition('_hook')[0]}_{first.rpartition('_')[2]}" if told.cells else first or "variants"


def _as_file(name: str) -> dict[str, str]:
    return {"content-disposition": attachment(name), "cache-control": "private, no-store"}
