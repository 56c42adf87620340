"""The API against its own OpenAPI document, with requests nobody thought of: what is answered is what is documented."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from studio.api.application import application
from studio.api.doors import DOORS
from studio.services.address_limits import AddressLimits
from studio.services.limits import Rule
from studio.store.database import Database, connect
from tests.studio.api.document import described
from tests.studio.api.whole import HERE, PASSWORD, Person, everything, join, services_of
from tests.studio.three_step_ad import ad_house

ENDLESS = ("get", "/events")
"""A stream without an end; see test_events.py."""

OPERATIONS = [(method, path) for path, item in described()["paths"].items() for method in item if (method, path) != ENDLESS]
DELETING = {("delete", f"/{path}") for path in ("generations/{generation_id}", "hero-sets/{set_id}", "generation-groups/{group_id}")}
SIGNING_OUT = {("post", "/auth/logout"), ("delete", "/session")}
EXAMPLES = 8
"""Requests for each operation; `make fuzz` sends a thousand more, others each time."""

SETTINGS: dict[str, Any] = {
    "max_examples": EXAMPLES,
    "deadline": None,
    "database": None,
    "derandomize": True,
    "phases": [Phase.generate],
    "suppress_health_check": list(HealthCheck),
}


@pytest.mark.parametrize("name", [name for name, schema in described()["components"]["schemas"].items() if "examples" in schema])
def test_every_whole_example_fits(name: str) -> None:
    model = kinds()[name]
    for example in described()["components"]["schemas"][name]["examples"]:
        told = model.model_validate_json(json.dumps(example)).model_dump(mode="json", exclude_unset=True)
        assert told == example
        if name.endswith("Reply") and name != "ErrorReply":
            assert set(example) == set(model.model_fields)


@cache
def kinds() -> dict[str, type[BaseModel]]:
    """Every model that is loaded, by its name; of several, the first that was written down."""
    found: dict[str, type[BaseModel]] = {}
    for kind in everything_below(BaseModel):
        found.setdefault(kind.__name__, kind)
    return found


def everything_below(kind: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for child in kind.__subclasses__():
        yield child
        yield from everything_below(child)


class Unlimited(AddressLimits):
    def take(self, rule: Rule, address: str) -> None:
        return None


class Api:
    """An application with one person, one finished ad, one set of hero frames and one group of takes, and its document as schemathesis
    reads it."""

    def __init__(self, app: FastAPI, ada: Person, ad: dict[str, Any], hero: dict[str, Any], group: dict[str, Any]) -> None:
        self.schema = schemathesis.openapi.from_asgi("/api/openapi.json", app)
        self.ada = ada
        self._ad = ad
        self._hero = hero
        self._group = group
        self._services = app.state.services

    def real(self, name: str) -> str:
        """Something that is there: an id, or a link that is open."""
        if name == "token":
            return str(self._services.shares.share(self.ada.id, self._ad["id"]).token)
        there = {"generation_id": self._ad["id"], "set_id": self._hero["id"], "frame_id": self._hero["frames"][0]["id"]}
        there |= {"group_id": self._group["id"], "attempt_id": self._group["iterations"][0]["attempts"][0]["id"]}
        return str(there.get(name) or self._ad["result"]["video_url"].rpartition("/")[2])

    def token(self, *, fresh: bool) -> str:
        """Ada's; a fresh one for what makes it worthless."""
        return str(self._services.accounts.login("ada", PASSWORD, address="").token) if fresh else self.ada.token


@contextmanager
def installed(database: Database, folder: Path) -> Iterator[Api]:
    """One person with one of everything, and no limits."""
    with ad_house(database, folder, per_hour=1_000_000) as house:
        services = services_of(house, per_minute=1_000_000)
        object.__setattr__(services, "addresses", Unlimited())
        app = application(services, {}, {name: folder / f"{name}.html" for name in DOORS}, allowed_hosts="testserver")
        with TestClient(app, base_url=HERE) as client:
            ada = join(client)
            yield Api(app, ada, *everything(client, house, ada))


@pytest.fixture(scope="module")
def api(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    folder = tmp_path_factory.mktemp("schema")
    shutil.copy(migrated_sqlite, folder / "studio.db")
    database = connect(f"sqlite:///{folder / 'studio.db'}")
    with installed(database, folder) as found:
        yield found
    database.close()


@pytest.mark.parametrize(("method", "path"), OPERATIONS, ids=lambda value: value)
def test_every_answer_is_documented(api: Api, method: str, path: str) -> None:
    operation = api.schema[path][method]
    fitting = operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
    broken = operation.as_strategy(generation_mode=GenerationMode.NEGATIVE) if operation.body or operation.query else fitting

    @settings(**SETTINGS)
    @given(case=st.one_of(fitting, broken), real=st.booleans())
    def ask(case: Any, real: bool) -> None:
        for name in case.path_parameters or {}:
            if real and (method, path) not in DELETING:
                case.path_parameters[name] = api.real(name)
        token = api.token(fresh=(method, path) in SIGNING_OUT)
        reply = case.call_and_validate(headers={"Authorization": f"Bearer {token}"}, excluded_checks=[positive_data_acceptance])
        answered.add(reply.status_code)

    answered: set[int] = set()
    ask()
    assert answered - {401, 403}, "nothing got past the door"
