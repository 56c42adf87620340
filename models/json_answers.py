"""The JSON object in what a language model wrote: bare, in a Markdown fence, or with a sentence before and after it."""

import json
from typing import Any

_reader = json.JSONDecoder()


def json_object(answer: str) -> dict[str, Any] | None:
    """The first whole JSON object in `answer`; None when there is none (cut off, a list, plain words)."""
    answer = answer.rpartition("</think>")[2]  # what some local models write down before they answer
    at = answer.find("{")
    listed = answer.find("[")
    if at < 0 or -1 < listed < at:
        return None
    try:
        found, _ = _reader.raw_decode(answer, at)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None
