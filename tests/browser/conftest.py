"""The whole application with a quick job – store, engine, worker, API, doors and pages – and a real browser in front of it.

The server runs in this process, its worker in threads beside it; `stop` and `start` are a restart on the same folder and port.
"""

import re
import shutil
import socket
import threading
import time
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from studio import house as houses
from studio.api.serving import server_of
from studio.jobs.queues import names
from studio.jobs.references import ROOMS
from studio.jobs.worker import Worker
from studio.security import Passwords
from studio.settings import Settings
from studio.web import web
from studio.wiring import runtime_of
from tests.studio.quick_job import quick_ad, switch

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
)
BROWSERS = ("chromium-headless-shell", "chromium")
"""Programs, in the order of preference. The shell is the same engine without the windows around it, and needs half the processor."""
PATIENCE_MS = 60_000
"""A busy machine takes its time to start a page."""
expect.set_options(timeout=PATIENCE_MS)
AXE = Axe().axe_script
ADA = ("ada", "correct horse")
BOB = ("bob", "battery staple")
QUEUES = tuple(name for name in names() if not name.startswith("gpu_"))
POLL_S = 0.2
"""Each queue is asked that often, in a thread of its own; an installation that only waits computes all the same."""
CHEAP = Passwords(cost=4)
"""What a hash costs is tested where passwords are; here people sign in by the hundred."""


class Server:
    """One installation on a free port of the loopback interface. job: what makes an ad; settings: what differs from the defaults."""

    ready: Path | None = None
    """A migrated, empty database to begin with; without it the first start makes one."""

    def __init__(self, folder: Path, job: Callable[..., Any] = quick_ad, **settings: object) -> None:
        self.job = job
        wide = {"generations_per_hour": 10_000, "requests_per_minute": 100_000, "log_level": "ERROR"}
        self.settings = Settings(_env_file=None, data_dir=folder, cache_dir=folder / "cache", **(wide | settings))
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self.work = houses.work_dir(self.settings)
        self.names: set[str] = set()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def start(self) -> None:
        if self.ready and not (self.settings.data_dir / "studio.db").exists():
            shutil.copy(self.ready, self.settings.data_dir / "studio.db")
        self._apart(self._open)
        self.uvicorn = server_of(web(self.house), "127.0.0.1", self.port, log_level="error")
        self.thread = threading.Thread(target=self.uvicorn.run, daemon=True)
        self.thread.start()
        deadline = time.monotonic() + 240
        while not self.uvicorn.started:
            assert self.thread.is_alive(), "the server did not start"
            assert time.monotonic() < deadline, "the server takes too long to start"
            time.sleep(0.02)

    def stop(self) -> None:
        """As SIGTERM does: the server lets go of its listeners, the worker of its work, which goes on after the next start."""
        self.uvicorn.should_exit = True
        self.thread.join(60)
        self._apart(self._close)

    def _open(self) -> None:
        self.house = houses.open_house(self.settings, runtime_of(self.settings), job=self.job, passwords=CHEAP)
        self.house.engine.poll_s = POLL_S
        self.worker: Worker = self.house.worker(rooms=("tests", *ROOMS))
        self.worker.start(QUEUES)

    def _close(self) -> None:
        self.worker.stop()
        self.house.close()

    def _apart(self, work: Callable[[], None]) -> None:
        """In a thread without an event loop: the browser's runs in this one, and the engine refuses to begin inside another's."""
        with ThreadPoolExecutor(1) as thread:
            thread.submit(work).result()

    def switch(self, name: str = "hold", *, on: bool = True) -> None:
        """See quick_job."""
        switch(self.work, name, on=on)

    def account(self, name: str, password: str) -> None:
        """Make the account unless it is there."""
        if name not in self.names:
            with self._client() as client:
                client.post("auth/register", json={"username": name, "password": password})
            self.names.add(name)

    def cookies(self, name: str = ADA[0], password: str = ADA[1]) -> list[dict[str, str]]:
        """What a browser holds after signing in."""
        self.account(name, password)
        with self._client() as client:
            client.post("session", json={"username": name, "password": password}).raise_for_status()
            return [{"name": c.name, "value": c.value or "", "url": self.url} for c in client.cookies.jar]

    def api(self, name: str = ADA[0], password: str = ADA[1]) -> httpx.Client:
        """A client of the REST API, signed in; its addresses begin at /api/."""
        self.account(name, password)
        with self._client() as client:
            token = client.post("auth/login", json={"username": name, "password": password}).json()["access_token"]
        client = self._client()
        client.headers["authorization"] = f"Bearer {token}"
        return client

    def _client(self) -> httpx.Client:
        return httpx.Client(base_url=f"{self.url}api/", timeout=120, verify=False)  # nothing to verify here, and certificates load slowly


@pytest.fixture(scope="session", autouse=True)
def _ready(migrated_sqlite: Path) -> None:
    Server.ready = migrated_sqlite


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("studio"))
    server.start()
    yield server
    for name in [path.name for path in server.work.glob("hold*")]:
        server.switch(name, on=False)
    server.stop()


class Opened:
    """The one browser of this process. Its event loop stands in the way of others in this thread, so it ends before tests of other folders
    begin."""

    def __init__(self) -> None:
        self._all = ExitStack()
        self._browser: Browser | None = None

    def browser(self) -> Browser:
        if self._browser is None or not self._browser.is_connected():
            self.close()
            chromium = next(filter(None, map(shutil.which, BROWSERS)), None)
            assert chromium, "Debian's chromium is needed: python -m tests.system_packages"
            playwright = self._all.enter_context(sync_playwright())
            self._browser = self._all.enter_context(playwright.chromium.launch(executable_path=chromium, args=FLAGS))
        return self._browser

    def close(self) -> None:
        self._browser = None
        self._all.close()


OPENED = Opened()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Generator[None, object, object]:
    """After a test of this folder and all that was opened for it."""
    done = yield
    if nextitem is None or nextitem.path.parent != item.path.parent:
        OPENED.close()
    return done


@pytest.fixture(scope="module")
def browser() -> Browser:
    return OPENED.browser()


class Visit:
    """A page of its own context that remembers what went wrong and whom it asked."""

    def __init__(self, context: BrowserContext, server: Server) -> None:
        self.context = context
        self.server = server
        self.console_errors: list[str] = []
        self.outside: list[str] = []
        context.set_default_timeout(PATIENCE_MS)
        context.on("page", self._watch)
        self.page: Page = context.new_page()

    def _watch(self, page: Page) -> None:
        page.on("console", lambda message: self.console_errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.console_errors.append(str(error)))
        page.on("request", lambda request: self._note(request.url))

    def _note(self, url: str) -> None:
        if not re.match(rf"(data:|blob:|{re.escape(self.server.url)})", url):
            self.outside.append(url)

    def open(self, path: str = "") -> Page:
        """Go to `path` ("#/gallery", "login") and wait for its heading."""
        self.page.goto(self.server.url + path)
        self.page.get_by_role("heading", level=1).first.wait_for()
        return self.page

    def violations(self, rules: list[str] | None = None) -> list[str]:
        """What axe-core finds wrong, as "rule: element"; shadow roots included. rules: those asked; None is all."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE)
        options: dict[str, Any] = {"resultTypes": ["violations"]} | ({"runOnly": rules} if rules else {})
        found = self.page.evaluate("options => axe.run(document, options).then((found) => found.violations)", options)
        return [f"{v['id']}: {node['target']} {node.get('failureSummary', '')}" for v in found for node in v["nodes"]]


def visiting(browser: Browser, server: Server, options: dict[str, object], who: tuple[str, str] | None) -> Iterator[Visit]:
    context = browser.new_context(**({"viewport": {"width": 1440, "height": 900}} | options))
    if who is not None:
        context.add_cookies(server.cookies(*who))
    for name in [path.name for path in server.work.glob("hold*")]:
        server.switch(name, on=False)
    yield Visit(context, server)
    for name in [path.name for path in server.work.glob("hold*")]:
        server.switch(name, on=False)
    context.close()


@pytest.fixture
def visit(browser: Browser, server: Server, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """Ada's visit, signed in. Parametrise indirectly with new_context's options, e.g. {"color_scheme": "dark"}."""
    yield from visiting(browser, server, getattr(request, "param", {}), ADA)


@pytest.fixture
def stranger(browser: Browser, server: Server, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """Somebody who is not signed in; parametrise as `visit`."""
    yield from visiting(browser, server, getattr(request, "param", {}), None)
