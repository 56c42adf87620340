"""`python -m studio`: one file per family of commands. Thin: arguments in, services called, sentences out.

Exit codes: 0 done; 1 it could not be done (one sentence on standard error); 2 the arguments make no sense; 130 cancelled.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence

from pydantic import ValidationError

from models.errors import Cancelled, ModelError
from models.media.allocation import keep_freed_memory
from pipelines.errors import PipelineError
from studio import logs, traces
from studio.cli import edit, enhance, hero, make, order, people, preflight, provenance, results, serving, takes, upkeep, variants
from studio.cli.terminal import nobody_reads
from studio.errors import StudioError
from studio.settings import Settings


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    args = parser().parse_args(argv)
    try:
        settings = Settings()
    except ValidationError as error:
        first = error.errors()[0]
        print(f"Error: {'.'.join(str(part) for part in first['loc']).upper()} cannot be used: {first['msg']}.", file=sys.stderr)
        return 1
    command: Callable[[argparse.Namespace, Settings], int] = args.command
    try:
        logs.begin(settings, speaking=not getattr(args, "stays", False))
        traces.begin(settings)
        keep_freed_memory()
        code = command(args, settings)
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        if not nobody_reads():
            raise
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - what is still held back goes there when the process ends
        return 0
    except (Cancelled, KeyboardInterrupt):
        print("Cancelled; nothing was left behind.", file=sys.stderr)
        return 130
    except (PipelineError, ModelError, StudioError) as error:
        print(f"Error: {error}", file=sys.stderr)
        return 1


def parser() -> argparse.ArgumentParser:
    """Every command with its arguments; each family brings its own."""
    made = argparse.ArgumentParser(prog="python -m studio", description="One sentence in, a finished video ad out.")
    commands = made.add_subparsers(required=True, metavar="COMMAND")
    for family in (make, order, variants, hero, takes, enhance, edit, preflight, provenance, results, serving, people, upkeep):
        family.add(commands)
    return made
