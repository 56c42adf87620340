"""Brand kits: made, changed, given fonts, removed. An order names one as `kit`. A team's are its members'."""

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool

from studio.api.rest.asking import Person, TheServices, concealed
from studio.api.rest.sent_files import file_form, sent_file
from studio.api.rest.services import Services
from studio.api.rest.shapes.ads import DeletedReply
from studio.api.rest.shapes.brands import AskedBrand, BrandReply, BrandsReply, NewBrand, brand_reply
from studio.api.rest.shapes.errors import SIGNED_IN, refusals
from studio.store.access import Right
from studio.store.tables import BrandKit
from studio.words.api import REFUSALS

NO_KIT = "There is no such brand kit."
FOUND = (*SIGNED_IN, "not_found")
UNUSABLE = ("invalid_input", "invalid_request", "invalid_brief")
FONT_FORM = file_form("A TTF or OTF font of at most 10 MB that may be embedded and has Latin letters.")

router = APIRouter(tags=["brands"])


@router.get("/brands", summary="One's brand kits", responses=refusals(*SIGNED_IN))
def brands(account: Person, services: TheServices) -> BrandsReply:
    """The kits of whoever asks and of their teams, by name."""
    kits = services.brands.listed(account.id)
    rights = services.brands.rights(account.id, kits)
    return BrandsReply(brands=[brand_reply(kit, rights[kit.id]) for kit in kits if kit.id in rights])


@router.post("/brands", status_code=201, summary="Make a brand kit", responses=refusals(*FOUND, *UNUSABLE))
def make_brand(asked: NewBrand, account: Person, services: TheServices) -> BrandReply:
    """A kit with a name, and whatever else is known. 404: there is no such upload."""
    return _reply(services, account.id, services.brands.create(account.id, asked.model_dump(exclude_unset=True)))


@router.get("/brands/{kit_id}", summary="A brand kit", responses=refusals(*FOUND))
def brand(kit_id: str, account: Person, services: TheServices) -> BrandReply:
    """One of one's own kits, or of a team's; other people's do not exist."""
    with concealed(NO_KIT):
        return _reply(services, account.id, services.brands.one(account.id, kit_id))


@router.patch("/brands/{kit_id}", summary="Change a brand kit", responses=refusals(*FOUND, *UNUSABLE))
def change_brand(kit_id: str, asked: AskedBrand, account: Person, services: TheServices) -> BrandReply:
    """Change what is sent; ads that were made stay as they are."""
    with concealed(NO_KIT):
        return _reply(services, account.id, services.brands.change(account.id, kit_id, asked.model_dump(exclude_unset=True)))


@router.delete("/brands/{kit_id}", summary="Remove a brand kit", responses=refusals(*FOUND))
def remove_brand(kit_id: str, account: Person, services: TheServices) -> DeletedReply:
    """Remove the kit; ads that were made with it stay."""
    with concealed(NO_KIT):
        services.brands.remove(account.id, kit_id)
    return DeletedReply(message="Brand kit deleted successfully", generation_id=kit_id)


@router.post(
    "/brands/{kit_id}/fonts/{role}",
    status_code=201,
    summary="Give a brand its font",
    openapi_extra=FONT_FORM,
    responses=refusals(*FOUND, "invalid_input"),
)
async def give_font(kit_id: str, role: str, request: Request, account: Person, services: TheServices) -> BrandReply:
    """Set the brand's font for `role`: display (headlines and names) or text (everything small). It is read whole before it is kept."""
    with concealed(NO_KIT):
        await run_in_threadpool(services.brands.one, account.id, kit_id, Right.EDIT)
        kit = await sent_file(request, lambda file: services.brands.take_font(account.id, kit_id, role, file.file), REFUSALS["font_form"])
    return _reply(services, account.id, kit)


@router.delete("/brands/{kit_id}/fonts/{role}", summary="Take a brand's font away", responses=refusals(*FOUND, "invalid_input"))
def drop_font(kit_id: str, role: str, account: Person, services: TheServices) -> BrandReply:
    """Set everything in fonts of the studio again."""
    with concealed(NO_KIT):
        return _reply(services, account.id, services.brands.drop_font(account.id, kit_id, role))


def _reply(services: Services, user_id: str, kit: BrandKit) -> BrandReply:
    """The kit, for somebody who was let see it a moment ago."""
    return brand_reply(kit, services.brands.rights(user_id, (kit,)).get(kit.id, Right.LOOK))
