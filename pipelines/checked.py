"""Text and numbers as people type them into a form, a command line or JSON, checked. Knows no brief: what a field means, and which
sentence says what is wrong with a number, is the brief's own."""

import re
from typing import Any

from pipelines.errors import BriefError

INVISIBLE = "\u2028\u2029\u202d\u202e\ufffe\uffff"
"""Beside the control characters: breaks of their own kind, turned directions, and what is no character at all."""


def printable(value: Any, field: str, name: str) -> str:
    """The text with tabs and line breaks as spaces. Raises BriefError for what is no text, or holds control characters."""
    if not isinstance(value, str):
        raise BriefError(f"{name} must be text.", field=field)
    text = re.sub(r"[\r\n\t]+", " ", value)
    if any(ord(c) < 32 or 127 <= ord(c) < 160 or 0xD800 <= ord(c) < 0xE000 or c in INVISIBLE for c in text):
        raise BriefError(f"{name} contains control characters; type it as plain text.", field=field)
    return text


def line(value: Any, field: str, name: str, most: int) -> str:
    """The text on one line, every run of white space one space. most: characters. Raises BriefError."""
    text = printable(" ".join(value.split()) if isinstance(value, str) else value, field, name)
    if len(text) > most:
        raise BriefError(f"{name} has {len(text)} characters; shorten it to {most} at most.", field=field)
    return text


def whole(value: Any, low: int, high: int) -> int | None:
    """The whole number that `value` is or spells, or None where it is none of low..high."""
    text = str(value).strip()
    if isinstance(value, bool) or not re.fullmatch(r"-?\d{1,20}(?:\.0+)?", text) or not low <= int(text.partition(".")[0]) <= high:
        return None
    return int(text.partition(".")[0])


def number(value: Any, low: float, high: float) -> float | None:
    """The number that `value` is or spells, or None where it is none of low..high."""
    try:
        read = float(value)
    except (TypeError, ValueError):
        return None
    return read if not isinstance(value, bool) and low <= read <= high else None
