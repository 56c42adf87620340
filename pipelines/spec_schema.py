"""JSON Schema for structured answers of language models, in the strict dialect: every property required, nothing extra,
references inlined, and length limits said in words because strict decoders refuse the keywords.
"""

from typing import Any

from pydantic import BaseModel

_UNSUPPORTED = {"minLength": "at least {} long", "maxLength": "at most {} long"}
_DROPPED = {"title", "default"}


def strict_schema(model: type[BaseModel]) -> dict[str, Any]:
    """The schema of `model` for OpenAI's strict structured outputs. Recursive models are not supported (RecursionError)."""
    schema = model.model_json_schema()
    strict: dict[str, Any] = _strict(schema, schema.get("$defs", {}))
    return strict


def _strict(node: Any, definitions: dict[str, Any]) -> Any:
    if isinstance(node, list):
        return [_strict(item, definitions) for item in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        merged = {**definitions[node["$ref"].rpartition("/")[2]], **{k: v for k, v in node.items() if k != "$ref"}}
        return _strict(merged, definitions)
    out: dict[str, Any] = {}
    for key, value in node.items():
        if key == "properties":
            out[key] = {name: _strict(child, definitions) for name, child in value.items()}
        elif key not in _DROPPED and key not in _UNSUPPORTED and key != "$defs":
            out[key] = _strict(value, definitions)
    limits = [words.format(f"{node[key]} character{'s' * (node[key] != 1)}") for key, words in _UNSUPPORTED.items() if key in node]
    if limits:
        out["description"] = ". ".join(filter(None, [str(node.get("description", "")).strip(), ", ".join(limits)]))
    if out.get("type") == "object":
        out["required"] = list(out.get("properties", {}))
        out["additionalProperties"] = False
    return out
