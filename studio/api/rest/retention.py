"""How long things are kept: one's own rule, what goes next, and ads that stay whatever their age."""

from fastapi import APIRouter

from studio.api.rest.asking import Person, TheServices, concealed
from studio.api.rest.shapes.errors import SIGNED_IN, refusals
from studio.api.rest.shapes.retention import KeepingAsked, KeepingReply, KeptAsked, KeptReply, keeping_reply, kept_reply
from studio.words.api import REFUSALS

NO_AD = REFUSALS["no_ad"]

router = APIRouter(tags=["accounts"])


@router.get("/user/keeping", summary="How long things are kept", responses=refusals(*SIGNED_IN))
def keeping(account: Person, services: TheServices) -> KeepingReply:
    """One's rule, or the studio's; and which ads, hero frames, takes and uploads go next by themselves."""
    return keeping_reply(services.retention, account.id)


@router.put("/user/keeping", summary="Keep things longer", responses=refusals(*SIGNED_IN, "invalid_input", "invalid_request"))
def keep_for(asked: KeepingAsked, account: Person, services: TheServices) -> KeepingReply:
    """Set a rule of one's own. Nothing goes within two weeks of that."""
    services.retention.set_rule(account.id, asked.days)
    return keeping_reply(services.retention, account.id)


@router.delete("/user/keeping", summary="Keep things as usual here", responses=refusals(*SIGNED_IN))
def keep_as_usual(account: Person, services: TheServices) -> KeepingReply:
    """Let the studio's rule count again."""
    services.retention.drop_rule(account.id)
    return keeping_reply(services.retention, account.id)


@router.get("/generations/{generation_id}/keeping", summary="How long an ad stays", responses=refusals(*SIGNED_IN, "not_found"))
def stays(generation_id: str, account: Person, services: TheServices) -> KeptReply:
    """When it goes by itself, or why it stays."""
    with concealed(NO_AD):
        return kept_reply(generation_id, services.retention.of(account.id, generation_id))


@router.put("/generations/{generation_id}/keeping", summary="Keep an ad", responses=refusals(*SIGNED_IN, "not_found", "invalid_request"))
def keep(generation_id: str, asked: KeptAsked, account: Person, services: TheServices) -> KeptReply:
    """Keep it whatever its age, with all that it is made of; or no longer."""
    with concealed(NO_AD):
        return kept_reply(generation_id, services.retention.keep(account.id, generation_id, asked.kept))
