"""docs/collection has a request for every route, written from the OpenAPI document."""

import json
import re
from pathlib import Path
from typing import Any

from studio.api.collection import collection
from tests.studio.api.document import described

FILE = Path(__file__).parents[3] / "docs" / "collection" / "ad_studio.postman_collection.json"


def requests_of(told: dict[str, Any]) -> list[dict[str, Any]]:
    return [entry["request"] for folder in told["item"] for entry in folder["item"]]


def test_the_collection_is_up_to_date() -> None:
    assert json.loads(FILE.read_text()) == collection(described()), "run: make docs"


def test_every_route_has_a_request_with_its_variables_and_a_body_that_is_json() -> None:
    document = described()
    asked = requests_of(json.loads(FILE.read_text()))
    routes = {f"{method.upper()} {path}" for path, item in document["paths"].items() for method in item}
    told = {f"{r['method']} " + re.sub(r":(\w+)", r"{\1}", r["url"]["raw"].removeprefix("{{base}}/api")) for r in asked}
    assert told == routes
    for request in asked:
        named = set(re.findall(r":(\w+)", "/".join(request["url"]["path"])))
        assert named == {variable["key"] for variable in request["url"].get("variable", ())}
        if request.get("body", {}).get("mode") == "raw":
            assert json.loads(request["body"]["raw"]) is not None, request["url"]["raw"]


def test_signing_in_needs_no_token_and_everything_else_does() -> None:
    (signing_in,) = [r for r in requests_of(json.loads(FILE.read_text())) if r["url"]["raw"].endswith("/auth/login")]
    assert signing_in["auth"] == {"type": "noauth"}
    (making,) = [r for r in requests_of(json.loads(FILE.read_text())) if r["url"]["raw"].endswith("/api/generate")]
    assert "auth" not in making
