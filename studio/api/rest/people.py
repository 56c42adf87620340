"""One's own profile and figures (PRD §14.4), what this installation can do, and whether it is well."""

from fastapi import APIRouter

from studio.api.rest.asking import Person, Stranger, TheServices
from studio.api.rest.shapes import people
from studio.api.rest.shapes.errors import SIGNED_IN, refusals
from studio.api.rest.shapes.studio import BudgetReply, CapabilitiesReply, HealthReply, MonthReply, StatsReply

router = APIRouter()


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


@router.get("/health", tags=["studio"], summary="Whether it is well", responses=refusals("too_many"))
def health(_: Stranger, services: TheServices) -> HealthReply:
    """503 unless the database answers."""
    services.database.check()
    return HealthReply(status="ok")
