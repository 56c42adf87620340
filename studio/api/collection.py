"""A collection of every request for API clients (Postman's format 2.1, which Bruno and Insomnia read as well), from the OpenAPI document:
`python -m studio.api.collection > docs/collection/ad_studio.postman_collection.json` (`make docs`). A test keeps it true.

Its variables are `base`, the studio's address, and `token`, what signing in answers. It works on the document alone.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

from studio.api.reference import METHODS, example_of_body
from studio.api.rest.application import described

FORMAT = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
JSON = "application/json"


def collection(document: Mapping[str, Any]) -> dict[str, Any]:
    """The collection as plain JSON: a folder for each tag, a request for each route."""
    folders: dict[str, list[dict[str, Any]]] = {}
    for path, item in document["paths"].items():
        for method in METHODS:
            if operation := item.get(method):
                tag = (operation.get("tags") or ["other"])[0]
                folders.setdefault(tag, []).append(_request(document, method, path, operation))
    return {
        "info": {"name": document["info"]["title"], "schema": FORMAT},
        "auth": {"type": "bearer", "bearer": [{"key": "token", "value": "{{token}}", "type": "string"}]},
        "variable": [{"key": "base", "value": "http://127.0.0.1:7860"}, {"key": "token", "value": ""}],
        "item": [{"name": tag, "item": requests} for tag, requests in folders.items()],
    }


def _request(document: Mapping[str, Any], method: str, path: str, operation: Mapping[str, Any]) -> dict[str, Any]:
    parameters = operation.get("parameters", ())
    parts = ["api", *(re.sub(r"^\{(\w+)\}$", r":\1", part) for part in path.strip("/").split("/"))]
    url: dict[str, Any] = {"raw": "{{base}}/" + "/".join(parts), "host": ["{{base}}"], "path": parts}
    if variables := [{"key": p["name"], "value": _value(p)} for p in parameters if p["in"] == "path"]:
        url["variable"] = variables
    if query := [
        {"key": p["name"], "value": _value(p), "disabled": not p.get("required", False)} for p in parameters if p["in"] == "query"
    ]:
        url["query"] = query
    request: dict[str, Any] = {"method": method.upper(), "url": url, "description": " ".join(operation.get("description", "").split())}
    if document.get("security") and not operation.get("security"):
        request["auth"] = {"type": "noauth"}
    contents = operation.get("requestBody", {}).get("content", {})
    if JSON in contents:
        request["header"] = [{"key": "Content-Type", "value": JSON}]
        request["body"] = {"mode": "raw", "raw": json.dumps(example_of_body(document, contents[JSON]) or {}, indent=2, ensure_ascii=False)}
    elif contents:
        request["body"] = {"mode": "formdata", "formdata": [{"key": "file", "type": "file", "src": []}]}
    return {"name": operation.get("summary") or f"{method.upper()} {path}", "request": request}


def _value(parameter: Mapping[str, Any]) -> str:
    """The parameter's example or default as text; empty where it has none."""
    schema = parameter.get("schema", {})
    given = parameter.get("example", next(iter(schema.get("examples", ())), schema.get("default")))
    return "" if given is None else str(given).lower() if isinstance(given, bool) else str(given)


if __name__ == "__main__":
    print(json.dumps(collection(described()), indent=1, ensure_ascii=False))  # noqa: T201 - a file on standard output
