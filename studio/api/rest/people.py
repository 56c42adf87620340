"""One's own profile and figures (PRD §14.4), what this installation can do, and whether it is well."""

from typing import Any

import sqlalchemy as sa
from fastapi import APIRouter, Request, Response

from studio.api.doors import is_signed_in
from studio.api.rest.asking import Person, TheServices, stranger
from studio.api.rest.monitors import is_monitor
from studio.api.rest.shapes import people
from studio.api.rest.shapes.errors import SIGNED_IN, refusals
from studio.api.rest.shapes.studio import BudgetReply, CapabilitiesReply, CheckReply, HealthReply, MonthReply, StatsReply
from studio.errors import StudioError
from studio.services.health import State

router = APIRouter()

UNWELL: dict[int | str, dict[str, Any]] = {503: {"model": HealthReply, "description": "Something is down"}}


@router.get("/user/profile", tags=["accounts"], summary="One's account", responses=refusals(*SIGNED_IN))
def profile(account: Person) -> people.Person:
    """The account with its totals."""
    return people.person_of(account)


@router.get("/user/stats", tags=["accounts"], summary="One's figures", responses=refusals(*SIGNED_IN))
def stats(account: Person, services: TheServices) -> StatsReply:
    """How many ads, how many went well, what was paid month by month, and what may still be spent."""
    counted, budget = services.library.stats(account.id), services.spending.budget(account.id)
    months = services.spending.by_month(account.id)
    return StatsReply(
        total=counted.total,
        by_status=counted.by_status,
        success_rate=counted.success_rate,
        months=[MonthReply(year=m.year, month=m.month, cost=float(m.cost), calls=m.calls) for m in months],
        budget=BudgetReply(spent=float(budget.spent), held=float(budget.held), cap=float(budget.cap), left=float(budget.left)),
    )


@router.get("/capabilities", tags=["studio"], summary="What can be made here", responses=refusals(*SIGNED_IN))
def capabilities(_: Person, services: TheServices) -> CapabilitiesReply:
    """With which models, in which styles, and what is missing where something cannot."""
    return CapabilitiesReply.model_validate(services.capabilities())


@router.get("/health", tags=["studio"], summary="Whether it is well", responses=refusals("too_many") | UNWELL)
def health(request: Request, services: TheServices, response: Response) -> HealthReply:
    """200 while people are served, though something may be degraded; 503 when they are not. Its parts are told to whoever is signed
    in, bears the monitoring token, or asks from the machine itself."""
    monitor = is_monitor(request, services.monitoring_token)
    if not monitor:
        stranger(request, services)
    report = services.health.look()
    if report.state is State.DOWN:
        response.status_code = 503
    told = monitor or _is_known(request, services)
    return HealthReply(status=report.state, checks=[CheckReply.model_validate(check) for check in report.checks] if told else None)


def _is_known(request: Request, services: TheServices) -> bool:
    """Whether somebody is signed in; of a database that does not answer that cannot be known."""
    try:
        return is_signed_in(services, request)
    except (sa.exc.SQLAlchemyError, StudioError):
        return False
