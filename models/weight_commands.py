"""What `python -m models` does: the catalogue shown with its weights, and weights fetched, checked and found.

Sentences and tables only; the rules are in weights, pulling and licences.
"""

import argparse
import json
import sys
from typing import TYPE_CHECKING

from models import catalog
from models.backends import BackendConfig
from models.catalog.row import ModelRow
from models.devices import choose
from models.errors import AskRefused, ModelUnavailable
from models.hub import Hub, address_shown
from models.licences import BY_COMMAND, accept, shown, why_shut
from models.loras import listed
from models.pulling import pull
from models.settings import ModelSettings
from models.verifying import remember, verify
from models.weights import files_in, folder_of, what_lacks, why_missing

if TYPE_CHECKING:
    from rich.console import Console


def list_models(args: argparse.Namespace, config: BackendConfig, settings: ModelSettings) -> int:
    """A line for each model, or one JSON object a line; last what keeps all of them from being used here."""
    rows = [row for row in catalog.CATALOG if row.weights or args.all]
    if args.json:
        for row in rows:
            sys.stdout.write(json.dumps(_facts(row, config), ensure_ascii=False) + "\n")
        return 0
    console = _console()
    wide, facts = max((len(row.id) for row in rows), default=0), [_facts(row, config) for row in rows]
    for row, said in zip(rows, facts, strict=True):
        told = "; ".join((" ".join(row.kinds) or "add-on", row.licence + ("" if row.commercial else " *"), said["here"]))
        console.print(f"{row.id:<{wide}} {said['size']:>8}  {told}", soft_wrap=True, markup=False, highlight=False)
    console.print()
    for licence, terms in dict.fromkeys((row.licence, row.terms) for row in rows if row.terms):
        under = ", ".join(row.id for row in rows if (row.licence, row.terms) == (licence, terms))
        console.print(f"{licence} ({under}): {terms}.", soft_wrap=True, markup=False, highlight=False)
    if any(not row.commercial for row in rows):
        console.print("* Not for advertising as a matter of course; must be accepted first (pull --accept-licence).", soft_wrap=True)
    console.print(f"Weights lie in {config.weights_dir}. Fetch with: python -m models pull ID", soft_wrap=True, highlight=False)
    if why_not := choose(config).why_not:
        console.print(why_not, soft_wrap=True, markup=False, highlight=False)
    console.print(
        "Hosted models need a key and no weights; python -m studio doctor says what is used and why the rest is not.", soft_wrap=True
    )
    return 0


def pull_weights(args: argparse.Namespace, config: BackendConfig, settings: ModelSettings) -> int:
    """Licence shown, accepted where it must be, weights fetched; what they go on top of first."""
    console = _console()
    rows: list[ModelRow] = []
    for name in args.ids:
        for row in _with_base(_row(name)):
            if row not in rows:
                rows.append(row)
    for row in rows:  # everything that can be refused is refused before the first byte
        if row.weights is None:
            raise AskRefused(f"{row.id} has no weights to download; it is {_kind_of_home(row)}.")
        console.print(shown(row), soft_wrap=True, markup=False, highlight=False)
        if args.accept_licence and why_shut(row, config):
            accept(row, config, BY_COMMAND)
        if shut := why_shut(row, config):
            raise ModelUnavailable(shut)
    hub = Hub(settings.hf_endpoint, settings.hf_token.get_secret_value() if settings.hf_token else None)
    try:
        for row in rows:
            with _Bars(console) as bars:
                folder = pull(row, config, hub, bars.show)
            console.print(f"{row.id} is ready in {folder}.", soft_wrap=True, markup=False, highlight=False)
    finally:
        hub.close()
    for row in rows:
        if more := [name for name in _add_ons(row) if why_missing(catalog.row(name), config)]:
            console.print(f"{row.id} can do more with {', '.join(more)}.", soft_wrap=True, markup=False, highlight=False)
    return 0


def verify_weights(args: argparse.Namespace, config: BackendConfig, settings: ModelSettings) -> int:
    """Every folder read again; exit code 1 when anything differs from what was written down."""
    console = _console()
    rows = [_row(name) for name in args.ids] or [row for row in catalog.CATALOG if row.weights and folder_of(row, config).is_dir()]
    wrong = 0
    for row in rows:
        if row.weights is None:
            raise AskRefused(f"{row.id} has no weights; it is {_kind_of_home(row)}.")
        with _Bars(console) as bars:
            found = verify(row, config, bars.show)
        for line in found.sentences:
            console.print(line, soft_wrap=True, markup=False, highlight=False)
        wrong += not found.right
        if args.remember and found.right and not found.compared:
            console.print(f"Written down in {remember(row, config)}.", soft_wrap=True, markup=False, highlight=False)
    if not rows:
        console.print(f"No weights lie in {config.weights_dir}.", soft_wrap=True, highlight=False)
    return 1 if wrong else 0


def say_where(args: argparse.Namespace, config: BackendConfig, settings: ModelSettings) -> int:
    """Folders; with an id that folder alone, for use in a shell."""
    if args.id:
        sys.stdout.write(f"{folder_of(_row(args.id), config)}\n")
        return 0
    sys.stdout.write(f"weights  {config.weights_dir}\nLoRAs    {config.loras_dir}\nhub      {address_shown(settings.hf_endpoint)}\n")
    for row in catalog.CATALOG:
        folder = folder_of(row, config)
        if row.weights and folder.is_dir():
            held = sum((folder / name).stat().st_size for name in files_in(folder))
            sys.stdout.write(f"{held / 1e9:8.2f} GB  {folder}\n")
    for card in listed(config):
        sys.stdout.write(f"{card.file.stat().st_size / 1e9:8.2f} GB  {card.file}\n")
    return 0


def _facts(row: ModelRow, config: BackendConfig) -> dict[str, str]:
    """What the list says of a row, in words."""
    if row.weights is None:
        here = _kind_of_home(row)
    elif lacks := what_lacks(row.weights, folder_of(row, config)):
        here = f"not downloaded{lacks}" if folder_of(row, config).is_dir() else "not downloaded"
    else:
        here = why_missing(row, config) or "ready"
    return {
        "id": row.id,
        "kinds": " ".join(row.kinds),
        "title": row.title,
        "licence": row.licence,
        "licence_url": row.licence_url,
        "terms": row.terms,
        "commercial": "yes" if row.commercial else "only where accepted",
        "size": f"{row.weights.gigabytes:.1f} GB" if row.weights and row.weights.gigabytes else "",
        "here": here if row.commercial or not why_shut(row, config) else f"{here}; licence not accepted",
    }


def _kind_of_home(row: ModelRow) -> str:
    return "hosted by its provider" if row.paid or not row.price_known or row.licence == "provider terms" else "part of this project"


def _add_ons(row: ModelRow) -> list[str]:
    """Ids of further rows that the row's defaults name: what it uses where it is there."""
    ids = {other.id for other in catalog.CATALOG}
    values = [inner for value in row.defaults.values() for inner in (value.values() if isinstance(value, dict) else [value])]
    return [value for value in values if isinstance(value, str) and value in ids]


def _with_base(row: ModelRow) -> list[ModelRow]:
    below = _with_base(_row(row.weights.base)) if row.weights and row.weights.base else []
    return [*below, row]


def _row(name: str) -> ModelRow:
    try:
        return catalog.row(name)
    except KeyError:
        raise AskRefused(f"There is no model {name!r}; `python -m models list --all` shows them.") from None


def _console() -> "Console":
    from rich.console import Console

    return Console()


class _Bars:
    """A bar for each file on its way, on a terminal; a line when a file is there, elsewhere."""

    def __init__(self, console: "Console") -> None:
        from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn

        self.console = console
        self.bar = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            DownloadColumn(),
            TransferSpeedColumn(),
            TimeRemainingColumn(),
            console=console,
            disable=not console.is_terminal,
        )
        self.tasks: dict[str, int] = {}

    def __enter__(self) -> "_Bars":
        self.bar.start()
        return self

    def show(self, name: str, there: int, size: int) -> None:
        """`there` of `size` bytes of a file."""
        from rich.progress import TaskID

        if not self.console.is_terminal:
            if there >= size and name not in self.tasks:
                self.tasks[name] = 0
                self.console.print(f"{size:>16,} bytes  {name}", soft_wrap=True, markup=False, highlight=False)
            return
        if name not in self.tasks:
            self.tasks[name] = self.bar.add_task(name, total=size)
        self.bar.update(TaskID(self.tasks[name]), completed=there)

    def __exit__(self, *_: object) -> None:
        self.bar.stop()
