"""Improving a prompt: by the writer that is asked for or set up, paid by the person, and never beyond the cap."""

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select

from models.backends import BackendConfig
from models.errors import ModelUnavailable
from models.runtime import Runtime
from pipelines.brief import read_brief
from studio.errors import OverCap
from studio.services.prices import Prices
from studio.services.prompts import Prompts
from studio.services.spending import Caps, Spending
from studio.store.database import Database
from studio.store.tables import PaidCall, User
from studio.store.times import utc_now
from tests.chat_server import ChatServer, answer

PROMPT = "Create a luxury watch ad for Instagram"
BETTER = {
    "improved": f"{PROMPT}: on still, dark water, lit from behind, then close on the dial.",
    "changes": [{"kind": "set", "before": "", "after": "on still, dark water", "reason": "Gives it a place people remember."}],
}
COST = Decimal("0.0045")  # 1000 tokens read and 200 written, as the server says


@pytest.fixture
def llm() -> Iterator[ChatServer]:
    chat = ChatServer()
    chat.reply = lambda body: answer(json.dumps(BETTER))
    yield chat
    chat.http.shutdown()
    chat.http.server_close()


@pytest.fixture
def ada(database: Database) -> str:
    with database.writing() as session:
        user = User(username="ada", username_key="ada", password_hash="x", created_at=utc_now())
        session.add(user)
    return user.id


def prompts(database: Database, folder: Path, url: str = "", cap: str = "5") -> tuple[Prompts, Spending]:
    """url: of a chat server, "" for an installation without a language model."""
    config = BackendConfig(
        cache_dir=folder, keys={"openai": "sk-test"} if url else {}, base_urls={"openai": url} if url else {}, workers=1, cache_bytes=0
    )
    runtime = Runtime(config, sleep=lambda seconds: None)
    spending = Spending(database, Prices(runtime.catalog), Caps(ad=Decimal(2), user=Decimal(cap)))
    return Prompts(runtime, spending), spending


def calls(database: Database) -> list[PaidCall]:
    with database.reading() as session:
        return list(session.scalars(select(PaidCall).order_by(PaidCall.key)))


def test_a_model_improves_it_and_the_person_pays(database: Database, tmp_path: Path, ada: str, llm: ChatServer) -> None:
    service, spending = prompts(database, tmp_path, llm.url)
    found = service.improve(ada, read_brief(PROMPT))
    assert (found.improved, found.writer, found.cost) == (BETTER["improved"], "openai/gpt-4o", COST)
    (call,) = calls(database)
    assert (call.user_id, call.generation_id, call.cost) == (ada, None, COST)
    assert call.key.startswith("improve/")
    assert spending.budget(ada).spent == COST
    service.improve(ada, read_brief(PROMPT))  # asked again is bought again
    assert spending.budget(ada).spent == 2 * COST


def test_an_answer_that_did_not_hold_is_paid_too(database: Database, tmp_path: Path, ada: str, llm: ChatServer) -> None:
    llm.reply = lambda body: answer('{"improved": "A watch.", "changes": []}')
    service, spending = prompts(database, tmp_path, llm.url)
    found = service.improve(ada, read_brief(PROMPT))
    assert (found.writer, found.cost) == ("built-in copywriter", 2 * COST)
    assert found.changes
    assert spending.budget(ada).spent == 2 * COST


def test_the_built_in_copywriter_costs_nothing(database: Database, tmp_path: Path, ada: str, llm: ChatServer) -> None:
    asked_for = prompts(database, tmp_path, llm.url)[0].improve(ada, read_brief(PROMPT, models={"text": "built-in"}))
    alone = prompts(database, tmp_path)[0].improve(ada, read_brief(PROMPT))
    assert asked_for == alone
    assert (alone.writer, alone.cost, alone.notes) == ("built-in copywriter", 0, ())
    assert llm.requests == []
    assert calls(database) == []


def test_no_cap_is_passed_for_a_better_prompt(database: Database, tmp_path: Path, ada: str, llm: ChatServer) -> None:
    service, spending = prompts(database, tmp_path, llm.url, cap="0.001")
    with pytest.raises(OverCap):
        service.improve(ada, read_brief(PROMPT))
    assert llm.requests == []
    assert spending.budget(ada).spent == 0


def test_a_refused_key_is_for_its_owner_to_mend(database: Database, tmp_path: Path, ada: str, refusing_llm: str) -> None:
    service, spending = prompts(database, tmp_path, refusing_llm)
    with pytest.raises(ModelUnavailable):
        service.improve(ada, read_brief(PROMPT))
    assert spending.budget(ada).spent == 0


def test_a_prompt_that_lacks_nothing_is_not_sent_anywhere(database: Database, tmp_path: Path, ada: str, llm: ChatServer) -> None:
    service, _ = prompts(database, tmp_path, llm.url)
    better = service.improve(ada, read_brief(PROMPT, models={"text": "built-in"})).improved
    assert service.improve(ada, read_brief(better)).changes == ()
    assert llm.requests == []
