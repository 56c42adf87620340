"""`doctor`, `backup`, `restore`: keeping an installation well."""

import argparse
import json

from studio.settings import Settings


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The arguments of these commands."""
    card = commands.add_parser("doctor", help="what this installation can do, and what to mend; exit code 1 when it cannot make ads")
    card.add_argument("--json", action="store_true", help="as JSON")
    card.set_defaults(command=doctor)


def doctor(args: argparse.Namespace, settings: Settings) -> int:
    """`doctor`: the capability card of this installation, and everything it stands on."""
    from studio.services.doctor import examine
    from studio.wiring import build

    studio = build(settings)
    try:
        found = examine(settings, studio.runtime)
    finally:
        studio.close()
    print(found.as_text() if not args.json else json.dumps(found.as_json(), indent=2, ensure_ascii=False))
    return 0 if found.can_make_ads else 1
