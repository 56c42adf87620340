"""docs/API.md, written from the OpenAPI document: `python -m studio.api.reference > docs/API.md` (`make docs`).

Works on the document alone: what a route does not say of itself there is not said here either. A test keeps the page true.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from studio.api.rest.application import described

EVERYWHERE = ("413", "421", "500", "503")
"""Refusals that any route may give; told once, at the top."""

UNSAID = "Successful Response"
"""FastAPI's words for a reply that nobody described."""

METHODS = ("get", "post", "put", "patch", "delete")
HEAD = """# The REST API

Everything the pages do can be done over HTTP. Addresses begin with `/api`; bodies and answers are JSON; times are ISO 8601 in UTC;
money is in US dollars. The machine-readable document is at `/api/openapi.json`.

Sign in once and send the token with every request:

```sh
TOKEN=$(curl -s localhost:7860/api/auth/login -H 'content-type: application/json' \\
  -d '{"username": "ada", "password": "correct horse"}' | python3 -c 'import json, sys; print(json.load(sys.stdin)["access_token"])')

ID=$(curl -s localhost:7860/api/generate -H "authorization: Bearer $TOKEN" -H 'content-type: application/json' \\
  -d '{"prompt": "Create a luxury watch ad for Instagram"}' | python3 -c 'import json, sys; print(json.load(sys.stdin)["generation_id"])')

curl -s localhost:7860/api/status/$ID -H "authorization: Bearer $TOKEN"
curl -s localhost:7860/api/video/$ID -H "authorization: Bearer $TOKEN" -o ad.mp4
```

Every error has one shape, whatever went wrong; `field` names the offending input where there is one, and `retry-after` (seconds)
comes with 429. Any route may also answer 413 (too large), 421 (a name this studio is not served under), 500 and 503 (something broke
here, or the database does not answer):

```json
{"error": {"code": "invalid_brief", "message": "The prompt has 5 characters; use 10 to 500 …", "field": "prompt"}}
```
"""


def reference(document: Mapping[str, Any]) -> str:
    """The page for an OpenAPI 3 document: one section for each tag, one entry for each route."""
    sections: dict[str, list[str]] = {}
    for path, item in document["paths"].items():
        for method in METHODS:
            if operation := item.get(method):
                tag = (operation.get("tags") or ["other"])[0]
                sections.setdefault(tag, []).append("\n".join(_entry(document, method, path, operation)))
    body = [f"## {tag[0].upper()}{tag[1:]}\n\n" + "\n".join(entries) for tag, entries in sections.items()]
    return HEAD + "\n" + "\n".join(body)


def _entry(document: Mapping[str, Any], method: str, path: str, operation: Mapping[str, Any]) -> Iterator[str]:
    yield f"### {method.upper()} /api{path}\n"
    told = operation.get("description") or operation.get("summary") or ""
    yield " ".join(told.split()) + ("" if operation.get("security") or not document.get("security") else " No token is needed.")
    yield ""
    if parameters := [p for p in operation.get("parameters", ()) if p["in"] in ("query", "path")]:
        yield "| parameter | in | type | |"
        yield "|---|---|---|---|"
        for parameter in parameters:
            kind, told = _type(document, parameter["schema"]), parameter.get("description", "")
            yield f"| `{parameter['name']}` | {parameter['in']} | {kind} | {told} |"
        yield ""
    for media, content in operation.get("requestBody", {}).get("content", {}).items():
        schema = _resolved(document, content.get("schema", {}))
        yield f"Body (`{media}`):\n"
        yield from _fields(document, schema)
        if (example := example_of_body(document, content)) is not None:
            yield f"```json\n{json.dumps(example, indent=2, ensure_ascii=False)}\n```\n"
    for status, reply in operation["responses"].items():
        if not status.startswith("2"):
            continue
        contents = reply.get("content", {})
        told = reply.get("description", "").replace(UNSAID, "")
        yield f"**{status}** {told}".rstrip() + (f" (`{'`, `'.join(contents)}`)" if contents else "") + "\n"
        for content in contents.values():
            if (example := example_of_body(document, content)) is not None:
                yield f"```json\n{json.dumps(example, indent=2, ensure_ascii=False)}\n```\n"
    refusals = [(s, r.get("description", "")) for s, r in sorted(operation["responses"].items()) if s[0] != "2" and s not in EVERYWHERE]
    if refusals:
        yield "Refused: " + "; ".join(f"**{status}** {' '.join(why.split())}" for status, why in refusals) + "\n"


def _fields(document: Mapping[str, Any], schema: Mapping[str, Any]) -> Iterator[str]:
    needed = set(schema.get("required", ()))
    if not schema.get("properties"):
        return
    yield "| field | type | |"
    yield "|---|---|---|"
    for name, field in schema["properties"].items():
        told = field.get("description", "") or _resolved(document, field).get("description", "")
        yield f"| `{name}`{'' if name in needed else ' (optional)'} | {_type(document, field)} | {' '.join(told.split())} |"
    yield ""


def _type(document: Mapping[str, Any], schema: Mapping[str, Any]) -> str:
    schema = _resolved(document, schema)
    if choices := schema.get("anyOf"):
        return " or ".join(dict.fromkeys(_type(document, choice) for choice in choices))
    if "enum" in schema:
        return ", ".join(f"`{value}`" for value in schema["enum"])
    if schema.get("type") == "array":
        return f"list of {_type(document, schema.get('items', {}))}"
    return str(schema.get("type", "any"))


def example_of_body(document: Mapping[str, Any], content: Mapping[str, Any]) -> Any:
    """The example of a body: its own, or its schema's; None when there is none."""
    if "example" in content:
        return content["example"]
    if examples := content.get("examples"):
        return next(iter(examples.values())).get("value")
    return _example_of(document, content.get("schema", {}))


def _example_of(document: Mapping[str, Any], schema: Mapping[str, Any]) -> Any:
    """What a schema gives as its example, or one put together from its fields'."""
    schema = _resolved(document, schema)
    if examples := schema.get("examples"):
        return examples[0]
    if "example" in schema:
        return schema["example"]
    if choices := schema.get("anyOf"):
        return next((found for choice in choices if (found := _example_of(document, choice)) is not None), None)
    if schema.get("type") == "array":
        item = _example_of(document, schema.get("items", {}))
        return None if item is None else [item]
    found = {name: value for name, field in schema.get("properties", {}).items() if (value := _example_of(document, field)) is not None}
    return found or None


def _resolved(document: Mapping[str, Any], schema: Mapping[str, Any]) -> Mapping[str, Any]:
    while reference := schema.get("$ref"):
        schema = document["components"]["schemas"][reference.rsplit("/", 1)[1]]
    return schema


if __name__ == "__main__":
    print(reference(described()))  # noqa: T201 - a page on standard output
