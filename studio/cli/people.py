"""`user add`, `user list`, `user password`: accounts without the web page. Passwords come from a prompt or from standard input."""

import argparse
import getpass
import json
import sys
from dataclasses import asdict

from studio.errors import InputRefused
from studio.settings import Settings


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The arguments of these commands."""
    user = commands.add_parser("user", help="accounts: add, list, password")
    acts = user.add_subparsers(required=True, metavar="ACTION")

    new = acts.add_parser("add", help="make an account; the password is asked for, or read from standard input")
    new.add_argument("name", help="3 to 50 letters, digits and . _ - + @")
    new.add_argument("--email", help="for display only")
    new.set_defaults(command=join)

    everybody = acts.add_parser("list", help="who has an account")
    everybody.add_argument("--json", action="store_true", help="as JSON")
    everybody.set_defaults(command=show)

    again = acts.add_parser("password", help="set another password, and sign that person out everywhere")
    again.add_argument("name")
    again.set_defaults(command=password)


def join(args: argparse.Namespace, settings: Settings) -> int:
    """`user add NAME`."""
    from studio.services.accounts import check_password, checked_email, checked_username
    from studio.wiring import open_house

    name, email = checked_username(args.name), checked_email(args.email)  # before somebody types a password in vain
    typed = _password(f"Password for {name}: ")
    check_password(typed)
    house = open_house(settings)
    try:
        account = house.accounts.register(name, typed, email)
    finally:
        house.close()
    print(f"{account.username} can sign in now.")
    return 0


def show(args: argparse.Namespace, settings: Settings) -> int:
    """`user list`."""
    from studio.wiring import open_house

    house = open_house(settings)
    try:
        people = house.accounts.everybody()
    finally:
        house.close()
    if args.json:
        print(json.dumps([asdict(person) for person in people], indent=2, ensure_ascii=False, default=str))
    elif not people:
        print("Nobody has an account yet; make one with `python -m studio user add NAME`.")
    else:
        width = max(len(person.username) for person in people)
        for person in people:
            seen = f"last seen {person.last_login:%Y-%m-%d}" if person.last_login else "never signed in"
            total = f"{person.total_generations} ads, ${person.total_cost:.2f}"
            terms = f", terms {person.terms_version}" if person.terms_version else ""
            print(
                f"{person.username:<{width}}  {total:<22}  since {person.created_at:%Y-%m-%d}{terms}, {seen}  {person.email or ''}".rstrip()
            )
    return 0


def password(args: argparse.Namespace, settings: Settings) -> int:
    """`user password NAME`."""
    from studio.wiring import open_house

    house = open_house(settings)
    try:
        person = house.accounts.set_password(args.name, _password(f"New password for {args.name}: "))
    finally:
        house.close()
    print(f"{person.username} has a new password, and is signed out everywhere.")
    return 0


def _password(prompt: str) -> str:
    """What is typed twice at a terminal, or the first line of standard input."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    typed = getpass.getpass(prompt)
    if getpass.getpass("Once more: ") != typed:
        raise InputRefused("The two passwords differ; nothing was changed.", field="password")
    return typed
