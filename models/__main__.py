"""`python -m models`: which models there are, their weights, and whose licence was accepted.

Exit codes: 0 done; 1 it could not be done (one sentence on standard error), or verify found something wrong; 2 the arguments make no
sense; 130 cancelled.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence

from pydantic import ValidationError

from models.backends import BackendConfig
from models.errors import ModelError
from models.settings import ModelSettings, config_of

Command = Callable[[argparse.Namespace, BackendConfig, ModelSettings], int]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    args = parser().parse_args(argv)
    try:
        settings = ModelSettings()
        command: Command = args.command
        code = command(args, config_of(settings), settings)
        sys.stdout.flush()
        return code
    except ValidationError as error:
        first = error.errors()[0]
        return _failed(f"{'.'.join(str(part) for part in first['loc']).upper()} cannot be used: {first['msg']}.")
    except ModelError as error:
        return _failed(str(error))
    except BrokenPipeError:  # whoever read has enough, as `head` has
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - what is still held back goes there when the process ends
        return 0
    except KeyboardInterrupt:
        sys.stderr.write("Cancelled; what has arrived is kept, and counts only when it is complete.\n")
        return 130


def parser() -> argparse.ArgumentParser:
    """Every command with its arguments."""
    from models import weight_commands as commands

    made = argparse.ArgumentParser(prog="python -m models", description="The models of this product and their weights.")
    family = made.add_subparsers(required=True, metavar="COMMAND")

    listing = family.add_parser("list", help="the models: licence, terms, size, and what keeps each from being used here")
    listing.add_argument("--all", action="store_true", help="also those without weights to download: hosted by a provider, or built in")
    listing.add_argument("--json", action="store_true", help="one JSON object a line instead of a table")
    listing.set_defaults(command=commands.list_models)

    pull = family.add_parser("pull", help="download the weights of models, checked against the hub's hashes")
    pull.add_argument("ids", nargs="+", metavar="ID", help="a model of the list; what its weights go on top of comes with it")
    pull.add_argument(
        "--accept-licence",
        action="store_true",
        help="accept the licences shown, where they do not allow advertising as a matter of course; it is written down",
    )
    pull.set_defaults(command=commands.pull_weights)

    verify = family.add_parser("verify", help="read all downloaded weights again and compare their hashes with those written down")
    verify.add_argument("ids", nargs="*", metavar="ID", help="models of the list; none: every one whose folder is there")
    verify.add_argument(
        "--remember", action="store_true", help="for folders put there by hand: write their hashes down, to compare with from now on"
    )
    verify.set_defaults(command=commands.verify_weights)

    where = family.add_parser("where", help="folders of weights and LoRAs; with an ID, the one folder of that model and nothing else")
    where.add_argument("id", nargs="?", metavar="ID", help="a model of the list")
    where.set_defaults(command=commands.say_where)
    return made


def _failed(sentence: str) -> int:
    sys.stderr.write(f"Error: {sentence}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
