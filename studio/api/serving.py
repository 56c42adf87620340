"""Putting an application on the network."""

import logging
from collections.abc import Callable
from typing import Any

import uvicorn
from fastapi import FastAPI

from studio import words
from studio.api.hosts import is_loopback
from studio.words.api import OPEN_HTTP

log = logging.getLogger(__name__)

GRACE_S = 2
"""Seconds that requests under way get when the server stops."""


class Server(uvicorn.Server):
    """uvicorn's, which ends the streams of news before it waits for what is under way: they would last as long as it waits."""

    def __init__(self, config: uvicorn.Config, end_streams: Callable[[], None]) -> None:
        super().__init__(config)
        self._end_streams = end_streams

    async def shutdown(self, *args: Any, **options: Any) -> None:
        """See there."""
        self._end_streams()
        await super().shutdown(*args, **options)


def server_of(app: FastAPI, host: str, port: int, **options: Any) -> Server:
    """A server of studio.api.application's `app`, not yet started. A proxy on this machine is believed about https and addresses
    (X-Forwarded-Proto, X-Forwarded-For)."""
    ours: dict[str, Any] = {"log_config": None, "log_level": "warning", "access_log": False, "server_header": False}
    config = uvicorn.Config(app, host=host, port=port, timeout_graceful_shutdown=GRACE_S, **(ours | options))
    return Server(config, app.state.services.feed.close)


def serve(app: FastAPI, host: str, port: int) -> None:
    """Serve until interrupted."""
    if not is_loopback(host):
        log.warning(OPEN_HTTP.format(host=host))
    print(words.SERVING.format(host=host, port=port), flush=True)  # noqa: T201 - the one line a person waits for
    server = server_of(app, host, port)
    try:
        server.run()
    except KeyboardInterrupt:  # uvicorn has stopped in order, and hands the signal on
        log.info("Interrupted.")
