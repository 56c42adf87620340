"""Links into a team: made and taken back by its owners, opened by whoever has one, followed by whoever signs in.

A link's token stands behind the # of its address and in the body of what is asked here: no server's log has it.
"""

from fastapi import APIRouter, Request, Response

from studio.api.rest.asking import Person, Stranger, TheServices
from studio.api.rest.services import Services
from studio.api.rest.shapes import teams as shapes
from studio.api.rest.shapes.errors import refusals
from studio.api.rest.teams import FOUND, OWNERS, UNUSABLE
from studio.api.session_cookie import token_of
from studio.errors import NotSignedIn
from studio.services.accounts import Account
from studio.store.tables import TeamRole

router = APIRouter(tags=["teams"])


@router.post("/teams/{team_id}/links", status_code=201, summary="Make a link into a team", responses=refusals(*OWNERS, *UNUSABLE))
def make_link(team_id: str, asked: shapes.TeamLinkAsked, account: Person, services: TheServices) -> shapes.TeamLinkReply:
    """For owners. Whoever has it and signs in joins as editor or reviewer. Its address is told this once."""
    made, token = services.team_links.make(account.id, team_id, TeamRole(asked.role), uses=asked.uses, days=asked.days)
    return shapes.TeamLinkReply(**vars(made), url=f"/join#{token}")


@router.delete("/teams/{team_id}/links/{link_id}", status_code=204, summary="Take a link into a team back", responses=refusals(*OWNERS))
def take_link_back(team_id: str, link_id: str, account: Person, services: TheServices) -> Response:
    """For owners. It lets nobody in any more; who joined with it stays."""
    services.team_links.take_back(account.id, team_id, link_id)
    return Response(status_code=204)


@router.post("/team-links/open", summary="Where a link leads", responses=refusals("not_found", "link_ended", "invalid_request", "too_many"))
def open_link(asked: shapes.LinkToken, request: Request, _: Stranger, services: TheServices) -> shapes.AskedByLinkReply:
    """Nobody has to sign in to see into which team a link leads, and as what. 410: its time is over, or everybody is in."""
    you = _whoever(request, services)
    found = services.team_links.open(asked.token, you.id if you else None)
    return shapes.AskedByLinkReply(**vars(found), you=you.username if you else None)


@router.post("/team-links/join", summary="Join a team by a link", responses=refusals(*FOUND, "link_ended", "not_ready", *UNUSABLE))
def join_by_link(asked: shapes.LinkToken, account: Person, services: TheServices) -> shapes.JoinedReply:
    """With the link's role. Members stay what they are. 409: the team is full. 410: the link's time is over, or everybody is in."""
    return shapes.JoinedReply(team_id=services.team_links.join(account.id, asked.token))


def _whoever(request: Request, services: Services) -> Account | None:
    """Who asks, if they are signed in."""
    token = token_of(request)
    try:
        return services.accounts.who(token) if token else None
    except NotSignedIn:
        return None
