"""Putting an application on the network."""

import logging

import uvicorn
from fastapi import FastAPI

from studio import words
from studio.api.hosts import is_loopback
from studio.words.api import OPEN_HTTP

log = logging.getLogger(__name__)

GRACE_S = 2
"""Seconds that open event streams get when the server stops."""


def serve(app: FastAPI, host: str, port: int) -> None:
    """Serve until interrupted. A proxy on this machine is believed about https and addresses (X-Forwarded-Proto, -For)."""
    if not is_loopback(host):
        log.warning(OPEN_HTTP.format(host=host))
    print(words.SERVING.format(host=host, port=port), flush=True)  # noqa: T201 - the one line a person waits for
    uvicorn.run(app, host=host, port=port, log_level="warning", access_log=False, server_header=False, timeout_graceful_shutdown=GRACE_S)
