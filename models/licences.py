"""Whose licence was accepted on this installation, by whom and when: WEIGHTS_DIR/licences.json.

A row whose results advertising may not use as a matter of course (`commercial=False`) stays shut until somebody accepts it by
name: in ACCEPTED_LICENCES, or with `python -m models pull <id> --accept-licence`. Either way it is written down before the first use.
"""

import json
import threading
from datetime import UTC, datetime
from typing import Any

from models.backends import BackendConfig
from models.catalog.row import ModelRow
from models.errors import DiskFull

FILE = "licences.json"
BY_SETTING = "ACCEPTED_LICENCES"
BY_COMMAND = "python -m models pull --accept-licence"

_lock = threading.Lock()


def shown(row: ModelRow) -> str:
    """The licence of `row` in words: its name, what it asks beyond that, and where it stands."""
    parts = [f"{row.id}: {row.licence}."]
    if row.terms:
        parts.append(f"{row.terms[:1].upper()}{row.terms[1:].rstrip('.')}.")
    if not row.commercial:
        parts.append("Advertising may not use it as a matter of course.")
    if row.licence_url:
        parts.append(f"Read it at {row.licence_url}.")
    return " ".join(parts)


def why_shut(row: ModelRow, config: BackendConfig) -> str:
    """ "" when `row` may be used here, else one sentence that says what must be accepted and how."""
    if row.commercial or row.id in config.accepted or _holds(records(config).get(row.id), row):
        return ""
    terms = f" ({row.terms.rstrip('.')})" if row.terms else ""
    return (
        f"{row.id} is under {row.licence}{terms}, which does not allow advertising as a matter of course; read it, then accept it: name "
        f"it in ACCEPTED_LICENCES, or run `python -m models pull {row.id} --accept-licence`."
    )


def accept(row: ModelRow, config: BackendConfig, by: str) -> None:
    """Write down that the licence of `row`, as it is named today, was accepted. by: BY_SETTING or BY_COMMAND. Raises DiskFull."""
    with _lock:
        found = records(config)
        if _holds(found.get(row.id), row):
            return
        found[row.id] = {
            "licence": row.licence,
            "licence_url": row.licence_url,
            "terms": row.terms,
            "accepted": datetime.now(UTC).isoformat(timespec="seconds"),
            "by": by,
        }
        path = config.weights_dir / FILE
        part = path.with_name(FILE + ".part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            part.write_text(json.dumps(found, indent=1, sort_keys=True) + "\n", encoding="utf-8")
            part.replace(path)
        except OSError as error:
            raise DiskFull(f"That the licence of {row.id} was accepted cannot be written to {path} ({error.strerror}).") from error


def before_use(row: ModelRow, config: BackendConfig) -> None:
    """Called before a row is used: what ACCEPTED_LICENCES accepts is written down the first time. Raises DiskFull."""
    if not row.commercial and row.id in config.accepted:
        accept(row, config, BY_SETTING)


def records(config: BackendConfig) -> dict[str, Any]:
    """Row id -> what was accepted, when and how; {} when nothing was, or the file is not one of ours."""
    try:
        found = json.loads((config.weights_dir / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _holds(record: Any, row: ModelRow) -> bool:
    """Whether what was accepted is the licence that the row bears today."""
    return isinstance(record, dict) and record.get("licence") == row.licence and record.get("terms") == row.terms
