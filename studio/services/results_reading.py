"""A results file of an ad platform, read: columns by their many names, numbers as people of many countries write them. Pure.

bytes → text (UTF-16, UTF-8, Windows-1252) → delimiter and header → rows; what cannot be read is named with its line, the rest is kept
"""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from urllib.parse import parse_qs, unquote_plus, urlsplit

from studio.errors import InputRefused

MOST_BYTES, MOST_ROWS, PREAMBLE = 10_000_000, 50_000, 30
DELIMITERS = (",", ";", "\t", "|")
NAME = re.compile(
    r"(?P<set>[a-z0-9-]+(?:_[a-z0-9-]+)?)_hook(?P<hook>[A-Z])_cta(?P<call>[A-Z])_(?P<aspect>\d+x\d+)_(?P<framework>[A-Z]+)_\d+s_v\d+"
)
ALIASES: Mapping[str, tuple[str, ...]] = {
    "name": (
        "ad name",
        "utm_content",
        "utm content",
        "ad",
        "creative name",
        "video",
        "asset",
        "file",
        "file name",
        "creative",
        "anzeigenname",
    ),
    "link": ("final url", "website url", "url", "url parameters", "landing page", "destination url", "link"),
    "impressions": ("impressions", "impression", "impr.", "impr", "impressionen"),
    "views": (
        "3-second video plays",
        "2-second video views",
        "video views at 2s",
        "2-second video plays",
        "views",
        "trueview views",
        "thruplays",
    ),
    "clicks": ("link clicks", "clicks (destination)", "clicks (all)", "clicks", "interactions", "klicks"),
    "conversions": ("conversions", "results", "purchases", "total conversions", "website purchases"),
    "spend": ("amount spent", "cost", "spend", "total cost", "ausgaben"),
}
"""In order of preference. A currency in brackets behind a name is left out of the comparison."""
EMPTY = {"", "-", "--", "—", "n/a", "null"}


@dataclass(frozen=True)
class Row:
    """One line. name: of ours where the line holds one, else as it stands there. views, conversions, spend: None where not told."""

    line: int
    name: str
    impressions: int
    clicks: int
    views: int | None = None
    conversions: float | None = None
    spend: Decimal | None = None


@dataclass(frozen=True)
class Problem:
    """A line that was left out, or a part of one."""

    line: int
    why: str


@dataclass(frozen=True)
class ResultsFile:
    """platform: meta, tiktok, google or other, by its columns. columns: what was read -> the file's own."""

    platform: str
    columns: dict[str, str]
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]


def read_results(data: bytes) -> ResultsFile:
    """Raises InputRefused when it is no such file at all."""
    if len(data) > MOST_BYTES:
        raise InputRefused(f"A results file has at most {MOST_BYTES // 1_000_000} MB; export a shorter time.", field="file")
    lines = _text(data).splitlines()
    header, delimiter, columns = _header(lines)
    names = next(csv.reader([lines[header]], delimiter=delimiter))
    rows: list[Row] = []
    problems: list[Problem] = []
    reader = csv.reader(io.StringIO("\n".join(lines[header + 1 :])), delimiter=delimiter)
    for cells in reader:
        line = header + 1 + reader.line_num
        if not any(cell.strip() for cell in cells) or cells[0].strip().lower().startswith(("total", "gesamt")):
            continue
        if len(rows) == MOST_ROWS:
            problems.append(Problem(line, f"Only the first {MOST_ROWS:,} ads were read."))
            break
        try:
            row, doubts = _row(line, {key: cells[at].strip() if at < len(cells) else "" for key, at in columns.items()})
            rows.append(row)
            problems += doubts
        except ValueError as error:
            problems.append(Problem(line, str(error)))
    return ResultsFile(_platform(names), {key: names[at].strip() for key, at in columns.items()}, tuple(rows), tuple(problems))


def number(text: str, *, whole: bool) -> Decimal | None:
    """ "1,234", "1.234", "1 234,50", "€ 12.30" -> a number, None for none told. whole: a count, so that a lone separator before three
    digits parts thousands. Raises ValueError."""
    bare = re.sub(r"[^\d.,\-]", "", re.sub(r"[\s\u00a0\u202f'’]", "", text))
    if text.strip().lower() in EMPTY:
        return None
    if re.fullmatch(r"-?\d{1,3}([.,]\d{3})+", bare) and len(set(re.findall("[.,]", bare))) == 1:
        bare = re.sub("[.,]", "", bare)
    elif "." in bare and "," in bare:
        decimal = max(".", ",", key=bare.rindex)
        bare = bare.replace("," if decimal == "." else ".", "").replace(decimal, ".")
    else:
        bare = bare.replace(",", ".")
    try:
        found = Decimal(bare)
    except InvalidOperation as error:
        raise ValueError(f"{text!r} is no number.") from error
    if found < 0 or (whole and found != found.to_integral_value()):
        raise ValueError(f"{text!r} is no count.")
    return found


def our_name(*texts: str) -> str:
    """The name of ours that one of these holds: a file name, a utm field, an address; "" where there is none."""
    for text in texts:
        query = parse_qs(urlsplit(text).query or text).get("utm_content", []) if "utm_content" in text else []
        if found := NAME.search(" ".join([*query, unquote_plus(text)])):
            return found.group()
    return ""


def _text(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _header(lines: Sequence[str]) -> tuple[int, str, dict[str, int]]:
    """The header's line from 0, its delimiter, and where each known column is. Platforms put titles above it."""
    for at, line in enumerate(lines[:PREAMBLE]):
        for delimiter in DELIMITERS:
            cells = [_bare(cell) for cell in next(csv.reader([line], delimiter=delimiter), [])]
            found = {key: cells.index(name) for key, names in ALIASES.items() if (name := next((n for n in names if n in cells), None))}
            if {"impressions", "clicks"} <= found.keys() and found.keys() & {"name", "link"}:
                return at, delimiter, found
    raise InputRefused("This is no results file: it needs columns for the ad's name, impressions and clicks.", field="file")


def _bare(cell: str) -> str:
    text = cell.strip().lower()
    return text if text in {name for names in ALIASES.values() for name in names} else re.sub(r"\s*\([a-z]{3}\)$", "", text)


def _platform(names: Sequence[str]) -> str:
    cells = {_bare(name) for name in names}
    if cells & {"amount spent", "3-second video plays", "thruplays"}:
        return "meta"
    if cells & {"2-second video views", "clicks (destination)"}:
        return "tiktok"
    return "google" if cells & {"impr.", "trueview views"} else "other"


def _row(line: int, cells: Mapping[str, str]) -> tuple[Row, list[Problem]]:
    told = cells.get("name", "")
    name = our_name(told, cells.get("link", "")) or told or cells.get("link", "")
    shown, clicks = (number(cells[key], whole=True) for key in ("impressions", "clicks"))
    if not name:
        raise ValueError("This line names no ad.")
    if shown is None:
        raise ValueError(f"{name}: impressions are missing.")
    if (clicks or 0) > shown:
        raise ValueError(f"{name}: more clicks than impressions.")
    doubts, rest = [], {}
    for key in ("views", "conversions"):
        value = number(cells.get(key, ""), whole=key == "views")
        if value is not None and value > shown:
            doubts.append(Problem(line, f"{name}: more {key} than impressions; they were left out."))
            value = None
        rest[key] = value
    views, conversions = rest["views"], rest["conversions"]
    return Row(
        line,
        name[:300],
        int(shown),
        int(clicks or 0),
        None if views is None else int(views),
        None if conversions is None else float(conversions),
        number(cells.get("spend", ""), whole=False),
    ), doubts
