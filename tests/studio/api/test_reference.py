"""docs/API.md is what the OpenAPI document says, no more and no less."""

import re
from pathlib import Path

from studio.api.reference import reference
from tests.studio.api.document import described

PAGE = Path(__file__).parents[3] / "docs" / "API.md"


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text().strip() == reference(described()).strip(), "run: make docs"


def test_every_route_of_the_document_is_on_the_page() -> None:
    routes = {f"{method.upper()} /api{path}" for path, item in described()["paths"].items() for method in item}
    assert set(re.findall(r"^### (.+)$", PAGE.read_text(), re.MULTILINE)) == routes
