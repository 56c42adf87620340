"""`doctor`: what this installation can do."""

import argparse
import json

from studio.settings import Settings


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The arguments of these commands."""
    card = commands.add_parser("doctor", help="what this installation can do")
    card.add_argument("--json", action="store_true")
    card.set_defaults(command=doctor)


def doctor(args: argparse.Namespace, settings: Settings) -> int:
    """`doctor`: the capability card of this installation."""
    from studio.services.capability_card import capability_card
    from studio.wiring import build

    studio = build(settings)
    try:
        card = capability_card(studio.runtime)
    finally:
        studio.close()
    print(card.as_text() if not args.json else json.dumps(card.as_json(), indent=2))
    return 0 if card.can_make_ads else 1
