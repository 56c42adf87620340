"""The Range header (RFC 9110 §14): which bytes of a file somebody wants. Works on numbers; knows no files."""

import re


class Unsatisfiable(Exception):
    """The range begins behind the end of the file."""


ONE_RANGE = re.compile(r"bytes=\s*(\d{0,18})-(\d{0,18})\s*", re.IGNORECASE)


def wanted_bytes(header: str | None, size: int) -> tuple[int, int] | None:
    """(first byte, byte after the last), or None for the whole file: no header, one that cannot be read, or several ranges,
    all of which may be ignored. Raises Unsatisfiable."""
    match = ONE_RANGE.fullmatch(header or "")
    if match is None or match[0].strip().endswith("=-"):
        return None
    first, last = match[1], match[2]
    if first == "":  # the last n bytes
        if int(last) == 0 or size == 0:
            raise Unsatisfiable
        return max(0, size - int(last)), size
    start, end = int(first), int(last) + 1 if last else size
    if end <= start and last:
        return None
    if start >= size:
        raise Unsatisfiable
    return start, min(end, size)
