"""`provenance`: who made a film and how, whether it is still what was signed, what is in it, and what to say of it."""

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from studio.settings import Settings


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The arguments of this command."""
    one = commands.add_parser("provenance", help="say who made a film and how, and whether it was changed since")
    one.add_argument("file", type=Path, help="an MP4")
    one.add_argument("--json", action="store_true", help="as JSON, with the whole recipe")
    one.set_defaults(command=provenance)


def provenance(args: argparse.Namespace, settings: Settings) -> int:
    """`provenance ad.mp4`; exit code 1 when the film was changed after it was signed."""
    from pipelines.credentials import read
    from pipelines.disclosure import disclosures
    from pipelines.errors import PipelineError
    from pipelines.licence_ledger import ledger_of
    from pipelines.recipe import read_recipe
    from studio.services.provenance_keys import anchors_of

    found = read(args.file, anchors_of(settings))
    try:
        recipe = read_recipe(args.file)
    except PipelineError:
        recipe = {}
    ledger, says = ledger_of(recipe), disclosures(recipe) if recipe else ()
    if args.json:
        credentials = asdict(found) if found else None
        told: dict[str, Any] = {"credentials": credentials, "licences": list(map(asdict, ledger)), "disclosures": list(map(asdict, says))}
        print(json.dumps({**told, "recipe": recipe or None}, indent=2, ensure_ascii=False))
    else:
        lines = _credentials(found)
        lines += [f"Recipe     {'inside' if recipe else 'none'}"]
        lines += [f"{row.sort:<11}{row.name}: {row.licence or row.note}" for row in ledger]
        lines += [f"To say     {says[0].text}"] if says else []
        print("\n".join(lines))
    return 0 if found is None or found.whole else 1


def _credentials(found: Any) -> list[str]:
    if found is None:
        return ["Signed     no; this film bears no Content Credentials"]
    trust = "made by an installation for itself; trusted by nobody else" if found.development else "not among the trusted certificates"
    if found.trusted:
        trust = "this installation's own development certificate" if found.development else "trusted"
    lines = [f"Made with  {found.product}", f"Signed by  {found.issuer} ({trust})"]
    lines.append(f"Whole      {'yes, nothing was changed since' if found.whole else 'NO: it was changed after it was signed'}")
    lines.append(f"Actions    {', '.join(found.actions)}{f' ({found.origin})' if found.origin else ''}")
    return lines + [f"From       {title}" for title in found.ingredients]
