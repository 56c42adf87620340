"""Teams: made and ended, people asked in, roles and quotas; ads, hero frames and takes, sets of variants and brand kits given to one. Other
people's teams do not exist."""

from fastapi import APIRouter, Response

from studio.api.rest.asking import Person, TheServices, concealed
from studio.api.rest.brands import NO_KIT
from studio.api.rest.generations import NO_AD
from studio.api.rest.shapes import teams as shapes
from studio.api.rest.shapes.errors import SIGNED_IN, refusals
from studio.store.tables import TeamRole
from studio.words.api import REFUSALS

NO_FRAME, NO_GROUP, NO_VARIANTS = (REFUSALS[name] for name in ("no_frame", "no_group", "no_variants"))
FOUND = (*SIGNED_IN, "not_found")
OWNERS = (*FOUND, "role_refused")
UNUSABLE = ("invalid_input", "invalid_request")

router = APIRouter(tags=["teams"])


@router.get("/teams", summary="One's teams", responses=refusals(*SIGNED_IN))
def teams(account: Person, services: TheServices) -> shapes.TeamsReply:
    """The teams that whoever asks is in, by name, and open invitations to them."""
    return shapes.TeamsReply(
        teams=[shapes.team_row(card) for card in services.teams.listed(account.id)],
        invitations=[shapes.invitation_row(one) for one in services.members.invitations(account.id)],
    )


@router.post("/teams", status_code=201, summary="Make a team", responses=refusals(*SIGNED_IN, *UNUSABLE))
def make_team(asked: shapes.NamedTeam, account: Person, services: TheServices) -> shapes.TeamReply:
    """Whoever makes it is its owner."""
    return shapes.team_reply(services.teams.create(account.id, asked.name))


@router.get("/teams/{team_id}", summary="A team", responses=refusals(*FOUND))
def team(team_id: str, account: Person, services: TheServices) -> shapes.TeamReply:
    """Who is in it. Owners see what everybody may order and who is asked in; others see their own quota."""
    return shapes.team_reply(services.teams.one(account.id, team_id))


@router.patch("/teams/{team_id}", summary="Name a team anew", responses=refusals(*OWNERS, *UNUSABLE))
def rename_team(team_id: str, asked: shapes.NamedTeam, account: Person, services: TheServices) -> shapes.TeamReply:
    """For owners."""
    return shapes.team_reply(services.teams.rename(account.id, team_id, asked.name))


@router.delete("/teams/{team_id}", status_code=204, summary="End a team", responses=refusals(*OWNERS, "not_ready"))
def end_team(team_id: str, account: Person, services: TheServices) -> Response:
    """For owners. All that it has goes back to whoever made it. 409: something of it is still being made."""
    services.teams.end(account.id, team_id)
    return Response(status_code=204)


@router.post("/teams/{team_id}/invitations", status_code=201, summary="Ask somebody in", responses=refusals(*OWNERS, *UNUSABLE))
def invite(team_id: str, asked: shapes.AskedIn, account: Person, services: TheServices) -> shapes.InvitationRow:
    """For owners. Whoever is asked finds the invitation among their teams and is a member once they accept; it is good for 14 days."""
    return shapes.invitation_row(services.members.invite(account.id, team_id, asked.username, TeamRole(asked.role)))


@router.delete(
    "/teams/{team_id}/invitations/{invitation_id}", status_code=204, summary="Take an invitation back", responses=refusals(*OWNERS)
)
def withdraw(team_id: str, invitation_id: str, account: Person, services: TheServices) -> Response:
    """For owners."""
    services.members.withdraw(account.id, team_id, invitation_id)
    return Response(status_code=204)


@router.post("/invitations/{invitation_id}/accept", summary="Join a team", responses=refusals(*FOUND, "invalid_input"))
def accept(invitation_id: str, account: Person, services: TheServices) -> shapes.JoinedReply:
    """Only whoever was asked can."""
    return shapes.JoinedReply(team_id=services.members.accept(account.id, invitation_id))


@router.delete("/invitations/{invitation_id}", status_code=204, summary="Do not join a team", responses=refusals(*FOUND))
def decline(invitation_id: str, account: Person, services: TheServices) -> Response:
    """The invitation is gone."""
    services.members.decline(account.id, invitation_id)
    return Response(status_code=204)


@router.patch("/teams/{team_id}/members/{user_id}", summary="Change a member", responses=refusals(*OWNERS, "not_ready", *UNUSABLE))
def change_member(team_id: str, user_id: str, asked: shapes.ChangedMember, account: Person, services: TheServices) -> shapes.TeamReply:
    """Another role, another quota; for owners. 409: a team keeps an owner."""
    services.members.change(account.id, team_id, user_id, asked.model_dump(exclude_unset=True))
    return shapes.team_reply(services.teams.one(account.id, team_id))


@router.delete("/teams/{team_id}/members/{user_id}", status_code=204, summary="Take a member out", responses=refusals(*OWNERS, "not_ready"))
def remove_member(team_id: str, user_id: str, account: Person, services: TheServices) -> Response:
    """For owners; and oneself, who leaves. What they made for the team stays with it. 409: a team keeps an owner."""
    services.members.remove(account.id, team_id, user_id)
    return Response(status_code=204)


@router.put(
    "/generations/{generation_id}/team",
    status_code=204,
    summary="Give an ad to a team",
    responses=refusals(*FOUND, "role_refused", "not_ready", *UNUSABLE),
)
def give_ad(generation_id: str, asked: shapes.GivenTo, account: Person, services: TheServices) -> Response:
    """Or take it back. Its versions go with it. For whoever made it, and owners of its team. 409: it is still being made."""
    with concealed(NO_AD):
        services.team_things.give_ad(account.id, generation_id, asked.team_id)
    return Response(status_code=204)


@router.put(
    "/hero-frames/{frame_id}/team",
    status_code=204,
    summary="Give hero frames to a team",
    responses=refusals(*FOUND, "role_refused", "not_ready", *UNUSABLE),
)
def give_frames(frame_id: str, asked: shapes.GivenTo, account: Person, services: TheServices) -> Response:
    """Or take them back. The whole tree goes, with the takes that begin at any of its frames. For whoever made it, and owners of its team.
    409: something of it is still being made."""
    with concealed(NO_FRAME):
        services.team_things.give_frames(account.id, frame_id, asked.team_id)
    return Response(status_code=204)


@router.put(
    "/generation-groups/{group_id}/team",
    status_code=204,
    summary="Give a group of takes to a team",
    responses=refusals(*FOUND, "role_refused", "not_ready", *UNUSABLE),
)
def give_takes(group_id: str, asked: shapes.GivenTo, account: Person, services: TheServices) -> Response:
    """Or take it back. The hero frames that it begins with go with it, and all other takes of theirs. For whoever made them, and owners of
    its team. 409: something of it is still being made."""
    with concealed(NO_GROUP):
        services.team_things.give_takes(account.id, group_id, asked.team_id)
    return Response(status_code=204)


@router.put(
    "/variants/{set_id}/team",
    status_code=204,
    summary="Give a set of variants to a team",
    responses=refusals(*FOUND, "role_refused", "not_ready", *UNUSABLE),
)
def give_variants(set_id: str, asked: shapes.GivenTo, account: Person, services: TheServices) -> Response:
    """Or take it back. Its ads go with it, with their versions; those that were given elsewhere stay there. For whoever made it, and owners
    of its team. 409: an ad of it is still being made."""
    with concealed(NO_VARIANTS):
        services.team_things.give_variants(account.id, set_id, asked.team_id)
    return Response(status_code=204)


@router.put(
    "/brands/{kit_id}/team", status_code=204, summary="Give a brand kit to a team", responses=refusals(*FOUND, "role_refused", *UNUSABLE)
)
def give_kit(kit_id: str, asked: shapes.GivenTo, account: Person, services: TheServices) -> Response:
    """Or take it back. For whoever made it, and owners of its team."""
    with concealed(NO_KIT):
        services.team_things.give_kit(account.id, kit_id, asked.team_id)
    return Response(status_code=204)
