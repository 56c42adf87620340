"""The list that goes with a set's films: a row for each ad, with what it says, what it did cost, and where it leads. Pure.

utm_content is the ad's own name, so that what is counted at the landing page names the ad.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode, urlsplit, urlunsplit

COLUMNS = (
    "file",
    "hook",
    "hook_text",
    "cta",
    "cta_text",
    "aspect",
    "framework",
    "duration_s",
    "status",
    "cost_usd",
    "utm_source",
    "utm_medium",
    "utm_campaign",
    "utm_term",
    "utm_content",
    "link",
)
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would calculate, were it the first character of a cell."""


@dataclass(frozen=True)
class Row:
    """One ad. name: of its file, without ending. hook, call: letters. cost: US dollars, None as long as nobody knows."""

    name: str
    hook: str
    hook_text: str
    call: str
    call_text: str
    aspect: str
    framework: str
    duration_s: float
    status: str
    cost: Decimal | None


def manifest(rows: Iterable[Row], landing: str, utm: Mapping[str, str], campaign: str) -> str:
    """CSV (RFC 4180, CRLF). landing: "" leaves the links out. campaign: where none was named."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows:
        fields = fields_of(row.name, utm, campaign)
        writer.writerow(
            plain_cell(cell)
            for cell in (
                f"{row.name}.mp4",
                row.hook,
                row.hook_text,
                row.call,
                row.call_text,
                row.aspect,
                row.framework,
                f"{row.duration_s:g}",
                row.status,
                "" if row.cost is None else f"{row.cost:.4f}",
                *(fields.get(f"utm_{name}", "") for name in ("source", "medium", "campaign", "term", "content")),
                link_to(landing, fields),
            )
        )
    return text.getvalue()


def fields_of(name: str, utm: Mapping[str, str], campaign: str) -> dict[str, str]:
    """The utm fields of one ad, in their usual order."""
    known = {"source": utm.get("source", ""), "medium": utm.get("medium") or "paid_social", "campaign": utm.get("campaign") or campaign}
    found = {f"utm_{key}": value for key, value in known.items() if value}
    return found | ({"utm_term": utm["term"]} if utm.get("term") else {}) | {"utm_content": name}


def link_to(landing: str, fields: Mapping[str, str]) -> str:
    """The landing page with these fields, beside what its address asks already; "" where there is none."""
    if not landing:
        return ""
    parts = urlsplit(landing)
    return urlunsplit(parts._replace(query="&".join(filter(None, (parts.query, urlencode(dict(fields)))))))


def plain_cell(cell: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell
