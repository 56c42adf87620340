"""The FastAPI application without the page: the doors, the assets and the REST API behind the guard, in one visible function.

It knows the services it is given and no page; the Gradio shell is mounted on it, at "/", by studio/ui/shell.py.
"""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import HTTPConnection

from studio.api.assets import asset_router
from studio.api.doors import DOORS, door_router, is_signed_in
from studio.api.error_replies import install_error_replies
from studio.api.guard import Guard
from studio.api.hosts import Hosts
from studio.api.monitoring import RequestMeter, monitoring_router
from studio.api.request_log import RequestLog
from studio.api.rest.application import rest_api
from studio.api.rest.services import Services


def application(
    services: Services,
    assets: Mapping[str, Path],
    doors: Mapping[str, Path],
    together: Callable[[], Mapping[str, Path]] = dict,
    *,
    allowed_hosts: str = "",
) -> FastAPI:
    """assets: name → file under /s/. doors: the page of each of studio.api.doors.DOORS. together: see asset_router.
    allowed_hosts: as the setting has it.

    When it stops, the listeners to its news are told so; everything else is the caller's to close.
    """
    missing = set(DOORS) - set(doors)
    if missing:
        raise ValueError(f"There is no page for {', '.join(sorted(missing))}.")

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        services.feed.close()

    def signed_in(asking: HTTPConnection) -> bool:
        return is_signed_in(services, asking)

    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    app.state.services = services
    install_error_replies(app)
    app.mount("/api", rest_api(services))
    app.include_router(door_router(services, doors))
    app.include_router(asset_router(assets, together))
    app.include_router(monitoring_router(services))
    app.add_middleware(CORSMiddleware, allow_origins=[])  # nobody; without it Gradio would reflect any origin
    app.add_middleware(Guard, hosts=Hosts(allowed_hosts), signed_in=signed_in)
    app.add_middleware(RequestMeter, answered=services.metrics.answered)
    app.add_middleware(RequestLog)
    return app
