"""`order`: an ad ordered in the studio, for somebody with an account or a team of theirs; workers make it, as if ordered on the page."""

import argparse
import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

from studio.cli.make import CAPTIONS
from studio.settings import Settings

if TYPE_CHECKING:
    from studio.house import House


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The arguments of this command."""
    one = commands.add_parser("order", help="order an ad in the studio, for somebody with an account or a team of theirs")
    one.add_argument("prompt", help='10 to 500 characters, e.g. "Create a luxury watch ad for Instagram"')
    one.add_argument("--as", dest="person", required=True, metavar="NAME", help="whose order it is: their limits count, and they pay")
    one.add_argument("--team", default="", metavar="NAME_OR_ID", help="a team of theirs that the ad shall belong to; its quota counts too")
    one.add_argument("--brand-kit", default="", metavar="NAME_OR_ID", help="a brand kit that they may use")
    one.add_argument("--duration", help="15, 30 or 60 seconds")
    one.add_argument("--aspect", help="9:16, 16:9 or 1:1")
    one.add_argument("--framework", help="PAS, BAB or AIDA")
    one.add_argument("--brand", default="", help="brand name, up to 40 characters")
    one.add_argument("--voice", default="off", help="who speaks the ad's lines: off, auto, or a voice by its name")
    one.add_argument("--captions", default="off", help=CAPTIONS)
    one.add_argument("--json", action="store_true", help="as JSON")
    one.set_defaults(command=order)


def order(args: argparse.Namespace, settings: Settings) -> int:
    """`order "…" --as NAME`: placed, not waited for."""
    from pipelines.brief import read_brief
    from studio.store.money import dollars_at_most
    from studio.wiring import open_house

    given = {name: getattr(args, name) for name in ("duration", "aspect", "framework", "brand", "voice", "captions")}
    brief = read_brief(args.prompt, **given)
    house = open_house(settings)
    try:
        user_id = _person(house, args.person)
        team = _one_of("team", args.team, ((card.id, card.name) for card in house.teams.listed(user_id)))
        kit = _one_of("brand kit", args.brand_kit, ((kit.id, kit.name) for kit in house.brands.listed(user_id)))
        if kit:
            brief = house.brands.applied(user_id, kit, brief)
        quote = house.generations.estimate(brief).quote
        dearer = quote.of_stand_ins(house.spending.caps.ad)
        id = house.generations.submit(user_id, brief, team=team or None, kit=kit)
    finally:
        house.close()
    if args.json:
        print(json.dumps({"generation_id": id, "team_id": team or None, "cost": float(quote.total)}))
    else:
        costs = " ".join(filter(None, (f"Ordered as {id}; it may cost up to {dollars_at_most(quote.total)}.", dearer)))
        print(f"{costs} It is made by the studio's workers and appears in the gallery.")
    return 0


def _person(house: "House", name: str) -> str:
    """Raises InputRefused."""
    people = [(person.id, person.username) for person in house.accounts.everybody()]
    return _one_of("account", name, people)


def _one_of(what: str, called: str, known: Iterable[tuple[str, str]]) -> str:
    """The id of that id or name, in any capitals; "" where none is asked for. Raises InputRefused for none of them, or several."""
    from studio.errors import InputRefused

    if not called:
        return ""
    there = list(known)
    name = " ".join(called.split()).casefold()
    found = [id for id, title in there if id == called or title.casefold() == name]
    if len(found) == 1:
        return found[0]
    if found:
        raise InputRefused(f"There are {len(found)} of the name “{called}”; name one by its id: {', '.join(found)}.", field="name")
    names = ", ".join(dict.fromkeys(title for _, title in there))
    raise InputRefused(
        f"There is no {what} “{called}” for this order; " + (f"there is {names}." if names else "there is none."), field="name"
    )
