"""docs/COMMANDS.md, from the commands themselves: `python -m studio.cli.reference` prints it, a test compares it."""

import argparse
import re
from importlib import import_module

from studio.cli import parser

HEAD = """# Commands

Written by `make docs` from the commands themselves. Settings are in SETTINGS.md; every command reads them from the environment
and from `.env`. Exit codes: 0 done; 1 it could not be done (one sentence on standard error); 2 the arguments make no sense;
130 cancelled; 70 a worker on PostgreSQL was taken for dead and is to be started again.
"""
WIDTH = 100
OTHERS = ("models.__main__", "lora_training.__main__")
"""Further commands, by the module whose parser() has them; loaded by name, since the studio does not build on all of them."""


def page() -> str:
    """The whole page as Markdown."""
    top = parser()
    sections = [HEAD, *(_section(made, said, made.prog.removeprefix(top.prog).strip()) for made, said in _commands(top))]
    for module in OTHERS:
        sections += [_section(made, said, made.prog) for made, said in _commands(import_module(module).parser())]
    return "\n".join(sections)


def _section(made: argparse.ArgumentParser, said: str, title: str) -> str:
    return f"## {title}\n\n{said[:1].upper()}{said[1:]}.\n\n```\n{_plain(made)}\n```\n"


def _commands(top: argparse.ArgumentParser) -> list[tuple[argparse.ArgumentParser, str]]:
    """Every command that does something, with its one-line description, in order."""
    found: list[tuple[argparse.ArgumentParser, str]] = []
    for action in top._actions:
        if isinstance(action, argparse._SubParsersAction):
            said = {choice.dest: choice.help or "" for choice in action._choices_actions}
            for name, made in action.choices.items():
                inner = _commands(made)
                found += inner or [(made, said[name])]
    return found


def _plain(made: argparse.ArgumentParser) -> str:
    """The help as it is in a terminal of WIDTH columns, whatever terminal this is."""
    made.formatter_class = lambda prog: argparse.HelpFormatter(prog, width=WIDTH)
    return re.sub(r"[ \t]+$", "", made.format_help().strip(), flags=re.MULTILINE)


if __name__ == "__main__":
    print(page(), end="")
