"""`serve`, `worker`: the processes that stay. In each the first signal stops it in order; work that is not done goes on elsewhere,
or after the next start."""

import argparse
import sys
from contextlib import nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from studio.jobs.queues import names
from studio.settings import Settings
from studio.words.tunnel import EXPOSES, NOBODY_YET, NOT_FROM_OUTSIDE, SHARE, SHARED

if TYPE_CHECKING:
    from studio.house import House

STOPPED = "Stopped. What was being made goes on after the next start."


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The arguments of these commands."""
    web = commands.add_parser("serve", help="serve the web application, and make ads in the same process")
    web.add_argument("--host", help="address to listen on (default: HOST)")
    web.add_argument("--port", type=_port, help="port to listen on (default: PORT)")
    web.add_argument("--no-worker", dest="works", action="store_false", help="make no ads here; `worker` processes do")
    web.add_argument("--share", action="store_true", help=SHARE)
    web.set_defaults(command=serve, stays=True)

    hands = commands.add_parser("worker", help="make ads, or parts of them, for the web application")
    hands.add_argument("--queues", type=_queues, default=names(), metavar="A,B", help=f"take work only from these: {', '.join(names())}")
    hands.set_defaults(command=worker, stays=True)


def serve(args: argparse.Namespace, settings: Settings) -> int:
    """`serve`: the web application, until SIGTERM or Ctrl-C. Where another process runs the jobs of this SQLite database, this one
    only serves."""
    from studio.api.serving import serve as listen
    from studio.jobs.embedded import working
    from studio.web import web
    from studio.wiring import open_house

    house = open_house(settings)
    try:
        app = web(_shared(house, args) if args.share else house)
        house.proxies.carry_on()
        with working(house.worker()) if args.works else nullcontext():
            listen(app, args.host or settings.host, args.port or settings.port)
    finally:
        house.close()
    return 0


def _shared(house: "House", args: argparse.Namespace) -> "House":
    """The same house, told what the tunnel calls it and closed to new accounts. Raises TunnelRefused."""
    from studio.api.hosts import is_loopback
    from studio.ui.tunnel import TunnelRefused, opened

    if not is_loopback(args.host or house.settings.host):
        raise TunnelRefused(NOT_FROM_OUTSIDE)
    if not house.accounts.everybody():
        raise TunnelRefused(NOBODY_YET)
    print(EXPOSES, flush=True)
    address = opened(args.port or house.settings.port)
    print(SHARED.format(address=address), flush=True)
    names = f"{house.settings.allowed_hosts},{urlsplit(address).hostname}"
    return replace(house, settings=house.settings.model_copy(update={"allowed_hosts": names, "registration": "closed"}))


def worker(args: argparse.Namespace, settings: Settings) -> int:
    """`worker`: runs jobs until SIGTERM or Ctrl-C (exit code 0). 1: another process runs the jobs of this SQLite database; 70:
    it was taken for dead while it stood still, and its work is done elsewhere – start it again."""
    from studio.jobs.worker import serve as work
    from studio.wiring import open_house

    house = open_house(settings)

    def started(id: str) -> None:
        print(f"Worker {id} takes work from {', '.join(args.queues)}. Stop it with Ctrl-C.", file=sys.stderr, flush=True)

    try:
        code = work(house.worker(), args.queues, started, house.close)
    except BaseException:
        house.close()
        raise
    print(STOPPED, file=sys.stderr)
    return code


def _queues(text: str) -> tuple[str, ...]:
    asked = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    unknown = [name for name in asked if name not in names()]
    if unknown or not asked:
        raise argparse.ArgumentTypeError(f"{', '.join(unknown) or 'nothing'} is no queue; there are {', '.join(names())}")
    return asked


def _port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port; it is a number from 1 to 65535")
    return int(text)
