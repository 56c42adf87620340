"""Putting an application on the network: only on this machine, unless somebody said otherwise."""

import sys

import uvicorn
from fastapi import FastAPI

from studio import words
from studio.api.local_guard import is_loopback

GRACE_S = 2
"""Seconds that open event streams get when the server stops."""


def refuse_public(host: str, *, allow_public: bool) -> None:
    """Exit with a sentence when `host` can be reached from outside and that was not allowed: nobody has to log in here."""
    if not is_loopback(host) and not allow_public:
        sys.exit(words.NOT_PUBLIC.format(host=host))


def serve(app: FastAPI, host: str, port: int, *, allow_public: bool) -> None:
    """Serve until interrupted; see `refuse_public`."""
    refuse_public(host, allow_public=allow_public)
    print(words.SERVING.format(host=host, port=port), flush=True)  # noqa: T201 - the one line a person waits for
    uvicorn.run(app, host=host, port=port, log_level="warning", timeout_graceful_shutdown=GRACE_S)
