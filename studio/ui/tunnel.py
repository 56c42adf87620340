"""Gradio's own tunnel, opened to a studio on this machine: for a notebook's studio that somebody is to see, and for nothing else.

It fetches a program of Gradio's when it is used first, and asks Gradio's service for an address. It knows ports and addresses, no house.
"""

import secrets

from studio.errors import StudioError
from studio.words.tunnel import NO_TUNNEL


class TunnelRefused(StudioError):
    """There is no tunnel, or none may be opened."""

    code = "no_tunnel"


def opened(port: int) -> str:
    """The https address at which everybody reaches this machine's `port` until this process ends. Raises TunnelRefused."""
    from gradio.networking import setup_tunnel

    try:
        return str(setup_tunnel("127.0.0.1", port, secrets.token_urlsafe(32), None, None))
    except Exception as error:  # whatever it is: a download that was refused, no network, a service that is away
        raise TunnelRefused(NO_TUNNEL.format(why=str(error).splitlines()[0] if str(error) else type(error).__name__)) from error
