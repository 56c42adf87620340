"""Licences and disclosures of ads as two files that travel with their films: licences.csv and disclosure.txt. Pure, but for `put_into`."""

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipelines.disclosure import LOOKED_UP, Disclosure
from studio.services.variant_manifest import plain_cell

LICENCES, DISCLOSURE = "licences.csv", "disclosure.txt"
COLUMNS = ("file", "sort", "name", "licence", "url", "note")


@dataclass(frozen=True)
class Paper:
    """Of one film. file: its name where the files lie. licences: rows as studio.store.tables.provenance.Provenance.ledger has them."""

    file: str
    licences: Sequence[Mapping[str, Any]]
    disclosures: Sequence[Disclosure]


def papers(films: Iterable[Paper]) -> dict[str, str]:
    """Both files by name; nothing for no films."""
    told = tuple(films)
    return {LICENCES: _licences(told), DISCLOSURE: _disclosure(told)} if told else {}


def put_into(archive: Path, texts: Mapping[str, str]) -> None:
    """Add `texts` by their names to a zip that is there already. Raises OSError."""
    with zipfile.ZipFile(archive, "a", zipfile.ZIP_DEFLATED) as there:
        for name, text in texts.items():
            there.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), text, zipfile.ZIP_DEFLATED)


def _licences(films: Sequence[Paper]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for film in films:
        for row in film.licences:
            writer.writerow(plain_cell(str(cell)) for cell in (film.file, *(row.get(name, "") for name in COLUMNS[1:])))
    return text.getvalue()


def _disclosure(films: Sequence[Paper]) -> str:
    """What to say, films of the same words together, then what each platform asks."""
    said: dict[str, list[str]] = {}
    for film in films:
        said.setdefault(film.disclosures[0].text, []).append(film.file)
    parts = ["\n".join(files) + f"\n\n    {text}" for text, files in said.items()]
    asks = [f"{one.title}\n    {one.asks}" + (f"\n    {one.source}" if one.source else "") for one in films[0].disclosures]
    head = f"What platforms ask, as looked up in {LOOKED_UP}; the page behind each address counts."
    return "\n\n".join(["What to say of these films where they are shown.", *parts, head, *asks]) + "\n"
