"""The API's own description for the tests that are made from it: once in a process, because it takes more than a second."""

from functools import cache
from typing import Any

from studio.api.rest import application


@cache
def described() -> dict[str, Any]:
    """As studio.api.rest.application has it. Shared: not to be changed."""
    return application.described()
