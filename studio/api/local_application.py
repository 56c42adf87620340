"""The application of one machine without accounts, as long as the page asks it: one visible function.

It knows the services it is given and no page; the Gradio shell is mounted on it by studio/ui/shell.py.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware

from studio.api import making as making_api
from studio.api import media
from studio.api.error_replies import Refused, install_error_replies
from studio.api.local_guard import Guard
from studio.services.making import Making


def application(making: Making, assets: Mapping[str, Path], *, any_host: bool = False) -> FastAPI:
    """The application without a page. assets: name → file under /s/. When it stops, every ad being made is cancelled."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        making.shutdown()

    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    app.state.making = making
    install_error_replies(app, {})
    app.include_router(making_api.router)
    app.include_router(media.router)
    app.include_router(media.asset_router(assets))
    app.add_api_route("/api/{rest:path}", _nothing_here, methods=["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"])
    app.add_middleware(CORSMiddleware, allow_origins=[])  # nobody; without it Gradio would reflect any origin
    app.add_middleware(Guard, any_host=any_host)
    return app


def _nothing_here(rest: str) -> None:
    """Without this an unknown API address would fall through to the page and be answered in its shape."""
    raise Refused(404, "not_found")
