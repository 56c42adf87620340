"""One's own profile (PRD §14.4), what this installation can do, and whether it is well."""

from typing import Any

from fastapi import APIRouter

from studio.api.rest.auth import as_person
from studio.api.rest.services import Person, TheServices

router = APIRouter()


@router.get("/user/profile", tags=["people"])
def profile(account: Person) -> dict[str, Any]:
    """The account with its totals."""
    return as_person(account)


@router.get("/capabilities", tags=["studio"])
def capabilities(_: Person, services: TheServices) -> dict[str, Any]:
    """The capability card."""
    return services.capabilities()


@router.get("/health", tags=["studio"])
def health(services: TheServices) -> dict[str, str]:
    """503 unless the database answers."""
    services.database.check()
    return {"status": "ok"}
